"""What programs look for at the root of a site: sitemap.xml, robots.txt, llms.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from tsunagite.engine.artifact import Artifact, Draft, Frame
from tsunagite.news.feeds import WHOLE
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import record_path
from tsunagite.site.view import SiteView
from tsunagite.text.markdown import escaped

ROBOTS = "robots.txt"


def sitemap(site: SiteView, frame: Frame) -> Iterator[Draft]:  # noqa: ARG001 - every output is called alike
    """sitemap.xml with every page made from records, and the day on which a record last changed (only where the public address is known)."""
    if site.news.site_url:
        yield Draft(
            "sitemap.xml",
            site.prints.of(site.sketch_print, site.history.head, site.history.missing),
            lambda: _sitemap(site),
        )


def last_changed(site: SiteView) -> Mapping[str, str]:
    """Return the day of the last change of every page whose day is known: of records, of lists the day of the newest record on them.

    A record changed on the day of its newest commit; where there is no history, when it was checked or closed, or its list was made.
    """
    days: dict[str, str] = {}
    for resource in site.directory.published:
        if day := _day_of(site, resource):
            days[record_path(resource.id)] = day
    for cut in site.lists.cuts():
        if found := [days[path] for resource in cut.records if (path := record_path(resource.id)) in days]:
            days[cut.path] = max(found)
    return days


def _day_of(site: SiteView, resource: Resource) -> str:
    if changed := site.news.changed_on(resource):
        return changed
    source = site.directory.source_of(resource)
    known = [
        day
        for day in (resource.verified_on, resource.closed_date, source.data_date if source else None)
        if day and day <= site.today
    ]
    return max(known).isoformat() if known else ""


def _sitemap(site: SiteView) -> Artifact:
    root, days = escape(site.news.site_url), last_changed(site)
    lines = []
    for path in site.paths():
        day = f"<lastmod>{days[path]}</lastmod>" if path in days else ""
        lines.append(f"<url><loc>{root}{escape(path)}</loc>{day}</url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return Artifact("sitemap.xml", f"{head}{''.join(lines)}</urlset>\n".encode())


def robots(site: SiteView) -> Artifact:
    """robots.txt: everything may be read, of the edition for professionals nothing. Pages that no list of a search engine should hold say so themselves (``noindex``).

    Naming them here would tell everybody where they are.
    """
    if site.directory.professional:
        return Artifact(ROBOTS, b"User-agent: *\nDisallow: /\n")
    where = f"\nSitemap: {site.news.site_url}sitemap.xml\n" if site.news.site_url else ""
    return Artifact(ROBOTS, f"User-agent: *\nAllow: /\n{where}".encode())


def llms(site: SiteView, frame: Frame) -> Iterator[Draft]:  # noqa: ARG001 - as above
    """llms.txt (llmstxt.org): what there is for programs that read text, and how to take it."""
    key = site.prints.of(site.surroundings_print, site.settings, len(site.directory.listed))
    yield Draft("llms.txt", key, lambda: Artifact("llms.txt", _llms(site)))


def _llms(site: SiteView) -> bytes:
    settings, root = site.settings, site.news.site_url
    lines = [f"# {escaped(f'{settings.name} {settings.municipality}'.strip())}", ""]
    lines += [f"> {escaped(text)}" for text in (settings.description, settings.demonstration) if text]
    lines += [
        "", f"のっている資源は{len(site.directory.listed)}件です。記録には、確認した日（わからないときは、わからないこと）と出典が書いてあります。答えに使うときは、その日と、記録のページのアドレスをいっしょに示してください。",
        "命にかかわるときは、記録をさがす前に119番・110番です。休止・終了と書かれた所は、案内しないでください。", "",
        "## 記録", "",
        f"- [記録1件の文章]({root}all/): 記録のページのアドレスに index.md を付けると、同じことを Markdown で読めます（例：{root}r/ID/index.md）。見本の記録などにはありません。",
        f"- [すべて（五十音順）]({root}all/)", *(f"- [{escaped(link.label)}]({root}{link.path})" for link in site.lists.groups()),
        "", "## データ", "",
        f"- [オープンデータ]({root}opendata/): csv、GeoJSON、HSDS。利用条件は記録ごとにあります。", f"- [目録]({root}opendata/catalog.json)", f"- [データの出典]({root}sources/)", f"- [データの状態]({root}quality/)",
    ]  # fmt: skip
    if site.news.has_feeds:
        lines += [
            "",
            "## 新しいこと",
            "",
            f"- [新しい資源と変更（Atom）]({root}{WHOLE}.xml)",
            f"- [同じもの（JSON Feed）]({root}{WHOLE}.json)",
        ]
    return ("\n".join(lines) + "\n").encode()

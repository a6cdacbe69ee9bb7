"""What programs look for at the root of a site: sitemap.xml, robots.txt, llms.txt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape

from tsunagite.engine.artifact import Artifact, Bundle, Draft
from tsunagite.engine.keys import Keys
from tsunagite.news.feeds import WHOLE
from tsunagite.news.view import NewsView
from tsunagite.records.model.resource import Resource
from tsunagite.site.lists import Lists
from tsunagite.site.record import record_path
from tsunagite.text.markdown import escaped

ROBOTS = "robots.txt"
MOST_ADDRESSES = 50_000
"""In one sitemap (sitemaps.org)."""


def sitemap(news: NewsView, lists: Lists, paths: Callable[[], Iterable[str]], keys: Keys) -> Iterator[Bundle]:
    """sitemap.xml with every page made from records (``paths``), and the day on which a record last changed (only where the public address is known).

    Of more pages than one sitemap may name it names further ones: sitemap-1.xml and so on.
    """
    if news.site_url:
        key = keys.wordless(news.history.head, news.history.missing)
        yield Bundle("sitemap", key, lambda: _sitemaps(news.site_url, tuple(paths()), last_changed(news, lists)))


def last_changed(news: NewsView, lists: Lists) -> Mapping[str, str]:
    """Return the day of the last change of every page whose day is known: of records, of lists the day of the newest record on them.

    A record changed on the day of its newest commit; where there is no history, when it was checked or closed, or its list was made.
    """
    days: dict[str, str] = {}
    for resource in news.directory.published:
        if day := _day_of(news, resource):
            days[record_path(resource.id)] = day
    for cut in lists.cuts():
        if found := [days[path] for resource in cut.records if (path := record_path(resource.id)) in days]:
            days[cut.path] = max(found)
    return days


def _day_of(news: NewsView, resource: Resource) -> str:
    if changed := news.changed_on(resource):
        return changed
    source = news.directory.source_of(resource)
    known = [
        day
        for day in (resource.verified_on, resource.closed_date, source.data_date if source else None)
        if day and day <= news.today
    ]
    return max(known).isoformat() if known else ""


def _sitemaps(site_url: str, paths: Sequence[str], days: Mapping[str, str]) -> Iterator[Artifact]:
    if len(paths) <= MOST_ADDRESSES:
        yield _sitemap("sitemap.xml", site_url, paths, days)
        return
    parts = {
        f"sitemap-{number}.xml": part
        for number, part in enumerate(
            (paths[at : at + MOST_ADDRESSES] for at in range(0, len(paths), MOST_ADDRESSES)), start=1
        )
    }
    lines = [f"<sitemap><loc>{escape(site_url)}{name}</loc></sitemap>\n" for name in parts]
    yield _xml("sitemap.xml", "sitemapindex", lines)
    for name, part in parts.items():
        yield _sitemap(name, site_url, part, days)


def _sitemap(name: str, site_url: str, paths: Iterable[str], days: Mapping[str, str]) -> Artifact:
    root, lines = escape(site_url), []
    for path in paths:
        day = f"<lastmod>{days[path]}</lastmod>" if path in days else ""
        lines.append(f"<url><loc>{root}{escape(path)}</loc>{day}</url>\n")
    return _xml(name, "urlset", lines)


def _xml(name: str, kind: str, lines: Iterable[str]) -> Artifact:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return Artifact(name, f"{head}{''.join(lines)}</{kind}>\n".encode())


def robots(news: NewsView) -> Artifact:
    """robots.txt: everything may be read, of the edition for professionals nothing. Pages that no list of a search engine should hold say so themselves (``noindex``).

    Naming them here would tell everybody where they are.
    """
    if news.directory.professional:
        return Artifact(ROBOTS, b"User-agent: *\nDisallow: /\n")
    where = f"\nSitemap: {news.site_url}sitemap.xml\n" if news.site_url else ""
    return Artifact(ROBOTS, f"User-agent: *\nAllow: /\n{where}".encode())


def llms(news: NewsView, lists: Lists, keys: Keys) -> Iterator[Draft]:
    """llms.txt (llmstxt.org): what there is for programs that read text, and how to take it."""
    key = keys.page(news.directory.settings, len(news.directory.listed))
    yield Draft("llms.txt", key, lambda: Artifact("llms.txt", _llms(news, lists)))


def _llms(news: NewsView, lists: Lists) -> bytes:
    settings, root = news.directory.settings, news.site_url
    lines = [f"# {escaped(settings.full_name)}", ""]
    lines += [f"> {escaped(text)}" for text in (settings.description, settings.demonstration) if text]
    lines += [
        "", f"のっている資源は{len(news.directory.listed)}件です。記録には、確認した日（わからないときは、わからないこと）と出典が書いてあります。答えに使うときは、その日と、記録のページのアドレスをいっしょに示してください。",
        "命にかかわるときは、記録をさがす前に119番・110番です。休止・終了と書かれた所は、案内しないでください。", "",
        "## 記録", "",
        f"- [記録1件の文章]({root}all/): 記録のページのアドレスに index.md を付けると、同じことを Markdown で読めます（例：{root}r/ID/index.md）。見本の記録などにはありません。",
        f"- [すべて（五十音順）]({root}all/)", *(f"- [{escaped(link.label)}]({root}{link.path})" for link in lists.groups()),
        "", "## データ", "",
        f"- [オープンデータ]({root}opendata/): csv、GeoJSON、HSDS。利用条件は記録ごとにあります。", f"- [目録]({root}opendata/catalog.json)", f"- [データの出典]({root}sources/)", f"- [データの状態]({root}quality/)",
    ]  # fmt: skip
    if news.has_feeds:
        lines += [
            "",
            "## 新しいこと",
            "",
            f"- [新しい資源と変更（Atom）]({root}{WHOLE}.xml)",
            f"- [同じもの（JSON Feed）]({root}{WHOLE}.json)",
        ]
    return ("\n".join(lines) + "\n").encode()

"""Pages made from records: home, ways in, lists, records, sources. One line in PAGES per page type."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tsunagite.outputs.artifact import Artifact, Frame, Page
from tsunagite.outputs.templates import render
from tsunagite.views.site import SiteView

PageType = Callable[[SiteView], Iterator[Page]]


def home(site: SiteView) -> Iterator[Page]:
    """The first page."""
    title = f"{site.settings.name} {site.settings.municipality}".strip()
    page = Page("", "home", title, site.settings.description, "")
    body = render("home", base=page.base, home=site.home, site=site)
    yield Page(page.path, page.section, page.title, page.description, body)


def indexes(site: SiteView) -> Iterator[Page]:
    """Needs, kinds, levels and areas as tiles."""
    for view in site.indexes():
        page = Page(view.path, "index", view.title, view.lead, "")
        yield Page(page.path, page.section, page.title, page.description, render("index", base=page.base, view=view))


def lists(site: SiteView) -> Iterator[Page]:
    """Every page of every list."""
    for view in site.lists():
        number = f"（{view.page}ページ目）" if view.page > 1 else ""
        page = Page(view.path, "list", f"{view.title}{number}", f"{view.title}：{view.total}件。{view.lead}", "")
        yield Page(page.path, page.section, page.title, page.description, render("list", base=page.base, view=view))


def records(site: SiteView) -> Iterator[Page]:
    """One page per record."""
    for view in site.records():
        page = Page(view.card.path, "record", view.card.name, view.card.sentence or view.card.kind, "")
        body = render("record", base=page.base, view=view, tiles=site.settings.tiles)
        head = f'<script type="application/ld+json">{view.json_ld}</script>' if view.json_ld else ""
        yield Page(page.path, page.section, page.title, page.description, body, head)


def sources(site: SiteView) -> Iterator[Page]:
    """Where the data come from, and under which licence."""
    page = Page("sources/", "text", "データの出典", "このサイトのデータの出典と利用条件。", "")
    body = render("sources", base=page.base, sources=site.source_rows())
    yield Page(page.path, page.section, page.title, page.description, body)


PAGES: tuple[PageType, ...] = (home, indexes, lists, records, sources)


def pages(site: SiteView, frame: Frame) -> Iterator[Artifact]:
    """Render every page type."""
    for page_type in PAGES:
        for page in page_type(site):
            yield frame(page)

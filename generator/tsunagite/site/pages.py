"""Pages made from many records: home, ways in, lists, sources. One line in PAGES per page type; ``named`` returns what more it shows of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from tsunagite.engine.artifact import Frame, Made, Page, PageDraft
from tsunagite.news.feeds import WHOLE, links
from tsunagite.offline.record_data import file_count
from tsunagite.site.fields import field_groups
from tsunagite.site.layout.templates import Templates, delicate_head
from tsunagite.site.lists import ListCut
from tsunagite.site.quality import QualityView, overdue
from tsunagite.site.record import record_path
from tsunagite.site.view import SiteView

PageType = Callable[[SiteView, Templates], Iterator[Page | PageDraft]]


def home(site: SiteView, templates: Templates) -> Iterator[Page]:
    """The first page."""
    title = f"{site.settings.name} {site.settings.municipality}".strip()
    page = Page("", "home", title, site.settings.description, "")
    body = templates.render("home", base=page.base, home=site.home, site=site)
    head = links(page.base, WHOLE, f"{title}：新しい資源と変更") if site.news.has_feeds else ""
    yield Page(page.path, page.section, page.title, page.description, body, head)


def indexes(site: SiteView, templates: Templates) -> Iterator[Page]:
    """Needs, kinds, levels and areas as tiles."""
    for view in site.lists.indexes():
        page = Page(view.path, "index", view.title, view.lead, "")
        yield Page(
            page.path, page.section, page.title, page.description, templates.render("index", base=page.base, view=view)
        )


def lists(site: SiteView, templates: Templates) -> Iterator[PageDraft]:
    """Every page of every list."""
    head, head_key = None, b""
    for cut in site.lists.cuts():
        if cut.head is not head:  # the same for all pages of a list
            head, head_key = cut.head, site.prints.of(site.surroundings_print, cut.head)
        key = site.prints.of(head_key, cut.path, cut.number, cut.records)
        yield PageDraft(cut.path, "list", key, partial(_list, site, templates, cut))


def _list(site: SiteView, templates: Templates, cut: ListCut) -> Page:
    view = site.lists.page(cut)
    parts = (view.parents[-1].label if view.parents else "", f"{view.page}ページ目" if view.page > 1 else "")
    which = "・".join(filter(None, parts))  # a need, a kind and an organisation may have one name
    name = (
        view.title
        if not view.delicate
        else "相談先の一覧"
        if len(view.parents) < 2
        else f"{view.parents[-1].label}の相談先"
    )
    lead = "" if view.delicate else view.lead
    page = Page(view.path, "list", f"{name}（{which}）" if which else name, f"{name}：{view.total}件。{lead}", "")
    head = delicate_head(page.base) if view.delicate else ""
    head += f'<link rel="stylesheet" href="{page.base}assets/tsunagite/pamphlets.css">' if view.papers else ""
    head += links(page.base, cut.head.feed, f"{name}の新しい資源と変更") if cut.head.feed else ""
    body = templates.render("list", base=page.base, view=view, exit_url=site.settings.exit_url)
    return Page(page.path, page.section, page.title, page.description, body, head)


def my_list(site: SiteView, templates: Templates) -> Iterator[Page]:
    """The visitor's own list: an empty page that the device fills."""
    page = Page("list/", "my_list", "持ち出しリスト", "☆で集めたものを並べて、印刷したり、送ったりできます。", "")
    files = file_count(len(site.directory.published))
    body = templates.render("my_list", base=page.base, files=files)
    head = f'<link rel="stylesheet" href="{page.base}assets/tsunagite/my_list.css">'
    yield Page(page.path, page.section, page.title, page.description, body, head)


def sources(site: SiteView, templates: Templates) -> Iterator[Page]:
    """Where the data come from, and under which licence."""
    page = Page("sources/", "text", "データの出典", "このサイトのデータの出典と利用条件。", "")
    body = templates.render("sources", base=page.base, sources=site.source_rows())
    yield Page(page.path, page.section, page.title, page.description, body)


def quality(site: SiteView, templates: Templates) -> Iterator[Page]:
    """How fresh and how complete the records are."""
    page = Page("quality/", "text", "データの状態", "記録の新しさと、わかっていることの割合。", "")
    body = templates.render("quality", base=page.base, view=QualityView.of(site.directory, site.today))
    yield Page(page.path, page.section, page.title, page.description, body)


def fields(site: SiteView, templates: Templates) -> Iterator[Page]:
    """Every field of a record, for those who write records."""
    page = Page("fields/", "text", "記録の項目", "記録に書ける項目と、その意味。", "")
    body = templates.render("fields", base=page.base, groups=field_groups(site.directory.vocabularies))
    yield Page(page.path, page.section, page.title, page.description, body)


def gone(site: SiteView, templates: Templates) -> Iterator[Page]:
    """The page of every id that a record had and none has now: a code in print leads to a way on, and search engines forget it."""
    for record_id, name in site.directory.gone.items():
        page = Page(record_path(record_id), "text", "この登録はなくなりました", "このサイトにのっていません。", "")
        body = templates.render(
            "gone", base=page.base, known_as=name, finder=bool(site.finder), main=site.home.main_window
        )
        yield Page(
            page.path, page.section, page.title, page.description, body, '<meta name="robots" content="noindex">'
        )


PAGES: tuple[PageType, ...] = (home, indexes, my_list, sources, quality, fields, gone)


def named(site: SiteView) -> list[str]:
    """Return the ids of the records whose words stand on a page of ``PAGES``."""
    return [site.settings.main_window or "", *overdue(site.directory, site.today)]


def pages(site: SiteView, frame: Frame) -> Iterator[Made]:
    """Render every page type but the lists."""
    return _frame_pages(site, frame, PAGES)


def all_lists(site: SiteView, frame: Frame) -> Iterator[Made]:
    """Render the lists."""
    return _frame_pages(site, frame, (lists,))


def _frame_pages(site: SiteView, frame: Frame, page_types: Iterable[PageType]) -> Iterator[Made]:
    templates = Templates()
    for page_type in page_types:
        for page in page_type(site, templates):
            yield frame(page) if isinstance(page, Page) else page.framed(frame)

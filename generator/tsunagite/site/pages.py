"""Pages made from many records: home, ways in, lists, sources, data quality, and the ids that are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.news.feeds import WHOLE, links
from tsunagite.news.history import History
from tsunagite.offline.record_data import file_count
from tsunagite.records.directory import Directory
from tsunagite.site.fields import field_groups
from tsunagite.site.home import HomeView
from tsunagite.site.layout.templates import DELICATE_HEAD, Templates, stylesheet
from tsunagite.site.lists import ListCut, Lists
from tsunagite.site.quality import QUESTIONS, QualityView, overdue
from tsunagite.site.record import record_path
from tsunagite.site.share import image_of_list
from tsunagite.site.sources import source_rows
from tsunagite.site.trend import Month, months_of


def pages(directory: Directory, home: HomeView, lists: Lists, frame: Frame) -> Iterator[Artifact]:
    """Render every page of this module but the lists."""
    return map(frame, _pages(Templates().page, directory, home, lists))


def _pages(page: Callable[..., Page], directory: Directory, home: HomeView, lists: Lists) -> Iterator[Page]:
    feed = links(WHOLE, f"{home.name}：新しい資源と変更") if lists.has_feeds else ""
    yield page("home", "", "home", home.name, home.description, head=feed, home=home)
    for index in lists.indexes():
        yield page("index", index.path, "index", index.title, index.lead, view=index)
    yield page(
        "my_list",
        "list/",
        "my_list",
        "持ち出しリスト",
        "☆で集めたものを並べて、印刷したり、送ったりできます。",
        head=stylesheet("my_list"),
        files=file_count(len(directory.published)),
    )
    about = "このサイトのデータの出典と利用条件。"
    yield page("sources", "sources/", "text", "データの出典", about, sources=source_rows(directory))
    about = "記録に書ける項目と、その意味。"
    yield page("fields", "fields/", "text", "記録の項目", about, groups=field_groups(directory.vocabularies))
    settings = directory.settings
    yield page(
        "accessibility",
        "accessibility/",
        "text",
        "ウェブアクセシビリティ",
        "だれにも使えるサイトにするための方針と、確かめたこと、まだ確かめていないこと。",
        phone=settings.correction_phone,
        mail=settings.correction_mail,
        url=settings.correction_url,
    )
    yield from gone(page, directory, home)


def gone(page: Callable[..., Page], directory: Directory, home: HomeView) -> Iterator[Page]:
    """Yield the page of every id that a record had and none has now: a code in print leads to a way on, and search engines forget it."""
    for record_id, name in directory.gone.items():
        yield page(
            "gone",
            record_path(record_id),
            "text",
            "この登録はなくなりました",
            "このサイトにのっていません。",
            head='<meta name="robots" content="noindex">',
            known_as=name,
            finder=home.has_finder,
            main=home.main_window,
        )


def folders(names: Iterable[str], editions: frozenset[str], keys: Keys, frame: Frame) -> Iterator[Draft]:
    """Yield a page for each folder that holds pages and is none: a shortened address leads on, and no host lists the files."""
    held = {name.removesuffix("index.html") for name in names if name.endswith("/index.html")}
    above = {folder for path in held for folder in _above(path)} - held
    for path in sorted(above):
        if path.split("/")[0] not in editions:  # there the reader has another language
            parent = next((one for one in _above(path) if one in held), "")
            yield page_draft(path, "text", keys.of("folder", path, parent), partial(_folder, path, parent), frame)


def _above(path: str) -> list[str]:
    """Return the folders that a page lies in, the nearest first."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[:count]) + "/" for count in range(len(parts) - 1, 0, -1)]


def _folder(path: str, parent: str) -> Page:
    title, said = f"アドレスが途中までです（{path}）", "ここには、ページがありません。"
    head = '<meta name="robots" content="noindex">'
    return Templates().page("folder", path, "text", title, said, head=head, above=parent)


def quality(directory: Directory, today: date, history: History, keys: Keys, frame: Frame) -> Iterator[Draft]:
    """Yield the page of the state of the data: made again where more changed than the words of records it does not name, or what git tells."""
    months = months_of(directory, history, today)
    key = keys.wordless("quality", months, directory.told_apart, named=tuple(overdue(directory, today)))
    yield page_draft("quality/", "text", key, partial(_quality, directory, today, months), frame)


def _quality(directory: Directory, today: date, months: tuple[Month, ...]) -> Page:
    about = "記録の新しさと、わかっていることの割合。"
    view = QualityView.of(directory, today, months)
    questions = [label for label, _ in QUESTIONS]
    return Templates().page("quality", "quality/", "text", "データの状態", about, view=view, questions=questions)


def named(directory: Directory) -> tuple[str, ...]:
    """Return the ids of the records whose words stand on ``pages``."""
    return (directory.settings.main_window or "",)


def all_lists(lists: Lists, keys: Keys, frame: Frame) -> Iterator[Draft]:
    """Yield every page of every list."""
    templates = Templates()
    head, head_key = None, b""
    for cut in lists.cuts():
        if cut.head is not head:  # the same for all pages of a list
            head, head_key = cut.head, keys.page(cut.head)
        key = keys.of(head_key, cut.path, cut.number, cut.records)
        yield page_draft(cut.path, "list", key, partial(_list, lists, templates, cut), frame)


def _list(lists: Lists, templates: Templates, cut: ListCut) -> Page:
    head = cut.head
    parents = [link.label for link in head.parents]
    name, lead = head.title, head.lead
    if head.delicate:
        name, lead = "相談先の一覧" if len(parents) < 2 else f"{parents[-1]}の相談先", ""
    parts = (*parents[-1:], f"{cut.number}ページ目" if cut.number > 1 else "")
    which = "・".join(filter(None, parts))  # a need, a kind and an organisation may have one name
    lines = DELICATE_HEAD if head.delicate else ""
    lines += stylesheet("pamphlets") if head.papers else ""
    lines += links(head.feed, f"{name}の新しい資源と変更") if head.feed else ""
    page = templates.page(
        "list",
        cut.path,
        "list",
        f"{name}（{which}）" if which else name,
        f"{name}：{head.total}件。{lead}",
        head=lines,
        view=lists.page(cut),
        list=head,
        exit_url=lists.directory.settings.exit_url,
    )
    return replace(page, picture=image_of_list(head))

"""Products: the feeds, the page of news, and a page for each of the last twelve months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, groupby

from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.news.feeds import FOLDER, MOST_OF_ALL, MOST_OF_PART, WHOLE, Feed, atom, feed_of, json_feed, latest, links
from tsunagite.news.view import Event, EventView, NewsView, What, month_path
from tsunagite.site.layout.templates import Templates
from tsunagite.site.lists import Lists
from tsunagite.site.record import CardView, Link
from tsunagite.text.dates import japanese_month

SHOWN_OF_MONTH = 200
"""Cards on the page of a month; of more it says how many, and where they are."""
SHOWN_LATEST = 30


@dataclass(frozen=True)
class DayView:
    """The new records of one day."""

    day: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class MonthView:
    """A month: what is new, by day, newest first, and what has changed or closed."""

    title: str
    path: str
    count: int
    shown: int
    days: tuple[DayView, ...]
    others: tuple[EventView, ...]
    more: int


def news(view: NewsView, lists: Lists, keys: Keys, frame: Frame) -> Iterator[Draft]:
    """Yield the page of news, the months and the feeds; each is made anew where its events, their records or the months are others."""
    templates, months, feeds = Templates(), view.months(), tuple(lists.feeds())
    digests = [_print(view.of_month(month)) for month in months]
    newest = _print(chain.from_iterable(view.group_by_commit(view.events, SHOWN_LATEST)))
    key = keys.page(months, digests, newest, view.note())
    yield page_draft(f"{FOLDER}/", "list", key, partial(_overview, view, feeds, templates), frame)
    for month in months:
        key = keys.page(month, _print(view.of_month(month)))
        yield page_draft(month_path(month), "list", key, partial(_month, view, templates, month), frame)
    if view.has_feeds:
        yield from _feeds(view, feeds, keys)


def _print(events: Iterable[Event]) -> list[tuple[object, ...]]:
    """Return what stands for some events and all that is said of them."""
    return [(event.resource, event.what, event.when, event.fields) for event in events]


def _overview(view: NewsView, feeds: tuple[Link, ...], templates: Templates) -> Page:
    rows = [
        (japanese_month(month), month_path(month), sum(event.what is What.ADDED for event in view.of_month(month)))
        for month in view.months()
    ]
    return templates.page(
        "news",
        f"{FOLDER}/",
        "list",
        "新しい資源",
        "新しくのったもの、変わったもの、終わったもの。",
        head=whole_links(view),
        months=rows,
        latest=view.entries(view.events, SHOWN_LATEST),
        note=view.note(),
        feeds=tuple(Link(link.label, feed_of(link.path)) for link in feeds) if view.has_feeds else (),
        whole=WHOLE if view.has_feeds else "",
    )


def whole_links(view: NewsView) -> str:
    """Return the links to the feed of the whole site, for the head of a page."""
    return links(WHOLE, _title(view, "")) if view.has_feeds else ""


def month_view(view: NewsView, month: date) -> MonthView:
    """Return what a month has brought."""
    events = view.of_month(month)
    added = [event for event in events if event.what is What.ADDED]
    others = [event for event in events if event.what is not What.ADDED]
    days = tuple(
        DayView(view.view(found[0]).day, tuple(view.card(one.resource) for one in found))
        for _, group in groupby(added[:SHOWN_OF_MONTH], lambda one: one.day)
        if (found := list(group))
    )
    return MonthView(
        f"{japanese_month(month)}の新しい資源", month_path(month), len(added), sum(len(day.cards) for day in days), days,
        view.entries(others, SHOWN_OF_MONTH), len(others) - sum(map(len, view.group_by_commit(others, SHOWN_OF_MONTH))),
    )  # fmt: skip


def _month(view: NewsView, templates: Templates, month: date) -> Page:
    one = month_view(view, month)
    lead = f"{one.title}：{one.count}件。"
    return templates.page("news_month", one.path, "list", one.title, lead, head=whole_links(view), view=one)


def _title(view: NewsView, part: str) -> str:
    return f"{view.directory.settings.full_name}：{f'{part}の' if part else ''}新しい資源と変更"


def _feeds(view: NewsView, feeds: tuple[Link, ...], keys: Keys) -> Iterator[Draft]:
    wanted = [(WHOLE, f"{FOLDER}/", "", view.group_by_commit(view.events, MOST_OF_ALL))]
    wanted += [
        (feed_of(link.path), link.path, link.label, view.group_by_commit(_events_of(view, link.path), MOST_OF_PART))
        for link in feeds
    ]
    for path, page, label, groups in wanted:
        events = tuple(chain.from_iterable(groups))
        key = keys.page(path, label, view.newest, _print(events))
        make = partial(_feed, view, path, page, label, events)
        yield Draft(f"{path}.xml", key, partial(_written, make, "xml"))
        yield Draft(f"{path}.json", key, partial(_written, make, "json"))


def _events_of(view: NewsView, path: str) -> tuple[Event, ...]:
    """Return the events of a list by its address: ``areas/<area>/``, ``kinds/<group>/`` or ``kinds/<group>/<kind>/``."""
    sort, first, *more = path.strip("/").split("/")
    if sort == "areas":
        return view.of_area(first)
    return view.of_kind(more[0]) if more else view.of_group(first)


def _feed(view: NewsView, path: str, page: str, label: str, events: tuple[Event, ...]) -> Feed:
    entries, settings = view.entries(events), view.directory.settings
    return Feed(
        path,
        page,
        _title(view, label),
        view.note(),
        view.site_url,
        settings.first_address,
        settings.municipality or settings.name,
        latest(entries, view.newest),
        entries,
    )


def _written(make: partial[Feed], ending: str) -> Artifact:
    feed = make()
    return Artifact(f"{feed.path}.{ending}", atom(feed) if ending == "xml" else json_feed(feed))

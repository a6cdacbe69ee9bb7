"""Products: the feeds, the page of news, and a page for each of the last twelve months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, groupby

from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, PageDraft
from tsunagite.news.feeds import FOLDER, MOST_OF_ALL, MOST_OF_PART, WHOLE, Feed, atom, feed_of, json_feed, latest, links
from tsunagite.news.view import Event, EventView, What, month_path
from tsunagite.site.layout.templates import Templates
from tsunagite.site.record import CardView, Link
from tsunagite.site.view import SiteView
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


def news(site: SiteView, frame: Frame) -> Iterator[Draft]:
    """Yield the page of news, the months and the feeds; each is made anew where its events, their records or the months are others."""
    view = site.news
    months = tuple(view.months())
    key = site.prints.of(
        site.surroundings_print,
        months,
        [_print(view.of_month(month)) for month in months],
        _print(chain.from_iterable(view.groups(view.events, SHOWN_LATEST))),
        view.note(),
    )
    yield PageDraft(f"{FOLDER}/", "list", key, partial(_overview, site, months)).framed(frame)
    for month in months:
        key = site.prints.of(site.surroundings_print, month, _print(view.of_month(month)))
        yield PageDraft(month_path(month), "list", key, partial(_month, site, month)).framed(frame)
    if view.has_feeds:
        yield from _feeds(site)


def _print(events: Iterable[Event]) -> list[tuple[object, ...]]:
    """Return what stands for some events and all that is said of them."""
    return [(event.resource, event.what, event.when, event.fields) for event in events]


def _overview(site: SiteView, months: tuple[date, ...]) -> Page:
    view = site.news
    page = Page(f"{FOLDER}/", "list", "新しい資源", "新しくのったもの、変わったもの、終わったもの。", "")
    rows = [
        (japanese_month(month), month_path(month), sum(event.what is What.ADDED for event in view.of_month(month)))
        for month in months
    ]
    latest_views = view.told(view.events, SHOWN_LATEST)
    feeds = tuple(Link(link.label, feed_of(link.path)) for link in site.lists.feeds()) if view.has_feeds else ()
    body = Templates().render(
        "news",
        base=page.base,
        months=rows,
        latest=latest_views,
        note=view.note(),
        feeds=feeds,
        whole=WHOLE if view.has_feeds else "",
    )
    return Page(page.path, page.section, page.title, page.description, body, whole_links(site, page.base))


def whole_links(site: SiteView, base: str) -> str:
    """Return the links to the feed of the whole site, for the head of a page."""
    return links(base, WHOLE, _title(site, "")) if site.news.has_feeds else ""


def month_view(site: SiteView, month: date) -> MonthView:
    """Return what a month has brought."""
    news_view = site.news
    events = news_view.of_month(month)
    added = [event for event in events if event.what is What.ADDED]
    others = [event for event in events if event.what is not What.ADDED]
    days = tuple(
        DayView(news_view.view(found[0]).day, tuple(site.card(one.resource) for one in found))
        for _, group in groupby(added[:SHOWN_OF_MONTH], lambda one: one.day)
        if (found := list(group))
    )
    return MonthView(
        f"{japanese_month(month)}の新しい資源", month_path(month), len(added), sum(len(day.cards) for day in days), days,
        news_view.told(others, SHOWN_OF_MONTH), len(others) - sum(map(len, news_view.groups(others, SHOWN_OF_MONTH))),
    )  # fmt: skip


def _month(site: SiteView, month: date) -> Page:
    view = month_view(site, month)
    page = Page(view.path, "list", view.title, f"{view.title}：{view.count}件。", "")
    body = Templates().render("news_month", base=page.base, view=view)
    return Page(page.path, page.section, page.title, page.description, body, whole_links(site, page.base))


def _title(site: SiteView, part: str) -> str:
    name = f"{site.settings.name} {site.settings.municipality}".strip()
    return f"{name}：{part}の新しい資源と変更" if part else f"{name}：新しい資源と変更"


def _feeds(site: SiteView) -> Iterator[Draft]:
    view = site.news
    wanted = [(WHOLE, f"{FOLDER}/", "", view.groups(view.events, MOST_OF_ALL))]
    wanted += [
        (feed_of(link.path), link.path, link.label, view.groups(_events_of(site, link.path), MOST_OF_PART))
        for link in site.lists.feeds()
    ]
    for path, page, label, groups in wanted:
        events = tuple(chain.from_iterable(groups))
        key = site.prints.of(site.surroundings_print, path, label, view.newest, _print(events))
        make = partial(_feed, site, path, page, label, events)
        yield Draft(f"{path}.xml", key, partial(_written, make, "xml"))
        yield Draft(f"{path}.json", key, partial(_written, make, "json"))


def _events_of(site: SiteView, path: str) -> tuple[Event, ...]:
    """Return the events of a list by its address: ``areas/<area>/``, ``kinds/<group>/`` or ``kinds/<group>/<kind>/``."""
    sort, first, *more = path.strip("/").split("/")
    if sort == "areas":
        return site.news.of_area(first)
    return site.news.of_kind(more[0]) if more else site.news.of_group(first)


def _feed(site: SiteView, path: str, page: str, label: str, events: tuple[Event, ...]) -> Feed:
    view = site.news
    entries = view.told(events)
    author = site.settings.municipality or site.settings.name
    return Feed(
        path,
        page,
        _title(site, label),
        view.note(),
        view.site_url,
        site.settings.first_address,
        author,
        latest(entries, view.newest),
        entries,
    )


def _written(make: partial[Feed], ending: str) -> Artifact:
    feed = make()
    return Artifact(f"{feed.path}.{ending}", atom(feed) if ending == "xml" else json_feed(feed))

"""NewsView: what became of the records, newest first: of the whole site, of an area, of a kind, of a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice

from tsunagite.news.history import History
from tsunagite.records.directory import Directory, is_delicate
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import CardView
from tsunagite.site.words import pause_text
from tsunagite.text.dates import add_months, japanese_date

JAPAN = timezone(timedelta(hours=9))
BULK = 10
"""More events of one kind than these, made by one commit (the import of a list), are told as one: else they push everything else away."""
KINDS_NAMED = 5
"""So many kinds are named of the records that are told of together."""
MONTHS = 12
"""So many months are told of, the present one among them."""


class What(StrEnum):
    """What became of a record."""

    ADDED = "added"
    CHANGED = "changed"
    CLOSED = "closed"
    CHECKED = "checked"
    """Somebody confirmed what it says: all that is known where there is no history."""


LABELS = {
    What.ADDED: "新しくのりました",
    What.CHANGED: "変わりました",
    What.CLOSED: "終わりました",
    What.CHECKED: "確かめました",
}


@dataclass(frozen=True)
class Event:
    """One thing that happened to a record. ``when`` is RFC 3339, in Japan; at midnight where only the day is known."""

    resource: Resource
    what: What
    when: str
    fields: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day in Japan."""
        return date.fromisoformat(self.when[:10])


@dataclass(frozen=True)
class EventView:
    """An event in words: ``title`` says what and who, ``text`` what there is or what is different now; ``key`` is unique on its day."""

    key: str
    path: str
    name: str
    what: What
    when: str
    title: str
    text: str
    kind: str

    @property
    def day(self) -> str:
        """The day as people read it."""
        return japanese_date(date.fromisoformat(self.when[:10]))


class NewsView:
    """The news of a site on one day.

    Records that are made up, proposed, or on a page that can be left at once (``is_delicate``) are never news: a feed or a mail stays on
    a device, and shows a name to whoever opens it there.
    """

    def __init__(self, directory: Directory, history: History, today: date) -> None:
        self.directory, self.today = directory, today
        self.history = history
        self._texts: dict[tuple[str, What, str], EventView] = {}

    @cached_property
    def site_url(self) -> str:
        """The public address, with a slash at its end; "" where it is not known."""
        return self.directory.settings.address_of("")

    @cached_property
    def has_feeds(self) -> bool:
        """Whether there are feeds: they need the public address, and a date that something is known of."""
        return bool(self.site_url and self.newest)

    @cached_property
    def newest(self) -> str:
        """The time of the newest thing that is known of any record (RFC 3339); "" where no date is known at all."""
        tomorrow = int(datetime.combine(self.today + timedelta(days=1), time(), JAPAN).timestamp())
        seconds = max((one.newest for one in self.history.files.values() if one.newest < tomorrow), default=0)
        days = (
            day for r in self.directory.published for day in (r.verified_on, r.closed_date) if day and day <= self.today
        )
        lists = (
            source.data_date
            for source in self.directory.sources.values()
            if source.data_date and source.data_date <= self.today
        )
        known = [_at(seconds)] if seconds else []
        latest = max((*days, *lists), default=None)
        return max([*known, *([_midnight(latest)] if latest else [])], default="")

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Everything that is known to have happened in the last twelve months, newest first."""
        since, until = self.first_month.isoformat(), f"{self.today.isoformat()}T24"
        found = (
            event for resource in self.directory.published if self._is_news(resource) for event in self._of(resource)
        )
        return tuple(
            sorted(
                (event for event in found if since <= event.when < until),
                key=lambda one: (one.when, one.resource.id),
                reverse=True,
            )
        )

    def _is_news(self, resource: Resource) -> bool:
        return not (resource.sample or resource.is_idea or is_delicate(self.directory, resource))

    def _of(self, resource: Resource) -> Iterator[Event]:
        known = self.history.files.get(self._files.get(resource.id, ""))
        if known is None:
            if resource.is_closed and resource.closed_date and resource.id not in self._renamed:
                yield Event(resource, What.CLOSED, _midnight(resource.closed_date))
            elif not resource.is_closed and resource.verified_on and self.history.missing:
                yield Event(resource, What.CHECKED, _midnight(resource.verified_on))
            return
        added = _at(known.added) if known.added and resource.id not in self._renamed.values() else ""
        if resource.is_closed:
            ended = next((change.when for change in known.changes if "status" in change.fields), known.added)
            if ended and resource.id not in self._renamed:
                yield Event(resource, What.CLOSED, _at(ended))
            return
        if added:
            yield Event(resource, What.ADDED, added)
        days: dict[str, Event] = {}
        for change in known.changes:  # newest first; what changed on one day is one change
            when = _at(change.when)
            before = days.get(when[:10])
            fields = tuple(dict.fromkeys((*(before.fields if before else ()), *change.fields)))
            days[when[:10]] = Event(resource, What.CHANGED, before.when if before else when, fields)
        yield from (event for day, event in days.items() if day != added[:10])

    def changed_on(self, resource: Resource) -> str:
        """Return the day of the newest commit of a record's file (ISO), "" where the history does not tell."""
        known = self.history.files.get(self._files.get(resource.id, ""))
        day = _at(known.newest)[:10] if known else ""
        return day if day <= self.today.isoformat() else ""

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """The name of the file of every record that has one to itself: of a file of many git does not know whose line it was."""
        return {
            one.record.id: one.place.file.rpartition("/")[2].removesuffix(".yml")
            for one in self.directory.placed
            if not one.place.loc
        }

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        """Old id: new id, of records that only have another id now. Neither is news."""
        resources = self.directory.resources
        replaced = {r.id: r.replaced_by for r in resources.values() if r.is_closed and r.replaced_by}
        return {
            old: new for old, new in replaced.items() if new in resources and resources[new].name == resources[old].name
        }

    def of_area(self, area_id: str) -> tuple[Event, ...]:
        """Return the events of records that serve an area or lie in it, as its list does; equipment is left out."""
        return self._by_area.get(area_id, ())

    @cached_property
    def _by_area(self) -> Mapping[str, tuple[Event, ...]]:
        directory = self.directory
        found: dict[str, list[Event]] = {}
        for event in self.events:
            if not directory.is_equipment(event.resource):
                town = directory.town_of(event.resource)
                places = (*event.resource.service_areas, *([town.id] if town else []))
                for area_id in dict.fromkeys(above.id for place in places for above in directory.lineage(place)):
                    found.setdefault(area_id, []).append(event)
        return {area_id: tuple(events) for area_id, events in found.items()}

    def of_kind(self, kind_id: str) -> tuple[Event, ...]:
        """Return the events of records of a kind."""
        return self._by_kind.get(kind_id, ())

    def of_group(self, group_id: str) -> tuple[Event, ...]:
        """Return the events of records of a group of kinds."""
        return self._by_group.get(group_id, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Event, ...]]:
        return _indexed(self.events, lambda event: event.resource.kind)

    @cached_property
    def _by_group(self) -> Mapping[str, tuple[Event, ...]]:
        return _indexed(self.events, lambda event: self.directory.kind(event.resource).group)

    @cached_property
    def first_month(self) -> date:
        """The first day of the twelve months."""
        return add_months(self.today.replace(day=1), 1 - MONTHS)

    def months(self) -> tuple[date, ...]:
        """Return the first day of each month of which the history tells, newest first; none where there is no history."""
        if self.history.missing:
            return ()
        begun = datetime.fromtimestamp(self.history.begun, JAPAN).date().replace(day=1)
        found = (add_months(self.today.replace(day=1), -back) for back in range(MONTHS))
        return tuple(month for month in found if month >= begun)

    def of_month(self, month: date) -> tuple[Event, ...]:
        """Return the events of a month (its first day), newest first."""
        return self._by_month.get(month.isoformat()[:7], ())

    @cached_property
    def _by_month(self) -> Mapping[str, tuple[Event, ...]]:
        return _indexed(self.events, lambda event: event.when[:7])

    def entries(self, events: Iterable[Event], most: int | None = None) -> tuple[EventView, ...]:
        """Return the newest ``most`` entries of events in words. Many of one commit are one entry (``BULK``)."""
        return tuple(
            self.view(group[0]) if len(group) == 1 else self._bulk_entry(group)
            for group in self.group_by_commit(events, most)
        )

    def group_by_commit(self, events: Iterable[Event], most: int | None = None) -> tuple[tuple[Event, ...], ...]:
        """Return events as the newest ``most`` entries: single ones, and those of one commit that are told together."""
        by_commit: dict[tuple[str, What], list[Event]] = {}
        for event in events:
            by_commit.setdefault((event.when, event.what), []).append(event)
        entries = (
            (tuple(found),) if len(found) > BULK else tuple((one,) for one in found) for found in by_commit.values()
        )
        return tuple(islice(chain.from_iterable(entries), most))

    def _bulk_entry(self, group: tuple[Event, ...]) -> EventView:
        first, count = group[0], len(group)
        kinds = Counter(self.directory.kind(event.resource).label for event in group).most_common()
        named = "、".join(f"{label} {number}件" for label, number in kinds[:KINDS_NAMED])
        month = first.day.replace(day=1)
        return EventView(
            f"news/{first.when}/{first.what}",
            month_path(month) if month in self.months() else "news/",
            f"{count}件",
            first.what,
            first.when,
            f"{LABELS[first.what]}：{count}件",
            f"{named}{'など' if len(kinds) > KINDS_NAMED else ''}。",
            "",
        )

    def card(self, resource: Resource) -> CardView:
        """Return the card of a record."""
        return CardView.of(self.directory, resource, self.today)

    def view(self, event: Event) -> EventView:
        """Return an event in words."""
        key = (event.resource.id, event.what, event.when)
        if key not in self._texts:
            self._texts[key] = self._view(event)
        return self._texts[key]

    def _view(self, event: Event) -> EventView:
        resource, card = event.resource, self.card(event.resource)
        if event.what is What.CHANGED:
            titles = [str(Resource.model_fields[name].title) for name in event.fields]
            text = "・".join(titles) + "が変わりました。" + self._now(event, card)
        elif event.what is What.CLOSED:
            text = (
                f"{japanese_date(resource.closed_date)}に終了しました。" if resource.closed_date else "終了しました。"
            )
            after = self.directory.resources.get(resource.replaced_by or "")
            text += f"代わり：{after.name}" if after and self._is_news(after) else ""
        elif event.what is What.CHECKED:
            text = "内容を確かめました。" + (f"（{resource.verified_by}）" if resource.verified_by else "")
        else:
            text = (
                _sentence(f"{card.kind}。{card.sentence}")
                + (f"{card.place}。" if card.place else "")
                + self._pause(resource)
            )
        return EventView(
            f"{card.path}{event.what}",
            card.path,
            resource.name,
            event.what,
            event.when,
            f"{LABELS[event.what]}：{resource.name}",
            text,
            card.kind,
        )

    def _now(self, event: Event, card: CardView) -> str:
        """Return what a changed record says now of the two things that stop people at a closed door: its number, and a pause."""
        phone = f"いまの電話は {card.phone.number} です。" if "phones" in event.fields and card.phone else ""
        return phone + self._pause(event.resource)

    def _pause(self, resource: Resource) -> str:
        pause = resource.pause_after(self.today)
        return f"{pause_text(pause)}。" if pause else ""

    def note(self) -> str:
        """Return where the dates come from, where that is not the history."""
        if self.history.missing == "shallow":
            return "変更の履歴が途中までしかないため、日付は記録に書かれた日（確認した日、終了した日）です。"
        return (
            "変更の履歴がないため、日付は記録に書かれた日（確認した日、終了した日）です。"
            if self.history.missing
            else ""
        )


def _indexed(events: tuple[Event, ...], key_of: Callable[[Event], str]) -> Mapping[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(key_of(event), []).append(event)
    return {key: tuple(these) for key, these in found.items()}


def month_path(month: date) -> str:
    """Return the address of the page of a month (its first day)."""
    return f"news/{month.isoformat()[:7]}/"


def _at(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone(JAPAN).isoformat()


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+09:00"


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"

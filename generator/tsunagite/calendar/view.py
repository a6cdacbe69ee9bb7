"""The calendar of meetings and events: the coming six weeks, a year of months, and lists by area and by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tsunagite.analysis.calendar import WEEKS, Calendar, Meeting, Occurrence, in_order
from tsunagite.calendar.cuts import Cut, Paged, Part, cut
from tsunagite.records.directory import Directory
from tsunagite.records.model.features.event import Event
from tsunagite.site import words
from tsunagite.site.record import CardView, Fact, Link, PhoneView, record_path
from tsunagite.text import phones
from tsunagite.text.dates import WEEKDAYS, add_months, japanese_date, japanese_month
from tsunagite.worksheets.start import StartView, minutes_of

HOLIDAY_DOUBT = "祝日や年末年始です。あるかどうか、確かめてください。"
CROWD = 40
"""Where more clubs meet on a day, lists of the whole city count them, and the lists of their districts (or of those of none) show
them: 372 of a day are no list."""
ELSEWHERE = "calendar/elsewhere/"
"""The list of clubs that no district's list shows, where lists of the city count clubs."""
MOST_IN_FILE = 2_000
"""Meetings (about a megabyte) in the one file of a crowded list: of more, clubs stand in the files of their districts alone, which no
telephone takes minutes to read. 100,000 records made a file of 11.7 MB."""
CLUBS = "clubs"  # clubs have no kind of event; their list is called so


@dataclass(frozen=True)
class OccurrenceView:
    """One meeting on one day, as the list shows it."""

    title: str
    path: str
    time: str
    place: str
    kind: str
    icon: str
    note: str
    sample: bool


@dataclass(frozen=True)
class DayView:
    """A day with its meetings. ``iso`` lets the browser drop what has passed; ``clubs`` are counted and not shown (``CROWD``)."""

    iso: str
    number: int
    label: str
    is_red: bool
    found: tuple[OccurrenceView, ...]
    clubs: int = 0
    count: int = 0
    at: str = ""
    """Of a day in the table of a long month: how much takes place, and the page that shows it."""


@dataclass(frozen=True)
class MonthView:
    """A month, or one page of a long one: weeks of days from Monday (None stands for days of other months), and the days as a list.

    Where it is long, the table (on its first page) counts what the list shows.
    """

    path: str
    title: str
    weeks: tuple[tuple[DayView | None, ...], ...]
    before: Link | None
    after: Link | None
    days: tuple[DayView, ...]
    number: int
    pages: tuple[Link, ...]
    is_long: bool


@dataclass(frozen=True)
class CalendarList:
    """A list of the coming weeks: of everything, of an area or of a kind, with its file for calendar programs.

    ``whole``: it shows every club, however many meet on a day.
    """

    path: str
    title: str
    lead: str
    ics: str
    until: str
    meetings: tuple[Meeting, ...]
    whole: bool
    show: Callable[[CalendarList], tuple[Part, ...]]

    @cached_property
    def pages(self) -> Paged:
        """Its pages."""
        return Paged(self.path, cut(self.show(self)))

    @cached_property
    def crowded(self) -> bool:
        """Whether clubs are counted on some day, so that one must choose a district to see them."""
        return any(part.clubs for one in self.pages.cuts for part in one)

    @cached_property
    def filed(self) -> tuple[Meeting, ...]:
        """What its file for calendar programs holds: all, or of very many meetings those that are no clubs (``MOST_IN_FILE``)."""
        if len(self.meetings) <= MOST_IN_FILE or not self.crowded:
            return self.meetings
        return tuple(one for one in self.meetings if one.event)


@dataclass(frozen=True)
class EventView:
    """The page of one event."""

    path: str
    title: str
    kind: str
    summary: str
    when: str
    facts: tuple[Fact, ...]
    days: tuple[DayView, ...]
    phones: tuple[PhoneView, ...]
    card: CardView | None
    sheets: tuple[Link, ...]
    minutes: StartView | None
    links: tuple[Link, ...]
    verified: str
    sample: bool
    ics: str


@dataclass(frozen=True)
class CalendarView:
    """Everything the calendar shows. False where a site has no meetings."""

    directory: Directory
    cards: Mapping[str, CardView]
    today: date

    def __bool__(self) -> bool:
        return bool(self.calendar.meetings)

    @cached_property
    def calendar(self) -> Calendar:
        """The meetings and their days."""
        return Calendar(self.directory, self.today)

    @cached_property
    def lists(self) -> tuple[CalendarList, ...]:
        """Every list: of all, then of each area, then of each kind that has meetings."""
        meetings = self.calendar.meetings
        lists = (
            [self._list("calendar/", "集まりと行事の予定", "これから6週間の、集まり・教室・会議の予定です。", meetings)]
            if meetings
            else []
        )
        by_area: dict[str, list[Meeting]] = {}
        by_kind: dict[str, list[Meeting]] = {}
        for meeting in meetings:
            by_kind.setdefault(self._kind_of(meeting), []).append(meeting)
            for area_id in self._areas(meeting):
                by_area.setdefault(area_id, []).append(meeting)
        for area in self.directory.areas.values():
            if found := by_area.get(area.id):
                name = area.name + ("地区" if area.level == "district" else "")
                lists.append(
                    self._list(
                        f"calendar/areas/{area.id}/",
                        f"{name}の予定",
                        f"{name}の人が来られる集まりと、{name}の会議です。",
                        found,
                        whole=True,
                    )
                )
        nowhere = [one for one in meetings if one.event is None and not self._areas(one)]
        if nowhere and self.crowded_days:
            lists.append(
                self._list(
                    ELSEWHERE,
                    "地区を決めていない会の予定",
                    "来られる人の地区が、決まっていないか、わからない会です。",
                    nowhere,
                    whole=True,
                )
            )
        for kind_id, label in self._kinds.items():
            lists.append(
                self._list(
                    f"calendar/kinds/{kind_id}/",
                    f"{label}の予定",
                    f"これから6週間の「{label}」です。",
                    by_kind[kind_id],
                )
            )
        return tuple(lists)

    def _list(
        self, path: str, title: str, lead: str, meetings: Iterable[Meeting], *, whole: bool = False
    ) -> CalendarList:
        return CalendarList(
            path,
            title,
            lead,
            f"{path}calendar.ics",
            japanese_date(self._list_ends),
            tuple(meetings),
            whole,
            self._days_of,
        )

    @property
    def _list_ends(self) -> date:
        return self.today + timedelta(weeks=WEEKS)

    def _days_of(self, one: CalendarList) -> tuple[Part, ...]:
        return self._shown(one.meetings, self._list_ends, whole=one.whole)

    def days(self, page: Cut) -> tuple[DayView, ...]:
        """Return the days of a page."""
        return tuple(map(self._day, page))

    def _shown(self, meetings: Iterable[Meeting], last: date, *, whole: bool) -> tuple[Part, ...]:
        """Return what is shown of each day from ``today`` to ``last``, and how many clubs are counted instead."""
        crowded = frozenset() if whole else self.crowded_days
        found: dict[date, list[Occurrence]] = {}
        clubs: Counter[date] = Counter()
        for meeting in meetings:
            days = self.calendar.days_by_rule(meeting) if crowded and meeting.event is None else ()
            clubs.update(day for day in days if day in crowded and day <= last)
            if not days or not crowded.issuperset(days):
                for one in self.calendar.occurrences(meeting, self.today, last):
                    if not days or one.day not in crowded:
                        found.setdefault(one.day, []).append(one)
        return tuple(
            Part(day, tuple(sorted(found.get(day, []), key=in_order)), clubs[day])
            for day in sorted(found.keys() | clubs.keys())
        )

    @cached_property
    def crowded_days(self) -> frozenset[date]:
        """The days on which too much takes place for one list."""
        count = Counter(
            day
            for meeting in self.calendar.meetings
            if meeting.event is None
            for day in self.calendar.days_by_rule(meeting)
        )
        return frozenset(day for day, number in count.items() if number > CROWD)

    def _day(self, part: Part, count: int = 0, at: str = "") -> DayView:
        day = part.day
        red = day in self.calendar.holidays or day.weekday() == WEEKDAYS.index("日")
        holiday = "・祝" if day in self.calendar.holidays else ""
        label = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}{holiday}）{'の続き' if part.begun else ''}"
        found = tuple(map(self._view, part.found))
        return DayView(day.isoformat(), day.day, label, red, found, part.clubs, count, at)

    def _view(self, one: Occurrence) -> OccurrenceView:
        event, resource = one.meeting.event, one.meeting.resource
        note = one.note or (HOLIDAY_DOUBT if one.doubtful else "")
        if event:
            term = self.directory.vocabularies["event_kind"][event.kind]
            place = event.place or (self.cards[resource.id].place if resource and resource.id in self.cards else "")
            return OccurrenceView(
                event.title, event_path(event), _time(one), place, term.label, term.icon, note, event.sample
            )
        assert resource, "a meeting without event is a club"  # noqa: S101 - told to the type checker
        card = self.cards[resource.id]
        return OccurrenceView(card.name, card.path, _time(one), card.place, card.kind, card.icon, note, resource.sample)

    def _areas(self, meeting: Meeting) -> frozenset[str]:
        """Return the districts a meeting is for: those it names and those around the towns it names."""
        named = meeting.event.areas if meeting.event else meeting.resource.service_areas if meeting.resource else ()
        return frozenset(
            above.id for area in named for above in self.directory.lineage(area) if above.level == "district"
        )

    def _kind_of(self, meeting: Meeting) -> str:
        return meeting.event.kind if meeting.event else CLUBS

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        used = {self._kind_of(meeting) for meeting in self.calendar.meetings}
        kinds = {term.id: term.label for term in self.directory.vocabularies["event_kind"] if term.id in used}
        return {**kinds, **({CLUBS: "通いの場・会"} if CLUBS in used else {})}

    @property
    def kind_links(self) -> tuple[Link, ...]:
        """The lists by kind."""
        return tuple(Link(label, f"calendar/kinds/{kind}/") for kind, label in self._kinds.items())

    @cached_property
    def area_links(self) -> tuple[Link, ...]:
        """The lists by area."""
        return tuple(Link(one.title.removesuffix("の予定"), one.path) for one in self.lists if one.whole)

    def of_area(self, area_id: str) -> Link | None:
        """Return the list of an area, None where nothing meets there."""
        return next((link for link in self.area_links if link.path == f"calendar/areas/{area_id}/"), None)

    @cached_property
    def month_links(self) -> tuple[Link, ...]:
        """The twelve months."""
        months = [add_months(self.today.replace(day=1), number) for number in range(12)] if self else []
        return tuple(Link(japanese_month(month), f"calendar/{month:%Y-%m}/") for month in months)

    @cached_property
    def months(self) -> tuple[Paged, ...]:
        """The pages of each of the twelve months."""
        by_month: dict[str, list[Part]] = {link.path: [] for link in self.month_links}
        for part in self._shown(self.calendar.meetings, self.calendar.last, whole=False) if self else ():
            by_month[f"calendar/{part.day:%Y-%m}/"].append(part)
        return tuple(Paged(path, cut(parts)) for path, parts in by_month.items())

    def month(self, number: int, page: int) -> MonthView:
        """Return one page (from 1) of a month (from 0)."""
        links, paged = self.month_links, self.months[number]
        return MonthView(
            paged.paths[page - 1],
            f"{links[number].label}の予定",
            self._weeks(paged) if page == 1 else (),
            links[number - 1] if number else None,
            links[number + 1] if number + 1 < len(links) else None,
            self.days(paged.cuts[page - 1]),
            page,
            paged.links,
            len(paged.cuts) > 1,
        )

    def _weeks(self, paged: Paged) -> tuple[tuple[DayView | None, ...], ...]:
        """Return the table of a month; of one on several pages the table counts."""
        year, month = map(int, paged.path.split("/")[1].split("-"))
        whole = len(paged.cuts) == 1
        shown: dict[date, DayView] = {}
        for path, one in zip(paged.paths, paged.cuts, strict=True):
            for part in one:
                known = shown.get(part.day)
                shown[part.day] = (
                    self._day(part)
                    if whole
                    else self._day(
                        Part(part.day, (), part.clubs),
                        (known.count if known else 0) + len(part.found),
                        known.at if known else f"{path}#d{part.day:%d}",
                    )
                )
        first = date(year, month, 1)
        monday = first - timedelta(days=first.weekday())
        weeks: list[tuple[DayView | None, ...]] = []
        while monday.replace(day=1) <= first:
            days = [monday + timedelta(days=offset) for offset in range(7)]
            weeks.append(
                tuple((shown.get(day) or self._day(Part(day, ()))) if day.month == month else None for day in days)
            )
            monday += timedelta(days=7)
        return tuple(weeks)

    @cached_property
    def _of_events(self) -> Mapping[str, tuple[Meeting, Event]]:
        return {meeting.id: (meeting, meeting.event) for meeting in self.calendar.meetings if meeting.event}

    def event(self, event_id: str) -> EventView:
        """Return the page of an event."""
        meeting, event = self._of_events[event_id]
        term = self.directory.vocabularies["event_kind"][event.kind]
        organization = self.directory.organizations.get(event.organization or "")
        card = self.cards.get(event.resource or "")
        facts = [Fact("会場", event.place or (card.place if card else "")), Fact("だれが来られるか", event.for_whom)]
        facts += [
            Fact("申し込み", {True: "必要", False: "いりません"}.get(event.booking, ""))
            if event.booking is not None
            else Fact("申し込み", "")
        ]
        facts += [Fact("費用", event.fee), Fact("主催", organization.name if organization else "")]
        facts += [
            Fact("祝日と年末年始", {"skip": "休みます", "hold": "ふだんどおりです"}.get(event.holidays or "", ""))
        ]
        areas = "、".join(self.directory.areas[area].name for area in event.areas if area in self.directory.areas)
        facts += [Fact("地域", areas)]
        sheets = {sheet.id: sheet for sheet in self.directory.worksheets.sheets}
        links = [Link("くわしいページ", event.url)] if event.url else []
        verified = (
            f"{japanese_date(event.verified_on)}に確認{f'（{event.verified_by}）' if event.verified_by else ''}"
            if event.verified_on
            else ""
        )
        dates = [
            self._day(Part(one.day, (one,)))
            for one in self.calendar.occurrences(meeting, self.calendar.today, self.calendar.last)
        ]
        numbers = tuple(
            PhoneView(
                n := phones.plain_phone(p.number),
                "" if phones.is_sample(n) else phones.tel_href(n),
                p.label,
                p.hours,
                p.type == "fax",
            )
            for p in event.phones
        )
        return EventView(
            event_path(event), event.title, term.label, event.summary, event.when or "", tuple(fact for fact in facts if fact.text),
            tuple(dates[:12]), numbers, card, tuple(Link(sheets[s].title, f"worksheets/{s}/") for s in event.sheets if s in sheets),
            minutes_of(self.directory, event), tuple(links), verified, event.sample, f"{event_path(event)}calendar.ics",
        )  # fmt: skip

    def club_when(self, meeting: Meeting) -> str:
        """Return when a club meets, as its page says it: 「第2・第4 水曜日 10時から12時まで」."""
        rows = words.hours_rows(meeting.resource.hours) if meeting.resource else ()
        return "、".join(f"{row.days} {row.span}" for row in rows)

    def paths(self) -> Iterator[str]:
        """Yield the address of every page of the calendar."""
        for one in self.lists:
            yield from one.pages.paths
        for month in self.months:
            yield from month.paths
        yield from (event_path(event) for event in self.directory.events.values())


def event_path(event: Event) -> str:
    """Return the address of an event's page."""
    return f"events/{event.id}/"


def _time(one: Occurrence) -> str:
    if not one.start:
        return ""
    return f"{words.spoken_time(one.start)}から" + (f"{words.spoken_time(one.end)}まで" if one.end else "")


def meeting_path(meeting: Meeting) -> str:
    """Return the page of a meeting: its own, or the club's record."""
    return event_path(meeting.event) if meeting.event else record_path(meeting.id)

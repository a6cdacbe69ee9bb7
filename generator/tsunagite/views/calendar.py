"""The calendar of meetings and events: the coming six weeks, a year of months, and lists by area and by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tsunagite.analysis.calendar import WEEKS, Calendar, Meeting, Occurrence
from tsunagite.directory import Directory
from tsunagite.model.event import Event
from tsunagite.text import phones
from tsunagite.text.dates import WEEKDAYS, add_months, japanese_date, japanese_month
from tsunagite.views import words
from tsunagite.views.record import CardView, Fact, Link, PhoneView, record_path

HOLIDAY_DOUBT = "祝日や年末年始です。あるかどうか、確かめてください。"
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
    """A day with its meetings. ``iso`` lets the browser drop what has passed."""

    iso: str
    number: int
    label: str
    is_red: bool
    found: tuple[OccurrenceView, ...]


@dataclass(frozen=True)
class MonthView:
    """A month as weeks of days from Monday; None stands for days of other months."""

    path: str
    title: str
    weeks: tuple[tuple[DayView | None, ...], ...]
    before: Link | None
    after: Link | None

    @property
    def days(self) -> tuple[DayView, ...]:
        """The days on which something takes place."""
        return tuple(day for week in self.weeks for day in week if day and day.found)


@dataclass(frozen=True)
class CalendarPage:
    """A list of the coming weeks: of everything, of an area or of a kind, with its file for calendar programs."""

    path: str
    title: str
    lead: str
    ics: str
    days: tuple[DayView, ...]
    until: str
    meetings: tuple[Meeting, ...]


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
    def _by_day(self) -> Mapping[date, tuple[Occurrence, ...]]:
        found: dict[date, list[Occurrence]] = {}
        for one in self.calendar.all:
            found.setdefault(one.day, []).append(one)
        return {day: tuple(ones) for day, ones in found.items()}

    @cached_property
    def pages(self) -> tuple[CalendarPage, ...]:
        """Every list: of all, then of each area, then of each kind that has meetings."""
        meetings = self.calendar.meetings
        pages = [self._page("calendar/", "集まりと行事の予定", "これから6週間の、集まり・教室・会議の予定です。", meetings)] if meetings else []
        for area in self.directory.areas.values():
            if found := tuple(m for m in meetings if area.id in self._areas(m)):
                name = area.name + ("地区" if area.level == "district" else "")
                pages.append(self._page(f"calendar/areas/{area.id}/", f"{name}の予定", f"{name}の人が来られる集まりと、{name}の会議です。", found))
        for kind_id, label in self._kinds.items():
            found = tuple(m for m in meetings if self._kind_of(m) == kind_id)
            pages.append(self._page(f"calendar/kinds/{kind_id}/", f"{label}の予定", f"これから6週間の「{label}」です。", found))
        return tuple(pages)

    def _page(self, path: str, title: str, lead: str, meetings: tuple[Meeting, ...]) -> CalendarPage:
        last = self.today + timedelta(weeks=WEEKS)
        wanted = {meeting.id for meeting in meetings}
        days = []
        for day, found in self._by_day.items():
            if day <= last and (here := [one for one in found if one.meeting.id in wanted]):
                days.append(self._day(day, here))
        return CalendarPage(path, title, lead, f"{path}calendar.ics", tuple(days), japanese_date(last), meetings)

    def _day(self, day: date, found: list[Occurrence] | tuple[Occurrence, ...]) -> DayView:
        red = day in self.calendar.holidays or day.weekday() == WEEKDAYS.index("日")
        holiday = "・祝" if day in self.calendar.holidays else ""
        label = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}{holiday}）"
        return DayView(day.isoformat(), day.day, label, red, tuple(map(self._view, found)))

    def _view(self, one: Occurrence) -> OccurrenceView:
        event, resource = one.meeting.event, one.meeting.resource
        note = one.note or (HOLIDAY_DOUBT if one.doubtful else "")
        if event:
            term = self.directory.vocabularies["event_kind"][event.kind]
            place = event.place or (self.cards[resource.id].place if resource and resource.id in self.cards else "")
            return OccurrenceView(event.title, event_path(event), _time(one), place, term.label, term.icon, note, event.sample)
        assert resource, "a meeting without event is a club"  # noqa: S101 - told to the type checker
        card = self.cards[resource.id]
        return OccurrenceView(card.name, card.path, _time(one), card.place, card.kind, card.icon, note, resource.sample)

    def _areas(self, meeting: Meeting) -> frozenset[str]:
        """Return the districts a meeting is for: those it names and those around the towns it names."""
        named = meeting.event.areas if meeting.event else meeting.resource.service_areas if meeting.resource else ()
        return frozenset(above.id for area in named for above in self.directory.lineage(area) if above.level == "district")

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
        return tuple(Link(page.title.removesuffix("の予定"), page.path) for page in self.pages if page.path.startswith("calendar/areas/"))

    def of_area(self, area_id: str) -> Link | None:
        """Return the list of an area, None where nothing meets there."""
        return next((link for link in self.area_links if link.path == f"calendar/areas/{area_id}/"), None)

    @cached_property
    def month_links(self) -> tuple[Link, ...]:
        """The twelve months."""
        months = [add_months(self.today.replace(day=1), number) for number in range(12)] if self else []
        return tuple(Link(japanese_month(month), f"calendar/{month:%Y-%m}/") for month in months)

    def months(self) -> Iterator[MonthView]:
        """Yield the months, each with the way to its neighbours."""
        links = self.month_links
        for number, link in enumerate(links):
            first = add_months(self.today.replace(day=1), number)
            monday = first - timedelta(days=first.weekday())
            weeks: list[tuple[DayView | None, ...]] = []
            while monday.replace(day=1) <= first:
                days = [monday + timedelta(days=offset) for offset in range(7)]
                weeks.append(tuple(self._day(day, self._by_day.get(day, ())) if day.month == first.month else None for day in days))
                monday += timedelta(days=7)
            before, after = links[number - 1] if number else None, links[number + 1] if number + 1 < len(links) else None
            yield MonthView(link.path, f"{link.label}の予定", tuple(weeks), before, after)

    def events(self) -> Iterator[EventView]:
        """Yield the page of every event."""
        for meeting in self.calendar.meetings:
            if meeting.event:
                yield self._event(meeting, meeting.event)

    def _event(self, meeting: Meeting, event: Event) -> EventView:
        term = self.directory.vocabularies["event_kind"][event.kind]
        organization = self.directory.organizations.get(event.organization or "")
        card = self.cards.get(event.resource or "")
        facts = [Fact("会場", event.place or (card.place if card else "")), Fact("だれが来られるか", event.for_whom)]
        facts += [Fact("申し込み", {True: "必要", False: "いりません"}.get(event.booking, "")) if event.booking is not None else Fact("申し込み", "")]
        facts += [Fact("費用", event.fee), Fact("主催", organization.name if organization else "")]
        facts += [Fact("祝日と年末年始", {"skip": "休みます", "hold": "ふだんどおりです"}.get(event.holidays or "", ""))]
        areas = "、".join(self.directory.areas[area].name for area in event.areas if area in self.directory.areas)
        facts += [Fact("地域", areas)]
        sheets = {sheet.id: sheet for sheet in self.directory.worksheets.sheets}
        links = [Link("くわしいページ", event.url)] if event.url else []
        verified = f"{japanese_date(event.verified_on)}に確認{f'（{event.verified_by}）' if event.verified_by else ''}" if event.verified_on else ""
        dates = [self._day(one.day, (one,)) for one in self.calendar.all if one.meeting.id == meeting.id and one.meeting.event]
        numbers = tuple(PhoneView(n := phones.plain_phone(p.number), "" if phones.is_sample(n) else phones.tel_href(n), p.label, p.hours, p.type == "fax") for p in event.phones)
        return EventView(
            event_path(event), event.title, term.label, event.summary, event.when or "", tuple(fact for fact in facts if fact.text),
            tuple(dates[:12]), numbers, card, tuple(Link(sheets[s].title, f"worksheets/{s}/") for s in event.sheets if s in sheets),
            tuple(links), verified, event.sample, f"{event_path(event)}calendar.ics",
        )  # fmt: skip

    def club_when(self, meeting: Meeting) -> str:
        """Return when a club meets, as its page says it: 「第2・第4 水曜日 10時から12時まで」."""
        rows = words.hours_rows(meeting.resource.hours) if meeting.resource else ()
        return "、".join(f"{row.days} {row.span}" for row in rows)

    def paths(self) -> Iterator[str]:
        """Yield the address of every page of the calendar."""
        yield from (page.path for page in self.pages)
        yield from (link.path for link in self.month_links)
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

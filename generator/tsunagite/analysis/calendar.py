"""On which days meetings and events take place: from the records of events, and from clubs whose hours are meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from tsunagite.directory import Directory
from tsunagite.model.event import Event
from tsunagite.model.hours import Hours
from tsunagite.model.resource import Resource
from tsunagite.text.dates import WEEKDAYS, add_months
from tsunagite.text.holidays import national_holidays
from tsunagite.text.recurrence import Recurrence

WEEKS, MONTHS = 6, 12  # the list shows six weeks, the months a year
OPENING_HOURS = 4  # a club that meets on so many days of every week is open, it does not meet
YEAR_END = ("12-29", "01-03")  # 行政機関の休日に関する法律 第1条


@dataclass(frozen=True)
class Meeting:
    """What takes place: an event or a club. ``rules`` with their season; ``skips_holidays`` None where nobody knows."""

    id: str
    event: Event | None
    resource: Resource | None
    rules: tuple[tuple[Recurrence, date | None, date | None], ...]
    skips_holidays: bool | None
    year_end: str = ""


@dataclass(frozen=True)
class Occurrence:
    """One day of a meeting. ``doubtful``: a holiday, and nobody wrote whether it is held."""

    day: date
    start: str
    end: str
    meeting: Meeting
    note: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class Calendar:
    """All meetings of a directory, seen from one day."""

    directory: Directory
    today: date

    @cached_property
    def last(self) -> date:
        """The last day that is looked at: the end of the twelfth month."""
        return add_months(self.today.replace(day=1), MONTHS) - timedelta(days=1)

    @cached_property
    def holidays(self) -> frozenset[date]:
        """National holidays of the year of ``today`` and the next."""
        return frozenset(day for year in (self.today.year, self.today.year + 1) for day in national_holidays(year))

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Events in the order of their files, then clubs in 五十音 order."""
        events = [self._of_event(event) for event in self.directory.events.values()]
        written = {event.resource for event in self.directory.events.values()}
        clubs = (resource for resource in self.directory.listed if self.directory.kind(resource).meets and resource.id not in written)
        found = (self._of_club(resource) for resource in clubs)
        return (*events, *(club for club in found if club))

    def _of_event(self, event: Event) -> Meeting:
        rules = ((event.rule, event.valid_from, event.valid_to),) if event.rule else ()
        skips = {"skip": True, "hold": False}.get(event.holidays or "")
        return Meeting(event.id, event, self.directory.resources.get(event.resource or ""), rules, skips, "12-29/01-03" if skips else "")

    def _of_club(self, resource: Resource) -> Meeting | None:
        rules = tuple((_rule(span), span.valid_from, span.valid_to) for span in resource.hours if span.nth or len(span.days) < OPENING_HOURS)
        closing = resource.closed_on_days
        if not rules or resource.status != "open" or resource.by_appointment:
            return None
        return Meeting(resource.id, None, resource, rules, closing.holidays if closing else None, closing.year_end if closing else "")

    def occurrences(self, meeting: Meeting, first: date, last: date) -> Iterator[Occurrence]:
        """Yield the days of a meeting from ``first`` to ``last``, in order."""
        event = meeting.event
        extra = {day.on: day for day in event.days} if event else {}
        cancelled = set(event.cancelled) if event else set()
        named = {day for rule, _, _ in meeting.rules for day in days_of(rule, first, last)}
        for day in sorted(named | {day for day in extra if first <= day <= last}):
            if day in extra:
                one = extra[day]
                rule = event.rule if event else None
                yield Occurrence(day, one.start or (rule.start if rule else ""), one.end or (rule.end if rule else ""), meeting, one.note)
            elif day not in cancelled:
                yield from self._by_rule(meeting, day)

    def _by_rule(self, meeting: Meeting, day: date) -> Iterator[Occurrence]:
        for rule, start, end in meeting.rules:
            in_season = (start is None or start <= day) and (end is None or day <= end)
            if not in_season or not rule.falls_on(day) or _within(day, meeting.year_end):
                continue
            holiday = day in self.holidays
            if holiday and meeting.skips_holidays:
                continue
            doubtful = (holiday and meeting.skips_holidays is None) or (not meeting.year_end and meeting.skips_holidays is not False and _within(day, "/".join(YEAR_END)))
            yield Occurrence(day, rule.start, rule.end, meeting, "", doubtful)

    @cached_property
    def all(self) -> tuple[Occurrence, ...]:
        """Every occurrence from ``today`` to ``last``, by day and time."""
        found = [one for meeting in self.meetings for one in self.occurrences(meeting, self.today, self.last)]
        return tuple(sorted(found, key=lambda one: (one.day, one.start or "99", one.meeting.id)))


@lru_cache(maxsize=1024)
def days_of(rule: Recurrence, first: date, last: date) -> tuple[date, ...]:
    """Return the days from ``first`` to ``last`` that a rule names: many clubs meet by one rule."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if rule.falls_on(day))


def _rule(span: Hours) -> Recurrence:
    return Recurrence(tuple(day for day in span.days if day in WEEKDAYS), tuple(span.nth), (), (), span.open, span.close)


def _within(day: date, period: str) -> bool:
    """Tell whether a day lies in MM-DD/MM-DD, which may run over New Year."""
    if not period:
        return False
    first, last = period.split("/")
    here = f"{day.month:02}-{day.day:02}"
    return first <= here <= last if first <= last else here >= first or here <= last

"""On which days meetings and events take place: from the records of events, and from clubs whose hours are meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from tsunagite.records.directory import Directory
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource, excepted_days
from tsunagite.text.dates import WEEKDAYS, add_months
from tsunagite.text.doubt_days import is_in_doubt, within
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
    doubt: tuple[str, ...] = ()
    """Days that the note beside the hours excepts (``text.doubt_days``)."""


@dataclass(frozen=True)
class Occurrence:
    """One day of a meeting. ``doubtful``: a holiday of which nobody wrote whether it is held, or a day that a note may except."""

    day: date
    start: str
    end: str
    meeting: Meeting
    note: str = ""
    doubtful: bool = False


class _Moment(NamedTuple):
    """One day of a rule, whoever meets by it."""

    day: date
    start: str
    end: str
    doubtful: bool = False
    note: str = ""


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
        clubs = (
            resource
            for resource in self.directory.listed
            if self.directory.kind(resource).meets and resource.id not in written
        )
        found = (self._of_club(resource) for resource in clubs)
        return (*events, *(club for club in found if club))

    def _of_event(self, event: Event) -> Meeting:
        rules = ((event.rule, event.valid_from, event.valid_to),) if event.rule else ()
        skips = {"skip": True, "hold": False}.get(event.holidays or "")
        return Meeting(
            event.id,
            event,
            self.directory.resources.get(event.resource or ""),
            rules,
            skips,
            "12-29/01-03" if skips else "",
        )

    def _of_club(self, resource: Resource) -> Meeting | None:
        rules = tuple(
            (_rule(span), span.valid_from, span.valid_to)
            for span in resource.hours
            if span.nth or len(span.days) < OPENING_HOURS
        )
        closing = resource.closed_on_days
        pause = resource.pause_after(self.today)
        if (
            not rules
            or resource.status not in ("open", "suspended")
            or (pause and pause.is_whole)
            or resource.by_appointment
        ):
            return None
        trusted = self.directory.trusted_until(resource)
        if trusted and trusted < self.today:
            return None
        return Meeting(
            resource.id,
            None,
            resource,
            rules,
            closing.holidays if closing else None,
            closing.year_end if closing else "",
            excepted_days(resource),
        )

    def occurrences(self, meeting: Meeting, first: date, last: date) -> Iterator[Occurrence]:
        """Yield the days of a meeting from ``first`` to ``last``, in order."""
        event = meeting.event
        extra = {day.on: day for day in event.days if first <= day.on <= last} if event else {}
        cancelled = set(event.cancelled) if event else set()
        rule = event.rule if event else None
        moments = [
            moment
            for moment in self._by_rule(meeting, first, last)
            if moment.day not in extra and moment.day not in cancelled
        ]
        moments += [
            _Moment(
                one.on, one.start or (rule.start if rule else ""), one.end or (rule.end if rule else ""), note=one.note
            )
            for one in extra.values()
        ]
        moments.sort(key=lambda moment: moment.day)
        for day, start, end, doubtful, note in moments:
            yield Occurrence(day, start, end, meeting, note, doubtful)

    def days_by_rule(self, meeting: Meeting) -> tuple[date, ...]:
        """Return the days of a club from ``today`` to ``last``, a day as often as it meets on it."""
        return tuple(moment.day for moment in self._by_rule(meeting, self.today, self.last))

    def _by_rule(self, meeting: Meeting, first: date, last: date) -> tuple[_Moment, ...]:
        """Return when a meeting is held by its rules: worked out once for all clubs that meet by the same ones."""
        key = (meeting.rules, meeting.skips_holidays, meeting.year_end, meeting.doubt, first, last)
        if key not in self._worked_out:
            self._worked_out[key] = tuple(self._moments(meeting, first, last))
        found = self._worked_out[key]
        pause = meeting.resource.pause_after(None) if meeting.resource and not meeting.event else None
        return tuple(one for one in found if not pause.holds(one.day)) if pause else found

    @cached_property
    def _worked_out(self) -> dict[tuple[object, ...], tuple[_Moment, ...]]:
        return {}

    def _moments(self, meeting: Meeting, first: date, last: date) -> Iterator[_Moment]:
        for day in sorted({day for rule, _, _ in meeting.rules for day in days_of(rule, first, last)}):
            for rule, start, end in meeting.rules:
                in_season = (start is None or start <= day) and (end is None or day <= end)
                if not in_season or not rule.falls_on(day) or within(day, meeting.year_end):
                    continue
                holiday = day in self.holidays
                if holiday and meeting.skips_holidays:
                    continue
                doubtful = (
                    (holiday and meeting.skips_holidays is None)
                    or (
                        not meeting.year_end and meeting.skips_holidays is not False and within(day, "/".join(YEAR_END))
                    )
                    or is_in_doubt(day, meeting.doubt, self.holidays)
                )
                yield _Moment(day, rule.start, rule.end, doubtful)

    @cached_property
    def all(self) -> tuple[Occurrence, ...]:
        """Every occurrence from ``today`` to ``last``, by day and time."""
        found = [one for meeting in self.meetings for one in self.occurrences(meeting, self.today, self.last)]
        return tuple(sorted(found, key=in_order))


def in_order(one: Occurrence) -> tuple[date, str, str]:
    """Return what occurrences are sorted by: day and time, what lasts all day at the end."""
    return one.day, one.start or "99", one.meeting.id


@lru_cache(maxsize=1024)
def days_of(rule: Recurrence, first: date, last: date) -> tuple[date, ...]:
    """Return the days from ``first`` to ``last`` that a rule names: many clubs meet by one rule."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if rule.falls_on(day))


def _rule(span: Hours) -> Recurrence:
    return Recurrence(
        tuple(day for day in span.days if day in WEEKDAYS), tuple(span.nth), (), (), span.open, span.close
    )

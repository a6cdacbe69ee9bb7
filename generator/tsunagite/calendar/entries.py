"""What a calendar program gets: each meeting as one entry with its rule and exceptions, single days as entries of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tsunagite.analysis.calendar import Calendar, Meeting, Occurrence, days_of
from tsunagite.calendar.view import CalendarView, meeting_path
from tsunagite.text.recurrence import LAST, Recurrence

Meetings = tuple[Meeting, ...]
ICAL_DAYS = dict(zip("月火水木金土日", ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))


@dataclass(frozen=True)
class FileEntry:
    """One entry. ``rule`` is empty for a single day; ``without`` are days of the rule on which nothing takes place.

    Times are HH:MM on the wall clock of Japan; ``start`` "" means a whole day, ``end`` "" that the end is not written.
    """

    uid: str
    title: str
    day: date
    start: str
    end: str
    rule: Mapping[str, object]
    without: tuple[date, ...]
    description: str
    location: str
    path: str
    changed: date


def entries(view: CalendarView, meetings: Iterable[Meeting]) -> Iterator[FileEntry]:
    """Yield the entries of some meetings for the twelve months that are known."""
    calendar = view.calendar
    for meeting in meetings:
        found = tuple(calendar.occurrences(meeting, calendar.today, calendar.last))
        by_rule = [one for one in found if not _is_extra(meeting, one.day)]
        for number, (rule, first, last) in enumerate(meeting.rules):
            if entry := _ruled(
                view,
                meeting,
                rule=rule,
                named=_days(calendar, rule, first, last),
                found=by_rule,
                suffix=f"-{number + 1}" if number else "",
            ):
                yield entry
        for one in found:
            if _is_extra(meeting, one.day):
                yield _entry(view, meeting, f"-{one.day:%Y%m%d}", one.day, start=one.start, end=one.end, note=one.note)


def _is_extra(meeting: Meeting, day: date) -> bool:
    return meeting.event is not None and any(extra.on == day for extra in meeting.event.days)


def _days(calendar: Calendar, rule: Recurrence, first: date | None, last: date | None) -> list[date]:
    """Return the days the rule names, from today to the last known day, within its season."""
    start, end = max(calendar.today, first or calendar.today), min(calendar.last, last or calendar.last)
    return [day for day in days_of(rule, calendar.today, calendar.last) if start <= day <= end]


def _ruled(  # noqa: PLR0913 - as below
    view: CalendarView, meeting: Meeting, *, rule: Recurrence, named: list[date], found: list[Occurrence], suffix: str
) -> FileEntry | None:
    if not named:
        return None
    held = {one.day for one in found if one.start == rule.start}
    without = tuple(day for day in named if day not in held)
    if len(without) == len(named):
        return None
    parts: dict[str, object] = {"FREQ": "MONTHLY" if rule.nth or rule.month_days else "WEEKLY"}
    if rule.month_days:
        parts["BYMONTHDAY"] = list(rule.month_days)
    else:
        numbers = ["" if not n else "-1" if n == LAST else str(n) for n in (rule.nth or (0,))]
        parts["BYDAY"] = [f"{number}{ICAL_DAYS[day]}" for number in numbers for day in rule.days]
    if rule.months:
        parts["BYMONTH"] = sorted(rule.months)
    parts["UNTIL"] = named[-1]
    return _entry(view, meeting, suffix, named[0], start=rule.start, end=rule.end, rule=parts, without=without)


def _entry(  # noqa: PLR0913 - what an entry is, each part named at the call
    view: CalendarView, meeting: Meeting, suffix: str, day: date, *, start: str, end: str,
    rule: Mapping[str, object] | None = None, without: tuple[date, ...] = (), note: str = "",
) -> FileEntry:  # fmt: skip
    event, resource = meeting.event, meeting.resource
    card = view.cards.get(resource.id) if resource else None
    title = event.title if event else card.name if card else ""
    sentence = event.summary if event else card.sentence if card else ""
    doubt = "" if meeting.skips_holidays is not None else "祝日と年末年始は、あるかどうか確かめてください。"
    made_up = "見本の予定です。" if (event.sample if event else resource is not None and resource.sample) else ""
    return FileEntry(
        uid=f"{meeting.id}{suffix}",
        title=title,
        day=day,
        start=start,
        end=end,
        rule=rule or {},
        without=without,
        description="\n".join(part for part in (made_up, sentence, note, doubt) if part),
        location=(event.place if event else "") or (card.place if card else ""),
        path=meeting_path(meeting),
        changed=(event.verified_on if event else resource.verified_on if resource else None) or view.today,
    )

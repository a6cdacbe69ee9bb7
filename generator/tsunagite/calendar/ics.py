"""The one door to icalendar: files that calendar programs subscribe to (RFC 5545).

Same input, same bytes: a UID is made of the meeting's id, DTSTAMP is the day its content was checked (else the day of the
build), and times are local times of Asia/Tokyo, which has no summer time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDDDLists, vDDDTypes, vRecur

from tsunagite.calendar.entries import FileEntry, Meetings, entries
from tsunagite.calendar.view import CalendarView
from tsunagite.text.cells import without_controls
from tsunagite.text.one_line import one_line

ZONE = "Asia/Tokyo"
HOUR = timedelta(hours=1)  # for meetings that do not say when they end


def calendar_file(view: CalendarView, title: str, meetings: Meetings, made: dict[str, bytes]) -> bytes:
    """Return the file of some meetings. ``made`` remembers their entries: a meeting stands in several files."""
    settings = view.directory.settings
    host = urlsplit(settings.site_url or "").hostname or "tsunagite.invalid"
    calendar = Calendar()
    calendar.add("prodid", "-//tsunagite//calendar//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(f"{title}（{settings.name}）"))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for meeting in meetings:
        if meeting.id not in made:
            made[meeting.id] = _entries(view, (meeting,), host).encode()
    end = b"END:VCALENDAR\r\n"
    return bytes(calendar.to_ical()).removesuffix(end) + b"".join(made[meeting.id] for meeting in meetings) + end


def _entries(view: CalendarView, meetings: Meetings, host: str) -> str:
    address_of = view.directory.settings.address_of
    found = (_event(entry, host, address_of(entry.path)) for entry in entries(view, meetings))
    return "".join(event.to_ical().decode() for event in found)


def _zone() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - RFC 5545 3.6.5 wants local time here
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone


def _event(entry: FileEntry, host: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{host}")
    event.add("dtstamp", datetime.combine(entry.changed, time(), UTC))
    event.add("summary", one_line(entry.title))
    _add_time(event, "dtstart", entry.day, entry.start)
    if entry.start:
        end = _moment(entry.day, entry.end) if entry.end else _moment(entry.day, entry.start) + HOUR
        _add(event, "dtend", end + timedelta(days=1) if end <= _moment(entry.day, entry.start) else end)
    if entry.rule:
        until = entry.rule["UNTIL"]
        assert isinstance(until, date)  # noqa: S101 - told to the type checker
        # RFC 5545 3.3.10: UNTIL in UTC where the start has a zone; 23:59:59 in Japan is 14:59:59Z
        event.add("rrule", vRecur({**entry.rule, "UNTIL": datetime.combine(until, time(14, 59, 59), UTC)}))
    if entry.without:
        days = vDDDLists([_moment(day, entry.start) for day in entry.without])
        days.params["TZID"] = ZONE
        event.add("exdate", days, encode=False)
    for name, value in (("description", without_controls(entry.description)), ("location", one_line(entry.location))):
        if value:
            event.add(name, value)
    if url:
        event.add("url", url)
    return event


def _moment(day: date, clock: str) -> datetime:
    """Return a local time without zone: the zone is named beside it (TZID), so that no time zone database is asked."""
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)


def _add_time(event: Event, name: str, day: date, clock: str) -> None:
    if clock:
        _add(event, name, _moment(day, clock))
    else:
        event.add(name, day)


def _add(event: Event, name: str, moment: datetime) -> None:
    value = vDDDTypes(moment)
    value.params["TZID"] = ZONE
    event.add(name, value, encode=False)

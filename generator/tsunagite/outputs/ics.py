"""Files that calendar programs subscribe to (RFC 5545), line by line: a library takes ten times as long, and there are thousands of entries.

Same input, same bytes: a UID is made of the meeting's id, DTSTAMP is the day its content was checked (else the day of the
build), and times are local times of Asia/Tokyo, which has no summer time. A test reads the files back with icalendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlsplit

from tsunagite.outputs.part_cache import part
from tsunagite.views.calendar_file import FileEntry, Meetings, entries
from tsunagite.views.site import SiteView

HOUR = timedelta(hours=1)  # for meetings that do not say when they end
LONGEST = 74  # bytes of a line: RFC 5545 3.1 allows 75, some programs count the line end
_CHARACTER = re.compile(r"\\.|.")
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tsunagite//calendar//JA", "METHOD:PUBLISH")
_ZONE = (
    "X-WR-TIMEZONE:Asia/Tokyo", "BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZNAME:JST",
    "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def calendar_file(site: SiteView, title: str, meetings: Meetings, made: dict[str, bytes]) -> bytes:
    """Return the file of some meetings. ``made`` remembers their entries: a meeting stands in several files."""
    host = urlsplit(site.settings.site_url or "").hostname or "tsunagite.invalid"
    for meeting in meetings:
        if meeting.id not in made:
            made[meeting.id] = part("meetings", site.prints.of(site.surroundings_print, meeting), partial(_entries, site, (meeting,), host)).encode()
    head = _written((*_HEAD, f"X-WR-CALNAME:{escaped(f'{title}（{site.settings.name}）')}", *_ZONE))
    return head.encode() + b"".join(made[meeting.id] for meeting in meetings) + b"END:VCALENDAR\r\n"


def _entries(site: SiteView, meetings: Meetings, host: str) -> str:
    return "".join(_written(_event(site, entry, host)) for entry in entries(site.calendar, meetings))


def _event(site: SiteView, entry: FileEntry, host: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.start:
        start = _moment(entry.day, entry.start)
        end = _moment(entry.day, entry.end) if entry.end else start + HOUR
        yield f"DTSTART;TZID=Asia/Tokyo:{_time(start)}"
        yield f"DTEND;TZID=Asia/Tokyo:{_time(end + timedelta(days=1) if end <= start else end)}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTSTAMP:{entry.changed:%Y%m%d}T000000Z"
    yield f"UID:{entry.uid}@{host}"
    if entry.rule:
        yield "RRULE:" + ";".join(f"{name}={_value(value)}" for name, value in entry.rule.items())
    if entry.without:
        yield "EXDATE;TZID=Asia/Tokyo:" + ",".join(_time(_moment(day, entry.start)) for day in entry.without)
    for name, text in (("DESCRIPTION", entry.description), ("LOCATION", entry.location)):
        if text:
            yield f"{name}:{escaped(text)}"
    if site.settings.site_url:
        yield f"URL:{site.settings.site_url.rstrip('/')}/{entry.path}"
    yield "END:VEVENT"


def _value(value: object) -> str:
    """Return a part of a rule. A day is its last: in UTC where the start has a zone (3.3.10), and 23:59:59 in Japan is 14:59:59Z."""
    if isinstance(value, date):
        return f"{value:%Y%m%d}T145959Z"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _moment(day: date, clock: str) -> datetime:
    """Return a local time without zone: the zone is named beside it (TZID), so that no time zone database is asked."""
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)


def _time(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    """Return a text as RFC 5545 3.3.11 writes it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\n", "\\n")


def _written(lines: Iterable[str]) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """Cut a long line into lines of ``LONGEST`` bytes at most, never inside a character or an escaped one."""
    if len(line.encode()) <= LONGEST:
        return line
    pieces, size = [""], 0
    for character in _CHARACTER.findall(line):
        width = len(character.encode())
        if size + width > LONGEST:
            pieces.append("")
            size = 0
        pieces[-1] += character
        size += width
    return "\r\n ".join(pieces)

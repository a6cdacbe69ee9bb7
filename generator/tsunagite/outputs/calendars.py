"""The calendar: its pages, and the one door to icalendar: files that calendar programs subscribe to (RFC 5545).

Same input, same bytes: a UID is made of the meeting's id, DTSTAMP is the day its content was checked (else the day of the
build), and times are local times of Asia/Tokyo, which has no summer time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDDDLists, vDDDTypes, vRecur

from tsunagite.errors import TsunagiteError
from tsunagite.outputs.artifact import Artifact, Draft, Frame, Made, Page, PageDraft
from tsunagite.outputs.part_cache import part
from tsunagite.outputs.templates import PINS, Templates, copies
from tsunagite.outputs.typeset import NotSet, typeset
from tsunagite.views.calendar import CalendarPage, CalendarView, event_path
from tsunagite.views.calendar_file import FileEntry, Meetings, entries
from tsunagite.views.site import SiteView
from tsunagite.views.year_plan import year_plan

ZONE = "Asia/Tokyo"
SECTION = "calendar"
HOUR = timedelta(hours=1)  # for meetings that do not say when they end
STYLE = '<link rel="stylesheet" href="{base}assets/tsunagite/calendar.css"><script type="module" src="{base}assets/tsunagite/calendar.js"></script>'


def calendars(site: SiteView, frame: Frame) -> Iterator[Made]:
    """Yield the pages of the calendar and its files (none where nothing meets)."""
    if not site.calendar:
        return
    for meeting in site.calendar.calendar.meetings:  # each stands in several keys
        site.prints.know(meeting, "meeting", meeting)
    for page in _pages(site, Templates()):
        yield page.framed(frame)
    made: dict[str, bytes] = {}  # a meeting stands in the files of everything, of its areas and of its kind
    for one in site.calendar.pages:
        yield _draft(site, one.ics, one.title, one.meetings, made)
    for meeting in site.calendar.calendar.meetings:
        if meeting.event:
            yield _draft(site, f"events/{meeting.id}/calendar.ics", meeting.event.title, (meeting,), made)


def _draft(site: SiteView, path: str, title: str, meetings: Meetings, made: dict[str, bytes]) -> Draft:
    key = site.prints.of(site.surroundings_print, title, meetings)
    return Draft(path, key, lambda: Artifact(path, _file(site, title, meetings, made)))


def year_plans(site: SiteView, frame: Frame) -> Iterator[Artifact]:  # noqa: ARG001 - every output is called alike
    """The year on A3. Raises TsunagiteError where it cannot be set."""
    if site.calendar:
        plan = year_plan(site.calendar, site.settings.name)
        try:
            yield Artifact(plan.path, typeset("pamphlets/year_plan", asdict(plan)))
        except NotSet as problem:
            raise TsunagiteError(f"{plan.path}「{plan.title}」を組めません。{problem}") from problem


def _pages(site: SiteView, templates: Templates) -> Iterator[PageDraft]:
    view = site.calendar
    around = site.prints.of(site.surroundings_print, view.kind_links, view.area_links, view.crowded_days)
    sheets = [(sheet.id, sheet.title) for sheet in site.directory.worksheets.sheets]

    def draft(path: str, parts: tuple[object, ...], make: Callable[[], Page]) -> PageDraft:
        return PageDraft(path, SECTION, site.prints.of(around, path, *parts), make)

    for page in view.pages:
        yield draft(page.path, (page.title, page.meetings), partial(_list, templates, view, page))
    for number, month in enumerate(view.month_links):
        yield draft(month.path, ("month", view.calendar.meetings), partial(_month, templates, view, number))
    for meeting in view.calendar.meetings:
        if meeting.event:
            yield draft(event_path(meeting.event), (meeting, sheets), partial(_event_page, templates, view, meeting.id))


def _list(templates: Templates, view: CalendarView, page: CalendarPage) -> Page:
    return _page(templates, "calendar", page.path, page.title, page.lead, page=page, view=view)


def _month(templates: Templates, view: CalendarView, number: int) -> Page:
    month = view.months[number]
    return _page(templates, "calendar_month", month.path, month.title, f"{month.title}を、一か月の表で。", month=month)


def _event_page(templates: Templates, view: CalendarView, event_id: str) -> Page:
    shown = view.event(event_id)
    return _page(templates, "event", shown.path, shown.title, shown.summary or f"{shown.kind}。{shown.when}", event=shown, copies=shown.minutes and copies([shown.minutes]))


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    page = Page(path, SECTION, title, lead, "")
    body = templates.render(template, base=page.base, title=title, lead=lead, **values)
    head = STYLE.format(base=page.base) + (PINS.format(base=page.base) if values.get("copies") else "")
    return Page(path, page.section, title, lead, body, head)


def _file(site: SiteView, title: str, meetings: Meetings, made: dict[str, bytes]) -> bytes:
    host = urlsplit(site.settings.site_url or "").hostname or "tsunagite.invalid"
    calendar = Calendar()
    calendar.add("prodid", "-//tsunagite//calendar//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{title}（{site.settings.name}）")
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for meeting in meetings:
        if meeting.id not in made:
            made[meeting.id] = part(site.prints.of(site.surroundings_print, "ics", meeting), partial(_entries, site, (meeting,), host)).encode()
    end = b"END:VCALENDAR\r\n"
    return bytes(calendar.to_ical()).removesuffix(end) + b"".join(made[meeting.id] for meeting in meetings) + end


def _entries(site: SiteView, meetings: Meetings, host: str) -> str:
    return "".join(_event(site, entry, host).to_ical().decode() for entry in entries(site.calendar, meetings))


def _zone() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - RFC 5545 3.6.5 wants local time here
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone


def _event(site: SiteView, entry: FileEntry, host: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{host}")
    event.add("dtstamp", datetime.combine(entry.changed, time(), UTC))
    event.add("summary", entry.title)
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
    for name, value in (("description", entry.description), ("location", entry.location)):
        if value:
            event.add(name, value)
    if site.settings.site_url:
        event.add("url", f"{site.settings.site_url.rstrip('/')}/{entry.path}")
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

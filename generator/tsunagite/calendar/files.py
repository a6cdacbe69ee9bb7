"""The calendar: its pages, its files for calendar programs (``ics.py``), and the year on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tsunagite.calendar.entries import Meetings
from tsunagite.calendar.view import CalendarPage, CalendarView, event_path
from tsunagite.calendar.year_plan import year_plan
from tsunagite.engine.artifact import Artifact, Draft, Frame, Made, Page, PageDraft
from tsunagite.findings import Finding, SourceLocation, warning
from tsunagite.papers.editions import set_alone
from tsunagite.papers.typesetting.typeset import lost_glyphs
from tsunagite.site.layout.templates import PINS, Templates, copies
from tsunagite.site.view import SiteView

SECTION = "calendar"
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

    def make() -> Artifact:
        from tsunagite.calendar.ics import calendar_file  # noqa: PLC0415 - it brings icalendar along

        return Artifact(path, calendar_file(site, title, meetings, made))

    return Draft(path, key, make)


def year_plans(site: SiteView, frame: Frame) -> Iterator[Artifact | Finding]:  # noqa: ARG001 - every output is called alike
    """The year on A3; findings where it cannot be set, and for meetings in whose names are letters that our fonts lack."""
    site = site.printed
    if not site.calendar:
        return
    plan = year_plan(site.calendar, site)
    yield from set_alone("papers/templates/year_plan", plan, SourceLocation("resources/events/"))
    places = {one.record.id: one.place for one in site.directory.placed} | {
        one.record.id: one.place for one in site.directory.placed_events
    }
    for meeting in site.calendar.calendar.meetings:
        shown = meeting.event.title if meeting.event else meeting.resource.name if meeting.resource else ""
        if missing := lost_glyphs(shown):
            yield warning(
                "P102",
                places[meeting.event.id if meeting.event else meeting.id],
                title=plan.title,
                record=meeting.id,
                characters=missing,
            )


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
    return _page(
        templates,
        "event",
        shown.path,
        shown.title,
        shown.summary or f"{shown.kind}。{shown.when}",
        event=shown,
        copies=shown.minutes and copies([shown.minutes]),
    )


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    page = Page(path, SECTION, title, lead, "")
    body = templates.render(template, base=page.base, title=title, lead=lead, **values)
    head = STYLE.format(base=page.base) + (PINS.format(base=page.base) if values.get("copies") else "")
    return Page(path, page.section, title, lead, body, head)

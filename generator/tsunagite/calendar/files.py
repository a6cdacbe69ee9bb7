"""The calendar: its pages, its files for calendar programs (``ics.py``), and the year on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tsunagite.calendar.entries import Meetings
from tsunagite.calendar.view import CalendarList, CalendarView, event_path
from tsunagite.calendar.year_plan import year_plan
from tsunagite.engine.artifact import Artifact, Draft, Frame, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.findings import Finding, SourceLocation, warning
from tsunagite.papers.editions import set_alone
from tsunagite.papers.typesetting.typeset import lost_glyphs
from tsunagite.site.layout.templates import PINS, Templates, copies, script, stylesheet

SECTION = "calendar"
STYLE = stylesheet("calendar") + script("calendar")


def calendars(view: CalendarView, keys: Keys, frame: Frame) -> Iterator[Draft]:
    """Yield the pages of the calendar and its files (none where nothing meets)."""
    if not view:
        return
    keys.share(*view.calendar.meetings)
    yield from _pages(view, Templates(), keys, frame)
    made: dict[str, bytes] = {}  # a meeting stands in the files of everything, of its areas and of its kind

    def draft(path: str, title: str, meetings: Meetings) -> Draft:
        def make() -> Artifact:
            from tsunagite.calendar.ics import calendar_file  # noqa: PLC0415 - it brings icalendar along

            return Artifact(path, calendar_file(view, title, meetings, made))

        return Draft(path, keys.page(title, meetings), make)

    for one in view.lists:
        if one.filed:
            yield draft(one.ics, one.title, one.filed)
    for meeting in view.calendar.meetings:
        if meeting.event:
            yield draft(f"events/{meeting.id}/calendar.ics", meeting.event.title, (meeting,))


def year_plans(view: CalendarView) -> Iterator[Artifact | Finding]:
    """The year on A3; findings where it cannot be set, and for meetings in whose names are letters that our fonts lack."""
    if not view:
        return
    directory = view.directory
    plan = year_plan(view)
    yield from set_alone("papers/templates/year_plan", plan, SourceLocation("resources/events/"))
    places = {one.record.id: one.place for one in directory.placed} | {
        one.record.id: one.place for one in directory.placed_events
    }
    for meeting in view.calendar.meetings:
        shown = meeting.event.title if meeting.event else meeting.resource.name if meeting.resource else ""
        if missing := lost_glyphs(shown):
            yield warning(
                "P102",
                places[meeting.event.id if meeting.event else meeting.id],
                title=plan.title,
                record=meeting.id,
                characters=missing,
            )


def _pages(view: CalendarView, templates: Templates, keys: Keys, frame: Frame) -> Iterator[Draft]:
    around = keys.page(view.kind_links, view.area_links, view.crowded_days)
    sheets = [(sheet.id, sheet.title) for sheet in view.directory.worksheets.sheets]

    def draft(path: str, parts: tuple[object, ...], make: Callable[[], Page]) -> Draft:
        return page_draft(path, SECTION, keys.of(around, path, *parts), make, frame)

    for one in view.lists:
        made_from = keys.of(one.title, one.meetings)
        for number, path in enumerate(one.pages.paths, start=1):
            yield draft(path, (made_from,), partial(_list, templates, view, one, number))
    everything = keys.of("month", view.calendar.meetings)
    for month, paged in enumerate(view.months):
        for number, path in enumerate(paged.paths, start=1):
            yield draft(path, (everything,), partial(_month, templates, view, month, number))
    for meeting in view.calendar.meetings:
        if meeting.event:
            yield draft(event_path(meeting.event), (meeting, sheets), partial(_event_page, templates, view, meeting.id))


def _list(templates: Templates, view: CalendarView, one: CalendarList, number: int) -> Page:
    pages, shown = one.pages, view.days(one.pages.cuts[number - 1])
    title = _title(one.title, number)
    return _page(
        templates, "calendar", pages.paths[number - 1], title, one.lead, page=one, number=number, days=shown, view=view
    )


def _month(templates: Templates, view: CalendarView, number: int, page: int) -> Page:
    month = view.month(number, page)
    title = _title(month.title, page)
    return _page(templates, "calendar_month", month.path, title, f"{month.title}を、一か月の表で。", month=month)


def _title(title: str, number: int) -> str:
    return f"{title}（{number}ページ目）" if number > 1 else title


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
    head = STYLE + (PINS if values.get("copies") else "")
    return templates.page(template, path, SECTION, title, lead, head=head, **values)

"""The year plan: meetings by month on one A3 sheet, with room to write in what a meeting decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tsunagite.analysis.calendar import Meeting
from tsunagite.calendar.view import CalendarView
from tsunagite.papers.parts.words import LOST_GLYPH_NOTE, printed_on, publisher_words, spoken_address
from tsunagite.site.words import spoken_time
from tsunagite.text.dates import add_months, japanese_month
from tsunagite.text.recurrence import parse_recurrence, without_time

WEEKLY = 4  # as many days in a month are told as 毎週
EMPTY = 4  # rows for writing
MOST = 300  # clubs: nine sheets of A3; with more (1,000 clubs take 1.3 GB to set) the paper counts them and leads to the pages
PATH = "papers/year-plan.pdf"


@dataclass(frozen=True)
class PlanRow:
    """A meeting: how it is written, where, and the days of each of twelve months."""

    title: str
    when: str
    place: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PlanSection:
    """Meetings of one sort."""

    heading: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True)
class YearPlan:
    """Everything on the sheet. ``months`` are twelve; ``empty`` rows are left for writing."""

    path: str
    title: str
    site_name: str
    months: tuple[str, ...]
    sections: tuple[PlanSection, ...]
    empty: int
    note: str
    made: str
    printed_on: str
    ask: str
    address: str
    site_url: str
    qr_alt: str
    lost_glyph_note: str


def year_plan(view: CalendarView) -> YearPlan:
    """Gather the twelve months from the month of the build on."""
    settings = view.directory.settings
    url = settings.address_of("calendar/")
    first = view.today.replace(day=1)
    months = [add_months(first, number) for number in range(12)]
    return YearPlan(
        path=PATH,
        title=f"{settings.municipality} 年間の予定（{japanese_month(months[0])}〜{japanese_month(months[-1])}）".strip(),
        site_name=settings.name,
        months=tuple(
            f"{month.month}月" if number and month.month > 1 else f"{month.year}年{month.month}月"
            for number, month in enumerate(months)
        ),
        sections=tuple(_sections(view)),
        empty=EMPTY,
        note="※ は、祝日や年末年始にあたり、開くかどうかを確かめる日です。見本の予定が入っていることがあります。"
        + _left_out(view),
        made=view.today.isoformat(),
        printed_on=printed_on(settings, view.today),
        ask=_ask(view),
        address=spoken_address(url),
        site_url=url,
        qr_alt=f"QRコード。{spoken_address(url)} を開きます。",
        lost_glyph_note=LOST_GLYPH_NOTE,
    )


def _ask(view: CalendarView) -> str:
    """Return who publishes the paper, else the main window with its number; "" where neither is known."""
    if said := publisher_words(view.directory.settings):
        return said[0]
    card = view.cards.get(view.directory.settings.main_window or "")
    return f"聞くところ　{card.name}　{card.phone.number}" if card and card.phone else ""


def _clubs(view: CalendarView) -> int:
    return sum(meeting.event is None for meeting in view.calendar.meetings)


def _left_out(view: CalendarView) -> str:
    """Say where the clubs are, where they are too many for a paper."""
    count = _clubs(view)
    return (
        f"通いの場・会（{count:,}か所）は多いため、この紙にはのせていません。地区ごとの予定は、サイトの「予定」のページにあります。"
        if count > MOST
        else ""
    )


def _when(rule: str) -> str:
    """Return a rule with its time as the hours of clubs are written: 毎月第2火曜 13時30分から15時30分まで."""
    read = parse_recurrence(rule)
    if read is None:
        return rule
    until = f"{spoken_time(read.end)}まで" if read.end else ""
    return f"{without_time(rule)} {spoken_time(read.start)}から{until}"


def _sections(view: CalendarView) -> Iterator[PlanSection]:
    terms = view.directory.vocabularies["event_kind"]
    workers: list[PlanRow] = []
    people: list[PlanRow] = []
    clubs: list[PlanRow] = []
    too_many = _clubs(view) > MOST
    for meeting in view.calendar.meetings:
        if too_many and meeting.event is None:
            continue
        shelf = clubs if meeting.event is None else workers if terms[meeting.event.kind].for_workers else people
        shelf.append(_row(view, meeting))
    for heading, rows in (("支える人の会議・研修", workers), ("住民の集まり・行事", people), ("通いの場・会", clubs)):
        if rows:
            yield PlanSection(heading, tuple(rows))


def _row(view: CalendarView, meeting: Meeting) -> PlanRow:
    first = view.today.replace(day=1)
    days: dict[tuple[int, int], list[str]] = {}
    for one in view.calendar.occurrences(meeting, first, view.calendar.last):
        days.setdefault((one.day.year, one.day.month), []).append(f"{one.day.day}{'※' if one.doubtful else ''}")
    months = [add_months(first, number) for number in range(12)]
    cells = tuple(_cell(days.get((month.year, month.month), [])) for month in months)
    event, card = meeting.event, view.cards.get(meeting.resource.id) if meeting.resource else None
    title = event.title if event else card.name if card else ""
    place = (event.place if event else "") or (card.place if card else "")
    return PlanRow(title, _when(event.when or "") if event else view.club_when(meeting), place, cells)


def _cell(days: list[str]) -> str:
    return "毎週" if len(days) >= WEEKLY else "・".join(dict.fromkeys(days))

"""Workbooks of worksheets: blank ones to fill in, filled ones as they are; one tab for the head and one for each section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from tsunagite.engine.artifact import Artifact, Draft
from tsunagite.engine.digest import digest
from tsunagite.spreadsheets.book import Book, Print, Sheet, SheetBox, SheetColumn
from tsunagite.worksheets.book import BookView, TabView, books
from tsunagite.worksheets.view import WorksheetBook

MARK_TAB = "つなぎ手"
LINE, WRITTEN = 17.0, 34.0
"""Points of a line of words, and of the least row of a table: two lines, or one by hand."""
CELL = 110.0
"""Points of a row of cells: four of them and their heading are an A3 page."""
WIDEST = 140
"""Half-width characters that A4 across holds in readable type."""
OPEN = ("地域",)
"""Boxes whose list is offered and not closed."""
SPARE = 10
"""Empty lines below what is written, so that a meeting can go on."""
_WIDTHS = {"date": 13.0, "mark": 8.0, "number": 9.0, "choice": 16.0, "term": 16.0, "row": 8.0, "rows": 10.0}


def worksheet_books(book: WorksheetBook, today: date) -> Iterator[Draft]:
    """Yield the workbook of every blank sheet and of every filled one."""
    for view in books(book, today):
        yield Draft(view.path, digest(view), partial(_make_book, view))


def _make_book(view: BookView) -> Artifact:
    return Artifact(view.path, workbook_of(view))


def workbook_of(view: BookView) -> bytes:
    """Return the bytes of a workbook."""
    from tsunagite.spreadsheets.write import write_workbook  # noqa: PLC0415 - openpyxl is large

    mark = Sheet(MARK_TAB, (SheetColumn("用紙", locked=True),), [[view.sheet_id]], hidden=True)
    return write_workbook(Book(view.title, (*(_tab(view, tab) for tab in view.tabs), mark)))


def _tab(view: BookView, tab: TabView) -> Sheet:
    columns = tuple(
        SheetColumn(
            one.title,
            _WIDTHS.get(one.kind, 14 + 6 * one.width),
            "whole" if one.kind == "number" else "text",
            choices=one.choices if one.kind in ("choice", "term", "mark", "row") else (),
            strict=one.kind in ("choice", "term"),
            note=one.help,
            locked=one.locked,
        )
        for one in tab.columns
    )
    above = (
        SheetBox(1, 1, tab.title, columns=len(columns), size=16, bold=True),
        SheetBox(2, 1, tab.help, columns=len(columns), upright="top", color="4A463F"),
    )
    # Where a list is closed, the cell shows it; a district may be called otherwise, so its list is only offered.
    below = tuple(
        SheetBox(row, 2, tab.rows[row - 4][1], upright="top", border=True, open=True, choices=words, strict=tab.rows[row - 4][0] not in OPEN)
        for row, words in enumerate(tab.choices, start=4) if words
    )  # fmt: skip
    below += tuple(
        SheetBox(row, column, tab.rows[row - 4][column - 1], upright="top", border=True, open=True, name=name)
        for row, names in enumerate(tab.names, start=4) for column, name in enumerate(names, start=2)
    )  # fmt: skip
    # The cells fill the paper that the sheet has; of the rest only a table too wide for A4 needs it.
    large = view.large and (bool(tab.names) or sum(column.width for column in columns) > WIDEST)
    printing = Print(
        paper="A3" if large else "A4",
        landscape=view.turned or tab.is_table,
        fit="width" if tab.is_table else "page",
        footer=view.title,
    )
    return Sheet(
        tab.name, columns, tab.rows, header_row=3, boxes=above + below, spare=SPARE if tab.is_table else 0,
        heights=_heights(tab, [column.width for column in columns]), printing=printing,
    )  # fmt: skip


def _heights(tab: TabView, widths: list[float]) -> tuple[tuple[int, float], ...]:
    """Return how high each row is, in points: its words as they break in its columns, and room to write by hand."""

    def high(values: Iterable[object], least: float) -> float:
        lines = max(
            sum(max(1, -(-2 * len(part) // int(wide - 1))) for part in str(value or "").split("\n"))
            for value, wide in zip(values, widths, strict=True)
        )
        return max(least, LINE * lines + 4)

    head = (
        (1, 26.0),
        (2, LINE * -(-2 * len(tab.help) // int(sum(widths) - 2)) + 6 if tab.help else 8.0),
        (3, high((one.title for one in tab.columns), 20.0)),
    )
    rows = [*tab.rows, *[("",) * len(widths)] * (SPARE if tab.is_table else 0)]
    return (
        *head,
        *(
            (number, high(row, CELL if tab.names else WRITTEN if tab.is_table else 24.0))
            for number, row in enumerate(rows, start=4)
        ),
    )

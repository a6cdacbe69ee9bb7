"""Workbooks of worksheets: blank ones to fill in, filled ones as they are; one tab for the head and one for each section."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tsunagite.outputs.artifact import Artifact, Draft, Frame
from tsunagite.outputs.workbook import Book, Box, Column, Print, Sheet, write_workbook
from tsunagite.views.site import SiteView
from tsunagite.views.worksheet_book import BookView, TabView, books

MARK_TAB = "つなぎ手"
SPARE = 10
"""Empty lines below what is written, so that a meeting can go on."""
_WIDTHS = {"date": 13.0, "mark": 8.0, "number": 9.0, "choice": 16.0, "term": 16.0, "row": 8.0, "rows": 10.0}


def worksheet_books(site: SiteView, frame: Frame) -> Iterator[Draft]:  # noqa: ARG001 - every output is called alike
    """Yield the workbook of every blank sheet and of every filled one."""
    for view in books(site):
        yield Draft(view.path, site.prints.of(view), partial(_made, view))


def _made(view: BookView) -> Artifact:
    return Artifact(view.path, workbook_of(view))


def workbook_of(view: BookView) -> bytes:
    """Return the bytes of a workbook."""
    mark = Sheet(MARK_TAB, (Column("用紙", locked=True),), [[view.sheet_id]], hidden=True)
    return write_workbook(Book(view.title, (*(_tab(view, tab) for tab in view.tabs), mark)))


def _tab(view: BookView, tab: TabView) -> Sheet:
    columns = tuple(
        Column(
            one.title,
            _WIDTHS.get(one.kind, 14 + 6 * one.width),
            "whole" if one.kind == "number" else "text",
            choices=one.choices if one.kind in ("choice", "term", "mark") else (),
            note=one.help,
            locked=one.locked,
        )
        for one in tab.columns
    )
    above = (Box(1, 1, tab.title, size=16, bold=True), Box(2, 1, tab.help, columns=len(columns), upright="top", color="4A463F"))
    printing = Print(paper="A3" if view.large else "A4", landscape=view.turned or tab.is_table, footer=view.title)
    return Sheet(
        tab.name, columns, tab.rows, header_row=3, boxes=above, spare=SPARE if tab.is_table else 0,
        heights=((1, 26.0), (2, 40.0)), printing=printing,
    )  # fmt: skip

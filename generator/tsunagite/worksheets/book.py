"""BookView: a worksheet as a workbook, blank or filled; every text decided before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tsunagite.findings import SourceLocation
from tsunagite.records.load.tree import WORKSHEETS
from tsunagite.records.load.worksheets import Filled, filled_of
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.worksheet import Section, SheetField, WorksheetTemplate, letters_of
from tsunagite.worksheets import cells
from tsunagite.worksheets.matrix import SHEET, matrices, matrix_of

if TYPE_CHECKING:
    from tsunagite.site.view import SiteView

Row = tuple[str | int | None, ...]
LEAST = 8
"""Lines a blank table has at least: a screen has no paper to run out."""


@dataclass(frozen=True)
class WorksheetColumn:
    """A column of a tab: its heading, what it holds, the words that may be chosen."""

    title: str
    kind: str
    help: str
    width: float
    choices: tuple[str, ...] = ()
    locked: bool = False


@dataclass(frozen=True)
class TabView:
    """One tab: its name and help stand above the headings."""

    name: str
    title: str
    help: str
    columns: tuple[WorksheetColumn, ...]
    rows: tuple[Row, ...]
    is_table: bool


@dataclass(frozen=True)
class BookView:
    """A workbook. ``sheet_id`` stands on a hidden tab, so that a reader knows which sheet it is."""

    path: str
    title: str
    sheet_id: str
    tabs: tuple[TabView, ...]
    large: bool
    turned: bool


def books(site: SiteView) -> Iterator[BookView]:
    """Yield the workbook of every blank sheet, then of every filled one that may be shown."""
    vocabularies = site.directory.vocabularies
    for sheet in site.directory.worksheets.sheets:
        yield book_of(sheet, None, vocabularies)
    for one in site.worksheets.shown:
        yield book_of(one.sheet, one, vocabularies)
    if site.directory.published and (table := matrix_book(site)):
        yield table


def matrix_book(site: SiteView) -> BookView | None:
    """Return the table of the municipality as its records have it, as a workbook to go on from; None without the sheet."""
    sheet = site.directory.worksheets.sheet(SHEET)
    if sheet is None:
        return None
    view = matrix_of(site, next(matrices(site)))
    data = {"id": f"{SHEET}-{site.today}", "made_on": site.today.isoformat(), "made_by": site.settings.name, **view.copy}
    filled, found = filled_of(data, SourceLocation(f"{WORKSHEETS}{SHEET}/now.yml"), {SHEET: sheet}, site.directory.vocabularies)
    assert filled, found  # noqa: S101 - what a record holds may stand in the sheet
    return replace(book_of(sheet, filled, site.directory.vocabularies), path=view.workbook)


def book_of(sheet: WorksheetTemplate, filled: Filled | None, vocabularies: Vocabularies) -> BookView:
    """Return the workbook of a sheet, blank or filled."""
    path = f"papers/worksheets/{sheet.id}/{filled.head.id}.xlsx" if filled else f"papers/worksheets/{sheet.id}.xlsx"
    lead = f"{sheet.summary} {'　'.join(sheet.tips)}"
    head = filled.head.model_dump() if filled else None
    entries = [entry.model_dump() for entry in filled.head.history] if filled else []
    tabs = [_boxes((cells.HEAD_TAB, sheet.title, lead), cells.HEAD, head, vocabularies)]
    for section in sheet.sections:
        lines = filled.values[section.id] if filled else ()
        words, fields = (cells.tab_of(sheet, section), section.title, section.help), cells.fields_of(section)
        if section.is_table:
            tabs.append(_table(words, fields, lines or _blank(sheet, section), vocabularies))
        else:
            tabs.append(_boxes(words, fields, lines[0] if lines else None, vocabularies))
    if not sheet.blank_only:
        tabs.append(_table((cells.HISTORY_TAB, "その後どうなったか", "集まるたびに一行ずつ足します。"), cells.HISTORY, entries, vocabularies))
    return BookView(path, filled.head.title if filled else sheet.title, sheet.id, tuple(tabs), sheet.paper.size == "a3", sheet.paper.turned)


def _blank(sheet: WorksheetTemplate, section: Section) -> tuple[Mapping[str, Any], ...]:
    """Return the lines of a blank table: their letters, and what is printed."""
    source = sheet.section(section.each) if section.each else section
    count = source.rows if source else 0
    letters = letters_of(source, count) if source and section.has_letters else ("",) * max(count, LEAST)
    given = [{field.id: field.printed[row] for field in section.fields if row < len(field.printed)} for row in range(len(letters))]
    return tuple({"letter": letter, **words} for letter, words in zip(letters, given, strict=True))


def _table(words: tuple[str, str, str], fields: tuple[SheetField, ...], lines: Any, vocabularies: Vocabularies) -> TabView:
    columns = tuple(WorksheetColumn(f.title, f.kind, _help(f, vocabularies), f.width, cells.words_of(f, vocabularies)) for f in fields)
    rows = tuple(tuple(cells.cell_of(f, line.get(f.id), vocabularies) for f in fields) for line in lines)
    return TabView(*words, columns, rows, is_table=True)


def _boxes(
    words: tuple[str, str, str], fields: tuple[SheetField, ...], line: Mapping[str, Any] | None, vocabularies: Vocabularies
) -> TabView:
    what, where, how = cells.BOX_TITLES
    columns = (WorksheetColumn(what, "line", "", 1, locked=True), WorksheetColumn(where, "text", "", 8), WorksheetColumn(how, "line", "", 5, locked=True))
    rows = tuple((f.title, cells.cell_of(f, line.get(f.id) if line else None, vocabularies), _help(f, vocabularies)) for f in fields)
    return TabView(*words, columns, rows, is_table=False)


def _help(field: SheetField, vocabularies: Vocabularies) -> str:
    """Return how a field is filled in, with the words to choose from and an example."""
    words = cells.words_of(field, vocabularies) if field.kind != "mark" else ()
    chosen = f"次から選びます：{'、'.join(words)}" if words else "あてはまるときは ○。" if field.kind == "mark" else ""
    return " ".join(filter(None, (field.help, chosen, f"例：{field.example}" if field.example else "")))

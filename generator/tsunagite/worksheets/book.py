"""BookView: a worksheet as a workbook, blank or filled; every text decided before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from tsunagite.findings import SourceLocation
from tsunagite.records.directory import Directory
from tsunagite.records.load.tree import WORKSHEETS
from tsunagite.records.load.worksheets import Filled, filled_of, head_fields
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.worksheet import Section, SheetField, WorksheetTemplate, letters_of
from tsunagite.worksheets import cells
from tsunagite.worksheets.areas import area_names
from tsunagite.worksheets.matrix import SHEET, matrices, matrix_of
from tsunagite.worksheets.view import WorksheetBook

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
    choices: tuple[tuple[str, ...], ...] = ()
    """Of boxes: the words that may be chosen in the second cell of each row."""
    names: tuple[tuple[str, ...], ...] = ()
    """Of cells (the matrix): the name of each cell, row by row; its words stand in ``rows`` after the word of the row."""


@dataclass(frozen=True)
class BookView:
    """A workbook. ``sheet_id`` stands on a hidden tab, so that a reader knows which sheet it is."""

    path: str
    title: str
    sheet_id: str
    tabs: tuple[TabView, ...]
    large: bool
    turned: bool


def books(book: WorksheetBook, today: date) -> Iterator[BookView]:
    """Yield the workbook of every blank sheet, then of every filled one that may be shown."""
    directory = book.directory
    vocabularies, areas = directory.vocabularies, names_of(directory)
    for sheet in directory.worksheets.sheets:
        yield book_of(sheet, None, vocabularies, areas)
    for one in book.shown:
        yield book_of(one.sheet, one, vocabularies, areas)
    if directory.published and (table := matrix_book(book, today)):
        yield table


def matrix_book(book: WorksheetBook, today: date) -> BookView | None:
    """Return the table of the municipality as its records have it, as a workbook to go on from; None without the sheet."""
    directory = book.directory
    sheet = directory.worksheets.sheet(SHEET)
    if sheet is None:
        return None
    view = matrix_of(directory, next(matrices(book)))
    data = {
        "id": f"{SHEET}-{today}",
        "made_on": today.isoformat(),
        "made_by": directory.settings.name,
        **view.copy,
    }
    filled, found = filled_of(
        data, SourceLocation(f"{WORKSHEETS}{SHEET}/now.yml"), {SHEET: sheet}, directory.vocabularies
    )
    assert filled, found  # noqa: S101 - what a record holds may stand in the sheet
    return replace(book_of(sheet, filled, directory.vocabularies, names_of(directory)), path=view.workbook)


def names_of(directory: Directory) -> dict[str, str]:
    """Return the names of the areas that a sheet offers, by id."""
    return area_names({"id": area.id, "name": area.name, "level": area.level} for area in directory.areas.values())


def book_of(
    sheet: WorksheetTemplate,
    filled: Filled | None,
    vocabularies: Vocabularies,
    areas: Mapping[str, str] = MappingProxyType({}),
) -> BookView:
    """Return the workbook of a sheet, blank or filled. ``areas`` are the names of areas by id."""
    path = f"papers/worksheets/{sheet.id}/{filled.head.id}.xlsx" if filled else f"papers/worksheets/{sheet.id}.xlsx"
    lead = f"{sheet.summary} {'　'.join(sheet.tips)}"
    head = filled.head.model_dump() if filled else None
    if head and head["area"]:
        head["area"] = areas.get(head["area"], head["area"])
    entries = [entry.model_dump() for entry in filled.head.history] if filled else []
    offered = {"area": tuple(areas.values())}
    tabs = [_boxes((cells.HEAD_TAB, sheet.title, lead), head_fields(), head, _Words(vocabularies, offered))]
    for section in sheet.sections:
        lines = filled.values[section.id] if filled else ()
        words, fields = (cells.tab_of(sheet, section), section.title, section.help), cells.fields_of(section)
        chosen = _Words(vocabularies, {field.id: _letters(sheet, field) for field in fields if field.kind == "row"})
        if section is cells.grid_of(sheet):
            tabs.append(_grid(section, lines, vocabularies))
        if section.is_table:
            tabs.append(_table(words, fields, lines or _blank(sheet, section), chosen))
        else:
            tabs.append(_boxes(words, fields, lines[0] if lines else None, chosen))
    if not sheet.blank_only:
        tabs.append(
            _table(
                (cells.HISTORY_TAB, "その後どうなったか", "集まるたびに一行ずつ足します。"),
                head_fields("history"),
                entries,
                _Words(vocabularies),
            )
        )
    return BookView(
        path,
        filled.head.title if filled else sheet.title,
        sheet.id,
        tuple(tabs),
        sheet.paper.size == "a3",
        sheet.paper.turned,
    )


@dataclass(frozen=True)
class _Words:
    """The words that may be chosen: of vocabularies and options, and of some fields of their own."""

    vocabularies: Vocabularies
    offered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, field: SheetField) -> tuple[str, ...]:
        """Return the words of a field (empty: anything may be written)."""
        return self.offered.get(field.id) or cells.words_of(field, self.vocabularies)


def _letters(sheet: WorksheetTemplate, field: SheetField) -> tuple[str, ...]:
    """Return the letters that a field may name: those of the lines of another section, with some to spare."""
    section = sheet.section(field.of)
    return letters_of(section, max(section.rows, LEAST) + LEAST) if section else ()


def _grid(section: Section, lines: tuple[Mapping[str, Any], ...], vocabularies: Vocabularies) -> TabView:
    """Return the cells of a section as the paper has them: one to write into for each of its two choices, with what is written."""
    grid = section.grid
    assert grid, "asked only for a section with cells"  # noqa: S101 - told to the type checker
    down, across, show = (section.field(key) for key in (grid.down, grid.across, grid.show))
    assert down and across and show, "a declaration names fields that are there"  # noqa: PT018, S101 - checked when it is read
    rows, heads = (cells.words_of(field, vocabularies) for field in (down, across))

    def words(row: str, head: str) -> str | None:
        here = [
            line
            for line in lines
            if (cells.cell_of(down, line[down.id], vocabularies), cells.cell_of(across, line[across.id], vocabularies))
            == (row, head)
        ]
        return (
            "\n".join(" ".join((str(line.get("letter", "")), *str(line[show.id]).split())).strip() for line in here)
            or None
        )

    columns = (
        WorksheetColumn(f"{down.title}＼{across.title}", "line", "", 0, locked=True),
        *(WorksheetColumn(head, "text", "", 5) for head in heads),
    )
    told = f"ますの中に、一行に一つずつ書きます。番号の付いた行は、となりのシート「{section.title}」にある行です。くわしいことは、そちらに書きます。"
    return TabView(
        cells.GRID_TAB, section.title, told, columns, tuple((row, *(words(row, head) for head in heads)) for row in rows), is_table=False,
        names=tuple(tuple(f"{row}_{head}" for head in heads) for row in rows),
    )  # fmt: skip


def _blank(sheet: WorksheetTemplate, section: Section) -> tuple[Mapping[str, Any], ...]:
    """Return the lines of a blank table: their letters, and what is printed."""
    source = sheet.section(section.each) if section.each else section
    count = source.rows if source else 0
    letters = letters_of(source, count) if source and section.has_letters else ("",) * max(count, LEAST)
    given = [
        {field.id: field.printed[row] for field in section.fields if row < len(field.printed)}
        for row in range(len(letters))
    ]
    return tuple({"letter": letter, **words} for letter, words in zip(letters, given, strict=True))


def _table(texts: tuple[str, str, str], fields: tuple[SheetField, ...], lines: Any, words: _Words) -> TabView:
    columns = tuple(WorksheetColumn(f.title, f.kind, _help(f, words), f.width, words.of(f)) for f in fields)
    rows = tuple(tuple(cells.cell_of(f, line.get(f.id), words.vocabularies) for f in fields) for line in lines)
    return TabView(*texts, columns, rows, is_table=True)


def _boxes(
    texts: tuple[str, str, str], fields: tuple[SheetField, ...], line: Mapping[str, Any] | None, words: _Words
) -> TabView:
    what, where, how = cells.BOX_TITLES
    columns = (
        WorksheetColumn(what, "line", "", 1, locked=True),
        WorksheetColumn(where, "text", "", 8),
        WorksheetColumn(how, "line", "", 5, locked=True),
    )
    rows = tuple(
        (f.title, cells.cell_of(f, line.get(f.id) if line else None, words.vocabularies), _help(f, words))
        for f in fields
    )
    return TabView(
        *texts,
        columns,
        rows,
        is_table=False,
        choices=tuple(words.of(f) if f.kind not in cells.LISTS else () for f in fields),
    )


def _help(field: SheetField, words: _Words) -> str:
    """Return how a field is filled in, with the words to choose from and an example."""
    closed = words.of(field) if field.kind not in ("mark", "row") and field.id not in words.offered else ()
    told = f"次から選びます：{'、'.join(closed)}" if closed else "あてはまるときは ○。" if field.kind == "mark" else ""
    return " ".join(filter(None, (field.help, told, f"例：{field.example}" if field.example else "")))

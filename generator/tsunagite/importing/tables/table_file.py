"""Reading a published list (csv, xlsx): bytes to a header and rows of text. What cannot be read is explained, never guessed.

Whoever reads a list sees one shape, whatever file it came in: ``read_grids`` gives the rows as they stand (one grid for
a csv, one for every sheet of a workbook), ``Grid.table`` takes one of them as the header, and ``read_table`` does both for
the common list with its header in the first row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from charset_normalizer import from_bytes

from tsunagite.findings import Finding, SourceLocation, error, has_errors, notice, warning
from tsunagite.spreadsheets.clean import SHOWN_CELLS, CellCleaner
from tsunagite.spreadsheets.read import Kind, ReadCell, ReadSheet, Workbook, is_workbook, read_workbook
from tsunagite.spreadsheets.read_other import kind_of_workbook, read_other_workbook
from tsunagite.text.cells import is_exponent
from tsunagite.text.characters import is_plain

MAX_BYTES = 50_000_000  # the longest list of a prefecture stays below 20 MB
SAMPLE_BYTES = 200_000  # enough to name an encoding
ENCODINGS = ("utf-8-sig", "cp932")
# Python's cp932 maps single bytes no Japanese text has (80, A0, FD, FE, FF) to U+0080 and private characters.
_MARK_BEFORE_QUOTE = re.compile(
    '^(\ufeff+)"', re.MULTILINE
)  # files put together: a second byte order mark would break the quotation
_NOT_CP932 = re.compile("[\x00\x80\xa0\uf8f0-\uf8f3]")


@dataclass(frozen=True)
class Row:
    """The cells of one row; ``number`` counts as a spreadsheet does (the header is row 1)."""

    number: int
    cells: tuple[str, ...]
    days: tuple[int, ...] = ()
    """Columns (from 0) that hold a date of a spreadsheet, written here as 2026-11-24: who typed 3-1 meant a number."""
    written: int = 0
    """How many cells stand in this line of a csv; 0 where a file has no such thing as a line that is too long or too short."""

    lost: tuple[tuple[int, str], ...] = ()
    """Columns (from 0) that hold an error of a spreadsheet (#REF!) or a formula without a saved value (=), with what stands there."""

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything but blanks."""
        return not self.lost and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A list as it is written. The header is as long as the longest row; a column without a name is called ""."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    """The encoding of a csv, or what the file is: ``xlsx``, ``xls``, ``ods``, ``json``, ``kml``."""
    sheet: str = ""
    """The sheet of a workbook; "" for a csv."""
    header_row: int = 1
    written: int = 0
    """How many cells stand in the line of the header (see ``Row``)."""
    above: tuple[str, ...] = ()
    """The texts above the header: the title of the list, and often its day."""


@dataclass(frozen=True)
class Grid:
    """Rows as they stand in a file, before one of them is taken as the header. All rows are equally long."""

    rows: tuple[Row, ...]
    encoding: str = ""
    sheet: str = ""
    hidden: bool = False

    def table(self, header_row: int = 1) -> Table:
        """Take one row (as a spreadsheet counts) as the header and all below it as the list."""
        header, *body = self.rows[header_row - 1 :]
        above = tuple(cell for row in self.rows[: header_row - 1] for cell in row.cells if cell.strip())
        rows = tuple(_without_dittos(body))
        return Table(header.cells, rows, self.encoding, self.sheet, header_row, header.written, above)


DITTOS = frozenset({"〃", "仝", "同上", "々"})
"""What people write for 「as in the row above」."""


def _without_dittos(body: list[Row]) -> Iterator[Row]:
    """Yield the rows with the text of the row above wherever one says only that it is the same; blank rows stand between without harm."""
    before: Row | None = None
    for row in body:
        same = [i for i, cell in enumerate(row.cells) if cell.strip() in DITTOS] if before else []
        if before and same:
            cells = tuple(before.cells[i] if i in same else cell for i, cell in enumerate(row.cells))
            row = replace(row, cells=cells, days=(*row.days, *(i for i in same if i in before.days)))  # noqa: PLW2901 - the row as it is meant
        if not row.is_blank:
            before = row
        yield row


def read_table(path: Path, name: str) -> tuple[Table | None, list[Finding]]:
    """Read a list whose header is its first row; ``name`` is how findings call the file.

    Of a workbook the first sheet that people see is read. The table is None exactly when a
    finding is an error; warnings name cells that are not as they look (formulas, #N/A), a notice the sheets not read.
    """
    return choose_table(*read_grids(path, name), name)


def choose_table(
    grids: list[Grid], findings: list[Finding], name: str, sheet: str = "", header_row: int = 1
) -> tuple[Table | None, list[Finding]]:
    """Take the named sheet, else the first one that people see, of what was read of a file, and one of its rows as the header.

    ``findings`` are those of reading; of them, those of other sheets are left out. The table is None exactly when a finding is an error.
    """
    if has_errors(findings):
        return None, findings
    chosen = [grid for grid in grids if (grid.sheet == sheet if sheet else not grid.hidden)]
    if not chosen:
        known = [grid.sheet for grid in grids]
        return None, [error("I161", SourceLocation(name), sheet=sheet, known=known)]
    grid = chosen[0]
    findings = [found for found in findings if found.values.get("sheet", grid.sheet) == grid.sheet]
    if header_row > len(grid.rows) or grid.rows[header_row - 1].is_blank:
        return None, [error("I105", SourceLocation(name, line=header_row, column=1))]
    if others := [other.sheet for other in grids if other is not grid]:
        findings.append(notice("I160", SourceLocation(name), sheet=grid.sheet, others=others))
    return grid.table(header_row), findings


def read_grids(path: Path, name: str, encoding: str = "auto") -> tuple[list[Grid], list[Finding]]:
    """Read every row of a csv, or of every sheet of a workbook (hidden ones say so). Empty exactly when an error was found.

    What is inside tells what a file is, not what it is called: a workbook called .csv is one.
    """
    kind = kind_of_workbook(path) if path.is_file() else ""
    if kind in ("xls", "xlsb", "ods"):
        workbook, findings = read_other_workbook(path, name, kind)
        grids, told = grids_of(workbook, kind) if workbook else ([], [])
        return grids, [*findings, *told]
    if kind or is_workbook(path):
        workbook, findings = read_workbook(path, name)
        return ([], findings) if workbook is None else grids_of(workbook)
    text, used, findings = _read_text(path, name, encoding)
    if findings:
        return [], findings
    grid, findings = grid_of(text, name, used)
    return ([grid] if grid else []), findings


def clean_grid(grid: Grid, place: SourceLocation) -> tuple[Grid, list[Finding]]:
    """Return a grid whose cells went through the door for characters, and what was changed, or was lost before, with its cells."""
    door = CellCleaner(grid.sheet)
    rows = []
    for row in grid.rows:
        cells = [door.text(cell, row.number, column) for column, cell in enumerate(row.cells, start=1)]
        rows.append(row if tuple(cells) == row.cells else replace(row, cells=tuple(cells)))
    return replace(grid, rows=tuple(rows)), door.findings(place)


def grids_of(workbook: Workbook, kind: str = "xlsx") -> tuple[list[Grid], list[Finding]]:
    """Return the sheets of a workbook that hold anything as grids, with what is not as it looks in them."""
    place = SourceLocation(workbook.name)
    grids, findings = [], []
    for sheet in workbook.sheets:
        if not sheet.rows:
            continue
        grid, told = clean_grid(_grid(sheet, kind), place)
        grids.append(grid)
        findings += told
        computed = list(sheet.of_kind(Kind.FORMULA))
        if computed:
            values = {"count": len(computed), "cells": computed[:SHOWN_CELLS]}
            findings.append(warning("I158", place, sheet=sheet.name, **values))
        if unsaved := list(sheet.of_kind(Kind.UNSAVED)):
            findings.append(warning("I240", place, sheet=sheet.name, count=len(unsaved), cells=unsaved[:SHOWN_CELLS]))
        wrong = list(sheet.of_kind(Kind.ERROR))
        if wrong:
            findings.append(warning("I159", place, sheet=sheet.name, count=len(wrong), cells=wrong[:SHOWN_CELLS]))
    if not grids:
        return [], [error("I162", place)]
    if workbook.notes:
        findings.append(warning("I245", place, count=len(workbook.notes), cells=list(workbook.notes[:SHOWN_CELLS])))
    return grids, findings


def _grid(sheet: ReadSheet, kind: str) -> Grid:
    """Return the texts of a sheet. What is merged over several rows of one column holds for each of them."""
    width = max(map(len, sheet.rows))
    lines = [
        [("" if cell.kind is Kind.ERROR else cell.text) for cell in cells] + [""] * (width - len(cells))
        for cells in sheet.rows
    ]
    for column, first, last in sheet.merged_columns():
        for row in range(first, min(last, len(lines))):
            if column <= width and not lines[row][column - 1]:
                lines[row][column - 1] = lines[first - 1][column - 1]
    for number in {row for row, *_ in sheet.merged_in_row() if row < len(lines)}:
        _complete_header(
            lines[number - 1], lines[number], [one[1:] for one in sheet.merged_in_row() if one[0] == number]
        )
    rows = (
        Row(number, tuple(line), tuple(i for i, cell in enumerate(cells) if cell.kind is Kind.DATE), lost=_lost(cells))
        for number, (line, cells) in enumerate(zip(lines, sheet.rows, strict=True), start=1)
    )
    return Grid(tuple(rows), kind, sheet.name, sheet.hidden)


def _complete_header(upper: list[str], lower: list[str], merged: list[tuple[int, int]]) -> None:
    """Give a second row of a header the names above its empty cells: 住所 | サービス over two columns, and below | 配食 | 移送.

    That is how a header of two rows looks and nothing else: below every cell that is merged over columns stands a name for each of
    them, and nowhere else.
    """
    below = {column for first, last in merged for column in range(first - 1, min(last, len(lower)))}
    filled = {i for i, text in enumerate(lower) if text.strip() and text != upper[i]}
    if filled == below and len(below) < len(lower):
        for i, text in enumerate(upper):
            lower[i] = lower[i] or text


def _lost(cells: tuple[ReadCell, ...]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (i, cell.text if cell.kind is Kind.ERROR else "=")
        for i, cell in enumerate(cells)
        if cell.kind in (Kind.ERROR, Kind.UNSAVED)
    )


def _read_text(path: Path, name: str, encoding: str) -> tuple[str, str, list[Finding]]:
    """Return (text, encoding, findings) of a csv file."""
    if not path.is_file():
        return "", "", [error("I101", SourceLocation(name))]
    size = path.stat().st_size
    if size > MAX_BYTES:
        return "", "", [error("I102", SourceLocation(name), size=f"{size:,}", limit=f"{MAX_BYTES:,}")]
    raw = path.read_bytes()
    text, used, bad = _decoded(raw, ENCODINGS if encoding == "auto" else (encoding,))
    if text is None or (encoding == "auto" and used == "cp932" and _may_be_something_else(raw, text)):
        guess = from_bytes(raw[:SAMPLE_BYTES]).best()
        line = raw[:bad].count(b"\n") + 1
        if line > 1 and text is None and not guess:
            return "", "", [error("I192", SourceLocation(name, line=line, column=1), encoding=used)]
        return (
            "",
            "",
            [error("I103", SourceLocation(name, line=line, column=1), guess=guess.encoding if guess else "?")],
        )
    if "\x00" in text:
        return "", "", [error("I193", SourceLocation(name, line=text[: text.index("\x00")].count("\n") + 1, column=1))]
    return text, used, []


def _decoded(raw: bytes, encodings: tuple[str, ...]) -> tuple[str | None, str, int]:
    """Return (text, encoding, 0) of the first encoding that fits, else (None, encoding, place of the byte in the way).

    What stands in the way is told of the encoding that came furthest: a few rows pasted from another file are named.
    """
    bad = 0
    furthest = ""
    for encoding in encodings:
        try:
            return raw.decode(encoding), encoding, bad
        except UnicodeDecodeError as problem:
            if problem.start > bad:
                bad, furthest = problem.start, encoding
    return None, furthest, bad


def _may_be_something_else(raw: bytes, text: str) -> bool:
    """Tell whether text read as cp932 is doubtful: cp932 also "reads" UTF-16 and, as half-width kana, EUC-JP."""
    return bool(_NOT_CP932.search(text)) or _decoded(raw, ("euc_jp",))[0] is not None


def _separator(text: str) -> str:
    """Return the tab where the first line has two and no comma (many a tab-separated text is called csv), else the comma."""
    first = text.partition("\n")[0]
    return "\t" if first.count("\t") >= 2 and "," not in first else ","


def grid_of(text: str, name: str, encoding: str = "") -> tuple[Grid | None, list[Finding]]:
    """Split the text of a csv file into cells. A quotation mark left open is a finding: it would swallow rows."""
    text = _MARK_BEFORE_QUOTE.sub(r'"\1', text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_separator(text))
    try:
        known: dict[
            str, str
        ] = {}  # equal cells share one text: a list of 100,000 rows takes a third of the memory less
        lines = [tuple(map(known.setdefault, cells, cells)) for cells in reader]
    except csv.Error as problem:
        place = SourceLocation(name, line=reader.line_num, column=1)
        if "field limit" in str(problem):
            return None, [error("I194", place, limit=f"{csv.field_size_limit():,}")]
        return None, [error("I104", place, detail=str(problem))]
    if not lines:
        return None, [error("I105", SourceLocation(name, line=1, column=1))]
    width = max(len(cells) for cells in lines)
    rows = (
        Row(number, cells + ("",) * (width - len(cells)), (), len(cells)) for number, cells in enumerate(lines, start=1)
    )
    grid = Grid(tuple(rows), encoding)
    return (grid, []) if is_plain(text) and not is_exponent(text) else clean_grid(grid, SourceLocation(name))

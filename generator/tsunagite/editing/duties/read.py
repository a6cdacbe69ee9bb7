"""A filled workbook of the duties becomes the tables of a site: names are matched whole, every mistake is told with its cell, all or nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.analysis.finder import WHOLE
from tsunagite.check.load import load
from tsunagite.editing.books.run import file_diff
from tsunagite.editing.duties.tables import (
    AREA,
    AREA_ID,
    TITLES,
    WINDOW,
    WINDOW_ID,
    DutySheet,
    NamesOfSite,
    Pair,
    duty_sheets,
    window_key,
)
from tsunagite.editing.duties.write import GUIDE, PLACES, WINDOWS
from tsunagite.findings import Finding, SourceLocation, error, has_errors, notice, warning
from tsunagite.records.columns.cells import value_at
from tsunagite.records.yaml.reader import dump, read_file
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.spreadsheets.clean import cleaned_workbook
from tsunagite.spreadsheets.read import Kind, ReadCell, ReadSheet, Workbook, cell_name, read_workbook
from tsunagite.text.towns import town_key

_HEADER_WITHIN = 10  # rows in which the titles are looked for: people put lines above them
_BETWEEN = re.compile(r"[、，,\n]")
_SHOWN = 10  # towns that a finding names


@dataclass
class DutyImport:
    """What an import did, or would do. Nothing was written where a finding is an error."""

    findings: list[Finding] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    diff: str = ""


@dataclass(frozen=True)
class _Row:
    """A row of a sheet: its texts by title, and where they stand."""

    file: str
    sheet: str
    number: int
    texts: dict[str, str]
    columns: dict[str, int]

    def cell(self, title: str) -> str:
        """Return the name of a cell, such as B12."""
        return cell_name(self.number, self.columns.get(title, 1))

    def place(self, title: str) -> SourceLocation:
        """Return the place of a cell, named as people find it."""
        return SourceLocation(
            f"{self.file}［{self.sheet}!{self.cell(title)}］", line=self.number, column=self.columns.get(title, 1)
        )


def import_duties(root: Path, file: Path, today: date, *, dry_run: bool = False) -> DutyImport:
    """Read the tables of a workbook into ``resources/contact/duties/``. One error anywhere, and nothing is written."""
    workbook, findings = read_workbook(file, file.name)
    result = DutyImport(findings)
    if workbook is None:
        return result
    workbook, result.findings = cleaned_workbook(workbook)
    names = NamesOfSite(load(root, today).directory)
    tables = list(_tables(workbook, names, result.findings))
    if not has_errors(result.findings):
        _rewrite(root, tables, result)
    if has_errors(result.findings):
        result.files, result.diff = {}, ""
    elif not dry_run:
        write_files(root, result.files)
    return result


def is_duty_book(workbook: Workbook) -> bool:
    """Tell whether a workbook has a sheet of windows and the areas they serve."""
    return any(_header_row(sheet) is not None for sheet in workbook.visible)


def _tables(workbook: Workbook, names: NamesOfSite, findings: list[Finding]) -> Iterator[tuple[DutySheet, list[Pair]]]:
    """Yield what each sheet of a duty says."""
    duties = duty_sheets(names.directory)
    known = {word: duty for duty in duties for word in (duty.id, duty.sheet)}
    read = 0
    for sheet in workbook.visible:
        duty = known.get(sheet.name)
        rows = _rows(sheet, workbook.name, findings)
        if rows is None and (duty is None or sheet.name in (GUIDE, WINDOWS, PLACES)):
            continue  # a page of instructions, or people's own notes
        read += 1
        place = SourceLocation(f"{workbook.name}［{sheet.name}］")
        if duty is None:
            findings.append(error("B201", place, sheet=sheet.name, known="、".join(one.sheet for one in duties)))
        elif rows is None:
            findings.append(error("B202", place))
        elif pairs := _pairs(rows, names, findings):
            findings += _unserved(pairs, names, place)
            yield duty, _as_written(pairs, duty, names)
        elif duty.placed and not rows:
            findings.append(warning("B212", place, title=duty.title, file=duty.placed.place.file))
    if not read:
        findings.append(error("B202", SourceLocation(workbook.name)))


def _as_written(pairs: list[Pair], duty: DutySheet, names: NamesOfSite) -> list[Pair]:
    """Return the pairs with the whole municipality as the table has it: some tables name its area instead of none."""
    city, before = names.finder.whole, set(duty.pairs)
    return [(window, city) if area == WHOLE and (window, city) in before else (window, area) for window, area in pairs]


def _rows(sheet: ReadSheet, file: str, findings: list[Finding]) -> list[_Row] | None:
    """Return the rows of a sheet that hold a window or an area; None where it has not both titles."""
    header = _header_row(sheet)
    if header is None:
        return None
    columns: dict[str, int] = {}
    for number, cell in enumerate(sheet.rows[header], start=1):
        if (title := _text(cell)) in TITLES:
            columns.setdefault(title, number)
    merged = {
        (row, column): first for column, first, last in sheet.merged_columns() for row in range(first + 1, last + 1)
    }
    rows = []
    for number, cells in enumerate(sheet.rows[header + 1 :], start=header + 2):
        row = _Row(file, sheet.name, number, {}, columns)
        for title, column in columns.items():
            source = sheet.rows[merged.get((number, column), number) - 1] if title in (WINDOW, WINDOW_ID) else cells
            cell = source[column - 1] if column <= len(source) else ReadCell()
            row.texts[title] = _text(cell)
            if cell.kind in (Kind.UNSAVED, Kind.ERROR):
                findings.append(error("B107", row.place(title), title=title))
        if any(row.texts.values()):
            rows.append(row)
    return rows


def _header_row(sheet: ReadSheet) -> int | None:
    """Return the index of the row with both titles, None where there is none."""
    return next(
        (i for i, cells in enumerate(sheet.rows[:_HEADER_WITHIN]) if {WINDOW, AREA} <= {_text(cell) for cell in cells}),
        None,
    )


def _text(cell: ReadCell) -> str:
    return cell.text.strip()


def _pairs(rows: Sequence[_Row], names: NamesOfSite, findings: list[Finding]) -> list[Pair]:
    """Return what the rows say, each pair once; say which cells mean nothing, and which areas two windows serve."""
    cells: dict[Pair, str] = {}
    served: dict[str, Pair] = {}
    for row in rows:
        window = _window(row, names, findings)
        for area in _areas(row, names, findings):
            pair = (window, WHOLE if area == names.finder.whole else area)
            if not window:
                continue
            if pair in cells:
                findings.append(notice("B210", row.place(AREA), cell=cells[pair]))
                continue
            cells[pair] = row.cell(AREA)
            other = served.setdefault(pair[1], pair)
            if other != pair:
                resources = names.directory.resources
                values = {
                    "area": names.name_of(area),
                    "one": resources[other[0]].name,
                    "other": resources[window].name,
                    "cell": cells[other],
                }
                findings.append(warning("B209", row.place(AREA), **values))
    return list(cells)


def _window(row: _Row, names: NamesOfSite, findings: list[Finding]) -> str:
    """Return the id of the window of a row; "" with a finding where it is none."""
    written, written_id = row.texts[WINDOW], row.texts.get(WINDOW_ID, "")
    if written_id:
        ids: tuple[str, ...] = (written_id,) if written_id in names.directory.resources else ()
        if not ids:
            findings.append(error("B213", row.place(WINDOW_ID), written=written_id))
            return ""
    elif not written:
        findings.append(error("B203", row.place(WINDOW), area=row.texts[AREA]))
        return ""
    else:
        ids = names.windows.get(window_key(written), ())
    if not ids:
        near = difflib.get_close_matches(window_key(written), names.windows, n=1, cutoff=0.6)
        suggestion = names.directory.resources[names.windows[near[0]][0]].name if near else ""
        findings.append(error("B204", row.place(WINDOW), written=written, suggestion=suggestion))
    elif len(ids) > 1:
        findings.append(error("B205", row.place(WINDOW), name=written, count=len(ids), ids="、".join(ids)))
    elif not names.finder.can_be_called(ids[0]):
        findings.append(error("B206", row.place(WINDOW), name=written or written_id))
    else:
        return ids[0]
    return ""


def _areas(row: _Row, names: NamesOfSite, findings: list[Finding]) -> Iterator[str]:
    """Yield the areas of a row; a cell that is no name as a whole may name several, each of them whole."""
    written, written_id = row.texts[AREA], row.texts.get(AREA_ID, "")
    if written_id:
        if written_id in names.directory.areas:
            yield written_id
        else:
            findings.append(error("B213", row.place(AREA_ID), written=written_id))
        return
    parts = (
        [written]
        if names.areas_named(written)
        else [part.strip() for part in _BETWEEN.split(written) if part.strip()] or [written]
    )
    for part in parts:
        found = names.areas_named(part)
        if len(found) == 1:
            yield found[0]
        elif found:
            findings.append(error("B208", row.place(AREA), written=part, count=len(found), ids="、".join(found)))
        else:
            near = difflib.get_close_matches(town_key(part), names.areas, n=1, cutoff=0.6)
            suggestion = names.name_of(names.areas[near[0]][0]) if near else ""
            findings.append(error("B207", row.place(AREA), written=part, suggestion=suggestion))


def _unserved(pairs: Sequence[Pair], names: NamesOfSite, place: SourceLocation) -> Iterator[Finding]:
    """B211: places that a reader can choose and for which the sheet names no window."""
    served = {area for _, area in pairs}
    if WHOLE in served:
        return
    left = [
        area.name
        for area in names.finder.places
        if served.isdisjoint(around.id for around in names.directory.lineage(area.id))
    ]
    if left:
        yield notice(
            "B211", place, count=len(left), towns="、".join(left[:_SHOWN]) + (" ほか" if len(left) > _SHOWN else "")
        )


def _rewrite(root: Path, tables: Sequence[tuple[DutySheet, list[Pair]]], result: DutyImport) -> None:
    """Work out the new text of every table: comments and order stay, only what the sheet says differently is changed."""
    for duty, pairs in tables:
        if duty.placed is None:
            name = f"resources/contact/duties/{duty.id}.yml"
            if (root / name).exists():
                result.findings.append(error("B119", SourceLocation(name), file=name, detail="id"))
                continue
            result.files[name] = dump({"id": duty.id, "title": duty.title, "rows": _changed([], pairs)})
            result.diff += file_diff(name, "", result.files[name])
            continue
        place = duty.placed.place
        before = result.files.get(place.file) or (root / place.file).read_bytes().decode("utf-8")
        raw: dict[str, Any] = dict(value_at(read_file(root / place.file, place.file).value, place.loc))
        try:
            after = rewritten(before, {**raw, "rows": _changed(raw["rows"], pairs)}, place.loc)
        except CannotRewriteError as problem:
            result.findings.append(error("B119", place, file=place.file, detail=str(problem)))
            continue
        if after != before:
            result.files[place.file] = after
            result.diff += file_diff(place.file, before, after)


def _changed(rows: Sequence[dict[str, Any]], pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Return the rows of a table that say ``pairs``: those there are stay in their places, new areas join the row of their window."""
    left = dict.fromkeys(pairs)
    result = []
    for row in rows:
        areas = row.get("areas") or [WHOLE]
        kept = [area for area in areas if (row["window"], area) in left]
        for area in kept:
            del left[row["window"], area]
        more = [area for window, area in left if window == row["window"] and area != WHOLE] if kept != [WHOLE] else []
        for area in more:
            del left[row["window"], area]
        if kept or more:
            result.append(row if kept == [WHOLE] or (kept == areas and not more) else {**row, "areas": [*kept, *more]})
    new: dict[tuple[str, bool], list[str]] = {}
    for window, area in left:
        new.setdefault((window, area == WHOLE), []).append(area)
    return [
        *result,
        *(
            {"window": window} if whole else {"window": window, "areas": areas}
            for (window, whole), areas in new.items()
        ),
    ]

"""What people changed in a workbook of records: every cell that says something else than when the book was made. Pure.

The book carries a hidden copy of what its cells said (``editing/books/view.py``). So rows may be sorted, columns moved, blank
rows put in and other programs used; and where the record has changed since, both values are shown instead of one lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from tsunagite.findings import Finding, Loc, SourceLocation, error, warning
from tsunagite.records.columns.cells import CellProblem, Names, cell_text, cell_value, value_at
from tsunagite.records.columns.columns import (
    ANSWER,
    ASK,
    CALL,
    CHANGED,
    COPY,
    MARK,
    REPEATED,
    RIGHT,
    VERSION,
    RecordColumn,
    Sort,
    Steps,
    free_column_of,
    record_columns,
)
from tsunagite.records.model.base.problems import model_inside
from tsunagite.records.model.resource import Resource
from tsunagite.spreadsheets.read import Kind, ReadCell, ReadSheet, Workbook, cell_name
from tsunagite.text.cells import before_date
from tsunagite.text.characters import clean
from tsunagite.text.ids import free_id
from tsunagite.text.kana import as_reading
from tsunagite.text.romaji import romaji

_KEYS = ("ID", "名前")
_EMPTY = "（空）"
_HEADER_WITHIN = 10  # rows in which the titles are looked for: people put lines above them


@dataclass(frozen=True)
class BookRow:
    """A row that holds anything: its texts by title, and where it stands. ``id`` is "" for a new one without."""

    sheet: str
    number: int
    id: str
    texts: Mapping[str, str]
    positions: Mapping[str, int]
    file: str
    answer: str = ""
    """What came of a call; "" where none was made or the book is no call sheet."""

    def place(self, title: str = "ID") -> SourceLocation:
        """Return the place of a cell, named as people find it."""
        column = self.positions.get(title, 1)
        return SourceLocation(
            f"{self.file}［{self.sheet}!{cell_name(self.number, column)}］", line=self.number, column=column
        )


@dataclass(frozen=True)
class BookRead:
    """The rows of a book and what its cells said when it was made (id → title → text)."""

    made_on: str
    rows: tuple[BookRow, ...]
    kept: Mapping[str, Mapping[str, str]]
    columns: Mapping[str, RecordColumn]

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids of the book whose rows are no longer there."""
        here = {row.id for row in self.rows}
        return tuple(one for one in self.kept if one not in here)


@dataclass(frozen=True)
class Edit:
    """A cell that says something else; ``after`` is "" where it was emptied."""

    column: RecordColumn
    before: str
    after: str


@dataclass
class Edited:
    """A record with its edits, as plain data. ``places`` leads from a path of the record to the cell that says it."""

    row: BookRow
    data: dict[str, Any]
    edits: tuple[Edit, ...]
    findings: list[Finding] = field(default_factory=list)

    def place_of(self, loc: Loc) -> SourceLocation:
        """Return the cell of a value of the record: the longest path that has a column, else the name."""
        by_path = {column.path: title for title, column in _columns_of(self.row).items()}
        for end in range(len(loc), 0, -1):
            if title := next((title for path, title in by_path.items() if path[:end] == tuple(loc[:end])), ""):
                return self.row.place(title)
        return self.row.place("名前")


def is_record_book(workbook: Workbook) -> bool:
    """Tell whether a workbook is one that ``tsunagite export --xlsx`` made."""
    kept = workbook.sheet(COPY)
    return kept is not None and kept.at("A1").text == MARK


def read_book(workbook: Workbook) -> tuple[BookRead | None, list[Finding]]:
    """Read the rows of a book of ours. The result is None exactly when an error was found."""
    place = SourceLocation(workbook.name)
    kept_sheet = workbook.sheet(COPY)
    if kept_sheet is None or kept_sheet.at("A1").text != MARK:
        return None, [error("B101", place)]
    if kept_sheet.at("B1").text != VERSION:
        return None, [error("B102", place, version=kept_sheet.at("B1").text)]
    kept: dict[str, dict[str, str]] = {}
    for cells in kept_sheet.rows[1:]:
        one, title, text = (_visible_text(cell) for cell in (*cells, ReadCell(), ReadCell(), ReadCell())[:3])
        kept.setdefault(one, {})[title] = text
    columns = {column.title: column for column in record_columns({})}
    rows: list[BookRow] = []
    findings: list[Finding] = []
    for sheet in workbook.visible:
        rows += _rows(sheet, workbook.name, columns, findings)
    if not rows and not findings:
        findings.append(error("B103", place))
    findings += _repeated(rows)
    if any(found.severity == "error" for found in findings):
        return None, findings
    findings += _missing_columns(rows, kept, place)
    return BookRead(kept_sheet.at("C1").text, tuple(rows), kept, columns), findings


def _visible_text(cell: ReadCell) -> str:
    """Return the text of a cell without blanks at the ends of its lines, which nobody sees."""
    return "\n".join(line.rstrip() for line in cell.text.strip().split("\n"))


def _rows(sheet: ReadSheet, file: str, columns: dict[str, RecordColumn], findings: list[Finding]) -> Iterator[BookRow]:
    """Yield the rows of a sheet that has the titles of ours; other sheets (使い方, ことば, people's own) are none."""
    header = next(
        (i for i, cells in enumerate(sheet.rows[:_HEADER_WITHIN]) if {*_KEYS} <= {_visible_text(c) for c in cells}),
        None,
    )
    if header is None:
        if any(_visible_text(cell) == "ID" for cells in sheet.rows[:_HEADER_WITHIN] for cell in cells):
            findings.append(error("B103", SourceLocation(f"{file}［{sheet.name}］")))
        return
    positions: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[header], start=1):
        title = _visible_text(cell).replace("\n", "")
        place = SourceLocation(
            f"{file}［{sheet.name}!{cell_name(header + 1, column)}］", line=header + 1, column=column
        )
        if not title:
            continue
        if title in positions:
            findings.append(error("B105", place, title=title))
        elif title in columns or (free := free_column_of(title)) is None:
            positions[title] = column
            if title not in columns and title not in (CALL, ASK, ANSWER):
                findings.append(warning("B104", place, title=title))
        else:
            columns[title] = free
            positions[title] = column
    ours = {title: column for title, column in positions.items() if title in columns}
    merged = [name for name in sheet.merged if _last_row(name) > header + 1]
    if merged:
        findings.append(error("B106", SourceLocation(f"{file}［{sheet.name}!{merged[0]}］"), cells=merged))
    for number, cells in enumerate(sheet.rows[header + 1 :], start=header + 2):
        texts = {
            title: _visible_text(cells[column - 1]) if column <= len(cells) else "" for title, column in ours.items()
        }
        if any(texts.values()):
            at = positions.get(ANSWER, 0)
            row = BookRow(
                sheet.name,
                number,
                texts["ID"],
                texts,
                ours,
                file,
                _visible_text(cells[at - 1]) if 0 < at <= len(cells) else "",
            )
            findings.extend(_uncertain(row, cells, columns))
            yield row


def _last_row(merged: str) -> int:
    return int("".join(char for char in merged.rpartition(":")[2] if char.isdigit()))


def _uncertain(row: BookRow, cells: Sequence[ReadCell], columns: Mapping[str, RecordColumn]) -> Iterator[Finding]:
    for title, column in row.positions.items():
        kind = cells[column - 1].kind if column <= len(cells) else Kind.EMPTY
        if kind in (Kind.FORMULA, Kind.UNSAVED, Kind.ERROR):
            yield error("B107", row.place(title), title=title)
        record_column = columns[title]
        is_text = record_column.sort not in (Sort.DAY, Sort.HOURS) and record_column.path[0] != "attributes"
        if kind is Kind.DATE and is_text and (original := before_date(row.texts[title])):
            yield error("B121", row.place(title), title=title, written=row.texts[title], original=original)


def _repeated(rows: Sequence[BookRow]) -> Iterator[Finding]:
    first: dict[str, BookRow] = {}
    for row in rows:
        if row.id and (other := first.setdefault(row.id, row)) is not row:
            yield error(
                "B108", row.place(), id=row.id, other=f"{other.sheet}!{cell_name(other.number, other.positions['ID'])}"
            )


def _missing_columns(
    rows: Sequence[BookRow], kept: Mapping[str, Mapping[str, str]], place: SourceLocation
) -> Iterator[Finding]:
    """Say which columns were taken away: what stood in them stays as it is."""
    missing = dict.fromkeys(title for row in rows for title in kept.get(row.id, ()) if title not in row.positions)
    if missing:
        yield warning("B109", place, titles=list(missing))


def _columns_of(row: BookRow) -> dict[str, RecordColumn]:
    known = {column.title: column for column in record_columns({})}
    found = {title: known.get(title) or free_column_of(title) for title in row.positions}
    return {title: column for title, column in found.items() if column is not None}


def edits_of(
    book: BookRead, row: BookRow, now: Mapping[str, Any] | None, names: Names
) -> tuple[list[Edit], list[Finding]]:
    """Compare a row with what it said when the book was made, and with what the record says ``now``.

    ``now`` is the record as ``model_dump`` gives it, None for a new record. A cell that was changed here while the
    record was changed elsewhere is a finding (both values), unless both say the same.
    """
    edits: list[Edit] = []
    findings: list[Finding] = []
    before = book.kept.get(row.id, {})
    for title in row.positions:
        column, after = book.columns[title], row.texts[title]
        said = before.get(title, "")
        if after == said or column.path == ("id",):
            continue
        current = said if now is None else _trimmed(cell_text(column, now, names))
        if current == after:
            continue
        if current != said:
            findings.append(
                error(
                    "B114",
                    row.place(title),
                    title=title,
                    made=said or _EMPTY,
                    here=after or _EMPTY,
                    record=current or _EMPTY,
                )
            )
            continue
        edits.append(Edit(column, said, after))
    return edits, findings


def edits_of_answer(row: BookRow, edits: Sequence[Edit], today: date) -> list[Edit]:
    """Return what an answer on the telephone says of the check: the day and the way, unless the row says them itself.

    Who called stays open where the row does not say it: who had checked before did not check now.
    """
    if row.answer not in (RIGHT, CHANGED):
        return []
    said = {edit.column.path for edit in edits}
    known = {column.path: column for column in record_columns({})}
    after = {("verified_on",): today.isoformat(), ("verified_by",): "", ("verify_method",): "電話", ("review_due",): ""}
    return [Edit(known[path], "", text) for path, text in after.items() if path not in said]


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in clean(text)[0].strip().split("\n"))


def apply(row: BookRow, raw: Mapping[str, Any], edits: Sequence[Edit], names: Names) -> Edited:
    """Return the record as plain data with the edits in it; everything else stays as it is written."""
    data: dict[str, Any] = deepcopy(dict(raw))
    done = Edited(row, data, tuple(edits))
    for edit in edits:
        column = edit.column
        if not edit.after:
            _remove(data, column.path)
            continue
        try:
            value = cell_value(column, edit.after, names, value_at(data, column.path))
        except CellProblem as problem:
            done.findings.append(error(problem.code, row.place(column.title), title=column.title, **problem.values))
            continue
        _put(data, column.path, value)
    edited = {edit.column.path for edit in edits if edit.after}
    if ("name_kana",) in edited and ("kana_source",) not in edited and raw.get("kana_source") == "suggested":
        data.pop("kana_source", None)  # a person has written the reading: it is no suggestion any more
    _tidy(data)
    for name, field_info in Resource.model_fields.items():
        part = model_inside(field_info.annotation)
        if part is not None and isinstance(data.get(name), dict):
            data[name] = in_order(data[name], raw.get(name) or {}, list(part.model_fields))
    done.data = in_order(data, raw, list(Resource.model_fields))
    return done


def proposed_id(row: BookRow, taken: Collection[str]) -> str:
    """Make an id from the reading of a new record: さくらかい gives sakurakai, or sakurakai-2 where that is taken; "" without."""
    words = re.findall(r"[ぁ-ゖー]+|[a-z0-9]+", as_reading(row.texts.get("ふりがな", "")).lower())
    latin = (word if word.isascii() else romaji(word) for word in words)
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(latin)).strip("-")[:60].strip("-")
    return free_id(slug, taken) if slug else ""


def _put(data: dict[str, Any], path: Steps, value: Any) -> None:
    inside: Any = data
    for step, following in pairwise(path):
        if isinstance(inside, list):
            while len(inside) <= int(step):
                inside.append({})
            inside = inside[int(step)]
            continue
        if not isinstance(inside.get(step), (dict, list)):
            inside[step] = [] if isinstance(following, int) else {}
        inside = inside[step]
    inside[path[-1]] = value


def _remove(data: dict[str, Any], path: Steps) -> None:
    holder = value_at(data, path[:-1])
    if isinstance(holder, dict):
        holder.pop(path[-1], None)


def _tidy(data: dict[str, Any]) -> None:
    """Take away parts that say nothing any more: a telephone whose columns are all empty, a place without anything."""
    for name, (_, keys) in REPEATED.items():
        if isinstance(data.get(name), list):
            data[name] = [item for item in data[name] if not isinstance(item, dict) or any(key in item for key in keys)]
    for name, value in list(data.items()):
        if value in ({}, []):
            del data[name]


def in_order(data: dict[str, Any], raw: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """Put new fields where the model has them, and leave those that were there in the order people chose."""
    result = [key for key in raw if key in data]
    for key in order:
        if key in data and key not in result:
            above = [other for other in order[: order.index(key)] if other in result]
            result.insert(result.index(above[-1]) + 1 if above else 0, key)
    result += [key for key in data if key not in result]
    return {key: data[key] for key in result}

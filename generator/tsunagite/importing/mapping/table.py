"""From the rows of a published list to drafts of records, as a Source describes it. Pure; columns are found by name.

What a column may become (``columns:`` of the description, header: target):

===========================  ====================================================================================
target                       how the cell is read
===========================  ====================================================================================
phones, fax                  every number with its area code; a department beside a number becomes its label
url                          the first http(s) address; the others are reported
hours.days, .open, .close    together one opening span, days kept compact (月-金), or one for each group of weekdays
                             (月・木：14:00、火・金：10:30 in both cells); else as written before hours_note
hours_note, fee.note,        as written, line ends kept; what the sentence says for certain (spans, closings, a price, ages)
eligibility.note             goes into its fields as well
description, memo            as written, line ends kept
location.lat, location.lng   degrees; 0,0 and what is no number are left out, both together
location.postal_code         760-0074
location.address             several columns are joined in the order of the description
location.point               latitude and longitude in one cell: 34.33, 134.05
location.<other field>,      text on one line, trimmed; full-width digits stay as written
any other plain field,
<part>.<plain field>
name_kana                    katakana becomes hiragana; anything but kana is left out
services, alt_names          one item of the list
access.<term>                有/無: among what the place has, or lacks
operator                     the attribute 運営する法人, only where the cell names a legal body
a field that holds a number  digits, also as 1,200 or 30人; any other capacity stays text in capacity_note
attributes.<label>,          text on one line; an empty cell makes no entry
external_ids.<label>
===========================  ====================================================================================

An empty cell, or one with a dash alone, says nothing: the field is then absent, or has the value given under
``constants:`` and, for the rows it speaks of, under ``choose:``.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tsunagite.engine.processes import MOST_SHARED, WORTH_SHARING, map_each
from tsunagite.findings import Finding, SourceLocation, error, warning
from tsunagite.importing.draft import LOST, Draft, Dropped, Reason, Repair
from tsunagite.importing.mapping.fields import (
    JOINED,
    OPERATOR,
    SEVERAL,
    Cells,
    in_model_order,
    is_understood,
    values_of,
)
from tsunagite.importing.mapping.rows import key_of, no_entry, usual_short_rows, with_entries_only
from tsunagite.importing.tables.table_file import Row, Table
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source
from tsunagite.text.cells import before_date, is_exponent, is_lost, one_line, says_none, says_nothing
from tsunagite.text.ids import id_part
from tsunagite.text.name_notes import end_in_remark, is_placeholder, pause_in, pause_in_remark
from tsunagite.text.normalize import nfkc
from tsunagite.text.phones import is_mobile

_SAYS_NOTHING = " \t\r\n　-‐‑‒–—―−－ｰー"


UNKNOWN_FEE = "要問合せ"
PAUSED, CLOSED = "休止", "終了"
_REMARKS = (
    "attributes.備考",
    "attributes.状態",
    "attributes.営業状況",
    "attributes.運営状況",
    "description",
    "memo",
    "hours_note",
)
_BRACKETS = frozenset("()（）「」『』〔〕[]")
POI = "POIコード"
"""The column of the standard that classifies a place; it tells kinds and is no part of a record."""
ENDED = "属性情報廃止年月日"
"""The column of 学校コード一覧 with the day until which a row held."""
ROW = "行"
"""Stands for a column where a list has no numbers: rows are counted."""


def read(table: Table, source: Source, file: str = "", seen: dict[str, str] | None = None) -> Iterator[Draft | Dropped]:
    """Yield one Draft or one Dropped for every row, in order. ``column_findings`` must have made no error before.

    A list in several files gives the name of each ``file`` and one ``seen`` for all: where each number stood first.
    """
    reader = _RowReader.of(table, source, file)
    first_rows = {} if seen is None else seen
    found = map_each(table.rows, reader.read, alone=not WORTH_SHARING <= len(table.rows) <= MOST_SHARED)
    for row, draft in zip(table.rows, found, strict=True):
        if isinstance(draft, Dropped):
            yield draft
            continue
        number = draft.id.removeprefix(f"{source.id_rule.prefix}-")
        if number in first_rows and not source.id_rule.several_rows:
            name = reader.name_of(reader.cells_of(row)[0])
            yield Dropped(row.number, name, Reason.REPEATED_NUMBER, first_rows[number], file=file)
        else:
            first_rows.setdefault(number, str(row.number))
            yield draft


@dataclass(frozen=True)
class _RowReader:
    """Reads single rows of a table; what is the same for all of them is found once."""

    table: Table
    source: Source
    file: str
    positions: Mapping[str, int]
    names: tuple[str, ...]
    """Headers of the columns that make the name."""
    short: frozenset[int]
    poi_column: int | None
    ended_column: int | None
    rules: Sequence[tuple[str, Callable[[str], bool]]]

    @classmethod
    def of(cls, table: Table, source: Source, file: str) -> _RowReader:
        columns = {key_of(header): index for index, header in reversed(list(enumerate(table.header)))}
        names = tuple(header for header, target in source.columns.items() if target == "name")
        rules = [
            (rule.column, lru_cache(maxsize=5_000)(rule.fits)) for rule in source.choose
        ]  # most rows hold one of a few words
        return cls(table, source, file, _positions(table, source), names, usual_short_rows(table),
                   columns.get(POI), columns.get(ENDED), rules)  # fmt: skip

    def cells_of(self, row: Row) -> tuple[dict[str, str], list[Repair]]:
        """Return the cells that are read by their header, and those that were emptied."""
        cells = {header: row.cells[index] for header, index in self.positions.items()}
        refused = _refuse(cells, row, self.positions, self.source)
        cells[ROW] = str(row.number - self.table.header_row)  # for lists without any number
        return cells, refused

    def _ended(self, row: Row) -> tuple[Reason, str] | None:
        """Return the day since which a row no longer holds, None where it holds."""
        day = one_line(row.cells[self.ended_column]) if self.ended_column is not None else ""
        return (Reason.ENDED, day) if day and not says_nothing(day) else None

    def name_of(self, cells: Mapping[str, str]) -> str:
        return one_line("".join(cells[header] for header in self.names))

    def read(self, row: Row) -> Draft | Dropped:
        """Return what one row proposes, or why it proposes nothing. Rows that repeat a number are not looked for."""
        source, file = self.source, self.file
        if none := no_entry(self.table, row, self.short) or self._ended(row):
            return Dropped(row.number, "", *none, file=file)
        cells, refused = self.cells_of(row)
        name = self.name_of(cells)
        number = id_part(_number(cells, source).removeprefix(source.id_rule.without))
        losses = [one for one in refused if one.why in LOST]
        if found := next((one for one in losses if not (name and number) and _tells(one.column, source)), None):
            # the record of a row that is there is not gone
            record_id = f"{source.id_rule.prefix}-{number}" if number else ""
            return Dropped(row.number, name, found.why, f"{found.column} {found.read}", file=file, id=record_id)
        if not name:
            days = (one for one in refused if one.why is Reason.DATE_CELL and one.column in self.names)
            dated = next((one.proposal for one in days), "")
            return Dropped(row.number, "", Reason.NAME_DATE if dated else Reason.NO_NAME, dated, file=file)
        if is_placeholder(name):
            return Dropped(row.number, name, Reason.PLACEHOLDER, file=file)
        if not number:
            return Dropped(row.number, name, Reason.NO_NUMBER, source.id_rule.number, file=file)
        rank = _rank(cells, self.rules)
        data, repairs = _data(cells, source, number, rank)
        poi = row.cells[self.poi_column] if self.poi_column is not None else ""
        return Draft(row.number, data, (*refused, *repairs), file, rank, tuple(one.column for one in losses), poi)


def _tells(header: str, source: Source) -> bool:
    """Tell whether a column gives the name of a row or its number."""
    return source.columns.get(header) == "name" or header in _number_columns(source)


_LOST_BEGINS = ("=", "#", " ", "\t")
_NO_DATES = ("name", "name_kana", "name_en", "alt_names", "services", "phones", "fax", "capacity", OPERATOR)
_NAMES = ("name", "name_kana")
_NO_DATES_IN = ("location", "external_ids")
_NUMBERS = ("phones", "fax", "capacity", "location.postal_code")
_NONE_IS_NOTHING = (
    "phones", "fax", "url", "email", "form_url", "contact_note", "description", "memo", "hours_note", "name_kana", "name_en", "alt_names",
    "location.building", "location.directions", "location.postal_code", "attributes.備考",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def _is_ordinary(cell: str) -> bool:
    """Tell whether a cell says something, and is no formula, word for nothing or exponent."""
    return not (cell[:1] in _LOST_BEGINS or says_nothing(cell) or says_none(cell) or is_exponent(cell))


def _refuse(cells: dict[str, str], row: Row, positions: Mapping[str, int], source: Source) -> list[Repair]:
    """Empty the cells (in place) that cannot be what their column holds: words for nothing, dates and exponents of spreadsheets."""
    refused = []
    numbers = _number_columns(source)
    lost = dict(row.lost)
    may_be_days = bool(row.days)
    for header, cell in cells.items():
        if not lost and not may_be_days and _is_ordinary(cell):
            continue
        target = source.columns.get(header, "")
        if (stands := lost.get(positions[header], "")) or (
            cell[:1] in _LOST_BEGINS and is_lost(stands := cell.strip())
        ):
            cells[header] = ""
            refused.append(
                Repair(header, stands, "", Reason.FORMULA_UNSAVED if stands.startswith("=") else Reason.CELL_ERROR)
            )
        elif says_nothing(cell) or (
            says_none(cell) and (target in _NONE_IS_NOTHING or target.startswith("external_ids."))
        ):
            cells[header] = ""
            if cell.strip(_SAYS_NOTHING):
                refused.append(Repair(header, cell.strip(), "", Reason.NOTHING))
        elif positions[header] in row.days and (
            header in numbers or target in _NO_DATES or target.partition(".")[0] in _NO_DATES_IN
        ):
            cells[header] = ""
            refused.append(Repair(header, cell.strip(), "", Reason.DATE_CELL, proposal=before_date(cell.strip())))
        elif is_exponent(cell) and (
            (header in numbers and target not in _NAMES) or target in _NUMBERS or target.startswith("external_ids.")
        ):
            cells[header] = ""
            refused.append(Repair(header, cell.strip(), "", Reason.EXPONENT))
    return refused


def column_findings(table: Table, source: Source, place: SourceLocation) -> Iterator[Finding]:
    """Say which columns are missing (error), unknown to the description (warning), or lead nowhere (error).

    ``place`` is that of the description.
    """
    positions = _positions(table, source)
    headers = [one_line(header) for header in table.header if header.strip()]
    for header in headers_of(source):
        if header not in positions:
            near = difflib.get_close_matches(one_line(header), headers, n=1, cutoff=0.5)
            at = place.at("columns", header, on_key=True) if header in source.columns else place.at("id_rule", "number")
            yield error("I111", at, header=header, suggestion=near[0] if near else "", headers=headers[:40])
    by_target: dict[str, list[str]] = {}
    for header, target in source.columns.items():
        by_target.setdefault(target, []).append(header)
        if not is_understood(target):
            yield error("I112", place.at("columns", header), header=header, target=target)
    for target, written in by_target.items():
        if len(written) > 1 and target not in (*SEVERAL, *JOINED):
            yield error("I113", place.at("columns", written[1]), target=target, headers=written)
    if "name" not in by_target:
        yield error("I114", place.at("columns"))
    unknown = list(_unknown_columns(table, source, set(positions.values())))
    if unknown:
        yield warning("I115", place.at("columns"), columns=unknown)


def headers_of(source: Source) -> dict[str, None]:
    """Return every header a description speaks of, each once."""
    numbers = (column for column in _number_columns(source) if column != ROW)
    return dict.fromkeys((*source.columns, *numbers, *(choice.column for choice in source.choose)))


@dataclass(frozen=True)
class ReadColumn:
    """How a column of a table is read: the field it fills ("" for none), whether it tells rows apart or kinds, whether the description knows it."""

    header: str
    target: str = ""
    tells_rows: bool = False
    tells_kinds: bool = False
    is_known: bool = True


def read_columns(table: Table, source: Source) -> Iterator[ReadColumn]:
    """Yield every named column of a table with what a description makes of it."""
    by_index = {index: header for header, index in _positions(table, source).items()}
    ignored = {key_of(header) for header in source.ignore}
    numbers, choices = _number_columns(source), {choice.column for choice in source.choose}
    for index, written in enumerate(table.header):
        if written.strip():
            header = by_index.get(index, "")
            is_known = bool(header) or key_of(written) in ignored
            yield ReadColumn(
                one_line(written), source.columns.get(header, ""), header in numbers, header in choices, is_known
            )


def _positions(table: Table, source: Source) -> dict[str, int]:
    """Map each header of the description that the table has (itself or an alias) to its column, the first one if repeated."""
    present: dict[str, int] = {}
    for index, header in enumerate(table.header):
        present.setdefault(key_of(header), index)
    found: dict[str, int] = {}
    for header in headers_of(source):
        spellings = (header, *source.aliases.get(header, ()))
        matches = [present[key] for key in map(key_of, spellings) if key and key in present]
        if matches:
            found[header] = matches[0]
    return found


def _unknown_columns(table: Table, source: Source, known: set[int]) -> Iterator[str]:
    """Name the columns that are neither read nor ignored; a nameless one only when a row has something in it."""
    ignored = {key_of(header) for header in source.ignore}
    entries = with_entries_only(table).rows if not all(header.strip() for header in table.header) else ()
    for index, header in enumerate(table.header):
        if index in known or (header.strip() and key_of(header) in ignored):
            continue
        if header.strip():
            yield one_line(header)
        elif any(row.cells[index].strip() for row in entries):
            yield f"({index + 1})"


def _number_columns(source: Source) -> tuple[str, ...]:
    return tuple(filter(None, (source.id_rule.number, source.id_rule.otherwise)))


def _number(cells: Mapping[str, str], source: Source) -> str:
    """Return what tells a row from the others, as it is written."""
    return next((text for column in _number_columns(source) if (text := one_line(cells[column]))), "")


def _data(cells: Mapping[str, str], source: Source, number: str, rank: int) -> tuple[dict[str, Any], list[Repair]]:
    """Return the record that the cells of a row propose, and what was not taken as it is. ``rank`` is the row's rule of ``choose:``."""
    by_target: dict[str, Cells] = {}
    for header, target in source.columns.items():
        if cells[header].strip(_SAYS_NOTHING):
            by_target.setdefault(target, []).append((header, cells[header]))
    data = dict(source.constants)
    if rank < len(source.choose):
        data |= source.choose[rank].constants
    if any(
        set(name) & _BRACKETS for _, name in by_target.get("name", ())
    ):  # 分館（ぶんかん）: the reading has those of the name
        readings = by_target.get("name_kana", [])
        readings[:] = [(header, "".join(c for c in nfkc(cell) if c not in _BRACKETS)) for header, cell in readings]
    values, repairs = values_of(by_target, source.area_code)
    for target, value in values.items():
        _put(data, target, value)
    remarks = [one_line(cell) for target in _REMARKS for _, cell in by_target.get(target, ())]
    if any(end_in_remark(remark) for remark in remarks):
        data.setdefault("status", CLOSED)
    elif pause_in(str(data.get("name", ""))) or any(pause_in_remark(remark) for remark in remarks):
        data.setdefault("status", PAUSED)
    if mobile := [phone["number"] for phone in data.get("phones", ()) if is_mobile(phone["number"])]:
        data["consent"] = {"basis": "official_list"}
        repairs.append(Repair("consent", "、".join(mobile), "official_list", Reason.MOBILE))
    if "fee" in data and "type" not in data["fee"]:
        data["fee"] = {"type": UNKNOWN_FEE, **data["fee"]}
    data["id"] = f"{source.id_rule.prefix}-{number}"
    data["sources"] = [{"source": source.id, "row": _number(cells, source)}]
    return in_model_order(data, Resource), repairs


def _rank(cells: Mapping[str, str], rules: Sequence[tuple[str, Callable[[str], bool]]]) -> int:
    """Return which rule of ``choose:`` (its column, and whether it speaks of a cell) fits a row, or how many there are where none does."""
    return next((i for i, (column, fits) in enumerate(rules) if fits(cells[column])), len(rules))


@lru_cache(maxsize=1_000)  # the keys of all records are the same texts
def _parts_of(target: str) -> tuple[str, str]:
    first, _, rest = target.partition(".")
    return first, rest


def _put(data: dict[str, Any], target: str, value: object) -> None:
    first, rest = _parts_of(target)
    if rest:
        part = data.get(first)
        data[first] = {**part, rest: value} if isinstance(part, dict) else {rest: value}
    else:
        data[first] = value

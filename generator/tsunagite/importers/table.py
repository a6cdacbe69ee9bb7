"""From the rows of a published list to drafts of records, as a Source describes it. Pure; columns are found by name.

What a column may become (``columns:`` of the description, header: target):

===========================  ====================================================================================
target                       how the cell is read
===========================  ====================================================================================
phones, fax                  every number with its area code; a department beside a number becomes its label
url                          the first http(s) address; the others are reported
hours.days, .open, .close    together one opening span; days are kept compact (月-金)
hours_note, description,     as written, line ends kept
memo
location.lat, location.lng   degrees; 0,0 and what is no number are left out, both together
location.postal_code         760-0074
location.<other field>,      text on one line, trimmed; full-width digits stay as written
any other plain field,
<part>.<plain field>
a field that holds a number  digits, also as 1,200 or 30人
attributes.<label>,          text on one line; an empty cell makes no entry
external_ids.<label>
===========================  ====================================================================================

An empty cell says nothing: the field is then absent, or has the value given under ``constants:``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from pydantic import BaseModel

from tsunagite.findings import Finding, Place, error, warning
from tsunagite.importers.fields import SEVERAL, Cells, is_understood, part_of, values_of
from tsunagite.model.draft import Draft, Dropped, Why
from tsunagite.model.resource import Resource
from tsunagite.model.source import Source
from tsunagite.sources.table_file import Row, Table
from tsunagite.text.cells import one_line
from tsunagite.text.normalize import nfkc


def header_key(header: str) -> str:
    """Return the form under which headers are compared: NFKC without any blanks or line ends."""
    return re.sub(r"\s+", "", nfkc(header))


def read(table: Table, source: Source) -> Iterator[Draft | Dropped]:
    """Yield one Draft or one Dropped for every row, in order. ``column_findings`` must have made no error before."""
    positions = _positions(table, source)
    number_column = positions[source.id_rule.number]
    first_rows: dict[str, int] = {}
    for row in table.rows:
        cells = {header: row.cells[index] for header, index in positions.items()}
        name = one_line("".join(cells[header] for header, target in source.columns.items() if target == "name"))
        number = _number_slug(row.cells[number_column])
        if row.is_blank:
            yield Dropped(row.number, "", Why.BLANK_ROW)
        elif not name:
            yield Dropped(row.number, "", Why.NO_NAME)
        elif not number:
            yield Dropped(row.number, name, Why.NO_NUMBER, source.id_rule.number)
        elif number in first_rows:
            yield Dropped(row.number, name, Why.REPEATED_NUMBER, str(first_rows[number]))
        else:
            first_rows[number] = row.number
            yield _draft(row, cells, source, number)


def column_findings(table: Table, source: Source, place: Place) -> Iterator[Finding]:
    """Say which columns are missing (error), unknown to the description (warning), or lead nowhere (error).

    ``place`` is that of the description.
    """
    positions = _positions(table, source)
    headers = [one_line(header) for header in table.header if header.strip()]
    for header in [*source.columns, source.id_rule.number]:
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
        if len(written) > 1 and target not in SEVERAL:
            yield error("I113", place.at("columns", written[1]), target=target, headers=written)
    if "name" not in by_target:
        yield error("I114", place.at("columns"))
    unknown = list(_unknown_columns(table, source, set(positions.values())))
    if unknown:
        yield warning("I115", place.at("columns"), columns=unknown)


def mapped_headers(table: Table, source: Source) -> int:
    """Count the columns of a table that a description knows (mapped, the number, or ignored on purpose)."""
    ignored = {header_key(header) for header in source.ignore}
    known = set(_positions(table, source).values())
    return len(known | {i for i, header in enumerate(table.header) if header.strip() and header_key(header) in ignored})


def _positions(table: Table, source: Source) -> dict[str, int]:
    """Map each header of the description that the table has (itself or an alias) to its column, the first one if repeated."""
    present: dict[str, int] = {}
    for index, header in enumerate(table.header):
        present.setdefault(header_key(header), index)
    found: dict[str, int] = {}
    for header in (*source.columns, source.id_rule.number):
        spellings = (header, *source.aliases.get(header, ()))
        matches = [present[key] for key in map(header_key, spellings) if key and key in present]
        if matches:
            found[header] = matches[0]
    return found


def _unknown_columns(table: Table, source: Source, known: set[int]) -> Iterator[str]:
    """Name the columns that are neither read nor ignored; a nameless one only when a row has something in it."""
    ignored = {header_key(header) for header in source.ignore}
    for index, header in enumerate(table.header):
        if index in known or (header.strip() and header_key(header) in ignored):
            continue
        if header.strip():
            yield one_line(header)
        elif any(row.cells[index].strip() for row in table.rows):
            yield f"({index + 1})"


def _number_slug(cell: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", nfkc(cell).lower()).strip("-")


def _draft(row: Row, cells: Mapping[str, str], source: Source, number: str) -> Draft:
    by_target: dict[str, Cells] = {}
    for header, target in source.columns.items():
        if cells[header].strip():
            by_target.setdefault(target, []).append((header, cells[header]))
    data = deepcopy(source.constants)
    values, repairs = values_of(by_target)
    for target, value in values.items():
        _put(data, target, value)
    data["id"] = f"{source.id_rule.prefix}-{number}"
    data["sources"] = [{"source": source.id, "row": one_line(cells[source.id_rule.number])}]
    return Draft(row.number, _ordered(data, Resource), tuple(repairs))


def _put(data: dict[str, Any], target: str, value: object) -> None:
    first, _, rest = target.partition(".")
    if rest:
        part = data.get(first)
        data[first] = {**part, rest: value} if isinstance(part, dict) else {rest: value}
    else:
        data[first] = value


def _ordered(data: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Put keys into the order of the model; unknown keys come last, so that the model can name them."""
    order = {key: index for index, key in enumerate(model.model_fields)}
    result: dict[str, Any] = {}
    for key in sorted(data, key=lambda key: order.get(key, len(order))):
        part = part_of(model.model_fields[key].annotation) if key in order else None
        result[key] = _ordered(data[key], part) if part and isinstance(data[key], dict) else data[key]
    return result

"""Whether a file is the next edition of a list that the site has: by its rows and its columns, not by headers alone. Pure.

Headers change between editions (「telephone　number」 for telephoneNumber), columns come and go, files are called after their day.
So a list is known again by most of its names; a renamed column by its header without blanks and signs, by what its cells held last
time, or by a header nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from tsunagite.importing.mapping.table import headers_of
from tsunagite.importing.snapshots import Snapshot
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.model.source import Source
from tsunagite.text.cells import one_line
from tsunagite.text.names import address_key, name_key
from tsunagite.text.normalize import nfkc

HALF = 0.5  # share of rows, or of columns, from which a file counts as the list
SAME_CELLS = 0.5  # share of the cells of a renamed column that the list held last time
NEAR_HEADER = 0.8  # likeness of two headers, 0 to 1


@dataclass(frozen=True)
class Again:
    """How well a table fits a list. ``shared`` is the smaller share of names that both have, 0 to 1."""

    shared: float
    columns: float
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The header of the table by that of the description."""
    absent: tuple[str, ...] = ()
    """Headers of the description that the table has no more."""

    @property
    def is_the_list(self) -> bool:
        """Whether most rows and most columns are those of the list."""
        return self.shared > HALF and self.columns >= HALF


def compare_with_list(table: Table, source: Source, snapshot: Snapshot) -> Again:
    """Compare a table with a list and what it said last time (an empty snapshot: never imported, so that no row is known)."""
    asked = list(headers_of(source))
    found = _find_headers(table, source, asked)
    left = [header for header in table.header if header.strip() and header not in found.values()]
    renamed: dict[str, str] = {}
    for header in asked:
        if header not in found and (new := _find_renamed(table, source, snapshot, header, left)):
            renamed[header] = new
            left.remove(new)
    absent = tuple(header for header in asked if header not in found and header not in renamed)
    share = 1 - len(absent) / len(asked) if asked else 0.0
    return Again(_shared_rows(table, source, snapshot, found | renamed), share, renamed, absent)


def knows_headers(source: Source, headers: Sequence[str]) -> bool:
    """Tell whether a description speaks of all these headers, to read or to leave them."""
    written = (*headers_of(source), *source.ignore, *(name for names in source.aliases.values() for name in names))
    return {_fold(header) for header in headers} <= {_fold(header) for header in written}


def _fold(header: str) -> str:
    return re.sub(r"[\s_\-・()（）#]", "", nfkc(header)).lower()


def _find_headers(table: Table, source: Source, asked: list[str]) -> dict[str, str]:
    """Return the header as the table writes it, by that of the description (blanks apart)."""
    present: dict[str, str] = {}
    for header in table.header:
        present.setdefault(re.sub(r"\s+", "", nfkc(header)), header)
    spelled = (
        (header, re.sub(r"\s+", "", nfkc(name)))
        for header in asked
        for name in (header, *source.aliases.get(header, ()))
    )
    result: dict[str, str] = {}
    for header, key in spelled:
        if key and key in present:
            result.setdefault(header, present[key])
    return result


def _find_renamed(table: Table, source: Source, snapshot: Snapshot, header: str, left: list[str]) -> str:
    """Return the header under which a column stands today, "" where none is likely."""
    if same := [one for one in left if _fold(one) == _fold(header)]:
        return same[0]
    known = set(_values(snapshot, source.columns.get(header, "")))
    if known:
        shares = {one: _share(table, one, known, source.columns[header]) for one in left}
        best = max(shares, key=lambda one: shares[one], default="")
        if best and shares[best] > SAME_CELLS:
            return best
    near = {one: SequenceMatcher(None, _fold(one), _fold(header)).ratio() for one in left}
    best = max(near, key=lambda one: near[one], default="")
    return best if best and near[best] >= NEAR_HEADER else ""


def _share(table: Table, header: str, known: set[str], target: str) -> float:
    index = table.header.index(header)
    cells = [key for row in table.rows if (key := _key(row.cells[index], target))]
    return sum(cell in known for cell in cells) / len(cells) if cells else 0.0


def _key(value: str, target: str) -> str:
    if target in ("phones", "fax"):
        return re.sub(r"\D", "", nfkc(value))
    if target == "location.address":
        return address_key(value)
    return name_key(value) if target == "name" else one_line(nfkc(value))


def _values(snapshot: Snapshot, target: str) -> Iterator[str]:
    """Yield what a field held last time, as ``_key`` writes it; numbers and flags, which many columns share, tell nothing."""
    if not target or target in ("location.lat", "location.lng") or target.startswith(("hours.", "access.", "capacity")):
        return
    first, _, rest = target.partition(".")
    for data in snapshot.records.values():
        if target in ("phones", "fax"):
            yield from (_key(phone["number"], target) for phone in data.get("phones", ()))
            continue
        value: Any = data.get(first)
        value = value.get(rest) if rest and isinstance(value, dict) else value
        if isinstance(value, str) and (key := _key(value, target)):
            yield key


def _shared_rows(table: Table, source: Source, snapshot: Snapshot, headers: Mapping[str, str]) -> float:
    names = [headers[header] for header, target in source.columns.items() if target == "name" and header in headers]
    if not names or snapshot.is_empty:
        return 0.0
    columns = [table.header.index(name) for name in names]
    written = ("".join(row.cells[index] for index in columns) for row in table.rows)
    new = {name_key(one_line(name)) for name in written if name.strip()}
    known = {name_key(str(row.get("name", ""))) for row in (*snapshot.records.values(), *snapshot.rows.values())}
    both = len(new & known)
    return min(both / len(new), both / len(known)) if new and known else 0.0

"""Lists of facilities that name a district (避難所, 投票所): the towns of their addresses lie in it. An address is a point of its town, so this is 目安."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tsunagite.importing.areas.layer_tables import LayerReading, columns_of_layers, layer_of, plain
from tsunagite.importing.areas.tables import column_of
from tsunagite.importing.forms.read import layer_columns
from tsunagite.importing.tables.table_file import Table
from tsunagite.text.normalize import compare_key
from tsunagite.text.town_lists import find_towns
from tsunagite.text.towns import town_named_by

_COUNTY = re.compile(r"[^市区町村\d]{1,5}郡(.+)")


def is_list(table: Table) -> bool:
    """Tell whether a table lists facilities: it has addresses, or names beside the towns."""
    facility, town, address = _columns(table)
    return address is not None or (town is not None and facility is not None)


def _columns(table: Table) -> tuple[int | None, int | None, int | None]:
    """Return the columns of the facility, of its town and of its address."""
    facility, town, address = (column_of(table, layer_columns()[key]) for key in ("facility", "town", "address"))
    return facility, town, address


def read_list(
    table: Table, layers: Sequence[str], towns: Mapping[str, str], place: tuple[str, str], words: Mapping[str, Any]
) -> LayerReading:
    """Read which towns the rows put into which district. ``place`` is the prefecture and the municipality of the addresses.

    A town whose rows name one district lies in it; one whose rows disagree is divided: a part of each, told with the rows.
    Rows without a known town or without a district are told.
    """
    read = LayerReading(basis="derived")
    candidates = {index: layer for index, cell in enumerate(table.header) if (layer := layer_of(cell))}
    chosen = columns_of_layers(table, layers, candidates, read, words)
    facility, town, address = _columns(table)
    for index, layer in chosen.items():
        named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        rows: dict[str, int] = {}
        parts: set[str] = set()
        for row in table.rows:
            if row.is_blank:
                continue
            written = next(
                (cell for column in (town, address) if column is not None and (cell := row.cells[column].strip())), ""
            )
            keys, is_part = (
                find_towns(written, towns)
                if town is not None and written == row.cells[town].strip()
                else _town_of(written, towns, place)
            )
            name = plain(row.cells[index])
            if not name or not keys:
                read.told.append(
                    words["no_district" if not name else "row_unplaced"].format(
                        row=row.number, town=written or "（空）", layer=layer
                    )
                )
                continue
            read.district(layer, name)
            for key in keys:
                named[key][compare_key(name)].append(
                    f"{row.number}行目{'' if facility is None else ' ' + plain(row.cells[facility])}"
                )
                rows.setdefault(key, row.number)
                if is_part:
                    parts.add(key)
        for key, found in named.items():
            for name in found:
                district = read.layers[layer][name]
                (district.towns if len(found) == 1 and key not in parts else district.parts)[towns[key]] = rows[key]
            if len(found) > 1:
                sides = "、".join(
                    f"{read.layers[layer][name].name}（{'、'.join(labels)}）" for name, labels in found.items()
                )
                read.told.append(words["divided"].format(layer=layer, town=key, sides=sides))
    if chosen and not read.layers:
        read.wrong.append(words["nobody_placed"])
    return read


def _town_of(address: str, towns: Mapping[str, str], place: tuple[str, str]) -> tuple[tuple[str, ...], bool]:
    county = _COUNTY.match(address.removeprefix(place[0]))
    found = town_named_by(county[1] if county and not place[1] else address, towns, *place) if address else None
    return ((found,) if found else ()), False

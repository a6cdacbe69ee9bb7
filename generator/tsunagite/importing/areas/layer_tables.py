"""What a table says of layers of areas: which town lies in which district. One town a row (``read_columns``), or one district a row (``read_areas``)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tsunagite.importing.areas.tables import cells_of, column_of
from tsunagite.importing.forms.read import layer_columns
from tsunagite.importing.tables.table_file import Table
from tsunagite.text.kana import as_reading, is_reading
from tsunagite.text.normalize import compare_key, nfkc
from tsunagite.text.town_lists import find_towns, towns_in

SCHOOLS = {"中学校区": "中学校", "小学校区": "小学校"}
_LAYER_WORD = re.compile(
    r"(.*(?:校区|学区|地区|圏域|投票区|地区社協|民協|民児協))(?:名称|名)?|(投票区)域|地区(?:名称|名)"
)
"""Headers of a list that name a layer."""


@dataclass
class District:
    """One area of a layer: ids of the towns that it holds whole, and of those it holds a part of, with the rows that say so."""

    name: str
    kana: str = ""
    towns: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)


@dataclass
class LayerReading:
    """What a file says: layers with their districts by name, what is wrong with it, and what is told without refusing it.

    ``basis`` is ``derived`` where points or addresses tell it, not a table of towns.
    """

    layers: dict[str, dict[str, District]] = field(default_factory=lambda: defaultdict(dict))
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    basis: Literal["official", "derived"] = "official"

    def district(self, layer: str, name: str, kana: str = "") -> District:
        """Return the district of a layer by its name, a new one where the layer has none of this name."""
        return self.layers[layer].setdefault(compare_key(name), District(name, kana))


def plain(cell: str) -> str:
    """Return a cell in NFKC without blanks: 高 松 第 一 is 高松第一."""
    return "".join(nfkc(cell).split())


def layer_of(header: str) -> str:
    """Return the layer that the header of a list names (校区名 → 校区, 投票区域 → 投票区), "" where it names none."""
    found = _LAYER_WORD.fullmatch(plain(header))
    return (found[1] or found[2] or "地区") if found else ""


def columns_of_layers(
    table: Table, layers: Sequence[str], candidates: Mapping[int, str], read: LayerReading, words: Mapping[str, Any]
) -> dict[int, str]:
    """Return the columns that are read, each with its layer: those that ``layers`` names (中学校区, or 投票区=votingDistrict for a column of another name), else all candidates.

    What is missing is told as wrong.
    """
    header = [plain(cell) for cell in table.header]
    asked = {name.partition("=")[0]: name.rpartition("=")[2] for name in layers}
    chosen = {
        index: name
        for index, column in enumerate(header)
        for name, written in asked.items()
        if column == written or candidates.get(index) == written
    }
    if len(layers) == 1 and not chosen and len(candidates) == 1:
        chosen = dict.fromkeys(candidates, next(iter(asked)))
    if missing := [name for name in asked if name not in chosen.values()]:
        read.wrong.append(
            words["no_column"].format(layers="、".join(missing), columns="、".join(candidates.values()) or "なし")
        )
        return {}
    if not (chosen := chosen or dict(candidates)):
        read.wrong.append(words["one_column"])
    return chosen


def read_columns(
    table: Table, layers: Sequence[str], towns: Mapping[str, str], words: Mapping[str, Any]
) -> LayerReading:
    """Read a table with one town a row, and one column for each layer. ``towns`` are ids by the key of the town's name."""
    read = LayerReading()
    header = [plain(cell) for cell in table.header]
    town = column_of(table, layer_columns()["town"])
    town = 0 if town is None else town
    if find_towns(header[town], towns)[0]:
        read.wrong.append(words["no_header"].format(cell=table.header[town]))
        return read
    others = {
        index: name
        for index, name in enumerate(header)
        if index != town and name and name.lower() not in layer_columns()["no_layer"]
    }
    chosen = columns_of_layers(table, layers, others, read, words)
    for row in table.rows if chosen else ():
        if row.is_blank:
            continue
        cell = row.cells[town].strip()
        keys, is_part = find_towns(cell, towns)
        if not keys:
            read.wrong.append(words["unknown_town"].format(row=row.number, town=cell or "（空）"))
            continue
        for index, layer in chosen.items():
            written = plain(row.cells[index])
            name = written.removesuffix("の一部")
            if not name:
                read.told.append(words["no_district"].format(row=row.number, town=cell, layer=layer))
                continue
            district = read.district(layer, name)
            for key in keys:
                (district.parts if is_part or name != written else district.towns).setdefault(towns[key], row.number)
    return read


def names_areas(table: Table, towns: Mapping[str, str]) -> bool:
    """Tell whether a table has one district a row, with its towns in one cell: most cells of that column name a town."""
    area, name = column_of(table, layer_columns()["area"]), column_of(table, layer_columns()["name"])
    if area is None or name is None:
        return False
    cells = [row.cells[area] for row in table.rows if not row.is_blank and row.cells[area].strip()]
    named = [cell for cell in cells if (found := towns_in(cell, towns)).whole or found.parts]
    return column_of(table, ("通学区域の住所",)) is not None or len(named) * 2 > len(cells)


def read_areas(table: Table, layers: Sequence[str], towns: Mapping[str, str], words: Mapping[str, Any]) -> LayerReading:
    """Read a table with one district a row (小中学校通学区域情報, 投票区). Words that name no town are told and left out."""
    read = LayerReading()
    is_schools = column_of(table, ("学校名称",)) is not None
    own = "" if is_schools else layer_of(table.header[column_of(table, layer_columns()["name"]) or 0])
    if wrong := [layer for layer in layers if is_schools and layer not in SCHOOLS] or (
        layers[1:] if not is_schools else []
    ):
        read.wrong.append(
            words["no_column"].format(layers="、".join(wrong), columns="、".join(SCHOOLS) if is_schools else own)
        )
        return read
    rows = zip(
        (row.number for row in table.rows if not row.is_blank),
        cells_of(table, name=layer_columns()["name"], kana=("学校名称_カナ",), area=layer_columns()["area"]),
        strict=True,
    )
    for number, cells in rows:
        if not cells["name"]:
            read.told.append(words["no_name"].format(row=number, area=cells["area"][:60]))
            continue
        for layer, name in _layers_of_row(cells["name"], layers, own, is_schools=is_schools):
            kana = as_reading(cells["kana"])
            district = read.district(layer, name, f"{kana}く" if kana and is_reading(kana) else "")
            named = towns_in(cells["area"], towns)
            for found, into in ((named.whole, district.towns), (named.parts, district.parts)):
                for key in found:
                    into.setdefault(towns[key], number)
            if named.unknown:
                read.told.append(
                    words["not_read"].format(
                        row=number, district=district.name, count=len(named.unknown), words="、".join(named.unknown)
                    )
                )
    if not any(one.towns or one.parts for districts in read.layers.values() for one in districts.values()):
        read.wrong.append(words["nothing_read"])
    return read


def _layers_of_row(name: str, layers: Sequence[str], own: str, *, is_schools: bool) -> Iterator[tuple[str, str]]:
    """Yield the layers that a row speaks of, each with the name of the district there (東中学校 → 東中学校区)."""
    if not is_schools:
        yield (layers or (own,))[0], nfkc(name)
        return
    for layer in layers or ("中学校区",):
        if SCHOOLS[layer] in name or "義務教育学校" in name:
            yield layer, f"{nfkc(name)}区"

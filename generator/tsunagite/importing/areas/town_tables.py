"""The tables of towns as they are published become rows of towns, readings and 町字ID: what ``areas.propose`` is given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.importing.areas import tables
from tsunagite.importing.areas.areas import TownPoint
from tsunagite.importing.areas.postal import PostalTown
from tsunagite.importing.tables.list_file import list_table
from tsunagite.importing.tables.table_file import Table
from tsunagite.text.cells import decimal
from tsunagite.text.kana import as_reading
from tsunagite.text.towns import town_key, without_chome

_WARD_KANA = ("政令市区名_カナ", "ward_kana")
_MUNICIPALITY = ("市区町村名",)
_NUMBER = re.compile(r"[\s\d]{1,9}$")
_ENDED_NEVER = ("", "9999-12-31")


class ListRefused(Exception):
    """Raised where a list cannot be read; the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings


@dataclass(frozen=True)
class TownTable:
    """What one table says of towns: their rows, readings by name (``code`` is ""), and 町字ID by the key of their name."""

    rows: Sequence[TownPoint] = ()
    readings: Sequence[PostalTown] = ()
    ids: Mapping[str, str] = field(default_factory=dict)


def read_table_of(path: Path, name: str, encoding: str = "auto") -> Table:
    """Return a list as rows. Raises ListRefused where it cannot be read."""
    table, findings = list_table(path, name, encoding)
    if table is None:
        raise ListRefused(*findings)
    return table


def town_table(path: Path, name: str, municipality: str) -> TownTable:
    """Read the table of towns (Geolonia 住所データ): name, 小字 and point of each, and the reading where it is the CSV.

    A row without coordinates is a town without a point. Raises ListRefused for a file that is no such table.
    """
    place = SourceLocation(name, line=1, column=1)
    if not path.is_file():
        raise ListRefused(error("I101", place))
    table, _ = list_table(path, name)
    columns = (tables.WHOLE_TOWN, tables.PART, tables.LAT, tables.LNG)
    if table is None or any(tables.column_of(table, names) is None for names in columns):
        raise ListRefused(error("I131", place, detail="town・koaza・lat・lng"))
    rows: list[TownPoint] = []
    readings: dict[str, PostalTown] = {}
    for cells in tables.cells_of(
        table,
        town=tables.WHOLE_TOWN,
        kana=tables.WHOLE_TOWN_KANA,
        koaza=tables.PART,
        lat=tables.LAT,
        lng=tables.LNG,
        of=_MUNICIPALITY,
    ):
        point = decimal(cells["lat"]), decimal(cells["lng"])
        if not cells["town"] or any(
            written and number is None for written, number in zip((cells["lat"], cells["lng"]), point, strict=True)
        ):
            raise ListRefused(error("I131", place, detail="、".join(cells.values())[:100]))
        town = _ward(cells["of"], municipality) + cells["town"]
        rows.append(TownPoint(town, cells["koaza"], *point))
        if cells["kana"]:
            stem = without_chome(town_key(town))[0]
            readings.setdefault(stem, PostalTown(stem, _NUMBER.sub("", as_reading(cells["kana"])), ""))
    return TownTable(rows, tuple(readings.values()))


def _ward(written: str, municipality: str) -> str:
    """Return the ward that stands behind a city (青葉区 of 仙台市青葉区), "" where the site is the ward itself or the city has none."""
    return (
        written.removeprefix(municipality)
        if municipality and written.startswith(municipality) and written.endswith("区")
        else ""
    )


def registry_table(table: Table, municipality: str, positions: Table | None = None) -> TownTable:
    """Read the 町字マスター (and its positions by 町字ID): towns that exist, their readings and their 町字ID.

    小字 are left out where the municipality has 大字・町; where it has none they are its towns.
    """
    points = (
        {
            cells["id"].zfill(7): (decimal(cells["lat"]), decimal(cells["lng"]))
            for cells in tables.cells_of(positions, id=tables.ID, lat=tables.LAT, lng=tables.LNG)
        }
        if positions
        else {}
    )
    listed = [
        cells for cells in tables.cells_of(table, id=tables.ID, town=tables.TOWN, kana=tables.TOWN_KANA, chome=tables.CHOME, koaza=tables.KOAZA, koaza_kana=("小字名_カナ", "koaza_kana"),
                                           ward=tables.WARD, ward_kana=_WARD_KANA, ended=tables.ENDED, lat=tables.LAT, lng=tables.LNG)
        if cells["ended"] in _ENDED_NEVER
    ]  # fmt: skip
    if not any(cells["town"] for cells in listed):
        listed = [{**cells, "town": cells["koaza"], "kana": cells["koaza_kana"], "koaza": ""} for cells in listed]
    rows: list[TownPoint] = []
    readings: dict[str, PostalTown] = {}
    ids: dict[str, str] = {}
    for cells in listed:
        if not cells["town"] or cells["koaza"]:
            continue
        in_ward = bool(cells["ward"]) and not municipality.endswith(cells["ward"])
        town = (cells["ward"] if in_ward else "") + cells["town"]
        kana = as_reading((cells["ward_kana"] if in_ward else "") + cells["kana"]) if cells["kana"] else ""
        machiaza = cells["id"].zfill(7)
        own = decimal(cells["lat"]), decimal(cells["lng"])
        rows.append(
            TownPoint(town + cells["chome"], "", *(own if None not in own else points.get(machiaza, (None, None))))
        )
        for name, reading in ((town, kana), _without_oaza(town, kana)):
            ids.setdefault(town_key(name + cells["chome"]), machiaza)
            if reading:
                readings.setdefault(name, PostalTown(name, reading, ""))
    return TownTable(rows, tuple(readings.values()), ids)


def _without_oaza(town: str, kana: str) -> tuple[str, str]:
    """Return name and reading without the 大字 or 字 before them."""
    for before, reading in (("大字", "おおあざ"), ("字", "あざ")):
        if town.startswith(before):
            return town.removeprefix(before), kana.removeprefix(reading)
    return town, kana


def joined(towns: Sequence[TownPoint], registry: TownTable) -> list[TownPoint]:
    """Return the rows of the table of towns, with points of the registry where they have none, then the towns that only the registry has.

    A town that either table has by 丁目 alone is not added as a whole.
    """
    points = {_bare(row.town): row for row in registry.rows if row.lat is not None}
    rows = [
        replace(row, lat=found.lat, lng=found.lng)
        if row.lat is None and not row.koaza and (found := points.get(_bare(row.town)))
        else row
        for row in towns
    ]
    known = {_bare(row.town) for row in towns}
    by_chome = {
        stem
        for one in (*towns, *registry.rows)
        for stem, number in [without_chome(_bare(one.town))]
        if number is not None
    }
    return rows + [row for row in registry.rows if (key := _bare(row.town)) not in known and key not in by_chome]


def _bare(name: str) -> str:
    """Return the key of a town without 大字 and 字, which one of two tables often leaves out."""
    return town_key(name).removeprefix("大字").removeprefix("字")

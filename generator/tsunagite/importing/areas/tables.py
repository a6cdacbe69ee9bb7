"""The public tables that areas are made from, known by their content: which table a file is, and the part of it that speaks of one municipality."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding
from tsunagite.importing.detect.recognise import match_form
from tsunagite.importing.forms.read import forms
from tsunagite.importing.tables.containers import files_of, members_of, refused_path
from tsunagite.importing.tables.list_file import grids_in
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.load.municipalities import Municipality, named_in, of_code
from tsunagite.text.file_names import readable_name
from tsunagite.text.normalize import nfkc

SORTS = ("towns", "machiaza", "positions", "boundaries", "population", "school-districts")
"""Ids of the forms (``importing/forms/``) that areas are made from."""
# What the columns are called: 町字マスター of 2022 and of 2024, Geolonia 住所データ as JSON and as CSV.
CODE = ("全国地方公共団体コード", "lg_code", "市区町村コード")
ID = ("町字id", "machiaza_id")
TOWN = ("大字・町名", "oaza_cho")
TOWN_KANA = ("大字・町名_カナ", "oaza_cho_kana")
CHOME = ("丁目名", "chome")
KOAZA = ("小字名", "koaza")
WARD = ("政令市区名", "ward")
ENDED = ("廃止日", "ablt_date")
LAT = ("代表点_緯度", "rep_lat", "rep_pnt_lat", "緯度", "lat")
LNG = ("代表点_経度", "rep_lon", "rep_pnt_lon", "経度", "lng")
WHOLE_TOWN = ("大字町丁目名", "town")
WHOLE_TOWN_KANA = ("大字町丁目名カナ",)
PART = ("小字・通称名", "koaza")
_CODE_DIGITS = 5  # of a code without the digit that checks it, as files of one municipality are called
_OUTLINE_CODE = "N03_007"
_LARGEST_OUTLINE = 5_000_000  # bytes; a larger file of a prefecture is kept only as far as the municipality itself


@dataclass(frozen=True)
class AreaFile:
    """One file. ``name`` is how people find it, a member of a zip behind its zip; ``seems`` says what it is where it is no table of areas."""

    path: Path
    name: str
    sort: str = ""
    table: Table | None = None
    seems: str = ""
    findings: tuple[Finding, ...] = ()
    given: bool = False
    """Whether a person named this file itself, not a folder or a zip that holds it."""

    @cached_property
    def codes(self) -> frozenset[str]:
        """The municipalities it speaks of (codes of five digits); none where the table has no column for it."""
        if self.sort == "boundaries":
            return frozenset(str(one["properties"].get(_OUTLINE_CODE) or "")[:5] for one in features(self.path)) - {""}
        column = column_of(self.table, CODE) if self.table else None
        return (
            frozenset(_short(row.cells[column]) for row in self.table.rows if not row.is_blank) - {""}
            if self.table and column is not None
            else frozenset()
        )

    @property
    def named(self) -> Municipality | None:
        """The one municipality that the name of the file names (【柳井市】…, 38201.json)."""
        stem = Path(self.name.rstrip("）")).stem
        return named_in(stem) or (of_code(stem) if len(stem) == _CODE_DIGITS else None)

    def part_of(self, short: str) -> tuple[str, bytes]:
        """Return (suffix, bytes) of the file as far as it speaks of a municipality (code of five digits); the file itself where it speaks of no other."""
        raw, suffix = self.path.read_bytes(), self.path.suffix.lower()
        others = {code for code in self.codes if not covers(short, code)}
        if self.sort == "boundaries":
            if not others or len(raw) <= _LARGEST_OUTLINE:
                return ".geojson", raw
            kept = [
                one for one in features(self.path) if covers(short, str(one["properties"].get(_OUTLINE_CODE) or ""))
            ]
            return ".geojson", json.dumps({"type": "FeatureCollection", "features": kept}, ensure_ascii=False).encode()
        if self.table is None or not others:
            return suffix, raw
        column = column_of(self.table, CODE)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.table.header)
        writer.writerows(
            row.cells for row in self.table.rows if column is not None and covers(short, row.cells[column])
        )
        return ".csv", text.getvalue().encode()


def covers(short: str, code: str) -> bool:
    """Tell whether a code of five or six digits is that of a municipality (five digits), or of a ward of it."""
    here = _short(code)
    if here == short:
        return True
    city = of_code(here)
    return short.endswith("0") and city is not None and city.code[:5] == short


def _short(code: str) -> str:
    """Return the first five digits of a code; a spreadsheet takes the 0 of 北海道 to 栃木県 away."""
    digits = nfkc(code).strip()
    return (
        f"0{digits}"[:5]
        if len(digits) == 5 and digits.isdecimal() and of_code(digits) is None and of_code(f"0{digits}")
        else digits[:5]
    )


def column_of(table: Table, names: Sequence[str]) -> int | None:
    """Return the column (from 0) that has one of these names, None where there is none."""
    header = ["".join(nfkc(cell).split()) for cell in table.header]
    return next((header.index(nfkc(name)) for name in names if nfkc(name) in header), None)


def cells_of(table: Table, **columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the cells of every row by the given keys, each from the column that has one of its names; "" where no column has."""
    places = {key: column_of(table, names) for key, names in columns.items()}
    for row in table.rows:
        if not row.is_blank:
            yield {key: "" if place is None else row.cells[place].strip() for key, place in places.items()}


def features(path: Path) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file that bear the codes of N03; none for any other file."""
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
        found = value["features"]
        return [one for one in found if one["geometry"] and one["properties"].get(_OUTLINE_CODE)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


@contextmanager
def area_files(paths: Sequence[Path]) -> Iterator[list[AreaFile]]:
    """Give what stands in files, folders and zips, each file recognised by its content; unpacked for so long. A file found twice is given once."""
    with tempfile.TemporaryDirectory() as scratch:
        found: dict[tuple[str, int], AreaFile] = {}
        for path in paths:
            for file in files_of(path):
                for one in _recognise(
                    file,
                    readable_name(file.name if file == path else file.relative_to(path).as_posix()),
                    Path(scratch),
                    is_given=file == path,
                ):
                    found.setdefault(
                        (one.sort or one.name, hash(one.path.read_bytes()) if one.path.is_file() else 0), one
                    )
        yield list(found.values())


def _recognise(path: Path, name: str, scratch: Path, *, is_given: bool) -> Iterator[AreaFile]:
    if path.is_symlink() or not path.is_file():
        yield AreaFile(path, name, seems="missing", findings=tuple(refused_path(path, name)), given=is_given)
        return
    members, refused = members_of(path, name, Path(tempfile.mkdtemp(dir=scratch)))
    if refused:
        yield AreaFile(path, name, findings=tuple(refused), given=is_given)
        return
    for member, called in members or [(path, name)]:
        yield _known(member, called, is_given=is_given and not members)


def _known(path: Path, name: str, *, is_given: bool) -> AreaFile:
    if path.suffix.lower() in (".json", ".geojson") and features(path):
        return AreaFile(path, name, "boundaries", given=is_given)
    grids, findings = grids_in(path, name)
    if not grids:
        return AreaFile(path, name, findings=tuple(findings), given=is_given)
    found = match_form(grids, forms())
    if found is None:
        return AreaFile(path, name, seems="unknown", given=is_given)
    if found.form.id not in SORTS:
        return AreaFile(path, name, seems=found.form.name, given=is_given)
    return AreaFile(path, name, found.form.id, found.table, given=is_given)


CREDITS: Mapping[str, tuple[str, str]] = {
    "towns": ("CC BY 4.0", "Geolonia 住所データ（国土交通省 位置参照情報をもとに作られたもの）を加工"),
    "machiaza": ("", "アドレス・ベース・レジストリ（デジタル庁）を加工"),
    "positions": ("", "アドレス・ベース・レジストリ（デジタル庁）を加工"),
    "boundaries": ("", "国土数値情報（行政区域データ N03、国土交通省）を加工"),
    "population": ("", "（出典を書いてください）"),
}
"""Licence ("" = to be looked up by a person) and credit of each table."""

"""``tsunagite areas districts FILE``: a table of towns and districts becomes a layer of districts, whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tsunagite.errors import BuildStopped, UsageError
from tsunagite.i18n import catalogue
from tsunagite.i18n.report import one_line
from tsunagite.importing.areas.tables import cells_of, column_of
from tsunagite.importing.detect.intake import read_safely
from tsunagite.importing.detect.recognise import header_row_of
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.load.tree import RawTree, read_tree
from tsunagite.records.yaml.reader import dump
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.text.kana import as_reading, is_reading
from tsunagite.text.normalize import compare_key, nfkc
from tsunagite.text.romaji import romaji
from tsunagite.text.town_lists import find_towns, towns_in
from tsunagite.text.towns import town_key

FOLDER = "resources/areas"
PRIMARY = "地区"
SPHERE = "日常生活圏域"
SCHOOLS = {"中学校区": "中学校", "小学校区": "小学校"}
_TOWN = ("町", "町名", "町字", "町字名", "町丁", "町丁名", "町丁目", "町丁目名", "大字町丁目名", "大字・町名", "町の名前", "町内")
_NOT_A_LAYER = ("備考", "番号", "no", "no.", "№", "ふりがな", "フリガナ", "読み", "町名カナ", "郵便番号", "id")
_FILES = {"中学校区": "chugakkoku", "小学校区": "shogakkoku", SPHERE: "spheres", PRIMARY: "districts"}


@dataclass
class _District:
    """One area of a layer: ids of the towns that it holds whole, and of those it holds a part of, with the rows that say so."""

    name: str
    kana: str = ""
    towns: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)


@dataclass
class _Reading:
    """What a table says: layers with their districts by name, what is wrong with it, and what is told without refusing it."""

    layers: dict[str, dict[str, _District]] = field(default_factory=lambda: defaultdict(dict))
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def read_districts(root: Path, path: Path, layers: Sequence[str] = (), language: str = "ja") -> list[str]:
    """Write the districts that a table names, with their towns; return the lines of the report.

    The table has a column of towns and one column for each layer (or is 小中学校通学区域情報). Districts that the site has keep
    their id and all that people wrote of them; the towns of a layer are those of the table. Raises UsageError, or BuildStopped with
    every row that is wrong; nothing is written then.
    """
    words: Mapping[str, Any] = catalogue(language)["areas"]["districts_of"]
    tree = read_tree(root)
    areas = [raw for raw in tree.records if raw.sort == "area" and isinstance(raw.data, dict)]
    towns = {key: str(raw.data["id"]) for raw in areas if raw.data.get("level") in ("町字", "town") for name in (raw.data.get("name"), *(raw.data.get("alt_names") or ())) if (key := town_key(str(name)))}
    if not towns:
        raise UsageError(words["no_towns"])
    grids, findings = read_safely(path)
    if not grids:
        raise BuildStopped("\n".join(one_line(finding, language) for finding in findings))
    grid = next((one for one in grids if not one.hidden), grids[0])
    table = grid.table(header_row_of(grid))
    if column_of(table, ("通学区域の住所",)) is not None:
        read = _schools(table, layers or ("中学校区",), towns, words)
    else:
        read = _columns(table, layers, towns, words)
    if not read.wrong:
        read.wrong += _twice(read, towns, words)
    if read.wrong:
        raise BuildStopped("\n".join(f"{path.name}: {line}" for line in read.wrong))
    names = {identity: str(raw.data.get("name")) for raw in areas if (identity := raw.data.get("id"))}
    files = dict(_file(layer, districts, tree) for layer, districts in read.layers.items())
    write_files(root, {name: text for name, text in files.items() if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text})
    return [*read.told, *_report(read, towns, names, words), words["wrote"].format(files="、".join(files))]


def _columns(table: Table, layers: Sequence[str], towns: Mapping[str, str], words: Mapping[str, Any]) -> _Reading:
    """Read a table with one town a row, and one column for each layer."""
    read = _Reading()
    header = ["".join(nfkc(cell).split()) for cell in table.header]
    town = column_of(table, _TOWN)
    town = 0 if town is None else town
    others = {index: name for index, name in enumerate(header) if index != town and name and name.lower() not in _NOT_A_LAYER}
    if find_towns(header[town], towns)[0]:
        read.wrong.append(words["no_header"].format(cell=table.header[town]))
        return read
    chosen = {index: name for index, name in others.items() if name in layers}
    if len(layers) == 1 and not chosen and len(others) == 1:
        chosen = dict.fromkeys(others, layers[0])
    if missing := [name for name in layers if name not in chosen.values()]:
        read.wrong.append(words["no_column"].format(layers="、".join(missing), columns="、".join(others.values()) or "なし"))
        return read
    if not (chosen := chosen or others):
        read.wrong.append(words["one_column"])
        return read
    for row in table.rows:
        if row.is_blank:
            continue
        cell = row.cells[town].strip()
        keys, is_part = find_towns(cell, towns)
        if not keys:
            read.wrong.append(words["unknown_town"].format(row=row.number, town=cell or "（空）"))
            continue
        for index, layer in chosen.items():
            written = "".join(nfkc(row.cells[index]).split())
            name = written.removesuffix("の一部")
            if not name:
                read.told.append(words["no_district"].format(row=row.number, town=cell, layer=layer))
                continue
            district = read.layers[layer].setdefault(compare_key(name), _District(name))
            for key in keys:
                (district.parts if is_part or name != written else district.towns).setdefault(towns[key], row.number)
    return read


def _schools(table: Table, layers: Sequence[str], towns: Mapping[str, str], words: Mapping[str, Any]) -> _Reading:
    """Read 小中学校通学区域情報: one school a row, its towns in one cell. Words that name no town are told and left out."""
    read = _Reading()
    for layer in layers:
        if layer not in SCHOOLS:
            read.wrong.append(words["no_column"].format(layers=layer, columns="、".join(SCHOOLS)))
    rows = zip((row.number for row in table.rows if not row.is_blank), cells_of(table, name=("学校名称",), kana=("学校名称_カナ",), area=("通学区域の住所",)), strict=True)
    for number, cells in rows:
        for layer in (layer for layer in layers if SCHOOLS.get(layer) and (SCHOOLS[layer] in cells["name"] or "義務教育学校" in cells["name"])):
            kana = as_reading(cells["kana"])
            district = read.layers[layer].setdefault(compare_key(cells["name"]), _District(f"{nfkc(cells['name'])}区", f"{kana}く" if kana and is_reading(kana) else ""))
            named = towns_in(cells["area"], towns)
            for found, into in ((named.whole, district.towns), (named.parts, district.parts)):
                for key in found:
                    into.setdefault(towns[key], number)
            if named.unknown:
                read.told.append(words["not_read"].format(row=number, district=district.name, count=len(named.unknown), words="、".join(named.unknown)))
    if not read.wrong and not any(one.towns or one.parts for districts in read.layers.values() for one in districts.values()):
        read.wrong.append(words["nothing_read"])
    return read


def _twice(read: _Reading, towns: Mapping[str, str], words: Mapping[str, Any]) -> Iterator[str]:
    """Tell every town that two districts of one layer hold whole. One that a district names twice, whole and in part, is a part."""
    spelled = {identity: key for key, identity in towns.items()}
    for layer, districts in read.layers.items():
        held: dict[str, list[tuple[_District, int]]] = defaultdict(list)
        for district in districts.values():
            for town in set(district.towns) & set(district.parts):
                district.towns.pop(town)
            for town, row in (*district.towns.items(), *district.parts.items()):
                held[town].append((district, row))
        for town, found in held.items():
            if len(found) > 1 and any(town in district.towns for district, _ in found):
                yield words["twice"].format(layer=layer, town=spelled[town], rows="、".join(f"{row}行目は{district.name}" for district, row in found))


def _file(layer: str, districts: Mapping[str, _District], tree: RawTree) -> tuple[str, str]:
    """Return name and text of the file of a layer. Districts that the site has keep their id and what people wrote of them."""
    level = layer if layer in (PRIMARY, SPHERE) else "ほかの区分"
    city = tree.settings.data.get("area") if tree.settings and isinstance(tree.settings.data, dict) else None
    here = [raw for raw in tree.records if raw.sort == "area" and isinstance(raw.data, dict) and raw.data.get("level") == level and (level != "ほかの区分" or raw.data.get("layer") == layer)]
    name = here[0].place.file if here else f"{FOLDER}/{_FILES.get(layer) or _new_file(tree)}.yml"
    known = {compare_key(str(raw.data.get("name"))): raw for raw in here}
    if layer == PRIMARY:
        known |= {compare_key(f"{raw.data.get('name')}地区"): raw for raw in here}
    taken = {str(raw.data.get("id")) for raw in tree.records if raw.sort == "area" and isinstance(raw.data, dict)}
    found: dict[int, dict[str, Any]] = {}
    added = []
    for key, district in districts.items():
        lists = {field: sorted(towns) for field, towns in (("towns", district.towns), ("parts_of", district.parts)) if towns}
        if (raw := known.get(key)) is not None:
            found[id(raw)] = {**{field: value for field, value in raw.data.items() if field not in ("towns", "parts_of")}, **lists}
            continue
        identity = _new_id(district, Path(name).stem, taken)
        reading = {"name_kana": district.kana} if district.kana else {}
        added.append({"id": identity, "name": district.name, **reading, "level": level, **({"layer": layer} if level == "ほかの区分" else {}), **({"parent": city} if city else {}), **lists})
    kept = [found.get(id(raw)) or {field: value for field, value in raw.data.items() if field not in ("towns", "parts_of")} for raw in here if raw.place.file == name]
    return name, dump({"records": kept + added})


def _new_file(tree: RawTree) -> str:
    taken = {Path(raw.place.file).stem for raw in tree.records if raw.sort == "area"}
    return next(name for number in range(1, len(taken) + 2) if (name := f"layer-{number}") not in taken)


def _new_id(district: _District, stem: str, taken: set[str]) -> str:
    """Return an id from the reading where there is one, else a number behind the name of the file."""
    latin = romaji(district.kana or as_reading(district.name)) if district.kana or is_reading(as_reading(district.name)) else ""
    first = f"{stem}-{latin}" if latin else ""
    identity = first if first and first not in taken else next(name for number in range(1, len(taken) + 2) if (name := f"{stem}-{number}") not in taken)
    taken.add(identity)
    return identity


def _report(read: _Reading, towns: Mapping[str, str], names: Mapping[str, str], words: Mapping[str, Any]) -> Iterator[str]:
    for layer, districts in read.layers.items():
        whole = {town for district in districts.values() for town in district.towns}
        parts = {town for district in districts.values() for town in district.parts}
        yield words["layer"].format(layer=layer, districts=len(districts), towns=len(whole), parts=len(parts))
        if missing := [names[town] for town in dict.fromkeys(towns.values()) if town not in whole | parts]:
            yield words["missing"].format(layer=layer, count=len(missing), names="、".join(missing))

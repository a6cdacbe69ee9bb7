"""``tsunagite areas districts FILE``: a table, a list or polygons of districts become a layer of areas, whole or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tsunagite.errors import BuildStopped, UsageError
from tsunagite.i18n import catalogue
from tsunagite.i18n.report import one_line
from tsunagite.importing.areas.draft import members_in
from tsunagite.importing.areas.layer_files import FOLDER, areas_of_layer, changed_files
from tsunagite.importing.areas.layer_lists import is_list, read_list
from tsunagite.importing.areas.layer_polygons import Town, read_features, read_polygons
from tsunagite.importing.areas.layer_tables import (
    District,
    LayerReading,
    names_areas,
    read_areas,
    read_columns,
)
from tsunagite.importing.detect.intake import read_safely
from tsunagite.importing.detect.recognise import header_row_of
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.load.tree import RawTree, read_tree
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.text.file_names import readable_name
from tsunagite.text.towns import town_key


@dataclass(frozen=True)
class _Site:
    """What is known of the site: its towns, their ids by the key of every name, and where its addresses lie."""

    towns: Sequence[Town]
    ids: Mapping[str, str]
    prefecture: str
    municipality: str


def read_districts(root: Path, path: Path, layers: Sequence[str] = (), language: str = "ja") -> list[str]:
    """Write the districts that a file names, with their towns; return the lines of the report.

    The file is a table of towns with one column for each layer, a table of districts with their towns (小中学校通学区域情報),
    a list of facilities with addresses and a column of districts, or GeoJSON. Districts that the site has keep their id and
    all that people wrote of them; the towns of a layer are those of the file. Raises UsageError, or BuildStopped with
    everything that is wrong; nothing is written then.
    """
    words: Mapping[str, Any] = catalogue(language)["areas"]["districts_of"]
    tree = read_tree(root)
    site = _site(tree)
    if not site.ids:
        raise UsageError(words["no_towns"])
    read = _read(path, layers, site, words, language)
    if not read.wrong:
        read.wrong += _twice(read, site, words)
        read.wrong += _weaker(read, tree, words)
    if read.wrong:
        raise BuildStopped("\n".join(f"{readable_name(path.name)}: {line}" for line in read.wrong))
    files: dict[str, str] = {}
    for layer, districts in read.layers.items():
        files |= changed_files(root, layer, districts, read.basis, tree)
    write_files(root, files)
    return [
        *read.told,
        *_report(read, site, words),
        *_origins(read, root, tree, words),
        words["wrote"].format(files="、".join(files)) if files else words["nothing_to_write"],
    ]


def _site(tree: RawTree) -> _Site:
    settings = tree.site
    towns = [
        raw.data for raw in tree.tables("area") if raw.data.get("level") in ("町字", "town") and raw.data.get("id")
    ]
    named = [
        (town_key(str(name)), town)
        for town in towns
        for name in (town.get("name"), *(town.get("alt_names") or ()))
        if name
    ]
    ids = {key: str(town["id"]) for key, town in named}
    if members := {
        member.slug: member.name for member in members_in(tree)
    }:  # 北町本町; 本町 alone where one member has it
        parents = {str(raw.data.get("id")): str(raw.data.get("parent")) for raw in tree.tables("area")}
        several = Counter(key for key, _ in named)
        of = {
            str(town["id"]): next(
                (
                    members[above]
                    for above in (str(town.get("parent")), parents.get(str(town.get("parent")), ""))
                    if above in members
                ),
                "",
            )
            for town in towns
        }
        ids = {key: identity for key, identity in ids.items() if several[key] == 1} | {
            town_key(of[str(town["id"])]) + key: str(town["id"]) for key, town in named
        }
    points = [
        Town(str(town["id"]), str(town.get("name")), _degrees(town.get("lat")), _degrees(town.get("lng")))
        for town in towns
    ]
    return _Site(
        points, ids, str(settings.get("prefecture") or ""), "" if members else str(settings.get("municipality") or "")
    )


def _degrees(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _read(path: Path, layers: Sequence[str], site: _Site, words: Mapping[str, Any], language: str) -> LayerReading:
    if not path.is_symlink() and (polygons := read_features(path)):
        return read_polygons(polygons, layers, site.towns, site.municipality, words)
    grids, findings = read_safely(path)
    if not grids:
        raise BuildStopped("\n".join(one_line(finding, language) for finding in findings))
    grid = next((one for one in grids if not one.hidden), grids[0])
    table = grid.table(header_row_of(grid))
    return _read_table(table, layers, site, words)


def _read_table(table: Table, layers: Sequence[str], site: _Site, words: Mapping[str, Any]) -> LayerReading:
    if names_areas(table, site.ids):
        return read_areas(table, layers, site.ids, words)
    if is_list(table):
        return read_list(table, layers, site.ids, (site.prefecture, site.municipality), words)
    return read_columns(table, layers, site.ids, words)


def _twice(read: LayerReading, site: _Site, words: Mapping[str, Any]) -> Iterator[str]:
    """Tell every town that two districts of one layer hold whole. One that a district names twice, whole and in part, is a part."""
    spelled = {identity: key for key, identity in site.ids.items()}
    for layer, districts in read.layers.items():
        held: dict[str, list[tuple[District, int]]] = defaultdict(list)
        for district in districts.values():
            for town in set(district.towns) & set(district.parts):
                district.towns.pop(town)
            for town, row in (*district.towns.items(), *district.parts.items()):
                held[town].append((district, row))
        for town, found in held.items():
            if len(found) > 1 and any(town in district.towns for district, _ in found):
                yield words["twice"].format(
                    layer=layer,
                    town=spelled[town],
                    rows="、".join(f"{row}行目は{district.name}" for district, row in found),
                )


def _weaker(read: LayerReading, tree: RawTree, words: Mapping[str, Any]) -> Iterator[str]:
    """Tell every layer that the site has from a table of towns, where the file tells of addresses or points alone."""
    for layer in read.layers if read.basis == "derived" else ():
        if any(
            (raw.data.get("towns") or raw.data.get("parts_of")) and raw.data.get("basis") != "derived"
            for raw in areas_of_layer(layer, tree)
        ):
            yield words["weaker"].format(layer=layer)


def _report(read: LayerReading, site: _Site, words: Mapping[str, Any]) -> Iterator[str]:
    for layer, districts in read.layers.items():
        whole = {town for district in districts.values() for town in district.towns}
        parts = {town for district in districts.values() for town in district.parts}
        yield words["layer"].format(layer=layer, districts=len(districts), towns=len(whole), parts=len(parts))
        if missing := [town.name for town in site.towns if town.id not in whole | parts]:
            yield words["missing"].format(layer=layer, count=len(missing), names="、".join(missing))
    if read.basis == "derived":
        yield words["derived"]


def _origins(read: LayerReading, root: Path, tree: RawTree, words: Mapping[str, Any]) -> Iterator[str]:
    """Ask for the name, the day and the licence of a list that the site does not tell yet."""
    described = {layer for raw in tree.tables("area_list") for layer in raw.data.get("layers") or ()}
    here = next(
        (path.relative_to(root).as_posix() for path in sorted((root / FOLDER / "sources").glob("*.yml"))),
        f"{FOLDER}/sources/",
    )
    if unknown := [layer for layer in read.layers if layer not in described]:
        yield words["no_origin"].format(layers="、".join(unknown), file=here)

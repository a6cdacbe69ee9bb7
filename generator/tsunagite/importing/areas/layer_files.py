"""The files of layers: districts that the site has keep their id and all that people wrote of them, comments too; new ones are added."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tsunagite.errors import UsageError
from tsunagite.findings import Loc
from tsunagite.importing.areas.layer_tables import District
from tsunagite.records.load.tree import RawRecord, RawTree
from tsunagite.records.yaml.reader import dump, read_text
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten
from tsunagite.text.kana import as_reading, is_reading
from tsunagite.text.normalize import compare_key
from tsunagite.text.romaji import romaji

FOLDER = "resources/areas"
PRIMARY = "地区"
SPHERE = "日常生活圏域"
OTHER = "ほかの区分"
_FILES = {"中学校区": "chugakkoku", "小学校区": "shogakkoku", SPHERE: "spheres", PRIMARY: "districts"}
_FROM_LISTS = ("towns", "parts_of", "basis")
"""Fields that the newest list decides; an area that it does not name loses them."""


def areas_of_layer(layer: str, tree: RawTree) -> list[RawRecord]:
    """Return the areas of a layer that a site has."""
    level = layer if layer in (PRIMARY, SPHERE) else OTHER
    return [
        raw
        for raw in tree.tables("area")
        if raw.data.get("level") == level and (level != OTHER or raw.data.get("layer") == layer)
    ]


def changed_files(
    root: Path, layer: str, districts: Mapping[str, District], basis: str, tree: RawTree
) -> dict[str, str]:
    """Return every file that a layer changes with its new text. Raises UsageError for one that cannot be changed by a program."""
    here = areas_of_layer(layer, tree)
    known = {compare_key(str(raw.data.get("name"))): raw for raw in here}
    if layer == PRIMARY:
        known |= {compare_key(f"{raw.data.get('name')}地区"): raw for raw in here}
    wanted = {id(raw): _lists_of(District(""), "") for raw in here} | {
        id(known[key]): _lists_of(district, basis) for key, district in districts.items() if key in known
    }
    texts: dict[str, str] = {}
    for name in dict.fromkeys(raw.place.file for raw in here):
        text = _text_of(root, name)
        value = read_text(text, name).value
        for raw in here:
            if raw.place.file == name:
                value = _put(
                    value,
                    {**{key: one for key, one in raw.data.items() if key not in _FROM_LISTS}, **wanted[id(raw)]},
                    raw.place.loc,
                )
        texts[name] = _change(name, text, value)
    if new := [district for key, district in districts.items() if key not in known]:
        target = (
            next((raw.place.file for raw in here if raw.place.loc), "")
            or f"{FOLDER}/{_FILES.get(layer) or _new_file(tree)}.yml"
        )
        texts[target] = _added(
            root, target, texts.get(target), _new_records(layer, new, basis, Path(target).stem, tree)
        )
    return {name: text for name, text in texts.items() if not (root / name).is_file() or _text_of(root, name) != text}


def _text_of(root: Path, name: str) -> str:
    with (root / name).open(encoding="utf-8", newline="") as file:  # \r\n stays as it is
        return file.read()


def _put(whole: Any, record: dict[str, Any], at: Loc) -> Any:
    """Return a file's value with a record in its place: the whole file, or one of its list."""
    return (
        {**whole, "records": [record if index == at[1] else other for index, other in enumerate(whole["records"])]}
        if at
        else record
    )


def _change(name: str, text: str, value: Any) -> str:
    try:
        return rewritten(text, value)
    except CannotRewriteError as problem:
        raise UsageError(
            f"{name}: コメントを残したまま書きかえられません（{problem}）。→ このファイルの書き方をそろえてから（tsunagite fmt）、もう一度実行してください。"
        ) from problem


def _added(root: Path, name: str, text: str | None, new: list[dict[str, Any]]) -> str:
    if text is None and not (root / name).is_file():
        return dump({"records": new})
    text = _text_of(root, name) if text is None else text
    before = read_text(text, name).value
    if not isinstance(before, dict) or not isinstance(before.get("records"), list):
        raise UsageError(
            f"{name}: 一つの記録だけのファイルがあり、区分を書き足せません。→ このファイルの名前を変えてから、もう一度実行してください。"
        )
    return _change(name, text, {**before, "records": [*before["records"], *new]})


def _lists_of(district: District, basis: str) -> dict[str, Any]:
    lists = {
        field: sorted(towns) for field, towns in (("towns", district.towns), ("parts_of", district.parts)) if towns
    }
    return {**({"basis": "derived"} if lists and basis == "derived" else {}), **lists}


def _new_records(layer: str, districts: list[District], basis: str, stem: str, tree: RawTree) -> list[dict[str, Any]]:
    city = tree.site.get("area")
    taken = {str(raw.data.get("id")) for raw in tree.tables("area")}
    kind = {"level": layer} if layer in (PRIMARY, SPHERE) else {"level": OTHER, "layer": layer}
    records = []
    for district in districts:
        reading = {"name_kana": district.kana} if district.kana else {}
        records.append(
            {
                "id": _new_id(district, stem, taken),
                "name": district.name,
                **reading,
                **kind,
                **({"parent": city} if city else {}),
                **_lists_of(district, basis),
            }
        )
    return records


def _new_file(tree: RawTree) -> str:
    taken = {Path(raw.place.file).stem for raw in tree.records if raw.sort == "area"}
    return next(name for number in range(1, len(taken) + 2) if (name := f"layer-{number}") not in taken)


def _new_id(district: District, stem: str, taken: set[str]) -> str:
    """Return an id from the reading where there is one, else a number behind the name of the file."""
    latin = (
        romaji(district.kana or as_reading(district.name))
        if district.kana or is_reading(as_reading(district.name))
        else ""
    )
    first = f"{stem}-{latin}" if latin else ""
    identity = (
        first
        if first and first not in taken
        else next(name for number in range(1, len(taken) + 2) if (name := f"{stem}-{number}") not in taken)
    )
    taken.add(identity)
    return identity

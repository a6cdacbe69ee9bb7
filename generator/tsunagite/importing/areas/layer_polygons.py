"""Polygons with names (国土数値情報 A27 小学校区, A32 中学校区, or a city's own GeoJSON): a town belongs to the polygon that its position lies in (目安)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tsunagite.errors import UsageError
from tsunagite.importing.areas.layer_tables import LayerReading, plain
from tsunagite.importing.forms.read import layer_columns

NEAR_METRES = 10.0
"""A position of a town is rounded and stands for many houses: nearer to an edge than this, it may as well lie beyond."""
_ENDINGS = ("小学校", "中学校", "学校", "学園", "校区", "学区", "地区", "圏域", "投票区", "包括支援センター")
_SCHOOLS = ("小学校", "中学校", "義務教育学校")
_SHARE = 0.5


@dataclass(frozen=True)
class Town:
    """A town with its id, its name and its position (degrees; None where not known)."""

    id: str
    name: str
    lat: float | None
    lng: float | None


def read_features(path: Path) -> list[dict[str, Any]] | None:
    """Return the polygons of a GeoJSON file with their properties; None for any other file."""
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
        found = [
            one
            for one in value["features"]
            if one["geometry"]["type"] in ("Polygon", "MultiPolygon") and isinstance(one["properties"], dict)
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return found or None


def read_polygons(
    features: Sequence[dict[str, Any]],
    layers: Sequence[str],
    towns: Sequence[Town],
    municipality: str,
    words: Mapping[str, Any],
) -> LayerReading:
    """Read in which polygon each town lies. Polygons that hold no town of the site are counted and left out.

    ``layers`` is the name of the layer, or 中学校区=A32_004 where the property of the names must be told; without it the
    names must be those of schools. A town in two polygons is divided; one without a position, or in none, stays unknown.
    """
    read = LayerReading(basis="derived")
    layer, geometries = _named(features, layers, municipality, read, words)
    if read.wrong:
        return read
    near = _place(layer, geometries, towns, read, words)
    nowhere = [town.name for town in towns if town.lat is None or town.lng is None]
    empty = len(geometries) - len(read.layers.get(layer, {}))
    if near:
        read.told.append(words["near_edge"].format(count=len(near), metres=f"{NEAR_METRES:.0f}", names="、".join(near)))
    if nowhere:
        read.told.append(words["no_position"].format(count=len(nowhere), names="、".join(nowhere)))
    if empty:
        read.told.append(words["polygons_without_town"].format(count=empty, of=len(geometries)))
    if not read.layers:
        read.wrong.append(words["nobody_inside"])
    return read


def _named(
    features: Sequence[dict[str, Any]],
    layers: Sequence[str],
    municipality: str,
    read: LayerReading,
    words: Mapping[str, Any],
) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """Return the name of the layer and the polygons of each district; what cannot be known is told as wrong."""
    layer, _, asked = (layers or ("",))[0].partition("=")
    key = asked or _name_property(features)
    names = (
        [plain(str(one["properties"].get(key) or "")).removeprefix(f"{municipality}立") for one in features]
        if key
        else []
    )
    if not any(names):
        read.wrong.append(
            words["no_name_property"].format(
                properties="、".join(dict.fromkeys(name for one in features for name in one["properties"]))[:300]
            )
        )
    school = next(
        (
            school
            for school in ("中学校", "小学校")
            if sum(name.endswith(school) for name in names) > len(names) * _SHARE
        ),
        "",
    )
    layer = layer or (f"{school}区" if school else "")
    if not layer and not read.wrong:
        read.wrong.append(words["no_layer_name"])
    geometries: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, one in zip(names, features, strict=False):
        if name:
            geometries[f"{name}区" if name.endswith(_SCHOOLS) else name].append(one["geometry"])
    return layer, geometries


def _place(
    layer: str,
    geometries: Mapping[str, Sequence[dict[str, Any]]],
    towns: Sequence[Town],
    read: LayerReading,
    words: Mapping[str, Any],
) -> list[str]:
    """Put every town with a position into its polygon; return those that lie near an edge."""
    from tsunagite.geo.outlines import Regions  # noqa: PLC0415 - shapely brings NumPy along

    try:
        regions = Regions(geometries)
    except ValueError as problem:
        raise UsageError(words["polygon_broken"].format(detail=str(problem)[:100])) from problem
    near = []
    for town in towns:
        if town.lat is None or town.lng is None:
            continue
        around = regions.at(town.lat, town.lng, NEAR_METRES)
        inside = [one.name for one in around if one.inside]
        for name in inside:
            district = read.district(layer, name)
            (district.towns if len(inside) == 1 else district.parts)[town.id] = 0
        if len(inside) > 1:
            read.told.append(words["divided"].format(layer=layer, town=town.name, sides="、".join(inside)))
        elif edges := [one.metres for one in around if one.metres <= NEAR_METRES]:
            near.append(f"{town.name}（{'・'.join(one.name for one in around)}、{min(edges):.0f}m）")
    return near


def _name_property(features: Sequence[dict[str, Any]]) -> str:
    """Return the property that holds the names: one of the usual ones, else the only one whose values end like names of districts; "" where none is sure."""
    values: dict[str, list[str]] = defaultdict(list)
    for one in features:
        for key, value in one["properties"].items():
            if isinstance(value, str) and value.strip():
                values[key].append(plain(value))
    like = [
        key for key, found in values.items() if sum(name.endswith(_ENDINGS) for name in found) >= len(features) * _SHARE
    ]
    usual = [key for key in layer_columns()["polygon"] if key in values]
    both = (
        [key for key in usual if key in like]
        or (like if len(like) == 1 else [])
        or [key for key in usual if not key.startswith("A")]
    )
    return both[0] if both else ""

"""What an import takes from the areas of a site: how their names are read, and which municipality an address may lie in."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tsunagite.importing.mapping.town import Town
from tsunagite.records.load.municipalities import municipalities
from tsunagite.records.load.records import Records
from tsunagite.text.towns import town_key

if TYPE_CHECKING:
    from tsunagite.records.load.boundaries import Boundaries


def area_readings(records: Records) -> dict[str, str]:
    """Return how the towns and districts of the site are read; shorter names stand in too many other words."""
    readings: dict[str, str] = {}
    for placed in records.area:
        name = re.sub("(?<![一二三四五六七八九十])[一二三四五六七八九十]+丁目$", "", placed.record.name)
        whole = placed.record.name_kana
        kana = whole if name == placed.record.name else re.sub(r"(?<!\d)\d*ちょうめ$", "", whole)
        if len(name) > 2 and kana:
            readings.setdefault(name, kana)
    return readings


def town_of_site(root: Path, records: Records) -> Town | None:
    """Return the site's municipality, or None for a site that names none."""
    name = records.settings.municipality
    area = next((placed.record for placed in records.area if placed.record.id == records.settings.area), None)
    if not name:
        return None
    from tsunagite.records.load.boundaries import read_boundaries  # noqa: PLC0415 - it brings NumPy along

    boundaries, _ = read_boundaries(root)
    inside = [
        placed.record
        for placed in records.area
        if area and placed.record.level == "city" and placed.record.parent == area.id
    ]
    members = {member.name: _middles(records, member.id) for member in inside}
    codes = [one.lg_code for one in inside or ([area] if area else [])]
    others = [other for five, other in boundaries.names.items() if other and five not in {code[:5] for code in codes}]
    without_county = [other.partition("郡")[2] for other in others if "郡" in other]
    known = bool(codes) and all(code and boundaries.knows(code) for code in codes)
    holds = partial(_any_holds, boundaries, tuple(codes)) if known else None
    cities = frozenset(
        one.name for one in municipalities() if one.name.endswith("市") and one.name not in (members or {name})
    )
    return Town(
        name,
        tuple(sorted({*others, *without_county})),
        holds,
        records.settings.prefecture,
        {} if members else _middles(records),
        cities,
        members,
    )


def _any_holds(boundaries: Boundaries, codes: tuple[str, ...], lat: float, lng: float) -> bool:
    return any(boundaries.hold(code, lat, lng) for code in codes)


def _middles(records: Records, municipality: str = "") -> dict[str, tuple[str, float, float]]:
    """Return name and middle of every 町字 of the site, or of one municipality of it, by the key of its name."""
    parents = {placed.record.id: placed.record.parent for placed in records.area}
    middles: dict[str, tuple[str, float, float]] = {}
    for area in (placed.record for placed in records.area):
        if municipality and municipality not in (area.parent, parents.get(area.parent or "")):
            continue
        if area.level == "town" and area.point:
            for name in (area.name, *area.alt_names):
                middles.setdefault(town_key(name), (area.name, *area.point))
    return middles

"""Districts in worksheets: the names that people read and write, and the ids that records hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tsunagite.text.normalize import compare_key

CHOSEN = ("sphere", "圏域", "日常生活圏域", "district", "地区")
"""Levels of areas that a sheet offers, as id and as label; a municipality is too large and a town too small for one."""
_KIND = re.compile(r"(?:日常生活圏域|圏域|地区|校区|中学校区|小学校区)$")


def area_names(areas: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the name of each area that a sheet offers, by id. Where two have one name, each says its level too."""
    offered = [area for area in areas if area.get("level") in CHOSEN]
    names = [area["name"] for area in offered]
    return {
        area["id"]: area["name"] if names.count(area["name"]) == 1 else f"{area['name']}（{area['level']}）"
        for area in offered
    }


def area_ids(areas: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the id of an area by the key (``area_key``) of everything it is called: name, reading, other names, id.

    Where two areas are called alike, a district comes before a sphere, and these before others.
    """
    ordered = sorted(areas, key=lambda area: -CHOSEN.index(area["level"]) if area.get("level") in CHOSEN else 1)
    found: dict[str, str] = {}
    for area in ordered:
        for name in (area["id"], area["name"], area.get("name_kana") or "", *(area.get("alt_names") or ())):
            if name:
                found.setdefault(compare_key(name), area["id"])
    for one, name in area_names(ordered).items():
        found[compare_key(name)] = one
    return found


def area_of(written: str, ids: Mapping[str, str]) -> str | None:
    """Return the id of the area that somebody wrote, with or without 地区 or 圏域; None where the site has none of that name."""
    return ids.get(compare_key(written)) or ids.get(compare_key(_KIND.sub("", written.strip())))

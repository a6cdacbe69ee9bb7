"""PointsView: every place of the site as columns, small enough to send to a phone at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tsunagite.directory import Directory
from tsunagite.model.area import Area
from tsunagite.model.vocabulary import Term

# Five decimals of a degree are about one metre; differences of sorted values compress to a third.
SCALE = 100_000


@dataclass(frozen=True)
class PointsView:
    """Points with their bounds (degrees) and the kind groups that occur."""

    groups: tuple[Term, ...]
    counts: tuple[int, ...]
    bounds: tuple[tuple[float, float], tuple[float, float]] | None
    data: bytes

    @classmethod
    def of(cls, directory: Directory) -> PointsView:
        """Collect the listed resources that have a point. Refuges never have one (rule R206)."""
        vocabulary = directory.vocabularies["kind_group"]
        order = {term.id: index for index, term in enumerate(vocabulary)}
        rows = []
        for resource in directory.listed:
            location = resource.location
            if location and location.lat is not None and location.lng is not None:
                group = directory.kind(resource).group
                rows.append((order[group], round(location.lat * SCALE), round(location.lng * SCALE), resource))
        # By kind and district first: columns of equal values, and names that begin alike, cost almost nothing to send.
        areas_of = {row[3].id: directory.district_at(row[3]) for row in rows}
        rows.sort(key=lambda row: (row[0], row[3].kind, _id(areas_of[row[3].id]), row[1], row[2], row[3].id))
        used = sorted({row[0] for row in rows})
        groups = tuple(term for index, term in enumerate(vocabulary) if index in used)
        lats, lngs = [row[1] for row in rows], [row[2] for row in rows]
        areas = [areas_of[row[3].id] for row in rows]
        districts = sorted({area.id: area for area in areas if area}.values(), key=lambda area: area.id)
        place = {area.id: index for index, area in enumerate(districts)}
        columns: dict[str, list[Any]] = {
            "areas": [{"id": area.id, "label": area.name} for area in districts],
            "area": [place[area.id] if area else -1 for area in areas],
            "groups": [{"id": term.id, "label": term.label} for term in groups],
            "group": [used.index(row[0]) for row in rows],
            "lat": _differences(lats),
            "lng": _differences(lngs),
            "id": [row[3].id for row in rows],
            "name": [row[3].name for row in rows],
            "kind": [directory.kind(row[3]).label for row in rows],
        }
        kinds = sorted(set(columns["kind"]))
        columns["kinds"], columns["kind"] = kinds, [kinds.index(kind) for kind in columns["kind"]]
        bounds = ((min(lats) / SCALE, min(lngs) / SCALE), (max(lats) / SCALE, max(lngs) / SCALE)) if rows else None
        counts = tuple(columns["group"].count(index) for index in range(len(groups)))
        return cls(groups, counts, bounds, json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode())


def _id(area: Area | None) -> str:
    return area.id if area else ""


def _differences(values: list[int]) -> list[int]:
    return [value - before for before, value in zip([0, *values], values, strict=False)]

"""PointsView: every place of the site as columns, small enough to send to a phone at once."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tsunagite.records.directory import Directory
from tsunagite.records.model.base.vocabulary import Term

# Five decimals of a degree are about one metre; differences of sorted values compress to a third.
SCALE = 100_000

Bounds = tuple[tuple[float, float], tuple[float, float]]
"""The south-west and the north-east corner, (lat, lng) in degrees."""


def has_map(directory: Directory) -> bool:
    """Tell whether any listed record has a point."""
    return any(r.point for r in directory.listed)


@dataclass(frozen=True)
class PointsView:
    """Points with their bounds (degrees) and the kind groups that occur."""

    groups: tuple[Term, ...]
    counts: tuple[int, ...]
    bounds: Bounds | None
    data: bytes

    @classmethod
    def of(cls, directory: Directory) -> PointsView:
        """Collect the listed resources that have a point. Refuges never have one (rule R206)."""
        vocabulary = directory.vocabularies["kind_group"]
        order = {term.id: index for index, term in enumerate(vocabulary)}
        kinds_of = {kind.id: (order[kind.group], kind.label) for kind in directory.vocabularies["kind"]}
        rows = []
        for resource in directory.listed:
            if resource.point:
                area = directory.district_at(resource)
                group, label = kinds_of[resource.kind]
                # By kind and district first: columns of equal values, and names that begin alike, cost almost nothing to send.
                where = (round(resource.point[0] * SCALE), round(resource.point[1] * SCALE))
                rows.append((group, resource.kind, area.id if area else "", *where, resource.id, resource.name, label))
        rows.sort()
        used = {group: index for index, group in enumerate(sorted({row[0] for row in rows}))}
        groups = tuple(term for index, term in enumerate(vocabulary) if index in used)
        lats, lngs = [row[3] for row in rows], [row[4] for row in rows]
        districts = [directory.areas[area_id] for area_id in sorted({row[2] for row in rows} - {""})]
        place = {"": -1} | {area.id: index for index, area in enumerate(districts)}
        columns: dict[str, list[Any]] = {
            "areas": [{"id": area.id, "label": area.name} for area in districts],
            "area": [place[row[2]] for row in rows],
            "groups": [{"id": term.id, "label": term.label} for term in groups],
            "group": [used[row[0]] for row in rows],
            "lat": _differences(lats),
            "lng": _differences(lngs),
            "id": [row[5] for row in rows],
            "name": [row[6] for row in rows],
        }
        kinds = {label: index for index, label in enumerate(sorted({row[7] for row in rows}))}
        columns["kind"], columns["kinds"] = [kinds[row[7]] for row in rows], list(kinds)
        bounds = ((min(lats) / SCALE, min(lngs) / SCALE), (max(lats) / SCALE, max(lngs) / SCALE)) if rows else None
        counts = Counter(columns["group"])
        return cls(
            groups,
            tuple(counts[index] for index in range(len(groups))),
            bounds,
            json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode(),
        )


def _differences(values: list[int]) -> list[int]:
    return [value - before for before, value in zip([0, *values], values, strict=False)]

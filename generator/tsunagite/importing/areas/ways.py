"""`tsunagite areas ways`: published streets, railways and stops become the small extract that maps on paper are drawn with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tsunagite.errors import UsageError
from tsunagite.geo.ways import Box, Way, extract_of, ways_of_published
from tsunagite.i18n import catalogue
from tsunagite.records.load.boundaries import Boundaries, read_boundaries
from tsunagite.records.load.records import Records, read_records

EXTRACT = "resources/areas/ways.geojson"
AROUND = 0.01
"""Degrees (about a kilometre) that the maps of districts at the edge show of the neighbours."""


def write_ways(root: Path, paths: Sequence[Path], language: str = "ja") -> list[str]:
    """Write what lies in and around the municipality of the given GeoJSON files (国土数値情報 N02, P11, N13); return the lines of the report.

    The extract holds what these files say and nothing of an earlier one. Raises UsageError where the place of the municipality is
    not known, or a file cannot be read; nothing is written then.
    """
    words: Mapping[str, Any] = catalogue(language)["areas"]["ways_of"]
    records, _ = read_records(root)
    boundaries, _ = read_boundaries(root)
    box = _box(records, boundaries)
    if box is None:
        raise UsageError(words["no_place"])
    found: dict[Way, None] = {}
    for path in paths:
        try:
            features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
            found |= dict.fromkeys(ways_of_published(features, box))
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as problem:
            raise UsageError(words["unreadable"].format(file=path.name)) from problem
    if not found:
        raise UsageError(words["nothing"])
    content = json.dumps(extract_of(found), ensure_ascii=False, separators=(",", ":")) + "\n"
    target = root / EXTRACT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8", newline="\n")
    counted = Counter(way.kind for way in found)
    told = "、".join(f"{words[kind]}{count}" for kind, count in sorted(counted.items()))
    return [words["wrote"].format(file=EXTRACT, counted=told, size=len(content.encode()) // 1024)]


def _box(records: Records, boundaries: Boundaries) -> Box | None:
    """Return the municipality and what lies around it: by its outline, else by its towns."""
    bounds: list[Box] = [
        boundaries.outlines[placed.record.lg_code[:5]].bounds
        for placed in records.area
        if placed.record.lg_code and boundaries.knows(placed.record.lg_code)
    ]
    if not bounds:
        bounds = [
            (lng, lat, lng, lat) for lat, lng in (placed.record.point for placed in records.area if placed.record.point)
        ]
    if not bounds:
        return None
    return (
        min(one[0] for one in bounds) - AROUND, min(one[1] for one in bounds) - AROUND,
        max(one[2] for one in bounds) + AROUND, max(one[3] for one in bounds) + AROUND,
    )  # fmt: skip

"""The ground of every map: the municipality, what lies around it and names, drawn below the tiles and seen where none come.

The outlines are those of 国土数値情報 行政区域 (N03) that a site has. What no outline covers stays empty: it may be sea or another prefecture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tsunagite.records.directory import Directory
from tsunagite.records.load.municipalities import of_code

DATA = "data/ground.json"
MARGIN = 0.7
"""Of the longer side of the municipality, drawn of its neighbours on each side: a wide window shows no straight cut."""
NEIGHBOURS_DEGREES = 0.002
"""Bends of neighbours that are left out, about 200 m."""
MUNICIPALITY, DISTRICT, TOWN = 1, 2, 3

Ring = list[tuple[float, float]]


class Name(NamedTuple):
    """A name on the ground, where it stands (degrees, to about 10 m), and of what it is: 1 a municipality, 2 a district, 3 a town."""

    text: str
    lat: float
    lng: float
    rank: int


def ground_of(directory: Directory) -> dict[str, object]:
    """Return what ``layGround`` of map/browser/map.js draws: rings of (lat, lng) in degrees, and names, the most important first."""
    city, around, names = _outlines(directory)
    return {"city": city, "around": around, "names": [*names, *_areas(directory)]}


def _outlines(directory: Directory) -> tuple[list[Ring], list[Ring], list[Name]]:
    """Return the rings of the municipality, those of its neighbours near it, and the names of these; nothing where no outline is at hand."""
    area = directory.areas.get(directory.settings.area or "")
    outlines = directory.boundaries.outlines
    code = area.lg_code[:5] if area else ""
    if code not in outlines:
        return [], [], []
    west, south, east, north = outlines[code].bounds
    more = max(east - west, north - south) * MARGIN
    box = (west - more, south - more, east + more, north + more)
    around: list[Ring] = []
    names: list[Name] = []
    for other, outline in outlines.items():
        if other == code or not (rings := outline.rings_in(box, NEIGHBOURS_DEGREES)):
            continue
        around += [[(round(lat, 4), round(lng, 4)) for lng, lat in ring] for ring in rings]
        municipality = of_code(other)
        lng, lat = outline.middle_in(box)
        if municipality and municipality.code[:5] == other:  # not the wards beside their city
            names.append(Name(municipality.name, round(lat, 4), round(lng, 4), MUNICIPALITY))
    return directory.boundaries.drawn(code), around, names


def _areas(directory: Directory) -> Iterator[Name]:
    """Yield the names of districts, at the middle of their towns where nobody wrote a point, then those of towns."""
    for area in directory.areas.values():
        if area.level == "district":
            points = [point for one in (area, *directory.children(area.id)) if (point := one.point)]
            if points and (own := area.point):
                points = [own]
            if points:
                lat, lng = (sum(axis) / len(points) for axis in zip(*points, strict=True))
                yield Name(area.name, round(lat, 4), round(lng, 4), DISTRICT)
    for area in directory.areas.values():
        if area.level == "town" and (point := area.point):
            yield Name(area.name, round(point[0], 4), round(point[1], 4), TOWN)

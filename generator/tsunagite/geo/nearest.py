"""The nearest few of many points, for all of them at once, in a time that grows with their number alone. Pure; degrees are WGS84."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, radians, sqrt

Place = tuple[str, float, float]
"""An id, latitude and longitude."""
Point = tuple[float, float, str]
"""The same as east and north, in degrees of latitude, and the id."""
_FARTHEST = 0.64
"""About 70 km: what lies further off is not near."""
_FINEST = _FARTHEST / 2**16
"""About 1 m."""
_METRES = 111_320.0
"""Metres per degree of latitude."""
_CROWD = 3
"""A place shares its cell with about so many; where there are more, cells are made smaller."""


def metres_between(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Return the distance of two points that lie within some kilometres, in metres on a flat map."""
    return hypot(lat - other_lat, (lng - other_lng) * cos(radians((lat + other_lat) / 2))) * _METRES


def nearest(among: Sequence[Place], asked: Iterable[Place], count: int) -> Mapping[str, tuple[str, ...]]:
    """Return, for the id of each place ``asked`` for, up to ``count`` others ``among`` some: nearest first, equally near ones by id.

    Places are dealt to the cells of a grid. The nearest in a place's own cell and the eight around it are the nearest of all
    where they lie no further off than a cell is wide; for the others the cells are made twice as wide, again and again.
    """
    if not among:
        return {}
    # Metres per degree shrink east-west with latitude; scaling the longitude once makes distances comparable.
    scale = cos(radians(sum(lat for _, lat, _ in among) / len(among)))
    spots = Counter[tuple[float, float]]()
    seen = []  # of many places on one spot, the first few are enough for everybody
    for point in sorted((lng * scale, lat, place_id) for place_id, lat, lng in among):
        spots[point[:2]] += 1
        if spots[point[:2]] <= count + 1:
            seen.append(point)
    waiting = [(lng * scale, lat, place_id) for place_id, lat, lng in asked]
    width = _first_width(seen)
    found: dict[str, tuple[str, ...]] = {}
    while waiting:
        cells, later = _dealt(seen, width), []
        for (east, north), inside in _dealt(waiting, width).items():
            around = [
                point for dx in (-1, 0, 1) for dy in (-1, 0, 1) for point in cells.get((east + dx, north + dy), ())
            ]
            for point in inside:
                x, y, own = point
                ranked = sorted(
                    [((x - a) * (x - a) + (y - b) * (y - b), other) for a, b, other in around if other != own]
                )[:count]
                if width < _FARTHEST and (len(ranked) < count or ranked[-1][0] > width * width):
                    later.append(point)
                else:
                    found[own] = tuple([other for distance, other in ranked if distance <= _FARTHEST**2])
        waiting, width = later, min(width * 2, _FARTHEST)
    return found


def _dealt(points: Iterable[Point], width: float) -> dict[tuple[int, int], list[Point]]:
    """Return the points of every cell that holds any."""
    cells: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        cells.setdefault((int(point[0] // width), int(point[1] // width)), []).append(point)
    return cells


def _first_width(points: Sequence[Point]) -> float:
    """Return how wide cells are when a place shares its own with a few others, wherever the points crowd."""
    east, north = [x for x, _, _ in points], [y for _, y, _ in points]
    area = (max(east) - min(east)) * (max(north) - min(north))
    width = min(max(sqrt(area * _CROWD / len(points)), _FINEST), _FARTHEST)
    while width > _FINEST and sum(len(inside) ** 2 for inside in _dealt(points, width).values()) > _CROWD * 2 * len(
        points
    ):
        width /= 2
    return width

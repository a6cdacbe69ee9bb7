"""The one door to shapely: outlines that hold points, and the nearest of many points. Pure; degrees are WGS84."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, dist, radians
from typing import Any

import shapely
from shapely import STRtree, prepare
from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.ops import unary_union


class Outline:
    """The outline of a municipality, widened by a tolerance (degrees)."""

    def __init__(self, geometries: Iterable[dict[str, Any]], tolerance: float) -> None:
        """Join GeoJSON geometries. Raises ValueError for geometries that cannot be read."""
        try:
            self._drawn = unary_union([shape(geometry) for geometry in geometries])
            self._area = self._drawn.buffer(tolerance)
        except (ShapelyError, TypeError, KeyError, AttributeError, IndexError) as problem:
            raise ValueError(str(problem)) from problem
        prepare(self._area)

    def holds(self, lat: float, lng: float) -> bool:
        """Tell whether a point lies inside."""
        return bool(self._area.contains(Point(lng, lat)))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the outline itself, without the tolerance."""
        west, south, east, north = self._drawn.bounds
        return west, south, east, north

    def rings_in(self, box: tuple[float, float, float, float], detail: float) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return the outline inside ``box`` (west, south, east, north) as closed rings of (lng, lat), outer ones and holes.

        Bends smaller than ``detail`` (degrees) are left out, and so are islands smaller than its square.
        """
        inside = self._drawn.intersection(shapely.box(*box)).simplify(detail)
        parts = [part for part in getattr(inside, "geoms", [inside]) if part.geom_type == "Polygon" and part.area > detail**2]
        return tuple(tuple((x, y) for x, y, *_ in ring.coords) for part in parts for ring in (part.exterior, *part.interiors))

    def rings(self, coarse: float) -> list[list[tuple[float, float]]]:
        """Return the outer rings for drawing as (lat, lng), without what is smaller than ``coarse`` degrees."""
        simple = self._drawn.simplify(coarse)
        parts = [part for part in getattr(simple, "geoms", [simple]) if part.area > coarse * coarse]
        return [[(round(lat, 4), round(lng, 4)) for lng, lat, *_ in part.exterior.coords] for part in sorted(parts, key=lambda one: -one.area)]


class Neighbours:
    """Finds the nearest of many (id, lat, lng) in about constant time each."""

    _FIRST_RADIUS = 0.01  # about 1 km; doubled until enough are found
    _LAST_RADIUS = 0.64  # about 60 km: further is not near

    def __init__(self, points: Sequence[tuple[str, float, float]]) -> None:
        self._ids = [point_id for point_id, _, _ in points]
        # Metres per degree shrink east-west with latitude; scaling the longitude once makes distances comparable.
        self._scale = cos(radians(sum(lat for _, lat, _ in points) / len(points))) if points else 1.0
        self._points = [(lng * self._scale, lat) for _, lat, lng in points]
        self._tree = STRtree(shapely.points(self._points))

    def near(self, lat: float, lng: float, count: int, leave_out: str = "") -> tuple[str, ...]:
        """Return up to ``count`` ids, nearest first; equal distances in order of id."""
        x, y, points = lng * self._scale, lat, self._points
        radius = self._FIRST_RADIUS
        while True:
            found = self._tree.query(shapely.box(x - radius, y - radius, x + radius, y + radius)).tolist()
            ranked = sorted((dist((x, y), points[i]), self._ids[i]) for i in found)
            within = [point_id for distance, point_id in ranked if point_id != leave_out and distance <= radius]
            if len(within) >= count or radius >= self._LAST_RADIUS:
                return tuple(within[:count])
            radius *= 2

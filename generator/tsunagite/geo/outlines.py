"""The one door to shapely: outlines that hold points. Pure; degrees are WGS84."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from shapely import prepare
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

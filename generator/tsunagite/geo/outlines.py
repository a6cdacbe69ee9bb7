"""The one door to shapely: outlines and regions that hold points. Pure; degrees are WGS84."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
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

    def rings_in(
        self, box: tuple[float, float, float, float], detail: float
    ) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return the outline inside ``box`` (west, south, east, north) as closed rings of (lng, lat), outer ones and holes.

        Bends smaller than ``detail`` (degrees) are left out, and so are islands smaller than its square.
        """
        inside = self._drawn.intersection(shapely.box(*box)).simplify(detail)
        parts = [
            part for part in getattr(inside, "geoms", [inside]) if part.geom_type == "Polygon" and part.area > detail**2
        ]
        return tuple(
            tuple((x, y) for x, y, *_ in ring.coords) for part in parts for ring in (part.exterior, *part.interiors)
        )

    def middle_in(self, box: tuple[float, float, float, float]) -> tuple[float, float]:
        """Return a point (lng, lat) of the part inside ``box`` (west, south, east, north), near its middle."""
        point = self._drawn.intersection(shapely.box(*box)).representative_point()
        return point.x, point.y

    def rings(self, coarse: float) -> list[list[tuple[float, float]]]:
        """Return the outer rings for drawing as (lat, lng), without what is smaller than ``coarse`` degrees."""
        simple = self._drawn.simplify(coarse)
        parts = [part for part in getattr(simple, "geoms", [simple]) if part.area > coarse * coarse]
        return [
            [(round(lat, 4), round(lng, 4)) for lng, lat, *_ in part.exterior.coords]
            for part in sorted(parts, key=lambda one: -one.area)
        ]


METRES_PER_DEGREE = 111_200
"""Of latitude; of longitude it is multiplied by the cosine of the latitude (good to 0.5 % in Japan)."""


@dataclass(frozen=True)
class Holding:
    """A region that a point lies in, or whose edge is near it: its name, whether it holds the point, metres from the point to its edge."""

    name: str
    inside: bool
    metres: float


class Regions:
    """Named polygons: which of them hold a point. Parts of one name are one region."""

    def __init__(self, geometries: Mapping[str, Sequence[dict[str, Any]]]) -> None:
        """Read GeoJSON polygons by name; rings that cross themselves are mended. Raises ValueError for geometries that cannot be read."""
        try:
            self._areas = {
                name: shapely.make_valid(unary_union([shapely.make_valid(shape(one)) for one in parts]))
                for name, parts in geometries.items()
            }
        except (ShapelyError, TypeError, KeyError, AttributeError, IndexError) as problem:
            raise ValueError(str(problem)) from problem
        for area in self._areas.values():
            prepare(area)

    def at(self, lat: float, lng: float, near: float) -> list[Holding]:
        """Return the regions that hold a point (degrees), and those whose edge lies within ``near`` metres of it, in the given order."""
        point, found = Point(lng, lat), []
        reach = near / METRES_PER_DEGREE / max(cos(radians(lat)), 0.01)
        for name, area in self._areas.items():
            if area.covers(point) or area.dwithin(point, reach):
                metres = _metres_to(area.boundary, lat, lng)
                if area.covers(point) or metres <= near:
                    found.append(Holding(name, bool(area.covers(point)), metres))
        return found


def _metres_to(line: Any, lat: float, lng: float) -> float:
    """Return the metres from a point (degrees) to a line, on a flat map around the point."""
    east = METRES_PER_DEGREE * cos(radians(lat))
    flat = shapely.transform(line, lambda points: (points - (lng, lat)) * (east, METRES_PER_DEGREE))
    return float(flat.distance(Point(0, 0)))

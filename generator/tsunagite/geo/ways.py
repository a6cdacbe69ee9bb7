"""Streets, railways, stations and bus stops near a place: what the maps on paper are drawn with. Pure; degrees are WGS84."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ROAD, RAIL, STATION, BUS_STOP = "road", "rail", "station", "bus_stop"
SOURCES = {RAIL: "鉄道", STATION: "鉄道", BUS_STOP: "バス停留所", ROAD: "道路"}
"""What each is called in 国土数値情報 (N02, P11, N13)."""

Sight = tuple[float, float]
"""Latitude and longitude in degrees."""
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""


@dataclass(frozen=True)
class Way:
    """A line or a point of an extract. ``kind`` is one of the four above; ``box`` is what it covers."""

    kind: str
    name: str
    points: tuple[Sight, ...]
    box: Box

    @classmethod
    def of(cls, kind: str, name: str, points: tuple[Sight, ...]) -> Way:
        """Make one from its points. Raises ValueError without any."""
        lats, lngs = [lat for lat, _ in points], [lng for _, lng in points]
        return cls(kind, name, points, (min(lngs), min(lats), max(lngs), max(lats)))

    def meets(self, box: Box) -> bool:
        """Tell whether the box of this way and another share anything."""
        return self.box[0] <= box[2] and box[0] <= self.box[2] and self.box[1] <= box[3] and box[1] <= self.box[3]


@dataclass(frozen=True)
class Ways:
    """All that an extract holds."""

    found: tuple[Way, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The data sets they were taken from, to be named on the paper."""
        kinds = {way.kind for way in self.found}
        return tuple(dict.fromkeys(name for kind, name in SOURCES.items() if kind in kinds))

    def within(self, box: Box, *kinds: str) -> tuple[Way, ...]:
        """Return those of some kinds that meet a box."""
        return tuple(way for way in self.found if way.kind in kinds and way.meets(box))


def ways_of_extract(features: Iterable[dict[str, Any]]) -> tuple[Way, ...]:
    """Read the features of an extract that ``tsunagite areas ways`` wrote. Raises KeyError, TypeError or ValueError for others."""
    return tuple(
        Way.of(
            str(one["properties"]["way"]),
            str(one["properties"].get("name", "")),
            tuple(
                (float(lat), float(lng))
                for lng, lat, *_ in (
                    [one["geometry"]["coordinates"]]
                    if one["geometry"]["type"] == "Point"
                    else one["geometry"]["coordinates"]
                )
            ),
        )
        for one in features
        if "way" in one["properties"]
    )


def ways_of_published(features: Iterable[dict[str, Any]], box: Box) -> tuple[Way, ...]:
    """Return what is drawn of published features of 国土数値情報 (N02, P11, N13 as GeoJSON) that meet a box.

    Of N13 the streets that are wide enough to walk by: national and prefectural ones, and others from 5.5 metres of width on; no
    expressways, no paths, nothing under construction. Raises KeyError, TypeError or ValueError for broken geometries.
    """
    found: dict[tuple[str, str, tuple[Sight, ...]], Way] = {}
    for one in features:
        if (sort := _sort(one["properties"])) is None:
            continue
        kind, name = sort
        for line in _lines(one["geometry"]):
            points = _middle(line) if kind == STATION else line
            way = Way.of(kind, name, points)
            if way.meets(box):
                found.setdefault((kind, name, points), way)
    return tuple(found.values())


def _sort(told: dict[str, Any]) -> tuple[str, str] | None:
    """Return the kind and the name of a published feature by its attributes; None of what is not drawn."""
    if told.get("N02_005"):
        return STATION, str(told["N02_005"])
    if "N02_003" in told:
        return RAIL, str(told["N02_003"] or "")
    if told.get("P11_001"):
        return BUS_STOP, str(told["P11_001"])
    if "N13_003" in told:
        sort, rank, state, width = (str(told.get(f"N13_00{number}", "")) for number in (2, 3, 4, 6))
        if sort == "1" and state != "5" and (rank in ("1", "2") or (rank == "3" and width in ("3", "4", "5"))):
            return ROAD, ""
    return None


def _lines(geometry: dict[str, Any]) -> tuple[tuple[Sight, ...], ...]:
    """Return the points of a geometry as lines of (lat, lng), to about a metre."""
    nested = {"Point": [[geometry["coordinates"]]], "LineString": [geometry["coordinates"]]}
    lines = nested.get(geometry["type"], geometry["coordinates"])
    return tuple(tuple((round(float(lat), 5), round(float(lng), 5)) for lng, lat, *_ in line) for line in lines)


def _middle(line: tuple[Sight, ...]) -> tuple[Sight, ...]:
    """Return the middle of a platform, which N02 draws as a line."""
    return (line[len(line) // 2],)


def extract_of(ways: Iterable[Way]) -> dict[str, Any]:
    """Return ways as GeoJSON, in one order, so that the same data are the same file."""
    ordered = sorted(ways, key=lambda way: (way.kind, way.name, way.points))
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"way": way.kind, **({"name": way.name} if way.name else {})},
                "geometry": {"type": "Point", "coordinates": _degrees(way.points[0])}
                if way.kind in (STATION, BUS_STOP)
                else {"type": "LineString", "coordinates": [_degrees(point) for point in way.points]},
            }
            for way in ordered
        ],
    }


def _degrees(point: Sight) -> list[float]:
    return [point[1], point[0]]

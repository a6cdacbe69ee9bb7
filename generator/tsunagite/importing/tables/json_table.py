"""Lists in JSON as tables: GeoJSON, HSDS (Open Referral), answers of catalogues, and any list of objects, also one a line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error, notice, warning
from tsunagite.geo.tokyo_datum import from_tokyo_datum
from tsunagite.importing.tables.table_file import MAX_BYTES, Grid, Row, clean_grid

JSON_SUFFIXES = (".json", ".geojson", ".ndjson", ".jsonl", ".geojsonl")
MAX_DEPTH = 40
MAX_WRAPPING = 5
"""How deep a list may lie in what is wrapped around it (CKAN: result.records)."""
_LISTS = ("contents", "services.csv", "services", "records", "features", "resultset", "results", "items", "data")
_OF_A_CATALOGUE = ("_id", "_full_text", "rank")  # columns that CKAN adds to every row
_POINTS = (("緯度", "経度"), ("latitude", "longitude"), ("lat", "lng"), ("lat", "lon"))
_WEB_MERCATOR = re.compile(r"(?:EPSG:{1,2}|/)(?:3857|900913)\b")
_TOKYO = re.compile(r"(?:EPSG:{1,2}|/)4301\b")
_DEGREES = re.compile(r"CRS:?:?84|(?:EPSG:{1,2}|/)(?:4326|4612|6668|4979|6697)\b")
_EARTH = 6378137.0  # metres: the radius of Web Mercator
_DAYS = {"MO": "月", "TU": "火", "WE": "水", "TH": "木", "FR": "金", "SA": "土", "SU": "日"}


def is_json(path: Path) -> bool:
    """Tell whether a file is called as JSON is."""
    return path.suffix.lower() in JSON_SUFFIXES


def read_json_grid(path: Path, name: str) -> tuple[Grid | None, list[Finding]]:
    """Read a JSON list as rows of text, the first being the header. The grid is None exactly when a finding is an error."""
    if not path.is_file():
        return None, [error("I101", SourceLocation(name))]
    size = path.stat().st_size
    if size > MAX_BYTES:
        return None, [error("I102", SourceLocation(name), size=f"{size:,}", limit=f"{MAX_BYTES:,}")]
    place = SourceLocation(name, line=1, column=1)
    value, unread = _value(path, name)
    if unread:
        return None, [unread]
    found, around = _list_in(value)
    total, count = _total(around), len(found)
    if not found or total > count:
        return None, [error("I222", place, total=f"{total:,}", count=f"{count:,}") if found else error("I182", place)]
    return grid_of_objects(found, name, _crs_of(around), "json")


def grid_of_objects(
    found: list[dict[str, Any]], name: str, crs: str = "", form: str = "kml"
) -> tuple[Grid, list[Finding]]:
    """Return objects (features of GeoJSON, services of HSDS, any others) as rows; their points are in the coordinates ``crs``."""
    grid, findings = clean_grid(_grid([_row(one, crs) for one in found], form), SourceLocation(name))
    return grid, [*findings, *_geometry_findings(found, crs, SourceLocation(name))]


def _value(path: Path, name: str) -> tuple[Any, Finding | None]:
    """Return what a file says, a list of objects where it has one a line; or why it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None, error("I103", SourceLocation(name, line=1, column=1), guess="?")
    try:
        return json.loads(text), None
    except (ValueError, RecursionError) as problem:
        by_line = _objects_by_line(text)
        if by_line is not None:
            return by_line, None
        where = SourceLocation(name, line=getattr(problem, "lineno", 1), column=getattr(problem, "colno", 1))
        return None, error("I181", where, detail=str(problem)[:100])


def _objects_by_line(text: str) -> list[Any] | None:
    """Return the objects of a file with one a line (NDJSON, GeoJSON text sequences); None where any line is something else."""
    lines = [line.strip("\x1e \t\r") for line in text.split("\n")]
    try:
        objects = [json.loads(line) for line in lines if line]
    except (ValueError, RecursionError):
        return None
    return objects if len(objects) > 1 and all(isinstance(one, dict) for one in objects) else None


def _list_in(value: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the rows of a list, however deep it is wrapped, and the object that holds it ({} without one)."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)], {}
    if not isinstance(value, dict):
        return [], {}
    if value.get("type") == "Feature" or _is_service(value):
        return [value], {}
    level = [value]
    for _ in range(MAX_WRAPPING):
        named = [(key, one[key], one) for key in _LISTS for one in level if _is_list_of_objects(one.get(key))]
        others = [
            (key, inner, one)
            for one in level
            for key, inner in one.items()
            if _is_list_of_objects(inner) and key != "fields"
        ]
        if named:
            _, rows, around = named[0]
            return [one for one in _with_names(rows, around) if isinstance(one, dict)], around
        if others:
            _, rows, around = max(others, key=lambda one: len(one[1]))
            return [one for one in rows if isinstance(one, dict)], around
        level = [inner for one in level for inner in one.values() if isinstance(inner, dict)]
    return [], {}


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict | list) for one in value)


def _with_names(rows: list[Any], around: dict[str, Any]) -> list[Any]:
    """Return rows of values (CKAN with records_format=lists) as objects; rows of a catalogue lose the columns it added."""
    fields = around.get("fields")
    names = [str(one.get("id", "")) for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []
    named = [dict(zip(names, one, strict=False)) if isinstance(one, list) else one for one in rows]
    return (
        [
            {key: value for key, value in one.items() if key not in _OF_A_CATALOGUE}
            for one in named
            if isinstance(one, dict)
        ]
        if names
        else named
    )


def _total(around: dict[str, Any]) -> int:
    """Return how many rows the publisher has, where an answer says so; 0 where it does not."""
    return next(
        (around[key] for key in ("total", "numberMatched", "total_items") if isinstance(around.get(key), int)), 0
    )


def _row(one: dict[str, Any], crs: str) -> dict[str, str]:
    if one.get("type") == "Feature":
        return _feature(one, crs)
    return _service(one) if _is_service(one) else dict(_flat(one))


def _grid(rows: list[dict[str, str]], form: str) -> Grid:
    header = tuple(dict.fromkeys(key for row in rows for key in row))
    lines = [header, *(tuple(row.get(key, "") for key in header) for row in rows)]
    return Grid(tuple(Row(number, cells) for number, cells in enumerate(lines, start=1)), form)


def _feature(feature: dict[str, Any], crs: str) -> dict[str, str]:
    """Return the properties of a feature, and its point where they do not have one: in their own columns, if they have those."""
    properties = feature.get("properties")
    row = dict(_flat(properties if isinstance(properties, dict) else {}))
    point = _degrees(_point_of(feature), crs)
    lat, lng = next((names for names in _POINTS if set(names) <= set(row)), ("latitude", "longitude"))
    if point and not row.get(lat) and not row.get(lng):
        row = {
            lat: _text(point[0]),
            lng: _text(point[1]),
            **{key: text for key, text in row.items() if key not in (lat, lng)},
        }
    return row


def _point_of(feature: dict[str, Any]) -> tuple[float, float] | None:
    """Return (second, first) coordinate of a feature that is one point."""
    geometry = feature.get("geometry")
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if (
        isinstance(geometry, dict)
        and geometry.get("type") == "MultiPoint"
        and isinstance(coordinates, list)
        and len(coordinates) == 1
    ):
        coordinates = coordinates[0]
    elif not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    if (
        isinstance(coordinates, list)
        and len(coordinates) >= 2
        and all(isinstance(one, int | float) for one in coordinates[:2])
    ):
        return coordinates[1], coordinates[0]
    return None


def _crs_of(around: dict[str, Any]) -> str:
    """Return the name of the coordinates that a FeatureCollection names (GeoJSON of 2008); "" for degrees of WGS 84."""
    crs = around.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    return "" if _DEGREES.search(name) else name


def _degrees(point: tuple[float, float] | None, crs: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees of WGS 84; None for coordinates that are not converted here."""
    if point is None:
        return None
    y, x = point
    if _WEB_MERCATOR.search(crs):
        return round(math.degrees(2 * math.atan(math.exp(y / _EARTH)) - math.pi / 2), 7), round(
            math.degrees(x / _EARTH), 7
        )
    if _TOKYO.search(crs):
        lat, lng = from_tokyo_datum(y, x)
        return round(lat, 7), round(lng, 7)
    return None if crs or abs(x) > 180 or abs(y) > 180 else point


def _geometry_findings(rows: list[dict[str, Any]], crs: str, place: SourceLocation) -> Iterator[Finding]:
    """Say which features have no point that could be used, and which coordinates were converted."""
    features = [one for one in rows if one.get("type") == "Feature"]
    points = [point for one in features if (point := _point_of(one))]
    shapes = sum(isinstance(one.get("geometry"), dict) for one in features) - len(points)
    if shapes:
        yield warning("I220", place, count=shapes)
    unread = sum(_degrees(point, crs) is None for point in points)
    if unread:
        yield warning("I221", place, count=unread, crs=crs or "?")
    elif crs and points:
        yield notice("I223", place, count=len(points), crs=crs)


def _flat(value: dict[str, Any], head: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield (key, text) of an object; keys of objects inside are joined with a dot, lists of plain values with 、."""
    for key, inner in value.items():
        name = f"{head}{key}"
        if isinstance(inner, dict) and depth < MAX_DEPTH:
            yield from _flat(inner, f"{name}.", depth + 1)
        elif isinstance(inner, list):
            yield name, "、".join(_text(one) for one in inner if not isinstance(one, dict | list))
        else:
            yield name, _text(inner)


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


# HSDS 3.0 and 3.1: a service with its organization, its locations and when it is open.


def _is_service(value: dict[str, Any]) -> bool:
    """Tell whether an object is a service, an organization or a location of HSDS."""
    known = {"service_at_locations", "organization", "schedules", "location_type", "locations", "services", "service",
             "eligibility_description", "fees_description", "interpretation_services", "legal_status"}  # fmt: skip
    return isinstance(value.get("id"), str) and bool(known & set(value))


def _service(value: dict[str, Any]) -> dict[str, str]:
    inner = value.get("service")
    service = inner if isinstance(inner, dict) else value
    places = [one.get("location") for one in _objects(service, "service_at_locations")]
    place = next(
        (
            one
            for one in (value.get("location"), *places, *_objects(value, "locations"), value)
            if isinstance(one, dict)
        ),
        {},
    )
    address = next(iter(_objects(place, "addresses")), {})
    parts = ("state_province", "region", "city", "address_1", "address_2")
    organization = service.get("organization")
    phones = [*_objects(service, "phones"), *_objects(value, "phones"), *_objects(place, "phones")]
    schedules = [*_objects(service, "schedules"), *_objects(value, "schedules")]
    row = {
        "id": value.get("id"),
        "name": service.get("name") or place.get("name"),
        "alternate_name": service.get("alternate_name"),
        "description": service.get("description") or value.get("description"),
        "url": service.get("url") or service.get("website"),
        "email": service.get("email"),
        "status": service.get("status"),
        "organization": organization.get("name") if isinstance(organization, dict) else "",
        "address": "".join(_text(address.get(key)) for key in dict.fromkeys(parts)),
        "postal_code": address.get("postal_code"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "phones": "\n".join(dict.fromkeys(_text(one.get("number")).strip('"') for one in phones)),
        "hours": "\n".join(dict.fromkeys(filter(None, map(_schedule, schedules)))),
        "fees": service.get("fees_description"),
        "eligibility": service.get("eligibility_description"),
        "application_process": service.get("application_process"),
        "licence": service.get("licenses"),
    }
    return {f"hsds:{key}": _text(one) for key, one in row.items()}


def _objects(value: dict[str, Any], key: str) -> Iterable[dict[str, Any]]:
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _schedule(one: dict[str, Any]) -> str:
    """Return one line: weekdays, times, and what else is said."""
    days = "".join(_DAYS.get(day.strip()[-2:], "") for day in _text(one.get("byday")).split(",") if day.strip())
    times = "～".join(_text(one.get(key))[:5] for key in ("opens_at", "closes_at") if one.get(key))
    said = next((_text(one.get(key)) for key in ("description", "notes") if one.get(key)), "")
    return " ".join(filter(None, (days, times, said)))

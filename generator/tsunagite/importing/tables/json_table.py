"""Lists in JSON as tables: GeoJSON, HSDS (Open Referral), and any list of objects. A table is a table, whatever it came in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, Place, error
from tsunagite.importing.tables.table_file import MAX_BYTES, Grid, Row, cleaned

MAX_DEPTH = 40
_DAYS = {"MO": "月", "TU": "火", "WE": "水", "TH": "木", "FR": "金", "SA": "土", "SU": "日"}


def is_json(path: Path) -> bool:
    """Tell whether a file is called as JSON is."""
    return path.suffix.lower() in (".json", ".geojson")


def read_json_grid(path: Path, name: str) -> tuple[Grid | None, list[Finding]]:
    """Read a JSON list as rows of text, the first being the header. The grid is None exactly when a finding is an error."""
    if not path.is_file():
        return None, [error("I101", Place(name))]
    size = path.stat().st_size
    if size > MAX_BYTES:
        return None, [error("I102", Place(name), size=f"{size:,}", limit=f"{MAX_BYTES:,}")]
    place = Place(name, line=1, column=1)
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return None, [error("I103", place, guess="?")]
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        return None, [error("I181", Place(name, line=line, column=getattr(problem, "colno", 1)), detail=str(problem)[:100])]
    rows = list(_rows(value))
    if not rows:
        return None, [error("I182", place)]
    return cleaned(_grid(rows), Place(name))


def _rows(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        yield from map(_feature, (one for one in value.get("features") or () if isinstance(one, dict)))
        return
    if isinstance(value, dict) and _is_service(value):
        value = [value]
    if isinstance(value, dict):
        lists = [one for one in value.values() if isinstance(one, list) and one and all(isinstance(i, dict) for i in one)]
        named = next((value[key] for key in ("contents", "services.csv", "services") if isinstance(value.get(key), list)), None)
        value = named or max(lists, key=len, default=[])
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield _service(item) if _is_service(item) else dict(_flat(item))


def _grid(rows: list[dict[str, str]]) -> Grid:
    header = tuple(dict.fromkeys(key for row in rows for key in row))
    lines = [header, *(tuple(row.get(key, "") for key in header) for row in rows)]
    return Grid(tuple(Row(number, cells) for number, cells in enumerate(lines, start=1)), "json")


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    """Return the properties of a feature, and its point where they do not have one."""
    properties = feature.get("properties")
    row = dict(_flat(properties if isinstance(properties, dict) else {}))
    geometry = feature.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if isinstance(point, list) and len(point) >= 2:
        row = {"latitude": _text(point[1]), "longitude": _text(point[0]), **row}
    return row


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
    place = next((one for one in (value.get("location"), *places, *_objects(value, "locations"), value) if isinstance(one, dict)), {})
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

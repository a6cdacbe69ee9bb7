"""Places on a map (KML of Google Maps and of GIS programs) as a table: names, remarks, their own columns, and points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.importing.tables.json_table import grid_of_objects
from tsunagite.importing.tables.table_file import MAX_BYTES, Grid

_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track")
_OWN = (
    "name",
    "description",
    "address",
    "phoneNumber",
    "snippet",
)  # elements of a Placemark that say something to people


def read_kml_grid(path: Path, name: str) -> tuple[Grid | None, list[Finding]]:
    """Read the places of a KML file (OGC 12-007r2), one row a Placemark. The grid is None exactly when a finding is an error."""
    place = SourceLocation(name)
    size = path.stat().st_size
    if size > MAX_BYTES:
        return None, [error("I102", place, size=f"{size:,}", limit=f"{MAX_BYTES:,}")]
    try:
        root = fromstring(path.read_bytes(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        return None, [error("I233", place, detail=f"{type(problem).__name__}: {problem}".splitlines()[0][:100])]
    features = [_feature(one, folder) for folder, one in _placemarks(root, "")]
    return grid_of_objects(features, name) if features else (None, [error("I227", place)])


def _placemarks(element: Element, folder: str) -> Iterator[tuple[str, Element]]:
    """Yield every Placemark with the name of the layer it lies in; how deep layers lie is bounded by the parser."""
    todo = [(element, folder)]
    while todo:
        one, layer = todo.pop()
        if _tag(one) == "Placemark":
            yield layer, one
            continue
        named = _text_of(one, "name") if _tag(one) == "Folder" else layer
        todo += [(child, named) for child in reversed(one)]


def _feature(placemark: Element, folder: str) -> dict[str, Any]:
    """Return a Placemark as a feature of GeoJSON: its properties are its own columns, and what KML itself says of it."""
    own = {key: text for key in _OWN if (text := _text_of(placemark, key))}
    data: dict[str, str] = {}
    for one in placemark.iter():
        if _tag(one) == "Data":
            data[one.get("name", "")] = _text_of(one, "value")
        elif _tag(one) == "SimpleData":
            data[one.get("name", "")] = (one.text or "").strip()
    shape = next((one for one in placemark.iter() if _tag(one) in _SHAPES), None)
    geometry: dict[str, Any] | None = None
    if shape is not None:
        geometry = {"type": _tag(shape), "coordinates": _point(shape) if _tag(shape) == "Point" else []}
    properties = {**own, **({"Folder": folder} if folder else {}), **{key: text for key, text in data.items() if key}}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _point(shape: Element) -> list[float]:
    """Return longitude and latitude in degrees, as KML writes them: 134.05,34.34,0."""
    try:
        return [float(part) for part in _text_of(shape, "coordinates").split(",")[:2]]
    except ValueError:
        return []


def _text_of(element: Element, tag: str) -> str:
    return next(((child.text or "").strip() for child in element if _tag(child) == tag), "")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]

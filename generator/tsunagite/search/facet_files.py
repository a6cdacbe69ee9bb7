"""The columns by which a search is narrowed, and the places of its records: files that only the search page fetches."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact
from tsunagite.search.facets import FacetColumn, FacetsView
from tsunagite.search.index import written_numbers
from tsunagite.site.opening import opening_of

APART = ("hours", "place", "access", "verified")
"""Columns that weigh kilobytes (an entry or a place of its own for many records): each is a file, fetched when it decides."""
LIFT = ("hours", "verified")
LIFT_PART = 1024
"""Records of a file of columns that put records before their equals (browser/result_lift.js): those of a kind lie together, so a search needs one or two."""


def facets(view: FacetsView) -> Iterator[Artifact]:
    """Yield search/facets.json, the columns and the order that lie apart, and search/points.json for "near" and the map."""
    columns = view.columns()
    hours = columns["hours"]
    columns["hours"] = FacetColumn(tuple(map(opening_of, hours.table)), hours.of)
    written = {name: {"table": column.table, "of": written_numbers(column.of)} for name, column in columns.items()}
    for start in range(0, len(view.resources), LIFT_PART):
        part = {name: _part_of(columns[name], start) for name in LIFT}
        yield Artifact.json(f"search/columns/lift/{start // LIFT_PART}.json", part)
    for name in APART:
        yield Artifact.json(f"search/columns/{name}.json", written.pop(name))
    yield Artifact.json(
        "search/facets.json", {"count": len(view.resources), "values": view.values(), "columns": written}
    )
    starts, order = view.order()
    yield Artifact.json("search/columns/order.json", {"starts": starts, "of": written_numbers(order)})
    lat, lng, corner = view.points()
    places = [[list(place.spellings), place.lat, place.lng] for place in view.places()]
    yield Artifact.json(
        "search/points.json",
        {"corner": corner, "lat": written_numbers(lat), "lng": written_numbers(lng), "areas": places},
    )


def _part_of(column: FacetColumn, start: int) -> dict[str, object]:
    """Return the entries of some records, with a table of their own."""
    entries = column.of[start : start + LIFT_PART]
    places = {entry: place for place, entry in enumerate(dict.fromkeys(entries))}
    of = written_numbers([places[entry] for entry in entries])
    return {"table": [column.table[entry] for entry in places], "of": of}

"""The columns by which a search is narrowed, and the places of its records: two files that only the search page fetches."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tsunagite.outputs.artifact import Artifact, Frame
from tsunagite.outputs.search_index import written_numbers
from tsunagite.text.holidays import holidays_from
from tsunagite.views.facets import Column, opening_of
from tsunagite.views.site import SiteView


def facets(site: SiteView, frame: Frame) -> Iterator[Artifact]:
    """Yield search/facets.json, and search/points.json, which is fetched for "near" and for the map only."""
    view = site.facets
    columns = view.columns()
    hours = columns["hours"]
    columns["hours"] = Column(tuple(map(opening_of, hours.table)), hours.of)
    starts, order = view.order()
    data = {
        "count": len(view.resources),
        "values": view.values(),
        "columns": {name: {"table": column.table, "of": written_numbers(column.of)} for name, column in columns.items()},
        "holidays": holidays_from(site.today.year),
        "starts": starts,
        "order": written_numbers(order),
    }
    yield Artifact("search/facets.json", _json(data))
    lat, lng, corner = view.points()
    places = [[list(place.spellings), place.lat, place.lng] for place in view.places()]
    yield Artifact("search/points.json", _json({"corner": corner, "lat": written_numbers(lat), "lng": written_numbers(lng), "areas": places}))



def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

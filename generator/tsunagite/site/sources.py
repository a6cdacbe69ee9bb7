"""SourceView: where the data come from, and under which licence."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagite.records.directory import Directory
from tsunagite.text.dates import NO_DAY, japanese_date


@dataclass(frozen=True)
class SourceView:
    """A list that records were imported from, or a layer of areas."""

    name: str
    owner: str
    data_date: str
    licence: str
    licence_url: str
    credit: str
    url: str


def source_rows(directory: Directory) -> tuple[SourceView, ...]:
    """Return every list that records and layers of areas come from, for the page of sources."""
    records = [
        SourceView(
            s.name,
            s.owner,
            f"{japanese_date(s.data_date)}時点" if s.data_date else NO_DAY,
            s.licence,
            s.licence_url or "",
            s.credit,
            s.url or "",
        )
        for s in directory.sources.values()
    ]
    layers = [
        SourceView(one.name, placed.record.municipality, one.as_of, one.licence, "", one.credit, one.url or "")
        for placed in directory.placed_area_lists
        for one in placed.record.layers.values()
    ]
    return (*records, *layers)

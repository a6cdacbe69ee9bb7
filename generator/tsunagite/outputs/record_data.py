"""The records as data for the visitor's own list and for pages without a network: some sixteen to a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from tsunagite.outputs.artifact import Artifact, Draft, Frame
from tsunagite.views.record import RecordParts
from tsunagite.views.record_data import record_data, record_files
from tsunagite.views.site import SiteView

FOLDER = "data/records"


def records_as_data(site: SiteView, frame: Frame) -> Iterator[Draft]:
    """Yield every file of records; only those of edited records are made again."""
    for number, records in record_files(site):
        path = f"{FOLDER}/{number}.json"
        yield Draft(path, site.prints.of(site.surroundings_print, records), partial(_file, site, path, records))


def _file(site: SiteView, path: str, records: tuple[RecordParts, ...]) -> Artifact:
    content = {parts.resource.id: record_data(site.record(parts), parts.resource) for parts in records}
    return Artifact(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())

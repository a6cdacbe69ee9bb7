"""What a list said when it was last imported: one file per list, one line per record, so that a change is one changed line.

``resources/sources/snapshots/<source id>.json`` holds under ``records`` the values imported, by record id; under ``rows``
what tells the rows apart that went into records of other lists, by the id each would have. It lets a second import tell
what the list changed from what people changed, and keeps ids with their rows when a list is numbered anew. Ids of rows
that are gone stay, so that none is used twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.records.yaml.staged_files import inside

SNAPSHOTS = "resources/sources/snapshots"
Values = dict[str, Any]
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass
class Snapshot:
    """Values by record id, and rows of other records by the id they would have (``into``: the record's id)."""

    records: dict[str, Values] = field(default_factory=dict)
    rows: dict[str, Values] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the list was never imported."""
        return not self.records and not self.rows


def snapshot_name(source_id: str) -> str:
    """Return the name of the file, seen from the site."""
    return f"{SNAPSHOTS}/{source_id}.json"


def read_snapshot(root: Path, source_id: str) -> tuple[Snapshot, list[Finding]]:
    """Read what a list said last time (nothing, where it was never imported). A damaged file is a finding."""
    name = snapshot_name(source_id)
    path = root / name
    if not path.exists():
        return Snapshot(), []
    damaged = [error("I123", SourceLocation(name, line=1, column=1))]
    try:
        value = json.loads(path.read_text(encoding="utf-8")) if inside(root, path) else None
    except (ValueError, RecursionError):
        return Snapshot(), damaged
    if not isinstance(value, dict):
        return Snapshot(), damaged
    if set(value) != {"records", "rows"}:  # as written until November 2026: the records alone
        value = {"records": value, "rows": {}}
    if not all(isinstance(part, dict) and all(isinstance(v, dict) for v in part.values()) for part in value.values()):
        return Snapshot(), damaged
    return Snapshot(value["records"], value["rows"]), []


def snapshot_text(snapshot: Snapshot) -> str:
    """Return the text of the file: sorted by id, one line per record or row."""
    parts = (
        f' "{key}": {{{_lines(values)}}}' for key, values in (("records", snapshot.records), ("rows", snapshot.rows))
    )
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(values: Mapping[str, Values]) -> str:
    lines = (f"  {_encode(key)}: {_encode(values[key])}" for key in sorted(values))
    return ("\n" + ",\n".join(lines) + "\n ") if values else ""

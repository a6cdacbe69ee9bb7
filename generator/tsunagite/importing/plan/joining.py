"""Records that become a part of a record that another list brings later, so that the order of lists does not matter.

Where a list of AEDs came first, the school has a record made of its AED; with the list of schools both are one record. What people
edited, or what something refers to, stays a record of its own and is proposed to be closed (see ``plan``).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from tsunagite.importing.draft import Merged
from tsunagite.importing.plan.plan import without_rows
from tsunagite.importing.snapshots import Snapshot
from tsunagite.records.load.tree import RawRecord

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAY_REFER = (".yml", ".yaml", ".md", ".html")


def joining_records(
    root: Path,
    here: Mapping[str, RawRecord],
    lists: Iterable[tuple[Snapshot, Iterable[Merged]]],
    coming: Container[str],
) -> dict[str, str]:
    """Return the files of records whose row is now a part of a record that comes with this import, by id.

    ``here`` holds the site's records, ``coming`` the ids of the records that the imported lists make.
    """
    files: dict[str, str] = {}
    for snapshot, merged in lists:
        for row in merged:
            raw, said = here.get(row.id), snapshot.records.get(row.id)
            if row.id == row.into or raw is None or said is None or row.into in here or row.into not in coming:
                continue
            if raw.place.file.endswith(f"/{row.id}.yml") and without_rows(raw.data) == without_rows(said):
                files[row.id] = raw.place.file
    referred = _ids_in_other_files(root, files) if files else set()
    return {record_id: file for record_id, file in files.items() if record_id not in referred}


def _ids_in_other_files(root: Path, files: Mapping[str, str]) -> set[str]:
    """Return which ids stand in a record, guide or template of the site other than their own; what imports write of lists does not count."""
    own = set(files.values())
    found: set[str] = set()
    for folder in ("resources", "content", "overrides"):
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if (
                path.suffix in _MAY_REFER
                and name not in own
                and not name.startswith("resources/sources/")
                and path.is_file()
            ):
                found |= files.keys() & set(_ID.findall(path.read_text(encoding="utf-8", errors="replace")))
    return found

"""Catalogues of open data among the files that a person named, or beside them: オープンデータ一覧 (csv) and answers of CKAN (JSON)."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tsunagite.importing.detect.catalogue import SIGNS, CatalogueEntry, entries_of_packages, entries_of_table
from tsunagite.importing.tables.list_file import grids_in

MAX_BYTES = 20_000_000
_BEGINNING = 4_096  # bytes in which the header of a catalogue stands
_NAMES = re.compile(
    r"catalog|カタログ|オープンデータ一覧|open_?data_?list|package_(?:show|search)|metadata|メタデータ", re.IGNORECASE
)
"""Names under which people save a catalogue beside a list."""


def read_catalogue(path: Path) -> tuple[CatalogueEntry, ...]:
    """Return the files that a catalogue names; () for what is no catalogue. Only a file that begins as one does is read whole."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".json") or path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return ()
    if suffix == ".json":
        content = path.read_bytes()
        if b'"resources"' not in content or b'"features"' in content:
            return ()
        try:
            return tuple(entries_of_packages(json.loads(content)))
        except (ValueError, RecursionError):
            return ()
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if not any(sign.encode(encoding) in beginning for sign in SIGNS for encoding in ("utf-8", "cp932")):
        return ()
    grids, _ = grids_in(path, path.name)
    return tuple(entries_of_table(grids[0].table(1))) if grids else ()


def catalogues_beside(paths: list[Path]) -> tuple[CatalogueEntry, ...]:
    """Return the files that catalogues in the folders of the given ones name: catalogue.csv, package_show.json, or ``<file>.json``."""
    given = set(paths)
    beside = {
        one
        for folder in sorted({path.parent for path in paths})
        for one in folder.glob("*")
        if one not in given and (_NAMES.search(one.stem) or one.name in {f"{path.name}.json" for path in paths})
    }
    return tuple(entry for path in sorted(beside) for entry in read_catalogue(path))

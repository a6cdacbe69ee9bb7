"""Load: a site is read, joined and checked. What ``check`` needs, and the first half of a build (``build.py``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tsunagite.check.rules import run_checks
from tsunagite.engine.memo import using
from tsunagite.engine.processes import without_collector
from tsunagite.engine.program import CACHE, PROFESSIONAL_MARK
from tsunagite.engine.store import Store
from tsunagite.findings import Finding
from tsunagite.i18n import ui
from tsunagite.records.directory import Directory
from tsunagite.records.load.boundaries import read_boundaries
from tsunagite.records.load.guides import read_guides
from tsunagite.records.load.origin import read_origin
from tsunagite.records.load.pairs import read_told_apart
from tsunagite.records.load.past_ids import read_past_ids
from tsunagite.records.load.photos import read_photos
from tsunagite.records.load.records import read_records
from tsunagite.records.load.tree import locate_findings
from tsunagite.records.load.worksheets import read_worksheets


@dataclass(frozen=True)
class Loaded:
    """A site that was read and checked."""

    directory: Directory
    findings: list[Finding]


def load(root: Path, today: date, *, with_history: bool = False) -> Loaded:
    """Read and check the site in ``root``; ``with_history``: what git knows of earlier ids, too.

    Raises UsageError when there is no site, or where a newer version wrote it.
    """
    read_origin(root)
    with without_collector():
        records, findings = read_records(root)
    boundaries, boundary_findings = read_boundaries(root)
    guides, guide_findings = read_guides(root, records.vocabularies, shared=records.settings.shared_guides)
    worksheets, worksheet_findings = read_worksheets(root, records.vocabularies)
    past, past_findings = read_past_ids(root, with_history=with_history)
    photos, photo_findings = read_photos(root, records.resource)
    directory = replace(
        Directory.of(records, boundaries, guides, worksheets, past),
        photos=photos,
        told_apart=read_told_apart(root),
        professional=(root / PROFESSIONAL_MARK).is_file(),
    )
    findings += (
        photo_findings
        + past_findings
        + boundary_findings
        + guide_findings
        + worksheet_findings
        + run_checks(directory, today)
    )
    return Loaded(directory, locate_findings(findings, root))


@contextmanager
def open_store(
    root: Path, say: Callable[[str], object], language: str = "ja", *, use_cache: bool = True
) -> Iterator[Store]:
    """Let everything inside use what earlier builds of the site in ``root`` have kept, and keep what it makes.

    Where the store cannot be used, ``say`` is told one line, and everything is made anew.
    """
    store = Store(
        root / CACHE if use_cache else None, lambda problem: say(ui("store_failed", language, problem=problem))
    )
    try:
        with using(store):
            yield store
    finally:
        store.close()

"""Load: a site is read, joined and checked. What ``check`` needs, and the first half of a build (``build.py``)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tsunagite.check.rules import run_checks
from tsunagite.directory import Directory
from tsunagite.findings import Finding
from tsunagite.program import reading_program
from tsunagite.sources.boundaries import read_boundaries
from tsunagite.sources.guides import read_guides
from tsunagite.sources.record_cache import RecordCache
from tsunagite.sources.records import read_records
from tsunagite.sources.tree import located
from tsunagite.sources.worksheets import read_worksheets


@dataclass(frozen=True)
class Loaded:
    """A site that was read and checked."""

    directory: Directory
    findings: list[Finding]


def load(root: Path, today: date, cache: Path | None = None) -> Loaded:
    """Read and check the site in ``root``; ``cache`` is the folder where builds keep what the next one can use.

    Raises UsageError when there is no site.
    """
    with without_collector():
        records, findings = read_records(root, RecordCache(cache / "records", reading_program()) if cache else None)
    boundaries, boundary_findings = read_boundaries(root)
    guides, guide_findings = read_guides(root, records.vocabularies)
    worksheets, worksheet_findings = read_worksheets(root, records.vocabularies)
    directory = Directory.of(records, boundaries, guides, worksheets)
    findings += boundary_findings + guide_findings + worksheet_findings + run_checks(directory, today)
    return Loaded(directory, located(findings, root))


@contextmanager
def without_collector() -> Iterator[None]:
    """Make many objects that stay: looking for garbage among them again and again would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()  # what an earlier build of this process left
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()

"""The pipeline on one page: read → model → directory → check → views → artifacts."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tsunagite.check.rules import run_checks
from tsunagite.directory import Directory
from tsunagite.findings import Finding
from tsunagite.outputs import OUTPUTS, Output
from tsunagite.outputs.artifact import Artifact, Frame, Made
from tsunagite.outputs.index_cache import IndexCache, remembering_index
from tsunagite.outputs.offline import service_worker
from tsunagite.outputs.paper_cache import PaperCache, remembering
from tsunagite.outputs.part_cache import PartCache, remembering_parts
from tsunagite.program import reading_program
from tsunagite.sources.boundaries import read_boundaries
from tsunagite.sources.guides import read_guides
from tsunagite.sources.record_cache import RecordCache
from tsunagite.sources.records import read_records
from tsunagite.sources.tree import located
from tsunagite.sources.worksheets import read_worksheets
from tsunagite.views.site import SiteView


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


def everything() -> tuple[Output, ...]:
    """Return all outputs, in their order: what ``make_artifacts`` makes."""
    return OUTPUTS


def make_artifacts(
    site: SiteView, frame: Frame, cache: Path | None = None, outputs: Iterable[Output] | None = None
) -> Iterator[Made | Finding]:
    """Render everything a site publishes besides the hand-written guides (or what some ``outputs`` of it give), in a fixed order.

    ``cache`` is the folder of what earlier builds made, as in ``load``. A finding says what is missing
    from the site although every record is right.
    """
    papers = PaperCache(cache / "pdf") if cache else None
    index = IndexCache(cache / "search" / "index", reading_program()) if cache else None
    parts = PartCache(cache / "parts", reading_program()) if cache else None
    with remembering(papers), remembering_index(index), remembering_parts(parts):
        for output in everything() if outputs is None else outputs:
            yield from output(site, frame)


def make_last(site: SiteView, names: Iterable[str], read: Callable[[str], bytes]) -> Iterator[Artifact]:
    """Render what is made from all other files, those of MkDocs too: what a device keeps. ``read`` gives a file by its name."""
    yield from service_worker(site, names, read)

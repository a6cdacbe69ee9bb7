"""The pipeline on one page: read → model → directory → check → views → artifacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tsunagite.check.rules import run_checks
from tsunagite.directory import Directory
from tsunagite.findings import Finding
from tsunagite.outputs import OUTPUTS
from tsunagite.outputs.artifact import Artifact, Frame
from tsunagite.outputs.paper_cache import PaperCache, remembering
from tsunagite.sources.boundaries import read_boundaries
from tsunagite.sources.guides import read_guides
from tsunagite.sources.records import records_of
from tsunagite.sources.tree import located, read_tree
from tsunagite.views.site import SiteView


@dataclass(frozen=True)
class Loaded:
    """A site that was read and checked."""

    directory: Directory
    findings: list[Finding]


def load(root: Path, today: date) -> Loaded:
    """Read and check the site in ``root``. Raises UsageError when there is no site."""
    tree = read_tree(root)
    records, findings = records_of(tree)
    boundaries, boundary_findings = read_boundaries(root)
    guides, guide_findings = read_guides(root, records.vocabularies)
    directory = Directory.of(records, boundaries, guides)
    findings += boundary_findings + guide_findings + run_checks(directory, today)
    return Loaded(directory, located(findings, root))


def make_artifacts(site: SiteView, frame: Frame, papers: PaperCache | None = None) -> Iterator[Artifact]:
    """Render everything a site publishes besides the hand-written guides, in a fixed order; ``papers`` were set before."""
    with remembering(papers):
        for output in OUTPUTS:
            yield from output(site, frame)

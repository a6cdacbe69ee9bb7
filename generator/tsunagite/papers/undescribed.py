"""Papers that need no description: the leaflets and large three-folds of the municipality and its districts, one sheet per guide."""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.engine.artifact import Artifact, Frame
from tsunagite.findings import Finding, SourceLocation
from tsunagite.papers.editions import SetPaper, notice, set_alone, set_papers
from tsunagite.papers.layouts.one_sheet import sheets
from tsunagite.papers.pamphlets import Pamphlets
from tsunagite.papers.parts.words import paper_address, spoken_address
from tsunagite.site.view import SiteView


def leaflets(site: SiteView, frame: Frame) -> Iterator[Artifact | Finding]:  # noqa: ARG001 - every output is called alike
    """The leaflet of the whole municipality, the leaflet and the three-fold of each district; a finding for one that cannot be set."""
    told: set[object] = set()
    for view in Pamphlets(site).undescribed:
        for made in set_papers(view):
            if isinstance(made, SetPaper):
                yield made.artifact
            elif made.code == "P101":
                yield made
                yield from notice(str(made.values["file"]), view.title, spoken_address(paper_address(view.selection)))
            elif made.values["record"] not in told:  # a character that no font has is told once, not for every district
                told.add(made.values["record"])
                yield made


def one_sheets(site: SiteView, frame: Frame) -> Iterator[Artifact | Finding]:  # noqa: ARG001 - every output is called alike
    """One sheet for every role and process; a finding for one that cannot be set."""
    for sheet in sheets(site):
        yield from set_alone("papers/templates/one_sheet", sheet, SourceLocation(f"content/{sheet.path.removeprefix('papers/').removesuffix('.pdf')}.md"))

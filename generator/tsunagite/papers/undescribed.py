"""Papers that need no description: the leaflets and large three-folds of the municipality and its districts, one sheet per guide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tsunagite.engine.artifact import Artifact, Bundle, Frame
from tsunagite.findings import Finding, SourceLocation
from tsunagite.papers.editions import SetPaper, notice, set_alone, set_papers
from tsunagite.papers.layouts.one_sheet import sheets
from tsunagite.papers.pamphlets import Pamphlets, PamphletView
from tsunagite.papers.parts.words import paper_address, spoken_address
from tsunagite.papers.typesetting.typeset import typesetter_digest
from tsunagite.site.view import SiteView


def leaflets(site: SiteView, frame: Frame) -> Iterator[Bundle]:  # noqa: ARG001 - every output is called alike
    """The leaflet of the whole municipality, the leaflet and the three-fold of each district: each made where what it prints has changed."""
    site = site.printed
    for view in Pamphlets(site).undescribed:
        yield Bundle(
            view.editions[0].path, site.prints.of(typesetter_digest(), view.selection.digest), partial(leaflet, view)
        )


def leaflet(view: PamphletView) -> Iterator[Artifact | Finding]:
    """One of them; a finding and a sheet that says so for one that cannot be set."""
    for made in set_papers(view):
        if isinstance(made, SetPaper):
            yield made.artifact
            continue
        yield made
        if made.code == "P101":
            yield from notice(str(made.values["file"]), view.title, spoken_address(paper_address(view.selection)))


def one_sheets(site: SiteView, frame: Frame) -> Iterator[Artifact | Finding]:  # noqa: ARG001 - every output is called alike
    """One sheet for every role and process; a finding for one that cannot be set."""
    for sheet in sheets(site.printed):
        yield from set_alone(
            "papers/templates/one_sheet",
            sheet,
            SourceLocation(f"content/{sheet.path.removeprefix('papers/').removesuffix('.pdf')}.md"),
        )

"""Papers that need no description: the leaflets and large three-folds of the municipality and its districts, one sheet per guide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tsunagite.engine.artifact import Artifact, Bundle
from tsunagite.engine.keys import Keys
from tsunagite.findings import Finding, SourceLocation
from tsunagite.papers.editions import SetPaper, notice, set_alone, set_papers
from tsunagite.papers.layouts.one_sheet import OneSheetView, sheets
from tsunagite.papers.pamphlets import Pamphlets, PamphletView
from tsunagite.papers.parts.words import paper_address, spoken_address
from tsunagite.papers.typesetting.typeset import typesetter_digest


def leaflets(papers: Pamphlets, keys: Keys) -> Iterator[Bundle]:
    """The leaflet of the whole municipality, the leaflet and the three-fold of each district: each made where what it prints has changed."""
    for view in papers.undescribed:
        key = keys.page(typesetter_digest(), view.selection.parts)
        yield Bundle(view.editions[0].path, key, partial(leaflet, view))


def leaflet(view: PamphletView) -> Iterator[Artifact | Finding]:
    """One of them; a finding and a sheet that says so for one that cannot be set."""
    for made in set_papers(view):
        if isinstance(made, SetPaper):
            yield made.artifact
            continue
        yield made
        if made.code == "P101":
            yield from notice(str(made.values["file"]), view.title, spoken_address(paper_address(view.selection)))


def one_sheets(papers: Pamphlets, keys: Keys) -> Iterator[Bundle]:
    """One sheet for every role and process, made where what it prints has changed."""
    for sheet in sheets(papers.source, papers.knowledge):
        yield Bundle(sheet.path, keys.page(typesetter_digest(), sheet), partial(one_sheet, sheet))


def one_sheet(sheet: OneSheetView) -> Iterator[Artifact | Finding]:
    """One of them; a finding and a sheet that says so for one that cannot be set."""
    guide = sheet.path.removeprefix("papers/").removesuffix(".pdf")
    yield from set_alone("papers/templates/one_sheet", sheet, SourceLocation(f"content/{guide}.md"))

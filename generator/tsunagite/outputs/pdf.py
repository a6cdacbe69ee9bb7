"""Papers made from records and guides: the leaflets of the municipality and its districts, one sheet per guide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

from tsunagite.errors import TsunagiteError
from tsunagite.outputs.artifact import Artifact, Frame
from tsunagite.outputs.typeset import NotSet, qr_svg, typeset
from tsunagite.views.one_sheet import sheets
from tsunagite.views.pamphlet import Draft, PamphletView, drafts
from tsunagite.views.site import SiteView

TRIES = 40
SHRINK = 0.97
"""What is left of a side's room at each try: the height of a text is only estimated before it is set."""
_TOO_LONG = re.compile(r"too long: side (\d)")  # as leaflet.typ says it


def leaflets(site: SiteView, frame: Frame) -> Iterator[Artifact]:  # noqa: ARG001 - every output is called alike
    """The leaflet of the whole municipality and one for each district. Raises TsunagiteError naming one that cannot be set."""
    for draft in drafts(site):
        yield _leaflet(draft)


def _leaflet(draft: Draft) -> Artifact:
    """Set one leaflet, with less on a side as long as it turns out too long."""
    shares = [1.0, 1.0]
    for _ in range(TRIES):
        view = PamphletView.of(draft, (shares[0], shares[1]))
        try:
            content = typeset("pamphlets/leaflet", asdict(view) | {"qr": qr_svg(view.site_url)})
        except NotSet as problem:
            too_long = _TOO_LONG.search(str(problem))
            if not too_long:
                raise TsunagiteError(f"{view.path}「{view.title}」を組めません。{problem}") from problem
            shares = [shares[0] if too_long[1] == "1" else shares[0] * SHRINK, shares[1] * SHRINK]
        else:
            return Artifact(view.path, content)
    paper = draft.paper
    raise TsunagiteError(f"{paper.path}「{paper.title}」が2ページに入りません。断り書きや記録の文を短くしてください。")


def one_sheets(site: SiteView, frame: Frame) -> Iterator[Artifact]:  # noqa: ARG001 - every output is called alike
    """One sheet for every role and process. Raises TsunagiteError naming one that cannot be set."""
    for sheet in sheets(site):
        try:
            yield Artifact(sheet.path, typeset("pamphlets/one_sheet", asdict(sheet) | {"qr": qr_svg(sheet.site_url)}))
        except NotSet as problem:
            if "too long" in str(problem):
                raise TsunagiteError(f"{sheet.path}「{sheet.title}」が2ページに入りません。項目を短くするか、減らしてください。") from problem
            raise TsunagiteError(f"{sheet.path}「{sheet.title}」を組めません。{problem}") from problem

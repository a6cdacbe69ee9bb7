"""Described papers: one PDF per edition, the booklet also imposed. What cannot be set becomes a finding, never half a paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Protocol

from tsunagite.engine.artifact import Artifact
from tsunagite.findings import Finding, SourceLocation, warning
from tsunagite.papers.layouts.booklet import Booklet, BookletView
from tsunagite.papers.layouts.column_sheet import SHAPES, SMALL_POSTER, ColumnSheet, ColumnSheetView
from tsunagite.papers.layouts.fridge_card import FridgeCard, FridgeCardView
from tsunagite.papers.layouts.three_fold import ThreeFold, ThreeFoldView
from tsunagite.papers.pamphlets import PamphletView
from tsunagite.papers.parts.head import data_of
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.parts.words import NOT_MADE
from tsunagite.papers.typesetting.typeset import NotSet, lost_glyphs, measure, qr_svg, typeset

Draft = ThreeFold | ColumnSheet | FridgeCard | Booklet
Fitted = ThreeFoldView | ColumnSheetView | FridgeCardView | BookletView
Set = tuple[bytes, tuple[str, ...]]
"""A PDF and the ids of the records it prints."""


@dataclass(frozen=True)
class SetPaper:
    """A paper that was set: its file, and the ids of the records it prints in their order."""

    artifact: Artifact
    printed: tuple[str, ...]


class OnePaper(Protocol):
    """A paper as its template reads it: a dataclass of texts."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def path(self) -> str:
        """Where it is published."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def site_name(self) -> str:
        """Where to read instead."""


def set_papers(view: PamphletView) -> Iterator[SetPaper | Finding]:
    """Set every edition of a described paper; a finding for one that cannot be set, and for characters our fonts lack."""
    lost: dict[str, str] = {}
    for edition in view.editions:
        if edition.imposed:
            continue
        try:
            content, printed = set_paper(view.selection, large=edition.large)
        except NotSet as problem:
            yield warning(
                "P101", view.place, title=view.title, edition=edition.label, file=edition.path, reason=str(problem)
            )
            continue
        yield SetPaper(Artifact(edition.path, content), printed)
        lost |= {i: missing for i in printed if (missing := lost_glyphs(view.selection.directory.resources[i].name))}
        for other in view.editions:
            if other.imposed and other.large == edition.large:
                yield SetPaper(Artifact(other.path, _impose(content, view.title)), printed)
    for record, characters in lost.items():
        yield warning("P102", view.place, title=view.title, record=record, characters=characters)


def _impose(booklet: bytes, title: str) -> bytes:
    from tsunagite.papers.typesetting.imposition import impose  # noqa: PLC0415 - it brings pypdf along, and few papers are booklets

    return impose(booklet, title)


def set_paper(selection: Selection, *, large: bool) -> Set:
    """Set one edition. Raises NotSet with what typst said."""
    layout = selection.pamphlet.layout
    if layout not in LAYOUTS:
        raise NotSet(f"layout: {layout}")
    return LAYOUTS[layout](selection, large)


def set_alone(template: str, view: OnePaper, place: SourceLocation, record: str = "") -> Iterator[Artifact | Finding]:
    """Set a paper that has one edition. A finding and a sheet that says so stand for one that cannot be set.

    ``place`` is what it was made from; ``record`` names it where a finding must say whose letters our fonts lack.
    """
    data = asdict(view)
    try:
        yield Artifact(view.path, typeset(template, data | {"qr": qr_svg(data.get("site_url", ""))}))
    except NotSet as problem:
        yield warning(
            "P101", place, title=view.title, edition=data.get("label", ""), file=view.path, reason=str(problem)
        )
        yield from notice(view.path, view.title, view.site_name)
    if record and (missing := lost_glyphs(json.dumps(data, ensure_ascii=False))):
        yield warning("P102", place, title=view.title, record=record, characters=missing)


def notice(path: str, title: str, address: str) -> Iterator[Artifact]:
    """Set, in the place of a paper that cannot be set and that pages lead to, a sheet that says so and where to read instead."""
    with suppress(NotSet):
        yield Artifact(
            path,
            typeset(
                "papers/templates/notice",
                {"title": title, "words": NOT_MADE, "address": address, "lost_glyph_note": ""},
            ),
        )


def _three_fold(selection: Selection, large: bool) -> Set:
    return _fit_and_set("three_fold", ThreeFold.of(selection, large=large))


def _sheet(selection: Selection, large: bool) -> Set:
    return _fit_and_set(selection.pamphlet.layout, ColumnSheet.of(selection, large=large))


def _poster(selection: Selection, large: bool) -> Set:
    """Set a poster on A4 where all that it is about has room there, if need be without a map; else on A3."""
    draft = ColumnSheet.of(selection, large=large, shape=SMALL_POSTER)
    for small in (draft, replace(draft, with_map=False)):
        view = fitted("poster", small)
        if not view.head.more:
            return _pdf("poster", data_of(view)), view.head.printed
    return _sheet(selection, large)


def _card(selection: Selection, large: bool) -> Set:
    return _fit_and_set("fridge_card", FridgeCard.of(selection, large=large))


def _booklet(selection: Selection, large: bool) -> Set:
    return _fit_and_set("booklet", Booklet.of(selection, large=large))


def _fit_and_set(template: str, draft: Draft) -> Set:
    """Let the typesetter measure everything that may stand on a paper, then set what fits."""
    view = fitted(template, draft)
    return _pdf(template, data_of(view)), view.head.printed


def fitted(template: str, draft: Draft) -> Fitted:
    """Return what has room on a paper. A draft that gives up its map is measured again: without numbers its entries are lower."""
    while True:
        data = draft.measuring()
        found = draft.fitted(measure(f"papers/templates/{template}", data | {"qr": qr_svg(data["site_url"])}))
        if isinstance(found, Fitted):
            return found
        draft = found


def _pdf(template: str, data: dict[str, Any]) -> bytes:
    return typeset(f"papers/templates/{template}", data | {"qr": qr_svg(data["site_url"]), "measuring": False})


LAYOUTS: Mapping[str, Callable[[Selection, bool], Set]] = {
    "three_fold": _three_fold, "booklet": _booklet, "fridge_card": _card, **dict.fromkeys(SHAPES, _sheet), "poster": _poster,
}  # fmt: skip

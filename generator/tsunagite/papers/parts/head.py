"""PaperHead: what every paper says of itself, whatever its layout: title, cover, emergency, foot, code, the records on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tsunagite.papers.parts.cover import Cover, cover_of, full_title
from tsunagite.papers.parts.facts import holiday_notice
from tsunagite.papers.parts.words import (
    LOST_GLYPH_NOTE,
    Imprint,
    Urgent,
    imprint,
    more_words,
    paper_address,
    printed_on,
    spoken_address,
    urgent,
)
from tsunagite.records.model.resource import Resource

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from tsunagite.papers.parts.entry import Entries
    from tsunagite.papers.parts.selection import Selection


@dataclass(frozen=True)
class PaperHead:
    """The texts of a paper besides its records.

    ``printed`` are its records in their order, ``more`` says how many others there are, ``notice`` what a holiday period near
    the day of making changes.
    """

    title: str
    large: bool
    demonstration: str
    made: str
    printed_on: str
    cover: Cover
    urgent: Urgent
    more: str
    notice: str
    back: Imprint
    site_url: str
    qr_alt: str
    lost_glyph_note: str
    printed: tuple[str, ...]

    @classmethod
    def of(  # noqa: PLR0913 - what layouts differ in
        cls, selection: Selection, entries: Entries, windows: tuple[Resource, ...], printed: Iterable[Resource],
        *, large: bool, left: int = 0, blanks: tuple[str, ...] = (), short: bool = True,
    ) -> PaperHead:  # fmt: skip
        """Decide them for a paper that holds ``printed`` and leaves out ``left`` records; ``windows`` may stand on its cover."""
        source, found, url = selection.source, tuple(printed), paper_address(selection)
        return cls(
            title=full_title(selection),
            large=large,
            demonstration=source.settings.demonstration,
            made=source.today.isoformat(),
            printed_on=printed_on(source.settings, source.today),
            cover=cover_of(selection, windows, entries),
            urgent=urgent(source.directory, blanks),
            more=more_words(left, url),
            notice=holiday_notice(found, entries.year_end, source.today),
            back=imprint(selection, found, entries, short=short),
            site_url=url,
            qr_alt=f"QRコード。{spoken_address(url)} を開きます。",
            lost_glyph_note=LOST_GLYPH_NOTE,
            printed=tuple(dict.fromkeys(r.id for r in found)),
        )


def data_of(view: DataclassInstance) -> dict[str, Any]:
    """Return a view with a ``head`` as a template reads it: one level of names."""
    data = asdict(view)
    return {**data.pop("head"), **data}

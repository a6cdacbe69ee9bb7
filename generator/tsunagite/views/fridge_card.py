"""FridgeCardView: my windows and an emergency on a card of A6 (A5 in large type)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from tsunagite.views.paper_cover import Cover, cover_of, full_title
from tsunagite.views.paper_entry import Entries, PaperEntry
from tsunagite.views.paper_words import (
    LOST_GLYPH_NOTE,
    Imprint,
    Urgent,
    imprint,
    paper_address,
    printed_on,
    spoken_address,
    urgent,
)
from tsunagite.views.selection import Selection

BLANKS = ("わたしの担当", "かかりつけの医院")
MOST = 5


@dataclass(frozen=True)
class FridgeCardView:
    """Everything the card prints."""

    title: str
    large: bool
    demonstration: str
    printed_on: str
    cover: Cover
    windows: tuple[PaperEntry, ...]
    urgent: Urgent
    back: Imprint
    short_note: str
    site_url: str
    qr_alt: str
    lost_glyph_note: str
    printed: tuple[str, ...]


@dataclass(frozen=True)
class FridgeCard:
    """A card before anybody knows how many windows fit on it."""

    selection: Selection
    large: bool
    entries: tuple[PaperEntry, ...]
    view: FridgeCardView

    @classmethod
    def of(cls, selection: Selection, *, large: bool) -> FridgeCard:
        """Collect what may stand on the card: pinned records, then windows."""
        pinned = [selection.directory.resources[i] for i in selection.pamphlet.pinned if i in selection.directory.resources]
        windows = tuple({r.id: r for r in (*pinned, *selection.windows)}.values())[:MOST]
        made = Entries.of(selection.site, windows)
        entries = tuple(replace(made.by_id[r.id], place="", sentence="", fee="", phones=made.by_id[r.id].phones[:1]) for r in windows)
        url = paper_address(selection)
        view = FridgeCardView(
            title=full_title(selection),
            large=large,
            demonstration=selection.site.settings.demonstration,
            printed_on=printed_on(selection.site),
            cover=cover_of(selection, windows, made),
            windows=(),
            urgent=replace(urgent(selection.site, 0), blanks=BLANKS),
            back=imprint(selection, windows, made.common, short=True),
            short_note=f"{made.common}。掲載は推薦ではありません。" if made.common else "掲載は推薦ではありません。",
            site_url=url,
            qr_alt=f"QRコード。{spoken_address(url)} を開きます。",
            lost_glyph_note=LOST_GLYPH_NOTE,
            printed=(),
        )
        return cls(selection, large, entries, view)

    def measuring(self) -> dict[str, Any]:
        """Return the data by which the template says how high each window is."""
        return asdict(self.view) | {"entries": [asdict(entry) for entry in self.entries]}

    def fitted(self, heights: dict[str, Any]) -> FridgeCardView:
        """Choose the windows that fit, by heights in points."""
        room, windows = heights["room"], []
        for entry, height in zip(self.entries, heights["entries"], strict=True):
            if height > room:
                break
            room -= height
            windows.append(entry)
        return replace(self.view, windows=tuple(windows), printed=tuple(entry.id for entry in windows))

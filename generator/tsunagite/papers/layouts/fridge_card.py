"""FridgeCardView: my windows and an emergency on a card of A6 (A5 in large type); on its back, what an ambulance crew asks."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from tsunagite.papers.parts.entry import Entries, PaperEntry
from tsunagite.papers.parts.head import PaperHead, data_of
from tsunagite.papers.parts.selection import Selection

BLANKS = ("わたしの担当",)
NO_RECOMMENDATION = "掲載は推薦ではありません。"
MOST = 5
MOST_BLANKS = 5
CREW_HEADING = "救急車が来たとき見せるカード"
CREW_NOTE = "書けるところだけ書いて、冷蔵庫に貼るか、中に入れておきます。変わったら書き直します。"
CREW_ASKS = (
    ("お名前",), ("生まれた日", "血液型"), ("病気・アレルギー",), ("",), ("飲んでいる薬（お薬手帳の場所）",), ("かかりつけの病院", "医師"),
    ("病院の電話", "診察券の番号"), ("家族など", "電話"), ("家族など", "電話"), ("ケアマネジャー", "電話"), ("書いた日",),
)  # fmt: skip
"""Rows of lines to write on. What the kits of municipalities for an emergency (救急医療情報キット) ask: 日高市, 吹田市, 佐倉市, 本庄市, 大村市, read 2026-11-30."""


@dataclass(frozen=True)
class FridgeCardView:
    """Everything the card prints."""

    head: PaperHead
    windows: tuple[PaperEntry, ...]
    short_note: str
    crew_heading: str = CREW_HEADING
    crew_note: str = CREW_NOTE
    crew_asks: tuple[tuple[str, ...], ...] = CREW_ASKS


@dataclass(frozen=True)
class FridgeCard:
    """A card before anybody knows how many windows fit on it."""

    entries: tuple[PaperEntry, ...]
    common: str
    view: FridgeCardView

    @classmethod
    def of(cls, selection: Selection, *, large: bool) -> FridgeCard:
        """Collect what may stand on the card: pinned records, then windows."""
        pinned = [
            selection.directory.resources[i] for i in selection.pamphlet.pinned if i in selection.directory.resources
        ]
        windows = tuple({r.id: r for r in (*pinned, *selection.windows)}.values())[:MOST]
        made = Entries.of(selection.source, windows)
        entries = tuple(
            replace(made.by_id[r.id], place="", sentence="", fee="", phones=made.by_id[r.id].phones[:1])
            for r in windows
        )
        head = PaperHead.of(selection, made, windows, windows, large=large, blanks=BLANKS)
        return cls(entries, made.common, FridgeCardView(head, (), f"{made.common}。{NO_RECOMMENDATION}"))

    def measuring(self) -> dict[str, Any]:
        """Return the data by which the template says how high each window is."""
        return data_of(self.view) | {"entries": [asdict(entry) for entry in self.entries]}

    def fitted(self, heights: dict[str, Any]) -> FridgeCardView:
        """Choose the windows that fit, by heights in points."""
        room, windows = heights["room"], []
        for entry, height in zip(self.entries, heights["entries"], strict=True):
            if height > room:
                break
            room -= height
            windows.append(entry)
        head = self.view.head
        more = min(MOST_BLANKS - len(BLANKS), int(room / heights["line"]))
        urgent = replace(head.urgent, blanks=(*BLANKS, *[""] * more))
        printed = tuple(entry.id for entry in windows)
        relies = self.common and any(not entry.checked and not entry.badge for entry in windows)
        return replace(
            self.view,
            windows=tuple(windows),
            short_note=f"{self.common}。{NO_RECOMMENDATION}" if relies else NO_RECOMMENDATION,
            head=replace(head, printed=printed, urgent=urgent),
        )

"""ColumnSheetView: a paper in two columns on one or two sides: the leaflet, the sheet of a need, of windows, the poster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from tsunagite.model.resource import Resource
from tsunagite.views.paper_cover import Cover, cover_of, full_title
from tsunagite.views.paper_entry import Entries
from tsunagite.views.paper_fit import Column, Fit, Part, ids_of, parts_of
from tsunagite.views.paper_map import PaperMap
from tsunagite.views.paper_words import (
    LOST_GLYPH_NOTE,
    Imprint,
    Urgent,
    imprint,
    map_credit,
    paper_address,
    printed_on,
    spoken_address,
    urgent,
)
from tsunagite.views.selection import Group, Selection

MOST_OF_A_GROUP = 80
WINDOWS = "windows"  # the id of the group of windows


@dataclass(frozen=True)
class Shape:
    """What a layout is made of. Sizes in millimetres; ``map_height`` 0 is no map."""

    sides: int
    column: float
    map_height: float
    windows: bool
    records: bool
    blanks: int
    type_size: float
    large_type_size: float


SHAPES: Mapping[str, Shape] = {
    "leaflet": Shape(2, 90.0, 90.0, windows=True, records=True, blanks=0, type_size=8.5, large_type_size=16.0),
    "need_sheet": Shape(2, 90.0, 0.0, windows=False, records=True, blanks=0, type_size=8.5, large_type_size=16.0),
    "window_sheet": Shape(1, 90.0, 100.0, windows=True, records=False, blanks=4, type_size=8.5, large_type_size=16.0),
    "poster": Shape(1, 128.0, 130.0, windows=True, records=True, blanks=0, type_size=14.0, large_type_size=20.0),
}


@dataclass(frozen=True)
class ColumnSheetView:
    """Everything the sheet prints. ``sides`` are columns of parts; ``printed`` its records in their order."""

    title: str
    layout: str
    large: bool
    demonstration: str
    printed_on: str
    cover: Cover
    urgent: Urgent
    sides: tuple[tuple[tuple[Part, ...], ...], ...]
    map: PaperMap | None
    map_note: str
    marked: bool
    more: str
    back: Imprint
    site_url: str
    qr_alt: str
    lost_glyph_note: str
    printed: tuple[str, ...]


@dataclass(frozen=True)
class ColumnSheet:
    """A sheet before anybody knows what fits on it."""

    selection: Selection
    large: bool
    shape: Shape
    windows: tuple[Resource, ...]
    groups: tuple[Group, ...]
    entries: Entries

    @classmethod
    def of(cls, selection: Selection, *, large: bool) -> ColumnSheet:
        """Collect everything that may stand on the sheet."""
        shape = SHAPES[selection.pamphlet.layout]
        first = (Group(WINDOWS, "相談するところ", "", selection.windows),) if shape.windows and selection.windows else ()
        found = (selection.by_kind if len(selection.pamphlet.needs) == 1 else selection.groups) if shape.records else ()
        taken = {r.id for group in first for r in group.records}
        rest = (Group(g.id, g.heading, g.official, tuple(r for r in g.records if r.id not in taken)[:MOST_OF_A_GROUP]) for g in found)
        groups = (*first, *(group for group in rest if group.records))
        entries = Entries.of(selection.site, (*selection.windows, *(r for g in groups for r in g.records)))
        return cls(selection, large, shape, selection.windows, groups, entries)

    @property
    def _all(self) -> tuple[Resource, ...]:
        return tuple(r for group in self.groups for r in group.records)

    def measuring(self) -> dict[str, Any]:
        """Return the data by which the template says how high each part is."""
        shown = self.entries.by_id
        longest = imprint(self.selection, self._all, self.entries.common, short=self.large)
        return asdict(replace(self._view(()), back=longest)) | {
            "entries": [asdict(shown[r.id].numbered(88)) for r in self._all],
            "parts": [{"heading": f"{g.heading}（つづき）", "official": g.official} for g in self.groups],
        }

    def fitted(self, heights: dict[str, Any]) -> ColumnSheetView:
        """Choose what fits, by heights in points as the template measured them: on one side, else on as many as there are."""
        records = {r.id: height for r, height in zip(self._all, heights["entries"], strict=True)}
        headings = {g.id: height for g, height in zip(self.groups, heights["parts"], strict=True)}
        columns: tuple[Column, ...] = ()
        with_map = min(self._rooms(heights, 0, sides)[1] for sides in range(1, self.shape.sides + 1)) >= 0
        heights = heights if with_map else {**heights, "map": 0.0}
        for sides in range(1, self.shape.sides + 1):
            fit = Fit(records, headings, tuple(room for side in range(sides) for room in self._rooms(heights, side, sides)))
            columns = fit.choose(self.groups)
            if len(ids_of(columns)) == len(self._all):
                break
        return self._view(columns, with_map=with_map)

    def _rooms(self, heights: dict[str, Any], side: int, sides: int) -> tuple[float, float]:
        """Return the room of both columns of a side; the map stands at the head of the second column of the first."""
        room = heights["room"] - (heights["head"] if side == 0 else heights["head_again"])
        room -= heights["foot"] if side == sides - 1 else heights["turn"]
        return room, room - (heights["map"] if side == 0 else 0.0)

    def _view(self, columns: tuple[Column, ...], *, with_map: bool = True) -> ColumnSheetView:
        selection, site, shape = self.selection, self.selection.site, self.shape
        printed = tuple(selection.directory.resources[i] for i in ids_of(columns))
        has_map = with_map and bool(shape.map_height) and selection.middle is not None
        numbers = {r.id: at for at, r in enumerate((r for r in printed if selection.on_map(r)), start=1)} if has_map else {}
        shown = {i: entry.numbered(numbers.get(i, 0)) for i, entry in self.entries.by_id.items()}
        parts = parts_of(columns, shown)
        left = len(selection.records) + (len(self.windows) if shape.windows else 0) - len(printed) if shape.records else 0
        url = paper_address(selection)
        size = shape.large_type_size if self.large else shape.type_size
        return ColumnSheetView(
            title=full_title(selection),
            layout=selection.pamphlet.layout,
            large=self.large,
            demonstration=site.settings.demonstration,
            printed_on=printed_on(site),
            cover=cover_of(selection, self.windows, self.entries),
            urgent=urgent(site, 0 if self.large else shape.blanks),
            sides=tuple(parts[at : at + 2] for at in range(0, len(parts), 2)),
            map=selection.map(numbers, shape.column, shape.map_height, size) if has_map else None,
            map_note=f"番号は一覧の番号、点線は歩く時間の目安（1分80m）です。{map_credit(selection)}" if has_map else "",
            marked=has_map,
            more=f"ほか{left}件は{'サイトで' if url else 'ここにのせていません'}" if left > 0 else "",
            back=imprint(selection, printed, self.entries.common, short=self.large),
            site_url=url,
            qr_alt=f"QRコード。{spoken_address(url)} を開きます。",
            lost_glyph_note=LOST_GLYPH_NOTE,
            printed=tuple(r.id for r in printed),
        )

"""ColumnSheetView: a paper in two columns on one or two sides: the leaflet, the sheet of a need, of windows, the poster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from tsunagite.papers.parts.entry import Entries
from tsunagite.papers.parts.facts import holiday_notice
from tsunagite.papers.parts.fit import Column, Fit, PaperPart, count_words, first_of, ids_of, parts_of
from tsunagite.papers.parts.head import PaperHead, data_of
from tsunagite.papers.parts.map import PaperMap
from tsunagite.papers.parts.words import BLANKS, imprint, map_credit
from tsunagite.papers.selection import Group, Selection
from tsunagite.records.model.resource import Resource

MOST_RECORDS = 120  # that are measured: more than two sides can hold
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
    "leaflet": Shape(2, 90.0, 90.0, windows=True, records=True, blanks=0, type_size=9.0, large_type_size=16.0),
    "need_sheet": Shape(2, 90.0, 0.0, windows=False, records=True, blanks=0, type_size=9.0, large_type_size=16.0),
    "window_sheet": Shape(1, 90.0, 100.0, windows=True, records=False, blanks=4, type_size=9.0, large_type_size=16.0),
    "poster": Shape(1, 128.0, 130.0, windows=True, records=True, blanks=0, type_size=14.0, large_type_size=20.0),
}


@dataclass(frozen=True)
class ColumnSheetView:
    """Everything the sheet prints. ``sides`` are columns of parts."""

    head: PaperHead
    layout: str
    sides: tuple[tuple[tuple[PaperPart, ...], ...], ...]
    map: PaperMap | None
    map_note: str
    marked: bool


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
        first = (
            (Group(WINDOWS, "相談するところ", "", selection.windows),) if shape.windows and selection.windows else ()
        )
        taken = {r.id for group in first for r in group.records}
        found = selection.sections if shape.records else ()
        rest = first_of(
            tuple(replace(g, records=tuple(r for r in g.records if r.id not in taken)) for g in found), MOST_RECORDS
        )
        groups = (*first, *rest)
        entries = Entries.of(selection.site, (*selection.windows, *(r for g in groups for r in g.records)))
        return cls(selection, large, shape, selection.windows, groups, entries)

    @property
    def _all(self) -> tuple[Resource, ...]:
        return tuple(r for group in self.groups for r in group.records)

    @property
    def _found(self) -> tuple[Group, ...]:
        """All that the query finds, more than is measured."""
        taken = {r.id for r in self.windows} if self.shape.windows else set()
        rest = tuple(
            replace(g, records=tuple(r for r in g.records if r.id not in taken)) for g in self.selection.sections
        )
        return (*(g for g in self.groups if g.id == WINDOWS), *(rest if self.shape.records else ()))

    def measuring(self) -> dict[str, Any]:
        """Return the data by which the template says how high each part is."""
        shown = self.entries.by_id
        longest = imprint(self.selection, self._all, self.entries, short=self.large)
        return data_of(self._view(())) | {
            "back": asdict(longest),
            "notice": holiday_notice(self._all, self.entries.year_end, self.selection.site.today),
            "entries": [asdict(shown[r.id].numbered(88)) for r in self._all],
            "parts": [
                {"heading": f"{g.heading}（つづき）", "official": g.official, "count": count_words(88, 88)}
                for g in self.groups
            ],
        }

    def fitted(self, heights: dict[str, Any]) -> ColumnSheetView:
        """Choose what fits, by heights in points as the template measured them: on one side, else on as many as there are."""
        records = {r.id: height for r, height in zip(self._all, heights["entries"], strict=True)}
        headings = {g.id: height for g, height in zip(self.groups, heights["parts"], strict=True)}
        columns: tuple[Column, ...] = ()
        with_map = min(self._rooms(heights, 0, sides)[1] for sides in range(1, self.shape.sides + 1)) >= 0
        heights = heights if with_map else {**heights, "map": 0.0}
        for sides in range(1, self.shape.sides + 1):
            fit = Fit(
                records, headings, tuple(room for side in range(sides) for room in self._rooms(heights, side, sides))
            )
            columns = fit.choose(self.groups, self.selection.required)
            if len(ids_of(columns)) == len(self._all):
                break
        return self._view(columns, with_map=with_map)

    def _rooms(self, heights: dict[str, Any], side: int, sides: int) -> tuple[float, float]:
        """Return the room of both columns of a side; the map stands at the head of the second column of the first."""
        room = heights["room"] - (heights["head"] if side == 0 else heights["head_again"])
        room -= heights["foot"] if side == sides - 1 else heights["turn"]
        return room, room - (heights["map"] if side == 0 else 0.0)

    def _view(self, columns: tuple[Column, ...], *, with_map: bool = True) -> ColumnSheetView:
        selection, shape = self.selection, self.shape
        printed = tuple(selection.directory.resources[i] for i in ids_of(columns))
        has_map = with_map and bool(shape.map_height) and selection.middle is not None
        numbers = (
            {r.id: at for at, r in enumerate((r for r in printed if selection.on_map(r)), start=1)} if has_map else {}
        )
        shown = {i: entry.numbered(numbers.get(i, 0)) for i, entry in self.entries.by_id.items()}
        parts = parts_of(columns, shown, self._found)
        left = (
            len(selection.records) + (len(self.windows) if shape.windows else 0) - len(printed) if shape.records else 0
        )
        size = shape.large_type_size if self.large else shape.type_size
        return ColumnSheetView(
            head=PaperHead.of(
                selection, self.entries, self.windows, printed,
                large=self.large, left=left, blanks=BLANKS[: 0 if self.large else shape.blanks], short=self.large,
            ),
            layout=selection.pamphlet.layout,
            sides=tuple(parts[at : at + 2] for at in range(0, len(parts), 2)),
            map=selection.map(numbers, shape.column, shape.map_height, size) if has_map else None,
            map_note=f"番号は一覧の番号、点線は歩く時間の目安（1分80m）です。{map_credit(selection)}" if has_map else "",
            marked=has_map,
        )  # fmt: skip

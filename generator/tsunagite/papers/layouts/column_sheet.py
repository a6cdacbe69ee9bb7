"""ColumnSheetView: a paper in two columns on one or two sides: the leaflet, the sheet of a need, of windows, the poster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from tsunagite.papers.parts.entry import Entries
from tsunagite.papers.parts.facts import holiday_notice
from tsunagite.papers.parts.fit import Column, Fit, LineHeights, PaperPart, count_words, first_of, ids_of, parts_of
from tsunagite.papers.parts.head import PaperHead, data_of
from tsunagite.papers.parts.map import POINT, PaperMap
from tsunagite.papers.parts.selection import Group, Selection
from tsunagite.papers.parts.words import BLANKS, Imprint, imprint, map_credit
from tsunagite.records.model.resource import Resource

MOST_RECORDS = 120  # that are measured: more than two sides can hold
WINDOWS = "windows"  # the id of the group of windows
TALLEST_MAP = 1.5  # times its width, where a column has room
LEAST_ON_MAP = 2  # places of the list: a map of fewer is no reason to leave records out
TO_WRITE = ("わたしの担当", "かかりつけの医院", "薬局", "家族", "近所の人", "民生委員")
"""What a reader writes at the end of a column that is not full."""


@dataclass(frozen=True)
class Shape:
    """What a layout is made of. Sizes in millimetres; ``map_height`` 0 is no map.

    ``windows`` stand before the records, or after them where all records have room. ``lines`` is the heading of the lines to write on.
    """

    sides: int
    column: float
    map_height: float
    windows: Literal["first", "last"]
    records: bool
    blanks: int
    type_size: float
    large_type_size: float
    paper: str = "a4"
    lines: str = "書いておく欄"
    labels: tuple[str, ...] = TO_WRITE


SHAPES: Mapping[str, Shape] = {
    "leaflet": Shape(2, 90.0, 90.0, windows="first", records=True, blanks=0, type_size=9.0, large_type_size=16.0),
    "need_sheet": Shape(2, 90.0, 0.0, windows="last", records=True, blanks=0, type_size=9.0, large_type_size=16.0),
    "window_sheet": Shape(
        2, 90.0, 100.0, windows="first", records=False, blanks=4, type_size=9.0, large_type_size=16.0, labels=BLANKS[4:]
    ),
    "poster": Shape(
        1, 128.0, 130.0, windows="first", records=True, blanks=0, type_size=14.0, large_type_size=20.0,
        paper="a3", lines="この場所のお知らせ", labels=(),
    ),
}  # fmt: skip
SMALL_POSTER = replace(SHAPES["poster"], column=84.5, map_height=84.0, paper="a4")
"""A poster that holds everything on the smaller paper."""


@dataclass(frozen=True)
class ColumnSheetView:
    """Everything the sheet prints. ``sides`` are columns of parts."""

    head: PaperHead
    layout: str
    paper: str
    sides: tuple[tuple[tuple[PaperPart, ...], ...], ...]
    map: PaperMap | None
    map_note: str
    marked: bool


@dataclass(frozen=True)
class ColumnSheet:
    """A sheet before anybody knows what fits on it.

    ``chosen`` are the records that fit above the foot of all: their own foot names fewer sources, so that there is more room.
    """

    selection: Selection
    large: bool
    shape: Shape
    windows: tuple[Resource, ...]
    groups: tuple[Group, ...]
    entries: Entries
    with_map: bool = True
    chosen: tuple[str, ...] | None = None

    @classmethod
    def of(cls, selection: Selection, *, large: bool, shape: Shape | None = None) -> ColumnSheet:
        """Collect everything that may stand on the sheet."""
        shape = shape or SHAPES[selection.pamphlet.layout]
        first = (
            (Group(WINDOWS, "相談するところ", "", selection.windows),)
            if shape.windows == "first" and selection.windows
            else ()
        )
        taken = {r.id for group in first for r in group.records}
        found = selection.sections if shape.records else ()
        rest = first_of(
            tuple(replace(g, records=tuple(r for r in g.records if r.id not in taken)) for g in found), MOST_RECORDS
        )
        taken = {r.id for g in rest for r in g.records}
        last = tuple(r for r in selection.windows if r.id not in taken) if shape.windows == "last" else ()
        groups = (*first, *rest, *((Group(WINDOWS, "相談するところ", "", last),) if last else ()))
        entries = Entries.of(selection.source, (*selection.windows, *(r for g in groups for r in g.records)))
        return cls(selection, large, shape, selection.windows, groups, entries)

    @property
    def _all(self) -> tuple[Resource, ...]:
        return tuple(r for group in self.groups for r in group.records)

    @property
    def _found(self) -> tuple[Group, ...]:
        """All that the query finds, more than is measured."""
        taken = {r.id for r in self.windows} if self.shape.windows == "first" else set()
        rest = tuple(
            replace(g, records=tuple(r for r in g.records if r.id not in taken)) for g in self.selection.sections
        )
        first = (g for g in self.groups if g.id == WINDOWS and self.shape.windows == "first")
        return (*first, *(rest if self.shape.records else ()))

    @property
    def _asked(self) -> tuple[Group, ...]:
        """All groups without the windows that only fill a sheet."""
        return tuple(g for g in self.groups if g.id != WINDOWS or self.shape.windows == "first")

    def measuring(self) -> dict[str, Any]:
        """Return the data by which the template says how high each part is."""
        shown = self.entries.by_id
        longest = self._imprint(tuple(r.id for r in self._all) if self.chosen is None else self.chosen)
        return data_of(self._view(())) | {
            "back": asdict(longest),
            "notice": holiday_notice(self._all, self.entries.year_end, self.selection.source.today),
            "entries": [asdict(shown[r.id].numbered(88)) for r in self._all],
            "parts": [
                {"heading": f"{g.heading}（つづき）", "official": g.official, "count": count_words(88, 88)}
                for g in self.groups
            ],
        }

    def _imprint(self, printed: tuple[str, ...]) -> Imprint:
        """Return the foot of a sheet that holds ``printed`` (ids)."""
        found = (self.selection.directory.resources[i] for i in printed)
        return imprint(self.selection, found, self.entries, short=self.large or self.shape.paper == "a3")

    def fitted(self, heights: dict[str, Any]) -> ColumnSheetView | ColumnSheet:
        """Choose what fits, by heights in points as the template measured them: on one side, else on as many as there are.

        A map that has no room, or that shows less than two places while records are left out, gives way: then the sheet without it, to be measured.
        So is, in large type, a sheet that leaves records out: with the foot of those it holds.
        """
        if self._has_map and any(self._rooms(heights, 0, sides)[1] < 0 for sides in range(1, self.shape.sides + 1)):
            return replace(self, with_map=False)
        records = {r.id: height for r, height in zip(self._all, heights["entries"], strict=True)}
        headings = {g.id: height for g, height in zip(self.groups, heights["parts"], strict=True)}
        asked = {r.id for group in self._asked for r in group.records}
        for sides in range(1, self.shape.sides + 1):
            fit = Fit(
                records, headings, tuple(room for side in range(sides) for room in self._rooms(heights, side, sides))
            )
            columns = fit.choose(self._asked, self.selection.required)
            higher_foot = self.chosen is not None and self._imprint(ids_of(columns)) != self._imprint(self.chosen)
            if self.chosen is not None and higher_foot:
                columns = fit.choose(_only(self._asked, self.chosen), self.selection.required)
            if asked <= set(ids_of(columns)):
                columns = self._filled(fit, columns, heights["map"] if sides == 1 else 0.0)
                break
        view = self._view(columns, fit.rests(columns), heights)
        few = sum(entry.number > 0 for side in view.sides for parts in side for part in parts for entry in part.entries)
        if self._has_map and view.head.more and few < LEAST_ON_MAP:
            return replace(self, with_map=False)
        if self.large and view.head.more and self.chosen is None:
            return replace(self, chosen=ids_of(columns))
        return view

    @property
    def _has_map(self) -> bool:
        return self.with_map and bool(self.shape.map_height) and self.selection.middle is not None

    def _filled(self, fit: Fit, columns: tuple[Column, ...], map_height: float) -> tuple[Column, ...]:
        """Add windows where all records have room, then let both columns of the last side end at one height."""
        if self._asked != self.groups:
            columns = fit.choose(self.groups, frozenset(ids_of(columns)))
        return fit.level(_only(self.groups, ids_of(columns)), (0.0, map_height), 2) or columns

    def _rooms(self, heights: dict[str, Any], side: int, sides: int) -> tuple[float, float]:
        """Return the room of both columns of a side; the map stands at the head of the second column of the first."""
        room = heights["room"] - (heights["head"] if side == 0 else heights["head_again"])
        room -= heights["foot"] if side == sides - 1 else heights["turn"]
        return room, room - (heights["map"] if side == 0 else 0.0)

    def _view(
        self,
        columns: tuple[Column, ...],
        rests: tuple[float, ...] = (),
        heights: dict[str, Any] | None = None,
    ) -> ColumnSheetView:
        """Return the sheet. ``rests``, points that ``columns`` leave free, become a larger map, then lines to write on."""
        selection, shape = self.selection, self.shape
        printed = tuple(selection.directory.resources[i] for i in ids_of(columns))
        has_map = self._has_map
        numbers = (
            {r.id: at for at, r in enumerate((r for r in printed if selection.on_map(r)), start=1)} if has_map else {}
        )
        shown = {i: entry.numbered(numbers.get(i, 0)) for i, entry in self.entries.by_id.items()}
        parts = list(parts_of(columns, shown, self._found))
        map_height, free = shape.map_height, list(rests)
        if has_map and free:
            taller = min(max(0.0, free[1]) * POINT, shape.column * TALLEST_MAP - map_height)
            map_height, free[1] = map_height + taller, free[1] - taller / POINT
        if heights:
            labels = iter(shape.labels)
            lines = LineHeights(heights["lines"], heights["line"])
            parts = [(*part, *lines.part(shape.lines, labels, rest)) for part, rest in zip(parts, free, strict=True)]
        asked = {r.id for group in self._asked for r in group.records}
        known = len({r.id for r in (*selection.records, *(self.windows if shape.windows == "first" else ()))})
        left = known - len(asked & {r.id for r in printed}) if shape.records else 0
        size = shape.large_type_size if self.large else shape.type_size
        drawn = selection.map(numbers, shape.column, map_height, size) if has_map else None
        return ColumnSheetView(
            head=PaperHead.of(
                selection, self.entries, self.windows, printed,
                large=self.large, left=left, blanks=BLANKS[: 0 if self.large else shape.blanks], short=self.large or shape.paper == "a3",
            ),
            layout=selection.pamphlet.layout,
            paper=shape.paper,
            sides=tuple(tuple(parts[at : at + 2]) for at in range(0, len(parts), 2)),
            map=drawn,
            map_note=f"番号は一覧の番号、点線は歩く時間の目安（1分80m）です。{map_credit(selection, drawn)}" if has_map else "",
            marked=has_map,
        )  # fmt: skip


def _only(groups: tuple[Group, ...], ids: tuple[str, ...]) -> tuple[Group, ...]:
    """Return the groups with those of their records whose ids are given."""
    kept = set(ids)
    return tuple(replace(g, records=tuple(r for r in g.records if r.id in kept)) for g in groups)

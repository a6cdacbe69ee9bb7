"""ThreeFoldView: a leaflet folded twice. Everything that may stand on it is measured first; then what fits is chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any

from tsunagite.papers.parts.entry import Entries, PaperEntry
from tsunagite.papers.parts.facts import holiday_notice
from tsunagite.papers.parts.fit import (
    CONTINUED,
    Column,
    Fit,
    LineHeights,
    PaperPart,
    count_words,
    first_of,
    ids_of,
    parts_of,
)
from tsunagite.papers.parts.head import PaperHead, data_of
from tsunagite.papers.parts.map import POINT, PaperMap, locate
from tsunagite.papers.parts.selection import Group, Selection
from tsunagite.papers.parts.words import BLANKS, map_credit, more_words
from tsunagite.records.model.resource import Resource

MAP_WIDTH, MAP_HEIGHT, LARGE_MAP_HEIGHT = 82.0, 88.0, 76.0
"""Millimetres."""
MOST_WINDOWS, MOST_RECORDS, MOST_LARGE_RECORDS = 9, 20, 24  # that are measured: more than two panels can hold
TALLEST_MAP = 1.6  # times its width, where its panel has room
TO_WRITE = "書きとめる"
LEAST_LOCATOR = 34.0  # millimetres
WINDOWS = "windows"  # the id of the group of windows that their panel does not hold
LONGEST_HOURS = 26  # characters; longer hours are asked for by telephone


@dataclass(frozen=True)
class Windows:
    """The second panel."""

    heading: str
    lead: str
    entries: tuple[PaperEntry, ...]
    marked: bool
    call_heading: str
    call: tuple[str, ...]
    lines: tuple[PaperPart, ...] = ()


@dataclass(frozen=True)
class ByNeed:
    """The list by need: one panel and what is left of the map's."""

    heading: str
    map_heading: str
    map_note: str
    first: tuple[PaperPart, ...]
    second: tuple[PaperPart, ...]
    marked: bool = True


@dataclass(frozen=True)
class ThreeFoldView:
    """Everything the leaflet prints."""

    head: PaperHead
    locator: PaperMap | None
    windows: Windows
    list: ByNeed
    map: PaperMap | None
    write_heading: str = TO_WRITE


@dataclass(frozen=True)
class ThreeFold:
    """A leaflet before anybody knows what fits on it."""

    selection: Selection
    large: bool
    windows: tuple[Resource, ...]
    groups: tuple[Group, ...]
    entries: Entries
    with_map: bool = True

    @classmethod
    def of(cls, selection: Selection, *, large: bool) -> ThreeFold:
        """Collect everything that may stand on the leaflet."""
        windows = selection.windows[:MOST_WINDOWS]
        pinned = set(selection.pamphlet.pinned)
        called = tuple(
            replace(g, records=tuple(r for r in g.records if r.voice_phones or r.id in pinned))
            for g in selection.groups
        )
        groups = first_of(called, MOST_LARGE_RECORDS if large else MOST_RECORDS)
        entries = Entries.of(selection.source, (*windows, *(r for g in groups for r in g.records)))
        brief = {i: _brief(entry) for i, entry in entries.by_id.items()}
        return cls(selection, large, windows, groups, replace(entries, by_id=brief))

    def measuring(self) -> dict[str, Any]:
        """Return the data by which the template says how high each part is."""
        view = self._view(self.windows, ((), ()))
        shown = self.entries.by_id
        data = data_of(view)
        return data | {
            "windows": data["windows"] | {"marked": True},
            "notice": holiday_notice((*self.windows, *self._all), self.entries.year_end, self.selection.source.today),
            "entries": [asdict(shown[r.id].numbered(88)) for r in self._all],
            "parts": [
                {"heading": f"{g.heading}{CONTINUED}", "official": g.official, "count": count_words(88, 88)}
                for g in self.groups
            ],
            "more": more_words(88, "x"),
        }

    @property
    def _all(self) -> tuple[Resource, ...]:
        return tuple(r for group in self.groups for r in group.records)

    def fitted(self, heights: dict[str, Any]) -> ThreeFoldView | ThreeFold:
        """Choose what fits, by heights in points as the template measured them.

        The map gives way to a window that is required: then the leaflet without it, to be measured.
        """
        fit = Fit(
            {
                r.id: height
                for r, height in zip(
                    (*self._all, *self.windows), (*heights["entries"], *heights["windows"]), strict=True
                )
            },
            {WINDOWS: max(heights["parts"], default=0.0)}
            | {g.id: height for g, height in zip(self.groups, heights["parts"], strict=True)},
            (
                heights["room"] - heights["title"],
                heights["room"] - heights["map" if self._has_map else "title"] - heights["more"],
            ),
        )
        windows, with_call = self._chosen_windows(heights, fit)
        if self._has_map and not self._leaves_room(windows, fit):
            return replace(self, with_map=False)
        groups = (*self._waiting(windows), *self.groups)
        columns = fit.choose(groups, self.selection.required)
        free = (heights["room"] - heights["cover"] - heights["cover_foot"]) * POINT - 12
        high = {r.id: height for r, height in zip(self.windows, heights["windows"], strict=True)}
        beside = heights["room"] - heights["windows_lead"] - (heights["call"] if with_call else 0.0)
        rests = (beside - sum(high[r.id] for r in windows), *fit.rests(columns))
        taller = min(max(0.0, rests[2]) * POINT, MAP_WIDTH * TALLEST_MAP - self._map_height) if self._has_map else 0.0
        view = self._view(windows, columns, self._locator(free), with_call=with_call, taller=taller)
        lines = LineHeights(heights["lines"], heights["line"])
        ends = [
            lines.part(TO_WRITE, iter(()), rest - more)
            for rest, more in zip(rests, (0, 0, taller / POINT), strict=True)
        ]
        return replace(
            view,
            windows=replace(view.windows, lines=ends[0]),
            list=replace(view.list, first=(*view.list.first, *ends[1]), second=(*view.list.second, *ends[2])),
        )

    def _waiting(self, windows: tuple[Resource, ...]) -> tuple[Group, ...]:
        """Return the required windows that the second panel does not hold, as the first group of the list."""
        waiting = tuple(r for r in self.windows if r.id in self.selection.required and r not in windows)
        return (Group(WINDOWS, f"相談するところ{CONTINUED}", "", waiting),) if waiting else ()

    def _chosen_windows(self, heights: dict[str, Any], fit: Fit) -> tuple[tuple[Resource, ...], bool]:
        """Return the windows of the second panel, and whether how to call has room below: it gives way to a window that is required.

        Where the list has no room for all required windows that are left, others are taken that leave it enough.
        """
        required = [r for r in self.windows if r.id in self.selection.required]
        high = {r.id: height for r, height in zip(self.windows, heights["windows"], strict=True)}
        room = heights["room"] - heights["windows_lead"]
        with_call = sum(high[r.id] for r in required) <= room - heights["call"]
        room -= heights["call"] if with_call else 0.0
        chosen: list[Resource] = []
        for window in sorted(self.windows, key=lambda r: r.id not in self.selection.required):
            if high[window.id] <= room - sum(high[r.id] for r in chosen):
                chosen.append(window)
        if not self._leaves_room(tuple(chosen), fit):
            some = (
                taken
                for count in range(len(required), 0, -1)
                for taken in combinations(required, count)
                if taken[0] is required[0]
            )
            fitting = (
                taken for taken in some if sum(high[r.id] for r in taken) <= room and self._leaves_room(taken, fit)
            )
            chosen = list(next(fitting, tuple(chosen)))
        return tuple(r for r in self.windows if r in chosen), with_call

    def _leaves_room(self, windows: tuple[Resource, ...], fit: Fit) -> bool:
        groups = self._waiting(windows)
        return fit.flow(groups, {r.id for group in groups for r in group.records}) is not None

    @property
    def _map_height(self) -> float:
        return LARGE_MAP_HEIGHT if self.large else MAP_HEIGHT

    @property
    def _has_map(self) -> bool:
        return self.with_map and self.selection.middle is not None

    def _view(
        self,
        windows: tuple[Resource, ...],
        columns: tuple[Column, ...],
        locator: PaperMap | None = None,
        *,
        with_call: bool = True,
        taller: float = 0.0,
    ) -> ThreeFoldView:
        selection = self.selection
        chosen = tuple(selection.directory.resources[i] for i in ids_of(columns))
        order = (*windows, *chosen)
        numbers = {
            r.id: at for at, r in enumerate((r for r in order if self._has_map and selection.on_map(r)), start=1)
        }
        shown = {i: entry.numbered(numbers.get(i, 0)) for i, entry in self.entries.by_id.items()}
        first, second = parts_of(columns, shown, self.selection.groups)
        size = 16.0 if self.large else 9.0
        drawn = selection.map(numbers, MAP_WIDTH, self._map_height + taller, size) if self._has_map else None
        return ThreeFoldView(
            head=PaperHead.of(
                selection, self.entries, self.windows, order,
                large=self.large, left=len(selection.records) + len(selection.windows) - len(order), blanks=BLANKS[: 3 if self.large else len(BLANKS)],
            ),
            locator=locator,
            windows=Windows(
                "相談するところ", "" if selection.is_whole else "担当は市にご確認ください。" if self.large else "担当の窓口は市にご確認ください。",
                tuple(shown[r.id] for r in windows), any(shown[r.id].number for r in windows), *(self._how_to_call() if with_call else ("", ())),
            ),
            list=ByNeed("困りごとから", "地図" if self._has_map else f"困りごとから{CONTINUED}", self._map_note(drawn), first, second, self._has_map),
            map=drawn,
        )  # fmt: skip

    def _map_note(self, drawn: PaperMap | None) -> str:
        note = "番号は一覧の番号です。点線は、まんなかから歩く時間の目安（1分80m、まっすぐ測った長さ）です。"
        return (
            f"{'番号は一覧の番号です。' if self.large else note}{map_credit(self.selection, drawn)}"
            if self._has_map
            else ""
        )

    def _how_to_call(self) -> tuple[str, tuple[str, ...]]:
        name = "わたしは" if self.selection.is_whole else f"{self.selection.area_name}の"
        words = f"「{name}○○です。□□のことで、相談したいのですが。」"
        if self.large:
            return "電話での話し方", (words,)
        return "電話では、こう話せば大丈夫です", (words, "どこに聞けばよいかわからないときも、そのまま話してください。")

    def _locator(self, free: float) -> PaperMap | None:
        """Draw where in the municipality the district lies, in ``free`` millimetres of height."""
        selection, middle = self.selection, self.selection.middle
        outline, size = selection.outline, min(free, 78.0)
        if middle is None or outline is None or size < LEAST_LOCATOR:
            return None
        return locate(
            outline,
            middle,
            size,
            size,
            title=f"{selection.source.settings.municipality}のなかの{selection.area_name}の場所。",
        )


def _brief(entry: PaperEntry) -> PaperEntry:
    """Leave what decides whether to call; the finer hours are told there."""
    return replace(entry, hours=entry.hours if len(entry.hours) <= LONGEST_HOURS else "", phones=entry.phones[:1])

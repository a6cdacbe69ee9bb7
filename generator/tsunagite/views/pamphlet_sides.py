"""Which sections stand on which side of a leaflet, in a resident's order, as many records as the paper holds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from tsunagite.model.resource import Resource
from tsunagite.views.pamphlet_entry import MOST_RECORDS, PamphletSection
from tsunagite.views.pamphlet_shelves import Shelf

BODY = 1553.0
"""Points of column height of one side between its margins (two columns of A4 each)."""
HEAD = 233.0  # what title and emergency numbers take of it on the front
PART_HEIGHT = 44.0

Stock = tuple[tuple[str, tuple[tuple[Shelf, PamphletSection], ...]], ...]
"""Large headings with their shelves, each made into one whole section."""


@dataclass(frozen=True)
class PamphletPart:
    """Sections under one large heading."""

    heading: str
    sections: tuple[PamphletSection, ...]


@dataclass(frozen=True)
class Sides:
    """A leaflet that was laid out. ``left`` is the room on its last side in points."""

    scale: float
    parts: tuple[tuple[PamphletPart, ...], ...]
    printed: tuple[Resource, ...]
    left: float


def lay_out(stock: Stock, rooms: tuple[float, ...], scale: float) -> Sides:
    """Put every section whole on the first side that has room, in type enlarged by ``scale``.

    Shelves that may be cut begin where the one before them ended, and go on overleaf; windows and what else would
    leave a part empty do so where they fit nowhere whole.
    """
    paper = _Paper([room / scale for room in rooms], [{} for _ in rooms], scale)
    printed: list[Resource] = []
    first = 0  # no part starts before the one above it has ended
    for number, (part, shelves) in enumerate(stock):
        nothing_yet = True
        for shelf, section in shelves:
            onward = list(range(first, len(rooms)))
            whole = [] if shelf.may_be_cut else paper.whole(part, section, shelf)
            may_be_cut = shelf.may_be_cut or number == 0 or nothing_yet
            count = paper.put(part, section, shelf, [at for at in whole if at >= first][:1] or onward * may_be_cut)
            printed += shelf.records[:count]
            nothing_yet = nothing_yet and not count
        first = max((at for at, side in enumerate(paper.filled) if side), default=0)
    parts = tuple(_headed(side, paper.filled[0] if at else {}) for at, side in enumerate(paper.filled) if side)
    return Sides(scale, parts, tuple(printed), paper.free[first] * scale)


@dataclass(frozen=True)
class _Paper:
    """The sides while they are filled: what is free on each, at scale 1, and the sections there by large heading."""

    free: list[float]
    filled: list[dict[str, list[PamphletSection]]]
    scale: float

    def whole(self, part: str, section: PamphletSection, shelf: Shelf) -> list[int]:
        """Return the sides on which a section fits whole."""
        found = section.cut(math.inf, self.scale) if len(shelf.records) <= MOST_RECORDS else None
        return [at for at in range(len(self.free)) if found and found[1] <= self._room(at, part)]

    def put(self, part: str, section: PamphletSection, shelf: Shelf, sides: list[int]) -> int:
        """Put a section on these sides, as much as each holds, and say how much is missing. Returns what was put."""
        done = 0
        put_on: list[PamphletSection] = []
        for at in sides:
            found = replace(section, entries=section.entries[done:]).cut(self._room(at, part), self.scale)
            if found and found[0].entries:
                self.free[at] = self._room(at, part) - found[1]
                put_on = self.filled[at].setdefault(part, [])
                put_on.append(found[0])
                done += len(found[0].entries)
        if put_on and done < len(shelf.records):
            put_on[-1] = replace(put_on[-1], more=_more(shelf, len(shelf.records) - done))
        return done

    def _room(self, at: int, part: str) -> float:
        return self.free[at] - (0.0 if part in self.filled[at] else PART_HEIGHT)


def _more(shelf: Shelf, count: int) -> str:
    return f"{shelf.label}は、ほかに{count}か所あります。" if shelf.label else f"ほかに{count}件あります。"


def _headed(
    side: dict[str, list[PamphletSection]], before: dict[str, list[PamphletSection]]
) -> tuple[PamphletPart, ...]:
    return tuple(
        PamphletPart(f"{part}（つづき）" if part in before else part, tuple(found)) for part, found in side.items()
    )

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

    Only windows are cut, what else would leave a part empty, and what a shelf says may be cut: the rest of these
    goes on overleaf.
    """
    free = [room / scale for room in rooms]
    filled: list[dict[str, list[PamphletSection]]] = [{} for _ in rooms]
    printed: list[Resource] = []
    first = 0  # no part starts before the one above it has ended

    for number, (part, shelves) in enumerate(stock):
        nothing_yet = True
        for shelf, whole in shelves:
            rest = replace(whole)
            begun: list[PamphletSection] = []
            for at in _chosen(whole, shelf, _room(free, filled, part), first, scale, cut=number == 0 or nothing_yet):
                found = rest.cut(_room(free, filled, part)[at], scale)
                if found:
                    section, height = found
                    free[at] = _room(free, filled, part)[at] - height
                    begun = filled[at].setdefault(part, [])
                    begun.append(section)
                    rest = replace(rest, entries=rest.entries[len(section.entries) :])
                    nothing_yet = False
                if not rest.entries:
                    break
            count = len(whole.entries) - len(rest.entries)
            printed += shelf.records[:count]
            if begun and count < len(shelf.records):
                begun[-1] = replace(begun[-1], more=_more(shelf, len(shelf.records) - count))
        first = max((at for at, side in enumerate(filled) if side), default=0)
    parts = tuple(_headed(side, filled[0] if at else {}) for at, side in enumerate(filled) if side)
    return Sides(scale, parts, tuple(printed), free[first] * scale)


def _room(free: list[float], filled: list[dict[str, list[PamphletSection]]], part: str) -> list[float]:
    return [room - (0.0 if part in side else PART_HEIGHT) for room, side in zip(free, filled, strict=True)]


def _chosen(
    whole: PamphletSection, shelf: Shelf, room: list[float], first: int, scale: float, *, cut: bool
) -> range | list[int]:
    """Return the sides to try for a section, in their order."""
    onward = range(first, len(room))
    if shelf.style != "full":
        return onward
    found = whole.cut(math.inf, scale) if len(shelf.records) <= MOST_RECORDS else None
    fitting = [at for at in onward if found and found[1] <= room[at]][:1]
    return fitting or (onward if cut or shelf.may_be_cut else [])


def _more(shelf: Shelf, count: int) -> str:
    return f"{shelf.label}は、ほかに{count}か所あります。" if shelf.label else f"ほかに{count}件あります。"


def _headed(
    side: dict[str, list[PamphletSection]], before: dict[str, list[PamphletSection]]
) -> tuple[PamphletPart, ...]:
    return tuple(
        PamphletPart(f"{part}（つづき）" if part in before else part, tuple(found)) for part, found in side.items()
    )

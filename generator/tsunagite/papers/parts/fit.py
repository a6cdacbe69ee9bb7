"""Which records of a paper have room: columns are filled in order with whole records, by heights the typesetter measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tsunagite.papers.parts.entry import PaperEntry
from tsunagite.papers.parts.selection import Group
from tsunagite.records.model.resource import Resource

GIVE_UP = 25  # records in a row that find no room: then the paper is full
SAMPLE_WAITS = 2  # turns: a made-up record comes after so many real ones

LEVEL_STEPS = 60  # heights that are tried to let the columns of a side end level
LEAST_LINES, MOST_LINES = 1, 14  # lines to write on at the end of a column

CONTINUED = "（つづき）"

Column = tuple[tuple[Group, tuple[str, ...]], ...]
"""Groups in a column, each with the ids of its records there."""


@dataclass(frozen=True)
class PaperPart:
    """Records under one heading, as a paper prints them."""

    heading: str
    official: str
    entries: tuple[PaperEntry, ...]
    count: str = ""
    """How many of them are printed, where it is not all of them."""
    lines: tuple[str, ...] = ()
    """Lines to write on, each with the word that stands before it ("": none)."""


@dataclass(frozen=True)
class Fit:
    """Heights in points of records by id and of headings by group, and the room of each column."""

    records: dict[str, float]
    headings: dict[str, float]
    rooms: tuple[float, ...]

    def choose(self, groups: tuple[Group, ...], required: frozenset[str] = frozenset()) -> tuple[Column, ...]:
        """Fill the columns with as many records as they hold: those ``required`` (ids), then each need in its turn."""
        chosen: set[str] = set()
        refused = 0
        for resource in sorted(turns(groups), key=lambda r: r.id not in required):
            if self.flow(groups, chosen | {resource.id}) is not None:
                chosen.add(resource.id)
                refused = 0
            else:
                refused += 1
            if refused == GIVE_UP:
                break
        return self.flow(groups, chosen) or ((),) * len(self.rooms)

    def flow(self, groups: tuple[Group, ...], chosen: set[str]) -> tuple[Column, ...] | None:
        """Fill one column after another with the chosen records; None where they do not fit."""
        columns: list[list[tuple[Group, tuple[str, ...]]]] = [[] for _ in self.rooms]
        rooms = list(self.rooms)
        at = 0
        for group in groups:
            for record in group.records:
                if record.id not in chosen:
                    continue
                while at < len(rooms):
                    headed = bool(columns[at]) and columns[at][-1][0] is group
                    height = self.records[record.id] + (0.0 if headed else self.headings[group.id])
                    if height <= rooms[at]:
                        break
                    at += 1
                if at == len(rooms):
                    return None
                rooms[at] -= height
                before = columns[at].pop()[1] if headed else ()
                columns[at].append((group, (*before, record.id)))
        return tuple(tuple(column) for column in columns)

    def rests(self, columns: tuple[Column, ...]) -> tuple[float, ...]:
        """Return the points of height that the records leave free in each column."""
        return tuple(
            room - sum(self.headings[group.id] + sum(self.records[i] for i in ids) for group, ids in column)
            for room, column in zip(self.rooms, columns, strict=True)
        )

    def level(self, groups: tuple[Group, ...], above: tuple[float, ...], count: int) -> tuple[Column, ...] | None:
        """Let the last ``count`` columns end as high up as they can, with all records; None where not all have room.

        ``above`` is what stands at the head of each of them (a map), in points. The columns before keep their rooms.
        """
        everything = {r.id for group in groups for r in group.records}
        high = max(room + top for room, top in zip(self.rooms[-count:], above, strict=True))
        for step in range(1, LEVEL_STEPS + 1):
            line = high * step / LEVEL_STEPS
            last = tuple(min(room, line - top) for room, top in zip(self.rooms[-count:], above, strict=True))
            found = replace(self, rooms=(*self.rooms[:-count], *last)).flow(groups, everything)
            if found:
                return found
        return None


@dataclass(frozen=True)
class LineHeights:
    """Points: the heading above lines to write on, and one such line."""

    heading: float
    line: float

    def part(self, heading: str, labels: Iterator[str], rest: float) -> tuple[PaperPart, ...]:
        """Return the lines that fill ``rest`` points at the end of a column; none where two have no room."""
        count = int((rest - self.heading) / self.line)
        if count < LEAST_LINES:
            return ()
        return (PaperPart(heading, "", (), lines=tuple(next(labels, "") for _ in range(min(count, MOST_LINES)))),)


def turns(groups: tuple[Group, ...]) -> Iterator[Resource]:
    """Yield records in the order in which they get room: one of each group in turn, made-up ones later."""
    waiting = [
        (at + (SAMPLE_WAITS if r.sample else 0), number, at, r)
        for number, g in enumerate(groups)
        for at, r in enumerate(g.records)
    ]
    yield from (row[3] for row in sorted(waiting, key=lambda row: row[:3]))


def first_of(groups: tuple[Group, ...], most: int) -> tuple[Group, ...]:
    """Return as many records as there may be, some of each group."""
    chosen = {r.id for r in islice(turns(groups), most)}
    kept = (replace(group, records=tuple(r for r in group.records if r.id in chosen)) for group in groups)
    return tuple(group for group in kept if group.records)


def parts_of(
    columns: tuple[Column, ...], entries: dict[str, PaperEntry], found: tuple[Group, ...] = ()
) -> tuple[tuple[PaperPart, ...], ...]:
    """Return the columns as they are printed: where a group goes on in the next one, its heading says so.

    Of groups in ``found`` of which not all are printed, the first heading says how many are.
    """
    seen: set[str] = set()
    totals = {group.id: len(group.records) for group in found}
    printed = Counter(group.id for column in columns for group, ids in column for _ in ids)
    result = []
    for column in columns:
        parts = []
        for group, ids in column:
            heading = f"{group.heading.removesuffix(CONTINUED)}{CONTINUED}" if group.id in seen else group.heading
            few = group.id not in seen and printed[group.id] < totals.get(group.id, 0)
            seen.add(group.id)
            count = count_words(totals[group.id], printed[group.id]) if few else ""
            parts.append(PaperPart(heading, group.official, tuple(entries[i] for i in ids), count))
        result.append(tuple(parts))
    return tuple(result)


def count_words(found: int, printed: int) -> str:
    """Return 「12件のうち4件」."""
    return f"{found}件のうち{printed}件"


def ids_of(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Return the ids of all records in the order in which they are read."""
    return tuple(i for column in columns for _, ids in column for i in ids)

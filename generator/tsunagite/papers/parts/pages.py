"""Which records of a booklet stand on which page, by heights the typesetter measured: pages are full and end at one height."""

from __future__ import annotations

from dataclasses import dataclass, field

from tsunagite.papers.parts.selection import Group
from tsunagite.records.model.resource import Resource

AHEAD = 12
"""Records of a section that may stand before the next one where it has no room on a page."""
MOST_AIR = 24.0
"""Points that are added between two records of a page at most, so that pages end at one height."""
MOST_EMPTY = 0.25
"""The share of a page that may stay empty: a larger rest becomes lines to write on."""


@dataclass
class Section:
    """Records of one group on one page. ``starts``: its heading stands above them, they are the first of the group."""

    group: Group
    starts: bool
    records: list[Resource] = field(default_factory=list)


Page = list[Section]


@dataclass(frozen=True)
class PageFit:
    """Heights in points: of records by id, of headings by group, the room of a page, and what separates two sections on one page.

    ``in_order``: the order of the records means something, so that none goes before another.
    """

    records: dict[str, float]
    headings: dict[str, float]
    room: float
    between: float
    in_order: bool

    def pages(self, groups: tuple[Group, ...]) -> list[Page]:
        """Return the pages: whole records, in the order of the groups.

        Where the next record of a group has no room, the first of the AHEAD behind it that has some comes before it; the one
        that waits begins the next page. A heading never ends a page. A record that is higher than a page has one of its own.
        """
        made: list[Page] = [[]]
        for group in groups:
            waiting = list(group.records)
            while waiting:
                if not made[-1] or made[-1][-1].group is not group:
                    made[-1].append(Section(group, starts=len(waiting) == len(group.records)))
                at = self._next(waiting, made[-1])
                if at is None and (len(made[-1]) > 1 or made[-1][-1].records):
                    if not made[-1][-1].records:
                        made[-1].pop()
                    made.append([])
                    continue
                made[-1][-1].records.append(waiting.pop(at or 0))
        self._leave_none_alone(made)
        return [page for page in made if page]

    def rest(self, page: Page) -> float:
        """Return the points of height that are left on a page; less than nothing where a record is higher than the page."""
        headings = sum(self.headings[section.group.id] for section in page if section.starts)
        records = sum(self.records[r.id] for section in page for r in section.records)
        return self.room - headings - records - self.between * (len(page) - 1)

    def air(self, page: Page) -> float:
        """Return the points to add between the records of a page."""
        gaps = sum(len(section.records) - 1 for section in page)
        rest = self.rest(page)
        return min(MOST_AIR, rest / gaps) if gaps and rest > 0 and not self.has_lines(page) else 0.0

    def has_lines(self, page: Page) -> bool:
        """Tell whether so much of a page is left that it gets lines to write on."""
        return self.rest(page) > MOST_EMPTY * self.room

    def _next(self, waiting: list[Resource], page: Page) -> int | None:
        """Return which of the waiting records comes next on a page, or None where none of them has room."""
        rest = self.rest(page)
        may = waiting[: 1 if self.in_order else AHEAD + 1]
        return next((at for at, r in enumerate(may) if self.records[r.id] <= rest), None)

    def _leave_none_alone(self, made: list[Page]) -> None:
        """Give a page with one record another from the page before it, which may take one from its own page before it in turn."""
        for at in range(len(made) - 1, 0, -1):
            page, before = made[at], made[at - 1]
            if count(page) != 1 or not self._may_give(made, at - 1):
                continue
            section = before[-1]
            same = section.group is page[0].group
            starts = section.starts and len(section.records) == 1  # the heading goes along
            room = self.rest(page) - self.between * (not same) - self.headings[section.group.id] * starts
            may = section.records[-1:] if self.in_order else section.records[::-1]
            given = next((r for r in may if self.records[r.id] <= room), None)
            if given is None:
                continue
            section.records.remove(given)
            if not section.records:
                before.pop()
            if not same:
                page.insert(0, Section(section.group, starts=False))
            page[0].records.insert(0, given)
            page[0].starts = page[0].starts or starts

    def _may_give(self, made: list[Page], at: int) -> bool:
        """Tell whether a page keeps two records without one, or is not the first, so that the page before it may help."""
        return count(made[at]) > 2 or (count(made[at]) == 2 and at > 0 and count(made[at - 1]) > 1)


def count(page: Page) -> int:
    """Return how many records stand on a page."""
    return sum(len(section.records) for section in page)

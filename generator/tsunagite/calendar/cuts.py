"""Cuts what takes place into pages: a page of everything that 4,000 clubs do in six weeks would take 2 MB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.analysis.calendar import Occurrence
from tsunagite.site.record import Link

PAGE_SIZE = 100
"""Occurrences on one page: about 70 kB of HTML, 8 kB when compressed."""


@dataclass(frozen=True)
class Part:
    """What one page shows of a day. ``clubs`` are counted and not shown; ``begun``: an earlier page shows what comes before."""

    day: date
    found: tuple[Occurrence, ...]
    clubs: int = 0
    begun: bool = False

    @property
    def count(self) -> int:
        """How many entries it is: a number of clubs is one."""
        return len(self.found) + bool(self.clubs)


Cut = tuple[Part, ...]


def cut(days: Iterable[Part]) -> tuple[Cut, ...]:
    """Return days as pages: a day goes to the next page where it fits on that one alone, else it is cut itself."""
    return tuple(_cut(days)) or ((),)


def _cut(days: Iterable[Part]) -> Iterator[Cut]:
    page: list[Part] = []
    room = PAGE_SIZE
    for day in days:
        rest = day
        while rest.count > room:
            if page and (day.count <= PAGE_SIZE or not room):
                yield tuple(page)
                page, room = [], PAGE_SIZE
                continue
            page.append(Part(day.day, rest.found[:room], begun=rest.begun))
            rest = Part(day.day, rest.found[room:], rest.clubs, begun=True)
            room = 0
        page.append(rest)
        room -= rest.count
    if page:
        yield tuple(page)


@dataclass(frozen=True)
class Paged:
    """The addresses of something on several pages: the first is where it always was."""

    path: str
    cuts: tuple[Cut, ...]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The address of each page."""
        return (self.path, *(f"{self.path}{number}/" for number in range(2, len(self.cuts) + 1)))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """A link to each page: its number, and the day it begins with. Empty where there is one page."""
        begins = [one[0].day for one in self.cuts if one]
        return tuple(
            Link(f"{number}（{day.month}月{day.day}日から）", path)
            for number, (day, path) in enumerate(zip(begins, self.paths, strict=False), start=1)
            if len(begins) > 1
        )

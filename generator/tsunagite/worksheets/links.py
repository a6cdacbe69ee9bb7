"""What leads to what, line by line: a factor to an issue, an issue to a measure, a measure to an idea and its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.records.load.worksheets import Filled, Line
from tsunagite.records.model.features.worksheet import Section, SheetField
from tsunagite.site.record import CardView, Link, record_path

LONGEST = 40
"""Characters of a line that a link to it says."""
Name = tuple[str, str, int]
"""A line: the id of its sheet, its section, its number there."""


@dataclass(frozen=True)
class LineTrail:
    """A line with what it grew from and what became of it. ``anchor`` is where links to it lead."""

    anchor: str
    letter: str
    text: str
    before: tuple[Link, ...]
    after: tuple[Link, ...]


@dataclass(frozen=True)
class LineLinks:
    """The links between the lines of all sheets that are shown; ``path`` of a sheet by its id."""

    shown: tuple[Filled, ...]
    paths: Mapping[str, str]
    cards: Mapping[str, CardView]

    def of(self, one: Filled) -> tuple[LineTrail, ...]:
        """Return the lines of a sheet that grew from something or led to something, in the order of the sheet.

        A line without a letter stands with the line that it names, unless it is tied to another sheet or to a record.
        """
        here = f"{self.paths[one.head.id]}#"
        trails = [self._trail(one, section, index, line) for section, index, line in _lines(one)]
        return tuple(
            trail
            for trail in trails
            for links in [trail.before + trail.after]
            if any(trail.letter or not link.path.startswith(here) for link in links)
        )

    def _trail(self, one: Filled, section: Section, index: int, line: Line) -> LineTrail:
        name = (one.head.id, section.id, index)
        before = tuple(self._link(other, one) for other in self._edges[0].get(name, ()))
        after = tuple(self._link(other, one) for other in self._edges[1].get(name, ()))
        records = tuple(
            Link(self.cards[record].name, record_path(record))
            for record in _records(section, line)
            if record in self.cards
        )
        letter = str(line["letter"]) if section.letters else ""
        return LineTrail(f"line-{letter}" if letter else "", letter, text_of(section, line), before, after + records)

    def _link(self, name: Name, here: Filled) -> Link:
        """Return the way to a line: by its letter, else to its section. Lines of other sheets say whose they are."""
        sheet, section_id, index = name
        one = self._by_id[sheet]
        section = one.sheet.section(section_id)
        assert section, "edges lead to sections that exist"  # noqa: S101 - told to the type checker
        line = one.values[section_id][index]
        letter = str(line["letter"]) if section.letters else ""
        of = "" if one is here else one.sheet.short or one.sheet.title
        words = "：".join(filter(None, (" ".join(filter(None, (of, letter))), text_of(section, line))))
        return Link(words, f"{self.paths[sheet]}#{f'line-{letter}' if letter else f's-{section_id}'}")

    @cached_property
    def _by_id(self) -> dict[str, Filled]:
        return {one.head.id: one for one in self.shown}

    @cached_property
    def _lettered(self) -> dict[str, Name]:
        """The lines that have a letter, by ``sheet#letter``."""
        return {
            f"{one.head.id}#{line['letter']}": (one.head.id, section.id, index)
            for one in self.shown
            for section, index, line in _lines(one)
            if section.letters
        }

    @cached_property
    def _edges(self) -> tuple[dict[Name, dict[Name, None]], dict[Name, dict[Name, None]]]:
        """What each line grew from, and what grew from it; each once, in the order of the sheets."""
        before: dict[Name, dict[Name, None]] = {}
        after: dict[Name, dict[Name, None]] = {}
        for one in self.shown:
            for section, index, line in _lines(one):
                here = (one.head.id, section.id, index)
                for field, named in _named_fields(section, line):
                    there = self._lettered.get(named if field.kind == "lines" else f"{one.head.id}#{named}")
                    if there is None:
                        continue
                    old, new = (
                        (here, there) if field.of == section.id else (there, here)
                    )  # within a table a line names what it leads to
                    before.setdefault(new, {})[old] = None
                    after.setdefault(old, {})[new] = None
        return before, after


def text_of(section: Section, line: Line) -> str:
    """Return what a line says in a few words: its required text, else the last that the sheet gives an example of, else its first."""
    texts = [field for field in section.fields if field.kind in ("text", "line") and line[field.id]]
    told = (
        [field for field in texts if field.required][:1]
        or [field for field in texts if field.example][-1:]
        or texts[:1]
    )
    field = told[0] if told else None
    words = str(line[field.id]).replace("\n", " ") if field else ""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _lines(one: Filled) -> Iterator[tuple[Section, int, Line]]:
    """Yield the lines that say something of their own (a table about another table repeats its lines)."""
    for section in one.sheet.sections:
        if not section.each:
            for index, line in enumerate(one.values[section.id]):
                yield section, index, line


def _named_fields(section: Section, line: Line) -> Iterator[tuple[SheetField, str]]:
    for field in section.fields:
        if field.kind == "row" and line[field.id]:
            yield field, str(line[field.id])
        elif field.kind in ("rows", "lines"):
            yield from ((field, str(named)) for named in line[field.id])


def _records(section: Section, line: Line) -> Iterator[str]:
    for field in section.fields:
        if field.kind == "resource" and line[field.id]:
            yield str(line[field.id])
        elif field.kind == "resources":
            yield from line[field.id]

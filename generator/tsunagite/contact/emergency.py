"""The one list of emergencies: what is the matter, whom to call in which order, what to do until help comes.

The search, the emergency page, guides, papers and the contact finder all show it from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.records.directory import Directory
from tsunagite.records.model.base.vocabulary import Term, Vocabularies
from tsunagite.site.record import PhoneView
from tsunagite.text import phones
from tsunagite.text.danger_words import groups, number_of, plain, signs
from tsunagite.text.dates import japanese_date

_ORDINARY = ("kind", "kind_group", "need", "service", "department", "trade", "synonyms")
"""Vocabularies of what people look for on other days."""


@dataclass(frozen=True)
class LineView:
    """A number to call. ``hours`` says when it answers; ``direct`` is the number for telephones that cannot dial "#", or ""."""

    id: str
    label: str
    number: str
    href: str
    about: str
    hours: str
    always: bool
    ask: tuple[str, ...]
    direct: str = ""
    direct_href: str = ""
    source: str = ""
    url: str = ""
    read_on: str = ""

    @classmethod
    def of(cls, term: Term) -> LineView:
        """Make the view of a term of the vocabulary ``hotline``."""
        hours = "24時間・休みの日もつながります。" if term.always else term.hours
        direct = phones.tel_href(term.direct) if term.direct else ""
        read_on = japanese_date(term.read_on) if term.read_on else ""
        return cls(
            term.id,
            term.label,
            term.number,
            phones.tel_href(term.number),
            term.definition,
            hours,
            term.always,
            term.ask,
            term.direct,
            direct,
            term.source,
            term.url,
            read_on,
        )

    @property
    def open(self) -> str:
        """When it answers, in as few words as fit on a button; "" for 119 and 110, of which everybody knows it."""
        return "" if self.ask and self.always else "24時間" if self.always else self.hours


def emergency_phones(directory: Directory) -> tuple[PhoneView, ...]:
    """Return the numbers of the emergency strip, without a national one that the municipality does not have."""
    absent = {term.number for term in directory.vocabularies["hotline"] if term.hidden}
    found = (one for one in directory.settings.emergency if one.number not in absent)
    return tuple(PhoneView(one.number, phones.tel_href(one.number), one.label, "") for one in found)


@dataclass(frozen=True)
class DangerView:
    """One emergency: what it is called, what to do before a call ("" mostly) and until help comes, whom to call in this order."""

    id: str
    label: str
    first: str
    action: str
    lines: tuple[LineView, ...]
    urgent: bool


@dataclass(frozen=True)
class EmergencyView:
    """All emergencies of a site in the order of the vocabulary."""

    vocabularies: Vocabularies

    @cached_property
    def lines(self) -> Mapping[str, LineView]:
        """Every number of the vocabulary ``hotline``, by id; a local one only where the municipality has written its number, none that it does not have."""
        return {term.id: LineView.of(term) for term in self.vocabularies["hotline"] if term.number and not term.hidden}

    @cached_property
    def dangers(self) -> Mapping[str, DangerView]:
        """Every emergency, by id."""
        return {
            term.id: DangerView(term.id, term.label, term.first, term.definition, self._lines_of(term), term.urgent)
            for term in self._terms
            if self._lines_of(term)
        }

    @property
    def _terms(self) -> Iterator[Term]:
        return (term for term in self.vocabularies["emergency"] if term.calls)

    def _lines_of(self, term: Term) -> tuple[LineView, ...]:
        return tuple(self.lines[line] for line in term.calls if line in self.lines)

    @cached_property
    def groups(self) -> tuple[tuple[LineView, tuple[DangerView, ...]], ...]:
        """The emergencies by the number to call first, the numbers of the emergency page first."""
        found: dict[str, list[DangerView]] = {
            term.id: [] for term in self.vocabularies["hotline"] if term.urgent and term.id in self.lines
        }
        for danger in self.dangers.values():
            found.setdefault(danger.lines[0].id, []).append(danger)
        return tuple((self.lines[line], tuple(dangers)) for line, dangers in found.items())

    @cached_property
    def hash_lines(self) -> tuple[LineView, ...]:
        """The numbers with another one for telephones that cannot dial "#"."""
        return tuple(line for line in self.lines.values() if line.direct)

    @cached_property
    def proofs(self) -> tuple[LineView, ...]:
        """The numbers of which it is written when they were looked at, and where."""
        return tuple(line for line in self.lines.values() if line.source and line.read_on)

    @cached_property
    def signs(self) -> tuple[tuple[int, ...], ...]:
        """For each emergency the numbers of pieces of which one stands in every search that may mean it, in order.

        The search page carries them; the words of an emergency are fetched where a search holds one of its pieces.
        """
        ordinary = "|".join(
            plain(word)
            for name in _ORDINARY
            for term in self.vocabularies[name]
            for word in (term.label, *term.aliases, *term.also_called)
        )
        return tuple(
            tuple(sorted(set(map(number_of, signs(term.also_called, term.alone, ordinary))))) for term in self._called
        )

    @property
    def _called(self) -> Iterator[Term]:
        return (term for term in self._terms if self._lines_of(term))

    def numbers(self) -> dict[str, object]:
        """Return what every emergency needs in the browser: all telephones, and the ends of names that make a word harmless."""
        endings = (ending for term in self.vocabularies["emergency"] if not term.calls for word in term.also_called for group in groups(word) for ending in group)  # fmt: skip
        lines = [
            [line.label, line.number, line.href, line.open, line.direct, line.direct_href]
            for line in self.lines.values()
        ]
        return {"endings": list(endings), "lines": lines}

    def words(self) -> list[list[object]]:
        """Return of each emergency what the browser needs to decide and to show (the shape is ``Danger`` of browser/emergency.js)."""
        lines = {line: place for place, line in enumerate(self.lines)}
        return [
            [
                term.label, term.definition, [lines[line.id] for line in self._lines_of(term)],
                [_written(word) for word in term.also_called], [plain(word) for word in term.alone], [_written(word) for word in term.but], term.first,
            ]
            for term in self._called
        ]  # fmt: skip


def _written(word: str) -> str:
    return " ".join("/".join(group) for group in groups(word))

"""PaperEntry: one record as every described paper prints it: name with furigana, numbers, place, what decides, how old it is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tsunagite.papers.parts.facts import closed_words, fee_words, subjects, terms, usual_year_end
from tsunagite.papers.source import PaperSource, sentence_of
from tsunagite.records.model.resource import Resource
from tsunagite.site import words
from tsunagite.site.record import RecordParts
from tsunagite.text.one_line import one_line
from tsunagite.text.ruby import Ruby, legal_form, ruby

MOST_PHONES = 2
LONGEST_BOX = 12  # characters that stay on one line below their reading


@dataclass(frozen=True)
class PaperPhone:
    """A number and who answers it ("" where nobody is named)."""

    number: str
    label: str


@dataclass(frozen=True)
class PaperEntry:
    """One record on paper. ``legal`` is the part of its name nobody says aloud; ``reading`` is whole where ``name`` has none."""

    id: str
    number: int
    legal: str
    name: Ruby
    reading: str
    badge: str
    phones: tuple[PaperPhone, ...]
    place: str
    hours: str
    closed: str
    subjects: str
    sentence: str
    terms: str
    fee: str
    alert: str
    reason: str
    checked: str

    @property
    def plain_name(self) -> str:
        """The name as it was recorded."""
        return self.legal + "".join(text for text, _ in self.name)

    def numbered(self, number: int) -> PaperEntry:
        """Return the entry with its number on the map."""
        return replace(self, number=number)


@dataclass(frozen=True)
class Entries:
    """The entries of one paper by record id, and what they have in common: how old they are, in one sentence; when the new year closes them."""

    by_id: Mapping[str, PaperEntry]
    common: str
    year_end: str

    @classmethod
    def of(cls, source: PaperSource, records: Iterable[Resource]) -> Entries:
        """Make the entries of ``records``."""
        found = tuple(records)
        directory = source.directory
        counted = Counter(words.verification(directory, r).text for r in found if not r.sample)
        common = max(counted, key=lambda text: (counted[text], text)) if counted else ""
        year_end = usual_year_end(found)
        return cls(
            {r.id: entry_of(source, r, common, source.shared_sentences, year_end) for r in found}, common, year_end
        )


def entry_of(
    source: PaperSource, resource: Resource, common: str = "", shared: frozenset[str] = frozenset(), year_end: str = ""
) -> PaperEntry:
    """Return one record as an entry, without what ``common``, ``shared`` and ``year_end`` say of all."""
    view = source.views.of(RecordParts(resource))
    legal, name, reading = _name(one_line(view.card.name), one_line(view.card.reading))
    building = resource.location.building if resource.location else ""
    voice = [phone for phone in view.phones if not phone.is_fax][:MOST_PHONES]
    checked = view.verification.text
    sentence = sentence_of(resource)
    rows = (f"{row.days} {row.span}" + (f"（{row.label}）" if row.label else "") for row in view.hours)
    return PaperEntry(
        id=resource.id,
        number=0,
        legal=legal,
        name=name,
        reading=reading,
        badge="見本" if resource.sample else "",
        phones=tuple(
            PaperPhone(p.number, one_line("　".join(part for part in (p.label, p.note) if part))) for p in voice
        ),
        place=one_line(f"{view.card.place} {building}".strip()),
        hours=one_line("、".join(rows)),
        closed=closed_words(resource, year_end),
        subjects=subjects(resource),
        sentence="" if sentence in shared else sentence,
        terms=terms(resource, source.directory.vocabularies),
        fee=fee_words(resource, source.directory.vocabularies),
        alert=one_line(
            "。".join(filter(None, (view.pause, f"{view.alert}（{view.alert_until}まで）" if view.alert else "")))
        ),
        reason=one_line(view.no_contact_reason),
        checked="" if resource.sample or checked == common else one_line(checked),
    )


def _name(name: str, reading: str) -> tuple[str, Ruby, str]:
    """Divide a name: what nobody says aloud, the pieces with their readings, and the whole reading where it cannot be divided."""
    if not reading:
        return "", _pieces(((name, ""),)), ""
    whole = ruby(name, reading)
    legal = "" if whole else legal_form(name)
    pieces = whole or ruby(name[len(legal) :], reading)
    if pieces and all(len(text) <= LONGEST_BOX or not over for text, over in pieces):
        return legal, _pieces(pieces), ""
    return "", _pieces(((name, ""),)), reading


def _pieces(name: Ruby) -> Ruby:
    """Cut what has no reading before brackets and after blanks: a line may end there."""
    cut = (
        (part, over)
        for text, over in name
        for part in ([text] if over else re.split(r"(?=[（(「『])|(?<=[\u3000 ])", text))
    )
    return tuple((part, over) for part, over in cut if part)


def distance(resource: Resource, lat: float, lng: float) -> float:
    """Return how far a record lies from a point, in metres as the crow flies; those without a place lie farthest."""
    if resource.point is None:
        return math.inf
    north = (resource.point[0] - lat) * 111_320.0
    east = (resource.point[1] - lng) * 111_320.0 * math.cos(math.radians(lat))
    return math.hypot(north, east)

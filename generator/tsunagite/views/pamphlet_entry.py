"""One section of a leaflet: what each record says on paper, what they have in common said once, and how high it stands."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tsunagite.model.resource import Resource
from tsunagite.text.width import ems
from tsunagite.views.pamphlet_shelves import Shelf, Style
from tsunagite.views.record import RecordParts, RecordView

if TYPE_CHECKING:
    from tsunagite.views.site import SiteView

MOST_PHONES = 3
MOST_RECORDS = 100  # of one shelf: more than two sides can hold
COLUMN = 258.0  # points
ROWS_BESIDE = 1.25  # the largest scale at which a number still has room beside a name
FEWEST = 3  # a section cut to fewer records than this is not worth its heading
_BLANKS = re.compile(r"[\t\r\n\x0b\x0c\u0085\u2028\u2029]+")


@dataclass(frozen=True)
class PamphletPhone:
    """A number and who answers it ("" where nobody is named)."""

    number: str
    label: str


@dataclass(frozen=True)
class PamphletEntry:
    """One record on paper. ``name`` is in pieces between which a line may end; what the section says is empty here."""

    name: tuple[str, ...]
    badge: str
    phones: tuple[PamphletPhone, ...]
    place: str
    hours: str
    notes: tuple[str, ...]
    verification: str


@dataclass(frozen=True)
class PamphletSection:
    """Records under one heading; ``hours``, ``lead`` and ``verification`` are what they have in common."""

    heading: str
    official: str
    style: Style
    lead: str
    hours: str
    verification: str
    entries: tuple[PamphletEntry, ...]
    more: str

    def cut(self, room: float, scale: float) -> tuple[PamphletSection, float] | None:
        """Return the section cut to ``room`` and its height, both in points at scale 1; None where too little fits."""
        title = math.ceil(scale * (14.0 * ems(self.heading) + 10.5 * ems(self.official)) / 245.0)  # lines
        said = (
            _lines(self.lead, 23.5 / scale) + _lines(self.hours, 23.5 / scale) + _lines(self.verification, 27 / scale)
        )
        height = 30.0 + 14.0 * title + 12.6 * said
        fitting = []
        for entry in self.entries:
            more = _HEIGHTS[self.style](entry, scale)
            if height + more > room:
                break
            height += more
            fitting.append(entry)
        if len(fitting) < min(FEWEST, len(self.entries)):
            return None
        return replace(self, entries=tuple(fitting)), height


def section_of(site: SiteView, shelf: Shelf, common: str) -> PamphletSection:
    """Return a shelf as a section. ``common`` is the verification that the leaflet's foot states for all records."""
    views = [RecordView.of(site.directory, RecordParts(resource), site.today) for resource in shelf.records[:MOST_RECORDS]]
    usual = _usual([_hours(view) for view in views]) if shelf.style == "full" else ""
    lead = _shared([view.card.sentence for view in views]) if shelf.style == "full" else ""
    reason = _reason(views)
    dated = _usual([view.verification.text for view in views])
    if dated == common or all(resource.sample for resource in shelf.records):
        dated = ""
    told = {lead, reason, dated or common}
    entries = []
    for resource, view in zip(shelf.records, views, strict=False):
        entry = _entry(resource, view, usual=usual, told=told, kinds=shelf.kinds)
        entries.append(_SHORTENED[shelf.style](entry, view, told, shelf))
        told.add(view.card.sentence)  # what the record above has just said is not said again
    if reason and not all(view.no_contact_reason for view in views):
        reason = f"番号のないところは、{reason}"
    always = all(not entry.hours for entry in entries)
    return PamphletSection(
        heading=shelf.heading,
        official=shelf.official,
        style=shelf.style,
        lead=shelf.lead + lead + (reason if shelf.style != "names" else ""),
        hours=f"{'どこも' if always else 'ふつうは'} {usual}" if usual else "",
        verification=f"ことわりのないものは{dated}です。" if dated else "",
        entries=tuple(entries),
        more="",
    )


def _entry(
    resource: Resource, view: RecordView, *, usual: str, told: set[str], kinds: tuple[str, ...]
) -> PamphletEntry:
    """Return a record without what its section says: the ``usual`` hours, and the sentences in ``told``."""
    voice = [phone for phone in view.phones if not phone.is_fax][:MOST_PHONES]
    building = resource.location.building if resource.location else ""
    kind = view.card.kind if len(kinds) > 1 and view.card.kind not in view.card.name else ""
    notes = (view.card.sentence or kind, view.no_contact_reason, _alert(view))
    hours = _hours(view) or ("時間は不明です。" if usual else "")
    return PamphletEntry(
        name=_pieces(one_line(view.card.name)),
        badge="見本" if resource.sample else "",
        phones=tuple(
            PamphletPhone(p.number, one_line("　".join(part for part in (p.label, p.note) if part))) for p in voice
        ),
        place=one_line(f"{view.card.place} {building}".strip()),
        hours="" if hours == usual else hours,
        notes=tuple(one_line(note) for note in notes if note and note not in told),
        verification=_verification(resource, view, told),
    )


def _as_it_is(entry: PamphletEntry, view: RecordView, told: set[str], shelf: Shelf) -> PamphletEntry:  # noqa: ARG001 - as the others
    return entry


def _row(entry: PamphletEntry, view: RecordView, told: set[str], shelf: Shelf) -> PamphletEntry:
    """Leave on one line: the name, the first number, the kind where the section has several."""
    kind = view.card.kind if len(shelf.kinds) > 1 else ""
    notes = (kind, "" if view.no_contact_reason in told else view.no_contact_reason, _alert(view))
    phones = tuple(PamphletPhone(phone.number, "") for phone in entry.phones[:1])
    return replace(entry, phones=phones, place="", hours="", notes=tuple(one_line(note) for note in notes if note))


def _name(entry: PamphletEntry, view: RecordView, told: set[str], shelf: Shelf) -> PamphletEntry:  # noqa: ARG001 - as the others
    """Leave the name, and what is out of the ordinary."""
    alert = _alert(view)
    return replace(entry, phones=(), place="", hours="", notes=(one_line(alert),) if alert else ())


def _alert(view: RecordView) -> str:
    return f"{view.alert}（{view.alert_until}まで）" if view.alert else ""


def _verification(resource: Resource, view: RecordView, told: set[str]) -> str:
    return "" if resource.sample or view.verification.text in told else one_line(view.verification.text)


def _hours(view: RecordView) -> str:
    """Return the opening times as one sentence, or "". Long notes of closing days stay on the site."""
    rows = (f"{row.days} {row.span}" + (f"（{row.label}）" if row.label else "") for row in view.hours)
    return one_line("、".join(rows))


def _reason(views: list[RecordView]) -> str:
    """Return the reason that all records without a number share, or ""; a single one keeps its own."""
    reasons = [view.no_contact_reason for view in views if view.no_contact_reason]
    return _shared(reasons)


def _shared(texts: list[str]) -> str:
    """Return the text that every record of a section has, or ""; a single record keeps its own."""
    return texts[0] if len(texts) > 1 and len(set(texts)) == 1 else ""


def _usual(texts: list[str]) -> str:
    """Return the text of most records of a section (more than half), or ""."""
    text = most_common(texts)
    return text if len(texts) > 1 and texts.count(text) > len(texts) / 2 else ""


def most_common(texts: Iterable[str]) -> str:
    """Return the text that occurs most often, or "" where there is none."""
    counted = Counter(texts)
    return max(counted, key=lambda text: (counted[text], text)) if counted else ""


def _pieces(name: str) -> tuple[str, ...]:
    """Cut a name before brackets and after wide blanks; a longer piece may still be broken by the typesetter."""
    return tuple(piece for piece in re.split(r"(?=[（(「『])|(?<=[　 ])", name) if piece)


def one_line(text: str) -> str:
    """Return the text on one line, without control characters, which no font can show."""
    return "".join(c for c in _BLANKS.sub(" ", text) if unicodedata.category(c) != "Cc").strip()


def _lines(text: str, width: float) -> int:
    """Estimate how many lines of ``width`` ems a text takes."""
    return math.ceil(ems(text) / width)


def small_lines(text: str) -> int:
    """Estimate how many lines a text takes in small type in one column."""
    return _lines(text, 28.0)


def _full_height(entry: PamphletEntry, scale: float) -> float:
    """Estimate the height of an entry in points at scale 1, as leaflet.typ sets it."""
    name = "".join(entry.name) + entry.badge
    small = sum(13.3 * _lines(text, 23.5 / scale) for text in (entry.hours, *entry.notes, entry.verification))
    if not entry.phones:
        return 7.5 + 14.4 * _lines(f"{name} {entry.place}", 21.5 / scale) + small
    labels = sum(13.3 for phone in entry.phones if phone.label) if len(entry.phones) == 1 else 0.0
    beside = (COLUMN / scale - 139.0) / 10.5 if len(entry.phones) == 1 else 0.0  # ems right of the number
    place = 13.3 * _lines(entry.place, 23.5 / scale) if ems(entry.place) > beside else 0.0
    return 8.0 + 14.4 * _lines(name, 21.5 / scale) + 17.4 * len(entry.phones) + labels + place + small


def _row_height(entry: PamphletEntry, scale: float) -> float:
    """Estimate the height of a name and a number on one line; in the largest type the number stands below."""
    beside = COLUMN / scale / 10.5 - (9.6 if entry.phones and scale <= ROWS_BESIDE else 0.0)  # ems
    name = ems("".join(entry.name)) + (2.4 if entry.badge else 0.0)
    notes = sum(0.5 + 0.86 * ems(note) for note in (*entry.notes, entry.verification) if note)
    below = 14.5 if entry.phones and scale > ROWS_BESIDE else 0.0
    return 5.6 + below + 11.8 * math.ceil((name + notes) / beside)


def _name_height(entry: PamphletEntry, scale: float) -> float:
    """Estimate what a name in a running line adds to the height."""
    return 12.8 * (ems("".join(entry.name)) + 2.0) * scale / 24.5


_HEIGHTS = {"full": _full_height, "rows": _row_height, "names": _name_height}
_SHORTENED = {"full": _as_it_is, "rows": _row, "names": _name}

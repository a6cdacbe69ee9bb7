"""Which records stand on which side of a leaflet: kinds in a resident's order, as many as the paper holds."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tsunagite.model.resource import Resource
from tsunagite.views.record import RecordView

if TYPE_CHECKING:
    from tsunagite.views.site import SiteView

ROOM = (1320.0, 1345.0)
"""Points of column height for sections on the front and on the back (two columns of A4 each), as _height estimates it."""

PART_HEIGHT = 44.0

# What a resident looks for, in this order; kinds that stand nowhere here are counted and found on the site.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("相談するところ", (
        "community_support_center", "social_welfare_council", "city_office", "health_center", "life_support_coordinator",
        "telephone_advice", "livelihood_support", "disability_support_center", "guardianship_center", "consumer_center",
    )),
    ("出かけるところ", (
        "gathering_place", "exercise_group", "dementia_cafe", "rest_house", "library", "bath", "community_center",
        "public_facility", "senior_club", "hobby_circle", "children_cafeteria",
    )),
    ("くらしの手伝い", (
        "meal_delivery", "household_help", "watch_over", "mobile_shop", "visiting_barber", "community_bus",
        "welfare_transport", "care_taxi", "volunteer_group",
    )),
)  # fmt: skip
KINDS = frozenset(kind for _, kinds in PARTS for kind in kinds)
# Headings in a neighbour's words; the official name of the kind follows in regular type. Other kinds: their own name.
HEADINGS = {
    "community_support_center": "介護や健康、くらしの困りごと",
    "social_welfare_council": "支え合いとボランティア",
    "city_office": "市の手続きと相談",
    "health_center": "こころと体の健康",
    "rest_house": "集まって過ごす",
    "library": "本を読む、静かに過ごす",
    "community_center": "地区の集まりと講座",
    "public_facility": "活動に使える場所",
}
MOST_PHONES = 3
MOST_RECORDS = 100  # of one kind: more than two sides can hold
FEWEST = 3  # a kind cut to fewer records than this is not worth its heading
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
    """Records of one kind under one heading; ``hours`` and ``lead`` are what they have in common."""

    heading: str
    official: str
    lead: str
    hours: str
    entries: tuple[PamphletEntry, ...]
    more: str


@dataclass(frozen=True)
class PamphletPart:
    """Sections under one large heading."""

    heading: str
    sections: tuple[PamphletSection, ...]


def sides_of(
    site: SiteView, printable: list[Resource], common: str, shares: tuple[float, float]
) -> tuple[tuple[tuple[PamphletPart, ...], ...], list[Resource], float]:
    """Put every kind whole on the first side that has room; only windows are cut, or what else would leave a part empty.

    Made-up records give way to real ones: within a kind, and kinds that have no others. Returns the sides in use,
    the records printed, and the room left on the last side in points.
    """
    by_kind: dict[str, list[Resource]] = {}
    for resource in sorted(printable, key=_list_order):
        by_kind.setdefault(resource.kind, []).append(resource)
    rooms = [room * share for room, share in zip(ROOM, shares, strict=True)]
    filled: tuple[dict[str, list[PamphletSection]], ...] = ({}, {})
    printed: list[Resource] = []
    first = 0  # no part starts before the one above it has ended

    def free(at: int, part: str) -> float:
        return rooms[at] - (0.0 if part in filled[at] else PART_HEIGHT)

    for number, (part, kinds) in enumerate(PARTS):
        nothing_yet = True
        present = sorted((k for k in kinds if k in by_kind), key=lambda k: all(r.sample for r in by_kind[k]))
        for kind in present:
            rest = by_kind[kind]
            whole = _section(site, kind, rest, common, math.inf)[1] if len(rest) <= MOST_RECORDS else math.inf
            fitting = [at for at in range(first, len(rooms)) if whole <= free(at, part)][:1]
            may_be_cut = number == 0 or nothing_yet
            begun: list[PamphletSection] = []
            for at in fitting or (range(first, len(rooms)) if may_be_cut else ()):
                section, height = _section(site, kind, rest[:MOST_RECORDS], common, free(at, part))
                if section:
                    rooms[at] = free(at, part) - height
                    begun = filled[at].setdefault(part, [])
                    begun.append(section)
                    printed += rest[: len(section.entries)]
                    rest = rest[len(section.entries) :]
                    nothing_yet = False
                if not rest:
                    break
            if begun and rest:
                label = site.directory.vocabularies["kind"][kind].label
                begun[-1] = replace(begun[-1], more=f"{label}は、ほかに{len(rest)}か所あります。")
        first = max((at for at, side in enumerate(filled) if side), default=0)
    sides = tuple(_headed(side, filled[0] if at else {}) for at, side in enumerate(filled) if side)
    return sides, printed, rooms[first]


def _headed(
    side: dict[str, list[PamphletSection]], before: dict[str, list[PamphletSection]]
) -> tuple[PamphletPart, ...]:
    return tuple(
        PamphletPart(f"{part}（つづき）" if part in before else part, tuple(found)) for part, found in side.items()
    )


def _list_order(resource: Resource) -> tuple[bool, bool, int]:
    """Keep 五十音 order; records without a reading follow in the order of the list they come from (main office first)."""
    row = resource.sources[0].row if resource.sources else ""
    number = int(row) if row.isdecimal() and not resource.name_kana else 0
    return resource.sample, not resource.name_kana, number


def _section(
    site: SiteView, kind: str, found: list[Resource], common: str, room: float
) -> tuple[PamphletSection | None, float]:
    """Return the section of a kind and its height in points, cut to ``room``; None where too few records fit."""
    views = [RecordView.of(site.directory, resource, site.today) for resource in found]
    usual = _usual([_hours(view) for view in views])
    lead = _shared([view.card.sentence for view in views])
    reason = _shared([view.no_contact_reason for view in views])
    entries = [
        _entry(resource, view, usual=usual, told=(lead, reason, common))
        for resource, view in zip(found, views, strict=True)
    ]
    everywhere = all(not entry.hours for entry in entries)
    hours = f"{'どこも' if everywhere else 'ふつうは'} {usual}" if usual else ""
    label = site.directory.vocabularies["kind"][kind].label
    heading = HEADINGS.get(kind, label)
    official = "" if heading == label else label
    title = math.ceil((14.0 * _ems(heading) + 10.5 * _ems(official)) / 245.0)  # lines
    height = 30.0 + 14.0 * title + 12.6 * (_lines(lead + reason) + _lines(hours))
    fitting = []
    for entry in entries:
        if height + _height(entry) > room:
            break
        height += _height(entry)
        fitting.append(entry)
    if len(fitting) < min(FEWEST, len(entries)):
        return None, 0.0
    return PamphletSection(heading, official, lead + reason, hours, tuple(fitting), ""), height


def _entry(resource: Resource, view: RecordView, *, usual: str, told: tuple[str, ...]) -> PamphletEntry:
    """Return a record without what its section says: the ``usual`` hours, and the sentences in ``told``."""
    voice = [phone for phone in view.phones if not phone.is_fax][:MOST_PHONES]
    building = resource.location.building if resource.location else ""
    notes = (
        view.card.sentence,
        view.no_contact_reason,
        f"{view.alert}（{view.alert_until}まで）" if view.alert else "",
    )
    verification = "" if resource.sample or view.verification.text in told else view.verification.text
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
        verification=one_line(verification),
    )


def _hours(view: RecordView) -> str:
    """Return the opening times as one sentence, or "". Long notes of closing days stay on the site."""
    rows = (f"{row.days} {row.span}" + (f"（{row.label}）" if row.label else "") for row in view.hours)
    return one_line("、".join(rows))


def _shared(texts: list[str]) -> str:
    """Return the text that every record of a section has, or ""; a single record keeps its own."""
    return texts[0] if len(texts) > 1 and len(set(texts)) == 1 else ""


def _usual(texts: list[str]) -> str:
    """Return the hours of most records of a section (more than half), or ""."""
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


def _ems(text: str) -> float:
    """Estimate the width of a text in ems. Kana are narrower than kanji in a proportional font."""
    return sum(0.62 if c.isascii() else 0.9 if "\u3000" <= c <= "\u30ff" else 1.0 for c in text)


def _lines(text: str, ems: float = 23.5) -> int:
    """Estimate how many lines of ``ems`` ems a text takes."""
    return math.ceil(_ems(text) / ems)


def _height(entry: PamphletEntry) -> float:
    """Estimate the height of an entry in points, as leaflet.typ sets it."""
    name = "".join(entry.name) + entry.badge
    small = sum(13.3 * _lines(text) for text in (entry.hours, *entry.notes, entry.verification))
    if not entry.phones:
        return 7.5 + 14.4 * _lines(f"{name} {entry.place}", 21.5) + small
    labels = sum(13.3 for phone in entry.phones if phone.label) if len(entry.phones) == 1 else 0.0
    places = 13.2 * (_lines(entry.place, 10.6) - 1) if len(entry.phones) == 1 else 13.3 * _lines(entry.place)
    return 8.0 + 14.4 * _lines(name, 21.5) + 17.4 * len(entry.phones) + labels + max(places, 0.0) + small

"""PamphletView: one A4 leaflet of a municipality or an area, every text and every omission decided before typesetting."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tsunagite.model.resource import Resource
from tsunagite.text.dates import japanese_date, japanese_month
from tsunagite.views import words
from tsunagite.views.record import CardView, RecordView

if TYPE_CHECKING:
    from tsunagite.views.site import SiteView

ROOM = 2250.0
"""Points of column height for sections on both sides (four columns of A4). An estimate: the typesetter has the last word."""

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
MOST_KINDS_NAMED = 4
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


@dataclass(frozen=True)
class PamphletView:
    """Everything one leaflet prints."""

    path: str
    title: str
    lead: str
    demonstration: str
    printed_on: str
    emergency: tuple[PamphletPhone, ...]
    parts: tuple[PamphletPart, ...]
    more: str
    more_kinds: str
    site_url: str
    site_name: str
    blanks: tuple[str, ...]
    footnotes: tuple[str, ...]
    credits: tuple[str, ...]
    lost_glyph_note: str

    @classmethod
    def of(cls, site: SiteView, area_id: str = "", room: float = ROOM) -> PamphletView:
        """Make the leaflet of an area ("": everything the site lists) in ``room`` points of column height.

        The area's sheet must be one of ``site.papers``; raises StopIteration otherwise.
        """
        paper = next(paper for paper in site.papers if paper.path == paper_path(area_id))
        directory, settings = site.directory, site.settings
        whole = area_id in ("", settings.area)
        found = directory.listed if whole else directory.by_area.get(area_id, ())
        found = tuple(resource for resource in found if not directory.is_equipment(resource))
        printable = [resource for resource in found if _may_be_printed(resource)]
        common = _most_common(words.verification(directory, r).text for r in printable if not r.sample)
        parts, printed = _parts(site, printable, common, room)
        left_out = [resource for resource in found if resource not in printed]
        return cls(
            path=paper.path,
            title=paper.title,
            lead="迷ったら、まず電話で聞いてみてください。",
            demonstration=_line(settings.demonstration),
            printed_on=f"{japanese_date(site.today)}に作成",
            emergency=tuple(PamphletPhone(phone.number, phone.label) for phone in site.emergency),
            parts=parts,
            more=f"ほか{len(left_out)}件はサイトで" if left_out and settings.site_url else f"ほか{len(left_out)}件" if left_out else "",
            more_kinds=_kinds(site, left_out),
            site_url=settings.site_url or "",
            site_name=re.sub(r"^https?://|/$", "", settings.site_url or ""),
            blanks=("かかりつけの医院", "ケアマネジャー", "家族・ご近所"),
            footnotes=_footnotes(common, any(resource.sample for resource in printed)),
            credits=_credits(site, printed),
            lost_glyph_note="〓は、この紙の文字にない字です。",
        )


def paper_path(area_id: str) -> str:
    """Return the address of an area's leaflet from the root of the site."""
    return f"papers/{area_id or 'city'}.pdf"


def _may_be_printed(resource: Resource) -> bool:
    """Tell whether a record may stand on paper, which nobody can take back: it runs today, and its consent covers print."""
    return resource.status == "open" and (resource.consent is None or "print" in resource.consent.scope)


def _parts(
    site: SiteView, printable: list[Resource], common: str, room: float
) -> tuple[tuple[PamphletPart, ...], list[Resource]]:
    """Fill the room: windows as far as they go, then whole kinds; a kind is cut only where its part would be empty."""
    by_kind: dict[str, list[Resource]] = {}
    for resource in printable:
        by_kind.setdefault(resource.kind, []).append(resource)
    parts, printed = [], []
    for number, (heading, kinds) in enumerate(PARTS):
        sections: list[PamphletSection] = []
        for kind in kinds:
            may_be_cut = number == 0 or not sections
            section, height = _section(site, kind, by_kind.get(kind, []), common, room if may_be_cut else math.inf)
            if section and height <= room:
                room -= height
                sections.append(section)
                printed += by_kind[kind][: len(section.entries)]
        if sections:
            parts.append(PamphletPart(heading, tuple(sections)))
    return tuple(parts), printed


def _section(
    site: SiteView, kind: str, found: list[Resource], common: str, room: float
) -> tuple[PamphletSection | None, float]:
    """Return the section of a kind and its height in points, cut to ``room``; None where not even one record fits."""
    views = [RecordView.of(site.directory, resource, site.today) for resource in found]
    hours = _shared([_hours(view) for view in views])
    lead = _shared([view.card.sentence for view in views])
    reason = _shared([view.no_contact_reason for view in views])
    entries = [
        _entry(resource, view, own_hours=not hours, own_lead=not lead, own_reason=not reason, common=common)
        for resource, view in zip(found, views, strict=True)
    ]
    height = 62.0 + 15.0 * (_lines(lead) + _lines(hours) + _lines(reason))
    fitting = []
    for entry in entries:
        height += _height(entry)
        if height > room:
            height -= _height(entry)
            break
        fitting.append(entry)
    if not fitting:
        return None, 0.0
    label = site.directory.vocabularies["kind"][kind].label
    heading = HEADINGS.get(kind, label)
    more = f"{label}は、ほかに{len(entries) - len(fitting)}か所あります。" if len(fitting) < len(entries) else ""
    official = "" if heading == label else label
    return PamphletSection(heading, official, lead + reason, hours, tuple(fitting), more), height


def _entry(
    resource: Resource, view: RecordView, *, own_hours: bool, own_lead: bool, own_reason: bool, common: str
) -> PamphletEntry:
    voice = [phone for phone in view.phones if not phone.is_fax][:MOST_PHONES]
    building = resource.location.building if resource.location else ""
    notes = [view.card.sentence if own_lead else "", view.no_contact_reason if own_reason else "", view.alert]
    told = resource.sample or view.verification.text == common
    return PamphletEntry(
        name=_pieces(_line(view.card.name)),
        badge="見本" if resource.sample else "",
        phones=tuple(PamphletPhone(p.number, _line("　".join(part for part in (p.label, p.note) if part))) for p in voice),
        place=_line(f"{view.card.place} {building}".strip()),
        hours=_hours(view) if own_hours else "",
        notes=tuple(_line(note) for note in notes if note),
        verification="" if told else _line(view.verification.text),
    )


def _hours(view: RecordView) -> str:
    """Return the opening times as one sentence, or "". Long notes of closing days stay on the site."""
    rows = (f"{row.days} {row.span}" + (f"（{row.label}）" if row.label else "") for row in view.hours)
    return _line("、".join(rows))


def _shared(texts: list[str]) -> str:
    """Return the text that every record of a section has, or ""; a single record keeps its own."""
    return texts[0] if len(texts) > 1 and len(set(texts)) == 1 else ""


def _most_common(texts: Iterable[str]) -> str:
    counted = Counter(texts)
    return max(counted, key=lambda text: (counted[text], text)) if counted else ""


def _pieces(name: str) -> tuple[str, ...]:
    """Cut a name before brackets and after wide blanks; a longer piece may still be broken by the typesetter."""
    return tuple(piece for piece in re.split(r"(?=[（(「『])|(?<=[　 ])", name) if piece)


def _line(text: str) -> str:
    """Return the text on one line, without control characters, which no font can show."""
    return "".join(c for c in _BLANKS.sub(" ", text) if unicodedata.category(c) != "Cc").strip()


def _lines(text: str, per_line: float = 22.0) -> int:
    """Estimate how many lines of a column a text takes."""
    return math.ceil(sum(0.62 if c.isascii() else 1.0 for c in text) / per_line)


def _height(entry: PamphletEntry) -> float:
    """Estimate the height of an entry in points, as leaflet.typ sets it."""
    place = max(_lines(entry.place, 11.0 if entry.phones else 22.0), 0)
    rows = sum(26.0 + (14.0 if phone.label else 0.0) for phone in entry.phones)
    first = max(rows, 15.0 * place) if len(entry.phones) < 2 else rows + 15.0 * _lines(entry.place)
    small = sum(15.0 * _lines(text) for text in (entry.hours, *entry.notes, entry.verification) if text)
    return 13.0 + 17.0 * _lines("".join(entry.name) + entry.badge, 20.0) + first + small


def _kinds(site: SiteView, left_out: list[Resource]) -> str:
    counted = Counter(resource.kind for resource in left_out)
    order = sorted(counted, key=lambda kind: (-counted[kind], kind))
    named = [f"{site.directory.vocabularies['kind'][kind].label} {counted[kind]}" for kind in order[:MOST_KINDS_NAMED]]
    return "、".join(named) + ("など" if len(order) > MOST_KINDS_NAMED else "")


def _footnotes(common: str, has_samples: bool) -> tuple[str, ...]:
    notes = [f"ことわりのないものは、{common}。" if "確認" in common else f"ことわりのないものは、{common}によります。"] if common else []
    if has_samples:
        notes.append("「見本」の印があるものは、実在しません。")
    return (*notes, "変わっていることがあります。出かける前に電話で確かめてください。", "掲載は推薦ではありません。")


def _credits(site: SiteView, printed: list[Resource]) -> tuple[str, ...]:
    """Return one line per credit: the lists it stands for with their dates, the credit, the address of the licence."""
    used = {row.source: 0 for resource in printed for row in resource.sources}
    lines: dict[tuple[str, str], list[str]] = {}
    for source in (s for s in site.directory.sources.values() if s.id in used):
        name = f"{source.name}（{japanese_month(source.data_date)}）"
        lines.setdefault((source.credit, source.licence_url or ""), []).append(name)
    return tuple(_line(f"出典：{credit}　{'、'.join(names)}　{url}".strip()) for (credit, url), names in lines.items())

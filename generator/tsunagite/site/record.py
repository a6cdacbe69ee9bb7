"""RecordView: one record page. CardView: the same record in a list, five lines at most."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tsunagite.records.directory import RecordContext, is_delicate
from tsunagite.records.load.photos import PhotoFile
from tsunagite.records.model.base.vocabulary import Term
from tsunagite.records.model.contact import Phone
from tsunagite.records.model.photo import Photo
from tsunagite.records.model.professional import Professional
from tsunagite.records.model.resource import Resource
from tsunagite.site import words
from tsunagite.site.correction import CorrectionView, correction_of
from tsunagite.site.opening import opening_json
from tsunagite.site.structured_data import json_ld
from tsunagite.text import phones
from tsunagite.text.dates import japanese_date
from tsunagite.text.furigana import RUN, readings_of_runs

TAKING = {"can": "受けられる", "cannot": "受けられない", "ask": "相談してから"}


LONGEST_BASE = 8
"""Kanji of a name under one reading: the line of a narrow phone holds no more in a title."""


@dataclass(frozen=True)
class Link:
    """A link inside the site (``path`` from its root, without a leading slash) or to the web (``path`` is the address)."""

    label: str
    path: str


@dataclass(frozen=True)
class GuidePage(Link):
    """A hand-written page: its title, its address and all its words."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A number as printed, and what the button dials ("" for samples and faxes: no button)."""

    number: str
    href: str
    label: str
    note: str
    is_fax: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the facts: a word and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A record in a list."""

    id: str
    path: str
    name: str
    reading: str
    sentence: str
    kind: str
    icon: str
    levels: tuple[Term, ...]
    place: str
    phones: tuple[PhoneView, ...]
    badges: tuple[str, ...]
    pause: tuple[str, str] | None = None
    """The badge of a pause, and its last day (ISO) or "" where nobody knows it: then it goes."""
    fresh: tuple[str, str, str] | None = None
    """The badge of its last check, and the last day (ISO) on which that counts, after which the third text takes its place."""

    @property
    def dated_badges(self) -> list[str | tuple[str, ...]]:
        """Every badge as browsers read it: one that goes by itself with its last day, and with what takes its place."""
        return [*self.badges, *(badge if badge[1] else badge[0] for badge in (self.pause, self.fresh) if badge)]

    @property
    def kana(self) -> str:
        """The reading of each run of kanji of the name, for furigana (``furigana/browser``), or "" where one would be too long to be broken."""
        reading = readings_of_runs(self.name, self.reading)
        return "" if any(len(run) > LONGEST_BASE for run in RUN.findall(self.name)) else reading

    @property
    def phone(self) -> PhoneView | None:
        """The number to call first; a fax is none."""
        return next((phone for phone in self.phones if not phone.is_fax), None)

    @classmethod
    def of(cls, directory: RecordContext, resource: Resource, today: date | None = None) -> CardView:
        """Make the card of a resource. A pause that was over on ``today`` is left out; without a day every written one stands on it."""
        pause = resource.pause_after(today)
        kind = directory.kind(resource)
        group = directory.vocabularies["kind_group"][kind.group]
        return cls(
            id=resource.id,
            path=record_path(resource.id),
            name=resource.name,
            reading=_shown_reading(resource),
            sentence=resource.summary or resource.summary_easy,
            kind=kind.label,
            icon=kind.icon or group.icon,
            levels=_levels(directory, resource),
            place=_place(directory, resource),
            phones=_phones(directory, resource),
            badges=_badges(directory, resource),
            pause=(words.pause_badge(pause, today), pause.until.isoformat() if pause.until else "") if pause else None,
            fresh=words.fresh_badge(directory, resource, today),
        )


@dataclass(frozen=True, slots=True)
class RecordParts:
    """All that a record's page is made from, besides its surroundings and the day: what more it needs, it is handed here."""

    resource: Resource
    replacement: Resource | None = None
    similar: tuple[Resource, ...] = ()
    guides: tuple[Link, ...] = ()
    photos: tuple[tuple[Photo, PhotoFile], ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photograph on a page: ``path`` from the root of the site, pixels, what it shows, and the line below it."""

    path: str
    width: int
    height: int
    alt: str
    caption: str


@dataclass(frozen=True)
class RecordView:
    """Everything the record page shows, in the order of the page."""

    card: CardView
    group: Link | None
    level_is_unknown: bool
    """Whether nobody has confirmed what kind of support this is."""
    level_lists: tuple[str, ...]
    needs: tuple[Link, ...]
    description: tuple[str, ...]
    alert: str
    alert_day: str
    alert_until: str
    pause: str
    overdue: str
    ended: str
    replacement: CardView | None
    idea: str
    contact_note: str
    no_contact_reason: str
    links: tuple[Link, ...]
    opening: str
    hours: tuple[words.HoursRow, ...]
    hours_notes: tuple[str, ...]
    facts: tuple[Fact, ...]
    helpful_for: str
    how_to_use: tuple[str, ...]
    linking_tips: str
    photos: tuple[PhotoView, ...]
    address: str
    directions: str
    lat: float | None
    lng: float | None
    areas: tuple[Link, ...]
    organization: str
    organization_path: str
    guides: tuple[Link, ...]
    similar: tuple[CardView, ...]
    verification: words.Verification
    sources: tuple[Fact, ...]
    attributes: tuple[Fact, ...]
    tells_when: bool
    """Whether one of the attributes says on which days or whether at all: it must not stay folded away beside the hours."""
    correction: CorrectionView
    json_ld: str
    delicate: bool
    professional: tuple[Fact, ...] = ()
    """What only professionals see, in their edition alone."""

    @property
    def phones(self) -> tuple[PhoneView, ...]:
        """Every number, the one to call first in front."""
        return self.card.phones


class RecordViews:
    """Makes the views of a site's records. What many of them say (where a need, a kind, an area leads) is decided once."""

    def __init__(self, directory: RecordContext, card: Callable[[Resource], CardView], today: date) -> None:
        self._directory, self._card, self._today = directory, card, today
        terms = directory.vocabularies
        self._groups = {group.id: _list_of(directory, group) for group in terms["kind_group"]}
        self._levels = {level.id for level in terms["support_level"] if directory.has_list("support_level", level.id)}
        self._needs = {
            need.id: Link(need.label, f"needs/{need.id}/")
            for need in terms["need"]
            if directory.has_list("need", need.id)
        }
        self._areas = {
            area.id: Link(area.name, f"areas/{area.id}/")
            for area in directory.areas.values()
            if directory.has_list("area", area.id) or directory.has_list("layer", area.id)
        }

    def of(self, parts: RecordParts) -> RecordView:
        """Decide every text of a record's page."""
        directory, resource, card = self._directory, parts.resource, self._card(parts.resource)
        location = resource.location
        organization = directory.organizations.get(resource.organization or "")
        usable = not resource.is_idea and not resource.is_closed
        pause = resource.pause_after(self._today)
        alert = resource.alert if resource.alert and resource.alert.until >= self._today else None
        return RecordView(
            card=card,
            group=self._groups[directory.kind(resource).group],
            level_is_unknown=not resource.support_level and directory.kind(resource).unconfirmed,
            level_lists=tuple(level for level in resource.support_level if level in self._levels),
            needs=tuple(self._needs[need] for need in resource.needs if need in self._needs),
            description=_paragraphs(resource.description),
            alert=alert.text if alert else "",
            alert_day=alert.until.isoformat() if alert else "",
            alert_until=japanese_date(alert.until) if alert else "",
            pause=words.pause_text(pause) if pause else "",
            overdue=words.overdue_text(directory, resource, self._today),
            ended=_end_of_record(resource),
            replacement=self._card(parts.replacement) if parts.replacement else None,
            idea=_idea(directory, resource),
            contact_note=resource.contact_note if usable else "",
            no_contact_reason=_no_contact_reason(directory, resource) if usable and not card.phones else "",
            links=_links(resource) if usable else (),
            opening=opening_json(resource, directory.trusted_until(resource)),
            hours=words.hours_rows(resource.hours) if usable else (),
            hours_notes=_hours_notes(resource) if usable else (),
            facts=_facts(directory, resource),
            helpful_for=resource.helpful_for,
            how_to_use=resource.how_to_use if usable else (),
            linking_tips=resource.linking_tips,
            photos=tuple(_photo(resource.id, photo, file) for photo, file in parts.photos) if usable else (),
            address=_full_address(resource),
            directions=_directions(resource),
            lat=location.lat if location else None,
            lng=location.lng if location else None,
            areas=tuple(self._areas[area] for area in resource.service_areas if area in self._areas),
            organization=organization.name if organization else "",
            organization_path=f"organizations/{organization.id}/"
            if organization and directory.has_list("organization", organization.id)
            else "",
            guides=parts.guides,
            similar=tuple(map(self._card, parts.similar)),
            verification=words.verification(directory, resource),
            sources=_sources(directory, resource),
            attributes=tuple(Fact(key, value) for key, value in resource.attributes.items()),
            tells_when=any(_DAYS.search(one) or _OVER.search(text) for one, text in resource.attributes.items()),
            correction=correction_of(directory.settings, resource.id, card.path),
            json_ld=json_ld(directory, resource, card.path),
            delicate=is_delicate(directory, resource),
            professional=_professional(resource.professional)
            if resource.professional and directory.professional
            else (),
        )


_DAYS = re.compile("曜日|休館日|休業日|休診|定休|開催日|活動日|利用できる日")
_OVER = re.compile("終了|休止|廃止|中止|閉館|閉店")


def photo_path(record_id: str, file: PhotoFile) -> str:
    """Return the address of a photograph from the root of the site. It names what the file holds: a new picture has a new address."""
    return f"{record_path(record_id)}{file.digest}.webp"


def _photo(record_id: str, photo: Photo, file: PhotoFile) -> PhotoView:
    taken = f"（{japanese_date(photo.taken_on)}撮影）" if photo.taken_on else ""
    return PhotoView(
        photo_path(record_id, file), file.width, file.height, photo.alt, f"写真：{photo.credit}{taken}　{photo.licence}"
    )


def record_path(record_id: str) -> str:
    """Return the address of a record page from the root of the site."""
    return f"r/{record_id}/"


def _list_of(directory: RecordContext, group: Term) -> Link | None:
    """Return the list a record stands in; the list of everything where only ideas and ended records have this kind.

    A site that lists nothing has neither.
    """
    if directory.has_list("group", group.id):
        return Link(group.label, f"kinds/{group.id}/")
    return Link("すべて（五十音順）", "all/") if directory.has_list("all") else None


def _shown_reading(resource: Resource) -> str:
    return resource.name_kana if resource.kana_source == "confirmed" else ""


def _levels(directory: RecordContext, resource: Resource) -> tuple[Term, ...]:
    return tuple(directory.vocabularies["support_level"][level] for level in resource.support_level)


def _badges(directory: RecordContext, resource: Resource) -> tuple[str, ...]:
    badges = ["見本"] if resource.sample else []
    if resource.is_idea:
        badges.append(f"案：{directory.vocabularies['stage'][resource.stage].label}")
    if resource.is_closed:
        badges.append(directory.vocabularies["status"][resource.status].label)
    return tuple(badges)


def _place(directory: RecordContext, resource: Resource) -> str:
    """Return the address without the city's name, or the names of the areas served."""
    city = directory.settings.municipality
    if resource.location and resource.location.address:
        return resource.location.address.removeprefix(directory.settings.prefecture).removeprefix(city)
    names = [directory.areas[area].name for area in resource.service_areas[:3] if area in directory.areas]
    return "・".join(names) + ("ほか" if len(resource.service_areas) > 3 else "")


def _full_address(resource: Resource) -> str:
    location = resource.location
    if not location:
        return ""
    postal = f"〒{location.postal_code} " if location.postal_code else ""
    return f"{postal}{location.address} {location.building}".strip() if location.address else ""


def _directions(resource: Resource) -> str:
    """Return how to get there; where the point is only that of the town, say so first."""
    location = resource.location
    if not location:
        return ""
    rough = "地図の印は町のまん中です（番地の場所ではありません）。" if location.geo_precision == "town" else ""
    return f"{rough}{location.directions}"


def _phones(directory: RecordContext, resource: Resource) -> tuple[PhoneView, ...]:
    """Return the numbers to show: none for ideas and ended records; those of the organisation where it has none."""
    if resource.is_idea or resource.is_closed:
        return ()
    organization = directory.organizations.get(resource.organization or "")
    written = resource.phones
    if not resource.voice_phones and not resource.no_contact_reason and organization:
        written = (*tuple(p for p in organization.phones if p.type == "voice"), *written)
    voice_first = sorted(written, key=lambda phone: phone.type == "fax")
    return tuple(_phone(directory, phone) for phone in voice_first)


def _phone(directory: RecordContext, phone: Phone) -> PhoneView:
    number = phones.plain_phone(phone.number)
    extension = f"内線{phone.extension}" if phone.extension else ""
    languages = "・".join(directory.vocabularies["language"][code].label for code in phone.languages)
    note = "、".join(part for part in (phone.hours, extension, languages) if part)
    dial = "" if phone.type == "fax" or phones.is_sample(number) else phones.tel_href(number)
    return PhoneView(number, dial, phone.label, note, phone.type == "fax")


def _no_contact_reason(directory: RecordContext, resource: Resource) -> str:
    source = directory.source_of(resource)
    return resource.no_contact_reason or (source.no_contact_reason if source else "")


def _links(resource: Resource) -> tuple[Link, ...]:
    candidates = (("ウェブサイト", resource.url), ("問い合わせフォーム", resource.form_url))
    links = [Link(label, address) for label, address in candidates if address]
    if resource.email:
        links.append(Link(f"メール {resource.email}", f"mailto:{resource.email}"))
    return tuple(links)


def _hours_notes(resource: Resource) -> tuple[str, ...]:
    notes = [words.closed_text(resource), *_paragraphs(resource.hours_note)]
    if resource.by_appointment:
        notes.insert(0, "予約制です。")
    return tuple(note for note in notes if note)


def _facts(directory: RecordContext, resource: Resource) -> tuple[Fact, ...]:
    vocabularies = directory.vocabularies
    facts = []
    if resource.services:
        facts.append(Fact("実施サービス", "・".join(resource.services)))
    if resource.fee:
        facts.append(Fact("費用", words.fee_text(resource.fee, vocabularies)))
    if resource.eligibility and (text := words.eligibility_text(resource.eligibility, vocabularies)):
        facts.append(Fact("対象", text))
    if resource.booking is not None:
        facts.append(Fact("予約", "必要" if resource.booking else "いりません"))
    if resource.referral_needed is not None:
        facts.append(Fact("紹介", "必要" if resource.referral_needed else "いりません"))
    if resource.capacity or resource.capacity_note:
        facts.append(
            Fact(
                "定員",
                f"{resource.capacity}人 {resource.capacity_note}".strip()
                if resource.capacity
                else resource.capacity_note,
            )
        )
    if resource.vacancy:
        facts.append(Fact("空き", f"{resource.vacancy.text}（{japanese_date(resource.vacancy.on)}時点）"))
    if resource.access:
        labels = [vocabularies["access"][feature].label for feature in resource.access.features]
        labels += [f"{vocabularies['access'][feature].label}はありません" for feature in resource.access.missing]
        facts.append(Fact("入りやすさ", "・".join(labels + ([resource.access.note] if resource.access.note else []))))
    if resource.languages:
        facts.append(Fact("ことば", "・".join(vocabularies["language"][code].label for code in resource.languages)))
    if resource.required_docs:
        facts.append(Fact("持ち物・書類", "・".join(resource.required_docs)))
    return tuple(facts)


def _end_of_record(resource: Resource) -> str:
    if resource.is_closed:
        when = f"{japanese_date(resource.closed_date)}に" if resource.closed_date else ""
        return f"{when}終了しました。"
    return ""


def _idea(directory: RecordContext, resource: Resource) -> str:
    if not resource.is_idea:
        return ""
    stage = directory.vocabularies["stage"][resource.stage].label
    return f"これはまだありません。「{stage}」資源の案です。"


def _professional(said: Professional) -> tuple[Fact, ...]:
    facts = []
    if one := said.taking:
        by = f"、{one.by}" if one.by else ""
        facts.append(Fact("いま一人受けられるか", f"{TAKING[one.answer]}（{japanese_date(one.on)}{by}）{one.note}"))
    facts += [
        Fact(window.name, "　".join(part for part in (window.phone, window.email, window.note) if part))
        for window in said.windows
    ]
    if said.notes:
        facts.append(Fact("メモ", said.notes))
    return tuple(facts)


def _sources(directory: RecordContext, resource: Resource) -> tuple[Fact, ...]:
    found = (directory.sources.get(row.source) for row in resource.sources)
    return tuple(Fact(source.credit, source.url or "") for source in found if source)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())

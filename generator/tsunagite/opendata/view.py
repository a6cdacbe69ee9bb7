"""OpenDataView: what a site gives away as open data, under which licence, and what stays out and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.records.columns.cells import span_text
from tsunagite.records.directory import Directory, RecordContext
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource
from tsunagite.records.visibility import CLOSED, visible_in
from tsunagite.site.record import record_path
from tsunagite.site.words import pause_text
from tsunagite.text.dates import DAYS, japanese_date
from tsunagite.text.licences import is_open
from tsunagite.text.names import without_prefecture

_TOWN_AND_BLOCK = re.compile(r"(.+?[一二三四五六七八九十\d]丁目|\D+)(.*)", re.DOTALL)
SAMPLE, NOT_OPEN, CONSENT = (
    "作りものの見本",
    "オープンデータに出さないと決めたもの",
    "本人や団体の同意の範囲に入らないもの",
)
LICENCE, OWN = "もとの一覧の利用条件で、配れないもの", "このサイトで書き、利用条件をまだ決めていないもの"
REASONS = (SAMPLE, NOT_OPEN, CONSENT, LICENCE, OWN)


@dataclass(frozen=True)
class Span:
    """An opening span: ``days`` of 月火水木金土日祝, ``nth`` weeks of the month (() = each), times as HH:MM."""

    days: tuple[str, ...]
    nth: tuple[int, ...]
    opens: str
    closes: str
    label: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True)
class CatalogueTerm:
    """A word of a vocabulary: its id and its label."""

    id: str
    label: str


@dataclass(frozen=True)
class OpenPlace:
    """Where a record is; texts are "" and numbers None where unknown. ``address`` begins with the prefecture."""

    address: str = ""
    prefecture: str = ""
    city: str = ""
    town: str = ""
    block: str = ""
    building: str = ""
    postal_code: str = ""
    town_id: str = ""
    lat: float | None = None
    lng: float | None = None
    directions: str = ""


@dataclass(frozen=True)
class OpenRecord:
    """A record as open data: every value a text, a number or a tuple; no memo, no consent, nothing that is only for us."""

    id: str
    name: str
    kana: str
    name_en: str
    alt_names: tuple[str, ...]
    kind: CatalogueTerm
    group: CatalogueTerm
    needs: tuple[CatalogueTerm, ...]
    levels: tuple[CatalogueTerm, ...]
    services: tuple[str, ...]
    summary: str
    description: str
    phones: tuple[tuple[str, str, str, bool], ...]
    """(number, who answers, extension, whether it is a fax), the main number first."""
    email: str
    form_url: str
    url: str
    contact_note: str
    place: OpenPlace
    areas: tuple[CatalogueTerm, ...]
    spans: tuple[Span, ...]
    hours: str
    days: str
    opens: str
    closes: str
    hours_note: str
    how_to_use: tuple[str, ...]
    documents: tuple[str, ...]
    age_min: int | None
    age_max: int | None
    conditions: str
    fee: str
    fee_amount: int | None
    capacity: int | None
    languages: tuple[CatalogueTerm, ...]
    access: tuple[CatalogueTerm, ...]
    missing: tuple[CatalogueTerm, ...]
    organization: CatalogueTerm
    corporate_number: str
    numbers: Mapping[str, str]
    attributes: Mapping[str, str]
    verified_on: str
    data_date: str
    licence: str
    credit: str
    page: str


@dataclass(frozen=True)
class Withheld:
    """How many listed records stay out for one reason."""

    reason: str
    count: int


@dataclass(frozen=True)
class Credit:
    """A line to copy: under which licence, naming whom, and how many records it is for."""

    licence: str
    licence_url: str
    text: str
    count: int


@dataclass(frozen=True)
class OpenRecords:
    """Records that are given away, in their order, and by whom. Choosing is cheap; ``records`` are made when somebody asks for them."""

    directory: RecordContext
    chosen: tuple[Resource, ...]

    @cached_property
    def records(self) -> tuple[OpenRecord, ...]:
        """The records as open data."""
        made = _Maker(self.directory)
        return tuple(made.record(resource) for resource in self.chosen)

    @property
    def site_name(self) -> str:
        """What the site is called."""
        return self.directory.settings.name

    @property
    def municipality(self) -> str:
        """Whose site it is."""
        return self.directory.settings.municipality

    @property
    def city_code(self) -> str:
        """全国地方公共団体コード, "" where the site's area has none."""
        city = self.directory.areas.get(self.directory.settings.area or "")
        return city.lg_code if city else ""

    @property
    def first_address(self) -> str:
        """The address of which the ids of records are made (``SiteSettings.first_address``)."""
        return self.directory.settings.first_address

    @property
    def site_url(self) -> str:
        """The public address without a slash at its end, "" where it is not known."""
        return (self.directory.settings.site_url or "").rstrip("/")


@dataclass(frozen=True)
class OpenDataView(OpenRecords):
    """What a site gives away, in 五十音 order, and what a reader of ``/opendata/`` wants to know first."""

    directory: Directory
    today: date
    left_out: tuple[Withheld, ...]

    @classmethod
    def of(cls, directory: Directory, today: date) -> OpenDataView:
        """Choose the listed records that may be given away."""
        chosen: list[Resource] = []
        reasons: Counter[str] = Counter()
        for resource in directory.listed:
            if reason := why_not(directory, resource):
                reasons[reason] += 1
            elif given := visible_in(resource, "opendata", None):  # what has ended is not in the directory of a site
                chosen.append(given)
        out = (Withheld(reason, reasons[reason]) for reason in REASONS if reasons[reason])
        return cls(directory, tuple(chosen), today, tuple(out))

    @property
    def day(self) -> str:
        """The day of the build as people read it."""
        return japanese_date(self.today)

    @property
    def newest(self) -> str:
        """The day of the newest list that records come from."""
        dates = [day for resource in self.chosen if (day := _data_date(self.directory, resource))]
        return japanese_date(max(dates)) if dates else ""

    @property
    def places(self) -> int:
        """How many records have a point."""
        return sum(resource.point is not None for resource in self.chosen)

    @property
    def listed(self) -> int:
        """How many records the site lists, given away or not."""
        return len(self.directory.listed)

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """The lines to copy, those for most records first."""
        counts = Counter(terms for resource in self.chosen for terms in terms_of(self.directory, resource))
        return tuple(
            Credit(*terms, count) for terms, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        )


def why_not(directory: Directory, resource: Resource) -> str:
    """Return why a record may not be given away, or ""."""
    if reason := why_not_shared(resource):
        return reason
    if all(is_open(licence) for licence, _, _ in terms_of(directory, resource)):
        return ""
    return LICENCE if resource.sources else OWN


def why_not_shared(resource: Resource) -> str:
    """Return why nothing of a record may go beyond the pages, whatever its licence, or ""."""
    if resource.sample:
        return SAMPLE
    if visible_in(resource, "opendata", None):
        return ""
    return NOT_OPEN if "opendata" in CLOSED.get(resource.visibility, ()) else CONSENT


def terms_of(directory: RecordContext, resource: Resource) -> list[tuple[str, str, str]]:
    """Return (licence, its page, credit) of every list a record comes from; the site's own where it comes from none."""
    found = [directory.sources[row.source] for row in resource.sources if row.source in directory.sources]
    settings = directory.settings
    if not resource.sources:
        return [(settings.licence, settings.licence_url or "", settings.credit or settings.name)]
    if len(found) < len(resource.sources):
        return [("", "", "")]
    return list(dict.fromkeys((source.licence, source.licence_url or "", source.credit) for source in found))


class _Maker:
    """Makes records; keeps what is the same for all of them."""

    def __init__(self, directory: RecordContext) -> None:
        self._directory = directory
        self._words = directory.vocabularies
        self._prefecture, self._city = directory.settings.prefecture, directory.settings.municipality

    def record(self, resource: Resource) -> OpenRecord:
        """Return one record."""
        directory, words = self._directory, self._words
        kind = directory.kind(resource)
        organization = directory.organizations.get(resource.organization or "")
        operator = resource.attributes.get("運営する法人", "")
        owner = (
            CatalogueTerm("", operator)
            if operator
            else CatalogueTerm(organization.id, organization.name)
            if organization
            else CatalogueTerm("", "")
        )
        terms = terms_of(directory, resource)
        trusted = directory.trusted_until(resource)
        days, opens, closes = _one_span(resource.hours)
        texts = [span_text(span.model_dump(mode="json")) for span in resource.hours]
        rest = [] if days else texts
        eligibility, fee, access = resource.eligibility, resource.fee, resource.access
        situations = [words[name][one].label for name, ids in (
            ("residence", [eligibility.residence] if eligibility and eligibility.residence else []),
            ("care_level", eligibility.care_levels if eligibility else ()), ("situation", eligibility.situations if eligibility else ()),
        ) for one in ids]  # fmt: skip
        return OpenRecord(
            id=resource.id, name=resource.name, kana=resource.name_kana if resource.kana_source == "confirmed" else "",
            name_en=resource.name_en, alt_names=resource.alt_names, kind=CatalogueTerm(kind.id, kind.label),
            group=CatalogueTerm(kind.group, words["kind_group"][kind.group].label), needs=self._all("need", resource.needs),
            levels=self._all("support_level", resource.support_level), services=resource.services, summary=resource.summary,
            description=resource.description,
            phones=tuple((p.number, p.label, p.extension, p.type == "fax") for p in resource.phones),
            email=resource.email or "", form_url=resource.form_url or "", url=resource.url or "", contact_note=resource.contact_note,
            place=self._place(resource),
            areas=tuple(CatalogueTerm(a, directory.areas[a].name) for a in resource.service_areas if a in directory.areas),
            spans=tuple(_span(span, trusted) for span in resource.hours), hours="、".join(texts), days=days, opens=opens, closes=closes,
            hours_note="\n".join(filter(None, [_paused(resource), *rest, resource.hours_note, _closed(resource)])),
            how_to_use=resource.how_to_use, documents=resource.required_docs,
            age_min=eligibility.age_min if eligibility else None, age_max=eligibility.age_max if eligibility else None,
            conditions="、".join([*situations, *([eligibility.note] if eligibility and eligibility.note else [])]),
            fee=_fee(words["fee"][fee.type].label, fee.amount, fee.unit, fee.note) if fee else "",
            fee_amount=fee.amount if fee else None, capacity=resource.capacity, languages=self._all("language", resource.languages),
            access=self._all("access", access.features if access else ()), missing=self._all("access", access.missing if access else ()),
            organization=owner,
            corporate_number=resource.external_ids.get("法人番号", "") or (organization.corporate_number if organization else ""),
            numbers=resource.external_ids, attributes=resource.attributes,
            verified_on=resource.verified_on.isoformat() if resource.verified_on else "",
            data_date=str(_data_date(directory, resource) or ""),
            licence="・".join(dict.fromkeys(licence for licence, _, _ in terms)), credit="／".join(dict.fromkeys(c for _, _, c in terms)),
            page=record_path(resource.id),
        )  # fmt: skip

    def _all(self, vocabulary: str, ids: Iterable[str]) -> tuple[CatalogueTerm, ...]:
        return tuple(CatalogueTerm(one, self._words[vocabulary][one].label) for one in ids)

    def _place(self, resource: Resource) -> OpenPlace:
        where = resource.location
        if where is None:
            return OpenPlace()
        rest = without_prefecture(where.address)
        here = bool(self._city) and rest.startswith(self._city)
        split = _TOWN_AND_BLOCK.fullmatch(rest.removeprefix(self._city)) if here else None
        prefix = self._prefecture if here and not where.address.startswith(self._prefecture) else ""
        return OpenPlace(
            prefix + where.address, self._prefecture if here else "", self._city if here else "", split[1] if split else "",
            split[2] if split else "", where.building, where.postal_code, where.machiaza_id, where.lat, where.lng, where.directions,
        )  # fmt: skip


def _data_date(directory: RecordContext, resource: Resource) -> date | None:
    """Return the day of the list that a record comes from; of one that comes from none, the day it was checked."""
    source = directory.source_of(resource)
    return source.data_date if source else resource.verified_on


def _span(span: Hours, trusted: date | None) -> Span:
    """Return a span that ends on the last day on which the record's hours are relied on (``Directory.trusted_until``)."""
    start, end = span.valid_from, min(filter(None, (span.valid_to, trusted)), default=None)
    return Span(
        span.days,
        span.nth,
        span.open,
        span.close,
        span.label,
        start.isoformat() if start else "",
        end.isoformat() if end else "",
    )


def _one_span(hours: tuple[Hours, ...]) -> tuple[str, str, str]:
    """Return (days, from, to) where the hours are one and the same on all days; ("", "", "") where that would say too much."""
    plain = all(not (span.nth or span.label or span.valid_from or span.valid_to) for span in hours)
    if not hours or not plain or len({(span.open, span.close) for span in hours}) > 1:
        return "", "", ""
    days = {day for span in hours for day in span.days}
    return "".join(day for day in DAYS if day in days), hours[0].open, hours[0].close


def _paused(resource: Resource) -> str:
    """Return when it pauses, with the days: who reads the file later can tell whether it still does."""
    pause = resource.pause_after(None)
    return pause_text(pause) if pause else ""


def _closed(resource: Resource) -> str:
    closed = resource.closed_on_days
    if closed is None:
        return ""
    year_end = closed.year_end.replace("/", "から") + "は休み" if closed.year_end else ""
    return "、".join(filter(None, ("祝日は休み" if closed.holidays else "", year_end, closed.note)))


def _fee(kind: str, amount: int | None, unit: str, note: str) -> str:
    price = f"{unit + ' ' if unit else ''}{amount:,}円" if amount is not None else ""
    return " ".join(filter(None, (kind, price, note)))

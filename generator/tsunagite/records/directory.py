"""Directory: everything a site knows, built once, immutable, and indexed for every question the pages ask."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from tsunagite.engine.digest import digest
from tsunagite.records.discretion import is_secret_record
from tsunagite.records.load.boundaries import Boundaries
from tsunagite.records.load.guides import Guides
from tsunagite.records.load.past_ids import PastIds, PastRecord
from tsunagite.records.load.photos import Photos
from tsunagite.records.load.records import Located, Records
from tsunagite.records.load.worksheets import Worksheets
from tsunagite.records.model.area import Area
from tsunagite.records.model.base.vocabulary import Term, Vocabularies
from tsunagite.records.model.features.area_list import AreaList, LayerList
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.features.finder import Assignment, Concern
from tsunagite.records.model.features.pamphlet import Pamphlet, PrintRun
from tsunagite.records.model.features.tie import Tie
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import SiteSettings
from tsunagite.records.model.source import Source
from tsunagite.records.visibility import Medium, visible_in, with_coarse_place, without_fields
from tsunagite.text.dates import add_months
from tsunagite.text.kana import sort_key
from tsunagite.text.towns import municipality_of_address, town_key, town_of_address

Index = Mapping[str, tuple[Resource, ...]]
RecordT = TypeVar("RecordT", Resource, Organization, Area, Source, Concern, Assignment, Event, Pamphlet, PrintRun, Tie)


class RecordContext(Protocol):
    """Everything but the other resources: what a record's card and page may be made from, besides the record itself.

    A page that needs more of another record is handed it by name (``site.record.RecordParts``). So what an edit of one
    record touches is known without a list of dependencies that somebody must keep.
    """

    @property
    def settings(self) -> SiteSettings: ...  # noqa: D102 - as in Directory
    @property
    def professional(self) -> bool: ...  # noqa: D102 - as in Directory
    @property
    def vocabularies(self) -> Vocabularies: ...  # noqa: D102 - as in Directory
    @property
    def organizations(self) -> Mapping[str, Organization]: ...  # noqa: D102 - as in Directory
    @property
    def areas(self) -> Mapping[str, Area]: ...  # noqa: D102 - as in Directory
    @property
    def sources(self) -> Mapping[str, Source]: ...  # noqa: D102 - as in Directory
    def kind(self, resource: Resource, /) -> Term: ...  # noqa: D102 - as in Directory
    def is_equipment(self, resource: Resource, /) -> bool: ...  # noqa: D102 - as in Directory
    def lineage(self, area_id: str, /) -> tuple[Area, ...]: ...  # noqa: D102 - as in Directory
    def district_of(self, area_id: str, /) -> Area | None: ...  # noqa: D102 - as in Directory
    def district_at(self, resource: Resource, /) -> Area | None: ...  # noqa: D102 - as in Directory
    def town_of(self, resource: Resource, /) -> Area | None: ...  # noqa: D102 - as in Directory
    def review_due(self, resource: Resource, /) -> date | None: ...  # noqa: D102 - as in Directory
    def trusted_until(self, resource: Resource, /) -> date | None: ...  # noqa: D102 - as in Directory
    def source_of(self, resource: Resource, /) -> Source | None: ...  # noqa: D102 - as in Directory
    def has_list(self, index: str, key: str = "", /) -> bool: ...  # noqa: D102 - as in Directory


class RuleContext(RecordContext, Protocol):
    """What a rule of one record may ask besides the record: its surroundings, outlines, and what could not be read."""

    @property
    def boundaries(self) -> Boundaries: ...  # noqa: D102 - as in Directory
    @property
    def unreadable(self) -> frozenset[str]: ...  # noqa: D102 - as in Directory


@dataclass(frozen=True)
class Directory:
    """All records of a site in 五十音 order. Where an id occurs twice the first record counts (the check reports it)."""

    settings: SiteSettings
    vocabularies: Vocabularies
    placed: tuple[Located[Resource], ...]
    placed_organizations: tuple[Located[Organization], ...]
    placed_areas: tuple[Located[Area], ...]
    placed_sources: tuple[Located[Source], ...]
    boundaries: Boundaries = field(default_factory=Boundaries)
    unreadable: frozenset[str] = frozenset()
    guides: Guides = field(default_factory=Guides)
    worksheets: Worksheets = field(default_factory=Worksheets)
    placed_troubles: tuple[Located[Concern], ...] = ()
    placed_duties: tuple[Located[Assignment], ...] = ()
    placed_events: tuple[Located[Event], ...] = ()
    placed_pamphlets: tuple[Located[Pamphlet], ...] = ()
    placed_print_runs: tuple[Located[PrintRun], ...] = ()
    past: PastIds = field(default_factory=PastIds)
    placed_area_lists: tuple[Located[AreaList], ...] = ()
    shown_in: Medium | None = None
    """Where these records are shown, as they may be shown there; None: everything as it is written."""
    professional: bool = False
    """Whether this is the edition for professionals: the parts of records that are private to them are read and shown."""
    photos: Photos = field(default_factory=Photos)
    """The files of photographs that records name. Whoever shows one asks the record, as it may be shown, first (``photos_of``)."""
    hidden: frozenset[str] = frozenset()  # ids of the records that are not shown there
    placed_ties: tuple[Located[Tie], ...] = ()
    told_apart: frozenset[frozenset[str]] = frozenset()  # pairs of ids that somebody decided are two records
    readings: Mapping[str, str] = field(default_factory=dict)  # accepted for furigana

    @classmethod
    def of(
        cls,
        records: Records,
        boundaries: Boundaries,
        guides: Guides | None = None,
        worksheets: Worksheets | None = None,
        past: PastIds | None = None,
    ) -> Directory:
        """Order the records and build the aggregate."""
        placed = sorted(records.resource, key=lambda p: (*sort_key(p.record.name_kana, p.record.name), p.record.id))
        troubles = sorted(records.trouble, key=lambda p: (p.record.order, p.record.id))
        areas = sorted(records.area, key=lambda p: (*sort_key(p.record.name_kana, p.record.name), p.record.id))
        return cls(
            records.settings, records.vocabularies, tuple(placed), tuple(records.organization), tuple(areas),
            tuple(records.source), boundaries, frozenset(records.unreadable), guides or Guides(), worksheets or Worksheets(),
            tuple(troubles), tuple(records.duty), tuple(records.event),
            tuple(records.pamphlet), tuple(records.print_run), past or PastIds(), tuple(records.area_list),
            placed_ties=tuple(records.tie), readings=records.readings,
        )  # fmt: skip

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """Every resource by id, in 五十音 order."""
        return _by_id(p.record for p in self.placed)

    @cached_property
    def organizations(self) -> Mapping[str, Organization]:
        """Every organisation by id."""
        return _by_id(p.record for p in self.placed_organizations)

    @cached_property
    def areas(self) -> Mapping[str, Area]:
        """Every area by id, in 五十音 order. A town that a district lists lies in it, whatever parent was derived for the town; a list that is derived itself leaves a parent that people wrote."""
        areas = _by_id(p.record for p in self.placed_areas)
        written = {town: area for area in areas.values() if area.level == "district" for town in area.towns}
        return (
            {key: _inside(area, written[key], areas) if key in written else area for key, area in areas.items()}
            if written
            else areas
        )

    def list_of_layer(self, area: Area) -> LayerList | None:
        """Return the list that an area of a layer (地区, 中学校区) comes from; None where no description of its municipality tells it."""
        layer = area.layer or self.vocabularies["area_level"][area.level].label
        cities = {above.id for above in self.lineage(area.id)}
        return next(
            (
                placed.record.layers[layer]
                for placed in self.placed_area_lists
                if layer in placed.record.layers and placed.record.city in cities
            ),
            None,
        )

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source by id."""
        return _by_id(p.record for p in self.placed_sources)

    @cached_property
    def troubles(self) -> Mapping[str, Concern]:
        """Every trouble of the contact finder by id, in the order it is shown."""
        return _by_id(p.record for p in self.placed_troubles)

    @cached_property
    def duties(self) -> Mapping[str, Assignment]:
        """Every table of responsible windows by id."""
        return _by_id(p.record for p in self.placed_duties)

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Every meeting and event by id."""
        return _by_id(p.record for p in self.placed_events)

    @cached_property
    def digests(self) -> Mapping[str, bytes]:
        """What stands for everything that was written of a resource, by id."""
        digests: dict[str, bytes] = {}
        for placed in self.placed:
            digests.setdefault(placed.record.id, placed.digest)
        return digests

    @cached_property
    def surroundings_digest(self) -> bytes:
        """What stands for everything a ``RecordContext`` can tell."""
        rows = [
            [row.digest for row in rows] for rows in (self.placed_organizations, self.placed_areas, self.placed_sources)
        ]
        words = [vocabulary.text for vocabulary in self.vocabularies.values()]
        return digest(self.settings, words, rows, self._lists, self.professional)

    @cached_property
    def others_digest(self) -> bytes:
        """What stands for the whole directory, but for resources and the prose of guides."""
        others = (
            self.placed_area_lists, self.placed_troubles, self.placed_duties, self.placed_events, self.placed_pamphlets,
            self.placed_print_runs, self.placed_ties,
        )  # fmt: skip
        rows = [[row.digest for row in rows] for rows in others]
        around = (self.surroundings_digest, self.boundaries.digest, self.worksheets, self.guides.without_prose)
        return digest(around, rows)

    @cached_property
    def sketch_digest(self) -> bytes:
        """What stands for the whole directory, but for the words of resources (``Resource.sketch``) and the prose of guides."""
        return digest(self.others_digest, b"".join([placed.sketch for placed in self.placed]), self.gone)

    @cached_property
    def ground_digest(self) -> bytes:
        """What stands for everything a ``RuleContext`` can tell."""
        return digest(self.surroundings_digest, self.boundaries.digest, self.unreadable)

    def has_list(self, index: str, key: str = "", /) -> bool:
        """Tell whether anything is listed under a key of ``by_<index>`` (``all``: at all)."""
        return (index, key) in self._lists

    @cached_property
    def _lists(self) -> frozenset[tuple[str, str]]:
        indexes = {
            "need": self.by_need, "support_level": self.by_support_level, "group": self.by_group, "kind": self.by_kind,
            "area": self.by_area, "district": self.by_district, "layer": self.by_layer, "place": self.by_place, "organization": self.by_organization,
        }  # fmt: skip
        keys = {(name, key) for name, index in indexes.items() for key in index}
        return frozenset(keys | ({("all", "")} if self.listed else set()))

    @cached_property
    def pamphlets(self) -> Mapping[str, Pamphlet]:
        """Every described paper by id, in the order of their files."""
        return _by_id(p.record for p in self.placed_pamphlets)

    @cached_property
    def print_runs(self) -> Mapping[str, PrintRun]:
        """Every print run by id."""
        return _by_id(p.record for p in self.placed_print_runs)

    def visible_in(self, medium: Medium, today: date) -> Directory:
        """Return the directory as an output may show it on a day: itself where nothing is left out. Of a directory for one output, what both may show."""
        placed = [shown for one in self.placed if (shown := self._shown(one, medium, today))]
        if (
            all(a is b for a, b in zip(placed, self.placed, strict=False))
            and len(placed) == len(self.placed)
            and len(self.published) == len(self.resources)
        ):
            return self
        hidden = self.hidden | ({one.record.id for one in self.placed} - {one.record.id for one in placed})
        return replace(self, placed=tuple(placed), shown_in=medium, hidden=hidden)

    def _shown(self, placed: Located[Resource], medium: Medium, today: date) -> Located[Resource] | None:
        shown = visible_in(placed.record, medium, today)
        if shown and not self.professional:  # R316 refuses it anyway
            shown = without_fields(shown, ("professional",))
        if shown and self.kind(shown).secret_place:
            shown = without_fields(shown, ("location", "photos"))
        elif shown and is_delicate(self, shown):
            shown = with_coarse_place(without_fields(shown, ("photos",)))
        if shown is placed.record or shown is None:
            return placed if shown else None
        return replace(placed, record=shown, digest=digest(placed.digest, shown), sketch=digest(placed.sketch, shown))

    @cached_property
    def gone(self) -> Mapping[str, str]:
        """Every id that a record had and none has now, in order, with the name that may still be shown ("": none may)."""
        lost = {one.id: one.identity.name if one.may_be_named else "" for one in reversed(self.lost_records)}
        known = dict.fromkeys(self.past.ledger or (), "") | lost
        return {key: known[key] for key in sorted(known) if key not in self.resources and key not in self.unreadable}

    @property
    def lost_records(self) -> tuple[PastRecord, ...]:
        """The records that were removed, as git knows them, newest first."""
        return tuple(one for one in self.past.records if one.is_lost)

    @cached_property
    def published(self) -> tuple[Resource, ...]:
        """Resources that are shown: of everything that is written, those that have a page (on whatever day)."""
        return tuple(r for r in self.resources.values() if self.shown_in or visible_in(r, "web", None))

    @cached_property
    def listed(self) -> tuple[Resource, ...]:
        """Published resources one can use today: no ideas, no closed ones."""
        return tuple(r for r in self.published if not r.is_idea and not r.is_closed)

    @cached_property
    def by_need(self) -> Index:
        """Listed resources by need, equipment left out."""
        return self._index(lambda r: () if self.is_equipment(r) else r.needs)

    @cached_property
    def by_support_level(self) -> Index:
        """Listed resources by support level, equipment left out."""
        return self._index(lambda r: () if self.is_equipment(r) else r.support_level)

    @cached_property
    def by_group(self) -> Index:
        """Listed resources by kind group."""
        return self._index(lambda r: (self.kind(r).group,))

    @cached_property
    def by_organization(self) -> Index:
        """Listed resources by the organisation that runs them."""
        return self._index(lambda r: (r.organization,) if r.organization else ())

    @cached_property
    def by_area(self) -> Index:
        """Listed resources by area they serve (each area and all areas above it)."""
        return self._index(lambda r: tuple({above.id: 0 for area in r.service_areas for above in self.lineage(area)}))

    @cached_property
    def by_service_area(self) -> Index:
        """Listed resources by area that they name as served."""
        return self._index(lambda r: dict.fromkeys(r.service_areas))

    @cached_property
    def by_kind(self) -> Index:
        """Listed resources by kind."""
        return self._index(lambda r: (r.kind,))

    @cached_property
    def by_district(self) -> Index:
        """Listed resources by district: those that serve it (or a part of it) and those that lie in it.

        Where a resource lies is read from its address; the district of a town may be derived (目安), so this index
        is for finding, never for saying which window is responsible. Equipment is left out.
        """
        return self._index(lambda r: () if self.is_equipment(r) else self._districts(r))

    def _districts(self, resource: Resource) -> tuple[str, ...]:
        found = (self.district_of(place) for place in self._places(resource))
        return tuple({district.id: 0 for district in found if district})

    def district_at(self, resource: Resource) -> Area | None:
        """Return the district a resource lies in by its address (目安), or None."""
        town = self.town_of(resource)
        return self.district_of(town.id) if town else None

    def town_of(self, resource: Resource) -> Area | None:
        """Return the town the address of a resource names, or None."""
        address = resource.location.address if resource.location else ""
        if not address or not self._towns:
            return None
        if address not in self._looked_up:
            municipality, towns = self._towns_around(address)
            key = town_of_address(address, towns, self.settings.prefecture, municipality)
            self._looked_up[address] = towns[key] if key else None
        return self._looked_up[address]

    def _towns_around(self, address: str) -> tuple[str, Mapping[str, Area]]:
        """Return the municipality that an address lies in, and its towns by key. Of several (広域連合), the one that the address names; none of them else."""
        if sum(map(bool, self._towns_by_city)) < 2:
            return self.settings.municipality, self._towns
        written, name = municipality_of_address(address, self.settings.prefecture, self._towns_by_city)
        return written, self._towns_by_city[name] if name else {}

    @cached_property
    def _towns_by_city(self) -> Mapping[str, Mapping[str, Area]]:
        found: dict[str, dict[str, Area]] = {}
        for key, town in ((town_key(area.name), area) for area in self.areas.values() if area.level == "town"):
            city = next((above.name for above in self.lineage(town.id) if above.level == "city"), "")
            found.setdefault(city, {})[key] = town
        return found

    @cached_property
    def _looked_up(self) -> dict[str, Area | None]:
        """The town of every address that was asked for: lists, map, facets and rules ask in turn."""
        return {}

    @cached_property
    def _towns(self) -> Mapping[str, Area]:
        return {town_key(area.name): area for area in self.areas.values() if area.level == "town"}

    def _index(self, keys_of: Callable[[Resource], Iterable[str]]) -> Index:
        index: dict[str, list[Resource]] = {}
        for resource in self.listed:
            for key in keys_of(resource):
                index.setdefault(key, []).append(resource)
        return {key: tuple(found) for key, found in index.items()}

    def kind(self, resource: Resource) -> Term:
        """Return the kind of a resource."""
        return self.vocabularies["kind"][resource.kind]

    def is_equipment(self, resource: Resource) -> bool:
        """Tell whether a resource is equipment (AED, toilet ...), which stays out of needs and leaflets."""
        return resource.kind in self._equipment

    @cached_property
    def _equipment(self) -> frozenset[str]:
        groups = self.vocabularies["kind_group"]
        return frozenset(kind.id for kind in self.vocabularies["kind"] if groups[kind.group].equipment)

    def lineage(self, area_id: str) -> tuple[Area, ...]:
        """Return an area and the areas that hold it, smallest first: its parents, then further layers before the municipality.

        Unknown ids and cycles end the line. An area that holds a part of a town alone does not hold the town.
        """
        if area_id not in self._lineages:
            line: dict[str, Area] = {}
            current: str | None = area_id
            while current and current in self.areas and current not in line:
                line[current] = self.areas[current]
                current = self.areas[current].parent
            whole = [area for area in line.values() if area.level == "city" and area.id != area_id]
            layers = [area for area, part in self.layers_of(area_id) if not part and area.id not in line]
            self._lineages[area_id] = (
                (*(area for area in line.values() if area.level != "city" or area.id == area_id), *layers, *whole)
                if layers
                else tuple(line.values())
            )
        return self._lineages[area_id]

    def layers_of(self, town_id: str) -> tuple[tuple[Area, bool], ...]:
        """Return the areas that list a town, in 五十音 order, each with whether it holds a part of the town alone."""
        return self._layers.get(town_id, ())

    @cached_property
    def _layers(self) -> Mapping[str, tuple[tuple[Area, bool], ...]]:
        found: dict[str, list[tuple[Area, bool]]] = {}
        for area in self.areas.values():
            for town, part in (*((town, False) for town in area.towns), *((town, True) for town in area.parts_of)):
                found.setdefault(town, []).append((area, part))
        return {town: tuple(areas) for town, areas in found.items()}

    @cached_property
    def by_layer(self) -> Index:
        """Listed resources by area of a further layer: those that serve it (or a town in it) and those that lie in a town that it holds whole. Equipment is left out."""
        layers = {area.id for area in self.areas.values() if area.level == "layer"}
        if not layers:
            return {}
        return self._index(
            lambda r: (
                ()
                if self.is_equipment(r)
                else tuple(
                    {above.id: 0 for place in self._places(r) for above in self.lineage(place) if above.id in layers}
                )
            )
        )

    @cached_property
    def by_place(self) -> Index:
        """Listed resources by every area that they serve or lie in, for a site without districts; empty where it has districts. Equipment is left out."""
        if self.by_district:
            return {}
        return self._index(
            lambda r: (
                ()
                if self.is_equipment(r)
                else tuple(
                    {
                        above.id: 0
                        for place in self._places(r)
                        for above in self.lineage(place)
                        if above.level != "layer"
                    }
                )
            )
        )

    def _places(self, resource: Resource) -> tuple[str, ...]:
        town = self.town_of(resource)
        return (*resource.service_areas, *([town.id] if town else []))

    @cached_property
    def _lineages(self) -> dict[str, tuple[Area, ...]]:
        return {}

    @cached_property
    def _children(self) -> Mapping[str, tuple[Area, ...]]:
        inside: dict[str, list[Area]] = {}
        for area in self.areas.values():
            if area.parent:
                inside.setdefault(area.parent, []).append(area)
        return {parent: tuple(areas) for parent, areas in inside.items()}

    def children(self, area_id: str) -> tuple[Area, ...]:
        """Return the areas directly inside an area, in 五十音 order."""
        return self._children.get(area_id, ())

    def district_of(self, area_id: str) -> Area | None:
        """Return the district an area lies in (or is), or None. For a town see its ``basis``: it may be 目安 only."""
        return next((area for area in self.lineage(area_id) if area.level == "district"), None)

    def review_due(self, resource: Resource) -> date | None:
        """Return the last day on which the check of a resource (or of its list) counts, None where nobody checked."""
        if resource.verified_on:
            kind = self.kind(resource)
            due = resource.review_due or add_months(
                resource.verified_on, kind.review_months or self.settings.review_months
            )
            return min(due, kind.term_ends) if kind.term_ends and resource.verified_on <= kind.term_ends else due
        source = self.source_of(resource)
        return source.review_due if source else None

    def trusted_until(self, resource: Resource) -> date | None:
        """Return the last day on which pages and papers may send people to a resource by what its record says; None: no day is set.

        It is the last day of a month, so that records with the same hours share what is made of them. After it (``overdue_after_months`` past the day of its review) nothing says that it is open, and no paper holds it. Records of
        official lists answer with their list, ideas and closed ones send nobody; of one that nobody ever checked no day is known.
        """
        months, due = self.settings.overdue_after_months, self.review_due(resource)
        if months is None or due is None or not resource.verified_on or resource.is_idea or resource.is_closed:
            return None
        last = add_months(due, months)
        return last.replace(day=monthrange(last.year, last.month)[1])

    def source_of(self, resource: Resource) -> Source | None:
        """Return the first source a resource was imported from, if any."""
        return self.sources.get(resource.sources[0].source) if resource.sources else None


def _inside(town: Area, district: Area, areas: Mapping[str, Area]) -> Area:
    parent = areas.get(town.parent or "")
    if district.basis == "derived" and town.basis == "official" and parent is not None and parent.level == "district":
        return town
    return town.model_copy(update={"parent": district.id, "basis": district.basis})


def is_delicate(directory: RecordContext, resource: Resource) -> bool:
    """Tell whether others in the house should not find a record: a refuge, or help against violence and nothing else."""
    needs = directory.vocabularies["need"]
    return is_secret_record(directory.kind(resource), [needs[need] for need in resource.needs])


def _by_id(records: Iterable[RecordT]) -> Mapping[str, RecordT]:
    result: dict[str, RecordT] = {}
    for record in records:
        result.setdefault(record.id, record)
    return result

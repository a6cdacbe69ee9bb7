"""Coverage: per area and need, how many open resources there are, for how many older people, how near, and how many of them are known to be easy to use.

Numbers of an area are those of its list (``Directory.by_district``): what lies in it by its address, and what names it or a part of it
as served. Equipment and needs that must stay discreet (``Term.sensitive``) are left out. Samples, ideas and what pauses today are
counted apart. Distances are straight lines from the middle of a town, never ways on foot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.analysis.population import People, people_in, sum_towns
from tsunagite.engine.digest import digest
from tsunagite.engine.memo import Known, memo
from tsunagite.geo.nearest import Place, metres_between, nearest
from tsunagite.records.directory import Directory
from tsunagite.records.model.area import Area
from tsunagite.records.model.base.vocabulary import Term
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource, hours_agree

NEAR, FAR = 500, 800
"""Metres in a straight line within which a resource counts as near: about what 10 and 15 minutes on foot take at most."""
EVENING = "18:00"
"""What is still open after this time is open in the evening."""
SMALL = 100
"""With fewer people of 65 and older a rate per 1,000 changes much with a single resource: it is marked."""
ELSEWHERE = "-"
"""Stands for no district: what lies in none that is known. No area has this id."""


@dataclass(frozen=True)
class Answers:
    """How many resources are known to have a quality, how many not to have it, and of how many nobody wrote it."""

    yes: int = 0
    no: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Reach:
    """Of how many people of 65 and older a resource is within a distance. ``unknown`` people live in towns without a point; ``unknown_towns`` tell no number."""

    within: int = 0
    people: int = 0
    unknown: int = 0
    unknown_towns: int = 0

    @property
    def share(self) -> float | None:
        """The share of the people whose distance is known; None where it is known of nobody."""
        return self.within / self.people if self.people else None


@dataclass(frozen=True)
class Nearest:
    """The resource that is nearest to the middle of any town of an area: metres in a straight line, and that town."""

    resource: Resource
    metres: float
    town: Area


@dataclass(frozen=True)
class Coverage:
    """What is known of one need in one area."""

    records: tuple[Resource, ...]
    """Open resources in 五十音 order: those that lie in the area, and those that serve it or a part of it."""
    here: int
    """How many of them lie in it. Every resource lies in one district or in none that is known."""
    wider: int
    """How many more serve a larger area that holds it."""
    paused: int
    samples: int
    ideas: tuple[Resource, ...]
    without_place: int
    """How many of ``records`` can be visited, but nobody knows exactly where: no distance counts them."""
    off_hours: Answers
    free: Answers
    without_referral: Answers
    near: Reach
    far: Reach
    nearest: Nearest | None
    """None where no distance is known."""
    older: int | None
    """People of 65 and older, where all are known."""

    @property
    def open(self) -> int:
        """How many open resources the area has."""
        return len(self.records)

    @property
    def per_1000(self) -> float | None:
        """Open resources per 1,000 people of 65 and older; None where their number is not known."""
        return 1000 * self.open / self.older if self.older else None

    @property
    def is_small(self) -> bool:
        """Whether so few older people live there that one resource moves the rate much."""
        return self.older is not None and self.older < SMALL


@dataclass(frozen=True)
class _Marks:
    """What is counted of a resource."""

    resource: Resource
    needs: tuple[str, ...]
    here: frozenset[str]
    areas: frozenset[str]
    wider: frozenset[str]
    off_hours: bool | None
    free: bool | None
    without_referral: bool | None
    point: tuple[float, float] | None
    can_be_visited: bool
    pauses: bool


class Coverages:
    """The numbers of all areas of a site on one day. ``whole`` is the site: the area of its only municipality, else ""."""

    def __init__(self, directory: Directory, today: date) -> None:
        self.directory, self.today = directory, today

    @cached_property
    def needs(self) -> tuple[Term, ...]:
        """The needs that are counted, in the order of the vocabulary."""
        return tuple(term for term in self.directory.vocabularies["need"] if not term.sensitive)

    @cached_property
    def areas(self) -> Mapping[str, Area]:
        """The areas that are counted (all but towns), in 五十音 order."""
        return {area.id: area for area in self.directory.areas.values() if area.level != "town"}

    @cached_property
    def whole(self) -> str:
        """The id that stands for everything."""
        cities = [area.id for area in self.areas.values() if area.level == "city"]
        return cities[0] if len(cities) == 1 else ""

    @cached_property
    def towns(self) -> Mapping[str, tuple[Area, ...]]:
        """The towns of each area, of the whole, and those in no district (``ELSEWHERE``)."""
        every = tuple(area for area in self.directory.areas.values() if area.level == "town")
        found: dict[str, list[Area]] = {key: [] for key in self.areas}
        for town in every:
            for above in self.directory.lineage(town.id):
                if above.id in found:
                    found[above.id].append(town)
        apart = tuple(town for town in every if not self.directory.district_of(town.id))
        return {**{key: tuple(inside) for key, inside in found.items()}, self.whole: every, ELSEWHERE: apart}

    @cached_property
    def people(self) -> Mapping[str, People]:
        """Who lives in each area."""
        found = {key: people_in(area, self.towns[key]) for key, area in self.areas.items()}
        if not self.whole:
            found[""] = sum_towns(self.towns[""])
        return {**found, ELSEWHERE: sum_towns(self.towns[ELSEWHERE])}

    def of(self, area_id: str, need_id: str) -> Coverage:
        """Return what is known of a need in an area (``whole`` and ``ELSEWHERE`` included). Raises KeyError for others."""
        return self.table[area_id, need_id]

    @cached_property
    def table(self) -> Mapping[tuple[str, str], Coverage]:
        """Everything, by area and need."""
        keys = (*self.areas, *(() if self.whole else ("",)), ELSEWHERE)
        return {
            (area_id, term.id): self._coverage(area_id, term.id, self._counted.get((area_id, term.id), []))
            for area_id in keys
            for term in self.needs
        }

    @cached_property
    def levels(self) -> Mapping[str, Mapping[str, int]]:
        """How many open resources of each support level an area has; one of two levels counts in both."""
        found: dict[str, dict[str, int]] = {}
        for mark in self._open:
            for area_id in mark.areas:
                counts = found.setdefault(area_id, {})
                for level in dict.fromkeys(mark.resource.support_level):
                    counts[level] = counts.get(level, 0) + 1
        return found

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """How many open resources each area has, whatever they are for."""
        found: dict[str, int] = {}
        for mark in self._open:
            for area_id in mark.areas:
                found[area_id] = found.get(area_id, 0) + 1
        return found

    @cached_property
    def equipment(self) -> Mapping[str, int]:
        """How many open pieces of equipment (shelters, AEDs) the site has for each need: no table counts them."""
        found: dict[str, int] = {}
        for resource in self.directory.published:
            of_no_use = resource.is_closed or resource.sample or resource.is_idea or self._pauses(resource)
            if self.directory.is_equipment(resource) and not of_no_use:
                for need in set(resource.needs):
                    found[need] = found.get(need, 0) + 1
        return found

    @cached_property
    def counted(self) -> str:
        """What stands for all that is told of resources here and by name: an edit that leaves it as it is changes no page of areas."""
        return repr(([_told(mark) for mark in self._marks], sorted(self.equipment.items())))

    @cached_property
    def records_of(self) -> Mapping[str, tuple[Resource, ...]]:
        """Everything that an area has in 五十音 order: samples, ideas and what pauses too."""
        found: dict[str, list[Resource]] = {}
        for mark in self._marks:
            for area_id in mark.areas:
                found.setdefault(area_id, []).append(mark.resource)
        return {area_id: tuple(records) for area_id, records in found.items()}

    def holds(self, area_id: str, resource: Resource) -> bool:
        """Tell whether a resource lies in an area, or serves it or a part of it."""
        return area_id in self._areas_of(resource)[1]

    @cached_property
    def _marks(self) -> tuple[_Marks, ...]:
        shown = (r for r in self.directory.published if not r.is_closed and not self.directory.is_equipment(r))
        return tuple(map(self._mark, shown))

    @cached_property
    def _open(self) -> tuple[_Marks, ...]:
        return tuple(mark for mark in self._marks if not (mark.resource.sample or mark.resource.is_idea or mark.pauses))

    def _pauses(self, resource: Resource) -> bool:
        pause = resource.pause_after(self.today)
        return bool(pause and pause.holds(self.today))

    def _mark(self, resource: Resource) -> _Marks:
        here, areas = self._areas_of(resource)
        return _Marks(
            resource,
            tuple(dict.fromkeys(resource.needs)),
            here,
            areas,
            self._wider(resource.service_areas) - areas,
            self._opens_off_hours(resource),
            _is_free(resource),
            None if resource.referral_needed is None else not resource.referral_needed,
            place_of(resource),
            _can_be_visited(resource),
            self._pauses(resource),
        )

    def _areas_of(self, resource: Resource) -> tuple[frozenset[str], frozenset[str]]:
        """Return the areas that a resource lies in, and those with the ones that it serves, wholly or in a part."""
        town = self.directory.town_of(resource)
        inside = {area.id for area in self.directory.lineage(town.id)} & self._keys if town else set()
        district = self.directory.district_of(town.id) if town else None
        here = inside | {self.whole} | (set() if district else {ELSEWHERE})
        served = {area.id for one in resource.service_areas for area in self.directory.lineage(one)} & self._keys
        return frozenset(here), frozenset(here | served)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self.areas)

    def _wider(self, served: Iterable[str]) -> frozenset[str]:
        """Return the areas inside those that are served."""
        inside = (self._inside.get(one, frozenset()) for one in served)
        return frozenset().union(*inside)

    @cached_property
    def _inside(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for area_id in self.areas:
            for above in self.directory.lineage(area_id)[1:]:
                found.setdefault(above.id, set()).add(area_id)
        return {above: frozenset(inside) for above, inside in found.items()}

    @cached_property
    def _counted(self) -> Mapping[tuple[str, str], list[_Marks]]:
        """Everything that is counted, by area and need; with what serves a larger area alone."""
        counted = {term.id for term in self.needs}
        found: dict[tuple[str, str], list[_Marks]] = {}
        for mark in self._marks:
            for need in mark.needs:
                if need in counted:
                    for area_id in mark.areas | mark.wider:
                        found.setdefault((area_id, need), []).append(mark)
        return found

    def _coverage(self, area_id: str, need_id: str, found: list[_Marks]) -> Coverage:
        real = [mark for mark in found if not (mark.resource.sample or mark.resource.is_idea)]
        own = [mark for mark in real if area_id in mark.areas]
        running = [mark for mark in own if not mark.pauses]
        near, far, closest = self._reach(area_id, need_id)
        return Coverage(
            records=tuple(mark.resource for mark in running),
            here=sum(area_id in mark.here for mark in running),
            wider=sum(area_id in mark.wider and not mark.pauses for mark in real),
            paused=len(own) - len(running),
            samples=sum(mark.resource.sample and not mark.resource.is_idea and area_id in mark.areas for mark in found),
            ideas=tuple(mark.resource for mark in found if mark.resource.is_idea and area_id in mark.areas),
            without_place=sum(mark.can_be_visited and mark.point is None for mark in running),
            off_hours=_count(mark.off_hours for mark in running),
            free=_count(mark.free for mark in running),
            without_referral=_count(mark.without_referral for mark in running),
            near=near,
            far=far,
            nearest=closest,
            older=self.people[area_id].older if area_id in self.people else None,
        )

    def _reach(self, area_id: str, need_id: str) -> tuple[Reach, Reach, Nearest | None]:
        told, nowhere, silent = self._older[area_id]
        distances = self.distances[need_id]
        if not distances:  # no resource has a place: no distance is known of anybody
            empty = Reach(unknown=nowhere + sum(older for _, older in told), unknown_towns=silent)
            return empty, empty, None
        people = sum(older for _, older in told)
        reached = [(distances[town][0], older) for town, older in told if town in distances]
        near, far = (sum(older for metres, older in reached if metres <= most) for most in (NEAR, FAR))
        closest = min(
            ((*distances[town.id], town) for town in self.towns[area_id] if town.id in distances),
            key=_order,
            default=None,
        )
        found = Nearest(closest[1], closest[0], closest[2]) if closest else None
        return Reach(near, people, nowhere, silent), Reach(far, people, nowhere, silent), found

    @cached_property
    def _older(self) -> Mapping[str, tuple[list[tuple[str, int]], int, int]]:
        """People of 65 and older of an area by town, those of towns without a point, and how many towns do not tell them."""
        found = {}
        for area_id, towns in self.towns.items():
            numbers = [(town, town.population.age_65 if town.population else None) for town in towns]
            told = [(town.id, older) for town, older in numbers if older is not None and town.lat is not None]
            nowhere = sum(older or 0 for town, older in numbers if town.lat is None)
            found[area_id] = (told, nowhere, sum(older is None for _, older in numbers))
        return found

    @cached_property
    def distances(self) -> Mapping[str, Mapping[str, tuple[float, Resource]]]:
        """The metres from the middle of each town to the nearest open resource for a need, and that resource."""
        places: dict[str, list[Place]] = {term.id: [] for term in self.needs}
        for mark in self._open:
            if mark.point:
                for need in mark.needs:
                    if need in places:
                        places[need].append((mark.resource.id, *mark.point))
        middles = [(town.id, *town.point) for town in self.towns[self.whole] if town.point]
        middles_digest = digest(middles)
        found = {}
        for need, among in places.items():
            made = memo(nearest_to_each)(Known(among, digest(among)), Known(middles, middles_digest)).value
            found[need] = {town: (metres, self.directory.resources[one]) for town, (metres, one) in made.items()}
        return found

    def _opens_off_hours(self, resource: Resource) -> bool | None:
        """Tell whether a resource opens on some Saturday, Sunday or evening; None where its hours are not known or not to be relied on."""
        trusted = self.directory.trusted_until(resource)
        if not resource.hours or (trusted and trusted < self.today) or not hours_agree(resource):
            return None
        spans = [span for span in resource.hours if _holds(span, self.today)]
        return any(map(_is_off_hours, spans)) if spans else None


def nearest_to_each(among: Sequence[Place], middles: Sequence[Place]) -> dict[str, tuple[float, str]]:
    """Return, by the id of each middle, the metres in a straight line to the nearest of some places, and its id."""
    points, found = {place_id: (lat, lng) for place_id, lat, lng in among}, {}
    asked = {f"town {town}": (town, lat, lng) for town, lat, lng in middles}  # no record has such an id
    for key, closest in nearest(among, [(key, lat, lng) for key, (_, lat, lng) in asked.items()], 1).items():
        if closest:
            town, lat, lng = asked[key]
            found[town] = (metres_between(lat, lng, *points[closest[0]]), closest[0])
    return found


def place_of(resource: Resource) -> tuple[float, float] | None:
    """Return the point of a resource that people go to; None where nobody goes, or where only its town is known."""
    place = resource.location
    if place is None or not _can_be_visited(resource) or place.geo_precision == "town":
        return None
    return place.point


def _can_be_visited(resource: Resource) -> bool:
    return resource.location is None or resource.location.type == "physical"


def _told(mark: _Marks) -> tuple[object, ...]:
    r = mark.resource
    return (
        r.id, r.name, r.kind, r.needs, sorted(mark.here), sorted(mark.areas), sorted(mark.wider), mark.off_hours, mark.free,
        mark.without_referral, mark.point, mark.can_be_visited, mark.pauses, r.sample, r.stage, r.use_status, r.use_status_reason,
        r.support_level, [(one.role, one.department) for one in r.contact_roles], bool(r.hours),
    )  # fmt: skip


def _is_free(resource: Resource) -> bool | None:
    return None if resource.fee is None or resource.fee.type == "ask" else resource.fee.type == "free"


def _holds(span: Hours, day: date) -> bool:
    return (span.valid_from is None or span.valid_from <= day) and (span.valid_to is None or day <= span.valid_to)


def _is_off_hours(span: Hours) -> bool:
    return bool({"土", "日"} & set(span.days)) or span.close > EVENING or span.close <= span.open


def _count(answers: Iterable[bool | None]) -> Answers:
    told = list(answers)
    return Answers(told.count(True), told.count(False), told.count(None))


def _order(one: tuple[float, Resource, Area]) -> tuple[float, str, str]:
    return one[0], one[1].id, one[2].id

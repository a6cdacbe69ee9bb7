"""What a search can be narrowed by, as columns over the records: each a table of the few different entries, and a number per record.

A thousand records share some hundred opening hours and a dozen sets of needs, so a browser decides each entry of a table
once and looks the records up (search/browser/facets.js). ``None`` in a table means: not known. It is never counted as no.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tsunagite.records.directory import Directory
from tsunagite.records.model.area import Area
from tsunagite.records.model.resource import Resource
from tsunagite.site.opening import hours_entry, hours_source

Entry = object
SCALE = 100_000  # five decimals of a degree are about one metre
VALUES = {  # facet: its vocabulary
    "need": "need", "group": "kind_group", "kind": "kind", "level": "support_level", "fee": "fee", "access": "access",
    "language": "language", "care": "care_level", "situation": "situation", "way": "location_type",
}  # fmt: skip


@dataclass(frozen=True)
class FacetColumn:
    """One facet over all records: record ``n`` has the entry ``table[of[n]]``."""

    table: tuple[Entry, ...]
    of: tuple[int, ...]


@dataclass(frozen=True)
class FacetPlace:
    """An area one can be near to: its spellings (kanji, reading, others) and its middle in degrees, where known."""

    spellings: tuple[str, ...]
    lat: float | None
    lng: float | None


@dataclass(frozen=True)
class FacetsView:
    """The records of the search in the order of its documents, as columns."""

    directory: Directory
    resources: tuple[Resource, ...]

    @classmethod
    def of(cls, directory: Directory, resources: Sequence[Resource]) -> FacetsView:
        """Take the records in the order in which the search numbers them."""
        return cls(directory, tuple(resources))

    def values(self) -> dict[str, list[list[object]]]:
        """Return id and label of every value a record can have, by facet. A kind names its group by number."""
        words = self.directory.vocabularies
        found: dict[str, list[list[object]]] = {
            facet: [[term.id, term.label] for term in words[vocabulary]] for facet, vocabulary in VALUES.items()
        }
        groups = {term.id: place for place, term in enumerate(words["kind_group"])}
        for row, term in zip(found["kind"], words["kind"], strict=True):
            row.append(groups[term.group])
        for row, term in zip(found["group"], words["kind_group"], strict=True):
            row.append(int(term.equipment))
        places = {area.id: place for place, area in enumerate(self._areas)}
        found["area"] = [[area.id, _label(area), places.get(area.parent or "", -1), area.level] for area in self._areas]
        named = {resource.organization for resource in self.resources}
        found["organization"] = [[one.id, one.name] for one in self.directory.organizations.values() if one.id in named]
        return found

    def columns(self) -> dict[str, FacetColumn]:
        """Return every column by name (search/browser/facet_columns.js lists what their entries hold)."""
        numbers = {name: {str(row[0]): place for place, row in enumerate(rows)} for name, rows in self.values().items()}

        def ids(facet: str, written: Sequence[str]) -> tuple[int, ...]:
            return tuple(sorted(numbers[facet][one] for one in written if one in numbers[facet]))

        def without_equipment(facet: str, written: Sequence[str], resource: Resource) -> tuple[int, ...]:
            return () if self.directory.is_equipment(resource) else ids(facet, written)

        def languages(resource: Resource) -> tuple[str, ...]:
            return (*resource.languages, *(code for phone in resource.phones for code in phone.languages))

        return {
            "kind": self._column(lambda r: r.kind, lambda r: numbers["kind"][r.kind]),
            "need": self._column(lambda r: (r.kind, r.needs), lambda r: without_equipment("need", r.needs, r)),
            "level": self._column(
                lambda r: (r.kind, r.support_level), lambda r: without_equipment("level", r.support_level, r)
            ),
            "place": self._column(self._town, lambda r: numbers["area"].get(self._town(r))),
            "served": self._column(lambda r: r.service_areas, lambda r: ids("area", r.service_areas)),
            "organization": self._column(
                lambda r: r.organization, lambda r: numbers["organization"].get(r.organization or "")
            ),
            "who": self._column(lambda r: id(r.eligibility), lambda r: _who(r, ids)),
            "fee": self._column(lambda r: id(r.fee), lambda r: numbers["fee"][r.fee.type] if r.fee else None),
            "access": self._column(
                lambda r: id(r.access),
                lambda r: (ids("access", r.access.features), ids("access", r.access.missing)) if r.access else None,
            ),
            "language": self._column(languages, lambda r: ids("language", languages(r)) or None),
            "booking": self._column(
                lambda r: (r.by_appointment, r.booking, r.referral_needed),
                lambda r: (True if r.by_appointment else r.booking, r.referral_needed),
            ),
            "way": self._column(
                lambda r: r.location.type if r.location else None,
                lambda r: numbers["way"][r.location.type] if r.location else None,
            ),
            "hours": self._column(
                lambda r: hours_source(r, self.directory.trusted_until(r)),
                lambda r: hours_entry(r, self.directory.trusted_until(r)),
            ),
            "verified": self._column(
                lambda r: (r.stage, r.verified_on, r.sources and r.sources[0].source), self._verified
            ),
        }

    def order(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return where each stretch of documents begins and, for each place of the 五十音 order, the stretch it comes from.

        Documents lie by stretches (a kind; then the ideas of a kind), in 五十音 order inside each. So the whole order is
        the order of their meeting: a small number per record instead of a large one.
        """
        stretches: dict[tuple[bool, str], int] = {}
        starts: list[int] = []
        of: dict[str, int] = {}
        for number, resource in enumerate(self.resources):
            stretch = (resource.is_idea, resource.kind)
            if stretch not in stretches:
                stretches[stretch] = len(starts)
                starts.append(number)
            of[resource.id] = stretches[stretch]
        return tuple(starts), tuple(of[r.id] for r in self.directory.published if r.id in of)

    def points(self) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, int]]:
        """Return latitudes and longitudes in 1/100,000 degrees above a corner, plus 1 (0: no point); and the corner."""
        found = [
            (round(point[0] * SCALE), round(point[1] * SCALE)) if (point := r.point) else None for r in self.resources
        ]
        south = min((point[0] for point in found if point), default=0)
        west = min((point[1] for point in found if point), default=0)
        lat = tuple(point[0] - south + 1 if point else 0 for point in found)
        lng = tuple(point[1] - west + 1 if point else 0 for point in found)
        return lat, lng, (south, west)

    def places(self) -> tuple[FacetPlace, ...]:
        """Return the areas in the order of ``values()["area"]``. The middle of a district is the mean of its towns."""
        return tuple(
            FacetPlace(
                tuple(dict.fromkeys(filter(None, (area.name, area.name_kana, *area.alt_names)))), *self._middle(area)
            )
            for area in self._areas
        )

    def _middle(self, area: Area) -> tuple[float | None, float | None]:
        if area.point:
            return area.point
        inside = [town.point for town in self.directory.children(area.id) if town.point]
        inside = inside or self._lying_in.get(area.id, [])
        if area.level == "city" or not inside:
            return None, None
        return round(sum(lat for lat, _ in inside) / len(inside), 5), round(
            sum(lng for _, lng in inside) / len(inside), 5
        )

    @cached_property
    def _lying_in(self) -> dict[str, list[tuple[float, float]]]:
        """Return the points of the records that lie in each area."""
        found: dict[str, list[tuple[float, float]]] = {}
        for resource in self.resources:
            point, town = resource.point, self.directory.town_of(resource)
            if town and point:
                for area in self.directory.lineage(town.id):
                    found.setdefault(area.id, []).append(point)
        return found

    @cached_property
    def _areas(self) -> tuple[Area, ...]:
        return tuple(
            area for area in self.directory.areas.values() if area.level != "layer"
        )  # a place knows its parents alone

    def _verified(self, resource: Resource) -> str | None:
        """Return the day a record was checked, else the day of the list it comes from."""
        if resource.is_idea:
            return None
        source = self.directory.source_of(resource)
        checked = resource.verified_on or (source.data_date if source else None)
        return checked.isoformat() if checked else None

    def _town(self, resource: Resource) -> str:
        town = self.directory.town_of(resource)
        return town.id if town else ""

    def _column(
        self, made_from: Callable[[Resource], Hashable], entry_of: Callable[[Resource], Hashable]
    ) -> FacetColumn:
        """Return a column. Records of which ``made_from`` gives the same have the same entry, which is made once.

        It may give the ``id`` of a part, which equal records share: no part comes or goes while columns are made.
        """
        places: dict[Hashable, int] = {None: 0}
        known: dict[Hashable, int] = {}
        of = []
        for resource in self.resources:
            source = made_from(resource)
            if source not in known:
                known[source] = places.setdefault(entry_of(resource), len(places))
            of.append(known[source])
        return FacetColumn(tuple(places), tuple(of))


def _who(resource: Resource, ids: Callable[[str, Sequence[str]], tuple[int, ...]]) -> Hashable:
    """Return [age from, age to, care levels, situations], None where nothing is written."""
    who = resource.eligibility
    if who is None:
        return None
    found = (who.age_min, who.age_max, ids("care", who.care_levels), ids("situation", who.situations))
    # A condition in words only says nothing a filter could decide.
    return None if found == (None, None, (), ()) else found


def _label(area: Area) -> str:
    return f"{area.name}地区" if area.level == "district" else area.name

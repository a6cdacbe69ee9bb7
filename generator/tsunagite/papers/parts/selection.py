"""Selection: which records a described paper holds, under which heading, in which order, and its map."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tsunagite.papers.parts.areas import areas_around, first_windows, is_whole
from tsunagite.papers.parts.entry import distance
from tsunagite.papers.parts.map import Named, Numbered, PaperMap, Sight, draw
from tsunagite.papers.source import PaperSource, sentence_of
from tsunagite.records.directory import Directory
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.records.model.resource import Resource

if TYPE_CHECKING:
    from tsunagite.geo.outlines import Outline

AT_HOME = (
    "belonging",
    "exercise",
    "medicine",
    "meals",
    "shopping",
    "outings",
    "housework",
    "watching",
    "dementia",
    "hobby",
)
"""What a paper of a district is about where its description names no needs: what an older person at home asks for."""
NOT_ON_PAPER = frozenset({"park", "school", "childcare", "after_school_club", "polling_place", "bag_dealer"})
"""Kinds that come on a paper only where its description names them: many, and few of them can be asked anything."""
NEAR_WINDOWS = ("community_support_center", "social_welfare_council", "health_center")
OWN_WINDOWS = frozenset({"community_support_center", "social_welfare_council", "city_office"})
"""Kinds of windows that a paper of a district never leaves out where they lie in it: センター, 社協の支所, 市の支所・出張所."""
MOST_NEAR_WINDOWS = 3  # that lie outside of a district and are nearest to it
NEAR = 1_200.0
"""Metres from the middle of a district within which what lies outside of it still stands on its map."""
LANDMARKS = (
    "community_center",
    "school",
    "city_office",
    "hospital",
    "library",
    "fire_station",
    "exchange_hall",
    "sports_facility",
    "post_office",
    "police",
    "temple_shrine",
    "shop",
)
SHELTERS = ("evacuation_site", "welfare_shelter")
SAME_PLACE = 120.0  # metres between a shelter and the building that it is


@dataclass(frozen=True)
class Group:
    """Records under one need. ``official`` is the professionals' word."""

    id: str
    heading: str
    official: str
    records: tuple[Resource, ...]


@dataclass(frozen=True)
class Selection:
    """What a description finds on one day. ``printed_today``: copies are made of it now, and its code remembers the day."""

    source: PaperSource
    pamphlet: Pamphlet
    printed_today: bool = False
    opens: str | None = None
    """The page that its code opens, for a paper without a description; a described one has an address of its own."""

    @property
    def directory(self) -> Directory:
        """All records of the site."""
        return self.source.directory

    @property
    def area_id(self) -> str:
        """The area of the paper; the whole municipality where none is named."""
        return self.pamphlet.area or self.directory.settings.area or ""

    @property
    def is_whole(self) -> bool:
        """Whether the paper is about the whole municipality."""
        return is_whole(self.directory, self.area_id)

    @property
    def area_name(self) -> str:
        """「屋島地区」, 「高松市」."""
        area = self.directory.areas.get(self.area_id)
        if area is None:
            return self.directory.settings.municipality
        return f"{area.name}地区" if area.level == "district" else area.name

    @cached_property
    def windows(self) -> tuple[Resource, ...]:
        """The windows to ask first, then those that lie in the area; made-up ones last."""
        directory, near = self.directory, []
        if not self.is_whole:
            inside = {r.id for r in directory.by_district.get(self.area_id, ())}
            near = [r for r in directory.by_group.get("consultation", ()) if r.id in inside]
            near += [r for r in directory.by_kind.get("city_office", ()) if r.id in inside]
        else:
            near = list(directory.by_kind.get("community_support_center", ()))
        first = self._first_windows
        if middle := self.middle:
            real = [r for r in directory.by_group.get("consultation", ()) if not r.sample and r.kind in NEAR_WINDOWS]
            near += sorted(real, key=lambda r: distance(r, *middle))[:MOST_NEAR_WINDOWS]
        return self._allowed(sorted({r.id: r for r in (*first, *near)}.values(), key=lambda r: r.sample))

    @cached_property
    def _first_windows(self) -> tuple[Resource, ...]:
        return first_windows(self.directory, self.area_id, self.source.printable)

    @cached_property
    def required(self) -> frozenset[str]:
        """The windows that a paper leaves out last (ids): all of the municipality's, those of a district itself, those to ask first.

        A district with a branch of the council can do without its main office.
        """
        if self.is_whole:
            return frozenset(r.id for r in self.windows)
        inside = {r.id: r.kind for r in self.directory.by_district.get(self.area_id, ()) if r.kind in OWN_WINDOWS}
        branch = "social_welfare_council" in inside.values()
        first = {
            r.id for r in self._first_windows if not branch or r.kind != "social_welfare_council" or r.id in inside
        }
        return frozenset(r.id for r in self.windows if r.id in inside or r.id in first)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The records by need, each once: under the first need of the paper that it serves."""
        needs = self.needs
        by_need: dict[str, list[Resource]] = {need: [] for need in needs}
        for resource in self.records:
            under = next((need for need in needs if need in resource.needs), None)
            by_need.setdefault(under or "", []).append(resource)
        terms = self.directory.vocabularies["need"]
        named = [
            Group(need, terms[need].label, terms[need].official, tuple(by_need[need]))
            for need in needs
            if by_need[need]
        ]
        rest = by_need.get("", [])
        return (*named, *([Group("", "そのほか", "", tuple(rest))] if rest else []))

    @cached_property
    def by_kind(self) -> tuple[Group, ...]:
        """The records by kind, in the order in which the kinds are asked for, else in which the first of each comes."""
        found: dict[str, list[Resource]] = {kind: [] for kind in self.pamphlet.kinds}
        for resource in self.records:
            found.setdefault(resource.kind, []).append(resource)
        terms = self.directory.vocabularies["kind"]
        return tuple(Group(kind, terms[kind].label, "", tuple(records)) for kind, records in found.items() if records)

    @property
    def sections(self) -> tuple[Group, ...]:
        """The records under the headings that tell most: by kind where one need or only kinds are asked for, else by need."""
        needs, kinds = self.pamphlet.needs, self.pamphlet.kinds
        return self.by_kind if len(needs) == 1 or (kinds and not needs) else self.groups

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The needs of the paper in their order."""
        known = [term.id for term in self.directory.vocabularies["need"]]
        if self.pamphlet.needs:
            return self.pamphlet.needs
        first = () if self.pamphlet.kinds or self.pamphlet.support_levels else AT_HOME
        return tuple(need for need in first if need in known) or tuple(known)

    @cached_property
    def records(self) -> tuple[Resource, ...]:
        """Everything the query finds: pinned records first, real ones before samples, then in the order asked for."""
        windows = {r.id for r in self.windows} if self.pamphlet.layout in ("three_fold", "leaflet") else set()
        found = [r for r in self._candidates() if self._matches(r) and r.id not in windows]
        middle = self.middle
        if self.pamphlet.order == "near" and middle:
            found.sort(key=lambda r: distance(r, *middle))
        found.sort(key=lambda r: r.sample)
        pinned = [self.directory.resources[i] for i in self.pamphlet.pinned if i in self.directory.resources]
        both = {r.id: r for r in (*pinned, *found) if r.id not in windows}
        return self._allowed(both.values())

    def _candidates(self) -> tuple[Resource, ...]:
        directory = self.directory
        if self.is_whole:
            return directory.listed
        here = directory.by_district.get(self.area_id, ())
        towns = {town.id for town in directory.children(self.area_id)}
        serving = {self.area_id, *towns, *areas_around(directory, self.area_id), directory.settings.area or ""} - {""}
        inside, place = {r.id for r in here}, self.source.place_in_list
        named = {r.id: r for area in serving for r in directory.by_service_area.get(area, ())}
        return (*here, *sorted((r for r in named.values() if r.id not in inside), key=lambda r: place[r.id]))

    def _matches(self, resource: Resource) -> bool:
        asked = self.pamphlet
        if self.directory.is_equipment(resource) and resource.kind not in asked.kinds:
            return False
        if asked.kinds:
            if resource.kind not in asked.kinds:
                return False
        elif resource.kind in NOT_ON_PAPER:
            return False
        if asked.support_levels and not set(asked.support_levels) & set(resource.support_level):
            return False
        return bool(asked.kinds and not asked.needs) or bool(set(self.needs) & set(resource.needs))

    def _allowed(self, records: Iterable[Resource]) -> tuple[Resource, ...]:
        """Return those that may be printed and were not left out by somebody."""
        out = {row.id for row in self.pamphlet.left_out}
        return tuple(r for r in records if r.id not in out and r.id in self.source.printable)

    @cached_property
    def middle(self) -> Sight | None:
        """The place of the area that walking begins at: its community centre, else the middle of its towns."""
        if self.is_whole:
            return None
        name = self.directory.areas[self.area_id].name if self.area_id in self.directory.areas else ""
        centres = [r for r in self.directory.by_district.get(self.area_id, ()) if r.kind == "community_center"]
        centres.sort(key=lambda r: (name + "コミュニティセンター" not in r.name, r.id))
        for centre in centres:
            if centre.point:
                return centre.point
        points = [town.point for town in self.directory.children(self.area_id) if town.point]
        return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)) if points else None

    @property
    def parts(self) -> tuple[object, ...]:
        """Everything that a paper of this selection is made from, but for the surroundings of records, the program and its fonts."""
        shown = (*self.windows, *self.records)
        return (
            self.directory.boundaries.digest, self.pamphlet, self.opens, self.printed_today, self.windows, self.records,
            self.required, self.middle, self._possible_landmarks, self._shelters, [sentence_of(record) in self.source.shared_sentences for record in shown],
        )  # fmt: skip

    def on_map(self, resource: Resource) -> bool:
        """Tell whether a record stands on the map: it lies in the district, or just outside of it."""
        middle = self.middle
        if middle is None or resource.point is None:
            return False
        district = self.directory.district_at(resource)
        return bool(district and district.id == self.area_id) or distance(resource, *middle) <= NEAR

    def map(self, numbers: dict[str, int], width: float, height: float, type_size: float) -> PaperMap | None:
        """Draw the places of numbered records (id: number), with landmarks of the area. Millimetres and points."""
        directory = self.directory
        points = [
            Numbered(number, point)
            for record_id, number in numbers.items()
            if (point := directory.resources[record_id].point)
        ]
        landmarks = [] if self.is_whole else self._landmarks(numbers)
        towns = [
            Named(town.name, town.point, mark=False)
            for town in directory.children(self.area_id)
            if not self.is_whole and town.point
        ]
        return draw(
            width, height, points=tuple(points), landmarks=tuple(landmarks), towns=tuple(towns), middle=self.middle,
            land=tuple(directory.boundaries.outlines.values()), city=self.outline, title=self.area_name, type_size=type_size,
            ways=directory.boundaries.ways,
        )  # fmt: skip

    @property
    def outline(self) -> Outline | None:
        """The outline of the municipality, where it is at hand."""
        code = next((area.lg_code for area in self.directory.lineage(self.area_id) if area.lg_code), "")
        return self.directory.boundaries.outlines.get(code[:5])

    @property
    def _possible_landmarks(self) -> list[Resource]:
        return [r for r in self.directory.by_district.get(self.area_id, ()) if r.kind in LANDMARKS and not r.sample]

    @property
    def _shelters(self) -> list[Resource]:
        """The places of the area to flee to: records of their own, and those whose record a list of shelters was joined to.

        Such a list adds an attribute that is called as its kind.
        """
        called = {self.directory.vocabularies["kind"][kind].label for kind in SHELTERS}
        alone = [r for kind in SHELTERS for r in self.directory.by_kind.get(kind, ()) if self._lies_here(r)]
        joined = [r for r in self.directory.by_district.get(self.area_id, ()) if not called.isdisjoint(r.attributes)]
        return [r for r in {r.id: r for r in (*joined, *alone)}.values() if not r.sample]

    def _lies_here(self, resource: Resource) -> bool:
        district = self.directory.district_at(resource)
        return district is not None and district.id == self.area_id

    def _landmarks(self, numbers: dict[str, int]) -> list[Named]:
        """Return what everybody in the area knows, by the name a neighbour uses, the most telling first."""
        here = [r for r in self._possible_landmarks if r.id not in numbers]
        here.sort(key=lambda r: (LANDMARKS.index(r.kind), r.id))
        named: dict[Sight, Named] = {}
        shelters = [at for r in self._shelters if (at := r.point)]
        for r in (*here, *(r for r in self._shelters if r.id not in numbers)):
            at, short = r.point, self._short_name(r)
            if at and short:
                safe = any(distance(r, *shelter) <= SAME_PLACE for shelter in shelters)
                place = (round(at[0], 4), round(at[1], 4))
                named.setdefault(place, Named(short, at, shelter=safe))
        once: dict[str, Named] = {}
        for one in named.values():  # a shelter bears the name of the school that it is
            once.setdefault(one.name, one)
        return list(once.values())

    def _short_name(self, resource: Resource) -> str:
        """Return the name that a neighbour uses: without the municipality, without remarks in brackets (「（休校中）」)."""
        city = self.directory.settings.municipality
        name = re.sub("（[^（）]*）", "", resource.name).strip("\u3000 ").split("\u3000")[-1]
        return name.removeprefix(city).removeprefix("立").replace("コミュニティセンター", "コミセン")

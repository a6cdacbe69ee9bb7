"""Which district a town lies in, worked out from a list of shelters. Pure.

Town → district (``basis: derived``, shown as 目安, never used to assert a window). Only the list of shelters names
districts, so a town gets the district

1. of its own shelters (their addresses lie in the town), when they agree or at least two thirds of them do;
2. where it has none and is named after a former municipality (香南町岡): of the shelters of all 香南町…, when they agree;
3. else of the nearest shelter, when that lies within 1.5 km of the town's point and the nearest shelter of any other
   district is at least 1.3 times as far, unless the description says that distance misleads there (a harbour between).

A town whose own shelters disagree lies in several districts: no distance can decide that. It and every town out of
reach of the rules stay undecided: their parent is the city, and they are listed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from tsunagite.records.model.features.area_list import AreaList
from tsunagite.text.towns import town_key, town_of_address, without_chome

CLEAR_SHARE = 2 / 3  # of a town's own shelters
NEAR_METRES = 1_500
MARGIN = 1.3
METRES_PER_DEGREE = 111_200


@dataclass(frozen=True)
class Shelter:
    """One row of the shelter list; ``body`` is the district's body."""

    name: str
    address: str
    lat: float
    lng: float
    body: str


class TownDistricts:
    """Works out the district of each town (rules in the docstring of the module) and counts what it did.

    ``decided`` counts towns by rule (own, former, near); ``undecided`` names towns by reason (split, misleading, no_point,
    far, between). Shelters that could not be used are in ``unplaced`` (no known town) and ``unknown_bodies``.
    """

    def __init__(self, description: AreaList, shelters: Sequence[Shelter], names: Iterable[str]) -> None:
        """Read the shelters. ``names`` holds the names of all towns."""
        towns = {town_key(name) for name in names}
        self.decided: Counter[str] = Counter()
        self.undecided: dict[str, list[str]] = defaultdict(list)
        self.unplaced: list[str] = []
        self.unknown_bodies: list[str] = []
        ids = {entry.body: entry.id for entry in description.districts}
        self._points: list[tuple[float, float, str]] = []
        self._own: dict[str, Counter[str]] = defaultdict(Counter)
        self._former: dict[str, set[str]] = defaultdict(set)
        self._misleading = {town_key(name) for name in description.not_by_distance}
        for shelter in shelters:
            if shelter.body not in ids:
                self.unknown_bodies.append(f"{shelter.name}（{shelter.body}）")
                continue
            district = ids[shelter.body]
            self._points.append((shelter.lat, shelter.lng, district))
            town = town_of_address(shelter.address, towns, description.prefecture, description.municipality)
            if town is None:
                self.unplaced.append(f"{shelter.name}（{shelter.address}）")
            else:
                self._own[town][district] += 1
                if former := _former_municipality(town):
                    self._former[former].add(district)

    def of(self, key: str, name: str, lat: float | None, lng: float | None) -> str | None:
        """Return the id of the district of a town (its key, its name, its point in degrees or None), None where undecided."""
        own = self._own.get(key)
        if own:
            [(district, count)] = own.most_common(1)
            if count >= CLEAR_SHARE * own.total():
                return self._decide("own", district)
            self.undecided["split"].append(name)
            return None
        former = self._former.get(_former_municipality(key), set())
        if len(former) == 1:
            return self._decide("former", *former)
        if key in self._misleading:
            self.undecided["misleading"].append(name)
            return None
        if lat is None or lng is None:
            self.undecided["no_point"].append(name)
            return None
        return self._by_distance(name, lat, lng)

    def _by_distance(self, name: str, lat: float, lng: float) -> str | None:
        nearest: dict[str, float] = {}
        for there_lat, there_lng, district in self._points:
            distance = _metres(lat, lng, there_lat, there_lng)
            nearest[district] = min(distance, nearest.get(district, distance))
        ranked = sorted((distance, district) for district, distance in nearest.items())
        if not ranked or ranked[0][0] > NEAR_METRES:
            self.undecided["far"].append(name)
            return None
        if len(ranked) > 1 and ranked[1][0] < MARGIN * ranked[0][0]:
            self.undecided["between"].append(name)
            return None
        return self._decide("near", ranked[0][1])

    def _decide(self, rule: str, district: str) -> str:
        self.decided[rule] += 1
        return district


def _former_municipality(key: str) -> str:
    """Return 香南町 for 香南町岡, "" for a town without such a prefix."""
    match = re.fullmatch(r"(.[^町]*町).+", without_chome(key)[0])
    return match[1] if match else ""


def _metres(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Return the distance of two points (degrees) of one city in metres, on a flat map (good to 0.1 %)."""
    east = (other_lng - lng) * cos(radians((lat + other_lat) / 2))
    return hypot(east, other_lat - lat) * METRES_PER_DEGREE

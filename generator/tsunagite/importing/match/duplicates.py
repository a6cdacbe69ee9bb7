"""Records that may be one facility, by the rules with which the import compares the rows of lists. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tsunagite.importing.facility import FacilityPlace
from tsunagite.importing.match.merge import compare_rows, keys_around, keys_of_place
from tsunagite.records.model.resource import Resource


@dataclass(frozen=True)
class Suspicion:
    """Two records that may be one, by id in the order in which they were given, and the metres between them (None: not known)."""

    first: str
    second: str
    metres: int | None


def suspected_duplicates(records: Iterable[Resource]) -> tuple[Suspicion, ...]:
    """Return the pairs of records that may be one: same or like names near each other.

    Two rows of one list are two places, unless name and place are the same: who wrote the list told them apart.
    """
    seen: list[tuple[Resource, FacilityPlace]] = []
    before: dict[object, list[int]] = defaultdict(list)
    found = []
    for record in records:
        place = _place_of(record)
        near = {at for key in keys_around(place) for at in before.get(key, ())}
        for other, there in (seen[at] for at in sorted(near)):
            verdict, metres = compare_rows(place, there)
            if verdict == "same" or (verdict == "uncertain" and not _in_one_list(record, other)):
                found.append(Suspicion(other.id, record.id, None if metres is None else round(metres)))
        for key in keys_of_place(place):
            before[key].append(len(seen))
        seen.append((record, place))
    return tuple(found)


def _place_of(record: Resource) -> FacilityPlace:
    at = record.location
    location = {"address": at.address, "lat": at.lat, "lng": at.lng, "geo_precision": at.geo_precision} if at else {}
    return FacilityPlace.of_data({"name": record.name, "location": location})


def _in_one_list(one: Resource, other: Resource) -> bool:
    return bool({row.source for row in one.sources} & {row.source for row in other.sources})

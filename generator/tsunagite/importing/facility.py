"""What tells one facility from another: the form of its name and address under which two lists agree, and its point. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from tsunagite.text.names import address_key, name_key

SAME_PLACE = 60  # metres: two lists rarely agree better about where a building is
_METRES = 111_320  # per degree of latitude


POINT = ("lat", "lng", "geo_source", "geo_precision")
"""The fields of a location that are one thing: where the point is, and how sure that is."""


def is_estimated(location: Mapping[str, Any]) -> bool:
    """Tell whether a point is the middle of a town, which the import gives a place without a point of its own."""
    return location.get("geo_precision") == "town"


@dataclass(frozen=True)
class FacilityPlace:
    """A facility as lists compare it; ``address`` is "" where it names no house, degrees are None where unknown or estimated."""

    name: str
    address: str
    lat: float | None
    lng: float | None

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> FacilityPlace:
        """Read name, address and point of a record as plain data."""
        location = data.get("location") or {}
        known = {} if is_estimated(location) else location  # all places of a town would be in one spot
        return cls(
            name_key(str(data.get("name", ""))),
            address_key(str(location.get("address", ""))),
            known.get("lat"),
            known.get("lng"),
        )

    def metres_to(self, other: FacilityPlace) -> float | None:
        """Return the distance on a flat map, None where a point is missing."""
        if self.lat is None or self.lng is None or other.lat is None or other.lng is None:
            return None
        east = (self.lng - other.lng) * cos(radians(self.lat))
        return hypot(self.lat - other.lat, east) * _METRES


def together(one: FacilityPlace, other: FacilityPlace) -> bool:
    """Tell whether two facilities stand in the same place: same address down to the last number, or within SAME_PLACE."""
    if one.address and one.address == other.address:
        return True
    metres = one.metres_to(other)
    return metres is not None and metres <= SAME_PLACE

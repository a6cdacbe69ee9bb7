"""What tells one facility from another: the form of its name and address under which two lists agree, and its point. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from tsunagite.text.names import address_key, name_key

SAME_PLACE = 60  # metres: two lists rarely agree better about where a building is
_METRES = 111_320  # per degree of latitude


@dataclass(frozen=True)
class FacilityPlace:
    """A facility as lists compare it; ``address`` is "" where it names no house, degrees are None where unknown."""

    name: str
    address: str
    lat: float | None
    lng: float | None

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> FacilityPlace:
        """Read name, address and point of a record as plain data."""
        location = data.get("location") or {}
        return cls(
            name_key(str(data.get("name", ""))),
            address_key(str(location.get("address", ""))),
            location.get("lat"),
            location.get("lng"),
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

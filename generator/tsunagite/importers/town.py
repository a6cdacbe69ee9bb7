"""Rows of a list lie in the site's own town, or are left out; points and addresses are completed by what is known. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tsunagite.importers.facility import Place
from tsunagite.importers.fields import copied
from tsunagite.model.draft import Draft, Dropped, Repair, Why
from tsunagite.text.names import plain_characters, without_prefecture
from tsunagite.text.towns import town_named_by

FAR = 5_000  # metres from the middle of a 町字 to a house in it: more than in any town but the mountains of 塩江


@dataclass(frozen=True)
class Town:
    """The municipality of a site: its name (高松市), how its neighbours are called, and whether a point lies in it."""

    name: str
    others: tuple[str, ...] = ()
    holds: Callable[[float, float], bool] | None = None
    prefecture: str = ""
    towns: Mapping[str, tuple[str, float, float]] = field(default_factory=dict)
    """Name and middle (degrees) of every 町字 by the key of its name (see ``text.towns``)."""

    def town_at(self, address: str) -> tuple[str, float, float] | None:
        """Return name and middle of the 町字 that an address names, None where it names none that is known."""
        key = town_named_by(address, self.towns, self.prefecture, self.name) if address else None
        return self.towns[key] if key else None


def settled(draft: Draft, town: Town) -> Draft | Dropped:
    """Return the draft with a whole address and a believable point, or Dropped where it lies in another town."""
    data = copied(draft.data)
    location: dict[str, Any] = data.get("location") or {}
    address = str(location.get("address", ""))
    written = without_prefecture(address)
    here = written.startswith(town.name)
    lat, lng = location.get("lat"), location.get("lng")
    outside = town.holds is not None and lat is not None and lng is not None and not town.holds(lat, lng)
    if written.startswith(town.others) or (outside and not here):
        detail = address or f"{lat}, {lng}"
        return Dropped(draft.row, draft.name, Why.OTHER_TOWN, detail, file=draft.file)
    repairs = []
    if outside:
        repairs.append(Repair("location", f"{lat}, {lng}", "", Why.POINT_OUTSIDE))
        location = {key: value for key, value in location.items() if key not in ("lat", "lng")}
    if address and not here:
        location["address"] = town.name + address
        repairs.append(Repair("location.address", address, location["address"], Why.CITY_ADDED))
    repairs += _compared(location, town.town_at(str(location.get("address", ""))))
    building = str(location.get("building", ""))
    if building and _plain(address).endswith(_plain(building)):
        del location["building"]
        repairs.append(Repair("location.building", building, "", Why.BUILDING_REPEATED))
    if not repairs:
        return draft
    data["location"] = location
    return replace(draft, data=data, repairs=(*draft.repairs, *repairs))


def _compared(location: dict[str, Any], found: tuple[str, float, float] | None) -> list[Repair]:
    """Give a place without a point the middle of its 町字 (in place); tell where a point lies far from it."""
    if found is None:
        return []
    name, lat, lng = found
    if "lat" not in location:
        location |= {"lat": lat, "lng": lng, "geo_source": f"{name}の代表点", "geo_precision": "town"}
        return [Repair("location", str(location["address"]), f"{lat}, {lng}", Why.TOWN_POINT)]
    metres = Place("", "", location["lat"], location["lng"]).metres_to(Place("", "", lat, lng)) or 0
    if metres <= FAR:
        return []
    point = f"{location['lat']}, {location['lng']}"
    return [Repair("location", f"{point}（{name}の中心から {metres / 1000:.1f} km）", point, Why.POINT_FAR)]


def _plain(text: str) -> str:
    return "".join(plain_characters(text).split())

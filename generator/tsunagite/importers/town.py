"""Rows of a list lie in the site's own town, or are left out; points and addresses are completed by what is known. Pure."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from tsunagite.model.draft import Draft, Dropped, Repair, Why
from tsunagite.text.names import plain_characters, without_prefecture


@dataclass(frozen=True)
class Town:
    """The municipality of a site: its name (高松市), how its neighbours are called, and whether a point lies in it."""

    name: str
    others: tuple[str, ...] = ()
    holds: Callable[[float, float], bool] | None = None


def settled(draft: Draft, town: Town) -> Draft | Dropped:
    """Return the draft with a whole address and a believable point, or Dropped where it lies in another town."""
    data = deepcopy(draft.data)
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
    building = str(location.get("building", ""))
    if building and _plain(address).endswith(_plain(building)):
        del location["building"]
        repairs.append(Repair("location.building", building, "", Why.BUILDING_REPEATED))
    if not repairs:
        return draft
    data["location"] = location
    return replace(draft, data=data, repairs=(*draft.repairs, *repairs))


def _plain(text: str) -> str:
    return "".join(plain_characters(text).split())

"""Rows of a list lie in the site's own town, or are left out; points and addresses are completed by what is known. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from tsunagite.importing.draft import Draft, Dropped, Reason, Repair
from tsunagite.importing.facility import FacilityPlace
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.load.municipalities import of_code, prefecture_of
from tsunagite.text.names import plain_characters, without_prefecture
from tsunagite.text.normalize import nfkc
from tsunagite.text.towns import municipality_of_address, town_named_by

_COUNTY = re.compile(r"[一-龥々ヶケ]{1,4}?郡(?=[一-龥々ぁ-んァ-ヶ]{1,6}[町村])")
_LENGTHS = range(2, 8)  # characters of the names of cities
_INSIDE = ("場", "町")  # 津市場町 is no part of 津市
_CODES = ("所在地_全国地方公共団体コード",)
_NAMES = ("所在地_市区町村", "市区町村名", "所在地市区町村名")
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
    cities: frozenset[str] = frozenset()
    """Names of all cities but this one: an address that begins with one lies there."""
    members: Mapping[str, Mapping[str, tuple[str, float, float]]] = field(default_factory=dict)
    """The municipalities of a union (広域連合) by name, each with its 町字 as in ``towns``; empty for a site of one."""

    def holds_address(self, address: str) -> bool | None:
        """Tell whether an address names this municipality (True) or another one (False); None where it names none for certain."""
        return self._holding(address)

    @cached_property
    def _holding(self) -> Callable[[str], bool | None]:
        return lru_cache(maxsize=4_000)(self._holds_address)  # the rows of one office have one address

    @cached_property
    def _found(self) -> Callable[[str], tuple[str, float, float] | None]:
        return lru_cache(maxsize=4_000)(self._town_at)

    def _holds_address(self, address: str) -> bool | None:
        """Tell whether an address names this municipality (True) or another one (False); None where it names none for certain.

        Names of towns and villages are also those of parts of cities (朝日町): they count with their county or as a known neighbour.
        """
        prefecture = prefecture_of(address)
        if prefecture and self.prefecture and prefecture != self.prefecture:
            return False
        written = without_prefecture(address)
        in_county = _COUNTY.match(written)
        names = tuple(self.members) or (self.name,)
        if written.startswith(names) or (in_county and written[in_county.end() :].startswith(names)):
            return True
        if (
            written.startswith(self.others)
            or in_county
            or any(
                written[:length] in self.cities and written[length : length + 1] not in _INSIDE for length in _LENGTHS
            )
        ):
            return False
        return None

    def without_own_name(self, address: str, *, is_outside: bool) -> str:
        """Return the address that a list has put this town's name before (高松市坂出市府中町245), "" where it has not.

        A city or a county behind the name is certain; a name that may be a part of this town needs a point outside it.
        """
        rest = without_prefecture(address).removeprefix(self.name)
        if rest == without_prefecture(address) or not rest:
            return ""
        certain = _COUNTY.match(rest) or any(rest.startswith(other) and other.endswith("市") for other in self.others)
        return (
            rest
            if (certain and self.holds_address(rest) is False) or (is_outside and rest.startswith(self.others))
            else ""
        )

    def town_at(self, address: str) -> tuple[str, float, float] | None:
        """Return name and middle of the 町字 that an address names, None where it names none that is known."""
        return self._found(address)

    def _town_at(self, address: str) -> tuple[str, float, float] | None:
        municipality, name = (
            municipality_of_address(address, self.prefecture, self.members) if self.members else (self.name, "")
        )
        towns = self.members.get(name, {}) if self.members else self.towns
        key = town_named_by(address, towns, self.prefecture, municipality) if address else None
        return towns[key] if key else None

    def own_name(self, stated: str) -> str:
        """Return what an address without a municipality lacks: this municipality, or the member of the union that ``stated`` names; "" where no one knows which."""
        return next((name for name in self.members if stated.startswith(name)), "") if self.members else self.name


def stated_towns(table: Table) -> dict[int, str]:
    """Return the municipality that columns beside the address name, by the number of the row; rows that name none are left out."""
    headers = ["".join(nfkc(header).split()) for header in table.header]
    columns = [(headers.index(name), name in _CODES) for name in (*_CODES, *_NAMES) if name in headers]
    found: dict[int, str] = {}
    for row in table.rows if columns else ():
        for index, is_code in columns:
            cell = "".join(nfkc(row.cells[index]).split())
            of_cell = of_code(cell) if is_code else None
            if name := (of_cell.name if of_cell else "") if is_code else _COUNTY.sub("", cell):
                found[row.number] = name
                break
    return found


def settle_swapped(draft: Draft, holds: Callable[[float, float], bool] | None) -> Draft:
    """Keep latitude and longitude that stood in each other's column where the municipality holds the point; else propose them and keep none."""
    swapped = [repair for repair in draft.repairs if repair.why is Reason.COORDINATES_SWAPPED]
    location: dict[str, Any] = draft.data.get("location") or {}
    if not swapped or "lat" not in location or (holds is not None and holds(location["lat"], location["lng"])):
        return draft
    left = {key: value for key, value in location.items() if key not in ("lat", "lng")}
    data = (
        {key: value for key, value in draft.data.items() if key != "location"}
        if not left
        else {**draft.data, "location": left}
    )
    repairs = tuple(replace(one, became="", proposal=one.became) if one in swapped else one for one in draft.repairs)
    return replace(draft, data=data, repairs=repairs)


def resolve_location(draft: Draft, town: Town, stated: str = "", *, keep: bool = False) -> Draft | Dropped:
    """Return the draft with a whole address and a believable point, or Dropped where it lies in another town.

    ``stated`` is the municipality that another column of the row names. With ``keep`` a row of another town stays as it is.
    """
    location: dict[str, Any] = dict(draft.data.get("location") or {})
    address = str(location.get("address", ""))
    named = town.holds_address(address) if address else None
    here = named is True
    lat, lng = location.get("lat"), location.get("lng")
    outside = town.holds is not None and lat is not None and lng is not None and not town.holds(lat, lng)
    if here and (own := town.without_own_name(address, is_outside=outside)):
        address, named, here = own, False, False
        location["address"] = own
        draft = replace(draft, data={**draft.data, "location": location})
    elsewhere = named is None and bool(stated) and not stated.startswith(tuple(town.members) or town.name)
    if named is False or elsewhere or (outside and not here):
        detail = address or f"{lat}, {lng}"
        detail = f"{stated} {detail}" if elsewhere else detail
        if keep:
            return replace(
                draft, repairs=(*draft.repairs, Repair("location.address", detail, detail, Reason.OUTSIDE_KEPT))
            )
        return Dropped(draft.row, draft.name, Reason.OTHER_TOWN, detail, file=draft.file)
    repairs = []
    if outside:
        repairs.append(Repair("location", f"{lat}, {lng}", "", Reason.POINT_OUTSIDE))
        location = {key: value for key, value in location.items() if key not in ("lat", "lng")}
    if address and not here and (own := town.own_name(stated)):
        location["address"] = own + address
        repairs.append(Repair("location.address", address, location["address"], Reason.CITY_ADDED))
    repairs += _check_point(location, town.town_at(str(location.get("address", ""))))
    building = str(location.get("building", ""))
    if building and _plain(address).endswith(_plain(building)):
        del location["building"]
        repairs.append(Repair("location.building", building, "", Reason.BUILDING_REPEATED))
    if not repairs:
        return draft
    return replace(draft, data={**draft.data, "location": location}, repairs=(*draft.repairs, *repairs))


def _check_point(location: dict[str, Any], found: tuple[str, float, float] | None) -> list[Repair]:
    """Give a place without a point the middle of its 町字 (in place); tell where a point lies far from it."""
    if found is None:
        return []
    name, lat, lng = found
    if "lat" not in location:
        location |= {"lat": lat, "lng": lng, "geo_source": f"{name}の代表点", "geo_precision": "town"}
        return [Repair("location", str(location["address"]), f"{lat}, {lng}", Reason.TOWN_POINT)]
    metres = FacilityPlace("", "", location["lat"], location["lng"]).metres_to(FacilityPlace("", "", lat, lng)) or 0
    if metres <= FAR:
        return []
    point = f"{location['lat']}, {location['lng']}"
    return [Repair("location", f"{point}（{name}の中心から {metres / 1000:.1f} km）", point, Reason.POINT_FAR)]


def _plain(text: str) -> str:
    return "".join(plain_characters(text).split())

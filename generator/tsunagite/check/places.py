"""Places: points that can be true, and a place or an area for every record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tsunagite.findings import Finding, SourceLocation, error, notice, warning
from tsunagite.records.directory import Directory, RuleContext
from tsunagite.records.load.records import Located
from tsunagite.records.model.area import Area
from tsunagite.records.model.place import Point
from tsunagite.records.model.resource import Resource
from tsunagite.text.normalize import compare_key

# Points that stand for "unknown": the origin, the centre of Japan that map services return for an address they
# cannot read, and the 日本経緯度原点.
PLACEHOLDERS = {
    (0.0, 0.0): "緯度も経度も0の点",
    (36.2048, 138.2529): "日本の真ん中",
    (35.6581, 139.7414): "日本経緯度原点",
}
SHARED_POINT_LIMIT = 3  # different addresses on one point: two may be a corner, three are a placeholder


def points_are_whole(_ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R204, R203: both coordinates or none, and not a known placeholder."""
    location = placed.record.location
    if location is None:
        return
    if (location.lat is None) != (location.lng is None):
        key, missing = ("lat", "lng") if location.lng is None else ("lng", "lat")
        yield error(
            "R204", placed.place.at("location", key), missing="経度（lng）" if missing == "lng" else "緯度（lat）"
        )
    elif location.point and (label := _placeholder(location.point)):
        yield error("R203", placed.place.at("location", "lat"), lat=location.lat, lng=location.lng, label=label)


def points_lie_in_the_municipality(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R201: a point lies in the site's municipality. R209: it lies outside, and the address says so too."""
    cities, location = _outlined(ground), placed.record.location
    if not cities or location is None or location.point is None or _placeholder(location.point):
        return
    if not any(ground.boundaries.hold(city.lg_code, *location.point) for city in cities):
        place, names = placed.place.at("location", "lat"), [city.name for city in cities]
        if location.address and not any(name in location.address for name in names):
            yield warning("R209", place, address=location.address, city="・".join(names))
        else:
            yield error("R201", place, lat=location.lat, lng=location.lng, city="・".join(names))


def _placeholder(point: Point) -> str | None:
    """Return what a point stands for that programs write where they know none."""
    return PLACEHOLDERS.get((round(point[0], 4), round(point[1], 4)))


def _outlined(ground: RuleContext) -> tuple[Area, ...]:
    """Return the site's municipality, or all members of a union (広域連合), where every outline is at hand; else none."""
    whole = ground.areas.get(ground.settings.area or "")
    if whole is None:
        return ()
    members = (
        ()
        if whole.lg_code
        else tuple(area for area in ground.areas.values() if area.parent == whole.id and area.level == "city")
    )
    found = members or (whole,)
    return found if all(ground.boundaries.knows(city.lg_code) for city in found) else ()


def the_outline_is_at_hand(directory: Directory, _today: date) -> Iterator[Finding]:
    """R205: without the outline of the municipality nobody can say whether points lie in it."""
    if _outlined(directory):
        return
    if pointed := sum(placed.record.point is not None for placed in directory.placed):
        yield notice("R205", SourceLocation("resources/site.yml", ("area",)), count=pointed)


def addresses_do_not_share_one_point(directory: Directory, _today: date) -> Iterator[Finding]:
    """R202: several different addresses on one point usually mean a placeholder."""
    shared: dict[tuple[float, float], list[tuple[str, SourceLocation]]] = defaultdict(list)
    for placed in directory.placed:
        location = placed.record.location
        if location and location.point and location.address and location.geo_precision != "town":
            shared[location.point].append((location.address, placed.place))
    for (lat, lng), found in shared.items():
        if len(found) < SHARED_POINT_LIMIT:
            continue
        places: dict[str, SourceLocation] = {}
        for address, place in found:
            places.setdefault(compare_key(address), place.at("location", "lat"))
        if len(places) >= SHARED_POINT_LIMIT:
            ordered = sorted(places.values(), key=lambda place: (place.file, str(place.loc)))
            files = list(dict.fromkeys(place.file for place in ordered))
            yield warning("R202", ordered[0], count=len(places), lat=lat, lng=lng, files=files[:5])


def a_place_or_an_area_is_given(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R207: people must know where: an address, a point, or the area that is served. Refuges are never asked.

    Only a warning where the record is as a published list has it: the list does not say more.
    """
    resource, location = placed.record, placed.record.location
    located = location and (location.address or location.point or location.type in ("phone", "online"))
    if not located and not resource.service_areas and not ground.kind(resource).secret_place:
        yield (warning if resource.sources else error)("R207", placed.place, name=resource.name)

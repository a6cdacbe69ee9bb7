"""Places: points that can be true, and a place or an area for every record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tsunagite.directory import Directory
from tsunagite.findings import Finding, Place, error, notice, warning
from tsunagite.text.normalize import compare_key

# Points that stand for "unknown": the origin, the centre of Japan that map services return for an address they
# cannot read, and the 日本経緯度原点.
PLACEHOLDERS = {(0.0, 0.0): "緯度も経度も0の点", (36.2048, 138.2529): "日本の真ん中", (35.6581, 139.7414): "日本経緯度原点"}
SHARED_POINT_LIMIT = 3  # different addresses on one point: two may be a corner, three are a placeholder


def points_are_whole(directory: Directory, _today: date) -> Iterator[Finding]:
    """R204, R203: both coordinates or none, and not a known placeholder."""
    for placed in directory.placed:
        location = placed.record.location
        if location is None:
            continue
        if (location.lat is None) != (location.lng is None):
            key, missing = ("lat", "lng") if location.lng is None else ("lng", "lat")
            yield error("R204", placed.place.at("location", key), missing="経度（lng）" if missing == "lng" else "緯度（lat）")
        elif location.lat is not None and location.lng is not None:
            label = PLACEHOLDERS.get((round(location.lat, 4), round(location.lng, 4)))
            if label:
                yield error("R203", placed.place.at("location", "lat"), lat=location.lat, lng=location.lng, label=label)


def points_lie_in_the_municipality(directory: Directory, _today: date) -> Iterator[Finding]:
    """R201: a point lies in the site's municipality. R209: it lies outside, and the address says so too.

    R205 where the outline is not at hand.
    """
    city = directory.areas.get(directory.settings.area or "")
    pointed = [p for p in directory.placed if p.record.location and p.record.location.has_point]
    if not pointed:
        return
    if city is None or not directory.boundaries.knows(city.lg_code):
        yield notice("R205", Place("resources/site.yml", ("area",)), count=len(pointed))
        return
    for placed in pointed:
        location = placed.record.location
        if location is None or location.lat is None or location.lng is None:
            continue
        if (round(location.lat, 4), round(location.lng, 4)) in PLACEHOLDERS:
            continue
        if not directory.boundaries.hold(city.lg_code, location.lat, location.lng):
            place = placed.place.at("location", "lat")
            if location.address and city.name not in location.address:
                yield warning("R209", place, address=location.address, city=city.name)
            else:
                yield error("R201", place, lat=location.lat, lng=location.lng, city=city.name)


def addresses_do_not_share_one_point(directory: Directory, _today: date) -> Iterator[Finding]:
    """R202: several different addresses on one point usually mean a placeholder."""
    shared: dict[tuple[float, float], dict[str, Place]] = defaultdict(dict)
    for placed in directory.placed:
        location = placed.record.location
        if location and location.lat is not None and location.lng is not None and location.address and location.geo_precision != "town":
            address = compare_key(location.address)
            shared[location.lat, location.lng].setdefault(address, placed.place.at("location", "lat"))
    for (lat, lng), places in shared.items():
        if len(places) >= SHARED_POINT_LIMIT:
            ordered = sorted(places.values(), key=lambda place: (place.file, str(place.loc)))
            files = list(dict.fromkeys(place.file for place in ordered))
            yield warning("R202", ordered[0], count=len(places), lat=lat, lng=lng, files=files[:5])


def a_place_or_an_area_is_given(directory: Directory, _today: date) -> Iterator[Finding]:
    """R207: people must know where: an address, a point, or the area that is served. Refuges are never asked."""
    for placed in directory.placed:
        resource, location = placed.record, placed.record.location
        if directory.kind(resource).secret_place:
            continue
        located = location and (location.address or location.has_point or location.type in ("phone", "online"))
        if not located and not resource.service_areas:
            yield error("R207", placed.place, name=resource.name)

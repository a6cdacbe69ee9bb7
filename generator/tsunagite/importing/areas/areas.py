"""Published lists become districts and towns. Pure; which town lies in which district is said by ``town_districts``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tsunagite.importing.areas.postal import PostalTown
from tsunagite.records.model.area import Area
from tsunagite.records.model.features.area_list import AreaList, DistrictEntry
from tsunagite.text.kana import as_reading
from tsunagite.text.normalize import nfkc
from tsunagite.text.romaji import town_slug
from tsunagite.text.towns import town_key, without_chome

_FACILITIES = {"小学校": "しょうがっこう", "中学校": "ちゅうがっこう", "コミュニティセンター": "こみゅにてぃせんたー"}
_HALVES = {"甲": "こう", "乙": "おつ", "丙": "へい"}

DistrictOf = Callable[[str, str, float | None, float | None], str | None]
"""From the key, name and point (degrees, None where not known) of a town to the id of its district, None where undecided."""


@dataclass(frozen=True)
class TownPoint:
    """One row of the town table: a town, or one of its 小字 with a point of its own (degrees, None where not known)."""

    town: str
    koaza: str
    lat: float | None = None
    lng: float | None = None


@dataclass
class AreaTables:
    """What was read. ``populations`` by town as written; ``readings`` are (name, kana) of places.

    ``known_ids`` are the ids that towns (by name) have already: an id is never made anew.
    """

    towns: Sequence[TownPoint]
    populations: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    readings: Sequence[tuple[str, str]] = ()
    postal: Sequence[PostalTown] = ()
    registry: Sequence[PostalTown] = ()
    """Towns of the 町字マスター, for readings the postal list does not have; ``code`` may be ""."""
    machiaza_ids: Mapping[str, str] = field(default_factory=dict)
    """町字ID by the key of a town's name."""
    known_ids: Mapping[str, str] = field(default_factory=dict)
    only_registered: int = 0
    prefix: str = ""
    """What stands before every new id of a town: in a union two municipalities may have towns of one name."""


@dataclass
class Proposal:
    """The records as the lists would have them, and everything that did not fit."""

    districts: list[dict[str, Any]] = field(default_factory=list)
    towns: list[dict[str, Any]] = field(default_factory=list)
    merged_rows: int = 0
    kana_unchecked: list[str] = field(default_factory=list)
    kana_contradicted: list[tuple[str, str, str]] = field(default_factory=list)
    without_reading: list[str] = field(default_factory=list)
    same_slug: list[str] = field(default_factory=list)
    without_population: list[str] = field(default_factory=list)
    population_left: list[str] = field(default_factory=list)
    without_point: list[str] = field(default_factory=list)
    only_registered: int = 0
    """Towns that the 町字マスター has and the table of towns has not."""


def propose(description: AreaList, lists: AreaTables, district_of: DistrictOf) -> Proposal:
    """Return all districts (in the order of the description) and towns (in the order of the town table)."""
    rows: dict[str, list[TownPoint]] = defaultdict(list)
    for row in lists.towns:
        rows[town_key(row.town)].append(row)
    proposal = Proposal(merged_rows=len(lists.towns) - len(rows), only_registered=lists.only_registered)
    proposal.districts = [_district(entry, description, lists, proposal) for entry in description.districts]
    populations = {town_key(name): (name, values) for name, values in lists.populations.items()}
    slugs: set[str] = {entry.id for entry in description.districts} | {description.city}
    ids = {**description.slugs, **lists.known_ids}
    for key, points in rows.items():
        town = _town(key, points, ids, lists, proposal)
        if town is None:
            continue
        if town["name"] not in ids:
            town["id"] = lists.prefix + town["id"]
        if town["id"] in slugs and "machiaza_id" in town:
            town["id"] += f"-{town['machiaza_id']}"
        if town["id"] in slugs:
            proposal.same_slug.append(f"{town['name']}（{town['id']}）")
            continue
        slugs.add(town["id"])
        if "lat" not in town:
            proposal.without_point.append(town["name"])
        district = district_of(key, town["name"], town.get("lat"), town.get("lng"))
        town |= {"parent": district, "basis": "derived"} if district else {"parent": description.city}
        if key in populations:
            town["population"] = populations.pop(key)[1]
        elif lists.populations:
            proposal.without_population.append(town["name"])
        proposal.towns.append(_order_town(town))
    proposal.population_left = [name for name, _ in populations.values()]
    return proposal


def _order_town(town: dict[str, Any]) -> dict[str, Any]:
    return {key: town[key] for key in Area.model_fields if key in town}


def _district(entry: DistrictEntry, description: AreaList, lists: AreaTables, proposal: Proposal) -> dict[str, Any]:
    record = {"id": entry.id, "name": entry.name, "name_kana": entry.kana}
    contradictions = list(_contradictions(entry, lists.readings))
    for written in contradictions:
        proposal.kana_contradicted.append((entry.name, entry.kana, written))
    if contradictions or not (entry.kana_evidence or _is_confirmed(entry, lists)):
        proposal.kana_unchecked.append(entry.name)
        record["kana_source"] = "suggested"
    return {**record, "level": "地区", "parent": description.city, "body": entry.body}


def _is_confirmed(entry: DistrictEntry, lists: AreaTables) -> bool:
    """Tell whether a name is kana itself, or a list says it is read so: a school or hall, or a town of that name."""
    if as_reading(entry.name) == entry.kana:
        return True
    heard = any(read.startswith(entry.kana) for read, _ in _readings_of(entry.name, lists.readings))
    return heard or any(
        town.name.startswith(entry.name)
        and town.name.removeprefix(entry.name).lstrip("上下東西南北中本")[:1] in ("", "町")
        and town.kana.startswith(entry.kana)
        for town in lists.postal
    )


def _contradictions(entry: DistrictEntry, readings: Sequence[tuple[str, str]]) -> Iterator[str]:
    for read, facility in _readings_of(entry.name, readings):
        if not read.startswith(entry.kana + facility):
            yield read


def _readings_of(name: str, readings: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (reading, that of the facility) of the schools and halls that bear a district's name."""
    for place, kana in readings:
        plain, read = nfkc(place), as_reading(kana)
        if plain.startswith("旧"):
            plain, read = plain[1:], read.removeprefix("きゅう")
        for facility, facility_kana in _FACILITIES.items():
            if plain.startswith(name + facility):
                yield read, facility_kana


def _town(
    key: str, points: Sequence[TownPoint], slugs: Mapping[str, str], lists: AreaTables, proposal: Proposal
) -> dict[str, Any] | None:
    """Return the record of a town but for its district and population; None where neither a reading nor a 町字ID gives it an id."""
    name = points[0].town
    stem, chome = without_chome(key)
    stem, go = _without_go(stem)
    found = _postal_towns(stem, go, lists.postal) or _postal_towns(stem, go, lists.registry)
    slug = slugs.get(name) or (f"town-{lists.machiaza_ids[key]}" if not found and key in lists.machiaza_ids else None)
    if not found and not slug:
        proposal.without_reading.append(name)
        return None
    town: dict[str, Any] = {"name": name, "level": "町字", **_point(points)}
    number = chome if chome is not None else go
    if found:
        kana = found[0].kana
        counted = "" if number is None else f"{number}ちょうめ" if chome is not None else f"だい{number}ごう"
        town["name_kana"] = kana + counted
        if codes := sorted({entry.code for entry in found if entry.code}):
            town["postal_codes"] = codes
        # kanji as the town table has them: the joints are looked for there
        slug = slug or town_slug(nfkc(name).partition("第")[0] if go else _stem_of(name, chome), kana, number)
        if chome is None and go is None and (other := found[0].name) != name and town_key(other) == key:
            town["alt_names"] = [other]
    if key in lists.machiaza_ids:
        town["machiaza_id"] = lists.machiaza_ids[key]
    return {"id": slug, **town}


def _stem_of(name: str, chome: int | None) -> str:
    return (
        name
        if chome is None
        else name.removesuffix("丁目").rstrip("〇一二三四五六七八九十0123456789０１２３４５６７８９")
    )


def _without_go(stem: str) -> tuple[str, int | None]:
    """Split 香川町安原下第3号 into the town and 3."""
    head, _, tail = stem.rpartition("第")
    return (
        (head, int(tail[:-1]))
        if head and tail.endswith("号") and tail[:-1].isdecimal() and len(tail) < 5
        else (stem, None)
    )


def _postal_towns(stem: str, go: int | None, postal: Sequence[PostalTown]) -> list[PostalTown]:
    """Return the lines of the postal list that speak of a town: itself, its 第n号, or its halves 甲 and 乙."""
    same = [entry for entry in postal if town_key(entry.name) == stem]
    if go is not None:
        return [entry for entry in same if entry.part == f"第{go}号"] or [entry for entry in same if not entry.part]
    whole = [entry for entry in same if not (entry.part.startswith("第") and entry.part.endswith("号"))]
    if whole:
        return whole
    return [
        PostalTown(stem, entry.kana.removesuffix(half_kana), entry.code)
        for half, half_kana in _HALVES.items()
        for entry in postal
        if town_key(entry.name) == stem + half
    ]


def _point(points: Sequence[TownPoint]) -> dict[str, float]:
    """Return the town's own point, or the middle of its 小字 where it has none; nothing where no point is known."""
    known = [(point.koaza, point.lat, point.lng) for point in points if point.lat is not None and point.lng is not None]
    chosen = [point for point in known if not point[0]][:1] or known
    if not chosen:
        return {}
    lat, lng = (sum(values) / len(chosen) for values in zip(*((lat, lng) for _, lat, lng in chosen), strict=True))
    return {"lat": round(lat, 6), "lng": round(lng, 6)}

"""One facility in several lists becomes one record: same name at the same place. What is doubtful is left to a person. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz

from tsunagite.importing.draft import Draft, Merged, Pair
from tsunagite.importing.facility import FacilityPlace, together
from tsunagite.importing.mapping.fields import in_model_order
from tsunagite.importing.match.facts import enrich, tell_whose_phones
from tsunagite.importing.match.kinds import TOLD_BY_KIND, is_unsure
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source

OTHER_PLACE = 300  # metres: two branches with one name are further apart
ALIKE = 90  # of 100: names that may be two spellings of one
SHORTEST = 4  # characters: 障害者支援施設ウインドヒル and ウインドヒル may be one, 高松町公園 and 公園 say nothing
_CELL = 0.001
"""Degrees: 111 m to the north, 78 m to the east in 稚内, more elsewhere. Who is within ``SAME_PLACE`` lies in the same or a neighbouring
cell; names and addresses are found by themselves. Larger cells compare many times as many where there are 100,000 records."""


@dataclass
class Merging:
    """The result: records by list, the rows that went into other records by list, and the doubtful pairs."""

    records: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[str, list[Merged]] = field(default_factory=lambda: defaultdict(list))
    uncertain: list[Pair] = field(default_factory=list)
    clashing: dict[str, list[tuple[Draft, str]]] = field(default_factory=lambda: defaultdict(list))
    """By list: rows of another place whose id a list named here has."""


@dataclass(eq=False)  # a group is itself, whatever it holds
class _Group:
    """The rows of one facility so far; ``source`` and ``draft`` are those of its main row."""

    source: Source
    draft: Draft
    places: list[FacilityPlace]
    parts: list[tuple[Source, Draft]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    members: set[tuple[str, str]] = field(default_factory=set)
    """List and id of every row: another list may have given the same id to another place."""


def merge(
    rows: Iterable[tuple[Source, Draft]],
    decided: Mapping[frozenset[str], bool],
    before: Mapping[str, str] | None = None,
) -> Merging:
    """Join the rows of all lists. ``decided`` is what people said of pairs of ids; it comes before every rule.

    ``before`` gives the record a row was part of last time: it stays so where nothing speaks against it but a doubt.

    The order of ``rows`` does not matter: the lists' ``priority`` decides which row makes the record, then the id of the
    list, the rule of ``choose:`` and the row. Rows of one list are never the same, unless their number is.
    """
    groups: list[_Group] = []
    spoken_of: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(decided, key=sorted):
        for record_id in pair:
            spoken_of[record_id] += sorted(pair - {record_id})
    near = _Nearby()
    result = Merging()
    owners: dict[str, Source] = {}
    for source, draft in sorted(rows, key=_order):
        place = FacilityPlace.of_data(draft.data)
        others = [(group, *_nearest(place, group)) for group in near.of(place, source.id, draft.id, spoken_of)]
        judged = [(group, _line_of_group((source.id, draft.id), group, decided, _as_before(draft.id, group, before or {}, verdict)), metres)
                  for group, verdict, metres in others]  # fmt: skip
        own = next((group for group, _, _ in judged if (source.id, draft.id) in group.members), None)
        same = own or next((group for group, verdict, _ in judged if verdict == "same"), None)
        same = same or _where_it_was(draft.id, place, (group for group, *_ in judged), before or {}, decided)
        if same is None:
            if owner := owners.get(draft.id):  # another place has the id: nothing is written over it
                result.clashing[source.id].append((draft, owner.name))
                continue
            same = _Group(source, draft, [])
            owners[draft.id] = source
            groups.append(same)
        else:
            same.parts.append((source, draft))
        for (
            group,
            verdict,
            metres,
        ) in judged:  # an office stays one, also where one of its rows looks like another place
            if group is not same and (verdict == "uncertain" or own) and verdict != "different":
                _doubt(result, group, same, metres)
        if place not in same.places or draft.id not in same.ids:
            near.add(same, place, draft.id)
        if place not in same.places:
            same.places.append(place)
        same.ids.add(draft.id)
        same.members.add((source.id, draft.id))
    for group in groups:
        _join(group, result)
    return result


def _doubt(result: Merging, one: _Group, other: _Group, metres: float | None) -> None:
    pair = Pair(
        one.draft.id, one.draft.name, other.draft.id, other.draft.name, None if metres is None else round(metres)
    )
    if not any({known.first, known.second} == {pair.first, pair.second} for known in result.uncertain):
        result.uncertain.append(pair)


def _order(row: tuple[Source, Draft]) -> tuple[int, str, int, str, int]:
    source, draft = row
    return source.priority, source.id, draft.rank, draft.file, draft.row


def _line_of_group(row: tuple[str, str], group: _Group, decided: Mapping[frozenset[str], bool], verdict: str) -> str:
    record_id = row[1]
    if row in group.members:
        return "same"
    said = [decided[pair] for known in sorted(group.ids) if (pair := frozenset((record_id, known))) in decided]
    return verdict if not said else "same" if said[0] else "different"


def _as_before(record_id: str, group: _Group, before: Mapping[str, str], verdict: str) -> str:
    """Take a doubt for yes where the two were one record at the last import."""
    were_one = before.get(record_id) in group.ids or record_id in (before.get(known) for known in group.ids)
    return "same" if verdict == "uncertain" and were_one else verdict


def _where_it_was(
    record_id: str,
    place: FacilityPlace,
    groups: Iterable[_Group],
    before: Mapping[str, str],
    decided: Mapping[frozenset[str], bool],
) -> _Group | None:
    """Return the facility that a row was part of and still stands in, where only its name has changed (of one of them): its AED stays."""
    known = (
        group
        for group in groups
        if before.get(record_id) in group.ids
        and not any(frozenset((record_id, other)) in decided for other in group.ids)
    )
    return next((group for group in known if any(together(place, other) for other in group.places)), None)


def _nearest(place: FacilityPlace, group: _Group) -> tuple[str, float | None]:
    """Compare with every row of a group; the surest answer counts."""
    rank = {"same": 0, "uncertain": 1, "different": 2}
    return min((compare_rows(place, other) for other in group.places), key=lambda found: rank[found[0]])


def compare_rows(one: FacilityPlace, other: FacilityPlace) -> tuple[str, float | None]:
    """Tell whether two rows are the same, different or uncertain, and how many metres lie between them."""
    metres = one.metres_to(other)
    here = together(one, other)
    if one.name == other.name:
        if here:
            return "same", metres
        return ("different" if metres is not None and metres > OTHER_PLACE else "uncertain"), metres
    short, long = sorted((one.name, other.name), key=len)
    alike = here and (fuzz.ratio(short, long) >= ALIKE or (len(short) >= SHORTEST and long.endswith(short)))
    return ("uncertain" if alike else "different"), metres


class _Nearby:
    """Finds the groups a row must be compared with: same name, same address, near point, or a decision."""

    def __init__(self) -> None:
        self._groups: dict[object, dict[str, dict[_Group, None]]] = defaultdict(lambda: defaultdict(dict))
        self._lists: set[str] = set()

    def add(self, group: _Group, place: FacilityPlace, record_id: str) -> None:
        self._lists.add(group.source.id)
        for key in (("id", record_id), *keys_of_place(place)):
            self._groups[key][group.source.id][group] = None

    def of(
        self, place: FacilityPlace, source_id: str, record_id: str, decided: Mapping[str, list[str]]
    ) -> list[_Group]:
        """Return the groups of other lists, and the row's own, in a fixed order. ``decided``: ids that people spoke of, by id."""
        keys = self._keys_around(place, record_id, decided) if self._lists - {source_id} else ()
        found = {group: None for key in keys for of_list, groups in self._groups.get(key, {}).items()
                 if of_list != source_id for group in groups}  # fmt: skip
        own = self._groups.get(("id", record_id), {}).get(source_id, {})
        found |= {group: None for group in own if group.draft.id == record_id}
        return sorted(found, key=lambda group: _order((group.source, group.draft))) if len(found) > 1 else list(found)

    def _keys_around(self, place: FacilityPlace, record_id: str, decided: Mapping[str, list[str]]) -> Iterator[object]:
        """Yield the keys of the place itself, of the cells around it, and of the ids that people compared it with."""
        yield ("id", record_id)
        yield from keys_around(place)
        yield from (("id", other) for other in decided.get(record_id, ()))


def keys_of_place(place: FacilityPlace) -> Iterator[tuple[object, ...]]:
    """Yield what a facility is kept under: its name, its address, the cell of its point."""
    yield ("name", place.name)
    if place.address:
        yield ("address", place.address)
    if place.lat is not None and place.lng is not None:
        yield ("cell", *_cell(place.lat, place.lng))


def keys_around(place: FacilityPlace) -> Iterator[tuple[object, ...]]:
    """Yield what others are kept under that a facility must be compared with: as ``keys_of_place``, with the cells around."""
    yield from keys_of_place(place)
    if place.lat is not None and place.lng is not None:
        row, column = _cell(place.lat, place.lng)
        yield from (
            ("cell", row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right
        )


def _cell(lat: float, lng: float) -> tuple[int, int]:
    return round(lat / _CELL), round(lng / _CELL)


def _join(group: _Group, result: Merging) -> None:
    """Put what the other rows say into the record of the main row."""
    data: dict[str, Any] = group.draft.data
    unsure, rank = is_unsure(group.draft), group.draft.rank
    giver = group.draft
    for source, draft in group.parts:
        more_specific = unsure and not source.label and not is_unsure(draft)
        is_main = source.choose == group.source.choose and draft.rank < rank and not is_unsure(draft)
        if more_specific or is_main:  # of two lists of one form, the main service tells the kind, as in one list
            rest = {key: value for key, value in data.items() if key not in TOLD_BY_KIND} if is_main else data
            data = rest | {key: draft.data[key] for key in TOLD_BY_KIND if key in draft.data}
            unsure, rank = False, draft.rank
        had_phones = "phones" in data
        data = enrich(data, source, draft.data)
        giver = giver if had_phones else draft
        merged = Merged(draft.row, draft.name, group.draft.id, draft.repairs, draft.file, draft.data)
        result.merged[source.id].append(merged)
    if group.parts:
        said = [draft.data for draft in (group.draft, *(draft for source, draft in group.parts if not source.label))]
        data = in_model_order(tell_whose_phones(data, giver.data, said), Resource)
    parts_lost = any(draft.lost for _, draft in group.parts)
    result.records[group.source.id].append(replace(group.draft, data=data, parts_lost=parts_lost))

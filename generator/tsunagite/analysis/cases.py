"""Cases: 気づき and 個別の困りごと of filled sheets, counted by need and place. No number of 1 or 2 is told, nor one from which it follows.

Which fields are counted is written in the declaration of a sheet (``SheetField.counted``). Only sheets that somebody allowed on the site
are read. What one sheet took over from another is one case: a line with the same words counts once, and a sheet that
grew from a counted one of the same need and place is not counted again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tsunagite.records.directory import Directory
from tsunagite.records.load.worksheets import Filled
from tsunagite.text.search_key import key

LEAST = 3
"""Fewer cases than this are never told, so that nobody can be recognised: the threshold that official statistics commonly use."""
SHEETS, NOTICES, CASES = "sheets", "notice", "case"
"""What is counted besides the sides of factors."""


@dataclass(frozen=True)
class Place:
    """Where cases were seen: a district, or what a sheet calls the place ("" where it says neither)."""

    area_id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Count:
    """A number that may be told. None: fewer than ``LEAST``. ``exact`` false: at least so many, the rest must not be told."""

    number: int | None
    exact: bool = True


@dataclass
class _Group:
    """The cases of one need in one place."""

    sheets: dict[str, Filled] = field(default_factory=dict)
    lines: dict[str, dict[str, str]] = field(default_factory=dict)
    """By what is counted (``NOTICES``, ``CASES``, or a side of factors): the words of each line by their search key."""


@dataclass(frozen=True)
class CaseTable:
    """What may be told of one need: the counts of every place with enough sheets, those of all places together, and what was written."""

    need: str
    places: Mapping[Place, Mapping[str, Count]]
    whole: Mapping[str, Count]
    sheets: Mapping[Place, tuple[Filled, ...]]
    """The sheets of every place that is told."""
    notices: Mapping[Place, tuple[str, ...]]
    """The words of its 気づき."""


class Cases:
    """The cases of a site. Samples are counted only where nothing else was written, and then alone (``sample``)."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    @cached_property
    def _counted(self) -> tuple[Filled, ...]:
        found = [one for one in self.directory.worksheets.filled if one.may_be_shown and any(_lines(one))]
        return tuple([one for one in found if not one.head.sample] or found)

    @property
    def sample(self) -> bool:
        """Whether samples are counted."""
        return any(one.head.sample for one in self._counted)

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The sides of factors, as sheets offer them."""
        found = (
            option
            for sheet in self.directory.worksheets.sheets
            for section in sheet.sections
            for one in section.fields
            if one.counted == "side"
            for option in one.options
        )
        return tuple(dict.fromkeys(found))

    @cached_property
    def tables(self) -> tuple[CaseTable, ...]:
        """One table for each need with anything to tell, in the order of the vocabulary. Needs that must stay discreet have none."""
        needs = [term.id for term in self.directory.vocabularies["need"] if not term.sensitive]
        made = (self._table(need) for need in needs)
        return tuple(table for table in made if table.places or table.whole[SHEETS].number)

    def _table(self, need: str) -> CaseTable:
        groups = self._groups(need)
        roots = {place: self._roots(group) for place, group in groups.items()}
        told = [place for place in groups if len(roots[place]) >= LEAST]
        places: dict[Place, dict[str, Count]] = {place: {} for place in told}
        whole = {}
        districts = sum(area.level == "district" for area in self.directory.areas.values())
        for what in (SHEETS, NOTICES, CASES, *self.sides):
            numbers = {p: len(roots[p]) if what == SHEETS else len(g.lines.get(what, {})) for p, g in groups.items()}
            shown = {place: number for place, number in numbers.items() if place in places and number >= LEAST}
            for place in told:
                places[place][what] = Count(shown.get(place))
            hidden = districts + 1 - sum(bool(place.area_id) for place in shown)
            whole[what] = tell_whole(sum(numbers.values()), sum(shown.values()), hidden)
        return CaseTable(
            need,
            places,
            whole,
            {place: tuple(groups[place].sheets.values()) for place in told},
            {place: tuple(groups[place].lines.get(NOTICES, {}).values()) for place in told},
        )

    def _groups(self, need: str) -> dict[Place, _Group]:
        """Return the cases of a need by place, places in 五十音 order as areas are, then the written ones."""
        found: dict[Place, _Group] = {}
        for one in self._counted:
            if need in one.head.needs:
                group = found.setdefault(self._place(one), _Group())
                group.sheets[one.head.id] = one
                for what, words in _lines(one):
                    group.lines.setdefault(what, {}).setdefault(key(words), words)
        order = {area_id: number for number, area_id in enumerate(self.directory.areas)}
        return dict(sorted(found.items(), key=lambda item: (order.get(item[0].area_id, len(order)), item[0].name)))

    def _place(self, one: Filled) -> Place:
        district = self.directory.district_of(one.head.area or "")
        if district:
            return Place(district.id, district.name)
        return Place("", "" if one.head.area else one.head.place)

    def _roots(self, group: _Group) -> list[str]:
        """Return the sheets of a group that grew from no other sheet of it."""
        return [one for one in group.sheets if not (self._before(one) & group.sheets.keys() - {one})]

    def _before(self, sheet_id: str) -> set[str]:
        """Return all sheets that a sheet grew from, over any number of others."""
        found: set[str] = set()
        asked = [sheet_id]
        while asked:
            for parent in self._parents.get(asked.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    asked.append(parent)
        return found

    @cached_property
    def _parents(self) -> Mapping[str, tuple[str, ...]]:
        return {one.head.id: one.head.grew_from for one in self.directory.worksheets.filled}


def tell_whole(total: int, shown: int, hidden: int) -> Count:
    """Return the number of all places together that may stand beside those of single places.

    ``shown`` is the sum of the numbers that are told of places; ``hidden`` how many more places there may be, each with fewer than
    ``LEAST``. The rest is told only where no number of a single place follows from it.
    """
    rest = total - shown
    if total < LEAST:
        return Count(None)
    if rest == 0 or LEAST <= rest < (LEAST - 1) * hidden:
        return Count(total)
    return Count(shown or None, exact=False)


def _lines(one: Filled) -> Iterator[tuple[str, str]]:
    """Yield what of a sheet is counted, and its words: 気づき, 個別の困りごと, and each side of a factor with the factor."""
    for section in one.sheet.sections:
        for counted in (one_field for one_field in section.fields if one_field.counted):
            for line in one.values[section.id]:
                value = line[counted.id]
                if counted.counted != "side":
                    yield from [(counted.counted, str(value))] if value else []
                else:
                    factor = " ".join(str(line[other.id]) for other in section.fields if other.kind == "text")
                    sides = value if isinstance(value, tuple) else (value,) if value else ()
                    yield from ((str(side), factor) for side in sides)

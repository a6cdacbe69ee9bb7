"""The sheets of the duties of a site, and the names by which their cells speak of windows and areas. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.analysis.finder import WHOLE, Finder
from tsunagite.records.directory import Directory
from tsunagite.records.load.records import Located
from tsunagite.records.model.area import Area
from tsunagite.records.model.features.finder import Assignment
from tsunagite.text.names import plain_characters
from tsunagite.text.normalize import compare_key
from tsunagite.text.towns import town_key

WINDOW, AREA, WINDOW_ID, AREA_ID = "窓口", "町または地区", "窓口のID", "地域のID"
TITLES = (WINDOW, AREA, WINDOW_ID, AREA_ID)
WHOLE_NAME = "市全体"
_WHOLE_NAMES = frozenset(("", WHOLE_NAME, "町全体", "村全体", "区全体", "市の全体", "全域", "市内全域", "全市"))
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31  # characters of a sheet's name that Excel allows

Pair = tuple[str, str]
"""A window and an area it is responsible for, as ids; the area is WHOLE for the whole municipality."""


@dataclass(frozen=True)
class DutySheet:
    """A duty and its sheet. ``placed`` is None where nobody has written a table yet."""

    id: str
    title: str
    sheet: str
    placed: Located[Assignment] | None

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What the table says, in its order."""
        rows = self.placed.record.rows if self.placed else ()
        return tuple((row.window, area) for row in rows for area in row.areas or (WHOLE,))


def duty_sheets(directory: Directory) -> tuple[DutySheet, ...]:
    """Return the duties of a site: its tables in the order of their files, then the duties that troubles ask for and nobody has filled."""
    found: dict[str, tuple[str, Located[Assignment] | None]] = {}
    for placed in directory.placed_duties:
        found.setdefault(placed.record.id, (placed.record.title, placed))
    terms = directory.vocabularies["duty"]
    found |= {duty: (f"{terms[duty].label}の担当", None) for duty in Finder(directory).empty_duties}
    sheets: dict[str, DutySheet] = {}
    for duty_id, (title, written) in found.items():
        name = _NOT_IN_SHEETS.sub(" ", title).strip()[:_LONGEST]
        if not name or name.casefold() in sheets:
            name = duty_id[:_LONGEST]
        sheets[name.casefold()] = DutySheet(duty_id, title, name, written)
    return tuple(sheets.values())


@dataclass(frozen=True)
class NamesOfSite:
    """Looks up windows and areas by what a cell says: the whole name, never a part or a likeness."""

    directory: Directory

    @cached_property
    def finder(self) -> Finder:
        """The rules of responsible windows."""
        return Finder(self.directory)

    @cached_property
    def windows(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all records by the key of their name; those that can be called alone where there are any."""
        found: dict[str, list[str]] = {}
        for resource in self.directory.resources.values():
            found.setdefault(window_key(resource.name), []).append(resource.id)
        return {key: tuple(filter(self.finder.can_be_called, ids)) or tuple(ids) for key, ids in found.items()}

    @cached_property
    def areas(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all areas by the keys of their names: as written, 「屋島地区」 for a district, and the other spellings of a record."""
        found: dict[str, dict[str, int]] = {}
        for area in self.directory.areas.values():
            for name in (area.name, *area.alt_names, *((f"{area.name}地区",) if area.level == "district" else ())):
                found.setdefault(town_key(name), {})[area.id] = 0
        return {key: tuple(ids) for key, ids in found.items()}

    def areas_named(self, written: str) -> tuple[str, ...]:
        """Return the ids of the areas a cell may mean: (WHOLE,) for the whole municipality, () for a name nobody knows."""
        key = town_key(written)
        if key in _WHOLE_NAMES:
            return (WHOLE,)
        return self.areas.get(key) or self.areas.get(
            key.removeprefix(town_key(self.directory.settings.municipality)), ()
        )

    def name_of(self, area_id: str) -> str:
        """Return the name of an area as a sheet writes it."""
        area = self.directory.areas.get(area_id)
        if area is None:
            return WHOLE_NAME if area_id == WHOLE else area_id
        return next((name for name in _names(area) if self.areas_named(name) == (area_id,)), area.name)

    def is_clear(self, area_id: str) -> bool:
        """Tell whether the name of an area leads back to it alone."""
        return self.areas_named(self.name_of(area_id)) == (area_id,)


def window_key(name: str) -> str:
    """Return the form under which two spellings of the name of a window are equal: usual characters, no blanks."""
    return compare_key(plain_characters(name))


def _names(area: Area) -> Iterator[str]:
    yield area.name
    if area.level == "district":
        yield f"{area.name}地区"

"""The second import: what a list said last time, what the record says now, what the list says today, become one value. Pure.

Where only the list moved, its value is taken; where only people moved, theirs stays; where both say the same, nothing is
left to do; where both moved apart, it is a conflict: the record stays as it is, and both values are reported until a
person decides. Lists of words are merged item by item, telephone numbers and sources by their number. A point and a
reading are one thing each, though they are two lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from tsunagite.importing.draft import Take
from tsunagite.importing.facility import POINT
from tsunagite.importing.mapping.fields import copy_plain

Path = tuple[str, ...]


class _Missing(Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING
TOGETHER: dict[Path, tuple[tuple[str, ...], ...]] = {
    (): (("name_kana", "kana_source"),),
    ("location",): (POINT,),
}
"""Fields that are one thing, by the part they stand in."""
KEYS = {"phones": "number", "sources": "source", "relations": "to"}
"""Lists whose items are told apart by one of their fields."""


@dataclass(frozen=True)
class FieldChange:
    """A value that the list changed. Absent values are None; values that belong together are a list."""

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True)
class Conflict:
    """A value that people and the list changed apart. ``base`` is what the list said last time; absent values are None."""

    path: Path
    base: Any
    here: Any
    proposed: Any


@dataclass
class Outcome:
    """The merged record, what the list is now known to have said, and how it came about.

    ``kept`` names the values of people that the list does not have.
    """

    data: dict[str, Any]
    base: dict[str, Any]
    changes: list[FieldChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)


Decide = Callable[[Path], Take | None]


def name_of(path: Path) -> str:
    """Return the name under which reports and decisions speak of a value: ``location.lat``, ``phones.087-839-2811``."""
    return ".".join(path)


def undecided(_path: Path) -> Take | None:
    """Decide nothing: every conflict stays one."""
    return None


def three_way(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], decide: Decide = undecided
) -> Outcome:
    """Merge what a list says today (``theirs``) into a record (``ours``), both seen from what it said before (``base``)."""
    run = _Run(decide)
    data, known = run.maps(dict(base), dict(ours), dict(theirs), ())
    return Outcome(data, known, run.changes, run.conflicts, run.kept)


@dataclass
class _Run:
    decide: Decide
    changes: list[FieldChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)

    def maps(
        self, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], path: Path
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Merge maps key by key. Keys stand as in the record; new ones behind the key that precedes them in the list."""
        data, known = copy_plain(ours), copy_plain(base)
        groups = TOGETHER.get(path, ())
        for keys in _units([*theirs, *ours, *base], groups):
            unit = (*path, "・".join(keys[:2]))
            if len(keys) == 1:
                key = keys[0]
                got, said = self.values(base.get(key, MISSING), ours.get(key, MISSING), theirs.get(key, MISSING), unit)
                _put(data, keys[0], got, theirs)
                _put(known, keys[0], said, theirs)
                continue
            b, o, t = ({key: one[key] for key in keys if key in one} for one in (base, ours, theirs))
            got, said = self._single(b or MISSING, o or MISSING, t or MISSING, unit)
            for key in keys:
                _put(data, key, MISSING if got is MISSING else got.get(key, MISSING), theirs)
                _put(known, key, MISSING if said is MISSING else said.get(key, MISSING), theirs)
        return data, known

    def values(self, base: Any, ours: Any, theirs: Any, path: Path) -> tuple[Any, Any]:
        """Return (merged value, what the list is known to have said)."""
        if theirs in (base, ours):
            return self._single(base, ours, theirs, path)
        if all(isinstance(one, dict) or one is MISSING for one in (base, ours, theirs)):
            parts = [{} if one is MISSING else one for one in (base, ours, theirs)]
            data, known = self.maps(parts[0], parts[1], parts[2], path)
            return data or MISSING, known or MISSING
        lists = [[] if one is MISSING else one for one in (base, ours, theirs)]
        if all(isinstance(one, list) for one in lists):
            key = KEYS.get(path[-1])
            if key and _told_apart(lists, key):
                return self._keyed(lists, key, path)
            if not key and all(not isinstance(item, dict | list) for one in lists for item in one):
                return self._words(lists, path)
        return self._single(base, ours, theirs, path)

    def _single(self, base: Any, ours: Any, theirs: Any, path: Path) -> tuple[Any, Any]:
        if theirs == base:
            if ours != base:
                self.kept.append(path)
            return ours, base
        if ours == theirs:
            return ours, theirs
        if ours != base:
            said = self.decide(path)
            if said is None:
                self.conflicts.append(Conflict(path, _plain_value(base), _plain_value(ours), _plain_value(theirs)))
                return ours, base
            if said is Take.RECORD:
                self.kept.append(path)
                return ours, theirs
        self.changes.append(FieldChange(path, _plain_value(ours), _plain_value(theirs)))
        return theirs, theirs

    def _words(self, lists: list[list[Any]], path: Path) -> tuple[Any, Any]:
        base, ours, theirs = lists
        merged = [item for item in ours if item in theirs or item not in base]
        merged += [item for item in theirs if item not in merged and item not in base]
        if merged != ours:
            self.changes.append(FieldChange(path, ours, merged))
        return merged or MISSING, theirs or MISSING

    def _keyed(self, lists: list[list[Any]], key: str, path: Path) -> tuple[Any, Any]:
        base, ours, theirs = ({item[key]: item for item in one} for one in lists)
        if path == ("phones",) and (moved := _replaced_number(base, ours, theirs)):
            was, becomes = moved  # the one number of the list is another one now: what people wrote beside it stays
            base, ours = ({becomes if n == was else n: {**item, key: becomes if n == was else n} for n, item in one.items()}
                          for one in (base, ours))  # fmt: skip
            self.changes.append(FieldChange((*path, was), was, becomes))
        data, known = self.maps(base, ours, theirs, path)
        order = [*ours, *(name for name in theirs if name not in ours)]
        return [data[name] for name in order if name in data] or MISSING, list(known.values()) or MISSING


def _replaced_number(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[str, str] | None:
    """Return (old, new) where exactly one number of the list was replaced by one other, and people still have the old one."""
    gone = [number for number in base if number not in theirs]
    come = [number for number in theirs if number not in base]
    if len(gone) == len(come) == 1 and gone[0] in ours and come[0] not in ours:
        same_use = base[gone[0]].get("type") == theirs[come[0]].get("type")
        return (gone[0], come[0]) if same_use else None
    return None


def _units(keys: list[str], groups: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """Return every key once, those that belong together as one."""
    units: dict[tuple[str, ...], None] = {}
    for key in keys:
        units.setdefault(next((group for group in groups if key in group), (key,)))
    return list(units)


def _put(data: dict[str, Any], key: str, value: Any, order: dict[str, Any]) -> None:
    """Set, add or remove a key in place. A new key goes behind the one that precedes it in ``order``, if that is there."""
    if value is MISSING:
        data.pop(key, None)
    elif key in data:
        data[key] = value
    else:
        before = list(order)[: list(order).index(key)] if key in order else []
        anchor = next((known for known in reversed(before) if known in data), None)
        items = list(data.items())
        position = next(
            (i + 1 for i, (known, _) in enumerate(items) if known == anchor), 0 if before == [] else len(items)
        )
        items.insert(position, (key, value))
        data.clear()
        data.update(items)


def _told_apart(lists: list[list[Any]], key: str) -> bool:
    """Tell whether every item has the key and no two of one list share it."""
    for one in lists:
        if not all(isinstance(item, dict) and isinstance(item.get(key), str) for item in one):
            return False
        if len({item[key] for item in one}) != len(one):
            return False
    return True


def _plain_value(value: Any) -> Any:
    return None if value is MISSING else value

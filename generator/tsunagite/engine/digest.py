"""digest: 16 bytes that stand for a value, equal where the values are equal, the same in every run and on every machine.

Keys of memoised functions are made of digests (``memo.py``). Only kinds of value whose whole content is known are
accepted; any other kind is a TypeError, never a wrong answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel

SIZE = 16
Write = Callable[[bytes], object]


def digest_of_bytes(content: bytes) -> bytes:
    """Return 16 bytes (BLAKE2b) that stand for some bytes."""
    return hashlib.blake2b(content, digest_size=SIZE).digest()


class Digested:
    """A value that knows its own digest (``Ref``, ``Known``)."""

    __slots__ = ()

    @property
    def digest(self) -> bytes:
        """What stands for the value."""
        raise NotImplementedError


class Digests:
    """Makes digests. Objects that are ``known`` (records, cards) are told by what they were made of, by identity."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[int, tuple[object, bytes]] = {}

    def know(self, value: object, *made_of: object) -> None:
        """Let ``made_of`` stand for ``value``, which is kept alive."""
        self._known[id(value)] = (value, self.of(*made_of))

    def share(self, *values: object) -> None:
        """Take the digest of each value once, because many others hold it."""
        for value in values:
            self.know(value, value)

    def of(self, *values: object) -> bytes:
        """Return the digest of some values. Raises TypeError where one is of a kind that is not known.

        Known are None, truth values, numbers, text, bytes, days, times, enumerations, tuples, lists, sets, tables, dataclasses
        and models (by what was written, not by defaults), made of the same; and what has a digest of its own.
        """
        written: list[bytes] = []
        for value in values:
            self._write(value, written.append)
        return digest_of_bytes(b"".join(written))

    def _write(self, value: Any, write: Write) -> None:
        """Write a value so that two values are written alike only where they are equal and of one type."""
        kind: Any = type(value)
        if (plain := _PLAIN.get(kind)) is not None:
            write(plain(value))
        elif (known := self._known.get(id(value))) is not None:
            write(b"known" + known[1])
        elif kind in (tuple, list):
            self._sequence(kind.__name__, value, write)
        elif isinstance(value, Digested):
            write(b"digest" + value.digest)
        elif isinstance(value, Enum):
            write(_name(kind) + value.name.encode() + b";")
        elif isinstance(value, str):  # text that is marked as safe HTML is not the same as plain text
            write(_name(kind) + _text(value))
        elif isinstance(value, (set, frozenset)):
            self._sequence("set", sorted(map(self.of, value)), write)
        elif isinstance(value, dict):  # its order counts: pages show tables in their order
            self._sequence("dict", [part for pair in value.items() for part in pair], write)
        elif isinstance(value, tuple):  # a named one
            self._sequence(_name(kind).decode(), value, write)
        elif isinstance(value, BaseModel):
            names = [name for name in kind.model_fields if name in value.model_fields_set]
            self._sequence(
                _name(kind).decode(), [part for name in names for part in (name, getattr(value, name))], write
            )
        elif is_dataclass(value) and not isinstance(value, type):
            self._sequence(_name(kind).decode(), [getattr(value, name) for name in _field_names(kind)], write)
        else:
            raise TypeError(f"no digest of {kind.__module__}.{kind.__qualname__}")

    def _sequence(self, name: str, values: Any, write: Write) -> None:
        write(f"{name}{len(values)}(".encode())
        for value in values:
            self._write(value, write)


def digest(*values: object) -> bytes:
    """Return the digest of some values: see ``Digests.of``."""
    return Digests().of(*values)


def _text(value: str) -> bytes:
    text = value.encode(errors="surrogatepass")
    return b"s%d:" % len(text) + text


def _shown(value: object) -> bytes:
    return f"{type(value).__name__}{value!r};".encode()


_PLAIN: dict[type, Callable[[Any], bytes]] = {
    str: _text,
    bytes: lambda value: b"b%d:" % len(value) + value,
    **dict.fromkeys((type(None), bool, int, float, date, time), _shown),
}


@cache
def _name(kind: Any) -> bytes:
    return f"{kind.__module__}.{kind.__qualname__}:".encode()


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))

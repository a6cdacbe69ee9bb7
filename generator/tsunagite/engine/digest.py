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


def digest(*values: object) -> bytes:
    """Return the digest of some values. Raises TypeError where one is of a kind that is not known.

    Known are None, truth values, numbers, text, bytes, days, times, enumerations, tuples, lists, sets, tables, dataclasses
    and models (by what was written, not by defaults), made of the same; and whatever has a ``digest`` of its own (``Ref``).
    """
    written: list[bytes] = []
    for value in values:
        _write(value, written.append)
    return digest_of_bytes(b"".join(written))


def _write(value: Any, write: Write) -> None:
    """Write a value so that two values are written alike only where they are equal and of one type."""
    kind: Any = type(value)
    if (plain := _PLAIN.get(kind)) is not None:
        write(plain(value))
    elif kind in (tuple, list):
        _sequence(kind.__name__, value, write)
    elif isinstance(value, Enum):
        write(_name(kind) + value.name.encode() + b";")
    elif isinstance(value, str):  # text that is marked as safe HTML is not the same as plain text
        write(_name(kind) + _text(value))
    elif isinstance(value, (set, frozenset)):
        _sequence("set", sorted(map(digest, value)), write)
    elif isinstance(value, dict):  # its order counts: pages show tables in their order
        _sequence("dict", [part for pair in value.items() for part in pair], write)
    elif isinstance(value, tuple):  # a named one
        _sequence(_name(kind).decode(), value, write)
    elif isinstance(value, BaseModel):
        written = value.model_fields_set
        names = [name for name in kind.model_fields if name in written]
        _sequence(_name(kind).decode(), [part for name in names for part in (name, getattr(value, name))], write)
    elif isinstance(own := getattr(value, "digest", None), bytes):
        write(b"digest%d:" % len(own) + own)
    elif is_dataclass(value) and not isinstance(value, type):
        _sequence(_name(kind).decode(), [getattr(value, name) for name in _field_names(kind)], write)
    else:
        raise TypeError(f"no digest of {kind.__module__}.{kind.__qualname__}")


def _sequence(name: str, values: Any, write: Write) -> None:
    write(f"{name}{len(values)}(".encode())
    for value in values:
        _write(value, write)


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

"""PartCache: small texts that take long to make and stand in many files (the entries of a calendar), kept between builds.

A part is kept under a key that stands for all it is made from, as for a ``Draft``. What a build does not ask for is dropped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tsunagite.kept_file import keep, read_kept
from tsunagite.outputs.in_use import InUse


class PartCache:
    """The parts of the last build, in ``file``. Nothing here raises: a cache that cannot be used is an empty one."""

    def __init__(self, file: Path, program: str) -> None:
        self._file = file
        self._program = program
        self._before: dict[str, str] | None = None
        self._now: dict[str, str] = {}

    def part(self, key: bytes, make: Callable[[], str]) -> str:
        """Return the part of a key, made only where the last build did not make it."""
        if self._before is None:
            self._before = self._read()
        name = key.hex()
        if name not in self._now:
            known = self._before.get(name)
            self._now[name] = make() if known is None else known
        return self._now[name]

    def save(self) -> None:
        """Keep what was asked for, where anything was."""
        if self._before is None or self._now.keys() == self._before.keys():
            return
        keep(self._file, self._program, json.dumps(self._now, ensure_ascii=False, separators=(",", ":")).encode())

    def _read(self) -> dict[str, str]:
        parts: dict[str, str] = json.loads(read_kept(self._file, self._program) or b"{}")
        return parts


_IN_USE = InUse[PartCache]("part_cache")


@contextmanager
def remembering_parts(cache: PartCache | None) -> Iterator[None]:
    """Let everything that is made inside use ``cache`` (None: make everything anew)."""
    with _IN_USE.using(cache):
        yield
    if cache:
        cache.save()


def part(key: bytes, make: Callable[[], str]) -> str:
    """Return a part, by the cache of the build that runs, if it has one."""
    cache = _IN_USE.get()
    return cache.part(key, make) if cache else make()

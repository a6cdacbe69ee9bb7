"""PartCache: texts that take long to make and stand in many files or keys (the entries of a calendar), kept between builds.

A part is kept under a key that stands for all it is made from, as for a ``Draft``, in a file named by who asks for it: one output,
since outputs are made in two processes. What a build does not ask for is dropped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tsunagite.kept_file import keep, read_kept
from tsunagite.outputs.in_use import InUse


class PartCache:
    """The parts of the last build, in ``folder``. Nothing here raises: a cache that cannot be used is an empty one."""

    def __init__(self, folder: Path, program: str) -> None:
        self._folder = folder
        self._program = program
        self._before: dict[str, dict[str, str]] = {}
        self._now: dict[str, dict[str, str]] = {}

    def part(self, file: str, key: bytes, make: Callable[[], str]) -> str:
        """Return the part of a key, made only where the last build did not make it."""
        if file not in self._now:
            self._before[file], self._now[file] = self._read(file), {}
        now, name = self._now[file], key.hex()
        if name not in now:
            known = self._before[file].get(name)
            now[name] = make() if known is None else known
        return now[name]

    def save(self) -> None:
        """Keep what was asked for, where anything was."""
        for file, now in self._now.items():
            if now.keys() != self._before[file].keys():
                keep(self._folder / file, self._program, json.dumps(now, ensure_ascii=False, separators=(",", ":")).encode())

    def _read(self, file: str) -> dict[str, str]:
        parts: dict[str, str] = json.loads(read_kept(self._folder / file, self._program) or b"{}")
        return parts


_IN_USE = InUse[PartCache]("part_cache")


@contextmanager
def remembering_parts(cache: PartCache | None) -> Iterator[None]:
    """Let everything that is made inside use ``cache`` (None: make everything anew)."""
    with _IN_USE.using(cache):
        yield
    if cache:
        cache.save()


def part(file: str, key: bytes, make: Callable[[], str]) -> str:
    """Return a part, by the cache of the build that runs, if it has one."""
    cache = _IN_USE.get()
    return cache.part(file, key, make) if cache else make()

"""PaperCache: PDFs that were set before, so that a paper whose data, template and fonts are the same is not set again.

A folder of small files, each with the digest of what it holds: a file cut short or changed is as good as none. The folder
may be deleted at any time; what was not used longest goes first where it grows beyond its bound.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tsunagite.kept_file import keep, read_kept
from tsunagite.outputs.in_use import InUse

LARGEST = 128 * 1024 * 1024
"""Bytes kept at most: some builds of a city with 44 districts (12 MB each)."""


class PaperCache:
    """What was set before, by key, in ``folder``. Nothing here raises: a cache that cannot be used is an empty one."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest

    def get(self, key: str) -> bytes | None:
        """Return what was kept under ``key``, or None where there is nothing, or nothing whole."""
        content = read_kept(self._folder / key, key)
        if content is not None:
            with suppress(OSError):
                os.utime(self._folder / key)  # used today
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content``."""
        keep(self._folder / key, key, content)

    def shrink(self) -> None:
        """Throw away what was not used longest, until the bound is kept."""
        with suppress(OSError):
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            states = [(entry.stat(), entry.path) for entry in os.scandir(self._folder) if entry.name[0] != "."]
            held = sum(state.st_size for state, _ in states)
            for state, path in sorted(states, key=lambda it: (it[0].st_mtime_ns, it[1])):
                if held <= self._largest:
                    break
                Path(path).unlink()
                held -= state.st_size


_IN_USE = InUse[PaperCache]("paper_cache")
cache_in_use = _IN_USE.get


@contextmanager
def remembering(cache: PaperCache | None) -> Iterator[None]:
    """Let everything that is set inside use ``cache`` (None: set everything anew)."""
    try:
        with _IN_USE.using(cache):
            yield
    finally:
        if cache:
            cache.shrink()

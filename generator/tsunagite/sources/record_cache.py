"""RecordCache: what was read from each record file before, so that only files that changed are read and validated again.

An entry counts where the file is as it was (size, times, inode), or, where that is in doubt, where its bytes are the
same. All entries fall with the program or the vocabularies. The folder may be deleted at any time; a file in it that
was damaged, cut short or made by somebody else is as good as none.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import zlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from tsunagite.kept_file import keep, read_kept
from tsunagite.model.fields import made_part
from tsunagite.sources.file_state import FileState

ReadT = TypeVar("ReadT")

PARTS = 64
"""Files of the cache: after one edit one of them is written again."""
DOUBT = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was read may change again without showing it (FAT counts by 2 s)."""
OWN = ("tsunagite.findings", "tsunagite.sources.file_state", "tsunagite.sources.records", __name__)
_SIZE = 16


class Entry(NamedTuple, Generic[ReadT]):
    """What a file held. ``state`` is None where it was too new to be trusted."""

    state: FileState | None
    digest: bytes
    read: ReadT


class RecordCache(Generic[ReadT]):
    """What was read before, by the name of the file. Nothing here raises: a cache that cannot be used is an empty one."""

    def __init__(self, folder: Path, program: str) -> None:
        """Use ``folder``; ``program`` stands for everything but the files that decides what is read."""
        self._folder = folder
        self._key = program
        self._began = 0
        self._parts: list[dict[str, Entry[ReadT]]] = [{} for _ in range(PARTS)]
        self._kept: list[dict[str, Entry[ReadT]]] = [{} for _ in range(PARTS)]

    def open(self, vocabularies: str) -> None:
        """Load what is there. ``vocabularies`` are the words the records were validated by."""
        self._key = hashlib.sha256(f"{self._key} {vocabularies}".encode()).hexdigest()
        self._began = self._now()
        self._parts = [self._loaded(number) for number in range(PARTS)]

    def get(self, name: str, path: str, state: FileState) -> ReadT | None:
        """Return what was read from a file, or None where it must be read."""
        entry = self._parts[_part(name)].get(name)
        if entry is None:
            return None
        if entry.state is None or tuple(entry.state) != state:
            if digest_of(Path(path).read_bytes()) != entry.digest:
                return None
            trusted = self._trusted(state)
            if entry.state is not None or trusted is not None:
                entry = Entry(trusted, entry.digest, entry.read)
        self._kept[_part(name)][name] = entry
        return entry.read

    def put(self, name: str, state: FileState, digest: bytes, read: ReadT) -> None:
        """Keep what was read from a file whose state was seen before it was read; ``digest`` is that of its bytes."""
        self._kept[_part(name)][name] = Entry(self._trusted(state), digest, read)

    def unknown(self, names: Iterable[str]) -> dict[int, list[str]]:
        """Return the names of files by the part they belong to, for parts of which nothing is known (none where nothing can be kept)."""
        found: dict[int, list[str]] = {}
        for name in names if self._began else ():
            if not self._parts[part := _part(name)]:
                found.setdefault(part, []).append(name)
        return found

    def write(self, part: int) -> None:
        """Write a part of which nothing was known, once all its files were ``put``, and let go of it: see ``load``."""
        self._write(part, self._kept[part])
        self._kept[part] = {}

    def load(self, part: int) -> None:
        """Read a part that this process or another has written."""
        self._parts[part] = self._loaded(part)

    def save(self) -> None:
        """Write the parts in which something changed."""
        for number, (before, now) in enumerate(zip(self._parts, self._kept, strict=True)):
            same = len(before) == len(now) and all(before.get(name) is entry for name, entry in now.items())
            if not same:
                self._write(number, now)
        self._parts = self._kept = []

    def _trusted(self, state: FileState) -> FileState | None:
        return state if max(state.changed, state.entry_changed) + DOUBT < self._began else None

    def _now(self) -> int:
        """Return the time (ns) by the clock of the file system, 0 where it cannot be written to."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            mark = self._folder / f"began-{os.getpid()}"
            mark.write_bytes(b"")
            now = mark.stat().st_mtime_ns
            mark.unlink()
        except OSError:
            return 0
        return now

    def _loaded(self, number: int) -> dict[str, Entry[ReadT]]:
        with suppress(Exception):  # whatever a damaged file makes of itself: then its records are read again
            if (held := read_kept(self._path(number), self._key)) is not None:
                return dict(_Reader(io.BytesIO(held)).load())
        return {}

    def _write(self, number: int, entries: dict[str, Entry[ReadT]]) -> None:
        with suppress(pickle.PicklingError, TypeError):
            keep(self._path(number), self._key, pickle.dumps(entries, protocol=5))

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02}.pickle"


class _Reader(pickle.Unpickler):
    """Makes nothing but our own records and findings, whatever a file asks for."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that a cache may hold. Raises UnpicklingError for any other."""
        if (module, name) == ("datetime", "date"):
            return date
        if (module, name) == (made_part.__module__, made_part.__name__):
            return made_part
        ours = module.startswith("tsunagite.model.") or module in OWN
        found = super().find_class(module, name) if ours and "." not in name else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _part(name: str) -> int:
    return zlib.crc32(name.encode()) % PARTS


def digest_of(content: bytes) -> bytes:
    """Return 16 bytes that stand for some content."""
    return hashlib.blake2b(content, digest_size=_SIZE).digest()

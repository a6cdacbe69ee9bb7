"""IndexCache: the search index of the last build, so that an edit changes the grams of its own document alone.

It holds the words of every document, one line each, and what is written of every gram. Where the documents are as many as
before, those whose words differ are taken out and put in again; else the index is made anew. Either gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tsunagite.outputs.in_use import InUse
from tsunagite.outputs.search_index import Index, Words, postings_of

MOST_CHANGED = 0.05
"""The share of documents above which making the index anew is faster."""
_SIZE = hashlib.blake2b().digest_size


class IndexCache:
    """The last index, in ``file``. Nothing here raises: a cache that cannot be used is an empty one."""

    def __init__(self, file: Path, program: str) -> None:
        self._file = file
        self._program = program.encode()

    def index_of(self, documents: Sequence[Words]) -> Index:
        """Return the index of the documents, and keep it."""
        lines = [json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode() for words in documents]
        known = self._read()
        if known and (index := self._changed(*known, documents, lines)):
            if lines != known[0]:
                self._write(lines, index)
            return index
        index = Index.of(map(postings_of, documents))
        self._write(lines, index)
        return index

    def _changed(self, before: list[bytes], index: Index, documents: Sequence[Words], lines: list[bytes]) -> Index | None:
        if len(before) != len(lines):
            return None
        changed = [number for number, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
        if len(changed) > max(1, MOST_CHANGED * len(lines)):
            return None
        for number in changed:
            index.replace(number, postings_of(Words(*json.loads(before[number]))), postings_of(documents[number]))
        return index

    def _read(self) -> tuple[list[bytes], Index] | None:
        try:
            held = self._file.read_bytes()
            if held[:_SIZE] != self._digest(held[_SIZE:]):
                return None
            *lines, grams = held[_SIZE:].split(b"\n")
            return lines, Index(json.loads(grams))
        except (OSError, ValueError):
            return None

    def _write(self, lines: list[bytes], index: Index) -> None:
        waiting = self._file.with_name(f"{self._file.name}-{os.getpid()}.new")
        digest = hashlib.blake2b(self._program)
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with waiting.open("wb") as file:
                file.write(bytes(_SIZE))
                for line in lines:
                    file.write(line + b"\n")
                    digest.update(line + b"\n")
                grams = json.dumps(index.written, ensure_ascii=False, separators=(",", ":")).encode()
                file.write(grams)
                digest.update(grams)
                file.seek(0)
                file.write(digest.digest())
            waiting.replace(self._file)

    def _digest(self, content: bytes) -> bytes:
        return hashlib.blake2b(self._program + content).digest()


_IN_USE = InUse[IndexCache]("index_cache")
remembering_index = _IN_USE.using


def index_of(documents: Sequence[Words]) -> Index:
    """Return the index of documents in their order, by the cache of the build that runs, if it has one."""
    cache = _IN_USE.get()
    return cache.index_of(documents) if cache else Index.of(map(postings_of, documents))

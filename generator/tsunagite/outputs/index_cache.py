"""IndexCache: the search index of the last build, so that an edit changes the grams of its own document alone.

A folder of files: the published files of grams and of synonyms, the words of the documents in blocks, and a head that says what
they were made from and what each holds. Where the documents are as many as before, those whose words differ are taken out and
put in again; else the index is made anew. Either gives the same bytes, and only files that change are read and written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tsunagite.kept_file import keep, read_kept
from tsunagite.outputs.in_use import InUse
from tsunagite.outputs.search_index import SHARDS, Index, Postings, Words, bits_in, moved, postings_of

MOST_CHANGED = 0.05
"""The share of documents above which making the index anew is faster."""
BLOCK = 256
"""Documents whose words lie in one file."""
HEAD = "head"


class Document(NamedTuple):
    """A document of the index. ``key`` stands for all that its words are made from, but for what stands around all documents."""

    key: bytes
    words: Callable[[], Words]


class Group(NamedTuple):
    """Synonyms: the words that lead to them, the words that they are told to be, and those of them that are looked for in documents."""

    words: tuple[str, ...]
    told: tuple[str, ...]
    sought: tuple[str, ...]


@dataclass(frozen=True)
class Documents:
    """The documents in their order, what stands for all that lies ``around`` them, and how to make the groups of words that mean the same.

    ``groups_key`` stands for all that the groups are made from.
    """

    around: bytes
    each: Sequence[Document]
    groups_key: bytes
    groups: Callable[[], Sequence[Group]]


class IndexFile(NamedTuple):
    """A published file of the index: its name below the folder of the search, what stands for its content, and the content."""

    name: str
    key: bytes
    content: Callable[[], bytes]


class _Damaged(Exception):
    """A file of the cache is not what its head says."""


@dataclass(frozen=True)
class _Head:
    """What the files were made from, and the digest of each by its name."""

    around: str
    groups_key: str
    groups: list[list[list[str]]]
    keys: list[str]
    files: dict[str, str]


class IndexCache:
    """The last index, in ``folder``. Nothing here raises: a cache that cannot be used is an empty one."""

    def __init__(self, folder: Path, program: str) -> None:
        self._folder = folder
        self._program = program

    def files(self, documents: Documents) -> Iterator[IndexFile]:
        """Yield every file of the index of some documents, and keep it."""
        made: dict[str, bytes] = {}
        head = None
        with suppress(_Damaged):
            head = self._changed(documents, made)
        head = head or self._anew(documents, made)

        def content(name: str) -> bytes:
            if name not in made:
                try:
                    return self._read(name, head)
                except _Damaged:
                    self._anew(documents, made)
            return made[name]

        for name, digest in head.files.items():
            if not name.startswith("words"):
                yield IndexFile(name, bytes.fromhex(digest), partial(content, name))

    def _anew(self, documents: Documents, made: dict[str, bytes]) -> _Head:
        """Make all files: ``made`` holds those that are published."""
        files: dict[str, str] = {}

        def postings() -> Iterator[Postings]:
            for start in range(0, len(documents.each), BLOCK):
                block = [document.words() for document in documents.each[start : start + BLOCK]]
                yield from map(postings_of, block)
                self._write(f"words/{start // BLOCK}", _json(block), files)

        groups = documents.groups()
        index = Index.of(postings(), [group.words for group in groups])
        made |= files_of(index, groups)
        for name, content in made.items():
            self._write(name, content, files)
        return self._keep(documents, groups, files)

    def _changed(self, documents: Documents, made: dict[str, bytes]) -> _Head | None:
        """Change the files of the last build: ``made`` holds those that are others now. Raises _Damaged."""
        head = self._head()
        if len(head.keys) != len(documents.each):
            return None
        same_groups = head.groups_key == documents.groups_key.hex()
        groups = [Group(*map(tuple, group)) for group in head.groups] if same_groups else documents.groups()
        if not same_groups and head.groups != _as_read(groups):
            return None
        same = head.around == documents.around.hex()
        doubtful = [n for n, (key, document) in enumerate(zip(head.keys, documents.each, strict=True)) if not same or key != document.key.hex()]
        changed: dict[int, tuple[Postings, Postings]] = {}
        files = dict(head.files)
        for block, numbers in groupby(doubtful, lambda number: number // BLOCK):
            rows = json.loads(self._read(f"words/{block}", head))
            for number in numbers:
                before, after = rows[number % BLOCK], documents.each[number].words()
                rows[number % BLOCK] = json.loads(_json(after))
                if rows[number % BLOCK] != before:
                    changed[number] = postings_of(Words(*before)), postings_of(after)
                    if len(changed) > max(1, MOST_CHANGED * len(documents.each)):
                        return None
            made[f"words/{block}"] = _json(rows)
        index = Index(lambda number: dict(json.loads(self._read(f"grams/{number:02x}.json", head))))
        touched = {shard for number, (before, after) in changed.items() for shard in index.replace(number, before, after)}
        made |= {f"grams/{number:02x}.json": index.shard(number) for number in sorted(touched)}
        for place, (_, told, words) in enumerate(groups):
            moves = [(number, old, new) for number, (before, after) in changed.items() if (old := bits_in(before, words)) != (new := bits_in(after, words))]
            if moves:
                _, written = json.loads(self._read(name := f"synonyms/{place}.json", head))
                for move in moves:
                    written = moved(written, *move)
                made[name] = _json([told, written])
        for name, content in made.items():
            self._write(name, content, files)
        return head if same_groups and not doubtful else self._keep(documents, groups, files)

    def _head(self) -> _Head:
        kept = read_kept(self._path(HEAD), self._program)
        if kept is None:
            raise _Damaged
        return _Head(**json.loads(kept))

    def _keep(self, documents: Documents, groups: Sequence[Group], files: dict[str, str]) -> _Head:
        """Say of the files what they were made from: until then, those that are others do not count."""
        head = _Head(documents.around.hex(), documents.groups_key.hex(), _as_read(groups), [document.key.hex() for document in documents.each], files)
        keep(self._path(HEAD), self._program, _json(vars(head)))
        return head

    def _read(self, name: str, head: _Head) -> bytes:
        content = read_kept(self._path(name), "")
        if content is None or digest_of(content) != head.files.get(name):
            raise _Damaged
        return content

    def _write(self, name: str, content: bytes, files: dict[str, str]) -> None:
        digest = digest_of(content)
        if files.get(name) != digest:
            files[name] = digest
            keep(self._path(name), "", content)

    def _path(self, name: str) -> Path:
        return self._folder / name.replace("/", "-")


def files_of(index: Index, groups: Sequence[Group]) -> dict[str, bytes]:
    """Return the content of every file of an index by its name."""
    grams = {f"grams/{number:02x}.json": index.shard(number) for number in range(SHARDS)}
    return grams | {f"synonyms/{number}.json": _json([told, index.group(sought)]) for number, (_, told, sought) in enumerate(groups)}


def _as_read(groups: Sequence[Group]) -> list[list[list[str]]]:
    return [[list(words) for words in group] for group in groups]


def digest_of(content: bytes) -> str:
    """Return what stands for a content."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


_IN_USE = InUse[IndexCache]("index_cache")
remembering_index = _IN_USE.using


def index_files(documents: Documents) -> Iterator[IndexFile]:
    """Yield the files of the index of some documents, by the cache of the build that runs, if it has one."""
    if cache := _IN_USE.get():
        yield from cache.files(documents)
        return
    groups = documents.groups()
    index = Index.of((postings_of(document.words()) for document in documents.each), [group.words for group in groups])
    for name, content in files_of(index, groups).items():
        yield IndexFile(name, bytes.fromhex(digest_of(content)), partial(bytes, content))

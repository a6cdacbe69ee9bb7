"""Store: what builds keep for the next one, in one SQLite file. It may be deleted at any time.

A helper and never the truth: whatever cannot be read (no file, another version, a damaged page, a folder without
permission, a file that another build has locked) is a miss, and what cannot be written is not kept. Nothing here raises;
``report`` is told at most one line.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

NAME = "store.sqlite"
VERSION = 1
"""Written into the file: a store of another version is emptied."""
LARGEST = 256 * 1024 * 1024
"""Bytes kept at most. Beyond it the entries that were not used longest are deleted, down to three quarters."""
WAIT = 5.0
"""Seconds a build waits until another one has written."""
LAZY = 16
"""Builds after which a used entry is marked as used again: marking all of them at every build would cost more than it tells."""
_CHECK = 8
TROUBLE = (sqlite3.Error, ValueError, TypeError, ArithmeticError)
"""What reading and writing a damaged file raises: sqlite3 checks neither texts nor types."""
_EMPTIED = (
    "DROP TABLE IF EXISTS entry",
    "DROP TABLE IF EXISTS build",
    "CREATE TABLE entry (namespace TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, last_used INTEGER NOT NULL, PRIMARY KEY (namespace, key))",
    "CREATE TABLE build (number INTEGER NOT NULL)",
    "INSERT INTO build VALUES (0)",
)
"""What makes a file of this version of any other."""
_EVICT = """
DELETE FROM entry WHERE rowid IN (
    SELECT at FROM (SELECT rowid AS at, sum(length(value) + 100) OVER (ORDER BY last_used DESC, rowid DESC) AS held FROM entry) WHERE held > ?
)
"""


class Key(NamedTuple):
    """What an entry is found by."""

    namespace: str
    key: bytes


class Changes(NamedTuple):
    """What a process has put, and which older entries it has used."""

    put: dict[Key, bytes]
    used: set[Key]


class Store:
    """Values by namespace and key. Changes are held in memory until ``commit``, so a killed build leaves the last committed state."""

    def __init__(
        self, folder: Path | None, report: Callable[[str], object] = lambda _: None, largest: int = LARGEST
    ) -> None:
        """Use the store in ``folder``; None: nothing is kept from one build to the next."""
        self._folder, self._report, self._largest = folder, report, largest
        self._changes = Changes({}, set())
        self._process = os.getpid()
        self._reported = False
        self._number = 0
        """The number of this build: entries are marked with the one that used them."""
        self._connection = self._connect()

    def has(self, namespace: str, key: bytes) -> bool:
        """Tell whether there is a value, without reading a large one."""
        entry = Key(namespace, key)
        return (
            entry in self._changes.put
            or self._row("SELECT 1 FROM entry WHERE namespace = ? AND key = ?", entry) is not None
        )

    def get(self, namespace: str, key: bytes) -> bytes | None:
        """Return what was put, or None."""
        entry = Key(namespace, key)
        if (value := self._changes.put.get(entry)) is not None:
            return value
        row = self._row("SELECT value, last_used FROM entry WHERE namespace = ? AND key = ?", entry)
        value = row[0] if row and isinstance(row[0], bytes) else b""  # a damaged page may give any type
        content = value[_CHECK:]
        if value[:_CHECK] != _check(entry, content):
            return None
        if not isinstance(row[1], int) or row[1] <= self._number - LAZY:
            self._changes.used.add(entry)
        return content

    def _row(self, query: str, entry: Key) -> Any:
        if (
            os.getpid() != self._process
        ):  # after a fork: two processes must not share a connection, nor may this one close it
            _INHERITED.append(self._connection)
            self._process, self._connection = os.getpid(), self._connect()
        if self._connection is None:
            return None
        try:
            return self._connection.execute(query, entry).fetchone()
        except TROUBLE as problem:
            self._give_up(problem)
            return None

    def put(self, namespace: str, key: bytes, value: bytes) -> None:
        """Hold a value for ``commit``."""
        self._changes.put[Key(namespace, key)] = value

    def changes(self) -> Changes:
        """Return what is held, for ``join`` in the process that commits."""
        return self._changes

    def join(self, changes: Changes) -> None:
        """Hold what another process holds."""
        self._changes.put.update(changes.put)
        self._changes.used.update(changes.used)

    def commit(self) -> None:
        """Write what is held, all of it or nothing, and delete what was not used longest where the store became too large."""
        (put, used), self._changes = self._changes, Changes({}, set())
        connection = self._connection
        if connection is None or not (put or used):
            return
        rows = [(*entry, _check(entry, value) + value, self._number) for entry, value in put.items()]
        try:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE build SET number = ?", (self._number,))
                connection.executemany("REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)
                connection.executemany(
                    "UPDATE entry SET last_used = ? WHERE namespace = ? AND key = ?",
                    [(self._number, *entry) for entry in used],
                )
            self._evict(connection)
        except TROUBLE as problem:
            self._give_up(problem)

    def close(self) -> None:
        """Commit, and let go of the file."""
        self.commit()
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _evict(self, connection: sqlite3.Connection) -> None:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size > self._largest:
            connection.execute(_EVICT, (self._largest * 3 // 4,))
            connection.execute("PRAGMA incremental_vacuum").fetchall()

    def _connect(self) -> sqlite3.Connection | None:
        """Open the file; make it where it is missing or damaged, empty it where it is of another version."""
        if self._folder is None:
            return None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            try:
                return self._open(self._folder)
            except TROUBLE as problem:
                if not _is_damaged(problem):
                    raise
                self._delete()
                return self._open(self._folder)
        except (*TROUBLE, OSError) as problem:
            self._give_up(problem)
            return None

    def _open(self, folder: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(folder / NAME, timeout=WAIT, isolation_level=None)
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if (
                connection.execute("PRAGMA user_version").fetchone()[0] != VERSION
            ):  # else another build has made it meanwhile
                for statement in (*_EMPTIED, f"PRAGMA user_version = {VERSION}"):
                    connection.execute(statement)
            connection.execute("COMMIT")
        connection.execute("PRAGMA synchronous = NORMAL")
        self._number = connection.execute("SELECT number FROM build").fetchone()[0] + 1
        return connection

    def _give_up(self, problem: Exception) -> None:
        """Go on without the file. One that is damaged is deleted, so that the next build makes it anew."""
        self._connection = None
        if _is_damaged(problem):
            self._delete()
        elif not self._reported:
            self._reported = True
            self._report(str(problem))

    def _delete(self) -> None:
        for name in (NAME, f"{NAME}-wal", f"{NAME}-shm"):
            with suppress(OSError):
                Path(f"{self._folder}/{name}").unlink()


_INHERITED: list[sqlite3.Connection | None] = []


def _is_damaged(problem: Exception) -> bool:
    """Tell whether a file is no SQLite file, or has damaged pages; not, whether it is locked or cannot be written."""
    if not isinstance(problem, sqlite3.Error | OSError):  # a text that is none, a number of another type
        return True
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "no such table" in str(problem)


def _check(entry: Key, value: bytes) -> bytes:
    """Return what tells that a value is whole: SQLite itself would not notice a changed byte."""
    return hashlib.blake2b(entry.namespace.encode() + entry.key + value, digest_size=_CHECK).digest()

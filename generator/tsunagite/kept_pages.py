"""KeptPages: which published files were made from what, so that the next build makes only those made from something else.

For every draft (``outputs.artifact.Draft``) that was published: its key, and how the published file looked. Both as they
were, and the file is kept unread; anything else, and it is made anew. The file may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from tsunagite.kept_file import keep, read_kept

Noted = tuple[dict[str, str], set[str]]
"""The key of every draft by its path, and which of them are as they were before."""
State = tuple[int, int, int, int]
"""Size, time of change, time of change of the entry (ns), inode."""


class KeptPages:
    """What the last build of one site made, and what this one makes. ``file`` remembers, ``program`` is what makes them."""

    def __init__(self, file: Path, site_dir: Path, program: str) -> None:
        self._file = file
        self._site = str(site_dir)
        self._made_by = json.dumps([self._site, program])
        self._salt = hashlib.blake2b(self._made_by.encode(), digest_size=16).digest()
        self._before = self._read()
        self._keys: dict[str, str] = {}
        self._as_before: set[str] = set()

    def has(self, path: str, key: bytes) -> bool:
        """Tell whether a file was made from the same and still is as it was published. Either way it is noted for next time."""
        made_from = hashlib.blake2b(self._salt + key, digest_size=16).hexdigest()
        self._keys[path] = made_from
        known = self._before.get(path)
        if known is None or known[0] != made_from or known[1:] != list(self._state(path) or ()):
            return False
        self._as_before.add(path)
        return True

    def noted(self) -> Noted:
        """Return what was noted, for ``note`` in another process."""
        return self._keys, self._as_before

    def note(self, noted: Noted) -> None:
        """Note what another process has noted."""
        keys, as_before = noted
        self._keys |= keys
        self._as_before |= as_before

    def save(self) -> None:
        """Remember what was made, once everything is published; nobody has touched what was left as it was."""
        rows: dict[str, list[object]] = {}
        for path, key in self._keys.items():
            if path in self._as_before:
                rows[path] = self._before[path]
            elif state := self._state(path):
                rows[path] = [key, *state]
        keep(self._file, self._made_by, json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())

    def _read(self) -> dict[str, list[object]]:
        rows: dict[str, list[object]] = json.loads(read_kept(self._file, self._made_by) or b"{}")
        return rows

    def _state(self, path: str) -> State | None:
        try:
            found = os.lstat(f"{self._site}/{path}")
        except OSError:
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino

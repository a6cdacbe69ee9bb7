"""KeptPages: which published files were made from what, so that the next build makes only those made from something else.

For every draft (``engine.artifact.Draft``) that was published: its key, how the published file looked, and what it held.
Both key and look as they were, and the file is kept unread; one that only looks another way (a site and its cache that
were copied, or restored between the runs of a CI) is read and kept where it holds the same; anything else is made anew.
Of a bundle: its key, the frames around its pages, and its files, which are kept all together.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tsunagite.engine.digest import digest
from tsunagite.engine.store import Store

NAMESPACE = "pages"
State = tuple[int, int, int, int]
"""Size, time of change, time of change of the entry (ns), inode."""
Frames = Mapping[tuple[str, int], bytes]
"""What stands for the frame of a page, by section and depth."""


class Noted(NamedTuple):
    """The key of every file by its path ("": it has none of its own), which of them are as they were before, and bundles by name."""

    keys: dict[str, str]
    as_before: set[str]
    bundles: dict[str, list[object]]


class KeptPages:
    """What the last build into one folder made, and what this one makes. ``store`` remembers, ``program`` is what makes them.

    The folder is known by where it lies from ``root``, the site's own, so that both may move together.
    """

    def __init__(self, store: Store, root: Path, site_dir: Path, program: str) -> None:
        self._store = store
        self._site = str(site_dir)
        self._salt = digest(os.path.relpath(site_dir, root), program)
        self._before, self._bundles = self._read()
        self._now = Noted({}, set(), {})

    @property
    def knows_any(self) -> bool:
        """Whether anything is known of a last build."""
        return bool(self._before)

    def has(self, path: str, key: bytes) -> bool:
        """Tell whether a file was made from the same and still is as it was published. Either way it is noted for next time."""
        made_from = self._made_from(key)
        self._now.keys[path] = made_from
        known = self._before.get(path)
        if known is None or known[0] != made_from or not self._is_as_it_was(path):
            return False
        self._now.as_before.add(path)
        return True

    def bundled(self, name: str, key: bytes, frame: Callable[[str, int], bytes]) -> list[str]:
        """Return the paths of a bundle that was made from the same, none where it was not, or where one file is not as it was published."""
        made_from, frames, paths = self._bundles.get(name) or ("", [], [])
        if made_from != self._made_from(key) or any(
            frame(section, depth).hex() != state for section, depth, state in frames
        ):
            return []
        if not all(map(self._is_as_it_was, paths)):
            return []
        self._now.keys.update((path, self._before[path][0]) for path in paths)
        self._now.as_before.update(paths)
        self._now.bundles[name] = self._bundles[name]
        return paths

    def bundle(self, name: str, key: bytes, frames: Frames, paths: Iterable[str]) -> None:
        """Note that a bundle was made: ``frames`` stand around its pages."""
        self._now.bundles[name] = [
            self._made_from(key),
            [[*place, state.hex()] for place, state in frames.items()],
            list(paths),
        ]
        for path in paths:
            self._now.keys.setdefault(path, "")

    def noted(self) -> Noted:
        """Return what was noted, for ``note`` in another process."""
        return self._now

    def note(self, noted: Noted) -> None:
        """Note what another process has noted."""
        self._now.keys.update(noted.keys)
        self._now.as_before.update(noted.as_before)
        self._now.bundles.update(noted.bundles)

    def save(self) -> None:
        """Remember what was made, once everything is published; nobody has touched what was left as it was."""
        rows: dict[str, list[object]] = {}
        for path, key in self._now.keys.items():
            if path in self._now.as_before:
                rows[path] = self._before[path]
            elif state := self._state(path):
                rows[path] = [key, self._content(path), *state]
        self._store.put(
            NAMESPACE,
            self._salt,
            json.dumps([rows, self._now.bundles], ensure_ascii=False, separators=(",", ":")).encode(),
        )

    def _read(self) -> tuple[dict[str, Any], dict[str, Any]]:
        rows, bundles = json.loads(self._store.get(NAMESPACE, self._salt) or b"[{}, {}]")
        return rows, bundles

    def _made_from(self, key: bytes) -> str:
        return hashlib.blake2b(self._salt + key, digest_size=16).hexdigest()

    def _is_as_it_was(self, path: str) -> bool:
        known = self._before.get(path)
        state = self._state(path)
        if known is None or state is None:
            return False
        if known[2:] == list(state):
            return True
        if known[2] != state[0] or known[1] != self._content(path):
            return False
        known[2:] = state
        return True

    def _content(self, path: str) -> str:
        with Path(self._site, path).open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()

    def _state(self, path: str) -> State | None:
        try:
            found = os.lstat(f"{self._site}/{path}")
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino

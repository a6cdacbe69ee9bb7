"""FileState: how a file looks without opening it."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple


class FileState(NamedTuple):
    """What the file system says of a file: its mode, size (bytes), last change of it and of its entry (ns), inode."""

    mode: int
    size: int
    changed: int
    entry_changed: int
    inode: int

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> FileState:
        """Look at a file or link. Raises OSError where it is gone."""
        found = os.lstat(path)
        return cls(found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)

    @property
    def is_regular(self) -> bool:
        """Whether this is a file, and neither a link nor a folder."""
        return stat.S_ISREG(self.mode)

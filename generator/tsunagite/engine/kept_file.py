"""Files in which a build keeps something for the next: whole, and by the same maker, or as good as none.

Nothing here raises: what cannot be read was never kept, and what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

_SIZE = hashlib.blake2b().digest_size


def read_kept(path: Path, made_by: str) -> bytes | None:
    """Return what was kept in a file, None where there is nothing, nothing whole, or something of another maker."""
    try:
        held = path.read_bytes()
    except OSError:
        return None
    return held[_SIZE:] if held[:_SIZE] == _digest(made_by, held[_SIZE:]) else None


def keep(path: Path, made_by: str, content: bytes) -> None:
    """Keep ``content`` in a file; ``made_by`` stands for everything that decides what it means."""
    waiting = path.with_name(f"{path.name}-{os.getpid()}.new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(_digest(made_by, content) + content)
        waiting.replace(path)


def _digest(made_by: str, content: bytes) -> bytes:
    digest = hashlib.blake2b(made_by.encode())
    digest.update(content)
    return digest.digest()

"""Merging two changes of one text with ``git merge-file``, as Git merges branches."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path


def merge_texts(mine: str, base: str, theirs: str) -> str | None:
    """Return ``mine`` with the changes that led from ``base`` to ``theirs``; None where both changed one place, or where there is no Git."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("mine", "base", "theirs")]
        for path, text in zip(paths, (mine, base, theirs), strict=True):
            path.write_text(text, encoding="utf-8", newline="")
        try:
            run = subprocess.run(["git", "merge-file", "--stdout", *map(str, paths)], capture_output=True, check=False)  # noqa: S607 - Git of the path
        except FileNotFoundError:
            return None
    return run.stdout.decode("utf-8") if run.returncode == 0 else None

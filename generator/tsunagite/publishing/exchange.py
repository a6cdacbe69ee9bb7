"""Two folders change their places in one step, so that a web server finds one of them at every moment."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths begin where the program runs."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""
_ASIDE = ".aside"


def exchange(folder: Path, other: Path) -> None:
    """Let two folders of one file system change their places.

    Linux and macOS do it in one step. Elsewhere, and on file systems that cannot, three renames do it: between the first two the
    folder is not there, for well below a millisecond. ``finished`` goes on where a program was stopped between them.
    """
    if _in_one_step(folder, other):
        return
    aside = _aside(folder)
    folder.rename(aside)
    other.rename(folder)
    aside.rename(other)


def finished(folder: Path, other: Path) -> bool:
    """Tell whether no exchange was stopped half-way; finish it if one was."""
    aside = _aside(folder)
    if not aside.is_dir():
        return True
    if not folder.exists():
        other.rename(folder)
    aside.rename(other)
    return False


def _aside(folder: Path) -> Path:
    return folder.with_name(folder.name + _ASIDE)


def _in_one_step(folder: Path, other: Path) -> bool:
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows has no such library
        return False
    paths = os.fsencode(folder), os.fsencode(other)
    if hasattr(library, "renameat2"):
        return bool(library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0)
    if hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*paths, _EXCHANGE) == 0)
    return False

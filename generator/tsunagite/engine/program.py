"""The program itself as one word: a cache trusts what it holds only where the same program would make it again."""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
CACHE = ".tsunagite-cache"
"""The folder in a site's own where builds keep what the next one can use. It may be deleted at any time."""
LIST_NAME = ".tsunagite-files"
"""The file of a published site that names all files a build has put there."""
PROFESSIONAL_MARK = ".tsunagite-professional"
"""Lies in a folder that was put together for the professional edition, and in that edition itself."""
LIBRARIES = ("icalendar", "jpholiday", "phonenumbers", "pydantic", "pydantic-core", "PyYAML")
"""The libraries that decide what is kept: records, holidays, and the entries of calendars."""
_DECIDING = (".py", ".csv", ".txt", ".yml")
"""Endings of our files that a function reads whose result is kept."""


@cache
def reading_program() -> str:
    """Return the digest of everything that decides how a file becomes a record: our source and data files, Python, the libraries.

    Contents and not times, so that a cache may move to another machine (or be kept between the runs of a CI) with its site.
    """
    digest = hashlib.sha256(f"{sys.version} {[_version(name) for name in LIBRARIES]}".encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in _DECIDING and "assets" not in path.relative_to(PACKAGE).parts:
            content = path.read_bytes()
            digest.update(f"\n{path.relative_to(PACKAGE).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


@cache
def engine_fingerprint() -> str:
    """Return the digest of everything that decides how a record becomes a page: all our files but fetched assets, our scripts made small, and what is installed."""
    digest = hashlib.sha256(f"{reading_program()} {_installed()}".encode())
    for folder in (PACKAGE, theme_layer()):
        for path in sorted(folder.rglob("*")):
            if (
                path.suffix not in ("", ".py", ".pyc")
                and ("assets" not in path.relative_to(folder).parts or path.name == "scripts.json")
                and path.is_file()
            ):
                content = path.read_bytes()
                digest.update(f"\n{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _installed() -> list[str]:
    """Return name and version of every installed library, as the names of their folders say them."""
    return sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


def theme_layer() -> Path:
    """Return the folder of our theme layer: inside a built wheel, or overrides/ of a source tree."""
    packaged = PACKAGE / "overrides"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / "overrides"


def shared_content() -> Path:
    """Return the folder of the guides that come with tsunagite: inside a built wheel, or content/ of a source tree."""
    packaged = PACKAGE / "content"
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / "content"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # pragma: no cover - installed by other means
        return ""

"""Write the version of a git tag into the package, and print what CHANGELOG.md says of it: `python generator/release.py v1.2.0`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAG = re.compile(r"v(\d+\.\d+\.\d+)")
ASSIGNMENT = re.compile(r'^__version__ = ".*"$', re.MULTILINE)


class NotReleasableError(ValueError):
    """The tag is no version, or CHANGELOG.md has no dated section for it."""


def section(changelog: str, version: str) -> str:
    """Return the text of ``## <version>（YYYY-MM-DD）``, without its heading. Raises NotReleasableError."""
    head = rf"^## {re.escape(version)}（\d{{4}}-\d{{2}}-\d{{2}}）$"
    match = re.search(rf"{head}\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if match is None or not match[1].strip():
        raise NotReleasableError(
            f"CHANGELOG.md に「## {version}（年-月-日）」の見出しと中身がありません / no dated section of this version"
        )
    return match[1].strip() + "\n"


def version_of(tag: str) -> str:
    """Return the version that a tag names. Raises NotReleasableError."""
    match = TAG.fullmatch(tag)
    if match is None:
        raise NotReleasableError(f"{tag}: v1.2.0 の形ではありません / a tag is v1.2.0")
    return match[1]


def main() -> None:
    """Check the tag and the changelog, then write ``__version__``; the notes of the release go to standard output."""
    try:
        version = version_of(sys.argv[1] if len(sys.argv) == 2 else "")
        notes = section((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    except NotReleasableError as error:
        sys.exit(str(error))
    package = ROOT / "generator" / "tsunagite" / "__init__.py"
    package.write_text(
        ASSIGNMENT.sub(f'__version__ = "{version}"', package.read_text(encoding="utf-8")), encoding="utf-8"
    )
    print(notes, end="")


if __name__ == "__main__":
    main()

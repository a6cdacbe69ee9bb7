"""Writes what a long run has measured into its section of docs/proofs.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "proofs.md"
HEAD = """\
# Proofs

What the long runs of tests have found. Each section is written by its command; run it again before a release.
"""


def write_section(title: str, command: str, lines: Sequence[str]) -> None:
    """Write a section, in the place of the one of an earlier run, or at the end."""
    text = FILE.read_text(encoding="utf-8") if FILE.is_file() else HEAD
    section = f"## {title}\n\n`{command}`\n\n" + "\n".join(lines) + "\n"
    before = re.compile(rf"## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    made = before.sub(lambda _: section.rstrip("\n"), text) if before.search(text) else f"{text.rstrip()}\n\n{section}"
    FILE.write_text(made.rstrip("\n") + "\n", encoding="utf-8")

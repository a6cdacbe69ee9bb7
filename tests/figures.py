"""Writes what a long run has measured into its section of docs/proofs.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "proofs.md"
HEAD = """\
# Proofs

What the long runs of tests have found. Each section is written by its command; run it again before a release. What stands below a heading
"By hand" was measured once by hand, and stays when the command writes its section again.
"""
BY_HAND = "\n### By hand"


def write_section(title: str, command: str, lines: Sequence[str], file: Path = FILE) -> None:
    """Write a section, in the place of the one of an earlier run, or at the end; what was measured by hand stays below it."""
    text = file.read_text(encoding="utf-8") if file.is_file() else HEAD
    before = re.search(rf"## {re.escape(title)}\n.*?(?=\n## |\Z)", text, re.DOTALL)
    by_hand = before[0].partition(BY_HAND) if before else ("", "", "")
    section = f"## {title}\n\n`{command}`\n\n" + "\n".join(lines) + "\n" + "".join(by_hand[1:]).rstrip("\n")
    if before:
        made = text[: before.start()] + section.rstrip("\n") + "\n" + text[before.end() :]
    else:
        made = f"{text.rstrip()}\n\n{section}"
    file.write_text(made.rstrip("\n") + "\n", encoding="utf-8")

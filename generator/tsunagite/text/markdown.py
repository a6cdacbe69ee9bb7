"""Markdown for comments of a forge: text shown as it is, tables, and parts that are folded until somebody opens them.

Texts come from records, so nothing in them may become a heading, a link, HTML, a mention of a person (@) or of an issue (#).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]~|$])")
_REFERENCE = re.compile(
    r"(?<![A-Za-z0-9_])([@#!%])(?=[A-Za-z0-9_\"])"
)  # forges look for these after Markdown was read: no escape helps
_FIRST = re.compile(r"^(\d{1,9}(?=[.)](?: |$))|(?=[#+=-]))")
_BREAK = "\u200b"
"""A blank without width: after @ and # it keeps a forge from calling somebody (as Dependabot and Renovate do)."""


def plain(text: str) -> str:
    """Return a text that the Markdown of a forge shows as it is, on one line."""
    return _REFERENCE.sub(rf"\1{_BREAK}", escaped(text))


def paragraph(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line that is neither a heading nor the item of a list."""
    return _FIRST.sub(r"\1\\", escaped(text))


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is inside a line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def table_row(cells: Iterable[str]) -> str:
    """Return a row of a table; the cells are Markdown."""
    return "| " + " | ".join(cells) + " |"


def table_head(titles: Sequence[str]) -> list[str]:
    """Return the first two lines of a table."""
    return [table_row(titles), "|" + "---|" * len(titles)] if titles else []


def folded(title: str, lines: Iterable[str]) -> list[str]:
    """Return lines that one line stands for until somebody opens them."""
    return [f"<details><summary>{title}</summary>", "", *lines, "", "</details>"]


def count_visible(lines: Iterable[str]) -> int:
    """Count the lines that are seen before anything is unfolded; blank ones take no room."""
    depth = seen = 0
    for line in lines:
        seen += bool(line.strip()) and depth == 0
        depth += line.startswith("<details>") - line.startswith("</details>")
    return seen

"""Markdown files: their YAML head, between two ``---`` lines, and their comments, which are for editors alone."""

from __future__ import annotations

import re

# Code comes first: a comment inside is an example. A comment that is never closed hides the rest, as in a browser.
_CODE_OR_COMMENT = re.compile(r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`)|<!--.*?(?:-->|\Z)", re.DOTALL)


def without_comments(markdown: str) -> str:
    """Return Markdown without its HTML comments: nobody wrote them for the public. Lines keep their numbers."""
    return _CODE_OR_COMMENT.sub(lambda found: found[1] or "\n" * found[0].count("\n"), markdown)


def head_and_body(text: str) -> tuple[str, str] | None:
    """Split the text of a guide at its two ``---`` lines; None where they are missing.

    The head keeps its line numbers: its first line is blank, where ``---`` stood.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return "\n" + "".join(lines[1:number]), "".join(lines[number + 1 :])
    return None

"""Front matter: the YAML head of a Markdown file, between its two ``---`` lines."""

from __future__ import annotations


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

"""What went wrong in a text that is no YAML, in the words of the person who wrote it: code, line and column.

libyaml says "mapping values are not allowed in this context"; a clerk needs to hear that a line has two colons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what YAML 1.1 counts as the end of a line
_FULL_WIDTH_COLON = re.compile(r"\s*(?:- )?[a-z_]+\s*：")
_COLON_WITHOUT_BLANK = re.compile(r"\s*(?:- )?[a-z_]+:(?=[^\s:/])")
_TWO_COLONS = re.compile(r"\s*(?:- )?[^\s:]+:\s+\S")
_WIDE_BLANK = re.compile(r"[ \t]*\u3000")

Mark = tuple[int, int]  # line and column, counted from 0


@dataclass(frozen=True)
class Mistake:
    """A finding to be: its code, line and column (counted from 1), and the character it speaks of, if any."""

    code: str
    line: int
    column: int
    character: str = ""


def explain(text: str, problem: str, at: Mark, context_at: Mark | None) -> Mistake:
    """Say what libyaml's ``problem`` at ``at`` (found in something that began at ``context_at``) means to the writer."""
    lines = _LINE_BREAK.split(text)
    began = context_at or at
    near = list(dict.fromkeys((at[0], began[0], max(at[0] - 1, 0))))
    return (
        _typing_slip(lines, near)
        or _scalar_or_bracket(lines, problem, at, began)
        or _structure(lines, problem, at, began)
        or Mistake("Y102", at[0] + 1, at[1] + 1)
    )


def _typing_slip(lines: list[str], near: list[int]) -> Mistake | None:
    """Find what an input method or a word processor leaves behind on one of the lines concerned."""
    for number in near:
        line = lines[number] if number < len(lines) else ""
        head = line[: len(line) - len(line.lstrip())]
        if "\t" in head:
            return Mistake("Y109", number + 1, head.index("\t") + 1)
        if _WIDE_BLANK.match(line):
            return Mistake("Y118", number + 1, head.index("\u3000") + 1)
        if found := _FULL_WIDTH_COLON.match(line):
            return Mistake("Y110", number + 1, found.end())
        if found := _COLON_WITHOUT_BLANK.match(line):
            return Mistake("Y112", number + 1, found.end())
    return None


def _scalar_or_bracket(lines: list[str], problem: str, at: Mark, began: Mark) -> Mistake | None:
    """Explain a quotation mark or bracket left open, and a character that must be quoted."""
    if "unexpected end of stream" in problem:
        return Mistake("Y116", began[0] + 1, began[1] + 1)
    if "expected ',' or" in problem:
        return Mistake("Y117", began[0] + 1, began[1] + 1)
    if "cannot start any token" in problem:
        return Mistake("Y119", at[0] + 1, at[1] + 1, lines[at[0]][at[1] : at[1] + 1])
    if "alphabetic or numeric" in problem:
        return Mistake("Y104", began[0] + 1, began[1] + 1)
    backslash = lines[at[0]].rfind("\\", 0, at[1] + 1) if at[0] < len(lines) else -1
    if backslash >= 0 and ("escape" in problem or "hexdecimal" in problem):
        return Mistake("Y121", at[0] + 1, backslash + 1)
    return None


def _structure(lines: list[str], problem: str, at: Mark, began: Mark) -> Mistake | None:
    """Explain lines that do not fit together: colons, indentation, several documents."""
    line = lines[at[0]] if at[0] < len(lines) else ""
    indent = len(line) - len(line.lstrip())
    if "another document" in problem or "document start" in problem:
        return Mistake("Y120", at[0] + 1, at[1] + 1)
    if "expected ':'" in problem:
        return Mistake("Y111", began[0] + 1, began[1] + 1)
    if "mapping values are not allowed" in problem:
        two = _TWO_COLONS.match(line[: at[1]])
        return Mistake("Y113", at[0] + 1, at[1] + 1) if two else Mistake("Y114", at[0] + 1, indent + 1)
    if "expected key" in problem or "'-' indicator" in problem:
        return Mistake("Y115" if at[1] > indent else "Y114", at[0] + 1, at[1] + 1)
    return None

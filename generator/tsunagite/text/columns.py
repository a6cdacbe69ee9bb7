"""Plain text in columns, as mail shows it: a Japanese character takes two columns, a Latin one takes one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_NOT_FIRST = frozenset("、。，．・：；？！ー～々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ」』）】〉》〕］｝,.!?)]}:;%")
"""Characters that no line may begin with (行頭禁則)."""
_NOT_LAST = frozenset("「『（【〈《〔［｛([{")
"""Characters that no line may end with (行末禁則)."""


def columns(text: str) -> int:
    """Return how many columns a text takes; what is wide in East Asia, or may be (※, ①), takes two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def wrapped(text: str, width: int, indent: str = "", first: str = "") -> Iterator[str]:
    """Yield a text as lines of at most ``width`` columns. ``first`` begins the first line, ``indent`` the others.

    A run of Latin characters, such as an address, is not cut: where it alone is wider than a line it stands on a line of its own.
    """
    line, start = first, len(first)
    for piece in _pieces(" ".join(text.split())):
        if columns(line + piece) > width and len(line) > start:
            yield line.rstrip()
            line, start = indent + piece.lstrip(), len(indent)
        else:
            line += piece
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between which a line may end."""
    piece = ""
    for character in text:
        joined = (
            piece
            and character != " "
            and (character in _NOT_FIRST or piece[-1] in _NOT_LAST or (_is_narrow(character) and _is_narrow(piece[-1])))
        )
        if piece and not joined:
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _is_narrow(character: str) -> bool:
    return character != " " and columns(character) == 1

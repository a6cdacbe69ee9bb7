"""A text of a record on one line of a paper."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[\t\r\n\x0b\x0c\u0085\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return the text on one line, without control characters, which no font can show."""
    return "".join(c for c in _BLANKS.sub(" ", text) if unicodedata.category(c) != "Cc").strip()

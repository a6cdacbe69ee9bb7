"""The dictionary of readings that comes with the program (``records/readings.txt``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tsunagite.text.furigana import as_dictionary

FILE = Path(__file__).parent.parent / "readings.txt"


@cache
def built_in_readings() -> Mapping[str, str]:
    """Return every word with the reading of its kanji, read once in a process."""
    return as_dictionary(FILE.read_text(encoding="utf-8").splitlines())

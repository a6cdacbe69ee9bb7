"""The word lists that come with the program: readings (``records/readings.txt``), plain words for loan words (``records/loan_words.txt``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tsunagite.text.furigana import as_dictionary

FILE = Path(__file__).parent.parent / "readings.txt"
LOAN_WORDS = Path(__file__).parent.parent / "loan_words.txt"


@cache
def built_in_readings() -> Mapping[str, str]:
    """Return every word with the reading of its kanji, read once in a process."""
    return as_dictionary(FILE.read_text(encoding="utf-8").splitlines())


@cache
def built_in_loan_words() -> Mapping[str, str]:
    """Return every loan word with what a guide may say instead, read once in a process."""
    return as_dictionary(LOAN_WORDS.read_text(encoding="utf-8").splitlines())

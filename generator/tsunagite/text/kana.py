"""Readings: what counts as one, and the row of the 五十音 it belongs to."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tsunagite.text.normalize import hiragana, nfkc

_READING = re.compile(r"[ぁ-ゖー・\s0-9a-zA-Z.,&'\-]+")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
ROWS = ("あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ")
_ROW_ENDS = "おこそとのほもよろん"


def as_reading(text: str) -> str:
    """Return a reading in hiragana (katakana and half-width kana are accepted as input)."""
    return hiragana(nfkc(text))


def is_reading(text: str) -> bool:
    """Tell whether ``text`` (as returned by ``as_reading``) holds kana, digits and Latin letters only."""
    return bool(_READING.fullmatch(text))


def is_hiragana(text: str) -> bool:
    """Tell whether ``text`` is hiragana and long vowels alone: most readings are written so, and ``as_reading`` leaves them."""
    return bool(_HIRAGANA.fullmatch(text))


def row_of(reading: str) -> str:
    """Return the 五十音 row (あ ... わ) of a reading, or "" where the first letter is not kana."""
    return _row_of_letter(reading[0]) if reading else ""


@cache
def _row_of_letter(letter: str) -> str:
    first = unicodedata.normalize("NFD", hiragana(letter))[0]
    small = {"ぁ": "あ", "ぃ": "い", "ぅ": "う", "ぇ": "え", "ぉ": "お", "っ": "つ", "ゃ": "や", "ゅ": "ゆ", "ょ": "よ"}
    first = small.get(first, first)
    if not "ぁ" <= first <= "ん":
        return ""
    return next((row for row, end in zip(ROWS, _ROW_ENDS, strict=True) if first <= end), "わ")


def sort_key(reading: str, name: str) -> tuple[str, str]:
    """Return the key of 五十音 order: voiced and small kana beside their plain form, names without reading last."""
    plain = "".join(c for c in unicodedata.normalize("NFD", as_reading(reading)) if not unicodedata.combining(c))
    return (plain or "\uffff" + name, name)

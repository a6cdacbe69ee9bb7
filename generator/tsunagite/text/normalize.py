"""Normal forms used to compare what people wrote (never to change what is shown)."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_HYPHENS = re.compile(r"[‐‑‒–—―−－ｰ]")
_HALF_KANA = re.compile("[｡-ﾟ]+")
_DASH = re.compile(r"(?<=[0-9])[ー‐‑‒–—―−](?=[0-9])|(?<![ぁ-ゖァ-ヺーｦ-ﾟ])ｰ(?=[0-9０-９])")
_UNUSUAL = re.compile(f"[｡-ﾟ]|{_DASH.pattern}")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_HIRAGANA = {hiragana: katakana for katakana, hiragana in _KATAKANA.items()}


def nfkc(text: str) -> str:
    """Return the NFKC form with surrounding blanks removed: full-width digits and half-width kana become usual."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()  # ASCII is its own NFKC form


def hiragana(text: str) -> str:
    """Return ``text`` with katakana turned into hiragana."""
    return text.translate(_KATAKANA)


def katakana(text: str) -> str:
    """Return ``text`` with hiragana turned into katakana, as open data forms want readings."""
    return text.translate(_HIRAGANA)


def plain_hyphens(text: str) -> str:
    """Return ``text`` with every kind of hyphen but the long vowel mark turned into ``-``."""
    return _HYPHENS.sub("-", text)


def usual_letters(text: str) -> str:
    """Return ``text`` with full-width kana for half-width ones, and with ``-`` for the other dashes of house numbers (5ｰ11, 12‐8).

    A long vowel mark behind kana stays one. Digits and letters keep their width.
    """
    if not _UNUSUAL.search(text):
        return text
    text = _DASH.sub("-", text)
    return unicodedata.normalize("NFC", _HALF_KANA.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text))


def compare_key(text: str) -> str:
    """Return the form under which two spellings of one name are equal: NFKC, hiragana, lower case, no blanks."""
    return unicodedata.normalize("NFC", _BLANKS.sub("", hiragana(nfkc(text)).lower()))

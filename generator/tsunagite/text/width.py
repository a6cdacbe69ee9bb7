"""How wide a text is before it is set, in ems of our proportional font: close enough to choose what fits."""

from __future__ import annotations


def ems(text: str) -> float:
    """Estimate the width of a text in ems. Kana are narrower than kanji in a proportional font."""
    return sum(0.62 if c.isascii() else 0.9 if "\u3000" <= c <= "\u30ff" else 1.0 for c in text)

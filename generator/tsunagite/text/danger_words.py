"""Words of emergencies as somebody types them in distress: one plain form, and patterns of groups with something between.

``vocabulary/emergency.yml`` says how a pattern is written. ``browser/emergency.js`` reads the same patterns and makes the same
plain form; a test holds them together. The folding of the search (``search_key``) is not used here: it drops okurigana next to kanji,
so that a piece of a word would not stand in the folded sentence any more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BREAKS = re.compile(r"[。.!?\n]+")
_NOTHING = re.compile(r"[ー~〜・'’\"「」『』()（）…‐-]+")
_BLANKS = re.compile(r"[\s、,/]+")
_KANA = re.compile("[ぁ-ゖ]+")
SAYS_LITTLE = 20
"""So often a piece that says little counts as standing in ordinary words: it stands in every other sentence."""
LONGEST = 5
"""Characters of the longest piece (as in browser/emergency_signs.js)."""
NUMBERS = 2_097_143
"""A prime below two millions: of a hundred searches with none of the pieces, fewer than ten meet a number by chance."""
_SMALL_AND_TWIN = str.maketrans("ぁぃぅぇぉっゃゅょゎぢづを", "あいうえおつやゆよわじずお")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def plain(text: str) -> str:
    """Return the form in which words and queries are compared: hiragana without long marks and small kana, sentences ended by ``|``."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_HIRAGANA)
    text = _BREAKS.sub("|", text)
    return _BLANKS.sub(" ", _NOTHING.sub("", text).translate(_SMALL_AND_TWIN)).strip()


def groups(word: str) -> tuple[tuple[str, ...], ...]:
    """Return a pattern as groups in the order they are typed, each with its alternatives in plain form (``~`` kept at their end)."""
    return tuple(tuple(dict.fromkeys(_plain_part(one) for one in part.split("/") if one)) for part in word.split())


def _plain_part(part: str) -> str:
    return plain(part.removesuffix("~")) + ("~" if part.endswith("~") else "")


def signs(words: Iterable[str], alone: Iterable[str], ordinary: str) -> list[str]:
    """Return pieces of which one stands in every text that a pattern of ``words`` fits, or that is a word of ``alone``.

    Of the groups of a pattern the one is taken that adds the fewest pieces, those counted more that stand in ``ordinary`` (words of other
    days, in plain form). The browser fetches the patterns of a danger only where it meets one of its pieces.
    """
    found = {_sign(plain(word)) for word in alone}
    choices = ([_pieces(group) for group in groups(word)] for word in words)
    for choice in sorted(choices, key=lambda groups: min(map(len, groups))):
        found |= min(
            choice, key=lambda pieces: sum(_cost(piece, ordinary) for piece in pieces if not _begun(piece, found))
        )
    return sorted(piece for piece in found if not _begun(piece[:-1], found))


def number_of(piece: str) -> int:
    """Return the number that stands for a piece: pages carry the numbers, which are shorter than the words."""
    number = 0
    for character in piece:
        number = (number * 65_599 + ord(character)) % NUMBERS
    return number


def _begun(piece: str, found: set[str]) -> bool:
    return any(piece[:end] in found for end in range(1, len(piece) + 1))


def _cost(piece: str, ordinary: str) -> int:
    """Return what a piece costs: itself, and how often it stands in ordinary words, more for what says little (digits, 1 or 2 kana)."""
    little = piece.isdigit() or (len(piece) < 3 and _KANA.fullmatch(piece))
    return 2 + ordinary.count(piece) + (SAYS_LITTLE if little else 0)


def _pieces(group: tuple[str, ...]) -> frozenset[str]:
    return frozenset(piece for alternative in group for piece in _ends(alternative))


def _ends(alternative: str) -> tuple[str, ...]:
    """Return the beginning of a word, and its end too where it may be mistyped: one wrong character spoils only one of them."""
    word = alternative.rstrip("~")
    return (word[:2], word[-2:]) if alternative.endswith("~") else (_sign(word),)


def _sign(word: str) -> str:
    """Return the beginning of a word in plain form that tells it: letters and kana say little, kanji much."""
    longest = LONGEST if word.isascii() else 4 if _KANA.fullmatch(word[:2]) else 3
    return word[:longest].split("_", maxsplit=1)[0].split(" ", maxsplit=1)[0]

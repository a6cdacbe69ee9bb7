"""Words of emergencies as somebody types them in distress: one plain form, and patterns of groups with something between.

``vocabulary/emergency.yml`` says how a pattern is written. ``browser/emergency.js`` reads the same patterns and makes the same
plain form; a test holds them together. The folding of the search (``search_key``) is not used here: it drops okurigana next to kanji,
so that a piece of a word would not stand in the folded sentence any more.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"[。.!?\n]+")
_NOTHING = re.compile(r"[ー~〜・'’\"「」『』()（）…‐-]+")
_BLANKS = re.compile(r"[\s、,/]+")
_KANA = re.compile("[ぁ-ゖ]+")
SAYS_LITTLE = 20
"""So often a piece that says little counts as standing in ordinary words: it stands in every other sentence."""
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


def signs(word: str, ordinary: str) -> tuple[str, ...]:
    """Return pieces of which one stands in every text that a pattern fits: the browser fetches the patterns only where it meets one.

    Of the groups the one is taken whose pieces stand least often in ``ordinary`` (words of other days, in plain form), then the one
    whose shortest piece is longest, then the one with the fewest.
    """
    found = [tuple(dict.fromkeys(piece for one in group for piece in _ends(one))) for group in groups(word)]
    return min(found, key=lambda pieces: (sum(_commonness(piece, ordinary) for piece in pieces), len(pieces)))


def _commonness(piece: str, ordinary: str) -> int:
    """Return how often a piece stands in ordinary words, more for what says little: digits, and a piece of one or two kana (ない, して)."""
    little = piece.isdigit() or (len(piece) < 3 and _KANA.fullmatch(piece))
    return ordinary.count(piece) + (SAYS_LITTLE if little else 0)


def _ends(alternative: str) -> tuple[str, ...]:
    """Return the beginning of a word, and its end too where it may be mistyped: one wrong character spoils only one of them."""
    word = alternative.rstrip("~")
    return (word[:2], word[-2:]) if alternative.endswith("~") else (sign(word),)


def sign(word: str) -> str:
    """Return the beginning of a word in plain form that tells it: kana alone say little, kanji much."""
    return word[: 4 if _KANA.fullmatch(word[:2]) else 3].split("_", maxsplit=1)[0]

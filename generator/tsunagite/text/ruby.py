"""Furigana: which part of a reading stands over which part of a name. A name it cannot divide keeps its reading whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from tsunagite.text.normalize import hiragana

Ruby = tuple[tuple[str, str], ...]
"""Pieces of a name in order, each with its reading ("" where it needs none)."""

Division = tuple[str, ...]
"""The reading of each run of kanji, in their order."""

_KANJI = re.compile(r"[々〆\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_SPELT = re.compile(r"[\u3041-\u3096ー]+")
_UNHEARD = re.compile(r"[^\u3041-\u3096ー0-9a-z]")
_HEARD_AS_ANOTHER = {"は": "はわ", "へ": "へえ", "を": "をお", "ー": "ーあいうえお"}
_LEGAL_FORM = re.compile(
    r"(医療法人(社団|財団)?|社会福祉法人|一般社団法人|公益社団法人|一般財団法人|公益財団法人|特定非営利活動法人|NPO法人|株式会社|有限会社|合同会社)"
    r"[^\s会]{0,6}会(?=[^\s館場員議社計])\s*|"
    r"(医療法人(社団|財団)?|社会福祉法人|一般社団法人|公益社団法人|一般財団法人|公益財団法人|特定非営利活動法人|NPO法人|株式会社|有限会社|合同会社)\s*"
)
MOST_PER_KANJI = 4
"""Morae of the longest readings of one character (志 こころざし is rarer than a reading that belongs to something else)."""


def legal_form(name: str) -> str:
    """Return what a name begins with that says whose it is and that nobody says aloud (医療法人社団○○会), or ""."""
    found = _LEGAL_FORM.match(name)
    return found[0] if found and found.end() < len(name) else ""


def ruby(name: str, reading: str) -> Ruby | None:
    """Divide a name into pieces with their readings, or return None where the reading does not follow the name.

    Kana of the name must stand in the reading; what lies between is the reading of the characters there. More than one
    way to divide, or more sounds than characters can have, is a reading of something else and is not guessed at.
    """
    words, sounds = (re.split(r"([\s・]+)", text) for text in (name, reading))
    if len(words) == len(sounds) > 1:
        parts = [_part(word, sound) for word, sound in zip(words, sounds, strict=True)]
        if all(part is not None for part in parts):
            return tuple(piece for part in parts if part for piece in part if piece[0])
    return _part(name, reading)


def _part(name: str, reading: str) -> Ruby | None:
    runs = [(kind, "".join(group)) for kind, group in groupby(name, key=_kind)]
    if not any(kind == "kanji" for kind, _ in runs):
        return ((name, ""),)
    divisions = _divisions(runs, _UNHEARD.sub("", _plain(reading)))
    if len(divisions) != 1:
        return None
    readings = iter(divisions.pop())
    return tuple((text, next(readings) if kind == "kanji" else "") for kind, text in runs)


def _divisions(runs: Sequence[tuple[str, str]], heard: str) -> set[Division]:
    """Return the ways to divide what is heard among the kanji of ``runs``: none, the one, or two or more of many."""
    begun: dict[int, set[Division]] = {
        0: {()}
    }  # the ways so far, by the place up to which they have used what is heard
    for kind, text in runs:
        longer: dict[int, set[Division]] = {}
        for start, ways in begun.items():
            for end in _ends(kind, text, heard, start):
                more = {(*way, heard[start:end]) for way in ways} if kind == "kanji" else ways
                longer[end] = longer[end] | more if end in longer else more
        begun = {end: ways if len(ways) < 3 else set(list(ways)[:2]) for end, ways in longer.items()}
    return begun.get(len(heard), set())


def _ends(kind: str, text: str, heard: str, start: int) -> range:
    """Return where a run may end that is heard from ``start`` on. Letters and digits stand in the reading as they are, or are spelt out."""
    size = len(text)
    if kind == "kana":
        sounds = zip(hiragana(text), heard[start : start + size], strict=False)
        follows = start + size <= len(heard) and all(sound in _HEARD_AS_ANOTHER.get(c, c) for c, sound in sounds)
        return range(start + size, start + size + follows)
    spelt = _SPELT.match(heard, start)
    last = spelt.end() if spelt else start
    if kind == "kanji":
        return range(start + size, min(start + MOST_PER_KANJI * size, last) + 1)
    letters = _UNHEARD.sub("", _plain(text))
    if heard.startswith(letters, start):  # also where there are none
        return range(start + len(letters), start + len(letters) + 1)
    return range(start + 1, last + 1)


def _plain(text: str) -> str:
    """Return a text in hiragana, its letters and digits half as wide and small."""
    return hiragana(unicodedata.normalize("NFKC", text)).lower()


def _kind(character: str) -> str:
    if _KANJI.match(character):
        return "kanji"
    return "kana" if _KANA.match(character) or character == "ー" else "other"

"""Furigana: which part of a reading stands over which part of a name. A name it cannot divide keeps its reading whole."""

from __future__ import annotations

import re
from itertools import groupby

from tsunagite.text.normalize import hiragana

Ruby = tuple[tuple[str, str], ...]
"""Pieces of a name in order, each with its reading ("" where it needs none)."""

_KANJI = re.compile(r"[々〆\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
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
    heard = re.sub(r"[^\u3041-\u3096ー]", "", hiragana(reading))
    pattern = "".join(_pattern(kind, text) for kind, text in runs)
    found, other = (re.fullmatch(pattern.replace("*", lazy), heard) for lazy in ("?", ""))
    if found is None or other is None or found.groups() != other.groups():
        return None
    readings = iter(found.groups())
    return tuple((text, next(readings) if kind == "kanji" else "") for kind, text in runs)


def _kind(character: str) -> str:
    if _KANJI.match(character):
        return "kanji"
    return "kana" if _KANA.match(character) or character == "ー" else "other"


def _pattern(kind: str, text: str) -> str:
    if kind == "kanji":
        return f"([\u3041-\u3096ー]{{{len(text)},{MOST_PER_KANJI * len(text)}}}*)"
    if kind == "kana":
        return "".join(f"[{_HEARD_AS_ANOTHER.get(c, c)}]" for c in hiragana(text))
    return "" if not any(c.isalnum() for c in text) else r"[\u3041-\u3096ー]+?"

"""Readings as ASCII words for addresses of pages: Hepburn without long vowels, a hyphen where a name has a joint."""

from __future__ import annotations

import re

_ROWS = {
    "あいうえお": "a i u e o", "かきくけこ": "ka ki ku ke ko", "がぎぐげご": "ga gi gu ge go",
    "さしすせそ": "sa shi su se so", "ざじずぜぞ": "za ji zu ze zo", "たちつてと": "ta chi tsu te to",
    "だぢづでど": "da ji zu de do", "なにぬねの": "na ni nu ne no", "はひふへほ": "ha hi fu he ho",
    "ばびぶべぼ": "ba bi bu be bo", "ぱぴぷぺぽ": "pa pi pu pe po", "まみむめも": "ma mi mu me mo",
    "やゆよ": "ya yu yo", "らりるれろ": "ra ri ru re ro", "わゐゑを": "wa i e o", "んゔ": "n vu",
}  # fmt: skip
_MORAS = {kana: latin for row, words in _ROWS.items() for kana, latin in zip(row, words.split(), strict=True)}
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_SMALL_VOWELS = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
# What stands behind a joint (屋島+西町). 内 (うち) begins a word of its own: せと+うち has no long vowel.
_PARTS = {
    "上": "かみ|うえ", "下": "しも|した", "東": "ひがし", "西": "にし", "南": "みなみ", "北": "きた", "中": "なか",
    "本": "ほん", "甲": "こう", "乙": "おつ", "町": "まち|ちょう",
}  # fmt: skip
_JOINT = re.compile(r".{2}(?:.*[^上下東西南北中本甲乙])?([上下東西南北中本甲乙]+町?)")


def town_slug(name: str, kana: str, number: int | None = None) -> str:
    """Return the slug of a town: 屋島西町 やしまにしまち gives yashima-nishimachi, with number 1 …-1.

    ``kana`` is hiragana without the number; ``name`` shows where the joints are: after 町 inside a name, and before a
    last 上, 東, 西町 and the like.
    """
    words = [joined for part, reading in _at_inner_town(name, kana) for joined in _at_joint(part, reading)]
    slug = "-".join(romaji(reading, "内" in name) for reading in words)
    return slug if number is None else f"{slug}-{number}"


def romaji(reading: str, holds_uchi: bool = False) -> str:
    """Return hiragana as Hepburn: long o and u are written once, ん is always n, other characters are left out."""
    latin = ""
    for kana in reading:
        if kana in _SMALL:
            palatal = latin.endswith(("shi", "chi", "ji"))
            latin = latin[:-1] + ("" if palatal else "y") + _SMALL[kana]
        elif kana in _SMALL_VOWELS:
            latin = latin[:-1] + _SMALL_VOWELS[kana]
        elif kana == "っ":
            latin += "*"
        else:
            latin += _MORAS.get(kana, "")
    latin = re.sub(r"\*(ch)", r"t\1", latin)
    latin = re.sub(r"\*([a-z])", r"\1\1", latin).replace("*", "tsu")
    long_o = r"o(?:o|u(?!chi))+" if holds_uchi else r"o[ou]+"
    return re.sub(r"uu+", "u", re.sub(long_o, "o", latin))


def _at_inner_town(name: str, kana: str) -> list[tuple[str, str]]:
    """Split 香川町浅野 かがわちょうあさの after the 町 of the former municipality."""
    match, reading = (
        re.fullmatch(r"(.[^町]*町)(.+)", name),
        re.fullmatch(r"(.+?(?:ちょう|まち(?!ょ)))(.+)", kana, re.DOTALL),
    )
    return [(match[1], reading[1]), (match[2], reading[2])] if match and reading else [(name, kana)]


def _at_joint(name: str, kana: str) -> list[str]:
    match = _JOINT.fullmatch(name)
    if not match:
        return [kana]
    tail = "".join(f"(?:{_PARTS[c]})" for c in match[1])
    reading = re.fullmatch(rf"(.{{2,}}?)({tail})", kana)
    return [reading[1], reading[2]] if reading else [kana]

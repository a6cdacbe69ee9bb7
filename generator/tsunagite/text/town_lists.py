"""Towns as tables of districts write them: one a cell, or many in a sentence (一丁目から三丁目まで、…を除く). Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tsunagite.text.normalize import nfkc
from tsunagite.text.towns import town_key, without_chome

_PART = re.compile(r"の一部$|\(一部\)$|一部$")
_LIMITED = re.compile(r"\([^()]{0,200}\)|のうち.{0,200}|を除く.{0,20}")
_HOUSES = re.compile(r"[\d\-,から~番地号の及び並びに、]{1,200}")
_RANGE = re.compile(r"(.{1,30}?)から(.{1,30}?)まで(?:全区)?")
_NUMBERED = re.compile(r"(\D{1,20})(\d{1,3})(\D{0,4})")


@dataclass
class NamedTowns:
    """The keys of towns that a text names, whole or a part of each, and the words that name none."""

    whole: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def find_towns(written: str, towns: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """Return the keys of the towns that one name means, and whether it means a part of them alone (今里町の一部).

    The name of a town that is divided into 丁目 means all of them. ``towns`` holds keys (see ``town_key``).
    """
    plain = re.sub(r"\s+", "", nfkc(written))
    name = _PART.sub("", plain)
    limited = _LIMITED.sub("", name)
    return _towns_of(limited, towns), limited != plain


def _towns_of(name: str, towns: Collection[str]) -> tuple[str, ...]:
    key = town_key(name)
    for spelled in (key, key.removeprefix("大字"), f"大字{key}"):
        if spelled in towns:
            return (spelled,)
        if inside := tuple(
            town for town in towns if without_chome(town)[0] == spelled and without_chome(town)[1] is not None
        ):
            return inside
    return ()


def towns_in(text: str, towns: Collection[str]) -> NamedTowns:
    """Return the towns of a sentence of 小中学校通学区域情報: names between ; and 、, ranges of 丁目, parts with house numbers or an exception."""
    found = NamedTowns()
    for item in re.split(r"[;；]", nfkc(text)):
        pieces = list(_pieces(item.strip().rstrip("。")))
        for piece in pieces:
            names = list(_expand(piece))
            for name in names:
                keys, is_part = find_towns(name, towns)
                if not keys:
                    keys, is_part = _before_houses(town_key(name), towns), True
                if keys:
                    (found.parts if is_part else found.whole).extend(keys)
                elif not (piece != pieces[0] and re.match(r"\d", piece)):  # further house numbers of the town before
                    found.unknown.append(name)
    return found


def _before_houses(key: str, towns: Collection[str]) -> tuple[str, ...]:
    """Return the town before house numbers (保津町2丁目8番), () where there is none."""
    for place in range(len(key) - 1, 0, -1):
        if key[place].isdecimal() and (found := _towns_of(key[:place], towns)):
            return found if _HOUSES.fullmatch(key, place) else ()
    return ()


def _pieces(item: str) -> Iterator[str]:
    """Cut an item at 、 and at , outside of brackets."""
    depth, piece = 0, ""
    for character in item:
        depth += (character == "(") - (character == ")")
        if character in "、," and depth <= 0:
            yield from filter(None, [piece.strip()])
            piece = ""
        else:
            piece += character
    yield from filter(None, [piece.strip()])


def _expand(piece: str) -> Iterator[str]:
    """Yield 関戸1丁目, 関戸2丁目, 関戸3丁目 for 関戸1丁目から3丁目まで, anything else as it is."""
    match = _RANGE.fullmatch(town_key(piece))
    first = _NUMBERED.fullmatch(match[1]) if match else None
    last = re.search(r"(\d{1,3})\D{0,4}$", match[2]) if match else None
    if first is None or last is None or not int(first[2]) <= int(last[1]) <= int(first[2]) + 50:
        yield piece
        return
    for number in range(int(first[2]), int(last[1]) + 1):
        yield f"{first[1]}{number}{first[3]}"

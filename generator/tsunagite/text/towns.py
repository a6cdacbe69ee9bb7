"""Town names and addresses: one form for 朝日町一丁目, 朝日町１丁目 and 朝日町1-5, so that lists can be joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from tsunagite.text.normalize import nfkc, plain_hyphens

_DIGITS = {kanji: digit for digit, kanji in enumerate("〇一二三四五六七八九")}
_COUNTED = re.compile(
    r"(?<=第)([〇一二三四五六七八九十]{1,4})(?=号)|(?<![〇一二三四五六七八九十])([〇一二三四五六七八九十]{1,4})(?=丁目)"
)
# Characters that lists of the same city write in two ways.
_VARIANTS = str.maketrans(
    {"籠": "篭", "廐": "厩", "廏": "厩", "ヶ": "ケ", "が": "ケ", "ヵ": "カ", "澤": "沢", "濱": "浜"}
)
_UNUSUAL = re.compile(r"[\s‐‑‒–—―−籠廐廏ヶがヵ澤濱〇一二三四五六七八九十]")
"""What ``town_key`` changes besides what NFKC does."""
_CHOME = re.compile(r"(.*\D|\d)(\d{1,4})丁目")
_COUNTY = 6  # characters of a county before the name of a town, at most
_BLOCKS = re.compile(r"(\d+)(?:-(\d+))?(?:-(\d+))?")


def town_key(name: str) -> str:
    """Return the form under which two spellings of one town are equal: digits for kanji numerals, usual characters."""
    if not _UNUSUAL.search(name) and unicodedata.is_normalized("NFKC", name):  # most names and addresses
        return name
    plain = re.sub(r"\s+", "", plain_hyphens(nfkc(name))).translate(_VARIANTS)
    return _COUNTED.sub(lambda match: str(_number(match[0])), plain)


def _number(kanji: str) -> int:
    """Read 一 to 九十九 (no town counts further)."""
    tens, ten, ones = kanji.rpartition("十")
    value = (_DIGITS.get(tens, 1) * 10) if ten else 0
    return value + int("".join(str(_DIGITS[c]) for c in ones) or 0)


def without_chome(key: str) -> tuple[str, int | None]:
    """Split the key of a town: 朝日町1丁目 gives (朝日町, 1), 飯田町 gives (飯田町, None)."""
    match = _CHOME.fullmatch(key)
    return (match[1], int(match[2])) if match else (key, None)


_POST = re.compile(r"^〒?\d{3}-\d{4}")
_HOUSE = re.compile(r"[\d甲乙丙丁字番無先]|$")


def town_named_by(address: str, towns: Collection[str], prefecture: str, municipality: str) -> str | None:
    """Return the key of the town an address names in full, or None: a part of a longer, unknown name is no answer.

    〒 and 大字 are read over, 字 ends the name of the town; 丁目 may be missing or in kanji, as in ``town_of_address``.
    """
    text = _POST.sub("", town_key(address)).removeprefix(prefecture).removeprefix(municipality).removeprefix("大字")
    found = town_of_address(text, towns, "", "")
    if found is None:
        return None
    stem = without_chome(found)[0] if not text.startswith(found) else found
    return found if _HOUSE.match(text.removeprefix(stem)) else None


def municipality_of_address(address: str, prefecture: str, names: Iterable[str]) -> tuple[str, str]:
    """Return the one of several municipalities that an address begins with: as it is written (with its county) and its name; ("", "") for none."""
    written = town_key(address).removeprefix(prefecture)
    name = next(
        (one for one in names if one and (written.startswith(one) or f"郡{one}" in written[: len(one) + _COUNTY])), ""
    )
    return (written[: written.index(name) + len(name)], name) if name else ("", "")


def town_of_address(address: str, towns: Collection[str], prefecture: str, municipality: str) -> str | None:
    """Return the key of the town an address lies in, or None. ``towns`` holds keys (see ``town_key``).

    Many lists leave 丁目 out: 錦町2-14-1 is 錦町二丁目14-1. Where a town without 丁目 has the same name (松島町 beside
    松島町二丁目), the first number counts as a 丁目 only if two more follow it.
    """
    text = town_key(address).removeprefix(prefecture).removeprefix(municipality)
    for end in range(len(text), 0, -1):
        head = text[:end]
        blocks = _BLOCKS.match(text, end) if text[end : end + 1].isdecimal() else None
        if blocks and (chome := f"{head}{blocks[1]}丁目") in towns and (head not in towns or blocks[3]):
            return chome
        if head in towns:
            return head
    return None

"""All 1,741 municipalities (cities, towns, villages, special wards): code, prefecture, name and reading.

The table ``records/municipalities.csv`` is made from https://github.com/code4fukui/localgovjp (CC0 1.0, state of 2026-07-09), which
follows the list of 地方公共団体情報システム機構. Codes have six digits, the last one checks the others (総務省 全国地方公共団体コード).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tsunagite.text.furigana import as_dictionary
from tsunagite.text.names import prefecture_in
from tsunagite.text.normalize import nfkc
from tsunagite.text.romaji import romaji

_FILE = Path(__file__).parent.parent / "municipalities.csv"
_PREFECTURES = Path(__file__).parent.parent / "prefectures.txt"
_ENDINGS = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("そん", "むら")}
_SHORT = 5  # digits without the one that checks them


@dataclass(frozen=True)
class Municipality:
    """One of them. ``code`` has six digits."""

    code: str
    prefecture: str
    name: str
    reading: str


PRACTICE = Municipality("999999", "見本県", "見本市", "みほんし")
"""A town that there is not, for practice: no table of real ones has it, and no list is taken for its own."""


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Return all of them in the order of their codes."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(Municipality(*line.split(",")) for line in lines)


@cache
def prefectures() -> Mapping[str, str]:
    """Return all 47 prefectures with their readings."""
    return as_dictionary(_PREFECTURES.read_text(encoding="utf-8").splitlines())


def prefecture_of(address: str) -> str:
    """Return the prefecture that an address begins with, "" where it names none."""
    found = prefecture_in(address)
    return found if found in prefectures() else ""


def of_code(written: str) -> Municipality | None:
    """Return the municipality of a code with five or six digits; the ward of a large city gives the city, no other code anything.

    A spreadsheet takes the leading 0 of 北海道 to 栃木県 away: five digits that are no code but with it become one are read so.
    """
    digits = nfkc(written).strip()
    if not digits.isascii() or not digits.isdigit() or not _SHORT - 1 <= len(digits) <= _SHORT + 1:
        return None
    return next((found for code in (digits, f"0{digits}") if (found := _of(code))), None)


def _of(digits: str) -> Municipality | None:
    if len(digits) not in (_SHORT, _SHORT + 1) or (
        len(digits) > _SHORT and check_digit(digits[:_SHORT]) != digits[_SHORT]
    ):
        return None
    short = digits[:_SHORT]
    codes = _codes()
    place = bisect_right(codes, short) - 1
    if place < 0:
        return None
    found = municipalities()[place]
    is_ward = short[2] == "1" and found.code[:3] == short[:3] and found.name.endswith("市")
    return found if codes[place] == short or is_ward else None


@cache
def _codes() -> tuple[str, ...]:
    return tuple(one.code[:_SHORT] for one in municipalities())


def check_digit(short: str) -> str:
    """Return the sixth digit of a code: weights 6 5 4 3 2, the rest of the sum by 11 taken from 11."""
    total = sum(int(digit) * weight for digit, weight in zip(short, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


@cache
def _by_name() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, list[Municipality]] = {}
    for one in municipalities():
        found.setdefault(one.name, []).append(one)
    return {name: tuple(ones) for name, ones in found.items()}


def of_name(name: str, prefecture: str = "") -> Municipality | None:
    """Return the municipality of a name; None where several have it (府中市) and no prefecture tells which."""
    found = [one for one in _by_name().get(nfkc(name).strip(), ()) if prefecture in ("", one.prefecture)]
    return found[0] if len(found) == 1 else None


def area_id(town: Municipality) -> str:
    """Return the id of a municipality's area: its reading in Latin letters, without 市, 区, 町 or 村."""
    for ending in _ENDINGS.get(town.name[-1], ()):
        if town.reading.endswith(ending):
            return romaji(town.reading.removesuffix(ending))
    return romaji(town.reading)


def named_in(text: str) -> Municipality | None:
    """Return the one municipality that a file name names (【柳井市】医療機関一覧, 382019_aed), None for none or several."""
    codes = [one for digits in re.findall(r"(?<!\d)\d{6}(?!\d)", nfkc(text)) if (one := of_code(digits))]
    names = [one for name in _names_in(text) if (one := of_name(name))]
    found = {one.code: one for one in codes or names}
    return next(iter(found.values())) if len(found) == 1 else None


def _names_in(text: str) -> list[str]:
    known = _by_name()
    plain = nfkc(text)
    return [plain[match.start() : end] for match in re.finditer(r"(?<![一-龥々])[一-龥々ヶケぁ-んァ-ヶ]", plain)
            for end in range(match.start() + 2, match.start() + 8) if plain[match.start() : end] in known]  # fmt: skip

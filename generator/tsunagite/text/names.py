"""Names and addresses of places in the form under which two lists mean the same: for comparing, never for showing."""

from __future__ import annotations

import re
from functools import lru_cache

from tsunagite.text.characters import RADICALS, VARIATION_SELECTORS
from tsunagite.text.normalize import nfkc, plain_hyphens
from tsunagite.text.search_key import VARIANTS

_VARIANTS = {**RADICALS, **dict(zip(map(ord, VARIANTS[::2]), VARIANTS[1::2], strict=True))}
_SELECTORS = re.compile(f"[{VARIATION_SELECTORS}]")
_KANJI_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")}
_BRACKETED = re.compile(r"[(（［\[【][^()（）［］\[\]【】]*[)）］\]】]")
_MARKS = re.compile(r"[\s・･.,、。「」『』“”\"'’‘\-_/&~〜ー]+")
_BODIES = re.compile(
    r"(?:医療|社会医療|社会福祉)法人\s*(?:社団|財団)?\s*(?:[^\s()]{1,8}?(?<!社)(?<!協議)会(?=\s*\S{2}))?"
    r"|(?:学校|宗教|特定非営利活動|NPO|更生保護|農事組合|独立行政|国立大学|(?:一般|公益)?(?:社団|財団))法人"
    r"|(?:株式|有限|合同|合資)会社|\((?:株|有|公財|社福|医)\)",
    re.IGNORECASE,
)
_OWNERS = re.compile(
    r"^(?:国立|(?:[一-龥]{2,3}県|[一-龥]{2,4}[市町村])立|[一-龥]{2,3}県|[一-龥]{2,4}市(?![民役場街]))(?=.{3})"
)
_SCHOOL_PARTS = re.compile(
    r"((?:小|中|高等|高)(?:学校|等部|校)|学園|幼稚園|保育所|こども園|センター)(?:体育館|運動場|グラウンド|遊戯室|屋内運動場|校舎)$"
)
_SPELLINGS = (
    ("ヶ", "ケ"),
    ("高等学校", "高校"),
    ("コミュニティーセンター", "コミュニティセンター"),
    ("認定こども園", "こども園"),
    ("公衆便所", "公衆トイレ"),
)
_POST = re.compile(r"^〒?\d{3}-\d{4}\s*")
_CHOME = re.compile(r"([一二三四五六七八九十〇]{1,3})丁目")
_PART_OF_TOWN = re.compile(r"大字|(?<=[町村上下東西南北])字")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)(?:番地の|番地|番|号|の|ノ|之)(?=\d)")
_LONG_MARK = re.compile(r"(?<=\d)ー(?=\d)")
_TO_LAST_NUMBER = re.compile(r"(\D*)(\d+(?:-\d+)*)")
_HYPHENS = re.compile(r"-+")
_PREFECTURE = re.compile(r"^(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{2,3}県)")
_MUNICIPALITY = re.compile(r"^([一-龥ぁ-んァ-ヶ]{1,6}?市|(?:[一-龥]{1,3}郡)[一-龥ぁ-んァ-ヶ]{1,6}?[町村])")


def plain_characters(text: str) -> str:
    """Return NFKC text with the usual form of variant characters (髙 → 高, 𠮷 → 吉) and one kind of hyphen."""
    return _SELECTORS.sub("", plain_hyphens(nfkc(text))).translate(_VARIANTS)


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """Return a facility's name without its legal body, its owner (高松市立), brackets, blanks and marks.

    「高松市立新番丁小学校」 and 「新番丁小学校体育館」 are one; 「日新小学校跡施設」 is not 「日新小学校」.
    """
    text = _BODIES.sub(" ", plain_characters(name))
    text = _MARKS.sub("", _BRACKETED.sub("", text) or text)
    for written, usual in _SPELLINGS:
        text = text.replace(written, usual)
    text = _OWNERS.sub("", text)
    return _SCHOOL_PARTS.sub(r"\1", text).lower() or plain_characters(name)


@lru_cache(maxsize=50_000)
def address_key(address: str) -> str:
    """Return an address down to its last number: no prefecture, no city, 二丁目3番地4号 as 2-3-4, no building.

    An address without any number gives "": it names a street or a town, not a place.
    """
    text = _MUNICIPALITY.sub("", without_prefecture(address))
    text = _CHOME.sub(lambda match: f"{_number(match[1])}-", text).replace("丁目", "-")
    text = _BETWEEN_NUMBERS.sub("-", _PART_OF_TOWN.sub("", text)).replace("番地", "")
    text = _LONG_MARK.sub("-", text)
    match = _TO_LAST_NUMBER.match(text)
    return _HYPHENS.sub("-", match[1] + match[2]) if match and match[1] else ""


def prefecture_in(address: str) -> str:
    """Return what an address begins with where that looks like the name of a prefecture, else ""."""
    match = _PREFECTURE.match(_without_blanks(_POST.sub("", plain_characters(address))))
    return match[0] if match else ""


def without_prefecture(address: str) -> str:
    """Return an address from its city or county on, without blanks and with usual characters."""
    return _PREFECTURE.sub("", _without_blanks(_POST.sub("", plain_characters(address))))


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _number(kanji: str) -> int:
    tens, ten, ones = kanji.rpartition("十")
    if not ten:
        return int("".join(str(_KANJI_DIGITS[c]) for c in kanji))
    return _KANJI_DIGITS.get(tens, 1) * 10 + _KANJI_DIGITS.get(ones, 0)

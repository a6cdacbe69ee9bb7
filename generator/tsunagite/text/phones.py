"""Telephone numbers of Japan: which are possible, and what a phone dials. The grouping as written is what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from tsunagite.text.normalize import nfkc, plain_hyphens

# Numbers of two to five digits that a directory of care prints, which phonenumbers calls invalid
# (総務省「電気通信番号計画」: 1XY; 「#」 numbers are short dials of the carriers).
SHORT_NUMBERS = frozenset(
    [
        *("104", "110", "115", "117", "118", "119", "171", "177", "188", "189"),
        *("#7111", "#7119", "#8000", "#8008", "#8103", "#8778", "#8891", "#9110", "#9910"),
    ]
)
_MOBILE_IN_TEXT = re.compile(r"(?<![\d-])0[6789]0[-ー() ]?\d{4}[-ー() ]?\d{4}(?![\d-])")
_MOBILE = re.compile(r"(\+81-?|0)[6789]0\d{8}")
_DIGITS = re.compile(r"\+?[\d\- ]+")
_HYPHENS = re.compile(r" ?-[- ]*")
# 総務省「電気通信番号計画」: the exchange of a fixed line (市内局番) does not begin with 0. 0120, 0180, 0570, 0800 and 0990 are services.
_SAMPLE = re.compile(r"(?!0120-|0180-|0570-|0800-|0990-)(?=[\d-]{12}$)0[1-9]\d{0,3}-0{1,4}-\d{4}")


@lru_cache(maxsize=1_000)  # one number is asked for many times, then the next
def plain_phone(text: str) -> str:
    """Return the number with usual digits and hyphens, grouping kept."""
    return _HYPHENS.sub("-", plain_hyphens(nfkc(text)).replace("ー", "-").replace("(", "-").replace(")", "-")).strip(
        "- "
    )


def is_short(text: str) -> bool:
    """Tell whether ``text`` is a known short number such as 119 or #7119."""
    return plain_phone(text) in SHORT_NUMBERS


def is_sample(text: str) -> bool:
    """Tell whether ``text`` is a made-up number such as 087-000-xxxx or 0877-00-xxxx, which no one can have."""
    return bool(_SAMPLE.fullmatch(plain_phone(text)))


@lru_cache(maxsize=50_000)
def is_possible(text: str) -> bool:
    """Tell whether ``text`` is a number that can exist in Japan (area code included), or a known short number."""
    plain = plain_phone(text)
    if plain in SHORT_NUMBERS:
        return True
    if not _DIGITS.fullmatch(plain):
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(plain, "JP"))
    except phonenumbers.NumberParseException:
        return False


def numbers_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (where it begins, as it is written) of every number inside a longer text."""
    for match in phonenumbers.PhoneNumberMatcher(text, "JP"):
        yield match.start, match.raw_string


def is_mobile(text: str) -> bool:
    """Tell whether ``text`` is a mobile number (060, 070, 080, 090)."""
    return bool(_MOBILE.fullmatch(plain_phone(text).replace("-", "").replace(" ", "")))


def mobile_numbers_in(text: str) -> list[str]:
    """Return the mobile numbers that stand in a text, as they are written but for their width."""
    return _MOBILE_IN_TEXT.findall(plain_hyphens(nfkc(text)))


@lru_cache(maxsize=50_000)
def tel_href(text: str) -> str:
    """Return the ``tel:`` address: E.164 for ordinary numbers, as they are for short numbers."""
    plain = plain_phone(text)
    if plain in SHORT_NUMBERS:
        return "tel:" + plain.replace("#", "%23")
    try:
        number = phonenumbers.parse(plain, "JP")
    except phonenumbers.NumberParseException:
        return ""
    return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

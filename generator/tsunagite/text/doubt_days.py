"""Days on which a note beside opening hours may say otherwise: 毎月末日休館, 月が休日の場合は翌日休館, 12/28は17:00まで. Pure.

Hours say what a usual week is like; a note can except days by their date. On such a day nothing may say that a place is open or
closed: it is for a telephone call. ``site/browser/hours.js`` (``isInDoubt``) decides the same in the browser.

Codes: ``shift`` (a holiday on which it may be open, and the working day after it on which it may be closed), ``month-end``,
``last-week`` (the last seven days of a month), ``any`` (days that no calendar here tells: 友引, 不定休; a season outside of which it is closed), and periods ``MM-DD/MM-DD``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import lru_cache

from tsunagite.text.free_text import plain
from tsunagite.text.normalize import nfkc

SHIFT, MONTH_END, LAST_WEEK, ANY = "shift", "month-end", "last-week", "any"
_SHIFT = re.compile(
    r"(?:祝|休日|振替)[^。]{0,20}翌(?!年|朝|月)|翌(?:日|平日|営業日|開館日)[^。0-9]{0,6}(?:休|振)|振替休館|振り替え|最も近い休日でない日"
)
_DAY = r"\d{1,2}(?:/|月)\d{1,2}日?"
# Days that no calendar here tells, and seasons outside of which it is closed: nothing is certain on any day.
_ANY = re.compile(
    r"友引|不定休|休みは不定|(?:開設|開園|開場|営業|開館|利用|実施)期間|冬[季期](?:間|は|の)*(?:休|閉)"
    rf"|{_DAY}~{_DAY}(?:まで)?(?:の期間|の間)?(?:のみ|だけ|に限)"
)
_MONTH_END = re.compile(r"(?:毎月|各月)の?(?:末|最終日)|(?<![0-9])月末")
_LAST_WEEK = re.compile(r"最終[月火水木金土日週]|最後の[月火水木金土日週]")
_TO = r" ?(?:[~〜～‐‑–—―−－-]|から) ?(?:翌年の?)? ?"
_DATES = re.compile(
    rf"(?<![0-9/])(\d{{1,2}})(?:/|月)(\d{{1,2}})(?![0-9:/])日?(?:{_TO}(?:(\d{{1,2}})(?:/|月))?(\d{{1,2}})(?![0-9:])日?)?"
)
_MONTHS = re.compile(rf"(?<![0-9])(\d{{1,2}})月{_TO}(\d{{1,2}})月(?![0-9])")
_PART_OF_MONTH = re.compile(r"(?<![0-9])(\d{1,2})月(上旬|中旬|下旬|末(?!日)|中(?!旬)|の(?:間|うち)|頃)")
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "末": (25, 31)}
# Seasons that a note names without a date: from the first to the last day on which they may lie.
_SEASONS = (
    (re.compile(r"お?盆(?:休|期間|の|は|を|・|、|及)"), "08-10/08-17"),
    (re.compile(r"(?:夏季|夏期)(?:休|の)"), "07-20/08-31"),
    (re.compile(r"ゴールデンウ[ィイ]ーク|GW|大型連休"), "04-27/05-07"),
)


@lru_cache(maxsize=20_000)
def days_in_doubt(note: str, year_end: str = "") -> tuple[str, ...]:
    """Return the codes of the days that a note excepts. ``year_end`` (MM-DD/MM-DD) is known already and left out."""
    if not note:
        return ()
    text = plain(note)
    found = [
        code
        for pattern, code in ((_SHIFT, SHIFT), (_MONTH_END, MONTH_END), (_LAST_WEEK, LAST_WEEK), (_ANY, ANY))
        if pattern.search(text)
    ]
    found += [period for pattern, period in _SEASONS if pattern.search(text)]
    found += _periods(" ".join(nfkc(note).split()))
    return tuple(dict.fromkeys(code for code in found if code != year_end))


def _periods(text: str) -> Iterator[str]:
    for match in _DATES.finditer(text):
        month, day, to_month, to_day = match.groups()
        first = (int(month), int(day))
        last = (int(to_month or month), int(to_day)) if to_day else first
        if _is_day(first) and _is_day(last):
            yield f"{first[0]:02}-{first[1]:02}/{last[0]:02}-{last[1]:02}"
    for match in _MONTHS.finditer(text):
        first, last = (int(match[1]), 1), (int(match[2]), 31)
        if _is_day(first) and _is_day(last):
            yield f"{first[0]:02}-01/{last[0]:02}-31"
    for match in _PART_OF_MONTH.finditer(text):
        month, (begin, end) = int(match[1]), _PARTS.get(match[2], (1, 31))
        if 1 <= month <= 12:
            yield f"{month:02}-{begin:02}/{month:02}-{end:02}"


def _is_day(day: tuple[int, int]) -> bool:
    return 1 <= day[0] <= 12 and 1 <= day[1] <= 31


def is_in_doubt(day: date, codes: Collection[str], holidays: Collection[date]) -> bool:
    """Tell whether a day on which a place is usually open is one that its note excepts."""
    return any(
        True if code == ANY
        else _after_holiday(day, holidays) if code == SHIFT
        else (day + timedelta(days=1)).day == 1 if code == MONTH_END
        else (day + timedelta(days=7)).month != day.month if code == LAST_WEEK
        else within(day, code)
        for code in codes
    )  # fmt: skip


def _after_holiday(day: date, holidays: Collection[date]) -> bool:
    """Tell whether a day is a holiday, or follows one with no working day between."""
    if day in holidays:
        return True
    before = day - timedelta(days=1)
    while before.weekday() >= 5 and before not in holidays:
        before -= timedelta(days=1)
    return before in holidays


def within(day: date, period: str) -> bool:
    """Tell whether a day lies in MM-DD/MM-DD, which may run over New Year; in "" no day lies."""
    if not period:
        return False
    first, last = period.split("/")
    here = f"{day.month:02}-{day.day:02}"
    return first <= here <= last if first <= last else here >= first or here <= last

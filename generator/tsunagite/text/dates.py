"""Dates, times and weekdays as people write and read them in Japan."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from tsunagite.text.normalize import nfkc, plain_hyphens

_REMEMBERED = 10_000  # ten thousand records are written with a few hundred days, times and weeks
WEEKDAYS = ("月", "火", "水", "木", "金", "土", "日")
HOLIDAY = "祝"
DAYS = (*WEEKDAYS, HOLIDAY)
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
NO_DAY = "日付不明"
"""What stands where nobody knows the day of a list."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOSE = re.compile(r"(?:(令和|平成|昭和|[RHS])\s*)?(\d{1,4}|元)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"([0-2]?\d):([0-5]\d)")
_LOOSE_TIME = re.compile(r"(?:(午前|午後)\s*)?([0-2]?\d)\s*(?:時|[:：.])\s*([0-5]?\d|半)?\s*分?")
_SPECIAL_DAYS = {"平日": WEEKDAYS[:5], "毎日": WEEKDAYS, "土日": WEEKDAYS[5:], "土日祝": (*WEEKDAYS[5:], HOLIDAY)}


@lru_cache(maxsize=_REMEMBERED)
def parse_iso(text: str) -> date | None:
    """Read ``2026-09-02`` (full-width digits allowed); anything else is None."""
    plain = plain_hyphens(nfkc(text))
    if not _ISO.fullmatch(plain):
        return None
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None


def guess_date(text: str) -> date | None:
    """Read a date in the ways people write it (令和8年9月2日, 2026/9/2, R8.9.2), to propose the right form."""
    match = _LOOSE.search(plain_hyphens(nfkc(text)))
    if not match:
        return None
    era, year, month, day = match.groups()
    number = 1 if year == "元" else int(year)
    try:
        return date(number + _ERAS.get(era, 0), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=_REMEMBERED)
def parse_time(text: str) -> str | None:
    """Return ``HH:MM`` for ``9:30`` (00:00 to 24:00); anything else is None."""
    match = _TIME.fullmatch(nfkc(text))
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    return f"{hour:02}:{minute:02}" if hour < 24 or (hour, minute) == (24, 0) else None


_CLOCK = re.compile(
    r"(?:(?:1899[-/]12[-/]3[01]|1900[-/]0?1[-/]00?) )?(?P<half>午前|午後|AM|PM)? ?(?P<hour>[0-2]?\d)"
    r"(?::(?P<minute>[0-5]\d)(?::00)?|時(?:(?P<minutes>[0-5]?\d)分|(?P<thirty>半))?)",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"0?\.\d{1,17}|1(?:\.0+)?")
_DIGITS = re.compile(r"(0\d|1\d|2[0-4]|[1-9])([0-5]\d)")
_MINUTES_OF_A_DAY = 1440


@lru_cache(maxsize=_REMEMBERED)
def cell_time(text: str) -> str | None:
    """Return ``HH:MM`` of a cell that holds a time of day and nothing else, in the ways spreadsheets write one.

    Besides 9:30 these are 9:00:00, 0.375 (a part of a day), 0900, 09時00分, 午後1時半 and 1900/1/0 9:00; None for anything else.
    """
    plain = nfkc(text)
    if match := _CLOCK.fullmatch(plain):
        hour = int(match["hour"]) + (
            12 if (match["half"] or "").upper() in ("午後", "PM") and int(match["hour"]) < 12 else 0
        )
        minute = 30 if match["thirty"] else int(match["minute"] or match["minutes"] or 0)
        return parse_time(f"{hour}:{minute:02}")
    if _FRACTION.fullmatch(plain):
        minutes = float(plain) * _MINUTES_OF_A_DAY
        whole = round(minutes)
        return parse_time(f"{whole // 60}:{whole % 60:02}") if abs(minutes - whole) < 0.02 else None
    if match := _DIGITS.fullmatch(plain):
        return parse_time(f"{match[1]}:{match[2]}")
    return None


_IN_A_NAME = (
    re.compile(
        r"(?:(?P<era>令和|平成|[RH])\s?)(?P<year>\d{1,2}|元)\s?[年.\-_](?P<month>\d{1,2})(?:[月.\-_](?P<day>\d{1,2})?|$)"
    ),
    re.compile(r"(?<!\d)(?P<year>20\d\d|19\d\d)[年.\-_](?P<month>\d{1,2})(?:[月.\-_](?P<day>\d{1,2})?|(?!\d))"),
    re.compile(r"(?<!\d)(?P<year>20\d\d|19\d\d)(?P<month>\d\d)(?P<day>\d\d)?(?!\d)"),
)


def day_in_name(text: str) -> date | None:
    """Return the day that a title or the name of a file tells: 令和7年4月1日時点, 20250401, 2025-04 (its first day); None without a month."""
    for pattern in _IN_A_NAME:
        for match in pattern.finditer(plain_hyphens(nfkc(text))):
            era = match.groupdict().get("era") or ""
            year = (1 if match["year"] == "元" else int(match["year"])) + _ERAS.get(era, 0)
            try:
                return date(year, int(match["month"]), int(match["day"] or 1))
            except ValueError:
                continue
    return None


def guess_time(text: str) -> str | None:
    """Read a time in the ways people write it (9時半, 午後1時, 13.30), to propose the right form."""
    match = _LOOSE_TIME.search(nfkc(text))
    if not match:
        return None
    half, hour, minute = match.groups()
    number = int(hour) + (12 if half == "午後" and int(hour) < 12 else 0)
    return parse_time(f"{number}:{30 if minute == '半' else int(minute or 0):02}")


@lru_cache(maxsize=_REMEMBERED)
def parse_days(text: str) -> tuple[str, ...] | None:
    """Read weekdays written as 月水金, 月-金, 月～土・祝, 平日, 毎日 or 土日祝, in week order; anything else is None."""
    plain = re.sub(r"曜(?:日(?!曜))?|[・、,\s]", "", nfkc(text))
    if plain in _SPECIAL_DAYS:
        return _SPECIAL_DAYS[plain]
    if span := re.fullmatch(r"([月火水木金土日])[-~〜～−‐]([月火水木金土日])(祝?)", plain):
        first, last = WEEKDAYS.index(span[1]), WEEKDAYS.index(span[2])
        return (*WEEKDAYS[first : last + 1], *span[3]) if first <= last else None
    if plain and len(set(plain)) == len(plain) and set(plain) <= set(DAYS):
        return tuple(day for day in DAYS if day in plain)
    return None


@lru_cache(maxsize=_REMEMBERED)
def japanese_date(day: date) -> str:
    """Return 2026年9月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def japanese_month(day: date) -> str:
    """Return 2026年9月."""
    return f"{day.year}年{day.month}月"


@lru_cache(maxsize=_REMEMBERED)
def day_run(days: tuple[str, ...]) -> str:
    """Return days as people print them: 月～金, 毎日, 火・木."""
    week = [day for day in WEEKDAYS if day in days]
    holiday = ["祝"] if HOLIDAY in days else []
    if len(week) == 7:
        return "毎日" + ("・祝" if holiday else "")
    if len(week) >= 3 and WEEKDAYS[WEEKDAYS.index(week[0]) : WEEKDAYS.index(week[-1]) + 1] == tuple(week):
        return "・".join([f"{week[0]}～{week[-1]}", *holiday])
    return "・".join(week + holiday)


@lru_cache(maxsize=_REMEMBERED)
def add_months(day: date, months: int) -> date:
    """Return the same day some months later (the last day of a shorter month; 9999-12-31 where calendars end)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("a month has at least 28 days")

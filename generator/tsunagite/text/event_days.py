"""The days of an event as lists write them: read where day and year are certain, else not at all. Pure.

Lists leave the year out (9月7日(土)～11月4日(月・祝)). A weekday beside the day tells the year, as no two years in a row have
it; without one nothing is known, and nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tsunagite.text.dates import WEEKDAYS
from tsunagite.text.normalize import nfkc, plain_hyphens

_YEAR = r"(?:(?P<year>\d{4})[年/-]|令和(?P<era>\d{1,2}|元)年)?"
_DAY = re.compile(rf"{_YEAR}(?:(?P<month>\d{{1,2}})[月/-])?(?P<day>\d{{1,2}})日?(?P<beside>(?:\([^()]*\))*+)")
_ALL_ON = re.compile(r"いずれも\(([月火水木金土日])\)")
_BETWEEN = re.compile(r"[、,・\s]*")
_COUNTED = re.compile("[①-⑳]")  # as NFKC, ①1月 would be 11月
_BACK, _AHEAD = timedelta(days=183), timedelta(days=366)  # a list tells of what comes, and of what has begun


@dataclass(frozen=True)
class EventDays:
    """The days as they are certain. ``span`` tells that the two days are the first and the last of a time between."""

    days: tuple[date, ...]
    span: bool = False
    by_weekday: bool = False


class NoYearError(ValueError):
    """Raised for days that are read but whose year nothing tells."""


def read_event_days(text: str, on: date | None) -> EventDays | None:
    """Read the days of an event from a list of the day ``on`` (None: nobody knows it, so no year either); None where they are not certain. Raises NoYearError."""
    plain = plain_hyphens(nfkc(_COUNTED.sub("、", text))).translate({ord("〜"): "~", ord("～"): "~"})
    plain = re.sub(r"[\s]+", "", plain)
    common = _ALL_ON.search(plain)
    plain = _ALL_ON.sub("", plain)
    parts = plain.split("~")
    if len(parts) > 2 or not all(parts):
        return None
    found: list[tuple[int | None, int, int, str]] = []
    for part in parts:
        read = _tokens(part, found[-1][1] if found else None)
        if not read or (len(parts) == 2 and len(read) != 1):
            return None
        found += read
    weekday = common[1] if common else ""
    days = tuple(_dated(year, month, day, week or weekday, on) for year, month, day, week in found)
    if list(days) != sorted(set(days)):
        return None
    return EventDays(days, len(parts) == 2, any(year is None for year, *_ in found))


def _tokens(part: str, month: int | None) -> list[tuple[int | None, int, int, str]]:
    """Return (year, month, day, weekday) of days that stand one behind the other; [] where anything else stands between."""
    result: list[tuple[int | None, int, int, str]] = []
    place = 0
    year: int | None = None
    while place < len(part):
        gap = _BETWEEN.match(part, place)
        place = gap.end() if gap else place
        if place >= len(part):
            break
        match = _DAY.match(part, place)
        if not match or not (match["month"] or month):
            return []
        if match["year"] or match["era"]:
            year = int(match["year"]) if match["year"] else 2018 + (1 if match["era"] == "元" else int(match["era"]))
        month = int(match["month"] or month or 0)
        beside = (text.strip()[:1] for text in match["beside"].strip("()").split(")("))  # 13日(祝)(月)
        result.append((year, month, int(match["day"]), next((week for week in beside if week in WEEKDAYS), "")))
        place = match.end()
    return result


def _dated(year: int | None, month: int, day: int, week: str, on: date | None) -> date:
    """Return the day; its year, where none is written, is the one near ``on`` in which it is that weekday."""
    if year is None and on is None:
        raise NoYearError(f"{month}月{day}日")
    near = (on.year - 1, on.year, on.year + 1) if year is None and on else (year or 0,)
    days = [found for one in near if (found := _day(one, month, day))]
    if year is None and on:
        days = [found for found in days if on - _BACK <= found <= on + _AHEAD]
    fitting = [found for found in days if year is not None or WEEKDAYS[found.weekday()] == week]
    if len(fitting) != 1:
        raise NoYearError(f"{month}月{day}日")
    return fitting[0]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""When something happens again and again, as people write it: 毎月第2火曜 13:30-15:00, 毎週火・木曜 10時, 奇数月の第3木曜."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tsunagite.text.dates import WEEKDAYS, guess_time, parse_days
from tsunagite.text.normalize import nfkc

LAST = -1  # the last weekday of a month, the last day of a month

_TIME = r"(?:午前|午後)?[0-2]?\d(?:[:：][0-5]\d|時(?:半|[0-5]?\d分)?)"
_TIMES = re.compile(rf"({_TIME})(?:(?:[-~〜～−‐–]|から)({_TIME})?(?:まで)?)?$")
_MONTHS = re.compile(r"^((?:\d{1,2}月[・、,]?)+)の?")
_NTH = re.compile(r"第([1-5一二三四五])[・、,と]?|(最終|最後の|最後)")
_MONTH_DAYS = re.compile(r"(?:(?:\d{1,2}日|末日|月末)[・、,と]?)+")
_KANJI = dict(zip("一二三四五", range(1, 6), strict=True))


@dataclass(frozen=True)
class Recurrence:
    """A rule. ``nth`` counts weekdays of a month (-1 the last), ``month_days`` its days; without both it is every week.

    ``months`` empty means every month. Times are ``HH:MM``; ``end`` may be "".
    """

    days: tuple[str, ...] = ()
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    start: str = ""
    end: str = ""

    def falls_on(self, day: date) -> bool:
        """Tell whether the rule names a day."""
        if self.months and day.month not in self.months:
            return False
        last = monthrange(day.year, day.month)[1]
        if self.month_days:
            return day.day in self.month_days or (LAST in self.month_days and day.day == last)
        if WEEKDAYS[day.weekday()] not in self.days:
            return False
        which = (day.day + 6) // 7
        return not self.nth or which in self.nth or (LAST in self.nth and day.day + 7 > last)


@lru_cache(maxsize=4096)
def parse_recurrence(text: str) -> Recurrence | None:
    """Read a rule with its time; None where it cannot be read or has no time."""
    plain = re.sub(r"\s+", "", nfkc(text))
    times = _TIMES.search(plain)
    if not times:
        return None
    start = guess_time(times[1])
    end = guess_time(times[2]) if times[2] else ""
    if start is None or end is None:
        return None
    rule = plain[: times.start()].rstrip("、,のに")
    rule, months = _months(rule)
    rule = re.sub(r"^(毎月の?|毎週の?|月に1回の?)", "", rule)
    if months is None or not rule:
        return None
    if _MONTH_DAYS.fullmatch(rule):
        named = [int(number) if number else LAST for number in re.findall(r"(\d{1,2})日|末日|月末", rule)]
        return (
            Recurrence(month_days=tuple(named), months=months, start=start, end=end)
            if all(n == LAST or 1 <= n <= 31 for n in named)
            else None
        )
    nth = tuple(LAST if last else _KANJI.get(number) or int(number) for number, last in _NTH.findall(rule))
    days = parse_days(_NTH.sub("", rule).strip("の"))
    if not days or "祝" in days:
        return None
    return Recurrence(days, nth, (), months, start, end)


def without_time(text: str) -> str:
    """Return the days of a rule as they are written: 毎月第2火曜 for 毎月第2火曜 13:30-15:00."""
    plain = re.sub(r"\s+", "", nfkc(text))
    times = _TIMES.search(plain)
    return plain[: times.start()].rstrip("、,のに") if times else plain


def _months(rule: str) -> tuple[str, tuple[int, ...] | None]:
    """Split the months off: 奇数月の第3木曜 -> (第3木曜, (1, 3, ...)); (rule, ()) where every month is meant."""
    for word, months in (("奇数月", (1, 3, 5, 7, 9, 11)), ("偶数月", (2, 4, 6, 8, 10, 12))):
        if rule.startswith(word):
            return rule.removeprefix(word).removeprefix("の"), months
    rule = rule.removeprefix("毎年")
    match = _MONTHS.match(rule)
    if not match:
        return rule, ()
    named = tuple(int(number) for number in re.findall(r"\d+", match[1]))
    return rule[match.end() :], named if all(1 <= month <= 12 for month in named) else None

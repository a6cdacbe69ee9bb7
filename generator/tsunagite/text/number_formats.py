"""How a spreadsheet shows a number: 0871234567 and 760-0074 are stored as numbers and a format. Pure."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

_SECTION_CONDITION = re.compile(r"^\[(<=?|>=?|=|<>)(\d{1,15})\]")
_COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([0#?])|([-() 　〒人名件円年歳室台床])')


def shown_number(value: float, number_format: str) -> str:
    """Return a number as people read it in its cell, never with fewer digits than it has.

    Formats that make a code of whole digits (leading zeros, hyphens of a postal code or telephone number, a unit in
    quotation marks) and per cent are followed. Grouping commas and rounding are not: 34.3428 shown as 34.34 stays 34.3428.
    """
    if not math.isfinite(value):
        return ""
    if number_format.strip() in ("0%", "0.0%", "0.00%"):
        return f"{value * 100:.10g}%"
    whole = int(value) if float(value).is_integer() and abs(value) < 10**15 else None
    if whole is not None and whole >= 0:
        return _coded(whole, _section(whole, number_format)) or str(whole)
    return str(whole) if whole is not None else f"{value:.15g}"


def _section(value: int, number_format: str) -> str:
    """Return the part of a format that speaks of this number (``[<=999]000;000-0000``)."""
    sections = number_format.split(";")
    for section in sections:
        condition = _SECTION_CONDITION.match(section)
        if condition is None:
            return section
        if _COMPARE[condition[1]](value, int(condition[2])):
            return section[condition.end() :]
    return ""


def _coded(value: int, section: str) -> str:
    """Put the digits of a number into the places of a format; "" where the format is no code of whole digits."""
    tokens: list[tuple[str, str]] = []
    end = 0
    while end < len(section):
        token = _TOKEN.match(section, end)
        if token is None:
            return ""
        tokens.append(("digit", token[3]) if token[3] else ("text", token[1] or token[2] or token[4] or ""))
        end = token.end()
    places = sum(1 for sort, _ in tokens if sort == "digit")
    if not places:
        return ""
    digits = list(str(value).rjust(places))
    extra, digits = "".join(digits[: len(digits) - places]), digits[len(digits) - places :]
    result: list[str] = []
    for sort, text in tokens:
        if sort == "text":
            result.append(text)
            continue
        digit = digits.pop(0)
        result.append(extra + (("0" if text == "0" else "") if digit == " " else digit))
        extra = ""
    return "".join(result).strip()


def shown_day(value: datetime | date | time | timedelta) -> str:
    """Return a day as 2026-11-24, a moment as 2026-11-24 09:30, a time of day as 9:30, a length as 25:30."""
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"

"""The one door to jpholiday: national holidays of Japan (国民の祝日に関する法律), substitute days included."""

from __future__ import annotations

from datetime import date
from functools import cache

from tsunagite.engine.memo import memo


@cache
def national_holidays(year: int) -> tuple[date, ...]:
    """Return the holidays of a year in order. Later years may still be changed by law: use this year and the next."""
    return memo(_asked_of_library)(year).value


def _asked_of_library(year: int) -> tuple[date, ...]:
    """Ask jpholiday: 0.1 s a year, so builds keep the answer."""
    import jpholiday  # noqa: PLC0415 - not loaded where the answer is kept

    return tuple(day for day, _ in jpholiday.year_holidays(year))


def holidays_from(year: int) -> dict[str, object]:
    """Return the holidays of a year and the next as browsers read them (hours.js): until which day they are known, and the days."""
    days = [day.isoformat() for one in (year, year + 1) for day in national_holidays(one)]
    return {"until": f"{year + 1}-12-31", "days": days}

"""The one door to jpholiday: national holidays of Japan (国民の祝日に関する法律), substitute days included."""

from __future__ import annotations

from datetime import date

import jpholiday


def national_holidays(year: int) -> tuple[date, ...]:
    """Return the holidays of a year in order. Later years may still be changed by law: use this year and the next."""
    return tuple(day for day, _ in jpholiday.year_holidays(year))

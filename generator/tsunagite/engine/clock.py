"""The one place that reads the clock and SOURCE_DATE_EPOCH. Everything else is told what day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def today(given: date | None = None) -> date:
    """Return the day of the build: ``given``, else SOURCE_DATE_EPOCH (seconds, UTC), else the clock in Japan."""
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(JAPAN).date()
    return datetime.now(JAPAN).date()

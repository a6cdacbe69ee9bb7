"""How many records a site had at the end of each month, as the history of its files tells, and the same as a small line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath

from markupsafe import Markup

from tsunagite.news.history import History
from tsunagite.records.directory import Directory
from tsunagite.text.dates import add_months, japanese_month

MONTHS = 13
"""So many ends of months are shown, the day of the build as the last."""
WIDTH, HEIGHT, PAD = 320, 84, 8
_JAPAN = timedelta(hours=9)


@dataclass(frozen=True)
class Month:
    """The number of records on a day, the last of a month (or that of the build)."""

    day: date
    count: int


@dataclass(frozen=True)
class TrendView:
    """The line, and the same as rows (month, number); ``text`` says it in one sentence. No line and no rows before a month has passed; ``text`` is "" where nothing is known of the past."""

    drawing: Markup
    rows: tuple[tuple[str, int], ...]
    text: str

    @classmethod
    def of(cls, months: tuple[Month, ...]) -> TrendView:
        """Draw some months."""
        if len(months) < 2:
            return cls(
                Markup(""), (), f"いまは{months[0].count}件です。うつりかわりは、来月から出ます。" if months else ""
            )
        rows = tuple((japanese_month(month.day), month.count) for month in months)
        (first, before), (last, now) = rows[0], rows[-1]
        change = f"{abs(now - before)}件{'ふえて' if now > before else 'へって'}" if now != before else "変わらず"
        return cls(_line(months), rows, f"{first}の{before}件から、{change}、{last}は{now}件です。")


def months_of(directory: Directory, history: History, today: date) -> tuple[Month, ...]:
    """Return how many of the records of today there were at the end of each month: those that had come and had not closed. Proposals do not count.

    A record of a file with many counts from the day of its file; records that were removed from the site are in no number. Nothing is known where git cannot tell, or before the first records came.
    """
    if history.missing:
        return ()
    begun = _day(history.begun)
    came, closed = [], []
    files = {placed.record.id: PurePosixPath(placed.place.file).stem for placed in reversed(directory.placed)}
    for resource in directory.published:
        if resource.is_idea:
            continue
        known = history.files.get(files[resource.id])
        came.append(_day(known.added) if known and known.added else begun if known else today)
        if resource.is_closed:
            closed.append(resource.closed_date or today)
    ends = [add_months(today.replace(day=1), -ago) - timedelta(days=1) for ago in range(MONTHS - 2, -1, -1)]
    days = [day for day in (*ends, today) if day >= begun]
    return tuple(Month(day, sum(one <= day for one in came) - sum(one <= day for one in closed)) for day in days)


def _day(seconds: int) -> date:
    return (datetime.fromtimestamp(seconds, UTC) + _JAPAN).date()


def _line(months: tuple[Month, ...]) -> Markup:
    most = max(month.count for month in months) or 1
    step = (WIDTH - 2 * PAD) / (len(months) - 1)
    points = [
        (PAD + index * step, HEIGHT - PAD - (HEIGHT - 2 * PAD) * month.count / most)
        for index, month in enumerate(months)
    ]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    x, y = points[-1]
    return Markup(
        '<svg class="ts-trend" viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-hidden="true">'
        '<path d="M{pad} {low}H{right}" stroke="currentColor" stroke-width="1"/>'
        '<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2.5"/><circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="currentColor"/></svg>'
    ).format(w=WIDTH, h=HEIGHT, pad=PAD, low=HEIGHT - PAD, right=WIDTH - PAD, line=line, x=x, y=y)

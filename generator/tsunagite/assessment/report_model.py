"""The municipal report as values: chapters, tables and charts. PDF, workbook and page are made from the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tsunagite.assessment.words import UNKNOWN, percent

Value = str | int | float | None
Format = Literal["text", "whole", "rate", "percent"]
"""How a column is shown. ``percent`` columns hold shares (0 to 1)."""
MOST_BARS = 60
"""More bars than these are no chart that can be looked over: the first are drawn."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    title: str
    format: Format = "whole"


@dataclass(frozen=True)
class Chart:
    """Bars of some columns of a table, one row each: the first ``rows`` rows. ``stacked``: the columns are parts of one whole."""

    title: str
    columns: tuple[int, ...]
    rows: int
    stacked: bool = False


@dataclass(frozen=True)
class Table:
    """A table: what it is, how it was counted, from when and what. The first column names the row."""

    id: str
    title: str
    method: str
    source: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    charts: tuple[Chart, ...] = ()
    wide: bool = False
    """Whether it has many narrow columns: a page of paper lies across for it."""
    printed: int | None = None
    """So many rows stand on paper (None: all); the workbook has all."""

    def bars(self, chart: Chart) -> int:
        """Return how many rows a chart draws."""
        return min(chart.rows, MOST_BARS, len(self.rows))

    def values(self, chart: Chart, row: int) -> tuple[float | None, ...]:
        """Return the numbers that a chart draws of a row."""
        found = (self.rows[row][column] for column in chart.columns)
        return tuple(float(value) if isinstance(value, (int, float)) else None for value in found)

    @property
    def drawn(self) -> tuple[Chart, ...]:
        """The charts that have anything to draw."""
        return tuple(
            one for one in self.charts if any(value for row in range(self.bars(one)) for value in self.values(one, row))
        )

    def alt(self, chart: Chart) -> str:
        """Return what a chart shows, in words: what is drawn, the largest and the smallest."""
        first = self.columns[chart.columns[0]]
        names = "、".join(self.columns[one].title for one in chart.columns)
        kind = f"積み重ねた横棒の図（{names}）" if chart.stacked else "横棒の図"
        known = [
            (value, str(self.rows[row][0]))
            for row in range(self.bars(chart))
            if (value := self.values(chart, row)[0]) is not None
        ]
        if not known:
            return f"{kind}。{chart.title}。"
        most, least = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
        words = [f"{name}の{shown(value, first.format)}" for value, name in (most, least)]
        what = f"「{first.title}」が" if chart.stacked else ""
        return f"{kind}。{chart.title}。{what}いちばん多いのは{words[0]}、いちばん少ないのは{words[1]}です。数字は表にあります。"


@dataclass(frozen=True)
class Chapter:
    """A chapter: sentences first, then tables."""

    id: str
    heading: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Report:
    """The whole report."""

    title: str
    made: str
    day: str
    site_name: str
    site_url: str
    chapters: tuple[Chapter, ...]


def shown(value: Value, form: Format) -> str:
    """Return a value as people read it; None is what nobody knows."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if form == "percent":
        return percent(float(value))
    if form == "rate":
        return f"{value:.{2 if value < 0.095 else 1}f}" if value else "0"
    return f"{round(value):,}"

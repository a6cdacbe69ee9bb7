"""The municipal report as a PDF (A4) and as a workbook: the same tables, charts with hatches and labels, method, day and source below each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tsunagite.assessment.report_model import Chart, Report, Table, shown
from tsunagite.papers.parts.words import LOST_GLYPH_NOTE, spoken_address
from tsunagite.spreadsheets.book import Book, Print, Sheet, SheetBox, SheetChart, SheetColumn
from tsunagite.text.width import ems

PDF, BOOK = "papers/report/report.pdf", "papers/report/report.xlsx"
UNKNOWN_IN_WIDE = "―"
WIDE_NOTE = f"「{UNKNOWN_IN_WIDE}」は、わからない。"
LONG = 10
"""A column whose longest text is wider (ems) shares the width of the page; others are as wide as their words."""
WIDEST = 48
"""About so many ems stand beside each other on the page."""
FIRST_ROW = 6
"""The row of the heads of a sheet: above it stand title, method, source and the way back."""


@dataclass(frozen=True)
class ReportPaper:
    """Everything that the PDF prints."""

    path: str
    title: str
    site_name: str
    made: str
    printed_on: str
    chapters: tuple[dict[str, Any], ...]
    site_url: str
    qr_alt: str
    lost_glyph_note: str

    @classmethod
    def of(cls, report: Report) -> ReportPaper:
        """Decide every text."""
        address = spoken_address(report.site_url)
        return cls(
            path=PDF,
            title=report.title,
            site_name=address or report.site_name,
            made=report.made,
            printed_on=f"{report.day}の時点。{report.site_name}",
            chapters=tuple(
                {
                    "name": f"{number}　{chapter.heading}",
                    "first": number == 1,
                    "breaks": any(one.drawn for one in chapter.tables),
                    "sentences": chapter.sentences,
                    "tables": [_table(one) for one in chapter.tables if one.printed != 0],
                }
                for number, chapter in enumerate(report.chapters, start=1)
            ),
            site_url=report.site_url,
            qr_alt=f"QRコード。{address} を開きます。",
            lost_glyph_note=LOST_GLYPH_NOTE,
        )


def _table(one: Table) -> dict[str, Any]:
    rows = [
        [UNKNOWN_IN_WIDE if one.wide and value is None else shown(value, column.format) for value, column in zip(row, one.columns, strict=True)]
        for row in one.rows[: one.printed]
    ]  # fmt: skip
    hidden = len(one.rows) - len(rows)
    more = f"ほか{hidden}件は、Excel にあります。" if hidden else ""
    unknown = WIDE_NOTE if one.wide and any(UNKNOWN_IN_WIDE in row for row in rows) else ""
    return {
        "title": one.title,
        "wide": one.wide,
        "columns": [column.title for column in one.columns],
        "aligns": ["left" if column.format == "text" else "right" for column in one.columns],
        "widths": _widths(rows, [column.title for column in one.columns]),
        "rows": rows,
        "note": f"{more}{unknown}{one.method}{one.source}",
        "charts": [_chart(one, chart) for chart in one.drawn],
    }


def _widths(rows: list[list[str]], heads: list[str]) -> list[int]:
    """Return the shares of the columns with long texts, 0 for columns as wide as their words; shares of all where these have no room."""
    longest = [max(ems(head) / 2, *(ems(row[at]) for row in rows), 0) for at, head in enumerate(heads)]
    short = sum(length + 1 for length in longest if length <= LONG)
    if short > (WIDEST / 2 if max(longest) > LONG else WIDEST):
        return [round(min(24, max(4, length)) + (2 if at == 0 else 0)) for at, length in enumerate(longest)]
    return [0 if length <= LONG else round(min(60, length)) for length in longest]


def _chart(one: Table, chart: Chart) -> dict[str, Any]:
    count = one.bars(chart)
    values = [one.values(chart, row) for row in range(count)]
    known = [[value or 0 for value in row] for row in values if None not in row]
    most = max((sum(row) for row in known), default=0) or 1
    forms = [one.columns[column].format for column in chart.columns]
    cut = f"（表の上から{count}）" if count < chart.rows else ""
    bars = []
    for row, found in enumerate(values):
        told = [shown(value, form) for value, form in zip(found, forms, strict=True)]
        parts = [] if None in found else [round((value or 0) / most, 4) for value in found]
        bars.append([str(one.rows[row][0]), parts, "・".join(dict.fromkeys(told) if None in found else told)])
    legend = [one.columns[column].title for column in chart.columns]
    return {"title": chart.title + cut, "alt": one.alt(chart), "legend": legend if chart.stacked else [], "bars": bars}


_FORMATS = {"text": "text", "whole": "whole", "rate": "tenth", "percent": "percent"}


def report_book(report: Report) -> Book:
    """Return the workbook: what it holds first, then a sheet for each table."""
    tables = [(chapter.heading, one) for chapter in report.chapters for one in chapter.tables]
    names = _names([one.title for _, one in tables])
    lines = [("", line) for one in report.chapters if one.sentences for line in (f"【{one.heading}】", *one.sentences)]
    contents = [(name, one.title) for name, (_, one) in zip(names, tables, strict=True)]
    first = Sheet(
        "はじめに",
        (SheetColumn("シート", 24), SheetColumn(report.title, 110)),
        (("", f"{report.day}の時点。{report.site_name} {report.site_url}".strip()), *contents, *lines),
        printing=Print(footer=report.title),
    )
    return Book(report.title, (first, *(_sheet(name, one) for name, (_, one) in zip(names, tables, strict=True))))


def _sheet(name: str, one: Table) -> Sheet:
    return Sheet(
        name,
        tuple(
            SheetColumn(column.title, _column_width(one, at), format=_FORMATS[column.format])  # type: ignore[arg-type]
            for at, column in enumerate(one.columns)
        ),
        tuple(tuple(round(value, 4) if isinstance(value, float) else value for value in row) for row in one.rows),
        header_row=FIRST_ROW,
        boxes=tuple(
            SheetBox(row, 1, text, columns=max(2, min(8, len(one.columns))), bold=row == 1, size=14 if row == 1 else 11)
            for row, text in enumerate((one.title, one.method, one.source, "空欄は「わからない」です。"), start=1)
            if text
        ),
        heights=((2, 66.0), (3, 34.0)),
        freeze=(FIRST_ROW, 1),
        charts=tuple(
            SheetChart(chart.title, one.alt(chart), chart.columns, one.bars(chart), stacked=chart.stacked)
            for chart in one.drawn
        ),
        printing=Print(footer=name),
    )  # fmt: skip


def _column_width(one: Table, at: int) -> float:
    longest = (
        max((2 * ems(str(row[at])) for row in one.rows[:200]), default=0) if one.columns[at].format == "text" else 0
    )
    return float(min(60, max(12 if one.wide else 14, longest + 2)))


def _names(titles: list[str]) -> list[str]:
    """Return the names of the sheets: short, each once, without what Excel forbids in them."""
    found: list[str] = []
    for title in titles:
        name = "".join("_" if letter in "[]:*?/\\" else letter for letter in title.replace("：", " "))[:28]
        found.append(name if name not in found else f"{name[:25]} {len(found)}")
    return found

"""The report of an import as a workbook: the totals of every list, then every row in the colour of what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tsunagite.spreadsheets.book import Book, Cell, Sheet, SheetColumn

_COUNTS = ("rows", "records", "merged", "dropped", "new", "updated", "conflicts", "asked", "gone")
_WIDTHS = {"name": 22, "row": 7, "id": 22, "record": 30, "fate": 20, "column": 22, "read": 40, "became": 40, "text": 40}


def report_book(
    words: Mapping[str, str], totals: Sequence[Mapping[str, Any]], lines: Iterable[tuple[str, Sequence[str]]]
) -> bytes:
    """Return the workbook. ``lines`` are (colour or "", the texts of the columns: list, row, id, name, fate, …)."""
    from tsunagite.spreadsheets.write import write_workbook  # noqa: PLC0415 - openpyxl is large

    head = (
        SheetColumn(words["name"], 36),
        SheetColumn(words["file"], 36),
        *(SheetColumn(words[key], 12, "whole") for key in _COUNTS),
    )
    sums = [(f"{one['name']}（{one['list']}）", one["file"], *(one[key] for key in _COUNTS)) for one in totals]
    columns = tuple(
        SheetColumn(words[key], width, "whole" if key == "row" else "text") for key, width in _WIDTHS.items()
    )
    rows = [tuple(Cell(_value(number, text), color) for number, text in enumerate(texts)) for color, texts in lines]
    return write_workbook(
        Book(
            words["title"],
            (Sheet(words["totals"], head, sums, filter=True), Sheet(words["all_rows"], columns, rows, filter=True)),
        )
    )


def _value(number: int, text: str) -> str | int | None:
    return (int(text) if text else None) if number == 1 else text or None

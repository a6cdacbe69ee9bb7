"""Workbooks (.xlsx) as small frozen values (``write.py`` writes them).

A list is a ``Sheet`` with columns and rows; a form to fill in is a ``Sheet`` without rows and with ``boxes``, each a cell or
several merged into one. Both may be mixed: boxes above (``header_row=4``), the list below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

MAX_TEXT = 32_767  # characters in one cell; Excel allows no more

Plain = str | int | float | date | None


@dataclass(frozen=True)
class Cell:
    """A cell that looks unlike its column: ``fill`` is a colour such as FFF2CC, ``note`` shows when one points at it."""

    value: Plain
    fill: str = ""
    bold: bool = False
    note: str = ""


Value = Plain | Cell


@dataclass(frozen=True)
class SheetColumn:
    """A column of a list. ``width`` is in half-width characters; ``note`` is shown at the header.

    ``choices`` become a drop-down list; with ``strict`` nothing else may be typed. ``prompt`` is shown beside a chosen
    cell. Typing into the rows of a ``locked`` column is refused (not into spare rows), though rows can be sorted and
    deleted, which Excel forbids where a sheet is protected.
    """

    title: str
    width: float = 14
    format: Literal["text", "whole", "decimal", "tenth", "percent", "day"] = "text"
    choices: tuple[str, ...] = ()
    strict: bool = False
    note: str = ""
    prompt: str = ""
    locked: bool = False
    hidden: bool = False
    folded: bool = False
    """Out of sight until one presses the [+] above the columns."""
    fill: str = ""
    """The colour of the header; "" = the common one."""


@dataclass(frozen=True)
class SheetBox:
    """A cell of a form, or several merged into one: ``row`` and ``column`` count from 1.

    ``border`` draws a thin frame; ``size`` is in points; ``open`` cells can be filled in while the sheet is protected.
    """

    row: int
    column: int
    value: Plain = None
    rows: int = 1
    columns: int = 1
    fill: str = ""
    bold: bool = False
    size: float = 11
    align: Literal["left", "center", "right"] = "left"
    upright: Literal["top", "center", "bottom"] = "center"
    border: bool = False
    open: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = False
    note: str = ""
    color: str = "111111"
    name: str = ""
    """The name by which formulas find the cell ("互助_すでにある"); characters that Excel does not allow become _."""


@dataclass(frozen=True)
class SheetChart:
    """Bars beside a list: some of its columns (from 0), the first ``rows`` rows; its first column names the bars.

    ``stacked``: the columns are parts of one whole. ``alt`` says what it shows, for those who do not see it.
    """

    title: str
    alt: str
    columns: tuple[int, ...]
    rows: int
    stacked: bool = False


@dataclass(frozen=True)
class Print:
    """How a sheet comes out of a printer: the header repeated, page numbers below.

    ``fit`` is "width" (as wide as the paper), "page" (all on one page: a form) or "none": a sheet too wide for any paper
    is cut into pages at ``scale`` per cent, each with the first ``columns`` columns again.
    """

    paper: Literal["A4", "A3"] = "A4"
    landscape: bool = True
    fit: Literal["width", "page", "none"] = "width"
    scale: int = 100
    columns: int = 0
    margin: float = 12
    """Millimetres on all four sides."""
    footer: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``spare`` are empty rows below the list that have its drop-downs and formats.

    ``freeze`` is (rows, columns) that stay in sight; by default the header. ``heights`` are points by row.
    """

    name: str
    columns: tuple[SheetColumn, ...] = ()
    rows: Sequence[Sequence[Value]] = ()
    header_row: int = 1
    """The row of the column titles; 0 = none (a form)."""
    boxes: tuple[SheetBox, ...] = ()
    spare: int = 0
    freeze: tuple[int, int] | None = None
    heights: tuple[tuple[int, float], ...] = ()
    filter: bool = False
    """Whether the header offers to sort and to filter."""
    protected: bool = False
    """Whether locked cells are kept from being changed. There is no password: who must, can."""
    hidden: bool = False
    charts: tuple[SheetChart, ...] = ()
    """They stand to the right of the list."""
    printing: Print = Print()


@dataclass(frozen=True)
class Book:
    """A workbook: its title (kept in its properties) and its sheets, the first one being shown."""

    title: str
    sheets: tuple[Sheet, ...]

"""Reading workbooks that are no .xlsx (.xls of before 2007, .xlsb, OpenDocument .ods): the one door to calamine. Nothing is run.

Calamine gives the values of cells, not how they are shown: codes that only look like 001 come as 1, and an error of a formula
comes as nothing. Whoever reads such a file is told so (I234).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error, notice
from tsunagite.spreadsheets.read import (
    EMPTY,
    MAX_BYTES,
    MAX_CELLS,
    MAX_RATIO,
    MAX_TEXT,
    MAX_UNPACKED,
    RATIO_FROM,
    Kind,
    ReadCell,
    ReadSheet,
    Workbook,
    cell_name,
)
from tsunagite.text.number_formats import shown_day, shown_number

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of_workbook(path: Path) -> str:
    """Return what a workbook is by its content, whatever it is called: ``xlsx``, ``xls``, ``xlsb`` or ``ods``; "" for no workbook.

    A document of Word of before 2007 begins as an .xls does: reading it then fails with a reason.
    """
    with path.open("rb") as stream:
        head = stream.read(8)
    if head == _OLE:
        return "xls"
    if not head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if {"mimetype", "content.xml"} <= names:
                return (
                    "ods"
                    if archive.read("mimetype").strip().startswith(b"application/vnd.oasis.opendocument.spreadsheet")
                    else ""
                )
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return ""
    return "xlsb" if "xl/workbook.bin" in names else "xlsx" if "xl/workbook.xml" in names else ""


def read_other_workbook(path: Path, name: str, kind: str) -> tuple[Workbook | None, list[Finding]]:
    """Read a workbook that is no .xlsx; ``name`` is how findings call it. The workbook is None exactly when a finding is an error."""
    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415 - few lists need it

    place = SourceLocation(name)
    size = path.stat().st_size
    if size > MAX_BYTES:
        return None, [error("I102", place, size=f"{size:,}", limit=f"{MAX_BYTES:,}")]
    raw = path.read_bytes()
    if refused := _refuse(raw, place):
        return None, [refused]
    try:
        with load_workbook(io.BytesIO(raw)) as book:
            opened = [(meta, book.get_sheet_by_name(meta.name)) for meta in book.sheets_metadata]
            if large := next(
                (
                    meta.name
                    for meta, sheet in opened
                    if sheet.end and (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAX_CELLS
                ),
                None,
            ):
                return None, [error("I156", place, sheet=large, limit=f"{MAX_CELLS:,}")]
            sheets = [_sheet(sheet, hidden="visible" not in str(meta.visible).lower()) for meta, sheet in opened]
    except (CalamineError, PasswordError, ValueError, OSError) as problem:
        detail = f"{type(problem).__name__}: {problem}".splitlines()[0][:100]
        return None, [
            error("I152", place) if isinstance(problem, PasswordError) else error("I151", place, detail=detail)
        ]
    long = next((found for sheet in sheets if (found := _too_long(sheet, name))), None)
    return (None, [long]) if long else (Workbook(name, tuple(sheets)), [notice("I234", place, kind=f".{kind}")])


def _too_long(sheet: ReadSheet, name: str) -> Finding | None:
    for number, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if len(cell.text) > MAX_TEXT:
                values = {"sheet": sheet.name, "cell": cell_name(number, column), "length": f"{len(cell.text):,}"}
                return error("I157", SourceLocation(name, line=number, column=column), limit=f"{MAX_TEXT:,}", **values)
    return None


def _refuse(raw: bytes, place: SourceLocation) -> Finding | None:
    """Refuse a password, and an archive made to burst."""
    if raw.startswith(_OLE):
        return error("I152", place) if _ENCRYPTED in raw else None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as problem:
        return error("I151", place, detail=str(problem)[:100])
    unpacked = sum(entry.file_size for entry in entries)
    widest = max(
        (entry.file_size / max(entry.compress_size, 1) for entry in entries if entry.file_size > RATIO_FROM),
        default=0.0,
    )
    if unpacked > MAX_UNPACKED or widest > MAX_RATIO:
        return error("I154", place, unpacked=f"{unpacked:,}", packed=f"{len(raw):,}", limit=f"{MAX_UNPACKED:,}")
    return None


def _sheet(sheet: Any, *, hidden: bool) -> ReadSheet:
    rows = [tuple(_without_end(map(_cell, row))) for row in sheet.to_python(skip_empty_area=False)] if sheet.end else []
    while rows and not rows[-1]:
        rows.pop()
    merged = tuple(
        f"{cell_name(top + 1, left + 1)}:{cell_name(bottom + 1, right + 1)}"
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return ReadSheet(sheet.name, tuple(rows), merged, hidden)


def _without_end(cells: Iterator[ReadCell]) -> list[ReadCell]:
    row = list(cells)
    while row and row[-1].kind is Kind.EMPTY:
        row.pop()
    return row


def _cell(value: object) -> ReadCell:
    """Return a value as people would see it in a cell without a format."""
    if value in ("", None):
        return EMPTY
    if isinstance(value, bool):
        return ReadCell("TRUE" if value else "FALSE", Kind.BOOLEAN)
    if isinstance(value, datetime | date | time | timedelta):
        return ReadCell(shown_day(value), Kind.DATE)
    if isinstance(value, int | float):
        return ReadCell(shown_number(value, "General"), Kind.NUMBER)
    return ReadCell(str(value).replace("\r\n", "\n").replace("\r", "\n"), Kind.TEXT)

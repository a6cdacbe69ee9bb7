"""Reading workbooks (.xlsx) that strangers made: the one door to openpyxl for reading. Nothing is run, nothing is guessed.

Before anything is parsed the archive is looked at: its unpacked size, how far it was packed, whether it asks for
entities. What a cell says is what people see in it; a formula is reported with its cell, never computed here. Macros,
pictures and links to other workbooks are not looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.text.number_formats import shown_day, shown_number

MAX_BYTES = 50_000_000  # of the file
MAX_UNPACKED = 400_000_000  # 100,000 rows of 30 columns unpack to about 200 MB
MAX_RATIO = 200  # real sheets pack to a tenth or a fiftieth; a bomb to a thousandth
RATIO_FROM = 10_000_000  # parts smaller than this harm nobody, however well they pack
MAX_PARTS = 5_000
MAX_CELLS = 5_000_000
MAX_ROWS = 1_048_576  # Excel has no more; a file may claim a row of number two billion
MAX_TEXT = 32_767  # characters in one cell; Excel allows no more
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how encrypted workbooks, and those of before 2007, begin
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_LINK = re.compile(r'=HYPERLINK\(\s*"(?P<link>(?:[^"]|"")*+)"\s*(?:,\s*"(?P<text>(?:[^"]|"")*+)"\s*)?\)', re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>/]")
_NOTE = re.compile(rb"<(?:\w+:)?(?:threadedC|c)omment\s[^<>]*?ref=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_COORDINATE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_CHUNK = 1 << 20
_OVERLAP = 200  # longer than any tag the patterns look for
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException,
    KeyError, ValueError, IndexError, TypeError, AttributeError, EOFError, NotImplementedError, OSError,
)  # fmt: skip


class Kind(StrEnum):
    """What a cell holds. ``ERROR`` is #N/A and its like; a formula's text is what was last computed.

    ``UNSAVED`` is a formula whose value the program that wrote the file did not save: nobody can tell what people see there.
    """

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    FORMULA = "formula"
    UNSAVED = "unsaved"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What people see in a cell, and what it holds."""

    text: str = ""
    kind: Kind = Kind.EMPTY


EMPTY = ReadCell()


@dataclass(frozen=True)
class ReadSheet:
    """The cells of one sheet: ``rows[r][c]`` is row r+1, column c+1. Rows end with their last cell that is not empty."""

    name: str
    rows: tuple[tuple[ReadCell, ...], ...] = ()
    merged: tuple[str, ...] = ()
    """Ranges that are one cell to the eye, such as ``B2:D2``; only the first of them holds anything."""
    hidden: bool = False

    def at(self, coordinate: str) -> ReadCell:
        """Return the cell called ``B12``; an empty one where nothing stands."""
        column, row = _position(coordinate)
        cells = self.rows[row - 1] if row <= len(self.rows) else ()
        return cells[column - 1] if column <= len(cells) else EMPTY

    def of_kind(self, kind: Kind) -> Iterator[str]:
        """Yield the names of the cells of one kind, row by row."""
        for number, cells in enumerate(self.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell.kind is kind:
                    yield cell_name(number, column)

    def merged_columns(self) -> Iterator[tuple[int, int, int]]:
        """Yield (column, first row, last row) of every merged range that is one column wide; all count from 1."""
        for left, top, right, bottom in self._ranges():
            if left == right:
                yield left, top, bottom

    def merged_in_row(self) -> Iterator[tuple[int, int, int]]:
        """Yield (row, first column, last column) of every merged range that is one row high; all count from 1."""
        for left, top, right, bottom in self._ranges():
            if top == bottom:
                yield top, left, right

    def _ranges(self) -> Iterator[tuple[int, int, int, int]]:
        for merged in self.merged:
            first, _, last = merged.partition(":")
            yield *_position(first), *_position(last or first)


@dataclass(frozen=True)
class Workbook:
    """A workbook that was read whole, in the order of its sheets."""

    name: str
    sheets: tuple[ReadSheet, ...] = ()
    notes: tuple[str, ...] = ()
    """The cells with a note (メモ, コメント) that somebody put on them, of whatever sheet."""

    def sheet(self, name: str) -> ReadSheet | None:
        """Return the sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    @property
    def visible(self) -> tuple[ReadSheet, ...]:
        """The sheets that people see, those without any cell left out."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden and sheet.rows)


def cell_name(row: int, column: int) -> str:
    """Return ``B12`` for row 12, column 2 (both count from 1)."""
    letters = ""
    left = column
    while left > 0:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _position(coordinate: str) -> tuple[int, int]:
    """Return (column, row) of ``B12``: 2, 12. Raises ValueError for what is no cell."""
    match = _COORDINATE.fullmatch(coordinate)
    if not match:
        raise ValueError(coordinate)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])


def is_workbook(path: Path) -> bool:
    """Tell whether a file is called as a workbook is (.xlsx, .xlsm, and .xls, which is then refused with a reason)."""
    return path.suffix.lower() in (".xlsx", ".xlsm", ".xls")


class _Refused(Exception):
    """Raised while reading: the finding that says why a workbook is not taken."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


@dataclass
class _Part:
    """What was seen in the text of a part before it was parsed."""

    formulas: bool = False
    values: int = 0
    """Cells that hold anything: where all were seen, what follows is empty, however many rows a file has formatted."""
    merged: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_workbook(path: Path, name: str) -> tuple[Workbook | None, list[Finding]]:
    """Read a workbook; ``name`` is how findings call it. The workbook is None exactly when findings were made.

    Refused are: what is no workbook or a damaged one, a password, the form of before 2007, an archive made to burst,
    entities, a cell longer than Excel allows, more than MAX_CELLS cells. Time and memory grow with the cells.
    """
    place = SourceLocation(name)
    if not path.is_file():
        return None, [error("I101", place)]
    size = path.stat().st_size
    if size > MAX_BYTES:
        return None, [error("I102", place, size=f"{size:,}", limit=f"{MAX_BYTES:,}")]
    return workbook_of(path.read_bytes(), name)


def workbook_of(raw: bytes, name: str) -> tuple[Workbook | None, list[Finding]]:
    """Read a workbook from its bytes, as ``read_workbook`` does."""
    place = SourceLocation(name)
    try:
        _refuse_other_forms(raw, place)
        parts = _inspect_parts(raw, place)
        raw = _transitional(raw)
        notes = dict.fromkeys(note for part in parts.values() for note in part.notes)
        return Workbook(name, tuple(_sheets(raw, parts, place)), tuple(notes)), []
    except _Refused as refused:
        return None, [refused.finding]
    except _BROKEN as problem:  # whatever openpyxl meets in a damaged part
        return None, [error("I151", place, detail=_detail(problem))]


def _detail(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}".splitlines()[0][:100]


def _refuse_other_forms(raw: bytes, place: SourceLocation) -> None:
    if raw.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in raw
        raise _Refused(error("I152" if encrypted else "I153", place))


def _inspect_parts(raw: bytes, place: SourceLocation) -> dict[str, _Part]:
    """Look at every part without parsing it: sizes first, then its text. Reading it whole also proves its checksum."""
    seen: dict[str, _Part] = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        widest = max((e.file_size / max(e.compress_size, 1) for e in entries if e.file_size > RATIO_FROM), default=0.0)
        if unpacked > MAX_UNPACKED or widest > MAX_RATIO or len(entries) > MAX_PARTS:
            found = error("I154", place, unpacked=f"{unpacked:,}", packed=f"{len(raw):,}", limit=f"{MAX_UNPACKED:,}")
            raise _Refused(found)
        if any(entry.flag_bits & 1 for entry in entries):
            raise _Refused(error("I152", place))
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels", ".vml")):
                seen[entry.filename] = _scanned(archive, entry, place)
    return seen


_STRICT = b"http://purl.oclc.org/ooxml/"
# Namespaces of ISO/IEC 29500 Strict and those of Transitional, which openpyxl reads; the parts are otherwise the same.
_NAMESPACES = (
    (b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (
        b"officeDocument/extendedProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
    (b"officeDocument/docPropsVTypes", b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
    (b"officeDocument/customProperties", b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
    (b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


def _transitional(raw: bytes) -> bytes:
    """Return a workbook saved as "Strict Open XML" with the usual namespaces; any other as it is. Call after ``_inspect_parts``."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if _STRICT not in archive.read("xl/workbook.xml"):
            return raw
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as usual:
            for entry in archive.infolist():
                content = archive.read(entry)
                if entry.filename.endswith((".xml", ".rels")):
                    for strict, transitional in _NAMESPACES:
                        content = content.replace(_STRICT + strict, transitional)
                usual.writestr(entry.filename, content)
    return result.getvalue()


def _scanned(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: SourceLocation) -> _Part:
    part = _Part()
    merged: dict[str, None] = {}
    notes: dict[str, None] = {}
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            if any(sign in text for sign in _ENTITIES):
                raise _Refused(error("I155", place, part=entry.filename))
            part.formulas = part.formulas or bool(_FORMULA.search(text))
            part.values += sum(found.end() > len(tail) for found in _VALUE.finditer(text))
            merged |= dict.fromkeys(found.decode("ascii") for found in _MERGE.findall(text))
            notes |= dict.fromkeys(found.decode("ascii") for found in _NOTE.findall(text))
            tail = text[-_OVERLAP:]
    part.merged, part.notes = list(merged), list(notes)
    return part


def _sheets(raw: bytes, parts: dict[str, _Part], place: SourceLocation) -> Iterator[ReadSheet]:
    with closing(_opened(raw, values=True)) as shown:
        formulas: Any = None
        left = MAX_CELLS
        for sheet in shown.worksheets:
            part = parts.get(sheet._worksheet_path.lstrip("/"), _Part())  # noqa: SLF001 - openpyxl has no other name for it
            sheet.reset_dimensions()  # what a file says about its own size need not be true
            if part.formulas:
                formulas = formulas or _opened(raw, values=False)
                formulas[sheet.title].reset_dimensions()
            rows = _rows(sheet, formulas[sheet.title] if part.formulas else None, left, place, part.values)
            left -= sum(map(len, rows))
            yield ReadSheet(sheet.title, rows, tuple(part.merged), sheet.sheet_state != "visible")
        if formulas is not None:
            formulas.close()


def _opened(raw: bytes, *, values: bool) -> Any:
    import openpyxl  # noqa: PLC0415 - it brings NumPy along, and most lists are csv

    return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=values, keep_links=False)


def _rows(
    sheet: Any, with_formulas: Any, left: int, place: SourceLocation, values: int
) -> tuple[tuple[ReadCell, ...], ...]:
    """Return the rows of a sheet without the empty cells and rows at their ends; reading ends behind its last value."""
    rows: list[tuple[ReadCell, ...]] = []
    others = with_formulas.iter_rows() if with_formulas is not None else None
    last = 0
    known: dict[tuple[Any, str], ReadCell] = {}
    for number, written in enumerate(sheet.iter_rows(), start=1):
        if number > MAX_ROWS:
            raise _Refused(error("I156", place, sheet=sheet.title, limit=f"{MAX_CELLS:,}"))
        if others is None:
            values -= sum(cell.value is not None for cell in written)
        computed = next(others, ()) if others is not None else ()
        cells = [_cell(cell, known) for cell in written]
        for column, other in enumerate(computed):
            if other.data_type == "f":
                link = _linked_text(other.value) if not cells[column].text else ""
                cells[column] = ReadCell(link, Kind.TEXT) if link else _computed(cells[column].text, written[column])
        while cells and cells[-1].kind is Kind.EMPTY:
            cells.pop()
        rows.append(tuple(cells))
        if cells:
            last = number
            left -= len(cells)
            _refuse_too_much(sheet.title, number, cells, left, place)
        if others is None and values <= 0:
            break
    return tuple(rows[:last])


def _computed(text: str, written: Any) -> ReadCell:
    """Return the cell of a formula. An empty text that was saved says so by its type (t="str"); without any value the type is a number's."""
    return ReadCell(text, Kind.FORMULA if text or written.data_type == "str" else Kind.UNSAVED)


def _linked_text(formula: object) -> str:
    """Return what people see of ``=HYPERLINK("link", "text")`` whose parts are texts: its text, else the link; "" for any other formula.

    Programs write such cells without the value that Excel would save (a city's list of hospitals, 2024-10).
    """
    found = _LINK.fullmatch(str(formula))
    return (found["text"] or found["link"]).replace('""', '"') if found else ""


def _refuse_too_much(sheet: str, number: int, cells: list[ReadCell], left: int, place: SourceLocation) -> None:
    if left < 0:
        raise _Refused(error("I156", place, sheet=sheet, limit=f"{MAX_CELLS:,}"))
    for column, cell in enumerate(cells, start=1):
        if len(cell.text) > MAX_TEXT:
            values = {"sheet": sheet, "cell": cell_name(number, column), "length": f"{len(cell.text):,}"}
            raise _Refused(
                error("I157", SourceLocation(place.file, line=number, column=column), limit=f"{MAX_TEXT:,}", **values)
            )


def _cell(cell: Any, known: dict[tuple[Any, str], ReadCell]) -> ReadCell:
    """Return what people see in a cell of openpyxl. Equal texts share one Cell, so that memory stays small."""
    value = cell.value
    if value is None:
        return EMPTY
    if isinstance(value, str):
        kind = Kind.ERROR if cell.data_type == "e" else Kind.TEXT
        found = known.get((value, kind))
        if found is None:
            text = value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
            found = known[value, kind] = ReadCell(text, kind) if text else EMPTY
        return found
    if isinstance(value, bool):
        return ReadCell("TRUE" if value else "FALSE", Kind.BOOLEAN)
    if isinstance(value, datetime | date | time | timedelta):
        return ReadCell(shown_day(value), Kind.DATE)
    return ReadCell(shown_number(value, cell.number_format or "General"), Kind.NUMBER)

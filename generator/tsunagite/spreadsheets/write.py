"""Writing workbooks (.xlsx) from small frozen values: the one door to openpyxl for writing. The same values, the same bytes.

Texts are always stored as texts, so "=1+1" and "-2" show as they are, "0871234567" keeps its zero, and nothing that a
stranger wrote is ever computed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from tsunagite.spreadsheets.book import MAX_TEXT, Book, Cell, Plain, Sheet, SheetBox, SheetChart, SheetColumn, Value

FONT = "游ゴシック"  # in every Office with Japanese; other programs put their own Japanese font in its place
CHOICES = "選択肢"  # the hidden sheet that holds the words of drop-down lists
_PAPERS = {"A4": 9, "A3": 8}
_LINE = Side(style="thin", color="8A8F98")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's days have no zone; the day is no news, only a constant
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the first day an archive can name
_MODIFIED = re.compile(rb"(<dcterms:modified[^<>]*>)[^<]*")
_NOT_IN_NAMES = re.compile(r"[^\w.]|^(?=[0-9.])")
_TYPE = re.compile(rb"<Default [^<>]*>")
_DRAWING = re.compile(r"xl/drawings/drawing[0-9]+\.xml")
_CHART = re.compile(rb'(<(?:xdr:)?cNvPr id="[0-9]+" name="Chart [0-9]+")( ?/>)')
_TYPES = re.compile(rb"(?:<Default [^<>]*>)+")


def write_workbook(book: Book) -> bytes:
    """Return the bytes of an .xlsx file. Raises ValueError for a text longer than Excel allows (MAX_TEXT)."""
    workbook: Any = openpyxl.Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = book.title
    workbook.properties.creator = "tsunagite"
    workbook.properties.created = _EPOCH
    lists = _Choices()
    for sheet in book.sheets:
        _write_sheet(workbook.create_sheet(sheet.name), sheet, lists)
    lists.write(workbook)
    workbook.active = next((i for i, sheet in enumerate(book.sheets) if not sheet.hidden), 0)
    saved = io.BytesIO()
    workbook.save(saved)
    return _repeatable(saved.getvalue(), [chart.alt for sheet in book.sheets for chart in sheet.charts])


def _repeatable(raw: bytes, alts: Sequence[str]) -> bytes:
    """Pack an archive again with fixed days and the types of its files in order.

    openpyxl writes the time of saving into it, and the types of file names from a set, whose order is another in every run.
    It also has no way to say what a chart shows (``alts``, in the order of the charts).
    """
    told = iter(alts)
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as archive,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
    ):
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _EPOCH.isoformat().encode() + b"Z", content)
            elif entry.filename == "[Content_Types].xml":
                content = _TYPES.sub(lambda found: b"".join(sorted(_TYPE.findall(found.group()))), content, count=1)
            elif _DRAWING.fullmatch(entry.filename):
                content = _CHART.sub(
                    lambda found: found.group(1) + b" descr=" + quoteattr(next(told)).encode() + found.group(2), content
                )
            plain = zipfile.ZipInfo(entry.filename, _ZIP_DAY)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.external_attr = 0o600 << 16
            packed.writestr(plain, content)
    return result.getvalue()


class _InOrder(MultiCellRange):
    """Merged cells from left to right: openpyxl keeps a set, whose order is another in every run."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.sorted())


class _Choices:
    """The words of all drop-down lists, each list once: kept on a sheet, as Excel cuts written lists at 255 characters."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def reference(self, choices: tuple[str, ...]) -> str:
        """Return the formula that names the cells of a list."""
        letter = get_column_letter(self._columns.setdefault(choices, len(self._columns) + 1))
        return f"'{CHOICES}'!${letter}$1:${letter}${len(choices)}"

    def write(self, workbook: Any) -> None:
        """Add the hidden sheet, where there are any lists."""
        if not self._columns:
            return
        sheet = workbook.create_sheet(CHOICES)
        sheet.sheet_state = "hidden"
        for choices, column in self._columns.items():
            for row, word in enumerate(choices, start=1):
                _put(sheet.cell(row, column), word)


def _write_sheet(sheet: Any, what: Sheet, lists: _Choices) -> None:
    sheet.merged_cells = _InOrder()
    for number, column in enumerate(what.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden or column.folded
        dimension.number_format = _FORMATS[column.format]
        if column.folded:
            dimension.outlineLevel = 1
        if what.header_row:
            _write_header(sheet.cell(what.header_row, number), column)
    first = what.header_row + 1
    _write_rows(sheet, what, first)
    for number, column in enumerate(what.columns, start=1):
        last = what.header_row + len(what.rows) + (0 if column.locked else what.spare)
        if last >= first:
            letter = get_column_letter(number)
            _validate(sheet, f"{letter}{first}:{letter}{last}", column, lists)
    for box in what.boxes:
        _write_box(sheet, box, lists)
    for row, height in what.heights:
        sheet.row_dimensions[row].height = height
    rows, columns = what.freeze if what.freeze is not None else (what.header_row, 0)
    if rows or columns:
        sheet.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
    if what.filter and what.header_row and what.columns:
        end = max(what.header_row + len(what.rows), first)
        sheet.auto_filter.ref = f"A{what.header_row}:{get_column_letter(len(what.columns))}{end}"
    if what.protected:
        _protect(sheet)
    sheet.sheet_state = "hidden" if what.hidden else "visible"
    row = max(1, what.header_row)
    for chart in what.charts:
        row = _add_chart(sheet, what, chart, row)
    _set_up_printing(sheet, what)


def _write_header(cell: Any, column: SheetColumn) -> None:
    _put(cell, column.title)
    cell.font = Font(name=FONT, size=11, bold=True, color="111111")
    cell.fill = PatternFill("solid", fgColor=column.fill or "DCEBE6")
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left")
    cell.border = _BORDER
    _note(cell, column.note)


_FORMATS = {"text": "@", "whole": "0", "decimal": "General", "tenth": "0.0", "percent": "0%", "day": "yyyy-mm-dd"}


def _write_rows(sheet: Any, what: Sheet, first: int) -> None:
    empty: Sequence[Value] = (None,) * len(what.columns)
    styles = [_style_of(sheet, column) for column in what.columns]
    bold = Font(name=FONT, size=11, bold=True)
    for row, values in enumerate(_pad_rows(what.rows, empty, what.spare), start=first):
        for number, (column, value) in enumerate(zip(what.columns, values, strict=True), start=1):
            if value is None and column.folded:
                continue  # the column says how its cells look
            cell = sheet.cell(row, number)
            cell._style = copy(styles[number - 1])  # noqa: SLF001 - setting five properties a cell takes ten times as long
            if not isinstance(value, Cell):
                _put(cell, value)
                continue
            _put(cell, value.value)
            if value.bold:
                cell.font = bold
            if value.fill:
                cell.fill = PatternFill("solid", fgColor=value.fill)
            _note(cell, value.note)


def _style_of(sheet: Any, column: SheetColumn) -> Any:
    """Return the style of a column's cells, as openpyxl keeps it."""
    cell = sheet.parent.create_sheet("style").cell(1, 1)
    cell.font = Font(name=FONT, size=11)
    cell.number_format = _FORMATS[column.format]
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = _BORDER
    if not column.locked:
        cell.protection = Protection(locked=False)
    sheet.parent.remove(cell.parent)
    return cell._style  # noqa: SLF001 - openpyxl has no other name for it


def _pad_rows(rows: Sequence[Sequence[Value]], empty: Sequence[Value], spare: int) -> Iterator[Sequence[Value]]:
    yield from rows
    yield from (empty for _ in range(spare))


def _write_box(sheet: Any, box: SheetBox, lists: _Choices) -> None:
    cell = sheet.cell(box.row, box.column)
    _put(cell, box.value)
    end = f"{get_column_letter(box.column + box.columns - 1)}{box.row + box.rows - 1}"
    for row in range(box.row, box.row + box.rows):
        for column in range(box.column, box.column + box.columns):
            one = sheet.cell(row, column)
            if box.border:
                one.border = _BORDER
            if box.fill:
                one.fill = PatternFill("solid", fgColor=box.fill)
            if box.open:
                one.protection = Protection(locked=False)
    cell.font = Font(name=FONT, size=box.size, bold=box.bold, color=box.color)
    indent = 1 if box.border and box.align == "left" else 0
    cell.alignment = Alignment(wrap_text=True, horizontal=box.align, vertical=box.upright, indent=indent)
    if box.open and box.value is None:
        cell.number_format = "@"
    if box.rows > 1 or box.columns > 1:
        sheet.merge_cells(f"{cell.coordinate}:{end}")
    _note(cell, box.note)
    if box.name:
        name = _NOT_IN_NAMES.sub("_", box.name)
        sheet.parent.defined_names[name] = DefinedName(
            name, attr_text=f"'{sheet.title}'!${get_column_letter(box.column)}${box.row}"
        )
    _validate(sheet, cell.coordinate, SheetColumn("", choices=box.choices, strict=box.strict), lists)


def _put(cell: Any, value: Plain) -> None:
    """Store a value; a text as a text, whatever it begins with, without characters that XML forbids."""
    if not isinstance(value, str):
        if value is not None:
            looks = cell.number_format
            cell.value, cell.number_format = value, looks
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MAX_TEXT:
        raise ValueError(f"{cell.coordinate}: {len(text)} characters; a cell holds {MAX_TEXT}")
    cell._value, cell.data_type = text, "s"  # noqa: SLF001 - the public way would take "=1+1" for a formula first
    if text[:1] in ("=", "+", "-", "@", "\t", "'"):
        cell.quotePrefix = True  # what Excel itself sets where one types an apostrophe first: it stays text when edited
    if text and cell.number_format == "General":
        cell.number_format = "@"


def _note(cell: Any, text: str) -> None:
    if text:
        comment = Comment(text, "tsunagite")
        lines = sum(1 + len(line) // 22 for line in text.split("\n"))
        comment.width, comment.height = 320, 24 + 18 * lines
        cell.comment = comment


def _validate(sheet: Any, cells: str, column: SheetColumn, lists: _Choices) -> None:
    """Offer a drop-down list, a hint beside the cell, or refuse typing. Numbers and days are checked by whoever reads."""
    if not column.choices and not column.prompt and not column.locked:
        return
    validation = DataValidation(allow_blank=True)
    if column.locked:
        validation.type, validation.formula1, validation.showErrorMessage = "custom", "FALSE", True
        validation.errorTitle, validation.error = (
            "変えられない列です",
            "この列は、行を見分けるために使います。Esc を押してもどしてください。",
        )
    elif column.choices:
        validation.type, validation.formula1 = "list", lists.reference(column.choices)
        validation.showErrorMessage = column.strict
        validation.errorTitle, validation.error = (
            "選択肢にありません",
            "下向きの矢印を押して、選択肢から選んでください。",
        )
    if column.prompt:
        validation.showInputMessage = True
        validation.promptTitle, validation.prompt = column.title[:32], column.prompt[:255]
    validation.add(cells)
    sheet.add_data_validation(validation)


_FILLS = (("solidFill", ""), ("ltUpDiag", ""), ("solidFill", "FFFFFF"), ("dotGrid", ""))
"""How parts of bars look, so that they stay apart in black and white: full, stripes, empty, dots."""
_INK: Any = "0F5B4A"
_COLUMNS_OF_A_CHART = 11
"""Columns of the usual width that a chart of 20 centimetres covers."""


def _add_chart(sheet: Any, what: Sheet, chart: SheetChart, row: int) -> int:
    """Put bars to the right of a list from a row on, with their numbers on them. Return the row below."""
    from openpyxl.chart import BarChart, Reference  # noqa: PLC0415 - few workbooks have charts
    from openpyxl.chart.label import DataLabelList  # noqa: PLC0415 - as above

    first, last = what.header_row + 1, what.header_row + chart.rows
    drawn: Any = BarChart()
    drawn.type, drawn.title, drawn.gapWidth = "bar", chart.title, 40
    drawn.grouping, drawn.overlap = ("stacked", 100) if chart.stacked else ("clustered", None)
    for number, column in enumerate(chart.columns):
        cells = Reference(sheet, min_col=column + 1, min_row=what.header_row, max_row=last)
        drawn.add_data(cells, titles_from_data=True)
        _fill_bars(drawn.series[number], *_FILLS[number % len(_FILLS)])
    drawn.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    drawn.x_axis.scaling.orientation = "maxMin"  # the first row on top
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.majorGridlines = None
    drawn.y_axis.number_format = _FORMATS[what.columns[chart.columns[0]].format]
    drawn.dataLabels = DataLabelList()
    drawn.dataLabels.showVal = True
    drawn.dataLabels.showSerName = drawn.dataLabels.showCatName = drawn.dataLabels.showLegendKey = False
    drawn.legend = drawn.legend if chart.stacked else None
    drawn.width, drawn.height = 20, 3 + 0.6 * chart.rows  # centimetres
    sheet.add_chart(drawn, f"{get_column_letter(len(what.columns) + 2)}{row}")
    return row + _chart_rows(chart)


def _chart_rows(chart: SheetChart) -> int:
    """Return how many rows of half a centimetre a chart takes, and two more."""
    return 8 + round(1.2 * chart.rows)


def _fill_bars(series: Any, pattern: Any, colour: Any) -> None:
    from openpyxl.drawing.colors import ColorChoice  # noqa: PLC0415 - as above
    from openpyxl.drawing.fill import PatternFillProperties  # noqa: PLC0415 - as above

    if pattern == "solidFill":
        series.graphicalProperties.solidFill = colour or _INK
    else:
        fill = PatternFillProperties(prst=pattern)
        white: Any = "FFFFFF"
        fill.foreground, fill.background = ColorChoice(srgbClr=_INK), ColorChoice(srgbClr=white)
        series.graphicalProperties.pattFill = fill
    series.graphicalProperties.line.solidFill = _INK


def _protect(sheet: Any) -> None:
    """Keep locked cells; allow what one does with a list: wider columns, higher rows, new rows, sorting, filtering."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)  # the file format names what is forbidden


def _set_up_printing(sheet: Any, what: Sheet) -> None:
    printing = what.printing
    sheet.page_setup.paperSize = _PAPERS[printing.paper]
    sheet.page_setup.orientation = "landscape" if printing.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=printing.fit != "none")
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1 if printing.fit == "page" else 0
    if printing.fit == "none":
        sheet.page_setup.scale, sheet.page_setup.pageOrder = printing.scale, "overThenDown"
    if printing.columns:
        sheet.print_title_cols = f"A:{get_column_letter(printing.columns)}"
    inches = printing.margin / 25.4
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, inches)
    sheet.page_margins.bottom = inches + 0.2
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = printing.footer or None, "&P / &N"
    if what.header_row and what.rows:
        sheet.print_title_rows = f"{what.header_row}:{what.header_row}"
    right = max([len(what.columns), *(box.column + box.columns - 1 for box in what.boxes)], default=0)
    bottom = max([what.header_row + len(what.rows), *(box.row + box.rows - 1 for box in what.boxes)], default=0)
    if what.charts:  # they stand to the right of the list, one below the other
        right += 1 + _COLUMNS_OF_A_CHART
        bottom = max(bottom, what.header_row + sum(_chart_rows(chart) for chart in what.charts))
    if right and bottom:
        sheet.print_area = f"A1:{get_column_letter(right)}{bottom}"

"""Worksheets from workbooks: what a meeting typed becomes a record, or findings that name the tab and the cell. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tsunagite.check.worksheets import tells_of_a_case
from tsunagite.findings import Finding, Loc, SourceLocation, error, has_errors, notice
from tsunagite.records.load.worksheets import head_fields
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.worksheet import HEAD_KEYS, Section, SheetField, WorksheetTemplate, record_model
from tsunagite.spreadsheets.read import Kind, ReadCell, Workbook, cell_name
from tsunagite.spreadsheets.read import ReadSheet as Tab
from tsunagite.text.normalize import nfkc
from tsunagite.worksheets import cells
from tsunagite.worksheets.areas import area_of

MOST = 20
"""Findings of one kind on one tab; more say nothing new."""


@dataclass
class Read:
    """What was read: the record as YAML says it (None where findings forbid it), and where each value stood."""

    sheet: WorksheetTemplate | None = None
    data: dict[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)
    places: dict[Loc, SourceLocation] = field(default_factory=dict)


def read_worksheet(
    workbook: Workbook,
    sheets: Mapping[str, WorksheetTemplate],
    vocabularies: Vocabularies,
    areas: Mapping[str, str] | None = None,
) -> Read:
    """Read a filled workbook of one of ``sheets``. Nothing that was typed is left out in silence.

    ``areas`` are the ids of areas by what they are called (``areas.area_ids``); without them the id itself is expected.
    """
    read = Read()
    sheet = read.sheet = _sheet_of(workbook, sheets)
    whole = SourceLocation(workbook.name, line=1, column=1)
    if sheet is None:
        read.findings.append(error("I401", whole))
        return read
    if sheet.blank_only:
        read.findings.append(error("W103", whole, title=sheet.title))
        return read
    data: dict[str, Any] = _first_line(
        _tab_lines(read, workbook, _Layout(cells.HEAD_TAB, head_fields(), (), is_table=False))
    )
    if history := _tab_lines(
        read, workbook, _Layout(cells.HISTORY_TAB, head_fields("history"), ("history",), is_table=True)
    ):
        data["history"] = history
    for section in sheet.sections:
        layout = _Layout(cells.tab_of(sheet, section), cells.fields_of(section), (section.id,), section.is_table)
        lines = _tab_lines(read, workbook, layout)
        if section is cells.grid_of(sheet):
            lines += GridReader(read, workbook, section, vocabularies).new_lines(lines)
        if section.is_table and lines:
            data[section.id] = lines
        elif lines and lines[0]:
            data[section.id] = lines[0]
    _refuse_other_tabs(read, workbook, sheet)
    if areas and isinstance(data.get("area"), str):
        if (found := area_of(data["area"], areas)) is None:
            read.findings.append(error("I416", read.places["area",], written=_short(data.pop("area"))))
        else:
            data["area"] = found
    data.setdefault("id", default_id(sheet, data))
    _validate_sheet(read, sheet, data, vocabularies, whole)
    return read


def default_id(sheet: WorksheetTemplate, data: Mapping[str, Any]) -> str:
    """Return the id of a record that has none yet: sheet, district and day."""
    return "-".join(part for part in (sheet.id, data.get("area"), data.get("made_on")) if isinstance(part, str))


def _sheet_of(workbook: Workbook, sheets: Mapping[str, WorksheetTemplate]) -> WorksheetTemplate | None:
    """Return the sheet a workbook says it is; where its hidden tab is gone, the one that has its tabs."""
    mark = workbook.sheet(cells.MARK_TAB)
    if mark and (found := sheets.get(mark.at("A2").text)):
        return found
    names = {tab.name for tab in workbook.sheets}
    fitting = [
        sheet for sheet in sheets.values() if {cells.tab_of(sheet, section) for section in sheet.sections} <= names
    ]
    return fitting[0] if len(fitting) == 1 else None


def _first_line(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return lines[0] if lines else {}


def _place(workbook: Workbook, tab: str, row: int, column: int) -> SourceLocation:
    """Return the place of a cell; findings then name file, tab and cell."""
    return SourceLocation(f"{workbook.name}［{tab}］{cell_name(row, column)}", line=row, column=column)


@dataclass(frozen=True)
class _Layout:
    """What is meant to stand on a tab: lines below headings, or boxes beside them."""

    name: str
    fields: tuple[SheetField, ...]
    loc: Loc
    is_table: bool


def _tab_lines(read: Read, workbook: Workbook, layout: _Layout) -> list[dict[str, Any]]:
    """Return the lines of one tab; what is wrong with it goes to ``read``."""
    name, fields, loc = layout.name, layout.fields, layout.loc
    tab = workbook.sheet(name)
    if tab is None:
        if name != cells.HISTORY_TAB:
            read.findings.append(error("I402", SourceLocation(workbook.name, line=1, column=1), tab=name))
        return []
    read.findings += _odd_cells(workbook, tab)
    if not layout.is_table:
        return [_boxes(read, workbook, tab, fields, loc)]
    columns = _columns(read, workbook, tab, fields)
    return list(_lines(read, workbook, tab, columns, loc))


def _odd_cells(workbook: Workbook, tab: Tab) -> Iterator[Finding]:
    """Yield formulas, errors of formulas, and merged cells below the headings."""
    for kind, code in ((Kind.FORMULA, "I403"), (Kind.UNSAVED, "I403"), (Kind.ERROR, "I404")):
        for name in list(tab.of_kind(kind))[:MOST]:
            row, column = _row_and_column(name)
            yield error(code, _place(workbook, tab.name, row, column), tab=tab.name, cell=name)
    for merged in tab.merged[:MOST]:
        row, column = _row_and_column(merged.split(":")[0])
        if row > cells.HEADER_ROW - 1:
            yield error("I405", _place(workbook, tab.name, row, column), tab=tab.name, cell=merged)


def _row_and_column(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :]), column


def _columns(
    read: Read, workbook: Workbook, tab: Tab, fields: tuple[SheetField, ...]
) -> tuple[int, dict[int, SheetField]]:
    """Return the row of the headings and the field of each column, found by the headings wherever they were moved."""
    titles = {nfkc(one.title): one for one in fields}
    header = max(
        range(min(len(tab.rows), 12)),
        key=lambda row: sum(nfkc(cell.text) in titles for cell in tab.rows[row]),
        default=0,
    )
    found: dict[int, SheetField] = {}
    for column, cell in enumerate(tab.rows[header] if tab.rows else (), start=1):
        one = titles.get(nfkc(cell.text))
        place = _place(workbook, tab.name, header + 1, column)
        if one is None:
            continue
        if one in found.values():
            read.findings.append(
                error("I407", place, tab=tab.name, cell=cell_name(header + 1, column), title=one.title)
            )
        found[column] = one
    missing = [one.title for one in fields if one not in found.values()]
    if missing:
        read.findings.append(error("I406", _place(workbook, tab.name, header + 1, 1), tab=tab.name, missing=missing))
    elif [*found.values()] != [one for one in fields if one in found.values()]:
        moved = next(column for column, one in found.items() if fields.index(one) != sorted(found).index(column))
        read.findings.append(notice("I408", _place(workbook, tab.name, header + 1, moved), tab=tab.name))
    return header + 1, found


def _lines(
    read: Read, workbook: Workbook, tab: Tab, columns: tuple[int, dict[int, SheetField]], loc: Loc
) -> Iterator[dict[str, Any]]:
    header, fields = columns
    given = {one.id: one.printed for one in fields.values() if one.printed}
    count = 0
    for number, row in enumerate(tab.rows[header:], start=header + 1):
        line: dict[str, Any] = {}
        places: dict[str, SourceLocation] = {}
        for column, cell in enumerate(row, start=1):
            if not cell.text.strip():
                continue
            one = fields.get(column)
            place = _place(workbook, tab.name, number, column)
            if one is None:
                read.findings.append(
                    error("I412", place, tab=tab.name, cell=cell_name(number, column), written=_short(cell.text))
                )
                continue
            places[one.id] = place
            _take(read, line, one, cell, place)
        if all(
            key == "letter" or value in given.get(key, ()) for key, value in line.items()
        ):  # nothing but what a blank sheet says
            continue
        read.places[*loc, count] = _place(workbook, tab.name, number, 1)
        read.places |= {(*loc, count, key): place for key, place in places.items()}
        count += 1
        yield line


def _boxes(read: Read, workbook: Workbook, tab: Tab, fields: tuple[SheetField, ...], loc: Loc) -> dict[str, Any]:
    """Return the values of a tab of boxes: the heading stands in the first column, what was written in the second."""
    titles = {nfkc(one.title): one for one in fields}
    line: dict[str, Any] = {}
    seen: set[str] = set()
    for number, row in enumerate(tab.rows[cells.HEADER_ROW :], start=cells.HEADER_ROW + 1):
        one = titles.get(nfkc(row[0].text)) if row else None
        for column, cell in enumerate(row, start=1):
            strange = column > len(cells.BOX_TITLES) or (one is None and column != 1)
            if cell.text.strip() and (strange or (column == 1 and one is None)):
                read.findings.append(
                    error(
                        "I412",
                        _place(workbook, tab.name, number, column),
                        tab=tab.name,
                        cell=cell_name(number, column),
                        written=_short(cell.text),
                    )
                )
        if one is None:
            continue
        seen.add(one.id)
        if len(row) > 1 and row[1].text.strip():
            read.places[*loc, one.id] = _place(workbook, tab.name, number, 2)
            _take(read, line, one, row[1], read.places[*loc, one.id])
    if missing := [one.title for one in fields if one.id not in seen]:
        read.findings.append(
            error("I406", _place(workbook, tab.name, cells.HEADER_ROW, 1), tab=tab.name, missing=missing)
        )
    return line


@dataclass(frozen=True)
class GridReader:
    """Reads the cells of a section (the twelve of the matrix): what is not a line of its table becomes one."""

    read: Read
    workbook: Workbook
    section: Section
    vocabularies: Vocabularies

    def new_lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the lines that stand in cells and not in the table. A numbered line that differs from the table is an error: which holds?"""
        grid, tab = self.section.grid, self.workbook.sheet(cells.GRID_TAB)
        down, across, show = (
            self.section.field(key) for key in ((grid.down, grid.across, grid.show) if grid else ("", "", ""))
        )
        if tab is None or not down or not across or not show:
            return []
        found: list[dict[str, Any]] = []
        heads = tab.rows[cells.HEADER_ROW - 1] if len(tab.rows) >= cells.HEADER_ROW else ()
        for number, row in enumerate(tab.rows[cells.HEADER_ROW :], start=cells.HEADER_ROW + 1):
            for column, cell in enumerate(row[1:], start=2):
                title = heads[column - 1].text if column <= len(heads) else ""
                word, head = (
                    cells.chosen(cells.words_of(field, self.vocabularies), text)
                    for field, text in ((down, row[0].text), (across, title))
                )
                place = _place(self.workbook, tab.name, number, column)
                if cell.text.strip() and (word is None or head is None):
                    self.read.findings.append(
                        error("I412", place, tab=tab.name, cell=cell_name(number, column), written=_short(cell.text))
                    )
                    continue
                for text in filter(None, (one.strip().removeprefix("・").strip() for one in cell.text.split("\n"))):
                    said = {down.id: word, across.id: head, show.id: text}
                    if (line := self._line(said, show.id, [*lines, *found], place)) is not None:
                        self.read.places[self.section.id, len(lines) + len(found)] = place
                        found.append(line)
        return found

    def _line(
        self, said: dict[str, Any], show: str, lines: list[dict[str, Any]], place: SourceLocation
    ) -> dict[str, Any] | None:
        """Return a new line; None where the table has it, or where a finding says that it has it otherwise."""
        number, _, rest = said[show].partition(" ")
        numbered = next((line for line in lines if rest and line.get("letter") == nfkc(number)), None)
        words = {**said, show: rest} if numbered else said
        if any(
            all(_flat(line.get(key, "")) == _flat(value) for key, value in words.items())
            for line in ([numbered] if numbered else lines)
        ):
            return None
        if numbered:
            self.read.findings.append(error("I417", place, written=_short(said[show]), tab=self.section.title))
            return None
        self.read.findings += tells_of_a_case(said[show], place)
        taken = {line.get("letter") for line in lines}
        return {"letter": next(letter for letter in map(str, range(1, len(lines) + 2)) if letter not in taken), **said}


def _flat(value: object) -> str:
    """Return words as they stand on one line of a cell."""
    return " ".join(nfkc(str(value)).split())


def _take(read: Read, line: dict[str, Any], one: SheetField, cell: ReadCell, place: SourceLocation) -> None:
    value, code = cells.value_of(one, cell.text, is_number=cell.kind is Kind.NUMBER)
    if code:
        read.findings.append(error(code, place, title=one.title, written=_short(cell.text)))
    elif value is not False:
        line[one.id] = value
    texts = value if isinstance(value, list) else [value]
    for text in texts:
        if isinstance(text, str):
            read.findings += tells_of_a_case(text, place)


def _refuse_other_tabs(read: Read, workbook: Workbook, sheet: WorksheetTemplate) -> None:
    """Say which tabs are not ours: what was typed there would be lost."""
    known = {
        cells.HEAD_TAB,
        cells.HISTORY_TAB,
        cells.MARK_TAB,
        *((cells.GRID_TAB,) if cells.grid_of(sheet) else ()),
        *(cells.tab_of(sheet, section) for section in sheet.sections),
    }
    for tab in workbook.visible:
        if tab.name not in known:
            read.findings.append(error("I413", _place(workbook, tab.name, 1, 1), tab=tab.name))


def _validate_sheet(
    read: Read, sheet: WorksheetTemplate, data: dict[str, Any], vocabularies: Vocabularies, whole: SourceLocation
) -> None:
    """Validate as every record is validated; findings then stand at the cell."""
    _, found = validate(record_model(sheet), data, whole, vocabularies)
    told = {(finding.place.file, finding.code) for finding in read.findings}
    for one in found:
        place = _nearest(read, sheet, one.place.loc, whole)
        if (place.file, "I410") not in told and (place.file, "I411") not in told and (place.file, "I409") not in told:
            read.findings.append(replace(one, place=place))
    if not has_errors(read.findings):
        read.data = data


def _nearest(read: Read, sheet: WorksheetTemplate, loc: Loc, whole: SourceLocation) -> SourceLocation:
    """Return the cell of a value, of its line, else of the tab it belongs on."""
    for end in range(len(loc), 0, -1):
        if place := read.places.get(loc[:end]):
            return place
    section = sheet.section(str(loc[0])) if loc else None
    tab = cells.tab_of(sheet, section) if section else cells.HEAD_TAB if loc and loc[0] in HEAD_KEYS else ""
    return SourceLocation(f"{whole.file}［{tab}］", line=1, column=1) if tab else whole


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."

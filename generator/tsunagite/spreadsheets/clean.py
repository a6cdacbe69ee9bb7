"""The one door for characters: cells of lists, of workbooks of records and of worksheets go through it, and nothing changes in silence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tsunagite.findings import Finding, SourceLocation, notice, warning
from tsunagite.spreadsheets.read import ReadSheet, Workbook, cell_name
from tsunagite.text.cells import is_exponent
from tsunagite.text.characters import CharacterChange, clean, is_plain, lost, shown

SHOWN_CELLS = 20  # how many cells a finding names; it always says how many there are
_LOST, _EXPONENT = "I200", "I201"
_CODES = {
    CharacterChange.RADICAL: "I195",
    CharacterChange.INVISIBLE: "I196",
    CharacterChange.COMPOSED: "I197",
    CharacterChange.ENTITY: "I198",
    CharacterChange.GUARD: "I199",
}


@dataclass
class CellCleaner:
    """Cleans the cells of one sheet (see ``text.characters.clean``) and remembers which of them were changed or are damaged."""

    sheet: str = ""
    _cells: dict[str, list[str]] = field(default_factory=dict)
    _characters: dict[str, None] = field(default_factory=dict)

    def text(self, cell: str, row: int, column: int) -> str:
        """Return the text of a cell as it was meant; row and column count from 1."""
        if is_exponent(cell):
            self._note(_EXPONENT, row, column)
        if is_plain(cell):
            return cell
        text, changes = clean(cell)
        for change in changes:
            self._note(_CODES[change], row, column)
        if character := lost(text):
            self._characters[shown(character)] = None
            self._note(_LOST, row, column)
        return text

    def _note(self, code: str, row: int, column: int) -> None:
        name = cell_name(row, column)
        self._cells.setdefault(code, []).append(f"{self.sheet}!{name}" if self.sheet else name)

    def findings(self, place: SourceLocation) -> list[Finding]:
        """Return one finding for each kind of change, and warnings for what is damaged."""
        sheet = {"sheet": self.sheet} if self.sheet else {}
        found = []
        for code, names in sorted(self._cells.items()):
            kind = warning if code in (_LOST, _EXPONENT) else notice
            more = {"characters": list(self._characters)} if code == _LOST else {}
            found.append(kind(code, place, count=len(names), cells=names[:SHOWN_CELLS], **more, **sheet))
        return found


def cleaned_workbook(workbook: Workbook) -> tuple[Workbook, list[Finding]]:
    """Return a workbook whose cells are clean, and what was changed in the sheets that people see."""
    findings: list[Finding] = []
    sheets = []
    for sheet in workbook.sheets:
        door = CellCleaner(sheet.name)
        sheets.append(_clean_sheet(sheet, door))
        if not sheet.hidden:
            findings += door.findings(SourceLocation(workbook.name))
    return replace(workbook, sheets=tuple(sheets)), findings


def _clean_sheet(sheet: ReadSheet, door: CellCleaner) -> ReadSheet:
    rows = tuple(
        tuple(
            cell if (text := door.text(cell.text, number, column)) == cell.text else replace(cell, text=text)
            for column, cell in enumerate(cells, start=1)
        )
        for number, cells in enumerate(sheet.rows, start=1)
    )
    return replace(sheet, rows=rows)

"""FormView: a worksheet as a form in the browser, with all that its script must know; every text decided here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tsunagite import i18n
from tsunagite.records.directory import Directory
from tsunagite.records.load.worksheets import head_fields
from tsunagite.records.model.features.worksheet import RULE_CODES, Section, SheetField, WorksheetTemplate
from tsunagite.text.case_free import OF_WHOM, ONE_OR_TWO, PATTERNS
from tsunagite.worksheets.paper import WorksheetPaper
from tsunagite.worksheets.view import SheetView, WorksheetBook

ASKED = ("title", "area", "place", "made_on", "made_by", "members", "needs", "next_review")
"""What a form asks at its head; what the office adds (who allowed it, what became of it) comes later."""
REQUIRED = ("title", "made_on", "made_by")
HELP = {"area": "一覧から選びます。", "needs": "いくつでも選べます。", "made_on": "", "next_review": ""}
"""Help that means a workbook, in the words of a form."""
WORDS = (
    "line", "missing", "missing_in", "personal", "few", "personal_left", "kept", "kept_visit", "kept_today", "kept_deleted", "not_kept", "found", "two_windows", "followed", "other", "opened_over", "swapped", "forgotten", "over", "where", "exported", "imported",
    "merged", "merged_all", "merged_left", "not_taken", "double", "double_near", "not_read", "other_sheet", "removed", "sure", "cleared",
)  # fmt: skip


@dataclass(frozen=True)
class FormField:
    """One control: its field as a form asks for it, and what may be chosen, (value, words)."""

    field: SheetField
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FormCells:
    """The cells of a matrix: the words down and across, and the field that stands in them."""

    down: tuple[str, ...]
    across: tuple[str, ...]
    show: str


@dataclass(frozen=True)
class FormSection:
    """One part of the form: boxes, or lines that can be added."""

    section: Section
    number: int
    each_title: str
    fields: tuple[FormField, ...]
    cells: FormCells | None
    """Where its lines stand in cells: one field is asked first, the others on demand."""


@dataclass(frozen=True)
class FormView:
    """The form of a sheet."""

    sheet: WorksheetTemplate
    path: str
    sheet_path: str
    head: tuple[FormField, ...]
    sections: tuple[FormSection, ...]
    paper_size: str
    blanks: tuple[tuple[str, str], ...]
    """Path and name of what can be written on without this page: the sheet of paper, the workbook."""
    script: dict[str, Any]
    """What the script reads: the fields, the rules with their sentences, what tells whose case it is, the sheet of paper."""

    @classmethod
    def of(cls, book: WorksheetBook, view: SheetView) -> FormView:
        """Decide every text of a form."""
        directory, sheet = book.directory, view.sheet
        head = () if sheet.blank_only else tuple(_field(directory, one) for one in head_fields() if one.id in ASKED)
        sections = tuple(
            _section(directory, sheet, section, number) for number, section in enumerate(sheet.sections, start=1)
        )
        script = _script(sheet, head, sections) | {
            "paper": _paper(book, view),
            "taken": [one.head.id for one in book.shown if one.sheet.id == sheet.id],
        }
        blanks = ((view.paper, f"PDF・{view.paper_size}"), (view.workbook, "Excel"))
        return cls(sheet, view.form_path, view.path, head, sections, view.paper_size, blanks, script)


def _paper(book: WorksheetBook, view: SheetView) -> dict[str, Any]:
    """Return the blank sheet for the script that prints what is written so far (worksheet_print.js)."""
    blank = WorksheetPaper.blank_of(book.directory.settings, view)
    sections = [
        {"id": section.id, "number": made.number, "title": made.title, "side": made.side, "is_table": made.is_table, "fixed": any(made.printed) or bool(section.each), "keys": made.keys,
         "titles": made.titles, "widths": made.widths, "lines": made.lines, "rows": made.rows, "grid": _grid(book, section)}
        for section, made in zip(view.sheet.sections, blank.sections, strict=True)
    ]  # fmt: skip
    return {"size": blank.size, "turned": blank.turned, "label": blank.label, "title": blank.title, "head": [label for label, _ in blank.head],
            "tips": blank.tips, "notes": blank.notes, "sections": sections}  # fmt: skip


def _grid(book: WorksheetBook, section: Section) -> dict[str, Any] | None:
    grid = section.grid
    down, across = (section.field(grid.down), section.field(grid.across)) if grid else (None, None)
    if not grid or not down or not across:
        return None
    choices = book.choices
    return {**grid.model_dump(), "down_words": [*choices(down).values()], "across_words": [*choices(across).values()]}


def _script(sheet: WorksheetTemplate, head: tuple[FormField, ...], sections: tuple[FormSection, ...]) -> dict[str, Any]:
    catalogue = i18n.catalogue("ja")
    says = {rule: catalogue["findings"][code]["message"] for rule, code in RULE_CODES.items()}
    return {
        "id": sheet.id,
        "person": sheet.blank_only,
        "stepper": sheet.shape == "stepper",
        "head": [_short(one) for one in head],
        "sections": [
            {"id": s.id, "title": s.title, "table": s.is_table, "letters": s.letters, "each": s.each, "rows": s.rows, "fields": [_short(f) for f in made.fields]}
            for made in sections for s in (made.section,)
        ],
        "rules": [
            {"rule": r.rule, "section": r.section, "when": r.when, "equals": r.equals, "needs": r.needs, "enough": r.enough or "", "says": says[r.rule]}
            for r in sheet.rules
        ],
        "patterns": [] if sheet.blank_only else [pattern for _, pattern in PATTERNS],
        "few": [] if sheet.blank_only else [ONE_OR_TWO, OF_WHOM],
        "words": {word: catalogue["ui"][f"wf_{word}"] for word in WORDS},
    }  # fmt: skip


def _short(made: FormField) -> dict[str, Any]:
    field = made.field
    return {
        "id": field.id,
        "title": field.title,
        "kind": field.kind,
        "of": field.of,
        "required": field.required,
        **({"printed": field.printed} if field.printed else {}),
        **({"adds": True} if field.adds else {}),
    }


def _section(directory: Directory, sheet: WorksheetTemplate, section: Section, number: int) -> FormSection:
    source = sheet.section(section.each) if section.each else None
    fields = tuple(_field(directory, one) for one in section.fields)
    words = {one.field.id: tuple(word for _, word in one.options) for one in fields}
    grid = section.grid if section.grid and section.grid.show != "letter" else None
    cells = FormCells(words[grid.down], words[grid.across], grid.show) if grid else None
    return FormSection(section, number, source.title if source else "", fields, cells)


def _field(directory: Directory, field: SheetField) -> FormField:
    if field.kind == "term" or field.id == "needs":
        options = tuple((term.label, term.label) for term in directory.vocabularies[field.of])
    elif field.id == "area":
        options = tuple(
            (area.id, area.name) for area in directory.areas.values() if area.level in ("sphere", "district")
        )
    else:
        options = tuple((option, option) for option in field.options)
    asked = {
        "kind": "choice" if field.kind == "term" or (field.id == "area" and options) else field.kind,
        "help": HELP.get(field.id, field.help) if field in head_fields() else field.help,
        "required": field.required or field.id in REQUIRED,
    }
    return FormField(field.model_copy(update=asked), options)

"""Sheets are declarations: every one is sound, and a broken one says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsunagite.errors import SetupError
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.load.worksheets import FOLDER, built_in_sheets, read_sheet
from tsunagite.records.model.features.worksheet import HEAD_KEYS, letters_of, record_model

ROOT = Path(__file__).parents[2]
SHEETS = built_in_sheets()
GOOD = (FOLDER / "community-issues.yml").read_text(encoding="utf-8")
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)


@each_sheet
def test_a_record_of_each_sheet_has_its_head_and_its_sections(sheet) -> None:
    assert tuple(record_model(sheet).model_fields) == (*HEAD_KEYS, *(section.id for section in sheet.sections))


@each_sheet
def test_a_sheet_leads_to_guides_sheets_and_vocabularies_that_exist(sheet) -> None:
    assert set(sheet.guides) <= {path.stem for path in (ROOT / "content").glob("*/*.md")}
    assert set(sheet.next) <= {other.id for other in SHEETS} - {sheet.id}
    for carry in sheet.carries:
        origin = next(other for other in SHEETS if other.id == carry.sheet).section(carry.section)
        assert origin, carry
        assert origin.field(carry.field), carry
    named = {field.of for section in sheet.sections for field in section.fields if field.kind == "term"}
    assert named <= set(built_in_vocabularies())


@each_sheet
def test_a_sheet_helps_whoever_fills_it_in(sheet) -> None:
    for section in sheet.sections:
        assert section.help or any(field.help or field.example or field.options for field in section.fields), section.id
    fields = [field for section in sheet.sections for field in section.fields]
    assert sum(1 for field in fields if field.help or field.example or field.options) >= len(fields) * 0.3
    assert sheet.guides
    assert sheet.notes


def test_the_sheets_are_in_an_order_of_their_own() -> None:
    assert len({sheet.order for sheet in SHEETS}) == len(SHEETS)


def test_lines_are_lettered_as_the_sheet_says() -> None:
    sheet = next(sheet for sheet in SHEETS if sheet.id == "community-issues")
    letters = {section.id: letters_of(section, 3) for section in sheet.sections if section.letters}
    assert letters == {"problems": ("a", "b", "c"), "issues": ("A", "B", "C")}


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("each: problems", "each: problem", "screening: no section problem"),
        ("kind: rows, of: problems", "kind: rows, of: worries", "issues.problems: no section worries"),
        ("grid: {down: effect,", "grid: {down: efect,", "priorities.grid: no field efect"),
        ("needs: [factors]", "needs: [reasons]", "rule analysis: no field issues.reasons"),
        ("into: notices, write: notice", "into: notices, write: seen", "carries field-voices: no field notices.seen"),
        ("letters: A", "letters: a", "two sections have the same letters"),
        ("id: notices", "id: title", "two sections have one key"),
        ("id: hypothesis", "id: notice", "notices: two fields have one key"),
        ("shape: stepper", "shape: steps", "M114"),
        ("purpose: analyse", "purpose: [analyse", "Y117"),
    ],
)
def test_a_broken_declaration_says_what_is_wrong(tmp_path: Path, written: str, instead: str, said: str) -> None:
    assert written in GOOD
    path = tmp_path / "community-issues.yml"
    path.write_text(GOOD.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(SetupError, match=said):
        read_sheet(path)

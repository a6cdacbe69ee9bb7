"""Workbooks we write: the same bytes for the same values, texts that stay texts, lists, notes and forms as asked for."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from libreoffice import saved_by_libreoffice
from tsunagite.spreadsheets.book import MAX_TEXT, Book, Cell, Print, Sheet, SheetBox, SheetColumn
from tsunagite.spreadsheets.read import Kind, workbook_of
from tsunagite.spreadsheets.write import write_workbook

LIST = Sheet(
    "施設",
    (
        SheetColumn("ID", 18, locked=True),
        SheetColumn("名前", 30, note="正式な名前を書きます。"),
        SheetColumn("種類", choices=("サロン", "体操, 健康", '「"」'), strict=True),
        SheetColumn("電話", prompt="市外局番から書きます。"),
        SheetColumn("定員", format="whole"),
        SheetColumn("確認した日", format="day"),
    ),
    (
        ("salon-1", "=1+1", "サロン", "0870000000", 30, date(2026, 3, 1)),
        ("salon-2", Cell("-SUM(A1)", fill="FFF2CC", bold=True, note="直してください。"), None, "+81", None, None),
    ),
    header_row=3,
    boxes=(
        SheetBox(1, 1, "@見本の一覧", columns=6, size=16, bold=True),
        SheetBox(2, 1, columns=6, border=True, open=True),
    ),
    spare=2,
    filter=True,
)
FORM = Sheet(
    "用紙", boxes=(SheetBox(1, 1, "課題", rows=2, columns=2, border=True, fill="DCEBE6"), SheetBox(3, 1, rows=6, columns=4, border=True, open=True, choices=("はい", "いいえ"))),
    header_row=0, heights=((1, 40.0),), protected=True, printing=Print("A3", fit="page", footer="見本"),
)  # fmt: skip
BOOK = Book("見本", (LIST, FORM, Sheet("控え", (SheetColumn("鍵"),), (("a",),), hidden=True)))


def test_the_same_values_give_the_same_bytes_at_any_time() -> None:
    program = "import sys; sys.path[:0] = sys.argv[1:]; import test_write as t; print(t.hashlib.sha256(t.write_workbook(t.BOOK)).hexdigest())"
    here = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    found = set()
    for seed in ("1", "2", "3", "4"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        found.add(
            subprocess.run(
                [sys.executable, "-c", program, *here], env=env, capture_output=True, check=True
            ).stdout.strip()
        )
    assert found == {hashlib.sha256(write_workbook(BOOK)).hexdigest().encode()}


def test_texts_are_texts_whatever_they_begin_with() -> None:
    workbook, findings = workbook_of(write_workbook(BOOK), "book.xlsx")
    assert workbook is not None
    assert findings == []
    sheet = workbook.sheets[0]
    assert [[cell.text for cell in row] for row in sheet.rows[2:]] == [
        ["ID", "名前", "種類", "電話", "定員", "確認した日"],
        ["salon-1", "=1+1", "サロン", "0870000000", "30", "2026-03-01"],
        ["salon-2", "-SUM(A1)", "", "+81"],
    ]
    assert list(sheet.of_kind(Kind.FORMULA)) == []
    assert sheet.at("A1").text == "@見本の一覧"
    assert sheet.merged == ("A1:F1", "A2:F2")  # in order, whatever order a set has
    assert [sheet.name for sheet in workbook.visible] == ["施設", "用紙"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "'=1", "=cmd|' /C calc'!A0", "\x00\x0b見本", "0870000000"])  # fmt: skip
def test_nothing_written_is_ever_computed(text: str) -> None:
    raw = write_workbook(Book("見本", (Sheet("一", (SheetColumn("列"),), ((text,),)),)))
    cell = openpyxl.load_workbook(io.BytesIO(raw))["一"]["A2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.value == text.replace("\r", "\n").replace("\x00", "").replace("\x0b", "")


def test_lists_notes_and_print_are_as_asked_for() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_workbook(BOOK)))
    sheet = workbook["施設"]
    choices, prompt, locked = (
        next(v for v in sheet.data_validations.dataValidation if cell in v.sqref) for cell in ("C7", "D4", "A4")
    )
    assert (choices.type, choices.formula1, choices.showErrorMessage) == ("list", "'選択肢'!$A$1:$A$3", True)
    assert prompt.prompt == "市外局番から書きます。"
    assert (locked.type, locked.formula1) == ("custom", "FALSE")
    assert [cell.value for cell in workbook["選択肢"]["A"]] == ["サロン", "体操, 健康", '「"」']
    assert workbook["選択肢"].sheet_state == workbook["控え"].sheet_state == "hidden"
    assert sheet["B3"].comment.text == "正式な名前を書きます。"
    assert sheet["B5"].comment.text == "直してください。"
    assert sheet["B5"].fill.fgColor.rgb == "00FFF2CC"
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A4", "$3:$3", "A3:F5")
    assert sheet.print_area == "'施設'!$A$1:$F$5"
    assert (sheet["A4"].protection.locked, sheet["B4"].protection.locked, sheet["B7"].protection.locked) == (
        True,
        False,
        False,
    )
    form = workbook["用紙"]
    assert (form.page_setup.paperSize, form.page_setup.fitToHeight, form.oddFooter.left.text) == (8, 1, "見本")
    assert (form["A1"].protection.locked, form["C5"].protection.locked, form.protection.sheet) == (True, False, True)
    assert (form.freeze_panes, form.row_dimensions[1].height) == (None, 40.0)


def test_a_text_longer_than_a_cell_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="A2"):
        write_workbook(Book("見本", (Sheet("一", (SheetColumn("列"),), (("x" * (MAX_TEXT + 1),),)),)))


def test_a_workbook_survives_being_saved_by_another_program() -> None:
    raw = saved_by_libreoffice(write_workbook(BOOK))
    ours, theirs = (workbook_of(made, "book.xlsx")[0] for made in (write_workbook(BOOK), raw))
    assert ours is not None
    assert theirs is not None
    texts = [[(sheet.name, sheet.hidden, [[cell.text for cell in row] for row in sheet.rows]) for sheet in book.sheets] for book in (ours, theirs)]  # fmt: skip
    assert texts[0] == texts[1]
    again = openpyxl.load_workbook(io.BytesIO(raw))
    assert again["施設"]["B3"].comment.text == "正式な名前を書きます。"
    assert {str(v.sqref): v.type for v in again["施設"].data_validations.dataValidation} == {
        "A4:A5": "custom", "C4:C7": "list", "D4:D7": None,
    }  # fmt: skip
    assert again["用紙"].protection.sheet

"""The workbook of the matrix is like its paper: twelve named cells to write in; what is written there comes back, also through LibreOffice."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pypdf
import pytest

from libreoffice import converted, saved_by_libreoffice
from small_site import site_view
from tsunagite.findings import SourceLocation
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.load.worksheets import built_in_sheets, filled_of
from tsunagite.spreadsheets.read import workbook_of as read_bytes
from tsunagite.worksheets.book import book_of, books
from tsunagite.worksheets.book_files import workbook_of
from tsunagite.worksheets.cells import GRID_TAB, HEAD_TAB, chosen
from tsunagite.worksheets.importing.read import Read, read_worksheet

WORDS = built_in_vocabularies()
SHEETS = {sheet.id: sheet for sheet in built_in_sheets()}
MATRIX = SHEETS["resource-matrix"]
AREAS = {"kita": "木太", "yashima": "屋島"}
ITEMS = [
    {"letter": "1", "level": "互助", "stage": "すでにある", "what": "店の前のいす", "use": "知られていない"},
    {"letter": "2", "level": "互助", "stage": "すでにある", "what": "2人で回す当番"},
]


def written(items: list[dict[str, Any]]) -> Any:
    data = {"id": "x", "title": "汐さい", "area": "kita", "made_on": "2026-02-18", "made_by": "協議体", "items": items}
    one, found = filled_of(data, SourceLocation("resources/worksheets/resource-matrix/x.yml"), SHEETS, WORDS)
    assert one, found
    return openpyxl.load_workbook(io.BytesIO(workbook_of(book_of(MATRIX, one, WORDS, AREAS))))


def read_back(book: Any) -> Read:
    raw = io.BytesIO()
    book.save(raw)
    workbook, found = read_bytes(raw.getvalue(), "F.xlsx")
    assert workbook, found
    return read_worksheet(workbook, SHEETS, WORDS, {"木太": "kita", "屋島": "yashima"})


def test_the_matrix_is_twelve_named_cells_and_what_is_written_there_becomes_lines() -> None:
    book = written(ITEMS)
    tab = book[GRID_TAB]
    assert [tab.cell(3, column).value for column in (2, 3, 4)] == ["すでにある", "すぐできる", "時間がかかる"]
    assert [tab.cell(row, 1).value for row in (4, 5, 6, 7)] == ["自助", "互助", "共助", "公助"]
    assert tab["B5"].value == "1 店の前のいす\n2 2人で回す当番"
    assert len(book.defined_names) == 12
    assert book.defined_names["互助_すでにある"].attr_text == f"'{GRID_TAB}'!$B$5"
    assert read_back(book).data["items"] == ITEMS  # nothing was written: nothing comes twice
    tab["C5"].value = "・傘立てを置く\n3人で見守る"
    tab["B7"].value = "停留所の屋根"
    read = read_back(book)
    assert read.findings == []
    assert read.data["items"] == [
        *ITEMS,
        {"letter": "3", "level": "互助", "stage": "すぐできる", "what": "傘立てを置く"},
        {"letter": "4", "level": "互助", "stage": "すぐできる", "what": "3人で見守る"},
        {"letter": "5", "level": "公助", "stage": "すでにある", "what": "停留所の屋根"},
    ]
    assert read.data["area"] == "kita"
    assert book[HEAD_TAB]["B5"].value == "木太"


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        ("B5", "1 店の中のいす", "I417"),
        ("C5", "1 店の前のいす", "I417"),
        ("C5", "鈴木さんが見守る", "W131"),
        ("E5", "表の外の案", "I412"),
        ("B9", "表の下の案", "I412"),
    ],
)
def test_a_cell_that_says_otherwise_than_its_line_is_shown(cell: str, text: str, code: str) -> None:
    book = written(ITEMS)
    book[GRID_TAB][cell].value = text
    read = read_back(book)
    assert [(finding.code, f"［{GRID_TAB}］{cell}" in finding.place.file) for finding in read.findings] == [
        (code, True)
    ]
    assert read.data is None


def test_what_is_written_into_cells_comes_back_when_libreoffice_saved_it_and_prints_on_the_sheets_own_paper() -> None:
    book = written(ITEMS)
    book[GRID_TAB]["C5"].value = "傘立てを置く\n見守り"
    raw = io.BytesIO()
    book.save(raw)
    saved = openpyxl.load_workbook(io.BytesIO(saved_by_libreoffice(raw.getvalue())))
    assert set(saved.defined_names) >= {"互助_すでにある", "公助_時間がかかる"}
    read = read_back(saved)
    assert read.findings == []
    assert [line["what"] for line in read.data["items"]] == ["店の前のいす", "2人で回す当番", "傘立てを置く", "見守り"]
    pages = pypdf.PdfReader(io.BytesIO(converted(raw.getvalue(), "pdf"))).pages
    sizes = [sorted(round(float(edge) / 72 * 25.4) for edge in page.mediabox[2:]) for page in pages]
    texts = [page.extract_text() for page in pages]
    grid = next(at for at, text in enumerate(texts) if "傘立てを置く" in text)
    assert sizes[grid] == [297, 420]
    assert [
        at for at, size in enumerate(sizes) if size == [297, 420] and len("".join(texts[at].split())) < 60
    ] == []  # no empty A3 page
    hidden = [
        text for text in texts if text.split()[-1:] == ["resource-matrix"]
    ]  # LibreOffice exports the hidden tab too
    assert len(pages) - len(hidden) == len([one for one in book.worksheets if one.sheet_state == "visible"])


def test_districts_are_offered_by_their_names_and_closed_lists_stand_at_the_cell(tmp_path: Any) -> None:
    site = site_view(
        tmp_path, areas__a={"records": [{"id": "kita", "name": "木太", "name_kana": "きた", "level": "地区"}]}
    )
    view = next(one for one in books(site.worksheets, site.today) if one.sheet_id == "meeting-minutes")
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(view)))
    lists = {
        str(one.sqref): (one.formula1, one.showErrorMessage)
        for one in book[HEAD_TAB].data_validations.dataValidation
        if one.type == "list"
    }
    column = lists["B5"][0].split("$")[1]
    assert (book["選択肢"][f"{column}1"].value, lists["B5"][1]) == ("木太", False)
    last = book.worksheets[6]  # 次の会議: a box with a closed list
    assert [
        str(one.sqref) for one in last.data_validations.dataValidation if one.type == "list" and one.showErrorMessage
    ] == ["B6"]
    letters = book["4 決まったこと"].data_validations.dataValidation
    assert any(one.type == "list" and str(one.sqref).startswith("A4") for one in letters)  # the letters of 議題


def test_a_choice_is_read_as_people_call_it() -> None:
    kinds = SHEETS["stakeholders"].section("partners").field("sort").options
    assert [chosen(kinds, word) for word in ("商店", "銀行", "商店 ・会社", "しょうてん", "市")] == [
        "商店・会社",
        "銀行・郵便",
        "商店・会社",
        None,
        "市",
    ]

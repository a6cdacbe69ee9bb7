"""Workbooks of worksheets: what is written comes back whole, and what cannot be read is shown by tab and cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from libreoffice import saved_by_libreoffice
from small_site import resource, site_view
from tsunagite.findings import SourceLocation
from tsunagite.i18n.report import text_lines
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.load.worksheets import Filled, built_in_sheets, filled_of
from tsunagite.records.model.features.worksheet import SheetField, WorksheetTemplate, letters_of
from tsunagite.records.yaml.reader import dump, read_text
from tsunagite.spreadsheets.read import workbook_of as read_bytes
from tsunagite.worksheets.book import book_of, matrix_book
from tsunagite.worksheets.book_files import workbook_of
from tsunagite.worksheets.cells import HEAD_TAB, fields_of, tab_of
from tsunagite.worksheets.importing.read import read_worksheet
from tsunagite.worksheets.importing.run import import_files

WORDS = built_in_vocabularies()
SHEETS = {sheet.id: sheet for sheet in built_in_sheets()}
PUBLISHABLE = [sheet for sheet in SHEETS.values() if not sheet.blank_only]
ISSUES = SHEETS["community-issues"]
each_sheet = pytest.mark.parametrize("sheet", PUBLISHABLE, ids=lambda sheet: sheet.id)
TEXT = "=待つ場所がない、\nと「声」#3"  # what a cell, YAML and a comma might each take for something else


def value_for(field: SheetField, sheet: WorksheetTemplate) -> Any:
    letters = letters_of(sheet.section(field.of), 2) if field.kind in ("row", "rows") else ()
    return {
        "text": TEXT, "line": "－7と0120のこと", "number": 12, "date": "2026-02-18", "mark": True, "resource": "mise", "resources": ["mise", "isu-2"], "lines": ["koe#A", "ame-2#10"],
        "choice": field.options[-1:] and field.options[-1], "choices": [*field.options[:2]], "row": letters and letters[0], "rows": [*letters],
        "term": field.kind == "term" and next(iter(WORDS[field.of])).label,
    }[field.kind]  # fmt: skip


def full_record(sheet: WorksheetTemplate) -> dict[str, Any]:
    """A record with every field of a sheet written twice."""
    data: dict[str, Any] = {
        "id": "zenbu", "title": "全部の欄", "place": "坂の上", "needs": ["外出・通院", "居場所・仲間"], "made_on": "2026-02-18", "made_by": "会議",
        "members": ["店", "民生委員"], "grew_from": ["koe"], "resources": ["mise"], "history": [{"on": "2026-04-06", "phase": "確認", "text": "数えた", "effect": "8割"}],
        "next_review": "2027-03-09", "publishable_by": "地域福祉課", "publishable_on": "2026-02-27", "sample": True, "memo": "覚え書き",
    }  # fmt: skip
    for section in sheet.sections:
        lines = [
            {field.id: value_for(field, sheet) for field in section.fields} for _ in range(2 if section.is_table else 1)
        ]
        letters = letters_of(sheet.section(section.each) or section, 2)
        lines = (
            [{"letter": letter, **line} for letter, line in zip(letters, lines, strict=False)]
            if section.has_letters
            else lines
        )
        data[section.id] = lines if section.is_table else lines[0]
    return data


def filled(sheet: WorksheetTemplate, data: dict[str, Any]) -> Filled:
    one, found = filled_of(data, SourceLocation(f"resources/worksheets/{sheet.id}/zenbu.yml"), SHEETS, WORDS)
    assert one, found
    return one


def read_back(raw: bytes) -> Any:
    workbook, found = read_bytes(raw, "F.xlsx")
    assert workbook, found
    return read_worksheet(workbook, SHEETS, WORDS)


@each_sheet
def test_nothing_is_lost_from_yaml_to_excel_to_yaml_to_excel(sheet: WorksheetTemplate) -> None:
    one = filled(sheet, full_record(sheet))
    raw = workbook_of(book_of(sheet, one, WORDS))
    read = read_back(raw)
    assert read.findings == []
    assert read.data == full_record(sheet)
    assert read_text(dump(read.data), "").value == read.data
    assert workbook_of(book_of(sheet, filled(sheet, read.data), WORDS)) == raw


def test_nothing_is_lost_when_libreoffice_saves_it() -> None:
    raw = saved_by_libreoffice(workbook_of(book_of(ISSUES, filled(ISSUES, full_record(ISSUES)), WORDS)))
    read = read_back(raw)
    assert read.findings == []
    assert read.data == full_record(ISSUES)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.id)
def test_a_blank_workbook_says_what_must_be_written(sheet: WorksheetTemplate) -> None:
    read = read_back(workbook_of(book_of(sheet, None, WORDS)))
    codes = [finding.code for finding in read.findings]
    assert codes == (["W103"] if sheet.blank_only else ["M101"] * len(codes))
    assert sheet.blank_only or {finding.values["key"] for finding in read.findings} >= {"title", "made_on", "made_by"}


Change = Callable[[Any], None]
PROBLEMS, MEASURES = tab_of(ISSUES, ISSUES.sections[1]), tab_of(ISSUES, ISSUES.sections[5])


def column_of(tab: Any, title: str) -> int:
    return next(cell.column for cell in tab[3] if cell.value == title)


def _other_sheet(book: Any) -> None:
    book["つなぎ手"]["A2"] = "proposal"


def _moved(book: Any) -> None:
    tab = book[PROBLEMS]
    first, second = column_of(tab, "地域の問題"), column_of(tab, "反対の例")
    for row in range(3, 6):
        tab.cell(row, first).value, tab.cell(row, second).value = (
            tab.cell(row, second).value,
            tab.cell(row, first).value,
        )
        tab.cell(row, first).data_type = tab.cell(row, second).data_type = (
            "s"  # openpyxl takes a text with = for a formula
        )


def _date_as_number(book: Any) -> None:
    cell = book[HEAD_TAB]["B8"]
    cell.value, cell.number_format = 46071, "General"


def _long(book: Any) -> None:
    book[PROBLEMS]["B4"] = "あ" * 30_000


@pytest.mark.parametrize(
    ("change", "cell", "code"),
    [
        (_other_sheet, "", "I402"),
        (lambda book: book.remove(book["つなぎ手"]), "", ""),
        (lambda book: book.remove(book[PROBLEMS]), "", "I402"),
        (lambda book: book[PROBLEMS].delete_cols(4), f"［{PROBLEMS}］A3", "I406"),
        (_moved, f"［{PROBLEMS}］", "I408"),
        (lambda book: book[HEAD_TAB].delete_rows(5), f"［{HEAD_TAB}］A3", "I406"),
        (lambda book: book[PROBLEMS].merge_cells("B4:C5"), f"［{PROBLEMS}］B4", "I405"),
        (lambda book: book[PROBLEMS].__setitem__("C4", "=1+2"), f"［{PROBLEMS}］C4", "I403"),
        (lambda book: book[PROBLEMS].__setitem__("C4", "三つ"), f"［{PROBLEMS}］C4", "I410"),
        (_date_as_number, f"［{HEAD_TAB}］B8", "I411"),
        (_long, f"［{PROBLEMS}］B4", "M116"),
        (lambda book: book[PROBLEMS].__setitem__("J9", "欄の外の覚え書き"), f"［{PROBLEMS}］J9", "I412"),
        (lambda book: book.create_sheet("メモ").__setitem__("A1", "あとで"), "［メモ］A1", "I413"),
        (lambda book: book[MEASURES].__setitem__("C4", "県全体"), f"［{MEASURES}］C4", "M114"),
        (lambda book: book[MEASURES].__setitem__("D4", "Aさん（82歳）に聞く"), f"［{MEASURES}］D4", "W131"),
        (lambda book: book[MEASURES].__setitem__("D4", "桜町の80代の男性1人"), f"［{MEASURES}］D4", "W133"),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)  # fmt: skip
def test_a_changed_workbook_is_read_whole_or_shows_the_cell(
    tmp_path: Path, change: Change, cell: str, code: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(book_of(ISSUES, filled(ISSUES, full_record(ISSUES)), WORDS))))
    change(book)
    (tmp_path / "resources").mkdir()
    path = tmp_path / "F.xlsx"
    book.save(path)
    result = import_files(tmp_path, [path], dry_run=False)
    report = "\n".join(text_lines(result.findings, "ja"))
    if code:
        assert any(finding.code == code and cell in finding.place.file for finding in result.findings), report
    taken = code in ("", "I408", "W133")
    record = tmp_path / "resources/worksheets/community-issues/zenbu.yml"
    assert record.exists() == taken, report
    assert result.exit_code == (0 if taken else 1)
    if taken:
        expected = full_record(ISSUES)
        if code == "W133":  # a warning: what was written is taken as it is
            expected["measures"][0]["method"] = "桜町の80代の男性1人"
        assert read_text(record.read_text(encoding="utf-8"), "").value == expected


def test_days_typed_in_excel_are_days() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(book_of(ISSUES, filled(ISSUES, full_record(ISSUES)), WORDS))))
    book[HEAD_TAB]["B8"].value = datetime(2026, 9, 10)  # noqa: DTZ001 - as Excel keeps it
    book[HEAD_TAB]["B13"].value = "令和8年10月1日"
    raw = io.BytesIO()
    book.save(raw)
    read = read_back(raw.getvalue())
    assert read.findings == []
    assert (read.data["made_on"], read.data["next_review"]) == ("2026-09-10", "2026-10-01")
    assert filled(ISSUES, read.data).head.made_on == date(2026, 9, 10)


def test_a_record_that_is_there_is_not_overwritten_in_silence(tsunagite, tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    path = tmp_path / "F.xlsx"
    data = full_record(ISSUES)
    path.write_bytes(workbook_of(book_of(ISSUES, filled(ISSUES, data), WORDS)))
    record = tmp_path / "resources/worksheets/community-issues/zenbu.yml"
    said = tsunagite("worksheet", "import", path, "--root", tmp_path, "--dry-run")
    assert (said.code, record.exists()) == (0, False)
    assert "書くはずの記録: resources/worksheets/community-issues/zenbu.yml" in said.out
    assert tsunagite("worksheet", "import", path, "--root", tmp_path).code == 0
    assert tsunagite("worksheet", "import", path, "--root", tmp_path).code == 0  # the same again
    path.write_bytes(workbook_of(book_of(ISSUES, filled(ISSUES, data | {"title": "別の題"}), WORDS)))
    said = tsunagite("worksheet", "import", path, "--root", tmp_path)
    assert (said.code, "I414" in said.out) == (1, True)
    assert "全部の欄" in record.read_text(encoding="utf-8")
    assert tsunagite("worksheet", "import", path, "--root", tmp_path, "--replace").code == 0
    assert "別の題" in record.read_text(encoding="utf-8")


def workbook_file(folder: Path, name: str, data: dict[str, Any]) -> Path:
    """A workbook whose record has no id of its own, as people leave it."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(book_of(ISSUES, filled(ISSUES, data), WORDS))))
    book[HEAD_TAB]["B18"].value = None
    assert book[HEAD_TAB]["A18"].value == "ID"
    path = folder / f"{name}.xlsx"
    book.save(path)
    return path


def test_sheets_of_one_day_get_the_next_number_and_importing_them_again_changes_nothing(
    tsunagite, tmp_path: Path
) -> None:
    (tmp_path / "resources").mkdir()
    data = full_record(ISSUES)
    files = [workbook_file(tmp_path, name, data | {"title": f"{name}の机"}) for name in ("a", "b", "c")]
    for _ in range(2):
        said = tsunagite("worksheet", "import", *files, "--root", tmp_path)
        assert said.code == 0, said.out
    folder = tmp_path / "resources/worksheets/community-issues"
    titles = {
        path.name: read_text(path.read_text(encoding="utf-8"), "").value["title"] for path in folder.glob("*.yml")
    }
    assert titles == {
        "community-issues-2026-02-18.yml": "aの机",
        "community-issues-2026-02-18-2.yml": "bの机",
        "community-issues-2026-02-18-3.yml": "cの机",
    }
    other = workbook_file(tmp_path, "d", data | {"title": "直した机"})
    said = tsunagite("worksheet", "import", other, "--root", tmp_path)
    assert (
        said.code,
        "--number" in said.out,
        "community-issues-2026-02-18-4" in said.out,
        "--replace" in said.out,
    ) == (1, True, True, True)
    assert tsunagite("worksheet", "import", other, "--number", "--root", tmp_path).code == 0
    assert (folder / "community-issues-2026-02-18-4.yml").exists()
    asked: list[Any] = []

    def ask(clash: Any) -> Any:
        asked.append(clash)
        return "replace"

    result = import_files(
        tmp_path, [workbook_file(tmp_path, "e", data | {"title": "もう一度"})], dry_run=False, on_clash=ask
    )
    assert result.written == ["resources/worksheets/community-issues/community-issues-2026-02-18.yml"]
    assert [clash.next_path.rpartition("/")[2] for clash in asked] == ["community-issues-2026-02-18-5.yml"]


def test_a_file_of_the_form_is_imported_beside_workbooks(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    data = full_record(ISSUES) | {"id": "community-issues-2026-02-18"}
    form = tmp_path / "form.yml"
    form.write_text("# tsunagite worksheet: community-issues\n" + dump(data), encoding="utf-8")
    result = import_files(tmp_path, [form, workbook_file(tmp_path, "b", data | {"title": "別の机"})], dry_run=False)
    assert [finding.code for finding in result.findings] == ["I415"]
    assert [name.rpartition("/")[2] for name in result.written] == [
        "community-issues-2026-02-18.yml",
        "community-issues-2026-02-18-2.yml",
    ]
    for code, text in (
        ("W131", dump(data | {"title": "鈴木さんの買い物"})),
        ("W133", dump(data | {"title": "要介護3の2人の買い物"})),
        ("I401", "a: b\n"),
        ("W103", "calls: []\nid: emergency-contacts-x\n"),
    ):
        form.write_text(text, encoding="utf-8")
        assert code in [finding.code for finding in import_files(tmp_path, [form], dry_run=False).findings]


def test_a_district_is_read_as_people_call_it(tmp_path: Path) -> None:
    areas = tmp_path / "resources/areas"
    areas.mkdir(parents=True)
    areas.joinpath("a.yml").write_text(dump({"records": [
        {"id": "takamatsu", "name": "高松市", "level": "市"}, {"id": "kita", "name": "木太", "name_kana": "きた", "level": "地区", "parent": "takamatsu"},
        {"id": "kitacho", "name": "木太町", "level": "町字", "parent": "kita"},
    ]}), encoding="utf-8")  # fmt: skip
    for written, code in (("木太", ""), ("木太地区", ""), ("きた", ""), ("kita", ""), ("木太町", ""), ("木田", "I416")):
        path = workbook_file(tmp_path, "f", full_record(ISSUES))
        book = openpyxl.load_workbook(path)
        book[HEAD_TAB]["B5"].value = written
        book.save(path)
        result = import_files(tmp_path, [path], dry_run=True, on_clash="replace")
        assert [finding.code for finding in result.findings] == ([code] if code else []), written
        town = "kitacho" if written == "木太町" else "kita"
        assert result.written == (
            [] if code else [f"resources/worksheets/community-issues/community-issues-{town}-2026-02-18.yml"]
        )


def test_two_workbooks_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    one = filled(ISSUES, full_record(ISSUES))
    for name, head in (
        ("a.xlsx", one.head.model_copy(update={"id": "a"})),
        ("b.xlsx", one.head.model_copy(update={"id": "b", "title": ""})),
    ):
        (tmp_path / name).write_bytes(workbook_of(book_of(ISSUES, replace(one, head=head), WORDS)))
    result = import_files(tmp_path, [tmp_path / "a.xlsx", tmp_path / "b.xlsx"], dry_run=False)
    assert [finding.code for finding in result.findings] == ["M101"]
    assert not (tmp_path / "resources/worksheets").exists()


def test_every_column_of_every_sheet_has_a_heading_of_its_own() -> None:
    for sheet in SHEETS.values():
        tabs = [tab_of(sheet, section) for section in sheet.sections]
        assert len(set(tabs)) == len(tabs)
        for section in sheet.sections:
            titles = [field.title for field in fields_of(section)]
            assert len(set(titles)) == len(titles), (sheet.id, section.id)


def test_the_table_made_from_records_is_a_workbook_to_go_on_from(tmp_path: Path) -> None:
    site = site_view(tmp_path, resource("salon", use_status="知られていない", use_status_reason="看" * 200))
    view = matrix_book(site.worksheets, site.today)
    assert view
    read = read_back(workbook_of(view))
    assert read.findings == []
    assert read.data["items"] == [
        {
            "letter": "1",
            "level": "互助",
            "stage": "すでにある",
            "what": "salon",
            "use": "知られていない",
            "why": "看" * 120,
            "resource": "salon",
        }
    ]


def test_lines_in_which_only_printed_words_stand_are_no_lines() -> None:
    review = SHEETS["six-point-review"]
    raw = workbook_of(book_of(review, None, WORDS))
    book = openpyxl.load_workbook(io.BytesIO(raw))
    tab = book[tab_of(review, review.sections[1])]
    assert [tab.cell(row, 2).value for row in (4, 9)] == [
        "はじめの困りごとに向かっているか",
        "共感・苦労・大義が伝わっているか",
    ]
    tab.cell(5, column_of(tab, "いま")).value = "まだ"
    for row, words in ((4, "六つの点"), (8, "2026-02-18"), (9, "会議")):
        book[HEAD_TAB].cell(row, 2).value = words
    changed = io.BytesIO()
    book.save(changed)
    assert read_back(changed.getvalue()).data["points"] == [
        {"letter": "2", "point": "要因の分析を飛ばしていないか", "now": "まだ"}
    ]

"""The call sheet: whom to ask about records past their review, and the answers back in the records."""

import io
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from small_site import TODAY, resource, site_view
from tsunagite.editing.books.calls import calls
from tsunagite.editing.books.run import BookImport, import_book, overdue_calls
from tsunagite.records.yaml.reader import read_file

LATER = date(2026, 11, 25)
OLD = {"verified_on": "2025-03-01", "verified_by": "地域福祉課", "verify_method": "訪問"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    records = (
        resource("right", organization="kai", phones=[], **OLD),
        resource("moved", **OLD),
        resource("silent", **OLD),
        resource("fresh"),
        resource("shown", sample=True, **(OLD | {"phones": [{"number": "087-000-0001"}]})),
    )
    site_view(
        folder,
        *records,
        organizations__kai={
            "id": "kai",
            "name": "もも/の会",
            "name_kana": "もものかい",
            "phones": [{"number": "087-839-2812"}],
        },
    )
    return folder


def answered(site: Path, answers: dict[str, dict[str, str]]) -> BookImport:
    book = site / "calls.xlsx"
    overdue_calls(site, TODAY, "owner", book)
    workbook = openpyxl.load_workbook(io.BytesIO(book.read_bytes()))
    for sheet in workbook.worksheets:
        rows: list[tuple[Any, ...]] = list(sheet.iter_rows())
        header = next((row for row in rows if any(cell.value == "たずねた結果" for cell in row)), ())
        columns = {cell.value: cell.column for cell in header}
        for row in rows if columns else ():
            for title, text in answers.get(str(row[0].value), {}).items():
                sheet.cell(row[0].row, columns[title]).value = text
    workbook.save(book)
    return import_book(site, book, LATER)


def record(site: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_file(site / f"resources/clubs/{name}.yml", "").value
    return found


def test_whom_to_call_is_said_by_owner_and_what_is_fresh_or_made_up_is_not_asked(site: Path) -> None:
    found = overdue_calls(site, TODAY, "owner")
    assert [(call.group, call.resource.id, call.whom) for call in found] == [
        ("もも/の会", "right", "もも/の会 087-839-2812"),
        ("団体の書かれていない記録", "moved", "moved 087-839-2811"),
        ("団体の書かれていない記録", "silent", "silent 087-839-2811"),
    ]
    assert found[0].ask.endswith("（2025年3月1日に確認）")
    assert {call.group for call in overdue_calls(site, TODAY, "area")} == {"地区のわからない記録"}


def test_answers_come_back_and_who_was_not_reached_stays_as_it_is(site: Path) -> None:
    shutil.copytree(site, site.with_name("before"))
    result = answered(site, {
        "right": {"たずねた結果": "変わりなし"},
        "moved": {"たずねた結果": "変わった", "電話1": "087-839-2813", "確認した部署": "長寿福祉課"},
        "silent": {"たずねた結果": "つながらない"},
    })  # fmt: skip
    assert [(found.code, found.severity) for found in result.findings if found.severity == "error"] == []
    assert not [found.code for found in result.findings if found.code in ("B104", "B109")]
    right, moved = record(site, "right"), record(site, "moved")
    assert (right["verified_on"], right["verify_method"], "verified_by" in right) == ("2026-11-25", "電話", False)
    assert (moved["verified_on"], moved["verified_by"], moved["phones"]) == (
        "2026-11-25",
        "長寿福祉課",
        [{"number": "087-839-2813"}],
    )
    assert record(site, "silent") == record(site.with_name("before"), "silent")


def test_an_answer_that_is_no_word_of_the_list_writes_nothing(site: Path) -> None:
    result = answered(site, {"right": {"たずねた結果": "たぶん"}})
    assert "B122" in [found.code for found in result.findings]
    assert record(site, "right")["verified_on"] == "2025-03-01"


def test_calls_of_a_site_without_old_records_are_none(tmp_path: Path) -> None:
    assert calls(site_view(tmp_path / "town", resource("fresh")).directory, TODAY, "area") == ()

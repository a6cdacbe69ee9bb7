"""Workbooks of strangers are read as people see them, or refused with a reason; nothing in them is run."""

import io
import os
import re
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tsunagite.findings import Finding, Severity
from tsunagite.i18n import message_of
from tsunagite.importing.tables.table_file import choose_table, read_grids, read_table
from tsunagite.spreadsheets.read import MAX_TEXT, Kind, read_workbook, workbook_of

SHEET = "xl/worksheets/sheet1.xml"


def saved(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The bytes of a workbook made by a function."""
    workbook = openpyxl.Workbook()
    fill(workbook)
    raw = io.BytesIO()
    workbook.save(raw)
    return raw.getvalue()


def plain(*rows: tuple[object, ...]) -> bytes:
    """A workbook of one sheet with these rows."""
    return saved(lambda workbook: [workbook.active.append(row) for row in rows])


def patched(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed, or added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in archive.namelist():
            packed.writestr(name, change(archive.read(name)) if name == part else archive.read(name))
        if part not in archive.namelist():
            packed.writestr(part, change(b""))
    return result.getvalue()


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def everything(workbook: openpyxl.Workbook) -> None:
    sheet = workbook.active
    sheet.title = "施設"
    sheet.append(["名称", "郵便番号", "開設日", "開始", "緯度", "備考"])
    sheet.append(["さくら会館", 7600074, date(2026, 3, 1), clock_time(9, 30), 34.3428, "一行目\n二行目"])
    sheet["B2"].number_format = "000-0000"
    sheet["E2"].number_format = "0.00"
    sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = "もも", True, datetime(2026, 3, 1, 13, 5), "=1+1"  # noqa: DTZ001 - a cell has no zone
    sheet["F4"] = "#N/A"
    sheet["A5"] = "北地区"
    sheet.merge_cells("A5:A7")
    sheet["B6"], sheet["B7"] = "六", "七"
    sheet.merge_cells("C6:D6")
    hidden = workbook.create_sheet("覚え書き")
    hidden["A1"] = "内緒"
    hidden.sheet_state = "hidden"
    workbook.create_sheet("空")


def test_cells_are_read_as_people_see_them() -> None:
    workbook, findings = workbook_of(saved(everything), "list.xlsx")
    assert workbook is not None
    assert findings == []
    sheet = workbook.sheet("施設")
    assert sheet is not None
    assert [cell.text for cell in sheet.rows[1]] == [
        "さくら会館",
        "760-0074",
        "2026-03-01",
        "9:30",
        "34.3428",
        "一行目\n二行目",
    ]
    assert [cell.kind for cell in sheet.rows[1]] == ["text", "number", "date", "date", "number", "text"]
    assert [(cell.text, cell.kind) for cell in sheet.rows[3]] == [
        ("もも", Kind.TEXT), ("TRUE", Kind.BOOLEAN), ("2026-03-01 13:05", Kind.DATE), ("", Kind.UNSAVED), ("", Kind.EMPTY), ("#N/A", Kind.ERROR)
    ]  # fmt: skip
    assert sheet.rows[2] == ()
    assert sheet.merged == ("A5:A7", "C6:D6")
    assert sheet.at("B6").text == "六"
    assert sheet.at("Z99").kind is Kind.EMPTY
    assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in workbook.sheets] == [
        ("施設", False, 7),
        ("覚え書き", True, 1),
        ("空", False, 0),
    ]
    assert [sheet.name for sheet in workbook.visible] == ["施設"]


def test_a_list_in_a_workbook_has_the_shape_of_a_csv(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(saved(everything))
    table, findings = read_table(tmp_path / "list.xlsx", "list.xlsx")
    assert table is not None
    assert table.header == ("名称", "郵便番号", "開設日", "開始", "緯度", "備考")
    assert (table.encoding, table.sheet) == ("xlsx", "施設")
    assert [row.number for row in table.rows] == [2, 3, 4, 5, 6, 7]
    assert table.rows[0].days == (2, 3)
    assert table.rows[1].is_blank
    assert [row.cells[:2] for row in table.rows[3:]] == [("北地区", ""), ("北地区", "六"), ("北地区", "七")]
    assert table.rows[2].cells == ("もも", "TRUE", "2026-03-01 13:05", "", "", "")
    said = [(finding.code, finding.severity, message_of(finding)[0]) for finding in findings]
    assert said == [
        ("I240", Severity.WARNING, "シート「施設」に、値が保存されていない式が 1 個あります: D4"),
        ("I159", Severity.WARNING, "シート「施設」に計算のエラー（#N/A など）が 1 個あります: F4"),
        ("I160", Severity.NOTICE, "シート「施設」を読みました。ほかのシートは読んでいません: 覚え書き"),
    ]
    grids, _ = read_grids(tmp_path / "list.xlsx", "list.xlsx")
    assert [(grid.sheet, grid.hidden) for grid in grids] == [("施設", False), ("覚え書き", True)]
    assert grids[0].table(5).header[0] == "北地区"
    assert choose_table(*read_grids(tmp_path / "list.xlsx", "list.xlsx"), "list.xlsx", "覚え書き")[0].header == (
        "内緒",
    )  # type: ignore[union-attr]
    nothing, findings = choose_table(*read_grids(tmp_path / "list.xlsx", "list.xlsx"), "list.xlsx", "別")
    assert nothing is None
    assert codes(findings) == ["I161"]


def test_what_a_formula_last_said_is_read_and_reported() -> None:
    raw = patched(plain(("名称", "=1+1")), SHEET, lambda xml: re.sub(rb"<v */>|<v></v>", b"<v>2</v>", xml))
    workbook, _ = workbook_of(raw, "list.xlsx")
    assert workbook is not None
    assert (workbook.sheets[0].at("B1").text, list(workbook.sheets[0].of_kind(Kind.FORMULA))) == ("2", ["B1"])
    array = saved(lambda book: book.active.__setitem__("A1", ArrayFormula("A1:A2", "=B1:B2*2")))
    workbook, _ = workbook_of(array, "list.xlsx")
    assert workbook is not None
    assert list(workbook.sheets[0].of_kind(Kind.UNSAVED)) == ["A1"]


ENTITY = b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/hostname">]>'
FINE = plain(("名称", "住所"), ("さくら", "Honmachi 1"))


def with_entity(xml: bytes) -> bytes:
    head, separator, rest = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"", b"", xml)
    return head + separator + ENTITY + rest


def bomb() -> bytes:
    """An archive whose sheet is 60 MB of blanks."""
    return patched(FINE, SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 60_000_000))


def lying_size() -> bytes:
    """A sheet that says it has a million rows of 16,384 cells, and holds one."""
    return patched(FINE, SHEET, lambda xml: re.sub(rb'ref="[^"]*"', b'ref="A1:XFD1048576"', xml))


def encrypted_entry() -> bytes:
    raw = bytearray(FINE)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := raw.find(sign, at)) >= 0:
            struct.pack_into("<H", raw, at + offset, 1)
            at += 4
    return bytes(raw)


BAD: list[tuple[str, bytes | Callable[[], bytes], str]] = [
    ("truncated", FINE[: len(FINE) // 2], "I151"),
    ("no zip", b"name,address\n", "I151"),
    ("empty", b"", "I151"),
    ("other zip", patched(FINE, SHEET, lambda _: b"<worksheet><sheetData><row><c>"), "I151"),
    ("broken byte", FINE.replace(b"PK\x01\x02", b"PK\x01\x03", 1), "I151"),
    ("bomb", bomb, "I154"),
    ("entity in a sheet", patched(FINE, SHEET, with_entity), "I155"),
    ("entity in the strings", patched(FINE, "xl/sharedStrings.xml", with_entity), "I155"),
    ("entity in the list of sheets", patched(FINE, "xl/workbook.xml", with_entity), "I155"),
    ("entity in UTF-16", patched(FINE, SHEET, lambda xml: with_entity(xml).decode().encode("utf-16")), "I155"),
    ("a row far away", patched(FINE, SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="2000000000"')), "I156"),
    ("a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "I152"),
    ("a password of the archive", encrypted_entry, "I152"),
    ("before 2007", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "I153"),
    (
        "10 MB in a cell",
        lambda: patched(FINE, SHEET, lambda xml: xml.replace(b"Honmachi 1", os.urandom(5_000_000).hex().encode())),
        "I157",
    ),
]


@pytest.mark.parametrize(("raw", "code"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_workbook_is_refused_with_a_reason(tmp_path: Path, raw: bytes | Callable[[], bytes], code: str) -> None:
    (tmp_path / "bad.xlsx").write_bytes(raw if isinstance(raw, bytes) else raw())
    workbook, findings = read_workbook(tmp_path / "bad.xlsx", "bad.xlsx")
    assert workbook is None
    assert codes(findings) == [code]
    assert findings[0].severity is Severity.ERROR
    message, hint = message_of(findings[0])
    assert message
    assert hint
    assert read_grids(tmp_path / "bad.xlsx", "bad.xlsx")[0] == []


def test_the_long_cell_is_named(tmp_path: Path) -> None:
    raw = patched(FINE, SHEET, lambda xml: xml.replace(b"Honmachi 1", b"x" * (MAX_TEXT + 1)))
    (finding,) = workbook_of(raw, "list.xlsx")[1]
    assert (finding.place.line, finding.place.column, finding.values["cell"]) == (2, 2, "B2")


def test_macros_are_ignored_and_a_claimed_size_is_not_believed() -> None:
    raw = io.BytesIO(lying_size())
    with zipfile.ZipFile(raw, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00" * 100)
    start = time.process_time()
    workbook, _ = workbook_of(raw.getvalue(), "list.xlsm")
    assert workbook is not None
    assert len(workbook.sheets[0].rows) == 2
    assert time.process_time() - start < 5


def test_an_empty_workbook_and_a_missing_file_say_so(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(plain())
    assert codes(read_table(tmp_path / "list.xlsx", "list.xlsx")[1]) == ["I162"]
    assert codes(read_table(tmp_path / "none.xlsx", "none.xlsx")[1]) == ["I101"]


def test_memory_grows_with_the_cells_only() -> None:
    row = "".join(f'<c t="inlineStr"><is><t>さくら{i}</t></is></c>' for i in range(20))
    raw = patched(FINE, SHEET, lambda xml: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + f"<row>{row}</row>".encode() * 1000 + b"</sheetData>", xml))  # fmt: skip
    tracemalloc.start()
    workbook, findings = workbook_of(raw, "list.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert findings == []
    assert workbook is not None
    assert len(workbook.sheets[0].rows) == 1000
    assert peak < 10_000_000  # 500 bytes a cell would be 10 MB; 100,000 rows of 20 columns then stay below 1 GiB


def test_a_link_written_as_a_formula_without_a_saved_value_is_the_text_that_people_see() -> None:
    book = openpyxl.Workbook()
    formulas = [
        '=HYPERLINK("#", "https://hospital.example/")',
        '=HYPERLINK("https://clinic.example/")',
        '=HYPERLINK(A1, "x")',
        "=1+1",
    ]
    for row, formula in enumerate(formulas, start=1):
        book.active.cell(row, 1).value = formula
        book.active.cell(row, 2).value = "見本"
    saved = io.BytesIO()
    book.save(saved)
    workbook, _ = workbook_of(saved.getvalue(), "links.xlsx")
    assert workbook is not None
    assert [(row[0].text, row[0].kind) for row in workbook.sheets[0].rows] == [
        ("https://hospital.example/", Kind.TEXT), ("https://clinic.example/", Kind.TEXT), ("", Kind.UNSAVED), ("", Kind.UNSAVED),
    ]  # fmt: skip

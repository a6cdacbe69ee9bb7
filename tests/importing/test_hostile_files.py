"""Files made to harm, or damaged on their way: a Japanese sentence with the place, exit 1, nothing written, in little time and memory."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

HEADER = "NO,都道府県名,市区町村名,名称,住所,緯度,経度,電話番号,団体名,利用可能曜日,説明,URL\n"
ROW = "1,見本県,見本市,見本会館,見本市本町1,34.1,134.1,087-000-0001,見本市,月火,,\n"
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(more: bytes = b"") -> bytes:
    """Return the list as a workbook, with more rows put in as they would stand in the file."""
    book, raw, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for line in (HEADER, ROW):
        book.active.append(line.strip().split(","))  # type: ignore[union-attr]
    book.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            text = before.read(part)
            after.writestr(part, text.replace(b"</sheetData>", more + b"</sheetData>") if part == SHEET else text)
    return out.getvalue()


def cell(text: bytes) -> bytes:
    return b'<row r="3"><c r="D3" t="inlineStr"><is><t>' + text + b"</t></is></c></row>"


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb": ("a.xlsx", lambda: workbook(b" " * 450_000_000), "a.xlsx  I154"),
    "cell of 10 MB": (
        "a.xlsx",
        lambda: workbook(cell(b"".join(b"%07d" % (n * 7_919_993 % 10**7) for n in range(1_430_000)))),
        "a.xlsx:3:4  I157",
    ),
    "cut off": ("a.xlsx", lambda: workbook()[:2000], "a.xlsx  I151"),
    "password": (
        "a.xlsx",
        lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "a.xlsx  I152",
    ),
    "of before 2007": ("a.xls", lambda: OLE + bytes(2000), "a.xls  I151"),
    "nothing": ("a.csv", lambda: b"", "a.csv:1:1  I105"),
    "nothing, as workbook": ("a.xlsx", lambda: b"", "a.xlsx  I151"),
    "two encodings": ("a.csv", lambda: (HEADER + ROW).encode("cp932") + ROW.encode(), "a.csv:3:1  I192"),
    "zero bytes": ("a.csv", (HEADER + ROW + "2,\x00,,,,,,,,,,\n").encode, "a.csv:3:1  I193"),
    "cell of 10 MB in csv": (
        "a.csv",
        (HEADER + ROW + "2,,," + "あ" * 3_400_000 + ",,,,,,,,\n").encode,
        "a.csv:3:1  I194",
    ),
    "no end of brackets": ("a.json", lambda: b"[" * 100_000, "a.json:1:1  I181"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site/resources").mkdir(parents=True)
    return tmp_path / "site"


@pytest.mark.parametrize("case", FILES)
def test_the_whole_command_says_what_is_wrong_and_writes_nothing(root: Path, tsunagite: Any, case: str) -> None:
    name, made, place = FILES[case]
    (root.parent / name).write_bytes(made())
    said = tsunagite("import", root.parent / name, "--root", root, "--date", "2026-11-24")
    assert (said.code, [path for path in root.rglob("*") if path.is_file()]) == (1, [])
    [line] = [line for line in said.out.splitlines() if place in line]
    assert " → " in line
    assert "この一覧は取り込めませんでした。" in said.out


def test_a_million_rows_that_are_only_formatted_take_no_time(root: Path, tsunagite: Any) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (n, n, n) for n in range(3, 300_003))
    (root.parent / "a.xlsx").write_bytes(workbook(rows))
    said = tsunagite("import", root.parent / "a.xlsx", "--root", root, "--date", "2026-11-24")
    assert (said.code, "読んだ行 1 = 記録 1 + まとめた行 0 + 除いた行 0" in said.out) == (0, True)


def test_formulas_nobody_computed_and_merged_cells_are_told_with_their_cells(root: Path, tsunagite: Any) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in (HEADER, ROW, ROW.replace("1,", "2,", 1).replace("見本会館", "見本会館2")):
        sheet.append(line.strip().split(","))
    sheet["D2"] = '="会館"&A2'
    sheet.merge_cells("I2:I3")
    book.save(root.parent / "a.xlsx")
    said = tsunagite("import", root.parent / "a.xlsx", "--root", root, "--date", "2026-11-24")
    assert (
        said.code,
        "値が保存されていない式が 1 個あります: D2" in said.out,
        "2行（―）を除きました: 値が保存されていない式です" in said.out,
    ) == (0, True, True)
    assert "団体名: 見本市" in next((root / "resources/public").glob("*.yml")).read_text(encoding="utf-8")


def test_a_cell_longer_than_any_field_is_left_out_with_its_reason_and_the_record_stays(
    root: Path, tsunagite: Any
) -> None:
    (root.parent / "a.csv").write_text(HEADER + ROW.replace(",月火,", f",{'月' * 5000},"), encoding="utf-8")
    said = tsunagite("import", root.parent / "a.csv", "--root", root, "--date", "2026-11-24")
    assert said.code == 0, said.out
    text = next((root / "resources/public").glob("*.yml")).read_text(encoding="utf-8")
    assert ("name: 見本会館" in text, "月" in text) == (True, False)
    assert "長すぎます（4,000字まで）" in said.out
    assert "月" * 61 not in said.out


SOURCE = """
id: l
name: 一覧
owner: 市
url: https://list.example/
licence: CC BY 4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
credit: 市
data_date: 2026-10-01
file: files/l.csv
into: places
id_rule: {prefix: l, number: 番号}
columns: {名称: name, 住所: location.address, 電話: phones, 時間: hours_note}
constants: {kind: 公園, needs: [居場所・仲間], support_level: [公助], verify_method: 官公庁データ}
"""


def test_hours_that_repeat_one_word_forty_times_stay_the_sentence_they_are(root: Path, tsunagite: Any) -> None:
    folder = root / "resources/sources/files"
    folder.mkdir(parents=True)
    (folder.parent / "l.yml").write_text(SOURCE, encoding="utf-8")
    (folder / "l.csv").write_text(
        f"番号,名称,住所,電話,時間\n1,館,見本市1,087-839-2811,{'祝日' * 40}\n", encoding="utf-8"
    )
    said = tsunagite("import", "--root", root, root / "resources/sources/l.yml")
    assert said.code == 0, said.out
    text = (root / "resources/places/l-1.yml").read_text(encoding="utf-8")
    assert f"hours_note: {'祝日' * 40}" in text
    assert "\nhours:" not in text

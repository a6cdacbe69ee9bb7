"""What a spreadsheet has lost of a cell (a formula without its value, #REF!) is told, is never a value, and takes no value out."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tsunagite.importing.draft import Reason, Repair
from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file
from tsunagite.text.cells import is_lost

pytestmark = pytest.mark.usefixtures("no_dictionary")

DESCRIPTION = """\
id: salon
name: サロン一覧
owner: 見本市
licence: CC BY 4.0
credit: 見本市
data_date: 2026-09-01
file: files/salon.xlsx
into: clubs
id_rule: {prefix: salon, number: 番号}
columns: {名称: name, 電話: phones, 曜日: hours.days, 開始: hours.open, 終了: hours.close, 定員: capacity, 緯度: location.lat, 経度: location.lng}
choose:
  - {column: 種類, contains: [体操], constants: {kind: 体操の会}}
constants: {kind: 通いの場・サロン}
"""
HEADER = ("番号", "名称", "電話", "曜日", "開始", "終了", "定員", "緯度", "経度", "種類")
SAKURA = ("1", "さくら", "087-000-0001", "月", "10:00", "12:00", "10", "34.3", "134.0", "体操")
MOMO = ("2", "もも", "087-000-0002", "火", "13:00", "15:00", "20", "34.4", "134.1", "茶話")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "resources/sources/files").mkdir(parents=True)
    (tmp_path / "resources/sources/salon.yml").write_text(DESCRIPTION, encoding="utf-8")
    return tmp_path


def take(site: Path, *rows: tuple[str, ...], **options: Any) -> ImportReport:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(site / "resources/sources/files/salon.xlsx")
    return import_sources(site, [], Options(**options))


def record(site: Path, record_id: str) -> dict[str, Any]:
    value: dict[str, Any] = read_file(next(site.glob(f"resources/*/{record_id}.yml")), "").value
    return value


def repairs(report: ImportReport) -> list[Repair]:
    plan = report.lists[0].plan
    assert plan is not None
    drafts = (*plan.new, *plan.unchanged, *(update.draft for update in plan.changed))
    return [repair for draft in drafts for repair in draft.repairs]


def test_a_formula_without_a_saved_value_is_told_and_leaves_the_record_as_it_is(site: Path) -> None:
    lost = range(2, len(HEADER))
    rows = [
        (str(column), f"第{column}さくら", f"087-000-000{column}", *SAKURA[3:7], f"34.{column}", *SAKURA[8:])
        for column in lost
    ]
    take(site, *rows)
    before = {column: record(site, f"salon-{column}") for column in lost}
    report = take(
        site,
        *((*row[:column], "=VLOOKUP(A2,Z:Z,1)", *row[column + 1 :]) for column, row in zip(lost, rows, strict=True)),
    )
    assert {column: record(site, f"salon-{column}") for column in lost} == before
    told = [repair for repair in repairs(report) if repair.why is Reason.FORMULA_UNSAVED]
    assert told == [Repair(header, "=", "", Reason.FORMULA_UNSAVED) for header in HEADER[2:]]
    assert [(found.code, found.values["count"]) for found in report.lists[0].findings] == [("I240", 8)]


def test_a_new_value_beside_a_lost_one_is_taken(site: Path) -> None:
    take(site, SAKURA, MOMO)
    take(site, (*SAKURA[:2], "=Z9", *SAKURA[3:6], "12", *SAKURA[7:]), MOMO)
    sakura = record(site, "salon-1")
    assert (sakura["phones"], sakura["capacity"]) == ([{"number": "087-000-0001"}], 12)


def test_a_row_whose_name_is_lost_is_not_gone_and_closes_nothing(site: Path) -> None:
    take(site, SAKURA, MOMO)
    report = take(site, ("1", "=Z9", *SAKURA[2:]), MOMO, close_gone=True)
    plan = report.lists[0].plan
    assert plan is not None
    assert ([row.why for row in plan.dropped], plan.gone) == ([Reason.FORMULA_UNSAVED], [])
    take(site, ("=Z9", *SAKURA[1:]), MOMO, close_gone=True)
    assert "status" not in record(site, "salon-1")
    assert report.lists[0].is_accounted_for


def test_an_empty_text_that_a_formula_gave_is_no_lost_value(site: Path) -> None:
    take(site, SAKURA, MOMO)
    report = take(site, (*SAKURA[:6], '=IF(A2="","",B2)', *SAKURA[7:]), MOMO)
    path = site / "resources/sources/files/salon.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="G2">', b'<c r="G2" t="str">')
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert record(site, "salon-1")["capacity"] == 10
    report = import_sources(site, [])
    assert ("capacity" in record(site, "salon-1"), [found.code for found in report.lists[0].findings]) == (
        False,
        ["I158"],
    )


def test_errors_and_formulas_in_a_csv_are_told_and_take_no_value_out(site: Path) -> None:
    (site / "resources/sources/salon.yml").write_text(DESCRIPTION.replace("salon.xlsx", "salon.csv"), encoding="utf-8")
    path = site / "resources/sources/files/salon.csv"
    cells = ("=A1+B1", "=SUM(A1:A9)", "='シート 1'!B2", "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!")
    rows = [
        (str(number), f"第{number}さくら", f"087-000-000{number}", *SAKURA[3:7], f"34.{number}", *SAKURA[8:])
        for number in range(1, 9)
    ]
    path.write_text("\n".join(map(",".join, (HEADER, *rows))), encoding="utf-8")
    import_sources(site, [])
    before = [record(site, f"salon-{row[0]}") for row in rows]
    broken = [(*row[:2], cell, *row[3:]) for row, cell in zip(rows, cells, strict=True)]
    path.write_text("\n".join(map(",".join, (HEADER, *broken))), encoding="utf-8")
    report = import_sources(site, [])
    assert [record(site, f"salon-{row[0]}") for row in rows] == before
    told = [
        Repair("電話", cell, "", Reason.FORMULA_UNSAVED if cell.startswith("=") else Reason.CELL_ERROR)
        for cell in cells
    ]
    assert [repair for repair in repairs(report) if repair.column == "電話"] == told
    shutil.rmtree(site / "resources/clubs")
    (site / "resources/sources/snapshots/salon.json").unlink()
    import_sources(site, [])
    assert not any("phones" in record(site, f"salon-{row[0]}") for row in rows)


def test_names_and_numbers_that_begin_with_such_signs_are_no_formulas() -> None:
    assert not any(
        map(is_lost, ("=LOVE カフェ", "#7119", "＃子育て", "=", "==", "= さくら =", "#", "087-000-0001", "1=2"))
    )


def test_a_fact_of_another_list_stays_while_its_cell_is_lost(site: Path) -> None:
    aed = (
        DESCRIPTION.replace("salon", "aed")
        .replace("xlsx", "csv")
        .replace("into: clubs", "into: equipment\nlabel: AED\npriority: 80")
    )
    columns = aed.index("columns:")
    aed = (
        aed[:columns]
        + "columns: {名称: name, 設置位置: attributes.設置位置, 対応: attributes.小児, 緯度: location.lat, 経度: location.lng}\nconstants: {kind: AED}\n"
    )
    (site / "resources/sources/aed.yml").write_text(aed, encoding="utf-8")
    path = site / "resources/sources/files/aed.csv"
    path.write_text("番号,名称,設置位置,対応,緯度,経度\n1,さくら,玄関,有,34.3,134.0\n", encoding="utf-8")
    take(site, SAKURA, MOMO)
    before = record(site, "salon-1")
    assert before["attributes"] == {"AED": "設置位置 玄関、小児 有"}
    path.write_text("番号,名称,設置位置,対応,緯度,経度\n1,さくら,#REF!,有,34.3,134.0\n", encoding="utf-8")
    import_sources(site, [])
    assert record(site, "salon-1") == before

"""Tables of responsible windows go to a workbook and back: names are matched whole, every mistake has its cell, nothing is half-written."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mini_sites import TODAY
from small_site import resource, site_view
from tsunagite.editing.duties.read import DutyImport, import_duties
from tsunagite.editing.duties.write import export_duties
from tsunagite.i18n import message_of

SITE = {"municipality": "見本市", "prefecture": "見本県", "area": "mihon", "shared_troubles": True}
AREAS = {
    "records": [
        {"id": "mihon", "name": "見本市", "name_kana": "みほんし", "level": "市"},
        {"id": "ota", "name": "太田", "name_kana": "おおた", "level": "地区", "parent": "mihon"},
        {"id": "kita", "name": "北", "name_kana": "きた", "level": "地区", "parent": "mihon"},
        {"id": "ota-town", "name": "太田", "name_kana": "おおた", "level": "町字", "parent": "kita"},
        {"id": "asahi-1", "name": "朝日町一丁目", "name_kana": "あさひまち1ちょうめ", "level": "町字", "parent": "ota"},
        {"id": "sakura", "name": "桜町", "name_kana": "さくらまち", "level": "町字", "parent": "mihon"},
    ]
}
TABLE = """\
# 窓口の担当
id: support-centers
title: 地域包括の担当
sample: true
rows:
  - window: east  # 東の窓口
    areas: [ota, sakura]
  # 市の全体も受けもつ
  - window: west
    areas: [ota-town, mihon]
"""
NAMES = {"east": "東センター", "west": "西センター（本所）", "twin-1": "同じ名前", "twin-2": "同じ名前"}
TABLES = "resources/contact/duties"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    windows = [
        {**resource(key, kind="地域包括支援センター", service_areas=["mihon"]), "name": name}
        for key, name in NAMES.items()
    ]
    closed = {**resource("old", status="終了", closed_date="2026-01-01"), "name": "元の窓口"}
    site_view(tmp_path, *windows, closed, site=SITE, areas__all=AREAS)
    (tmp_path / TABLES).mkdir(parents=True)
    (tmp_path / TABLES / "support-centers.yml").write_text(TABLE, encoding="utf-8")
    return tmp_path


def exported(site: Path) -> bytes:
    export_duties(site, site / "d.xlsx", TODAY)
    return (site / "d.xlsx").read_bytes()


def imported(site: Path, change: Callable[[Any], None] = lambda _: None) -> DutyImport:
    workbook = openpyxl.load_workbook(io.BytesIO(exported(site)))
    change(workbook)
    workbook.save(site / "d.xlsx")
    return import_duties(site, site / "d.xlsx", TODAY)


def written(site: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((site / TABLES).glob("*.yml"))}


def rows_of(sheet: Any, rows: list[tuple[str, ...]]) -> None:
    sheet.delete_rows(2, sheet.max_row)
    for row in rows:
        sheet.append(row)


def said(result: DutyImport) -> list[tuple[str, str]]:
    return [(found.code, found.place.file) for found in result.findings]


def test_a_workbook_has_a_sheet_of_two_columns_for_each_duty_and_empty_ones_for_those_nobody_has_filled(
    site: Path,
) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(exported(site)))
    assert workbook.sheetnames == [
        "使い方", "地域包括の担当", "近くの市区町村の窓口の担当", "市区町村の代表の窓口の担当", "保健センターの担当", "社会福祉協議会の担当",
        "消費生活センターの担当", "配偶者暴力相談支援センターの担当", "生活困窮の相談窓口の担当", "成年後見の相談窓口の担当", "民生委員・児童委員の担当", "窓口の名前", "町と地区の名前",
    ]  # fmt: skip
    assert list(workbook["窓口の名前"].iter_rows(values_only=True)) == [
        ("シート", "窓口", "住所", "窓口のID"),
        ("地域包括の担当", "同じ名前", "高松市桜町一丁目9-12", "twin-1"), ("地域包括の担当", "同じ名前", "高松市桜町一丁目9-12", "twin-2"),
        ("地域包括の担当", "東センター", "高松市桜町一丁目9-12", None), ("地域包括の担当", "西センター（本所）", "高松市桜町一丁目9-12", None),
    ], "what a person may copy into the first column; nothing that is closed"  # fmt: skip
    filled = [row for row in workbook["地域包括の担当"].iter_rows(values_only=True) if any(row)]
    assert filled == [
        ("窓口", "町または地区", "地域のID"), ("東センター", "太田地区", None), ("東センター", "桜町", None),
        ("西センター（本所）", "太田", "ota-town"), ("西センター（本所）", "見本市", None),
    ]  # fmt: skip
    assert [row for row in workbook["保健センターの担当"].iter_rows(values_only=True) if any(row)] == [
        ("窓口", "町または地区")
    ]


def test_an_export_that_nobody_edits_changes_no_byte(site: Path) -> None:
    result = imported(site)
    assert [found.code for found in result.findings] == []
    assert result.files == {}
    assert written(site) == {"support-centers.yml": TABLE}


def test_what_a_sheet_says_is_written_and_comments_stay(site: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["地域包括の担当"]
        sheet["B3"] = "見本市朝日町１丁目"
        rows_of(workbook["保健センターの担当"], [("東 センター", "市全体")])
        rows_of(workbook["社会福祉協議会の担当"], [("西センター（本所）", "太田地区、桜町"), ("東センター", "")])

    result = imported(site, change)
    assert [found.code for found in result.findings] == []
    assert written(site) == {
        "support-centers.yml": TABLE.replace("[ota, sakura]", "[ota, asahi-1]"),
        "health-center.yml": "id: health-center\ntitle: 保健センターの担当\nrows:\n  - window: east\n",
        "welfare-councils.yml": "id: welfare-councils\ntitle: 社会福祉協議会の担当\nrows:\n  - window: west\n    areas:\n      - ota\n      - sakura\n  - window: east\n",
    }


def test_rows_that_a_person_sorted_change_no_byte(site: Path) -> None:
    def change(workbook: Any) -> None:
        rows = [row for row in workbook["地域包括の担当"].iter_rows(min_row=2, values_only=True) if any(row)]
        rows_of(workbook["地域包括の担当"], rows[::-1])

    assert imported(site, change).files == {}


def test_every_mistake_is_told_with_its_cell_and_nothing_is_written(site: Path) -> None:
    def change(workbook: Any) -> None:
        rows_of(workbook["保健センターの担当"], [("東センター", "桜町")])
        rows_of(workbook["社会福祉協議会の担当"], [
            ("東セソター", "桜町"), ("", "桜町"), ("同じ名前", "桜町"), ("元の窓口", "桜町"), ("東センター", "朝日町"), ("東センター", "太田"),
        ])  # fmt: skip
        workbook["町と地区の名前"].title = "覚え書き"
        workbook["民生委員・児童委員の担当"].title = "民生"

    result = imported(site, change)
    sheet = "d.xlsx［社会福祉協議会の担当!"
    assert said(result) == [
        ("B211", "d.xlsx［保健センターの担当］"), ("B204", f"{sheet}A2］"), ("B203", f"{sheet}A3］"), ("B205", f"{sheet}A4］"), ("B206", f"{sheet}A5］"),
        ("B207", f"{sheet}B6］"), ("B208", f"{sheet}B7］"), ("B201", "d.xlsx［民生］"),
    ]  # fmt: skip
    assert [found.values["suggestion"] for found in result.findings if found.code in {"B204", "B207"}] == [
        "東センター",
        "朝日町一丁目",
    ]
    assert result.files == {}
    assert written(site) == {"support-centers.yml": TABLE}


def test_names_that_are_like_no_other_are_told_in_both_languages(site: Path) -> None:
    result = imported(
        site, lambda workbook: rows_of(workbook["社会福祉協議会の担当"], [("ＸＹＺ", "桜町"), ("東センター", "ＸＹＺ")])
    )
    told = [
        message_of(found, language)
        for found in result.findings
        if found.code in {"B204", "B207"}
        for language in ("ja", "en")
    ]
    assert [message for message, _ in told] == [
        "「ＸＹＺ」という名前の記録はありません。", "No record is called “ＸＹＺ”.", "「ＸＹＺ」という町や地区はありません。", "No town or district is called “ＸＹＺ”.",
    ]  # fmt: skip


def test_a_town_that_two_windows_serve_a_row_written_twice_and_towns_nobody_serves_are_told(site: Path) -> None:
    def change(workbook: Any) -> None:
        rows_of(
            workbook["社会福祉協議会の担当"],
            [("東センター", "桜町"), ("西センター（本所）", "桜町"), ("東センター", "桜町")],
        )

    result = imported(site, change)
    told = {found.code: found.values for found in result.findings}
    assert told["B209"] == {"area": "桜町", "one": "東センター", "other": "西センター（本所）", "cell": "B2"}
    assert told["B210"] == {"cell": "B2"}
    assert told["B211"] == {"count": 2, "towns": "朝日町一丁目、太田"}
    assert list(result.files) == [f"{TABLES}/welfare-councils.yml"]


def test_cells_of_a_window_that_are_merged_count_for_every_row(site: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["保健センターの担当"]
        rows_of(sheet, [("東センター", "桜町"), ("", "太田地区")])
        sheet.merge_cells("A2:A3")

    imported(site, change)
    assert written(site)["health-center.yml"].endswith("  - window: east\n    areas:\n      - sakura\n      - ota\n")


def test_a_sheet_whose_rows_were_taken_out_leaves_the_table_and_says_so(site: Path) -> None:
    result = imported(site, lambda workbook: rows_of(workbook["地域包括の担当"], []))
    assert said(result) == [("B212", "d.xlsx［地域包括の担当］")]
    assert written(site) == {"support-centers.yml": TABLE}


def test_the_commands_say_what_they_wrote(site: Path, tsunagite: Callable[..., Any]) -> None:
    day = ("--root", site, "--today", "2026-11-22")
    book = site / "d.xlsx"
    out = tsunagite("duties", "export", book, *day)
    assert "地域包括の担当（4 行）" in out.out
    assert "保健センターの担当（まだ空です）" in out.out
    assert "変わったところはありません。" in tsunagite("duties", "import", book, *day).out
    assert tsunagite("duties", "export", site / "d.ods", *day).code == 2

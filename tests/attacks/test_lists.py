"""Every hostile string in every column of a list to import, as CSV and as a workbook: records and reports hold words, and every row is accounted for."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from attacks.strings import strings
from mini_sites import TODAY
from tsunagite.check.load import load
from tsunagite.importing import readings
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file

COLUMNS = {
    "都道府県コード又は市区町村コード": "372013", "NO": "1", "都道府県名": "香川県", "市区町村名": "高松市", "名称": "見本会館", "名称_カナ": "ミホンカイカン",
    "住所": "香川県高松市見本町1-1", "方書": "2階", "緯度": "34.34", "経度": "134.05", "電話番号": "087-000-0001", "内線番号": "12", "団体名": "見本市",
    "利用可能曜日": "月火水", "開始時間": "9:00", "終了時間": "17:00", "利用可能日時特記事項": "", "説明": "", "URL": "https://www.example.jp/", "備考": "",
}  # fmt: skip
Table = list[list[str]]
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STRINGS = tuple(text for text in strings() if "\0" not in text)
"""With NUL in it a list is refused as a whole, with the line (I193)."""


def table(turns: range) -> Table:
    """Return a list whose row has one hostile cell; each turn moves the strings on by a column."""
    rows = [[*COLUMNS]]
    for turn in turns:
        for number, text in enumerate(STRINGS):
            row = [*COLUMNS.values()]
            row[1], row[4], row[6] = (
                f"{turn}-{number}",
                f"見本{turn}の{number}会館",
                f"香川県高松市見本町{turn + 1}-{number + 1}",
            )
            row[(number + turn) % len(row)] = text
            rows.append(row)
    return rows


def as_csv(rows: Table, folder: Path) -> Path:
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        csv.writer(file).writerows(rows)
    return path


def as_book(rows: Table, folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([NOT_XML.sub("", cell) for cell in row])  # no workbook can hold them
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type  # words, as a person types them behind '
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


@pytest.mark.parametrize(("write", "turns"), [(as_csv, range(len(COLUMNS))), (as_book, range(3))], ids=["csv", "xlsx"])
def test_a_hostile_list_becomes_words_and_no_row_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Table, Path], Path], turns: range
) -> None:
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)
    town = tmp_path / "town"
    (town / "resources").mkdir(parents=True)
    report = import_sources(town, [write(table(turns), tmp_path)], Options(said=Said(date(2026, 11, 24))))
    [listed] = report.lists
    assert listed.plan
    assert listed.is_accounted_for
    assert listed.plan.new
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        {"town", f"list.{'csv' if write is as_csv else 'xlsx'}"}
    )
    written = [
        path for path in town.rglob("*") if path.is_file() and path.name != "changes.txt"
    ]  # how often it was changed
    assert all(path.relative_to(town).parts[0] in ("resources", "inbox", "reports") for path in written)
    assert all(path.name.isascii() and path.name.isprintable() for path in written)
    assert [path for path in written if path.suffix == ".yml" and read_file(path, path.name).findings] == []
    assert all(one.place.file for one in load(town, TODAY).findings)

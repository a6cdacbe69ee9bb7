"""A list is decoded without guessing; what cannot be read is explained."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from csv_text import table_of
from tsunagite.importing.detect.list_day import day_in_list
from tsunagite.importing.tables.table_file import Grid, read_grids, read_table

LIST = "番号,名称,住所\r\n1,さくら,本町1\r\n2,もも,東町2\r\n"


@pytest.mark.parametrize(
    ("raw", "encoding", "code"),
    [
        (LIST.encode("cp932"), "cp932", None),
        (LIST.encode("utf-8-sig"), "utf-8-sig", None),
        (b"\xff\xfe" + "番号,名称".encode("utf-16-le"), None, "I103"),
        (LIST.encode("euc_jp"), None, "I103"),
        (LIST.encode("utf-8")[:-10] + b"\x81", None, "I192"),
        ('番号,名称\n1,"さくら\n2,もも\n'.encode(), None, "I104"),
        (b"", None, "I105"),
        (b",,\n1,2,3\n", None, "I105"),
    ],
)
def test_a_file_is_decoded_or_explained(tmp_path: Path, raw: bytes, encoding: str | None, code: str | None) -> None:
    (tmp_path / "list.csv").write_bytes(raw)
    table, findings = read_table(tmp_path / "list.csv", "list.csv")
    assert (table.encoding if table else None) == encoding
    assert [finding.code for finding in findings] == ([code] if code else [])


def test_a_ditto_mark_is_the_text_above_it_whatever_stands_between() -> None:
    text = "名称,住所,備考\nさくら,本町1,〃\nもも,〃,\n,,\nうめ,同上,〃\n"
    table, _ = table_of(text, "list.csv")
    assert table is not None
    assert [row.cells for row in table.rows] == [
        ("さくら", "本町1", "〃"),  # nothing stands above it
        ("もも", "本町1", ""),
        ("", "", ""),
        ("うめ", "本町1", ""),
    ]


def workbook(path: Path, merged: list[str], *rows: list[str | None]) -> Grid:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for one in merged:
        book.active.merge_cells(one)
    book.save(path)
    [grid], findings = read_grids(path, path.name)
    assert findings == []
    return grid


def test_a_header_of_two_rows_gives_every_column_its_name(tmp_path: Path) -> None:
    names, below = ["名称", "サービス", None, "電話"], [None, "配食", "移送", None]
    row = ["さくら", "○", "×", "087-839-2801"]
    grid = workbook(
        tmp_path / "a.xlsx", ["B2:C2", "A1:D1"], ["生活支援（令和8年4月1日現在）", None, None, None], names, below, row
    )
    assert grid.rows[2].cells == ("名称", "配食", "移送", "電話")
    assert day_in_list(grid.table(3), "a") == (date(2026, 4, 1), "note")


def test_rows_below_a_merged_cell_stay_as_they_are_where_they_are_no_second_header(tmp_path: Path) -> None:
    names, row = ["名称", "サービス", None, "電話"], ["さくら", "○", "×", None]
    grid = workbook(tmp_path / "a.xlsx", ["B1:C1"], names, row, ["もも", None, None, None])
    assert [one.cells for one in grid.rows[1:]] == [("さくら", "○", "×", ""), ("もも", "", "", "")]


def test_a_note_on_a_cell_is_told_and_not_lost_in_silence(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["名称", "時間"])
    book.active.append(["さくら", "10時"])
    book.active["B2"].comment = Comment("冬は10時半から", "担当")
    book.save(tmp_path / "a.xlsx")
    _, findings = read_table(tmp_path / "a.xlsx", "a.xlsx")
    assert [(found.code, found.values["count"], found.values["cells"]) for found in findings] == [("I245", 1, ["B2"])]

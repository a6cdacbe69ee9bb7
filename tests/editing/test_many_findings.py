"""A workbook with a thousand mistakes: they are read in time that grows with them, told in some lines, and listed whole in a file."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from small_site import TODAY, resource, site_view
from tsunagite.cli import app as cli
from tsunagite.editing.books.run import export_books, import_book


def spoiled(folder: Path, count: int) -> Path:
    """Return a workbook of ``count`` records in each of which two cells are wrong."""
    site_view(folder / "town", *[resource(f"r-{number}") for number in range(count)])
    export_books(folder / "town", folder / "book.xlsx", TODAY)
    book = openpyxl.load_workbook(folder / "book.xlsx")
    sheet = book["通いの場・住民活動"]
    columns = {cell.value: cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value}
    for row in sheet.iter_rows():
        if str(row[0].value).startswith("r-"):
            row[columns["種類"] - 1].value = "でたらめ"
            row[columns["確認した日"] - 1].value = "きのう"
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_thousand_mistakes_are_told_in_some_lines_and_listed_whole_in_a_file(tmp_path: Path, language: str) -> None:
    book, listing = spoiled(tmp_path, 500), tmp_path / "found.txt"
    town = ("--root", str(tmp_path / "town"), "--today", str(TODAY), "--lang", language)
    told = CliRunner().invoke(cli.app, ["import-xlsx", str(book), *town, "--findings", str(listing)])
    assert told.exit_code == 1
    assert len(told.output.splitlines()) < 60
    assert "M104 490, M105 490" in told.output
    assert "980" in told.output
    whole = listing.read_text(encoding="utf-8")
    assert (whole.count(" M104 "), whole.count(" M105 ")) == (500, 500)


def test_twice_the_mistakes_take_about_twice_the_time(tmp_path: Path) -> None:
    took = []
    for count in (200, 800):
        (tmp_path / str(count)).mkdir()
        book = spoiled(tmp_path / str(count), count)
        begin = time.process_time()
        found = import_book(book.parent / "town", book, TODAY).findings
        took.append(time.process_time() - begin)
        assert len(found) == 2 * count
    assert took[1] < 4 * took[0] * 2 + 0.5

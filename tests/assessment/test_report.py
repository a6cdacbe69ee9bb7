"""The municipal report: its numbers are those of the pages, what nobody knows stays not known, and PDF, workbook and page tell the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from area_world import frame, small_city
from pdf_page import glyphs_of, text_of
from small_site import TODAY, resource, site_view
from tsunagite.analysis.coverage import ELSEWHERE, Coverage
from tsunagite.assessment.report_files import book, paper, report_books, report_page, report_papers
from tsunagite.assessment.report_model import MOST_BARS, Chart, Column, Report, Table, shown
from tsunagite.engine.artifact import Artifact
from tsunagite.engine.assemble import Views, assemble


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return small_city(tmp_path_factory.mktemp("report") / "site")


@pytest.fixture(scope="module")
def pdf(city: Views) -> bytes:
    (made,) = paper(city.report)
    assert isinstance(made, Artifact), made
    return made.content


@pytest.fixture(scope="module")
def xlsx(city: Views) -> bytes:
    return next(iter(book(city.report))).content


def tables(report: Report) -> dict[str, Table]:
    return {one.id: one for chapter in report.chapters for one in chapter.tables}


def rows(table: Table) -> dict[str, tuple[Any, ...]]:
    return {str(row[0]): row[1:] for row in table.rows}


VALUES: dict[str, Callable[[Coverage], Any]] = {
    "count": lambda cell: cell.open, "rate": lambda cell: cell.per_1000, "reach-far": lambda cell: cell.far.share, "reach-near": lambda cell: cell.near.share,
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_every_number_of_needs_and_areas_is_that_of_the_table_of_gaps(city: Views, name: str) -> None:
    table, counted = tables(city.report.report)[name], city.assessment.coverages
    areas = {"北地区": "north", "南地区": "south", "空地区": "empty", "圏域": "ball", "地区がわからない": ELSEWHERE, "高松市全体": "city"}  # fmt: skip
    found = rows(table)
    assert list(found) == list(areas), "districts first, then larger areas, the whole last"
    for label, area in areas.items():
        assert found[label] == tuple(VALUES[name](counted.of(area, term.id)) for term in counted.needs)
    assert [column.title for column in table.columns[1:]] == [term.label for term in counted.needs]


def test_people_and_reach_are_told_with_what_is_not_known(city: Views) -> None:
    found = tables(city.report.report)
    people = rows(found["people"])
    assert people["北地区"] == (2000, None, 300, None, None, 0.15)
    assert people["空地区"] == (None,) * 6
    assert people["高松市全体"][2] is None, "one town tells no number"
    reach = rows(found["reach"])
    assert reach["居場所・仲間"] == (700, 0, 0, 1.0, 1.0, 50, 1)
    assert reach["食事"] == (None, None, None, None, None, 750, 1)


def test_the_report_begins_with_what_matters(city: Views) -> None:
    lines = city.report.report.chapters[0].sentences
    assert lines[0] == "2026年11月22日の時点で、高松市全体に、今日使える記録が8件あります。"
    assert lines[1] == "65歳以上の人の数は、わかっていません。人口あたりの数は計算していません。"
    assert "「食事」は、3の地区のうち2で、登録が0件です。" in lines
    assert "登録0件は、地域に0件という意味ではありません" in lines[-1]


def test_a_need_that_only_equipment_is_for_is_not_said_to_have_nothing(tmp_path: Path) -> None:
    shelter = resource("shelter", kind="避難場所・避難所", needs=["災害"])
    views = site_view(tmp_path / "site", resource("circle"), shelter)
    lines = views.report.report.chapters[0].sentences
    [zero] = [line for line in lines if line.startswith("登録が0件の困りごと")]
    assert "食事" in zero
    assert "災害" not in zero
    assert "「災害」には、設備（避難場所、AEDなど）の記録が1件あります。設備は、件数に入れていません。" in lines


def test_every_table_says_how_it_was_counted_and_from_when(city: Views) -> None:
    for table in tables(city.report.report).values():
        if table.id not in ("meaning", "sources"):
            assert table.method
            assert "時点：" in table.source, table.id


def test_the_pdf_is_a4_and_tagged_and_every_chart_says_what_it_shows(city: Views, pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    sizes = {tuple(sorted(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])) for page in reader.pages}
    assert sizes == {(210, 297)}
    assert min(one.size for page in glyphs_of(pdf) for one in page[-1]) >= 9 - 0.05, "as on every paper"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = text_of(pdf)
    told = "".join(words.split())
    for table in tables(city.report.report).values():
        assert table.printed == 0 or "".join(table.title.split()) in told, table.title
    assert "北地区" in told
    assert "わからない" in told
    alts = {str(one["/Alt"]) for one in _elements(reader.trailer["/Root"]["/StructTreeRoot"]) if "/Alt" in one}
    drawn = [table.alt(chart) for table in tables(city.report.report).values() for chart in table.drawn]
    assert len(drawn) >= 4
    assert set(drawn) <= alts


def _elements(node: Any) -> list[Any]:
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pypdf.generic.IndirectObject):
            one = one.get_object()
        if isinstance(one, pypdf.generic.ArrayObject):
            waiting += list(one)
        elif isinstance(one, pypdf.generic.DictionaryObject) and one.get("/Type") != "/OBJR":
            found.append(one)
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_the_workbook_holds_the_same_values_and_charts_that_print_in_black_and_white(city: Views, xlsx: bytes) -> None:
    found = openpyxl.load_workbook(io.BytesIO(xlsx))
    report = tables(city.report.report)
    assert len(found.sheetnames) == 1 + len(report)
    for sheet, table in zip(found.worksheets[1:], report.values(), strict=True):
        assert sheet.cell(1, 1).value == table.title
        assert [cell.value for cell in sheet[6]][: len(table.columns)] == [
            column.title or None for column in table.columns
        ]
        told = [
            tuple(cell.value for cell in row)[: len(table.columns)] for row in sheet.iter_rows(7, 6 + len(table.rows))
        ]
        assert told == [tuple(round(v, 4) if isinstance(v, float) else v for v in row) for row in table.rows]
        assert len(sheet._charts) == len(table.drawn)
    archive = zipfile.ZipFile(io.BytesIO(xlsx))
    drawings = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
    alts = [alt for name in drawings for alt in re.findall(r'descr="([^"]*)"', archive.read(name).decode())]
    assert sorted(alts) == sorted(table.alt(chart) for table in report.values() for chart in table.drawn)
    charts = "".join(archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name)
    assert {"ltUpDiag", "dotGrid"} <= set(re.findall(r'prst="(\w+)"', charts))
    assert xlsx == next(iter(book(city.report))).content, "the same values, the same bytes"


def test_an_edit_that_no_number_tells_makes_nothing_again_and_one_that_is_counted_does(city: Views) -> None:
    def keys(**fields: Any) -> list[bytes]:
        placed = tuple(
            replace(one, record=one.record.model_copy(update=fields)) if one.record.id == "in-a" else one
            for one in city.directory.placed
        )
        views = assemble(replace(city.directory, placed=placed), TODAY)
        bundles = (report_page(views.report, views.keys, frame), report_papers(views.report, views.keys), report_books(views.report, views.keys))  # fmt: skip
        return [one.key for found in bundles for one in found]

    before = keys()
    assert keys(email="new@example.jp", summary="別の文です。") == before
    for fields in ({"needs": ("meals",)}, {"use_status": "hard_to_use"}, {"fee": None}, {"phones": ()}):
        assert not set(keys(**fields)) & set(before), fields


def test_a_site_that_knows_no_areas_and_no_people_has_a_report_that_says_so(tmp_path: Path) -> None:
    site = site_view(tmp_path / "site", resource("one"))
    (made,) = paper(site.report)
    assert isinstance(made, Artifact), made
    told = "".join(text_of(made.content).split())
    assert "65歳以上の人の数は、わかっていません" in told
    assert "町字が登録されていないので、人口と距離はわかりません" in told
    found = tables(site.report.report)
    assert not {"people", "reach"} & set(found), "a table of nothing but what nobody knows tells nothing"
    assert "人口は登録されていません" in told
    assert "どの困りごとでも、距離はわかりません" in told
    assert "count" not in found, "there is nothing to compare"
    assert next(iter(book(site.report))).content[:2] == b"PK"


def test_a_record_that_may_not_be_printed_is_counted_and_not_named(tmp_path: Path) -> None:
    consent = {"basis": "written", "on": "2026-01-01", "scope": ["web"]}
    site = site_view(tmp_path / "site", resource("secret", use_status="使いにくい", consent=consent))
    assert "secret" not in site.printed.directory.resources
    assert "今日使える記録が1件あります" in site.report.report.chapters[0].sentences[0]
    assert "sleeping" not in tables(site.report.report)


def test_a_chart_says_the_largest_and_the_smallest_and_draws_no_more_bars_than_can_be_looked_over() -> None:
    many = tuple((f"地区{number}", number) for number in range(MOST_BARS + 5))
    table = Table("t", "表", "", "", (Column("地域", "text"), Column("件数")), many, (Chart("件数", (1,), len(many)),))
    assert table.bars(table.charts[0]) == MOST_BARS
    assert table.alt(table.charts[0]) == "横棒の図。件数。いちばん多いのは地区59の59、いちばん少ないのは地区0の0です。数字は表にあります。"  # fmt: skip
    nothing = replace(table, rows=(("北", None), ("南", None)))
    assert nothing.drawn == ()


@pytest.mark.parametrize(
    ("value", "form", "told"),
    [(None, "whole", "わからない"), (1234, "whole", "1,234"), (0.0, "rate", "0"), (0.04, "rate", "0.04"), (2.46, "rate", "2.5"), (0.999, "percent", "99%以上"), (1.0, "percent", "100%")],
)  # fmt: skip
def test_values_are_shown_as_people_read_them(value: Any, form: Any, told: str) -> None:
    assert shown(value, form) == told

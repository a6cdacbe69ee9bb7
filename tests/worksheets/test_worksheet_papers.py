"""Papers of worksheets are opened and read back: one page with room to write, every filled word printed, tagged and titled."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from mini_sites import demonstration
from pdf_page import structure, text_of, words_of
from pdf_space import columns_of
from small_site import TODAY, resource, site_view
from tsunagite.engine.artifact import Artifact, Bundle, Page
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.products import product
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.load.worksheets import built_in_sheets
from tsunagite.worksheets.matrix import matrices, matrix_of

ROOT = Path(__file__).parents[2]
SHEETS = {sheet.id: sheet for sheet in built_in_sheets()}
SIZES = {"a4": (595, 842), "a3": (842, 1191)}
SMALLEST = 10.5  # points
MM = 25.4 / 72  # of a point


def no_frame(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", page.body.encode())


def set_papers(site: Views) -> Iterator[Artifact]:
    """Every paper of the worksheets; each can be set, and nothing is told about it."""
    for one in product("worksheet_papers").make(site, no_frame):
        for made in one.make() if isinstance(one, Bundle) else (one,):
            assert isinstance(made, Artifact), made
            yield made


@pytest.fixture(scope="module")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    site = site_view(tmp_path_factory.mktemp("blank"), site={"site_url": "https://tsunagite.example/"})
    return {Path(one.path).stem: one.content for one in set_papers(site)}


@pytest.fixture(scope="module")
def demo() -> Views:
    """The filled sheets of the demonstration, without its other records."""
    return assemble(demonstration().directory, TODAY)


@pytest.fixture(scope="module")
def demo_papers(demo: Views) -> dict[str, bytes]:
    """Every paper of the demonstration's worksheets by its path."""
    return {one.path: one.content for one in set_papers(demo)}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.id)
def test_a_blank_sheet_is_one_page_of_its_size_that_says_what_to_write_where(blanks: dict[str, bytes], sheet) -> None:
    content = blanks[sheet.id]
    with pikepdf.open(BytesIO(content)) as pdf:
        (page,) = pdf.pages
        size = sorted(round(float(edge)) for edge in page.mediabox[2:])
        assert all(abs(a - b) <= 1 for a, b in zip(size, SIZES[sheet.paper.size], strict=True))
        assert (page.mediabox[2] > page.mediabox[3]) == sheet.paper.turned
        assert pdf.docinfo["/Title"] == sheet.title
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    text = text_of(content)
    titles = [section.title for section in sheet.sections] + [
        f.title
        for s in sheet.sections
        if not (s.grid and s.grid.show != "letter")
        for f in s.fields
        if f.kind != "lines"
    ]
    titles += [words for section in sheet.sections for field in section.fields for words in field.printed]
    assert [title for title in titles if title.replace(" ", "").replace("　", "") not in text] == []
    assert min(size for words in words_of(content) for *_, size in words) >= SMALLEST - 0.01
    tags = structure(content)
    assert {"/H1", "/H2"} <= set(tags)
    assert (
        tags.count("/Table")
        == tags.count("/THead")
        == sum(1 for section in sheet.sections if section.is_table)
        + sum(1 for s in sheet.sections if s.grid and s.grid.show == "letter")
    )
    assert tags.count("/H3") == sum(
        1 for s in sheet.sections if not s.is_table for f in s.fields if f.kind != "lines"
    )  # each box under its label


def bands(content: bytes) -> Iterator[tuple[float, str]]:
    """Yield the height in mm of every row between two lines across a table, and the words that stand in it."""
    page = pypdfium2.PdfDocument(content)[0]
    across: dict[tuple[int, int], set[float]] = {}
    for one in page.get_objects(max_depth=6):
        left, bottom, right, top = one.get_bounds()
        if one.type == pdfium_c.FPDF_PAGEOBJ_PATH and top - bottom < 2 and right - left > 60:
            across.setdefault((round(left), round(right)), set()).add(round(bottom, 1))
    text = page.get_textpage()
    for (left, right), heights in across.items():
        for high, low in pairwise(sorted(heights, reverse=True)):
            yield (high - low) * MM, "".join(text.get_text_bounded(left, low, right, high).split())


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.id)
def test_every_row_of_a_blank_sheet_is_as_high_as_a_line_written_by_hand(blanks: dict[str, bytes], sheet) -> None:
    words = (
        [section.title for section in sheet.sections]
        + [f.title for section in sheet.sections if section.is_table for f in section.fields]
        + ["＼"]
    )
    heads = ["".join(word.split()) for word in words]
    low = [
        (round(high, 1), text)
        for high, text in bands(blanks[sheet.id])
        if high < 8.9 and not any(head in text for head in heads)
    ]
    assert low == []
    assert sum(1 for high, _ in bands(blanks[sheet.id]) if high >= 8.9) >= sum(
        section.rows for section in sheet.sections if not section.grid
    )


def test_a_cell_takes_a_sticky_note_and_a_poster_takes_square_ones(blanks: dict[str, bytes]) -> None:
    for sheet in (one for one in SHEETS.values() if one.shape == "matrix"):
        grid = next(section for section in sheet.sections if section.grid)
        rows = (
            len([*built_in_vocabularies()["support_level"]])
            if sheet.id == "resource-matrix"
            else len(grid.field(grid.grid.down).options)
        )
        for name, note in ((sheet.id, 25), (f"{sheet.id}-poster", 75)):
            assert sum(1 for high, _ in bands(blanks[name]) if high >= note + 1) >= rows, name
    with pikepdf.open(BytesIO(blanks["resource-matrix-poster"])) as pdf:
        (page,) = pdf.pages
        assert [round(float(edge) * MM) for edge in page.mediabox[2:]] == [841, 594]


def test_a_filled_sheet_keeps_rows_for_the_next_hand_and_says_when_it_is_looked_over(
    demo: Views, demo_papers: dict[str, bytes]
) -> None:
    content = demo_papers["papers/worksheets/trouble-to-measures/shiosai-measures.pdf"]
    (one,) = (one for one in demo.worksheets.shown if one.head.id == "shiosai-measures")
    letters = [line["letter"] for line in one.values["troubles"]]
    empty = [text for high, text in bands(content) if high >= 8.9 and text in ("a", "b", "c", "d", "e", "f", "g")]
    assert empty == ["abcdefg"[len(letters)], "abcdefg"[len(letters) + 1]]
    assert "次に見直す日" in text_of(content)


def test_what_a_filled_sheet_leaves_of_its_pages_are_lines_to_write_on(demo_papers: dict[str, bytes]) -> None:
    filled = {path: content for path, content in demo_papers.items() if path.count("/") == 3}
    empty = {path: page for path, content in filled.items() for page in columns_of(content, 1) if page[0].blank > 45}
    assert len(filled) > 20
    assert empty == {}


def test_every_publishable_sheet_has_one_filled_sample_and_every_word_of_it_is_printed(
    demo: Views, demo_papers: dict[str, bytes]
) -> None:
    shown = demo.worksheets.shown
    assert {one.sheet.id for one in shown} == {sheet.id for sheet in SHEETS.values() if not sheet.blank_only}
    assert all(one.head.sample for one in shown)
    printed = {path: text_of(content) for path, content in demo_papers.items() if path.count("/") == 3}
    for one in shown:
        text = printed[f"papers/worksheets/{one.sheet.id}/{one.head.id}.pdf"]
        assert "見本です" in text
        told = [
            value
            for section in one.sheet.sections
            if not section.grid
            for line in one.values[section.id]
            for value in line.values()
            if isinstance(value, str)
        ]
        assert [value for value in told if "".join(value.split()) not in text and value not in text] == [], one.head.id


def test_one_district_is_worked_through_from_a_notice_to_a_measured_effect(demo: Views) -> None:
    book = demo.worksheets
    views = {view.path.split("/")[2]: view for view in book.filled()}
    reached, waiting = set(), ["shiosai-voices"]
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting += [link.path.split("/")[2] for link in views[here].after if link.path.split("/")[2] not in reached]
    begun = {
        name for name in views if name.startswith("shiosai-supper-")
    }  # the district's next issue: no sheet of it is decided yet
    assert reached == set(views) - begun
    # Line by line: a factor became an issue, the issue a measure and an idea, the idea a record and a plan.
    lines = {(name, line.letter): line for name, view in views.items() for line in view.lines}
    chain = [("shiosai-factors", "d"), ("shiosai-issues", "A"), ("shiosai-matrix", "5")]
    for (here, letter), (there, next_letter) in pairwise(chain):
        assert f"{there}/#line-{next_letter}" in "".join(link.path for link in lines[here, letter].after)
        assert f"{here}/#line-{letter}" in "".join(link.path for link in lines[there, next_letter].before)
    assert {"worksheets/improvement-plan/shiosai-plan/#s-methods", "r/mise-saki-no-isu/"} <= {
        link.path for link in lines["shiosai-matrix", "5"].after
    }
    ids = {
        page.path: page.content.decode()
        for page in product("worksheets").make(demo, no_frame)
        if "/shiosai-" in page.path
    }
    for line in lines.values():
        for link in (*line.before, *line.after):
            path, _, anchor = link.path.partition("#")
            assert not anchor or f'id="{anchor}"' in ids[f"{path}index.html"], link.path
    assert any("81％" in entry.effect for entry in views["shiosai-plan"].history)
    assert [link.path for link in book.of_record("mise-saki-no-isu")]
    page = next(
        one
        for one in product("worksheets").make(demo, no_frame)
        if one.path == "worksheets/improvement-plan/shiosai-plan/index.html"
    )
    assert "座れる店が1つから4つになった" in page.content.decode()


def test_the_table_made_from_records_puts_each_into_its_cell(tmp_path: Path) -> None:
    area = {"id": "shiosai", "name": "汐さい", "name_kana": "しおさい", "level": "地区"}
    site = site_view(
        tmp_path,
        resource("salon", service_areas=["shiosai"]),
        resource("asleep", service_areas=["shiosai"], use_status="知られていない", use_status_reason="看板がない"),
        resource("idea", service_areas=["shiosai"], stage="すぐできる", phones=[]),
        resource("ended", service_areas=["shiosai"], status="終了", closed_date="2026-01-01"),
        areas__shiosai=area,
    )
    made = {
        parts.link.path.removeprefix("worksheets/resource-matrix/now/"): matrix_of(site.directory, parts)
        for parts in matrices(site.worksheets)
    }
    assert set(made) == {"", "shiosai/", "need-belonging/"}
    view = made["shiosai/"]
    assert (view.total, view.asleep, view.ideas) == (2, 1, 1)
    row = view.cells[view.levels.index("互助")]
    assert [[(link.label, asleep) for link, asleep, _ in cell.entries] for cell in row] == [
        [("asleep", "知られていない"), ("salon", "")],
        [("idea", "")],
        [],
    ]
    assert view.copy["items"][0] == {
        "letter": "1",
        "level": "互助",
        "stage": "すでにある",
        "what": "asleep",
        "use": "知られていない",
        "why": "看板がない",
        "resource": "asleep",
    }


def test_what_a_meeting_wrote_stands_in_the_table_with_its_origin_and_the_table_is_printed_with_room_to_write(
    demo: Views, demo_papers: dict[str, bytes]
) -> None:
    city, *_ = matrices(demo.worksheets)
    view = matrix_of(demo.directory, city)
    cells = {
        (level, stage): cell
        for level, row in zip(view.levels, view.cells, strict=True)
        for stage, cell in zip(view.stages, row, strict=True)
    }
    (hall,) = (one for one in cells["自助", "すでにある"].written)
    assert (hall.what, hall.origin.path, hall.sample) == (
        "雨具と滑りにくい靴をそろえている",
        "worksheets/resource-matrix/shiosai-matrix/",
        True,
    )
    origins = {
        link.path: [origin.path for origin in found]
        for cell in cells.values()
        for link, _, found in cell.entries
        if found
    }
    assert (
        "worksheets/resource-matrix/shiosai-matrix/" in origins["r/mise-saki-no-isu/"]
    )  # it has a record, so it stands there once
    assert "店の前に休むいすを置く" not in [one.what for cell in cells.values() for one in cell.written]
    for name in ("all", "yashima"):
        content = demo_papers[f"papers/worksheets/resource-matrix/now/{name}.pdf"]
        with pikepdf.open(BytesIO(content)) as pdf:
            assert len(pdf.pages) == 1
        text = text_of(content)
        assert "まず取り組むこと" in text
        assert "ここにないことは、地域にないことではありません。" in text
    assert "雨具と滑りにくい靴をそろえている（用紙から・見本）" in text_of(
        demo_papers["papers/worksheets/resource-matrix/now/all.pdf"]
    )

"""Every described layout, set from the demonstration's records in both editions and read back: nothing is cut, small or lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from pdfua import Severity, validate

from mini_sites import demonstration
from pdf_archive import complaints
from pdf_page import Words, structure, words_of
from small_site import TODAY
from tsunagite.engine.assemble import Views, assemble
from tsunagite.papers.editions import set_paper
from tsunagite.papers.parts.entry import entry_of
from tsunagite.papers.parts.map import Rectangle
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.typesetting.imposition import impose, order
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.text.width import ems

MM = 72 / 25.4
SHEETS = {  # millimetres of a page, most pages
    "three_fold": (297, 210, 2), "leaflet": (210, 297, 2), "need_sheet": (210, 297, 2), "window_sheet": (210, 297, 2),
    "poster": (297, 420, 1), "fridge_card": (105, 148, 2), "booklet": (148, 210, 60),
}  # fmt: skip
PAPERS: tuple[dict[str, Any], ...] = (
    {"layout": "three_fold", "area": "yashima", "order": "near"},
    {"layout": "leaflet", "area": "kinashi"},
    {"layout": "need_sheet", "needs": ["meals"], "title": "食事と配食"},
    {"layout": "window_sheet", "area": "yashima", "title": "相談するところ"},
    {"layout": "poster", "area": "yashima"},
    {"layout": "fridge_card", "title": "わたしの窓口"},
    {"layout": "booklet", "needs": ["belonging", "exercise", "outings"], "most": 60, "title": "集まる、出かける"},
)


@dataclass(frozen=True)
class Made:
    """A paper that was set, and what it was set from."""

    selection: Selection
    large: bool
    content: bytes
    printed: tuple[str, ...]

    @property
    def layout(self) -> str:
        return self.selection.pamphlet.layout

    @cached_property
    def words(self) -> list[Words]:
        return words_of(self.content)

    @cached_property
    def lines(self) -> list[str]:
        return [
            line for page in pypdf.PdfReader(BytesIO(self.content)).pages for line in page.extract_text().splitlines()
        ]

    @property
    def smallest(self) -> float:
        """Points of the smallest type but for furigana."""
        return 16.0 if self.large else 13.9 if self.layout == "poster" else 9.0


@pytest.fixture(scope="module")
def site() -> Views:
    return assemble(demonstration().directory, TODAY)


@pytest.fixture(scope="module")
def papers(site: Views) -> dict[str, Made]:
    return {f"{made.layout}{'-large' if made.large else ''}": made for paper in PAPERS for made in both(site, paper)}


def selection(site: Views, **fields: Any) -> Selection:
    data = {"id": "paper", "title": "暮らしの案内", "lead": "電話の前に読む紙です。", **fields}
    return Selection(
        site.papers.source, Pamphlet.model_validate(data, context={"vocabularies": site.directory.vocabularies})
    )


def both(site: Views, paper: dict[str, Any]) -> Iterator[Made]:
    chosen = selection(site, **paper)
    for large in (False, True):
        yield Made(chosen, large, *set_paper(chosen, large=large))


EACH = pytest.mark.parametrize("name", [f"{layout}{edition}" for layout in SHEETS for edition in ("", "-large")])


@EACH
def test_nothing_lies_outside_of_the_paper_and_the_paper_has_its_size(papers: dict[str, Made], name: str) -> None:
    made = papers[name]
    width, height, most = SHEETS[made.layout]
    if name == "fridge_card-large":
        width, height = 148, 210
    pages = pypdf.PdfReader(BytesIO(made.content)).pages
    assert 1 <= len(pages) <= most
    for page, words in zip(pages, made.words, strict=True):
        assert (float(page.mediabox.width) / MM, float(page.mediabox.height) / MM) == pytest.approx(
            (width, height), abs=0.1
        )
        assert not [word for word in words if not (10 < word[1] < width * MM - 10 and 10 < word[2] < height * MM - 10)]


@EACH
def test_type_is_as_large_as_promised(papers: dict[str, Made], name: str) -> None:
    made = papers[name]
    small = {text for page in made.words for text, *_, size in page if size < made.smallest - 0.05}
    assert not [text for text in small if not re.fullmatch(r"[ぁ-んー]+", text)], "only furigana are smaller"
    numbers = {size for page in made.words for text, *_, size in page if re.search(r"\d{2,4}-\d{2,4}-\d{4}", text)}
    assert min(numbers) >= (20.9 if made.large else 14.9)


@EACH
def test_no_two_texts_lie_on_each_other(papers: dict[str, Made], name: str) -> None:
    for words in papers[name].words:
        long = [(text.strip("「」（）、。/・ "), x, y, size) for text, x, y, size in words]
        boxes = sorted(
            (y, y + 0.7 * size, x, x + 0.7 * size * ems(text), text) for text, x, y, size in long if len(text) > 1
        )
        for at, (_, top, left, right, text) in enumerate(boxes):
            for other in boxes[at + 1 :]:
                if other[0] >= top:
                    break
                covered = min(right, other[3]) - max(left, other[2])
                high = min(top, other[1]) - other[0]
                assert covered < 0.4 * min(right - left, other[3] - other[2]) or high < 2.0, (text, other[4])


@EACH
def test_numbers_are_whole_and_no_line_ends_with_an_opening_bracket(papers: dict[str, Made], name: str) -> None:
    made = papers[name]
    for page in made.words:  # a reading stands between its characters and what comes before them
        for before, after in pairwise([word for word in page if word[3] >= made.smallest - 0.05]):
            assert not before[0].endswith(("（", "「", "(", "『")) or abs(before[2] - after[2]) < 1, (before, after)
    for record_id in made.printed:
        for phone in made.selection.directory.resources[record_id].voice_phones[:1]:
            assert any(phone.number in line for line in made.lines), phone.number


@EACH
def test_every_paper_says_when_it_was_made_where_from_and_that_it_recommends_nobody(
    papers: dict[str, Made], name: str
) -> None:
    text = squeezed("".join(papers[name].lines))
    assert "2026年11月22日に作成" in text
    assert "掲載は推薦ではありません。" in text
    assert "tsunagite.example/p/paper" in text
    if "fridge" not in name:
        assert "need_sheet" in name or "高松市オープンデータ" in text  # of what is made up there is no source
        assert "まちがいに気づいたら" in text


@EACH
def test_what_a_machine_can_check_of_pdf_ua_holds(papers: dict[str, Made], name: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(papers[name].content)
    assert not errors_of(file)
    with pikepdf.open(file) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang).startswith("ja")
        assert str(document.open_metadata()["dc:title"])
        figures = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        assert figures
        assert all(str(figure.Alt) for figure in figures)
    assert complaints(file.read_bytes()) == []


def errors_of(file: Path) -> list[str]:
    return [
        f"{finding.rule_id}: {finding.message}"
        for finding in validate(str(file)).findings
        if finding.severity is Severity.ERROR
    ]


@EACH
def test_headings_go_down_one_step_at_a_time(papers: dict[str, Made], name: str) -> None:
    levels = [int(tag[2]) for tag in structure(papers[name].content) if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@EACH
def test_records_are_heard_in_the_order_in_which_they_are_printed(papers: dict[str, Made], name: str) -> None:
    """Every record: its name, then its number, then (where the layout tells it) what it costs, then the next record."""
    made = papers[name]
    heard = squeezed("".join(text for page in made.words for text, *_, size in page if size >= made.smallest - 0.05))
    windows = {r.id for r in made.selection.windows}
    last = windows if made.layout == "booklet" else set()  # they stand on its back cover
    at = 0
    for record_id in [i for i in made.printed if i not in last]:
        entry = entry_of(made.selection.source, made.selection.directory.resources[record_id])
        for words in (
            entry.plain_name,
            *(phone.number for phone in entry.phones[:1]),
            entry.fee if made.layout in TELL_FEES else "",
        ):
            found = heard.find(squeezed(words), at)
            assert found >= 0, (record_id, words)
            at = found + len(squeezed(words))


TELL_FEES = ("leaflet", "need_sheet", "window_sheet", "poster", "booklet")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@EACH
def test_every_paper_opens_with_its_code_and_prints_the_address_beside_it(papers: dict[str, Made], name: str) -> None:
    with pikepdf.open(BytesIO(papers[name].content)) as document:
        alts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert "QRコード。tsunagite.example/p/paper を開きます。" in alts


def test_a_booklet_has_whole_sheets_and_an_index_that_leads_to_its_pages(papers: dict[str, Made]) -> None:
    made = papers["booklet"]
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(BytesIO(made.content)).pages]
    assert len(pages) % 4 == 0
    index = next(at for at, page in enumerate(pages) if page.startswith("五十音のさくいん"))
    listed = "".join(pages[index:])
    for record_id in [i for i in made.printed[:40] if made.selection.directory.resources[i].voice_phones][::5]:
        name = squeezed(made.selection.directory.resources[record_id].name)
        found = re.search(rf"{re.escape(name)}・*(\d+)", listed)
        assert found, name
        numbers = [phone.number for phone in made.selection.directory.resources[record_id].voice_phones]
        assert numbers[0] in pages[int(found[1]) - 1]
    assert f"五十音のさくいん{index + 1}" in pages[2].replace("・", "")
    assert pages[1].startswith("急ぐとき119")
    assert "迷ったら、まず電話" in pages[-1]


def test_the_imposed_booklet_is_in_order_when_it_is_folded(papers: dict[str, Made]) -> None:
    made = papers["booklet"]
    pages = pypdf.PdfReader(BytesIO(made.content)).pages
    sheets = pypdf.PdfReader(BytesIO(impose(made.content, "題"))).pages
    assert len(sheets) * 2 == len(pages)
    assert float(sheets[0].mediabox.width) == pytest.approx(2 * float(pages[0].mediabox.width))
    for sheet, (left, right) in zip(sheets, order(len(pages)), strict=True):
        both = squeezed(pages[left].extract_text()) + squeezed(pages[right].extract_text())
        assert squeezed(sheet.extract_text()) == both
    assert structure(impose(made.content, "題")) == ["/Document", *["/Part"] * len(pages)]
    with pikepdf.open(BytesIO(impose(made.content, "題"))) as document:
        assert (bool(document.Root.MarkInfo.Marked), str(document.docinfo["/Title"])) == (True, "題")
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        heard = [str(part.T) for part in document.Root.StructTreeRoot.K.K]
        assert heard == [f"{number}ページ" for number in range(1, len(pages) + 1)]
    assert complaints(impose(made.content, "題 & <名>"), conformance="U") == []
    # Folded and read from the front, leaf by leaf, every page follows the one before it.
    fronts = order(len(pages))[::2]
    assert [right for _, right in fronts] == list(range(0, len(pages) // 2, 2))
    assert [left for left, _ in fronts] == list(range(len(pages) - 1, len(pages) // 2, -2))


def test_the_panels_of_a_three_fold_are_in_order_when_it_is_folded(papers: dict[str, Made]) -> None:
    outside, inside = papers["three_fold"].words

    def panel(words: Words, left: float, right: float) -> str:
        return squeezed("".join(text for text, x, *_ in words if left * MM <= x < right * MM))

    flap, back, cover = panel(outside, 0, 97), panel(outside, 97, 197), panel(outside, 197, 297)
    first, second, third = panel(inside, 0, 100), panel(inside, 100, 200), panel(inside, 200, 297)
    assert "急ぐとき" in flap
    assert "119" in flap
    assert "この紙について" in back
    assert "暮らしの案内" in cover
    assert "迷ったら、まず電話" in cover
    assert first.startswith("相談するところ")
    assert second.startswith("困りごとから")
    assert third.startswith("地図")


def test_the_same_records_give_the_same_bytes(site: Views, papers: dict[str, Made]) -> None:
    made = papers["three_fold"]
    assert set_paper(made.selection, large=False) == (made.content, made.printed)
    assert impose(papers["booklet"].content, "題") == impose(papers["booklet"].content, "題")


@pytest.mark.parametrize("area", ["yashima", "kinashi", "shionoe", "ogi"])
@pytest.mark.parametrize("size", [8.5, 16.0])
def test_nothing_on_a_map_covers_anything_else(site: Views, area: str, size: float) -> None:
    chosen = selection(site, layout="leaflet", area=area)
    numbers = {r.id: at for at, r in enumerate((r for r in chosen.records if chosen.on_map(r)), start=1)}
    drawn = chosen.map(numbers, 82, 88, size)
    assert drawn
    assert {d.text for d in drawn.drawn if d.text.isdigit()} == {str(number) for number in numbers.values()}
    frame = Rectangle(0, 0, 82, 88)
    for at, one in enumerate(drawn.drawn):
        assert one.box.within(frame)
        assert not [other for other in drawn.drawn[at + 1 :] if one.box.meets(other.box)], one
    assert "北" in drawn.svg
    assert re.search(r">\d+k?m<", drawn.svg)
    assert "略図" in drawn.alt


def test_a_hundred_records_are_a_small_booklet(site: Views) -> None:
    chosen = selection(site, layout="booklet", needs=["medicine"], most=100)
    content, printed = set_paper(chosen, large=False)
    assert len(set(printed) - {r.id for r in chosen.windows}) == 100
    assert len(content) < 700_000

"""Figures of guides: every word stands in the drawing and in the list beside it, and no line is wider than its box."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from html_page import HtmlPage
from tsunagite.guides.figure import SIZE, WIDTH, drawing, wrapped
from tsunagite.records.model.features.guide import Figure
from tsunagite.text.width import ems

CONTENT = Path(__file__).parents[2] / "content"
WRITTEN = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    for path in sorted((CONTENT / "processes").glob("*.md"))
}
FIGURES = {name: Figure.model_validate(head["figure"]) for name, head in WRITTEN.items() if "figure" in head}
SHAPES = [
    *FIGURES.values(),
    *(
        Figure.model_validate(
            {
                "title": "輪",
                "shape": "circle",
                "steps": [{"label": f"段{n}", "text": "ひらがなだけのながいせつめいです。" * 3} for n in range(count)],
            }
        )
        for count in (3, 4, 5)
    ),
]


def boxes_and_lines(figure: Figure) -> tuple[list[tuple[float, float, float, float]], list[tuple[float, float, str]]]:
    """Return the boxes (x, y, width, height) and the lines of text (x of the middle, y, text) of a drawing."""
    svg = ET.fromstring(drawing(figure))  # noqa: S314 - our own drawing
    boxes = [(*(float(rect.attrib[name]) for name in ("x", "y", "width", "height")),) for rect in svg.iter("rect")]
    return boxes, [(float(text.attrib["x"]), float(text.attrib["y"]), text.text or "") for text in svg.iter("text")]  # type: ignore[return-value]


def test_the_four_figures_of_the_documents_stand_on_their_guides() -> None:
    assert {name: (figure.shape, len(figure.steps)) for name, figure in FIGURES.items()} == {
        "community-care-meeting": ("columns", 5),
        "environment-improvement": ("circle", 4),
        "general-consultation": ("row", 7),
        "individual-to-community-issue": ("circle", 6),
    }


@pytest.mark.parametrize("figure", SHAPES, ids=lambda figure: figure.title)
def test_every_word_of_a_figure_is_drawn_inside_a_box(figure: Figure) -> None:
    boxes, lines = boxes_and_lines(figure)
    assert len(boxes) == len(figure.steps)
    for number, (step, (x, y, width, height)) in enumerate(zip(figure.steps, boxes, strict=True), start=1):
        own = [(middle, text) for middle, base, text in lines if x < middle < x + width and y < base < y + height]
        assert "".join(text for _, text in own) == f"{number} {step.label}{step.text}"
        assert all(middle == x + width / 2 and len(text) * SIZE < width for middle, text in own), (
            "even with every letter as wide as a kanji"
        )
        assert 0 < x < x + width < WIDTH
    for a, (x, y, width, height) in enumerate(boxes):
        assert all(x + width < p or p + w < x or y + height < q or q + h < y for p, q, w, h in boxes[a + 1 :]), (
            "boxes lie apart"
        )


def test_arrows_lead_from_step_to_step_and_a_round_closes() -> None:
    arrows = {name: str(drawing(figure)).count('z"/>') for name, figure in FIGURES.items()}
    assert arrows == {
        "community-care-meeting": 3,
        "environment-improvement": 4,
        "general-consultation": 6,
        "individual-to-community-issue": 6,
    }


def test_a_line_ends_between_phrases_and_a_word_that_is_too_long_is_cut() -> None:
    assert wrapped("本人に会い、本人の望みを聞く", 120) == ("本人に会い、", "本人の", "望みを聞く")
    cut = wrapped("あ" * 30, 100)
    assert "".join(cut) == "あ" * 30
    assert max(map(ems, cut)) * SIZE <= 100


def test_the_page_shows_the_drawing_with_its_name_and_the_same_as_a_list(
    warm_site_folder: Path, tsunagite: Callable, tmp_path: Path
) -> None:
    page = warm_site_folder / "content/processes/flow.md"
    page.parent.mkdir(parents=True)
    figure = {
        "title": "<相談>の流れ",
        "shape": "columns",
        "steps": [{"group": "前", "label": "聞く", "text": "A&B"}, {"group": "後", "label": "つなぐ"}],
    }
    head = {
        "title": "流れ",
        "summary": "流れです。",
        "steps": [{"title": "聞く", "who": ["「だれか」"], "what": ["聞く。"]}],
        "figure": figure,
        "reviewed_on": "2026-11-01",
        "review_due": "2027-04-30",
    }
    page.write_text(f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n", encoding="utf-8")
    said = tsunagite("build", warm_site_folder, "--today", "2026-11-22", "--site-dir", tmp_path / "out")
    assert said.code == 0, said.out
    made = (tmp_path / "out/processes/flow/index.html").read_text(encoding="utf-8")
    assert HtmlPage(made).texts["title"] == ["流れ｜つなぎ手"]
    svg = re.search(r"<svg role=\"img\".*?</svg>", made)
    assert svg
    assert "<title>&lt;相談&gt;の流れ</title>" in svg[0]
    assert [text in svg[0] for text in ("1 聞く", "A&amp;B", "2 つなぐ", ">前<", ">後<")] == [True] * 5
    assert "<ol><li>前：<strong>聞く</strong> A&amp;B</li><li>後：<strong>つなぐ</strong></li></ol>" in made

"""Papers are copied on black-and-white machines: every text and every line of them must stand out in greys."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from small_site import resource, site_view
from tsunagite.papers.editions import set_paper
from tsunagite.papers.parts.selection import Selection
from tsunagite.records.model.features.pamphlet import Pamphlet

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
WHITE: Colour = (255, 255, 255)
TEXT, LINE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11: contrast of text, and of what is not text


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def objects(content: bytes, sort: int, colour_of: str) -> Iterator[tuple[int, Colour, Box]]:
    """Yield the page, the colour and the box of all texts (or paths) of a paper, without what lies inside of its pictures."""
    parts = [ctypes.c_uint() for _ in range(4)]
    edges = [ctypes.c_float() for _ in range(4)]
    for at, page in enumerate(pypdfium2.PdfDocument(content)):
        for one in page.get_objects(max_depth=1):
            told = getattr(pdfium_c, f"FPDFPageObj_Get{colour_of}Color")(one.raw, *parts)
            if one.type == sort and told and pdfium_c.FPDFPageObj_GetBounds(one.raw, *edges):
                yield (
                    at,
                    (parts[0].value, parts[1].value, parts[2].value),
                    (edges[0].value, edges[1].value, edges[2].value, edges[3].value),
                )


def lies_in(box: Box, other: Box) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    records = (resource("window", kind="地域包括支援センター"), resource("club"))
    site = site_view(
        tmp_path_factory.mktemp("town"), *records, site={"municipality": "桜市", "main_window": "window"}
    )  # fmt: skip
    made = {}
    for layout in ("三つ折り", "冊子", "両面ちらし", "冷蔵庫カード"):
        described = {"id": "x", "title": "暮らしの案内", "layout": layout}
        pamphlet = Pamphlet.model_validate(described, context={"vocabularies": site.directory.vocabularies})
        made[layout], _ = set_paper(Selection(site.papers.source, pamphlet), large=False)
    return made


def test_every_text_stands_out_from_what_lies_below_it(papers: dict[str, bytes]) -> None:
    for layout, content in papers.items():
        grounds = [
            (page, c, box) for page, c, box in objects(content, pdfium_c.FPDF_PAGEOBJ_PATH, "Fill") if c != (0, 0, 0)
        ]
        texts = list(objects(content, pdfium_c.FPDF_PAGEOBJ_TEXT, "Fill"))
        assert len(texts) > 20
        for page, colour, box in texts:
            below = [ground for at, ground, around in grounds if at == page and lies_in(box, around)]
            ground = below[-1] if below else WHITE
            assert contrast(colour, ground) >= TEXT, (layout, colour, ground, box)


def test_every_line_to_write_on_and_between_records_shows_on_a_copy(papers: dict[str, bytes]) -> None:
    for layout, content in papers.items():
        found = {
            colour
            for _, colour, box in objects(content, pdfium_c.FPDF_PAGEOBJ_PATH, "Stroke")
            if box[3] - box[1] < 3 and box[2] - box[0] > 30
        }
        found |= {
            colour
            for _, colour, box in objects(content, pdfium_c.FPDF_PAGEOBJ_PATH, "Fill")
            if box[3] - box[1] < 3 and box[2] - box[0] > 30
        }
        assert found
        assert min(contrast(colour, WHITE) for colour in found) >= LINE, (layout, found)

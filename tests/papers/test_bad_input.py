"""What no designer of a paper hopes for: endless names and readings, sixty windows or none, letters without a glyph, a narrow printer."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pdf_page import EDGE, Glyph, covering, glyphs_of, text_of
from small_site import resource, site_view
from tsunagite.engine.assemble import Views
from tsunagite.papers.editions import set_paper
from tsunagite.papers.parts.selection import Selection
from tsunagite.records.model.features.pamphlet import Pamphlet

LONG_NAME = "".join(f"{number:02}番目の長い名前の会" for number in range(1, 12))[:120]
LONG_READING = "はやしのたいそうのかい" * 11
AREAS = [
    {"id": "city", "name": "桜市", "level": "市"},
    *({"id": area, "name": name, "level": "地区", "parent": "city"} for area, name in (("east", "東"), ("west", "西"))),
    {"id": "town", "name": "桜町一丁目", "level": "町字", "parent": "east", "lat": 34.35, "lng": 134.10},
]
SETTINGS = {"municipality": "桜市", "area": "city", "site_url": "https://tsunagite.example/"}


def here(name: str, number: int, **fields: Any) -> dict[str, Any]:
    location = {"address": "桜市桜町一丁目1", "lat": 34.35 + number / 20_000, "lng": 134.10}
    return resource(name, location=location, phones=[{"number": f"087-839-{2000 + number}"}], **fields)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    """A district with sixty windows and three clubs of odd names, and one with nothing."""
    windows = (here(f"window-{n}", n, kind="社会福祉協議会", service_areas=["east"]) for n in range(60))
    clubs = (
        here("long", 100) | {"name": LONG_NAME, "name_kana": "ながいなまえのかい"},
        here("read", 101) | {"name": "林", "name_kana": LONG_READING},
        here("glyph", 102) | {"name": "𠮷の会", "name_kana": "よしのかい"},
    )
    return site_view(tmp_path_factory.mktemp("town"), *windows, *clubs, areas__all={"records": AREAS}, site=SETTINGS)


def selected(site: Views, layout: str, **fields: Any) -> Selection:
    described = {"id": "x", "title": "暮らしの案内", "layout": layout, **fields}
    return Selection(
        site.papers.source, Pamphlet.model_validate(described, context={"vocabularies": site.directory.vocabularies})
    )


def set_sheet(site: Views, layout: str, *, large: bool = False, **fields: Any) -> tuple[str, list[Glyph], list[str]]:
    """Set a paper; return its text without blanks, its glyphs, and the records on it. No glyph covers another or has no room on paper."""
    content, printed = set_paper(selected(site, layout, **fields), large=large)
    found = []
    for width, height, glyphs in glyphs_of(content):
        assert not list(covering(glyphs)), (layout, large)
        # An office printer leaves 5 mm: of a sheet 210 mm wide it prints 200 mm.
        assert not [one for one in glyphs if one.left < EDGE or one.right > width - EDGE or one.top > height - EDGE]
        found += glyphs
    return text_of(content), found, list(printed)


CLUBS = {"area": "east", "kinds": ["gathering_place"]}


@pytest.mark.parametrize(("layout", "large"), [("冊子", False), ("冊子", True), ("困りごとの一枚", True)])
def test_a_name_of_120_letters_is_printed_whole(site: Views, layout: str, large: bool) -> None:
    text, _, printed = set_sheet(site, layout, large=large, **CLUBS)
    assert len(LONG_NAME) == 120
    assert "long" in printed
    assert LONG_NAME in text


def test_a_reading_longer_than_the_paper_stands_below_its_name_once_and_whole(site: Views) -> None:
    text, glyphs, printed = set_sheet(site, "困りごとの一枚", **CLUBS)
    assert "read" in printed
    assert text.count(LONG_READING) == 1
    at = "".join(one.text for one in glyphs).index(LONG_READING)
    assert {round(one.size, 1) for one in glyphs[at : at + len(LONG_READING)]} == {9.0}


def test_a_letter_without_a_glyph_is_a_geta_that_the_paper_explains(site: Views) -> None:
    text, _, _ = set_sheet(site, "困りごとの一枚", **CLUBS)
    assert re.search("〓の(かい)?会", text)  # with the reading of 会 above it
    assert "〓は、この紙の文字にない字です。" in text


@pytest.mark.parametrize(("layout", "large"), [("窓口の一枚", False), ("窓口の一枚", True), ("両面ちらし", False)])
def test_of_sixty_windows_a_sheet_prints_what_has_room_and_counts_all(site: Views, layout: str, large: bool) -> None:
    text, _, printed = set_sheet(site, layout, large=large, area="east")
    shown = [one for one in printed if one.startswith("window-")]
    assert len(set(re.findall(r"087-839-20\d\d", text))) == len(shown) > 4
    assert len(shown) == 60 or f"60件のうち{len(shown)}件" in text


def test_of_sixty_windows_a_three_fold_says_how_many_it_leaves_out(site: Views) -> None:
    text, _, printed = set_sheet(site, "三つ折り", area="east")
    assert 3 < len(printed) < 63
    assert f"ほか{63 - len(printed)}件はサイトで" in text


def test_a_district_with_no_window_at_all_has_a_paper_of_lines_to_write_on_and_names_nobody(site: Views) -> None:
    text, _, printed = set_sheet(site, "窓口の一枚", area="west")
    assert printed == []
    assert "書いておく欄" in text
    assert not re.search(r"087-839-\d{4}", text)

"""What papers do with room that is left: windows, a larger map, lines to write on, the smaller sheet; and who publishes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pdf_page import MM, pages_of, text_of
from pdf_space import used_of
from small_site import resource, site_view
from tsunagite.engine.assemble import Views, assemble
from tsunagite.papers.editions import fitted, set_paper
from tsunagite.papers.layouts.column_sheet import SHAPES, ColumnSheet, ColumnSheetView
from tsunagite.papers.layouts.fridge_card import CREW_ASKS, FridgeCard
from tsunagite.papers.parts.selection import Selection
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.records.model.site import Publisher

AREAS = [
    {"id": "city", "name": "桜市", "level": "市"},
    {"id": "east", "name": "東", "level": "地区", "parent": "city"},
    {"id": "town", "name": "桜町一丁目", "level": "町字", "parent": "east", "lat": 34.35, "lng": 134.10},
]
SETTINGS = {
    "municipality": "桜市",
    "area": "city",
    "site_url": "https://tsunagite.example/",
    "main_window": "main",
}
PUBLISHER = {"name": "桜市長寿課", "contact": "電話 087-000-0000", "edition_months": 6}


def here(name: str, number: int, **fields: Any) -> dict[str, Any]:
    location = {"address": "桜市桜町一丁目1", "lat": 34.35 + number / 20_000, "lng": 134.10}
    return resource(name, location=location, phones=[{"number": f"087-839-{2000 + number}"}], **fields)


def town(folder: Path, clubs: int = 2, **settings: Any) -> Views:
    window = here("main", 0, kind="地域包括支援センター", service_areas=["city"]) | {"name": "桜包括センター"}
    first = here("aaa", 99, kind="社会福祉協議会", service_areas=["city"]) | {"name": "桜社協"}
    records = (window, first, *(here(f"club-{n}", n) for n in range(1, clubs + 1)))
    return site_view(folder, *records, areas__all={"records": AREAS}, site=SETTINGS | settings)


def selected(site: Views, layout: str, **fields: Any) -> Selection:
    described = {"id": "x", "title": "暮らしの案内", "layout": layout, **fields}
    return Selection(
        site.papers.source, Pamphlet.model_validate(described, context={"vocabularies": site.directory.vocabularies})
    )


def view_of(selection: Selection, *, large: bool = False) -> ColumnSheetView:
    view = fitted(selection.pamphlet.layout, ColumnSheet.of(selection, large=large))
    assert isinstance(view, ColumnSheetView)
    return view


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return town(tmp_path_factory.mktemp("town"))


def test_a_poster_that_holds_everything_is_a4_and_else_a3(site: Views, tmp_path: Path) -> None:
    few, printed = set_paper(selected(site, "掲示", kinds=["gathering_place"], area="east"), large=False)
    assert [round(side / MM) for side in pages_of(few)[0]] == [210, 297]
    assert set(printed) == {"main", "aaa", "club-1", "club-2"}
    many, _ = set_paper(selected(town(tmp_path / "x", 40), "掲示", kinds=["gathering_place"], area="east"), large=False)
    assert [round(side / MM) for side in pages_of(many)[0]] == [297, 420]


def test_a_large_sheet_that_leaves_records_out_is_measured_with_the_foot_of_those_it_holds(tmp_path: Path) -> None:
    """Samples are told at the foot of a sheet that holds one; here they come last and have no room."""
    samples = (here(f"sample-{n}", 50 + n, sample=True) | {"phones": [{"number": f"087-000-00{n}0"}]} for n in range(3))
    clubs = (here(f"club-{n}", n) for n in range(1, 30))
    site = site_view(tmp_path, *clubs, *samples, areas__all={"records": AREAS}, site=SETTINGS | {"main_window": None})
    selection = selected(site, "困りごとの一枚", kinds=["gathering_place"])
    draft = ColumnSheet.of(selection, large=True)
    assert "「見本」の印があるものは、実在しません。" in draft.measuring()["back"]["notes"]
    view = view_of(selection, large=True)
    assert "「見本」の印があるものは、実在しません。" not in view.head.back.notes
    data = replace(draft, chosen=view.head.printed).measuring()
    assert data["back"]["notes"] == view.head.back.notes
    assert view.head.printed
    set_paper(selection, large=True)  # the template refuses what is too long


def test_a_sheet_of_a_need_ends_with_windows_only_where_all_records_have_room(site: Views, tmp_path: Path) -> None:
    last = view_of(selected(site, "困りごとの一枚", kinds=["gathering_place"])).sides[0][-1]
    assert "相談するところ" in [part.heading for part in last]
    full = view_of(selected(town(tmp_path / "x", 90), "困りごとの一枚", kinds=["gathering_place"]))
    headings = [part.heading for side in full.sides for column in side for part in column]
    assert "相談するところ" not in headings
    assert full.head.more.startswith("紙に入りきらないため")


@pytest.mark.parametrize(("layout", "large"), [("困りごとの一枚", False), ("両面ちらし", True), ("三つ折り", True)])
def test_three_quarters_of_a_paper_with_four_records_are_used(site: Views, layout: str, large: bool) -> None:
    content, _ = set_paper(selected(site, layout, area="east"), large=large)
    assert used_of(content, 3 if layout == "三つ折り" else 2) >= 0.75


def test_room_beside_the_list_makes_the_map_taller_and_lines_to_write_on_carry_their_words_once(site: Views) -> None:
    view = view_of(selected(site, "両面ちらし", area="east"))
    assert view.map is not None
    assert view.map.height > SHAPES["leaflet"].map_height
    words = [word for side in view.sides for column in side for part in column for word in part.lines if word]
    assert words
    assert len(set(words)) == len(words)


def test_the_windows_of_the_whole_municipality_begin_with_the_one_to_ask_first(site: Views) -> None:
    assert [r.id for r in selected(site, "冷蔵庫カード").windows][:2] == ["main", "aaa"]


def test_the_fridge_card_says_how_old_records_are_only_of_those_it_prints(tmp_path: Path) -> None:
    checked = {"verified_on": "2026-11-01", "verify_method": "電話", "verified_by": "桜市"}
    main = here("main", 0, kind="地域包括支援センター", service_areas=["city"], **checked) | {"name": "桜包括センター"}
    others = (here(f"w{n}", n, kind="社会福祉協議会", service_areas=["city"]) for n in range(1, 4))
    card = FridgeCard.of(
        selected(site_view(tmp_path, main, *others, areas__all={"records": AREAS}, site=SETTINGS), "冷蔵庫カード"),
        large=True,
    )
    heights = {"line": 30.0, "entries": [60.0] * len(card.entries)}
    first, all_of_them = (card.fitted(heights | {"room": room}) for room in (100.0, 900.0))
    assert (first.head.printed, first.short_note) == (("main",), "掲載は推薦ではありません。")
    assert all_of_them.short_note == "2026年9月2日に確認。掲載は推薦ではありません。"


def test_the_back_of_the_fridge_card_asks_what_an_ambulance_crew_asks(site: Views) -> None:
    for large, size in ((False, (105, 148)), (True, (148, 210))):
        content, _ = set_paper(selected(site, "冷蔵庫カード"), large=large)
        pages = pages_of(content)
        assert [(round(width / MM), round(height / MM)) for width, height in pages] == [size, size]
        text = text_of(content)
        assert not [words for row in CREW_ASKS for words in row if words and words.replace(" ", "") not in text]


@pytest.mark.parametrize("layout", ["冊子", "三つ折り", "困りごとの一枚"])
def test_who_publishes_and_the_next_edition_stand_on_papers_of_sites_that_say_so_alone(
    site: Views, layout: str
) -> None:
    settings = site.directory.settings.model_copy(update={"publisher": Publisher.model_validate(PUBLISHER)})
    saying = assemble(replace(site.directory, settings=settings), site.today)
    named = text_of(set_paper(selected(saying, layout), large=False)[0])
    assert "発行桜市長寿課電話087-000-0000" in named
    assert "2026年11月22日に作成次の版は2027年5月ごろ" in named
    unknown = text_of(set_paper(selected(site, layout), large=False)[0])
    assert "発行" not in unknown
    assert "次の版" not in unknown

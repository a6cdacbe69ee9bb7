"""The static ways in: what is listed where, in which order, on which page."""

from __future__ import annotations

import itertools
from pathlib import Path

from small_site import record_views, resource, site_view
from tsunagite.site.layout.templates import MOST_PAGES, near
from tsunagite.site.lists import PAGE_SIZE
from tsunagite.site.record import Link
from tsunagite.site.sources import source_rows

CITY = {"name": "つなぎ手", "municipality": "高松市", "prefecture": "香川県", "area": "takamatsu"}
AREAS = {
    "records": [
        {"id": "takamatsu", "name": "高松市", "level": "市"},
        {"id": "yashima", "name": "屋島", "name_kana": "やしま", "level": "地区", "parent": "takamatsu", "body": "屋島地区協議会"},
        {"id": "kita", "name": "木太", "name_kana": "きた", "level": "地区", "parent": "takamatsu"},
        {
            "id": "yashima-nishimachi", "name": "屋島西町", "level": "町字", "parent": "yashima", "basis": "derived",
            "population": {"on": "2024-07-01", "total": 200, "households": 90, "age_65": 50},
        },
    ]
}  # fmt: skip


def test_a_record_is_listed_in_the_district_it_lies_in_and_in_those_it_serves(tmp_path: Path) -> None:
    here = resource("here", location={"address": "香川県高松市屋島西町1-2"})
    served = resource("served", service_areas=["kita"])
    both = resource("both", location={"address": "高松市屋島西町5"}, service_areas=["kita"])
    site = site_view(tmp_path, here, served, both, site=CITY, areas__all=AREAS)
    found = {view.path: [card.id for group in view.groups for card in group.cards] for view in site.lists.pages()}
    assert sorted(found["areas/yashima/"]) == ["both", "here"]
    assert sorted(found["areas/kita/"]) == ["both", "served"]
    assert sorted(found["areas/yashima/belonging/"]) == ["both", "here"]


def test_equipment_stays_out_of_needs_and_districts_but_has_its_own_list(tmp_path: Path) -> None:
    aed = resource("aed", kind="AED", needs=["病院・薬"], location={"address": "高松市屋島西町1"})
    site = site_view(tmp_path, aed, site=CITY, areas__all=AREAS)
    paths = {view.path for view in site.lists.pages()}
    assert "kinds/equipment/" in paths
    assert not [path for path in paths if path.startswith(("needs/", "areas/"))]


def test_a_district_tells_its_towns_and_people_as_a_guess(tmp_path: Path) -> None:
    site = site_view(tmp_path, resource("here", location={"address": "高松市屋島西町1"}), site=CITY, areas__all=AREAS)
    page = next(view for view in site.lists.pages() if view.path == "areas/yashima/")
    facts = {fact.label: fact.text for fact in page.head.facts}
    assert facts["地区の団体"] == "屋島地区協議会"
    assert facts["町（目安）"] == "屋島西町"
    assert facts["人口（目安）"] == "200人。65歳以上は50人（25%）。2024年7月時点"


def test_a_district_adds_no_number_that_a_town_does_not_tell(tmp_path: Path) -> None:
    told = {"id": "higashi", "name": "屋島東町", "level": "町字", "parent": "yashima", "population": {"on": "2025-04-01", "total": 100}}  # fmt: skip
    silent = {"id": "naka", "name": "屋島中町", "level": "町字", "parent": "yashima"}
    areas = {"records": [*AREAS["records"], told, silent]}
    site = site_view(tmp_path, resource("here", location={"address": "高松市屋島西町1"}), site=CITY, areas__all=areas)
    page = next(view for view in site.lists.pages() if view.path == "areas/yashima/")
    people = next(fact.text for fact in page.head.facts if fact.label == "人口（目安）")
    assert people == "300人。65歳以上は50人（ほかに2町はわかりません）。人口のわからない町が1あります。2025年4月時点"


def test_long_lists_are_cut_into_pages_and_rows_lead_to_the_right_page(tmp_path: Path) -> None:
    records = [resource(f"a-{n}", name_kana="あ") for n in range(PAGE_SIZE)] + [resource("sakura", name_kana="さくら")]
    site = site_view(tmp_path, *records)
    pages = [view for view in site.lists.pages() if view.path.startswith("all/")]
    assert [view.path for view in pages] == ["all/", "all/2/"]
    assert [view.head.total for view in pages] == [PAGE_SIZE + 1] * 2
    assert [(row.label, row.path) for row in pages[0].head.rows] == [("あ", "all/#row-1"), ("さ", "all/2/#row-3")]
    assert [group.anchor for group in pages[1].groups] == ["row-3"]


def test_a_list_of_many_pages_links_to_some_of_them_and_every_page_is_reached() -> None:
    links = [Link(str(number), f"all/{number}/") for number in range(1, 1668)]
    assert near(links[:MOST_PAGES], "all/1/") == links[:MOST_PAGES]
    shown = {at: near(links, f"all/{at}/") for at in (1, 2, 834, 1600, 1667)}
    for at, found in shown.items():
        labels = [int(link.label) for link in found if link]
        assert labels == sorted(set(labels))
        assert len(labels) <= MOST_PAGES
        assert {1, 1667, *range(max(1, at - 2), min(1667, at + 2) + 1)} <= {*labels}
        gaps = sum(after > before + 1 for before, after in itertools.pairwise(labels))
        assert found.count(None) == gaps


def test_a_list_offers_the_map_only_where_it_has_a_place_on_it(tmp_path: Path) -> None:
    here = resource("here", location={"address": "高松市桜町1", "lat": 34.3, "lng": 134.05})
    with_map = {view.path: view.head.map_path for view in site_view(tmp_path / "a", here).lists.pages()}
    without = {view.path: view.head.map_path for view in site_view(tmp_path / "b", resource("here")).lists.pages()}
    assert with_map["kinds/clubs/"] == "map/?kind=clubs"
    assert not any(without.values())


def test_ideas_and_closed_records_are_in_no_list(tmp_path: Path) -> None:
    idea = resource("idea", stage="すぐできる", phones=[])
    closed = resource("closed", status="終了", closed_date="2026-03-31")
    site = site_view(tmp_path, resource("open"), idea, closed)
    listed = {card.id for view in site.lists.pages() for group in view.groups for card in group.cards}
    assert listed == {"open"}
    assert {view.card.id for view in record_views(site)} == {"open", "idea", "closed"}


def test_a_record_without_a_reading_stands_after_those_with_one(tmp_path: Path) -> None:
    source = {
        "id": "list", "name": "一覧", "owner": "高松市", "licence": "CC BY 4.0", "credit": "高松市", "data_date": "2026-01-01",
        "file": "files/list.csv", "into": "clubs", "id_rule": {"prefix": "x", "number": "#"}, "columns": {"name": "name"},
    }  # fmt: skip
    nameless = resource("nameless", sources=[{"source": "list", "row": "1"}])
    del nameless["name_kana"]
    site = site_view(tmp_path, nameless, resource("wa", name_kana="わかば"), sources__list=source)
    page = next(view for view in site.lists.pages() if view.path == "all/")
    assert [group.heading for group in page.groups] == ["わ行", ""]
    assert page.note


def test_a_list_of_which_nobody_knows_the_day_says_so_everywhere(tmp_path: Path) -> None:
    source = {
        "id": "list", "name": "一覧", "owner": "高松市", "licence": "CC BY 4.0", "credit": "高松市", "retrieved_on": "2026-01-01",
        "file": "files/list.csv", "into": "clubs", "id_rule": {"prefix": "x", "number": "#"}, "columns": {"name": "name"},
    }  # fmt: skip
    site = site_view(
        tmp_path, resource("one", verified_on=None, sources=[{"source": "list", "row": "1"}]), sources__list=source
    )
    assert [row.data_date for row in source_rows(site.directory)] == ["日付不明"]
    [view] = record_views(site)
    assert view.verification.text == "高松市のデータ（日付不明）"
    assert (view.verification.day, view.verification.due) == ("", "")


def test_the_page_of_a_district_names_the_layers_that_hold_its_towns_and_is_one_page_while_it_is_short(
    tmp_path: Path,
) -> None:
    layers = [
        {"id": "chu-a", "name": "屋島中", "level": "ほかの区分", "layer": "中学校区", "towns": ["yashima-nishimachi"]},
        {
            "id": "ken",
            "name": "東部",
            "level": "ほかの区分",
            "layer": "日常生活圏域",
            "parts_of": ["yashima-nishimachi"],
        },
    ]
    areas = {"records": [*AREAS["records"], *layers]}
    site = site_view(tmp_path, resource("here", location={"address": "高松市屋島西町1"}), site=CITY, areas__all=areas)
    page = next(view for view in site.lists.pages() if view.path == "areas/yashima/")
    facts = {fact.label: fact.text for fact in page.head.facts}
    assert facts["中学校区"] == "屋島中"
    assert facts["日常生活圏域"] == "東部（一部だけの町があります）"
    assert (page.head.pages, page.head.profile) == ((), "profiles/yashima/")

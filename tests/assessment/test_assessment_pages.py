"""The pages of the assessment: what stands in them, where their numbers lead, and what they say they do not know."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from lxml import etree

from area_world import Pages, frame, pages_of, small_city
from mini_sites import GOOD
from pdf_page import text_of
from small_site import TODAY, resource, site_view
from tsunagite.assessment.files import assessment, data, papers
from tsunagite.assessment.what_if import table
from tsunagite.check.load import load
from tsunagite.engine.assemble import Views, assemble
from tsunagite.records.model.contact import ContactRole


def rows(page: str) -> dict[str, list[str]]:
    """Return the words of every cell of the table of a page, by the head of its row."""
    tree = etree.fromstring(page, etree.HTMLParser())
    return {
        "".join(row[0].itertext()).strip(): ["".join(cell.itertext()).strip() for cell in row[1:]]
        for row in tree.iter("tr")
    }


def links(page: str) -> Iterator[str]:
    yield from re.findall(r'href="((?:\.\./)+[^"#]*|[\w-]+/[^"#]*)', page)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return small_city(tmp_path_factory.mktemp("city") / "site")


@pytest.fixture(scope="module")
def pages(city: Views) -> Pages:
    return pages_of(city)


def test_the_table_has_a_number_for_every_need_and_district_that_leads_to_its_records(
    city: Views, pages: Pages
) -> None:
    table = rows(pages["gaps/"])
    place = table["地区"].index("居場所・仲間")
    assert [table[name][place] for name in ("北", "南", "空", "地区がわからない", "高松市全体")] == [
        "2",
        "4",
        "0",
        "2",
        "7",
    ]
    assert 'href="../areas/north/belonging/">2<' in pages["gaps/"]
    assert 'href="belonging/#-empty">0<' in pages["gaps/"]
    assert 'id="-empty"' in pages["gaps/belonging/"]
    assert "登録0件は、地域に0件という意味ではありません" in pages["gaps/"]
    assert "65歳以上の人口がわからない町が1あります（5町のうち）" in pages["gaps/"]
    assert "位置がわからない町が1あります（5町のうち）" in pages["gaps/"]


def test_the_heads_of_the_table_have_scopes_and_it_has_a_caption(pages: Pages) -> None:
    for path in ("gaps/", "gaps/belonging/", "profiles/north/"):
        tree = etree.fromstring(pages[path], etree.HTMLParser())
        assert {head.get("scope") for head in tree.iter("th")} == {"col", "row"}
        assert ["".join(one.itertext()) for one in tree.iter("caption")] != [""]


def test_the_page_of_a_need_says_how_near_and_what_is_not_known(pages: Pages) -> None:
    found = rows(pages["gaps/belonging/"])
    assert found["北地区"][:4] == ["2件ほかに 全域など1、案1", "6.7件", "100%", "100%"]
    assert found["南地区"][2] == "100%（50人は位置がわからない）"
    assert found["空地区"][:2] == ["0件ほかに 全域など1", "わからない"]
    assert found["高松市全体"][2] == "100%（50人は位置がわからない、1町は人数がわからない）"
    assert found["高松市全体"][4:7] == ["2件（不明4件）", "1件（不明5件）", "1件（不明5件）"]
    lonely = found["地区がわからない"][7]
    assert lonely == "", "records whose district is not known lie somewhere"


def test_a_need_without_records_tells_no_distance(pages: Pages) -> None:
    found = rows(pages["gaps/shopping/"])
    assert found["北地区"][:4] == ["0件", "0.0件", "わからない", "わからない"]
    assert "3の地区のうち3は、登録が0件です" in pages["gaps/shopping/"]


def test_the_profile_of_a_district_has_its_people_its_gaps_and_what_is_not_known(pages: Pages) -> None:
    page = pages["profiles/north/"]
    assert "2,000人" in page
    assert "300人（15%）" in page
    assert "85歳以上</dt><dd>わからない" in page
    assert "2026年4月1日時点。2の町を足した数。町と地区の対応は目安です" in page
    assert "案：<a" in page
    assert rows(page)["居場所・仲間"][0].startswith("2件")
    assert "わからない町：黒町" not in page
    assert "位置がわからない町：黒町" in pages["profiles/south/"]
    assert "どの町がこの地域に入るか、登録されていません" in pages["profiles/empty/"]


def test_a_layer_whose_records_no_list_holds_names_them_itself(pages: Pages) -> None:
    assert 'r/in-a/">in-a</a>' in pages["profiles/school/"]
    assert "1件" in rows(pages["profiles/school/"])["居場所・仲間"][0]


def test_every_page_is_in_the_sitemap_and_leads_to_pages_that_there_are(city: Views, pages: Pages) -> None:
    known = set(city.paths()) | {"contact/"}
    assert set(pages) <= known
    for path, page in pages.items():
        for link in (one for one in links(page) if one.endswith("/")):
            parts = (path.rstrip("/").split("/") + link.split("/")) if path else link.split("/")
            found: list[str] = []
            for part in parts:
                found = found[:-1] if part == ".." else [*found, part]
            assert "/".join(found) in known, (path, link)


def test_the_table_of_what_if_has_the_metres_of_every_town_and_null_where_nobody_knows(city: Views) -> None:
    (made,) = table(city.assessment)
    told = json.loads(made.content)
    needs = [term.id for term in city.assessment.coverages.needs]
    metres = dict(zip([town[0] for town in told["towns"]], told["metres"][needs.index("belonging")], strict=True))
    assert metres == {
        "赤町（北地区）": 100,
        "青町（北地区）": 300,
        "白町（南地区）": 0,
        "黒町（南地区）": None,
        "緑町": 1000,
    }
    assert {town[0]: town[3] for town in told["towns"]}["緑町"] is None
    assert set(told["metres"][needs.index("shopping")]) == {None}


def test_what_sleeps_says_why_and_what_wakes_it(tmp_path: Path) -> None:
    site = site_view(
        tmp_path,
        resource("hidden", use_status="知られていない", use_status_reason="看板がない。"),
        resource("hard", use_status="使いにくい"),
        resource("busy", use_status="よく使われている"),
    )
    page = pages_of(site)["sleeping/"]
    assert "看板がない。" in page
    assert "わけ</dt><dd>書かれていません" in page
    assert "busy" not in page
    assert page.count("起こすには") == 2


def test_a_site_without_areas_has_one_row_and_says_what_is_not_known(tmp_path: Path) -> None:
    found = pages_of(site_view(tmp_path, resource("one")))
    table = rows(found["gaps/"])
    assert table["このサイト全体"][table["全体"].index("居場所・仲間")] == "1"
    assert "地区が登録されていないので、全体だけを数えました" in found["gaps/"]
    assert "町字が登録されていないので、人口と距離はわかりません" in found["gaps/"]
    assert "地域が登録されていません" in found["profiles/"]


def test_an_area_inside_itself_and_towns_that_are_not_there_crash_nothing(tmp_path: Path) -> None:
    loaded = load(GOOD, TODAY)
    directory = loaded.directory
    changes = {
        "sakura-chiku": {"parent": "kita"}, "kita": {"parent": "sakura-chiku"}, "higashi-chugakkoku": {"towns": ("nowhere",)},
    }  # fmt: skip
    placed = tuple(
        replace(one, record=one.record.model_copy(update=changes.get(one.record.id, {})))
        for one in directory.placed_areas
    )
    views = assemble(replace(directory, placed_areas=placed), TODAY)
    found = pages_of(views)
    assert {"profiles/kita/", "profiles/sakura-chiku/", "profiles/higashi-chugakkoku/"} <= set(found)
    assert "どの町がこの地域に入るか、登録されていません" in found["profiles/higashi-chugakkoku/"]


def test_a_site_with_one_area_compares_it_with_nothing(tmp_path: Path) -> None:
    areas = {"records": [{"id": "city", "name": "高松市", "level": "市"}]}
    found = pages_of(site_view(tmp_path, resource("one"), areas__all=areas))
    assert "#compare" not in found["profiles/city/"]
    assert 'id="compare"' not in found["profiles/"]


def test_long_tables_are_cut_into_pages_that_lead_to_each_other_and_weigh_little(tmp_path: Path) -> None:
    many = [{"id": f"d-{n}", "name": f"第{n:03}", "level": "地区", "parent": "city"} for n in range(130)]
    areas = {"records": [{"id": "city", "name": "高松市", "level": "市"}, *many]}
    site = site_view(tmp_path, resource("one", service_areas=["d-129"]), areas__all=areas)
    found = pages_of(site)
    assert "第129" in found["gaps/3/"]
    assert 'href="../../areas/d-129/belonging/">1<' in found["gaps/3/"]
    assert 'href="../belonging/3/#-d-128">0<' in found["gaps/3/"]
    assert 'href="belonging/#-d-0">0<' in found["gaps/"]
    assert '<a href="../gaps/2/">' in found["gaps/"]
    rows = [re.findall(r'<tr id="-(d-\d+)"', found[path]) for path in ("gaps/belonging/", "gaps/belonging/2/", "gaps/belonging/3/")]  # fmt: skip
    assert list(map(len, rows)) == [60, 60, 10]
    assert [one for page in rows for one in page] == [f"d-{n}" for n in range(130)]
    assert "130の地区のうち129は、登録が0件です" in found["gaps/belonging/3/"]
    assert '<a href="../../gaps/belonging/2/">' in found["gaps/belonging/"]
    assert {path for path in found if path.startswith("gaps/")} <= set(site.paths())
    assert max(len(page.encode()) for path, page in found.items() if path.startswith("gaps/")) < 51_000, (
        "with the frame 60 kB"
    )


def test_the_tables_are_data_too_and_say_what_they_mean(tmp_path: Path) -> None:
    city = small_city(tmp_path / "city")
    (bundle,) = data(city.assessment, city.keys)
    files = {made.path: made.content for made in bundle.make()}
    assert sorted(files) == [f"gaps/{name}" for name in ("coverage.csv", "coverage.json", "definitions.csv", "people.csv", "people.json", "sleeping.csv", "sleeping.json")]  # fmt: skip
    for name in ("coverage", "people", "sleeping"):
        text = files[f"gaps/{name}.csv"].decode("utf-8-sig")
        assert files[f"gaps/{name}.csv"].startswith(b"\xef\xbb\xbf")
        told = json.loads(files[f"gaps/{name}.json"])
        assert told["columns"] == next(csv.reader(io.StringIO(text)))
        assert len(told["rows"]) == len(list(csv.reader(io.StringIO(text)))) - 1
        assert {"word", "text"} == set(told["definitions"][0])
    rows = list(csv.DictReader(io.StringIO(files["gaps/coverage.csv"].decode("utf-8-sig"))))
    found = {(row["地域のID"], row["困りごとのID"]): row for row in rows}
    north = found["north", "belonging"]
    assert (north["件数"], north["うち地域にあるもの"], north["500m以内の65歳以上"]) == ("2", "2", "300")
    assert found["empty", "belonging"]["65歳以上1000人あたり"] == "", "not known is not nought"
    assert found["city", "belonging"]["65歳以上"] == ""
    assert found["", "belonging"]["地域"] == "地区がわからない"


def test_what_may_not_be_given_away_stays_out_of_the_data(tmp_path: Path) -> None:
    site = site_view(tmp_path, resource("kept", use_status="使いにくい", visibility="オープンデータに出さない"))
    (bundle,) = data(site.assessment, site.keys)
    files = {made.path: made.content.decode() for made in bundle.make()}
    assert "kept" in pages_of(site)["sleeping/"]
    assert "kept" not in "".join(files.values())


def test_the_sheet_of_a_district_is_one_page_of_a3_with_its_numbers_and_room_to_write(city: Views) -> None:
    (bundle,) = papers(city.profiles, city.keys)
    files = {made.path: made.content for made in bundle.make()}
    assert sorted(files) == [
        f"papers/profiles/{area}.pdf" for area in ("ball", "city", "empty", "north", "school", "south")
    ]
    pages = pypdf.PdfReader(io.BytesIO(files["papers/profiles/north.pdf"])).pages
    assert [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in pages] == [(420, 297)]
    text = text_of(files["papers/profiles/north.pdf"])
    for words in (
        "北地区の今",
        "300人（15%）",
        "登録0件は、地域に0件という意味ではありません",
        "話し合いで書き足す",
        "居場所・仲間",
    ):
        assert words in text
    assert "人口と距離はわかりません" in text_of(files["papers/profiles/empty.pdf"])


EDITS: dict[str, object] = {
    "verified_on": date(2026, 10, 1), "email": "new@example.jp", "name": "新しい名前", "use_status": "hard_to_use", "use_status_reason": "遠い。",
    "contact_roles": (ContactRole(role="世話役"),), "fee": None, "referral_needed": True, "hours": (), "needs": ("meals",), "location": None,
    "service_areas": ("south",), "status": "closed", "stage": "soon", "sample": True, "visibility": "no_opendata", "support_level": ("public_aid",),
    "kind": "park",
}  # fmt: skip


def test_an_edit_that_changes_a_page_or_a_table_changes_its_key(city: Views, pages: Pages) -> None:
    def made(views: Views) -> dict[str, tuple[bytes, dict[str, bytes]]]:
        found = assessment(views.profiles, views.keys, frame)
        return {one.name: (one.key, {file.path: file.content for file in one.make()}) for one in found}

    before, changed = made(city), set()
    for field, value in EDITS.items():
        placed = tuple(
            replace(one, record=one.record.model_copy(update={field: value})) if one.record.id == "in-a" else one
            for one in city.directory.placed
        )
        directory = replace(city.directory, placed=placed)
        for name, (key, files) in made(assemble(directory, TODAY)).items():
            assert files == before[name][1] or key != before[name][0], (field, name)
            changed |= {field} if key != before[name][0] else set()
    assert set(EDITS) - changed == {"email"}, "what no page tells makes no page anew; that somebody checked is news"

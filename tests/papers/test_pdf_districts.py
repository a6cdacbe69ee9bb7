"""The leaflets of districts: what a resident reads on one, which districts have one, and who offers it."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from pdf_page import text_of
from small_site import TODAY, resource, site_view
from tsunagite.check.load import load, open_store
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.products import product
from tsunagite.papers import editions as papers
from tsunagite.papers.layouts.three_fold import ThreeFold, ThreeFoldView
from tsunagite.papers.source import may_be_printed
from tsunagite.site.layout.templates import Templates

ROOT = Path(__file__).parents[2]
AREAS = [
    {"id": "takamatsu", "name": "高松市", "level": "市"},
    {"id": "east", "name": "東部", "level": "日常生活圏域", "parent": "takamatsu"},
    {"id": "yashima", "name": "屋島", "name_kana": "やしま", "level": "地区", "parent": "east"},
    {"id": "kita", "name": "木太", "name_kana": "きた", "level": "地区", "parent": "takamatsu"},
    {"id": "ogi", "name": "男木", "name_kana": "おぎ", "level": "地区", "parent": "takamatsu"},
    {"id": "yashimanakamachi", "name": "屋島中町", "level": "町字", "parent": "yashima"},
]
SETTINGS = {
    "municipality": "高松市", "area": "takamatsu", "site_url": "https://tsunagite.example/", "main_window": "main-window",
}  # fmt: skip


def phone(number: int) -> dict[str, Any]:
    return {"phones": [{"number": f"087-839-{number}"}]}


def window(name: str, number: int, kind: str = "community_support_center", **fields: Any) -> dict[str, Any]:
    return resource(name, kind=kind, needs=["相談したい"], support_level=["公助"], **phone(number), **fields)


MAIN = window("main-window", 2001)
COUNCILS = (
    window("council", 2002, "social_welfare_council", id="council", name_kana="しゃきょう"),
    window("council-east", 2003, "social_welfare_council"),
)


def here(name: str, kind: str, number: int, **fields: Any) -> dict[str, Any]:
    return resource(
        name, kind=kind, location={"address": f"高松市屋島中町{number - 2000}"}, summary="", **phone(number), **fields
    )


def no_frame(page: Page) -> Artifact:
    raise AssertionError("a leaflet has no web page around it")


def made_leaflets(view: Views) -> list[Any]:
    return [made for bundle in product("leaflets").make(view, no_frame) for made in bundle.make()]


def leaflets(folder: Path, *records: dict[str, Any], **settings: Any) -> dict[str, bytes]:
    view = site(folder, *records, **settings)
    made = {artifact.path: artifact.content for artifact in made_leaflets(view) if isinstance(artifact, Artifact)}
    assert list(made) == [paper.path for paper in view.papers.offered]
    return made


def site(folder: Path, *records: dict[str, Any], **settings: Any) -> Views:
    return site_view(folder, *records, areas__areas={"records": AREAS}, site=SETTINGS | settings)


def yashima(folder: Path, *records: dict[str, Any], **settings: Any) -> bytes:
    return leaflets(folder, *records, **settings)["papers/yashima.pdf"]


def test_windows_come_first_then_places_help_and_doctors(tmp_path: Path) -> None:
    text = text_of(
        yashima(
            tmp_path, MAIN, *COUNCILS, here("clinic", "clinic", 2014), here("shop", "shop", 2013),
            here("club", "exercise_group", 2011), here("hall", "community_center", 2012), here("branch", "city_office", 2010),
        )
    )  # fmt: skip
    numbers = [f"087-839-{n}" for n in (2001, 2002, 2010)]
    places = [text.index(word) for word in ("屋島地区暮らしの相談と居場所", "相談するところ", *numbers, "居場所・仲間")]
    assert places == sorted(places)
    assert min(text.index(f"087-839-{n}") for n in range(2011, 2015)) > places[-1]
    assert "087-839-2003" not in text


def test_no_window_is_said_to_be_responsible(tmp_path: Path) -> None:
    text = text_of(yashima(tmp_path, MAIN, here("hall", "community_center", 2012)))
    assert text.index("main-window") < text.index("087-839-2001") < text.index("担当の窓口は市にご確認ください。")
    assert "どの地区にあるかは、町の名前から見た目安です。" in text


def test_a_window_that_says_it_serves_the_district_stands_before_the_main_window(tmp_path: Path) -> None:
    serving = window("serving", 2005, service_areas=["yashima"])
    elsewhere = window("elsewhere", 2006, service_areas=["kita"])
    made = leaflets(tmp_path, MAIN, serving, elsewhere)
    text = text_of(made["papers/yashima.pdf"])
    assert text.index("087-839-2005") < text.index("087-839-2001")
    assert "087-839-2006" not in text
    assert "087-839-2006" in text_of(made["papers/kita.pdf"])


def test_what_serves_the_sphere_around_a_district_serves_the_district(tmp_path: Path) -> None:
    fields = {"service_areas": ["east"], "location": None}
    cafe = resource("cafe", kind="dementia_cafe", **fields, **phone(2007))
    text = text_of(yashima(tmp_path, MAIN, window("east-window", 2005, **fields), cafe, here("hall", "library", 2012)))
    assert text.index("087-839-2005") < text.index("087-839-2001") < text.index("087-839-2007")
    assert "市のどこでも" not in text


def test_help_that_serves_the_whole_city_is_printed_and_not_counted_as_the_districts_own(tmp_path: Path) -> None:
    meals = resource("meals", kind="meal_delivery", service_areas=["takamatsu"], location=None, **phone(2020))
    text = text_of(yashima(tmp_path, MAIN, meals, here("hall", "community_center", 2012)))
    assert "087-839-2020" in text
    assert "件はサイトで" not in text


def test_the_rest_is_counted_and_found_on_the_page_of_the_district(tmp_path: Path) -> None:
    content = yashima(tmp_path, MAIN, *(here(f"clinic-{n}", "clinic", n) for n in range(2100, 2300)))
    text = text_of(content)
    printed = len(set(re.findall(r"087-839-2[12]\d{2}", text)))
    assert 50 < printed < 200
    assert f"ほか{200 - printed}件はサイトで" in text
    assert "tsunagite.example/areas/yashima" in text
    assert len(pypdf.PdfReader(BytesIO(content)).pages) == 2
    with pikepdf.open(BytesIO(content)) as document:
        alts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert alts == ["QRコード。tsunagite.example/areas/yashima を開きます。"]


def test_the_qr_code_opens_the_page_of_the_district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(papers, "qr_svg", lambda address: seen.append(address) or "")
    leaflets(tmp_path, MAIN, here("hall", "community_center", 2012))
    assert list(dict.fromkeys(seen)) == ["https://tsunagite.example/", "https://tsunagite.example/areas/yashima/"]


def test_a_district_without_records_has_no_leaflet_and_no_link(tmp_path: Path) -> None:
    unprintable = resource(
        "web-only", service_areas=["kita"], consent={"basis": "written", "scope": ["web"]}, location=None
    )
    view = site(tmp_path, MAIN, unprintable, here("hall", "community_center", 2012))
    assert [(paper.path, paper.shown_on) for paper in view.papers.offered] == [
        ("papers/takamatsu.pdf", "all/"),
        ("papers/yashima.pdf", "areas/yashima/"),
        ("papers/yashima-large.pdf", "areas/yashima/"),
    ]
    assert view.papers.offered[1].title == "屋島地区　暮らしの相談と居場所"
    offered = {page.path: [paper.path for paper in page.head.papers] for page in view.lists.pages() if page.head.papers}
    assert offered == {
        "all/": ["papers/takamatsu.pdf"],
        "areas/yashima/": ["papers/yashima.pdf", "papers/yashima-large.pdf"],
    }


def test_home_offers_the_leaflet_of_the_whole_municipality_only(tmp_path: Path) -> None:
    home = site(tmp_path, MAIN, here("hall", "community_center", 2012)).home
    page = Templates().page("home", "", "home", home.name, home.description, home=home)
    assert re.findall(r"papers/\w+\.pdf", page.body) == ["papers/takamatsu.pdf"]


def test_a_site_about_one_district_has_one_leaflet(tmp_path: Path) -> None:
    made = leaflets(tmp_path, MAIN, here("hall", "community_center", 2012), area="yashima")
    assert list(made) == ["papers/yashima.pdf"]


OWN_WINDOWS = ("community_support_center", "social_welfare_council", "city_office")


def test_every_district_of_this_repository_has_a_leaflet_and_a_large_three_fold_with_its_own_windows(
    built_demo: Path,
) -> None:
    site = built_demo.parent
    view = assemble(load(site, TODAY).directory, TODAY)
    with open_store(site, print):  # the build has set them
        set_views = {
            one.editions[0].path: (one.selection, list(papers.set_papers(one))) for one in view.papers.undescribed
        }
    main = view.cards[view.directory.settings.main_window or ""]
    assert main.phone
    for area in view.directory.by_district:
        offered = [paper for paper in view.papers.offered if paper.shown_on == f"areas/{area}/"]
        assert {"両面ちらし", "三つ折り"} <= {paper.layout for paper in offered}, area
        assert "大きな文字" in {label for paper in offered for _, label in paper.files}
    for path, (selection, (made,)) in set_views.items():
        assert isinstance(made, papers.SetPaper), (path, made)
        assert len(pypdf.PdfReader(BytesIO(made.artifact.content)).pages) <= 2, path
        text = text_of(made.artifact.content)
        assert main.phone.number in text
        assert bool(re.search(r"担当(の窓口)?は市にご確認ください。", text)) == (path != "papers/takamatsu.pdf")
        own = (
            view.directory.by_kind["community_support_center"]
            if selection.is_whole
            else view.directory.by_district[selection.area_id]
        )
        lost = [
            r.name
            for r in own
            if r.kind in OWN_WINDOWS and may_be_printed(view.directory, r, TODAY) and r.id not in made.printed
        ]
        assert not lost, path
        known = {r.id for r in (*selection.records, *selection.windows)}
        left = len(known - set(made.printed))
        assert (f"紙に入りきらないため、ほか{left}件はサイトで" in text) == bool(left), path


def test_in_the_weeks_of_the_notice_of_the_new_year_a_large_three_fold_keeps_its_own_windows_and_rather_leaves_out_its_map() -> (
    None
):
    day = date(2026, 12, 10)
    site = assemble(load(ROOT, day).directory, day)
    fitted: dict[str, ThreeFoldView] = {}
    for selection in (
        one.selection for one in site.papers.undescribed if one.selection.pamphlet.layout == "three_fold"
    ):
        view = papers.fitted("three_fold", ThreeFold.of(selection, large=True))
        assert isinstance(view, ThreeFoldView)
        fitted[selection.area_id] = view
        assert selection.required <= set(fitted[selection.area_id].head.printed), selection.area_id
    headings = {part.heading for one in fitted.values() for part in (*one.list.first, *one.list.second)}
    assert not [heading for heading in headings if heading.count("つづき") > 1]
    assert any(one.head.notice for one in fitted.values())
    without_map = [one for one in fitted.values() if one.map is None]
    assert 0 < len(without_map) < len(fitted) / 4
    assert not any(entry.number for one in without_map for entry in one.windows.entries)

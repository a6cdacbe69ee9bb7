"""The leaflets of districts: what a resident reads on one, which districts have one, and who offers it."""

from __future__ import annotations

import re
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from pdf_page import structure, text_of, words_of
from small_site import TODAY, resource, site_view
from tsunagite.build import load
from tsunagite.outputs import pages, pdf
from tsunagite.outputs.artifact import Artifact, Page
from tsunagite.outputs.templates import Templates
from tsunagite.views.site import SiteView

ROOT = Path(__file__).parents[2]
SECONDS = 15.0  # of one core, for all leaflets of 高松市 (the goal is two cores)
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


def leaflets(folder: Path, *records: dict[str, Any], **settings: Any) -> dict[str, bytes]:
    view = site(folder, *records, **settings)
    made = {artifact.path: artifact.content for artifact in pdf.leaflets(view, no_frame)}
    assert list(made) == [paper.path for paper in view.papers]
    return made


def site(folder: Path, *records: dict[str, Any], **settings: Any) -> SiteView:
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
    numbers = [f"087-839-{n}" for n in (2001, 2002, *range(2010, 2015))]
    places = [text.index(word) for word in ("屋島地区暮らしの相談と居場所", "相談するところ", *numbers)]
    assert places == sorted(places)
    assert "087-839-2003" not in text


def test_no_window_is_said_to_be_responsible(tmp_path: Path) -> None:
    text = text_of(yashima(tmp_path, MAIN, here("hall", "community_center", 2012)))
    assert text.index("担当の窓口は市にご確認ください。") < text.index("main-window") < text.index("087-839-2001")
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


def test_samples_stand_behind_real_records_of_their_section_and_are_marked(tmp_path: Path) -> None:
    sample = resource("sample-club", kind="gathering_place", service_areas=["yashima"], sample=True)
    sample |= {"phones": [{"number": "087-000-0001"}]}
    text = text_of(yashima(tmp_path, MAIN, sample, here("club", "exercise_group", 2011)))
    assert text.index("087-839-2011") < text.index("見本sample-club") < text.index("087-000-0001")
    assert "「見本」の印があるものは、実在しません。" in text


def test_help_that_serves_the_whole_city_is_printed_and_not_counted_as_the_districts_own(tmp_path: Path) -> None:
    meals = resource("meals", kind="meal_delivery", service_areas=["takamatsu"], location=None, **phone(2020))
    text = text_of(yashima(tmp_path, MAIN, meals, here("hall", "community_center", 2012)))
    assert text.index("市のどこでも頼める手伝い") < text.index("087-839-2020")
    assert "件はサイトで" not in text


def test_the_rest_is_counted_and_found_on_the_page_of_the_district(tmp_path: Path) -> None:
    content = yashima(tmp_path, MAIN, *(here(f"clinic-{n}", "clinic", n) for n in range(2100, 2300)))
    text = text_of(content)
    printed = len(set(re.findall(r"087-839-2[12]\d{2}", text)))
    assert 60 < printed < 200
    assert f"ほか{200 - printed}件はサイトで" in text
    assert f"ほかに{200 - printed}件あります。" in text
    assert "tsunagite.example/areas/yashima" in text
    assert len(pypdf.PdfReader(BytesIO(content)).pages) == 2
    with pikepdf.open(BytesIO(content)) as document:
        alts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert alts == ["QRコード。tsunagite.example/areas/yashima を開きます。"]


def test_the_qr_code_opens_the_page_of_the_district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(pdf, "qr_svg", lambda address: seen.append(address) or "")
    leaflets(tmp_path, MAIN, here("hall", "community_center", 2012))
    assert seen == ["https://tsunagite.example/", "https://tsunagite.example/areas/yashima/"]


def test_parks_are_named_one_after_another_and_phones_of_doctors_stand_large(tmp_path: Path) -> None:
    parks = [here(f"park-{n}", "park", n, no_contact_reason="公園のため") | {"phones": []} for n in (2030, 2031)]
    content = yashima(tmp_path, MAIN, *parks, here("clinic", "clinic", 2014))
    assert "park-2030、park-2031" in text_of(content)
    words = [word for page in words_of(content) for word in page]
    assert [size >= 13 for text, *_, size in words if "087-839-2014" in text] == [True]
    assert [size >= 16 for text, *_, size in words if "087-839-2001" in text] == [True]


def test_few_records_are_set_in_large_type_on_one_page(tmp_path: Path) -> None:
    content = yashima(tmp_path, MAIN, here("hall", "community_center", 2012))
    assert len(pypdf.PdfReader(BytesIO(content)).pages) == 1
    words = [word for page in words_of(content) for word in page]
    assert [size > 20 for text, *_, size in words if "087-839-2012" in text] == [True]
    assert "電話番号を書いておく欄" in text_of(content)


def test_headings_are_nested_as_they_are_read(tmp_path: Path) -> None:
    tags = [tag for tag in structure(yashima(tmp_path, MAIN, here("clinic", "clinic", 2014))) if tag.startswith("/H")]
    assert tags[:5] == ["/H1", "/H2", "/H3", "/H4", "/H2"]


def test_a_district_without_records_has_no_leaflet_and_no_link(tmp_path: Path) -> None:
    unprintable = resource(
        "web-only", service_areas=["kita"], consent={"basis": "written", "scope": ["web"]}, location=None
    )
    view = site(tmp_path, MAIN, unprintable, here("hall", "community_center", 2012))
    assert [(paper.path, paper.shown_on) for paper in view.papers] == [
        ("papers/takamatsu.pdf", "all/"),
        ("papers/yashima.pdf", "areas/yashima/"),
    ]
    assert view.papers[1].title == "屋島地区　暮らしの相談と居場所"
    offered = {page.path: [paper.path for paper in page.papers] for page in view.lists.pages() if page.papers}
    assert offered == {"all/": ["papers/takamatsu.pdf"], "areas/yashima/": ["papers/yashima.pdf"]}


def test_home_offers_the_leaflet_of_the_whole_municipality_only(tmp_path: Path) -> None:
    (home,) = pages.home(site(tmp_path, MAIN, here("hall", "community_center", 2012)), Templates())
    assert re.findall(r"papers/\w+\.pdf", home.body) == ["papers/takamatsu.pdf"]


def test_a_site_about_one_district_has_one_leaflet(tmp_path: Path) -> None:
    made = leaflets(tmp_path, MAIN, here("hall", "community_center", 2012), area="yashima")
    assert list(made) == ["papers/yashima.pdf"]


def test_the_leaflets_of_this_repository_fit_two_pages_and_are_made_in_time() -> None:
    view = SiteView.of(load(ROOT, TODAY).directory, TODAY)
    start = time.process_time()
    made = list(pdf.leaflets(view, no_frame))
    assert time.process_time() - start < SECONDS
    assert len(made) == len(view.papers) == 1 + len(view.directory.by_district)
    main = view.cards[view.settings.main_window or ""]
    assert main.phone
    for paper, artifact in zip(view.papers, made, strict=True):
        assert len(pypdf.PdfReader(BytesIO(artifact.content)).pages) <= 2, paper.path
        text = text_of(artifact.content)
        assert re.sub(r"\s", "", paper.title) in text
        assert main.phone.number in text
        assert ("担当の窓口は市にご確認ください。" in text) == (paper.shown_on != "all/")


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    view = site(tmp_path, MAIN, here("hall", "community_center", 2012), here("clinic", "clinic", 2014))
    first, again = ([artifact.content for artifact in pdf.leaflets(view, no_frame)] for _ in range(2))
    assert first == again

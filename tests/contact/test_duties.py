"""The troubles that come with tsunagite ask for duties; each site fills who that is, and what is not filled is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from mini_sites import demonstration
from small_site import resource, site_view
from tsunagite.analysis.finder import Finder
from tsunagite.contact.files import _data
from tsunagite.contact.view import FinderView
from tsunagite.engine.artifact import Artifact
from tsunagite.engine.assemble import Views
from tsunagite.engine.products import product
from tsunagite.records.load.contact import FOLDER

SITE = {"municipality": "見本市", "prefecture": "見本県", "area": "mihon", "shared_troubles": True}
CITY = {"id": "mihon", "name": "見本市", "name_kana": "みほんし", "level": "市"}
DISTRICTS = [
    {"id": "kita", "name": "北", "name_kana": "きた", "level": "地区", "parent": "mihon"},
    {"id": "minami", "name": "南", "name_kana": "みなみ", "level": "地区", "parent": "mihon"},
]
TOWNS = [
    {"id": "sakura", "name": "桜町", "name_kana": "さくらまち", "level": "町字", "parent": "mihon"},
    {"id": "ume", "name": "梅町", "name_kana": "うめまち", "level": "町字", "parent": "mihon"},
]


def site(folder: Path, *areas: dict[str, Any], settings: dict[str, Any] | None = None, **files: Any) -> Views:
    windows = [resource(name, kind="地域包括支援センター", service_areas=["mihon"]) for name in ("centre", "hall")]
    return site_view(
        folder, *windows, site={**SITE, **(settings or {})}, areas__all={"records": [CITY, *areas]}, **files
    )


def table(duty: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"id": duty, "title": duty, "sample": True, "rows": list(rows)}


def called(view: FinderView, trouble: str) -> dict[str, list[str]]:
    place = [one.id for one in view.troubles].index(trouble)
    return {area: [found.id for found in answers[place]] for area, answers in view.answers.items()}


def unfilled(view: FinderView, trouble: str) -> dict[str, tuple[str, ...]]:
    place = [one.id for one in view.troubles].index(trouble)
    return {area: found[place] for area, found in view.unfilled.items()}


def test_the_demonstration_answers_with_the_same_windows_as_when_its_troubles_named_them() -> None:
    directory = demonstration().directory
    finder = Finder(directory)
    before = yaml.safe_load((Path(__file__).parent / "answers_of_the_demonstration.yml").read_text(encoding="utf-8"))
    assert list(directory.troubles) == list(before)
    for trouble_id, by_windows in before.items():
        for windows, areas in by_windows.items():
            found = {
                area: " ".join(window.id for window in finder.windows(directory.troubles[trouble_id], area))
                for area in areas.split()
            }
            assert found == dict.fromkeys(areas.split(), windows), trouble_id
    assert finder.empty_duties == ("livelihood-support",), "its telephone number stands on no page that could be read"


def test_no_shared_trouble_names_a_window_or_a_city() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml")}
    assert len(texts) == 14
    assert [name for name, text in texts.items() if "window:" in text or "高松" in text] == []


def test_a_site_with_districts_has_a_finder_from_its_first_window_on(tmp_path: Path) -> None:
    view = site(
        tmp_path, *DISTRICTS, contact__duties__c=table("support-centers", {"window": "centre", "areas": ["kita"]})
    ).finder
    assert called(view, "memory") == {"": [], "kita": ["centre"], "minami": []}
    assert unfilled(view, "memory") == {
        "": ("support-centers", "health-center"),
        "kita": ("health-center",),
        "minami": ("support-centers", "health-center"),
    }


def test_a_site_with_towns_only_and_one_without_any_area_have_one_too(tmp_path: Path) -> None:
    whole = {"contact__duties__c": table("support-centers", {"window": "centre"})}
    assert called(site(tmp_path / "towns", *TOWNS, **whole).finder, "memory") == {
        "": ["centre"],
        "ume": ["centre"],
        "sakura": ["centre"],
    }
    hint = {
        name: site(tmp_path / f"hint-{name}", *areas, **whole).finder.examples
        for name, areas in (("towns", [{**TOWNS[0], "postal_codes": ["760-0999"]}, TOWNS[1]]), ("city", []))
    }
    assert hint == {"towns": "うめまち、桜町、7600999", "city": ""}, "examples are towns of the site"
    assert called(site(tmp_path / "city", **whole).finder, "memory") == {"": ["centre"]}
    assert called(site(tmp_path / "none", settings={"area": None}, **whole).finder, "memory") == {"": ["centre"]}


def test_the_main_window_answers_where_a_duty_is_empty_and_the_page_says_so(tmp_path: Path) -> None:
    view = site(tmp_path, *DISTRICTS, settings={"main_window": "hall"}).finder
    assert called(view, "memory") == {"": ["hall"], "kita": ["hall"], "minami": ["hall"]}
    memory = view.troubles[0]
    assert [(answer.window.name, answer.serves) for answer in view.windows_of(memory)] == [
        ("hall", "見本市のどこからでも")
    ]
    assert [(gap.text, gap.list and gap.list.path, gap.register) for gap in view.gaps_of(memory)] == [
        ("「地域包括支援センター」の窓口は、まだこのサイトに書かれていません。", "kinds/consultation/", ""),
        ("「保健センター」の窓口は、まだこのサイトに書かれていません。", None, ""),
    ]


def test_a_table_that_leaves_out_towns_says_so_on_the_page_of_the_trouble(tmp_path: Path) -> None:
    view = site(
        tmp_path, *DISTRICTS, contact__duties__c=table("support-centers", {"window": "centre", "areas": ["kita"]})
    ).finder
    assert (
        view.gaps_of(view.troubles[0])[0].text == "「地域包括支援センター」の窓口が、まだ書かれていない町があります。"
    )


def test_the_data_of_the_browser_name_what_is_missing_for_each_answer(tmp_path: Path) -> None:
    made = product("contact").make(
        site(
            tmp_path, *DISTRICTS, contact__duties__c=table("support-centers", {"window": "centre", "areas": ["kita"]})
        ),
        lambda page: Artifact(page.path, b""),
    )
    data = json.loads(next(one.content for one in made if one.path == "contact/data.json"))
    row = data["answers"][next(town[6] for town in data["towns"] if town[0] == "minami")]
    assert data["lists"][row[0]] == []
    assert [data["gaps"][at]["text"] for at in data["missing"][str(row[0])]] == [
        "「地域包括支援センター」の窓口は、まだこのサイトに書かれていません。", "「保健センター」の窓口は、まだこのサイトに書かれていません。",
    ]  # fmt: skip


def test_a_trouble_of_the_site_stands_in_for_the_shared_one_and_one_can_be_hidden(tmp_path: Path) -> None:
    own = {
        "id": "memory",
        "label": "もの忘れ",
        "example": "何度も聞く。",
        "windows": [{"window": "hall"}],
        "say": ["相談です。"],
        "after_hours": ["よりそいホットライン"],
    }
    troubles = site(tmp_path, settings={"hidden_troubles": ["scam"]}, contact__memory=own).directory.troubles
    assert len(troubles) == 13
    assert troubles["memory"].label == "もの忘れ"
    assert "scam" not in troubles


def test_what_a_city_has_not_filled_about_fraud_and_violence_says_the_national_numbers(tmp_path: Path) -> None:
    view = site(tmp_path, *DISTRICTS, contact__duties__c=table("city-office", {"window": "hall"}))
    by_id = {trouble.id: view.finder.gaps_of(trouble) for trouble in view.finder.troubles}
    told = {
        trouble: [(line.number, line.href) for line in gaps[0].lines]
        for trouble, gaps in by_id.items()
        if gaps and gaps[0].lines
    }
    assert told == {
        "scam": [("188", "tel:188")],
        "private-talk": [("#8008", "tel:%238008"), ("0120-279-889", "tel:+81120279889")],
    }
    text = next(
        draft.content.decode()
        for draft in product("contact").make(view, lambda page: Artifact(f"{page.path}index.html", page.body.encode()))
        if draft.path == "contact/about/scam/index.html"
    )
    assert (
        '「消費生活センター」の窓口は、まだこのサイトに書かれていません。代わりに、次の番号へ：<a class="ts-more" href="tel:188">188</a>（消費者ホットライン）。'
        in text
    )
    assert [gap["lines"] for gap in _data(view.finder)["gaps"] if "消費生活" in gap["text"]] == [
        [["188", "tel:188", "消費者ホットライン"]]
    ]


def test_a_duty_that_the_municipality_does_not_have_is_asked_for_nowhere(tmp_path: Path) -> None:
    view = site(tmp_path, vocabulary__duty={"terms": [{"id": "health-center", "hidden": True}]}).finder
    assert unfilled(view, "memory") == {"": ("support-centers",)}

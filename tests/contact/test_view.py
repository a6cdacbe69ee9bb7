"""The contact finder's answers: the smallest written area wins, nothing is guessed, and nobody is left without a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from small_site import resource, site_view
from tsunagite.contact.view import FinderView
from tsunagite.records.model.features.finder import Assignment

SITE = {"municipality": "高松市", "prefecture": "香川県", "area": "takamatsu", "main_window": "main"}
AREAS = {
    "records": [
        {"id": "takamatsu", "name": "高松市", "level": "市"},
        {"id": "yashima", "name": "屋島", "level": "地区", "parent": "takamatsu"},
        {"id": "west", "name": "屋島西町", "name_kana": "やしまにしまち", "level": "町字", "parent": "yashima"},
        {"id": "east", "name": "屋島東町", "name_kana": "やしまひがしまち", "level": "町字", "parent": "yashima"},
        {"id": "sakura", "name": "桜町", "name_kana": "さくらちょう", "level": "町字", "parent": "takamatsu"},
    ]
}
ROWS = [
    {"window": "a", "areas": ["takamatsu"]},
    {"window": "b", "areas": ["yashima"]},
    {"window": "c", "areas": ["west"]},
]


def window(name: str, **fields: Any) -> dict[str, Any]:
    return resource(
        name,
        kind="地域包括支援センター",
        service_areas=["takamatsu"],
        hours=[{"days": "平日", "open": "8:30", "close": "17:00"}],
        **fields,
    )


def finder(
    folder: Path, rows: list[dict[str, Any]] = ROWS, layers: tuple[dict[str, Any], ...] = (), **trouble: Any
) -> FinderView:
    one = {
        "id": "memory",
        "label": "物忘れが心配",
        "example": "何度も聞く。",
        "windows": [{"duty": "centers"}],
        "say": ["{town}の者です。"],
    }
    files = {
        "site": SITE,
        "areas__all": {"records": [*AREAS["records"], *layers]},
        "contact__duties__centers": {"id": "centers", "title": "担当", "sample": True, "rows": rows},
        "contact__memory": {**one, "after_hours": ["よりそいホットライン"], **trouble},
    }
    return site_view(folder, *(window(name) for name in ("main", "a", "b", "c")), **files).finder


def called(view: FinderView) -> dict[str, list[str]]:
    return {place: [found.id for found in answers[0]] for place, answers in view.answers.items()}


def test_a_town_goes_before_its_district_and_a_district_before_the_city(tmp_path: Path) -> None:
    assert called(finder(tmp_path)) == {"": ["a"], "west": ["c"], "east": ["b"], "sakura": ["a"]}


def test_windows_come_in_the_written_order_and_once_each(tmp_path: Path) -> None:
    view = finder(tmp_path, windows=[{"window": "b", "why": "急ぐとき"}, {"duty": "centers"}, {"window": "main"}])
    assert called(view) == {
        "": ["b", "a", "main"],
        "west": ["b", "c", "main"],
        "east": ["b", "main"],
        "sakura": ["b", "a", "main"],
    }


def test_where_nobody_is_written_the_window_that_can_always_be_asked_answers(tmp_path: Path) -> None:
    view = finder(tmp_path, ROWS[2:], cover="partial")
    assert called(view) == {"": ["main"], "west": ["c"], "east": ["main"], "sakura": ["main"]}


def test_the_page_of_a_town_gathers_troubles_by_window_and_says_that_the_table_is_made_up(tmp_path: Path) -> None:
    pages = {page.town.area.id: page for page in finder(tmp_path).town_pages()}
    assert [(group.window.name, [one.label for one in group.troubles]) for group in pages["west"].first] == [
        ("c", ["物忘れが心配"])
    ]
    assert pages["west"].proof == "だれがどの町を受けもつかは、見本です。実際の担当は市にご確認ください。"
    assert [line.number for line in pages["west"].lines] == ["0120-279-338"]


def test_the_page_of_a_trouble_names_every_window_with_what_it_serves(tmp_path: Path) -> None:
    view = finder(tmp_path)
    (trouble,) = view.troubles
    assert [(answer.window.name, answer.serves) for answer in view.windows_of(trouble)] == [
        ("a", "高松市のそのほかの町"), ("b", "屋島地区"), ("c", "屋島西町"),
    ]  # fmt: skip


def test_a_checked_table_says_when_and_by_whom(tmp_path: Path) -> None:
    files = {
        "contact__duties__centers": {
            "id": "centers",
            "title": "担当",
            "verified_on": "2026-09-02",
            "verified_by": "長寿福祉課",
            "rows": ROWS,
        },
        "contact__memory": {
            "id": "m",
            "label": "物忘れ",
            "example": "x",
            "windows": [{"duty": "centers"}],
            "say": ["x"],
            "after_hours": ["警察"],
        },
    }
    view = site_view(
        tmp_path, *(window(n) for n in ("main", "a", "b", "c")), site=SITE, areas__all=AREAS, **files
    ).finder
    assert (
        view.proof
        == "担当は2026年9月2日に長寿福祉課が確かめました。変わることがあります。実際の担当は市にご確認ください。"
    )


def test_the_oldest_check_counts_and_none_where_a_table_was_never_checked_and_any_sample_is_told() -> None:
    def proof(*duties: dict[str, Any]) -> str:
        tables = {str(n): Assignment.model_construct(**one) for n, one in enumerate(duties)}
        return FinderView(SimpleNamespace(duties=tables), {}).proof  # type: ignore[arg-type]

    old = {"verified_on": date(2026, 4, 1), "verified_by": "介護保険課"}
    new = {"verified_on": date(2026, 9, 2), "verified_by": "長寿福祉課"}
    assert proof(new, old).startswith("担当は2026年4月1日に介護保険課が確かめました。")
    assert proof(new, {}) == proof() == "担当は変わることがあります。実際の担当は市にご確認ください。"
    assert proof(new, {"sample": True}) == "だれがどの町を受けもつかは、見本です。実際の担当は市にご確認ください。"


def test_a_table_without_areas_serves_the_whole_city_or_what_its_other_rows_leave(tmp_path: Path) -> None:
    def served(name: str, *rows: dict[str, Any]) -> list[str]:
        view = finder(tmp_path / name, list(rows))
        return [answer.serves for answer in view.windows_of(view.troubles[0])]

    assert served("one", {"window": "a"}) == ["高松市のどこからでも"]
    assert served("two", {"window": "a"}, {"window": "b", "areas": ["yashima"]}) == ["高松市のそのほかの町", "屋島地区"]


def test_the_page_of_a_town_names_the_numbers_that_always_answer_and_none_of_a_delicate_trouble(tmp_path: Path) -> None:
    numbers = ["よりそいホットライン", "いのちの電話"]  # the other one has hours
    open_, delicate = (
        finder(tmp_path / str(sensitive), after_hours=numbers, sensitive=sensitive) for sensitive in (False, True)
    )
    assert {line.number for page in open_.town_pages() for line in page.lines} == {"0120-279-338"}
    assert {line.number for page in delicate.town_pages() for line in page.lines} == set()


@pytest.mark.parametrize(
    ("sensitive", "title"), [(True, "相談の案内（1）"), (False, "物忘れが心配：どこに、何と言うか")]
)
def test_the_title_of_a_delicate_trouble_tells_nothing(tmp_path: Path, sensitive: bool, title: str) -> None:
    (trouble,) = finder(tmp_path, sensitive=sensitive).troubles
    assert trouble.page_title == title


def test_a_town_says_its_district_and_the_layers_that_hold_it_whole_in_part_or_by_a_guess(tmp_path: Path) -> None:
    layers = (
        {
            "id": "chu-yashima",
            "name": "屋島中",
            "level": "ほかの区分",
            "layer": "中学校区",
            "towns": ["west"],
            "parts_of": ["east"],
        },
        {
            "id": "zone-east",
            "name": "東部",
            "level": "ほかの区分",
            "layer": "日常生活圏域",
            "towns": ["east"],
            "basis": "derived",
        },
    )
    towns = {town.area.id: town for town in finder(tmp_path, layers=layers).towns}
    assert {key: town.district for key, town in towns.items()} == {"west": "屋島地区", "east": "屋島地区", "sakura": ""}
    assert {key: town.layers for key, town in towns.items()} == {
        "west": ("中学校区: 屋島中",),
        "east": ("中学校区: 屋島中（一部）", "日常生活圏域: 東部（目安）"),
        "sakura": (),
    }


def test_towns_stand_by_their_reading_and_those_of_a_district_are_its_own(tmp_path: Path) -> None:
    view = finder(tmp_path)
    assert [(row, [town.area.id for town in towns]) for row, towns in view.rows()] == [
        ("さ行", ["sakura"]),
        ("や行", ["west", "east"]),
    ]
    assert [(link.label, link.path) for link in view.towns_of("yashima")] == [
        ("屋島西町", "contact/west/"),
        ("屋島東町", "contact/east/"),
    ]
    assert view.towns_of("sakura")[0].path == "contact/sakura/"


def test_the_page_of_a_town_has_the_first_window_of_each_trouble_and_then_the_others_with_their_reason(
    tmp_path: Path,
) -> None:
    view = finder(
        tmp_path, windows=[{"duty": "centers"}, {"window": "main", "why": "どこに聞けばよいか分からないとき"}]
    )
    pages = {page.town.area.id: page for page in view.town_pages()}
    assert [group.window.name for group in pages["east"].first] == ["b"]
    assert [(other.window.name, other.why) for other in pages["east"].others] == [
        ("main", "どこに聞けばよいか分からないとき")
    ]


def test_a_window_that_answers_only_where_nobody_is_written_stands_on_the_page_of_the_trouble(tmp_path: Path) -> None:
    view = finder(tmp_path, ROWS[2:], cover="partial")
    (trouble,) = view.troubles
    assert [(answer.window.name, answer.serves) for answer in view.windows_of(trouble)] == [
        ("c", "屋島西町"), ("main", "高松市のそのほかの町"),
    ]  # fmt: skip


def test_a_site_without_troubles_has_no_finder_and_all_its_emergency_numbers(tmp_path: Path) -> None:
    site = site_view(tmp_path, resource("a"))
    assert not site.finder
    assert list(site.finder.paths()) == []
    assert [line.number for line, _ in site.finder.emergency.groups[:3]] == ["119", "110", "#7119"]

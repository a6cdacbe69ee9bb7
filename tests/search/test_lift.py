"""What comes first among records that answer equally well: judged at a fixed moment, for needs and never for names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from node import ask_node
from small_site import resource, searched_site
from tsunagite.search.facet_files import LIFT_PART

WEEKDAYS = {"days": ["月", "火", "水", "木", "金"], "open": "09:00", "close": "17:00"}
SATURDAY = {"days": ["土"], "open": "09:00", "close": "17:00"}
THURSDAY, SATURDAY_NOON, NIGHT = "2026-11-19T10:00", "2026-11-21T12:00", "2026-11-19T23:00"


def meals(name: str, title: str, **fields: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": title,
        "kind": "配食",
        "needs": ["食事"],
        "summary": "弁当を届けます。",
        "verified_on": "2025-01-10",
    }
    return resource(name) | facts | fields


WORLD = (
    meals("aoi", "あおい食堂"),
    meals("ebi", "えび屋", hours=[SATURDAY]),
    meals("kaki", "かき亭", hours=[WEEKDAYS]),
    meals("saji", "さじの家", verified_on="2026-11-01"),
    meals("idea", "食事を届ける食事の会", stage="時間がかかる", needs=["食事"], verified_on=None),
    meals("center", "たんぽぽ包括", kind="地域包括支援センター", support_level=["公助"]),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The index and the columns of WORLD."""
    return published(tmp_path_factory.mktemp("world"), *WORLD)


def published(folder: Path, *records: dict[str, Any]) -> str:
    return str(searched_site(folder, *records))


def ask(site: str, query: str, moment: str) -> dict[str, Any]:
    (answer,) = ask_node("search_queries.mjs", [{"q": query, "moment": moment, "lifted": True}], site)
    return answer


@pytest.mark.parametrize(
    ("moment", "first"),
    [(THURSDAY, ["kaki", "saji", "aoi"]), (SATURDAY_NOON, ["ebi", "saji", "aoi"]), (NIGHT, ["saji", "aoi", "ebi"])],
)
def test_of_equal_records_of_a_kind_the_open_one_comes_first_then_the_one_checked_lately(
    site: str, moment: str, first: list[str]
) -> None:
    assert ask(site, "配食", moment)["ids"][:3] == first


def test_the_window_for_a_need_comes_first_and_says_so(site: str) -> None:
    answer = ask(site, "食事", NIGHT)
    assert answer["ids"][0] == "center"
    assert answer["why"][0] == ["この用件の窓口"]


def test_what_does_not_exist_yet_comes_after_all_that_can_be_used(site: str) -> None:
    assert [ask(site, query, THURSDAY)["ids"][-1] for query in ("食事", "配食")] == ["idea", "idea"]
    assert ask(site, "食事を届ける食事の会", THURSDAY)["ids"][0] == "idea"


def test_of_many_equals_in_several_files_the_open_one_and_the_one_checked_lately_come_first(tmp_path: Path) -> None:
    equals = [meals(f"m{number}", f"食堂{number:04}") for number in range(2 * LIFT_PART)]
    world = [
        *equals,
        meals("open", "食堂9998", hours=[WEEKDAYS]),
        meals("lately", "食堂9999", verified_on="2026-11-01"),
    ]
    answer = ask(published(tmp_path, *world), "配食", THURSDAY)
    assert answer["ids"][:3] == ["open", "lately", "m0"]
    assert answer["why"] == [[], ["半年以内の情報"], []]


def test_a_name_is_found_as_it_is_whatever_is_open(site: str) -> None:
    assert [ask(site, "えび屋", moment)["ids"][0] for moment in (THURSDAY, NIGHT)] == ["ebi", "ebi"]
    assert ask(site, "えび屋", THURSDAY)["why"] is None


def test_the_window_for_a_need_comes_before_names_that_hold_the_word_and_a_kind_asks_for_no_window(
    tmp_path: Path,
) -> None:
    world = (
        meals("shop", "食事どころ 食事"),
        meals("center", "たんぽぽ包括", kind="地域包括支援センター", support_level=["公助"]),
        meals("other", "保健センター", kind="保健所・保健センター", needs=["体を動かす"], summary="食事の相談。"),
    )
    site = published(tmp_path, *world)
    assert ask(site, "食事", NIGHT)["ids"] == ["center", "shop", "other"]  # another need's window stays where it was
    assert ask(site, "配食", NIGHT)["ids"][0] == "shop"


def test_no_window_stands_first_for_a_part_of_a_need_that_it_does_not_give(tmp_path: Path) -> None:
    world = (
        meals("drugs", "薬のみどり", kind="商店・スーパー", needs=["病院・薬"]),
        meals("centre", "保健センター", kind="保健所・保健センター", needs=["病院・薬"]),
    )
    assert ask(published(tmp_path, *world), "薬", NIGHT)["ids"][0] == "drugs"


def test_what_is_true_of_most_results_is_not_said_of_each(tmp_path: Path) -> None:
    lately = [meals(f"m{number}", f"食堂{number}", verified_on="2026-11-01") for number in range(3)]
    site = published(tmp_path, *lately, meals("old", "食堂9"))
    assert ask(site, "配食", NIGHT)["why"] == [[], [], []]


def test_kana_that_say_how_something_is_need_not_be_found_and_are_not_spelt_otherwise(tmp_path: Path) -> None:
    world = (
        meals("near", "ちかい食堂", summary="弁当を届けます。店はたかい所にあります。"),
        meals("far", "遠い食堂"),
        meals("bank", "bank office", kind="銀行・信用金庫", needs=["お金・手続き"], summary="back ではありません。"),
    )
    site = published(tmp_path, *world)
    assert {"near", "far"} <= {*ask(site, "配食がたかい", NIGHT)["ids"]}
    assert ask(site, "配食がきれた", NIGHT)["meant"] == ""
    assert "bank" not in ask(site, "bakk 配食", NIGHT)["meant"]


def test_who_says_in_a_dialect_that_care_wears_them_out_is_led_to_the_window_before_homes(tmp_path: Path) -> None:
    window = meals(
        "window", "たんぽぽ包括", kind="地域包括支援センター", support_level=["公助"], needs=["家族が疲れた"]
    )
    home = meals(
        "home", "介護の家", kind="グループホーム", needs=["介護"], summary="介護をします。嫁いだ人も働いています。"
    )
    site = published(tmp_path, home, window)
    for said in ("嫁が介護でまいっとる", "介護がえらい", "介護がせこい", "介護にまいった"):
        assert ask(site, said, THURSDAY)["ids"][0] == "window", said


def test_of_many_windows_of_a_kind_two_stand_among_the_first_and_the_others_are_told_and_follow(tmp_path: Path) -> None:
    centers = [
        meals(f"c{number}", f"包括{number}", kind="地域包括支援センター", needs=["もの忘れ"]) for number in range(7)
    ]
    homes = [
        meals(f"h{number}", f"もの忘れの家{number}", kind="グループホーム", needs=["もの忘れ"]) for number in range(12)
    ]
    site = published(
        tmp_path, *centers, *homes, meals("health", "保健", kind="保健所・保健センター", needs=["もの忘れ"])
    )
    answer = ask(site, "認知症", NIGHT)
    assert answer["ids"][:4] == ["c0", "c1", "health", "h0"]
    assert answer["ids"][10:15] == ["c2", "c3", "c4", "c5", "c6"]
    assert len(set(answer["ids"])) == len(answer["ids"]) == 20
    assert answer["why"][1] == ["この用件の窓口", "同じ種類の窓口が、下にほか5か所"]
    assert ask(site, "包括", NIGHT)["ids"] == [
        f"c{number}" for number in range(7)
    ]  # who asks for a kind gets all of it


def test_the_window_for_a_need_comes_before_every_name_that_begins_with_the_need(tmp_path: Path) -> None:
    text = "認知症の人の家です。認知症のことを何でも話せます。"
    home = meals("home", "認知症の家", name_kana="にんちしょうのいえ", kind="グループホーム", needs=["もの忘れ"], summary=text, services=["認知症対応型"])  # fmt: skip
    site = published(tmp_path, home, meals("center", "包括", kind="地域包括支援センター", needs=["もの忘れ"]))
    assert [ask(site, query, NIGHT)["ids"][0] for query in ("認知症", "認知症の父が徘徊する")] == ["center"] * 2

"""Search over the demonstration: what people type finds what they mean, in an order they expect, and says what was tried."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.truth import read_records
from node import ask_node

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def asked(built_demo: Path) -> dict[str, dict[str, Any]]:
    """Every query of this file, asked once of the published index."""
    queries = [
        *(query for query, _ in FIRST),
        *ALIKE,
        *(query for query, _, _ in TRIED),
        *NOTHING,
        "男木島",
        "高松市 配食",
        "配食",
        "ゆうごはん",
    ]
    answers = ask_node("search_queries.mjs", [{"q": query} for query in queries], str(built_demo))
    return dict(zip(queries, answers, strict=True))


FIRST = [
    ("図書館", "library"),  # a kind's own records before a park beside a library
    ("中央図書館", "library"),
    ("包括", "support-center"),
    ("ひだまり配食", "hidamari"),
    ("087-839-2811", "support-center-1"),
    ("(087) 839 2811", "support-center-1"),
    ("レインボー通り", "medical"),  # stands in a name as 通 before another kanji
    ("屋島 体操", "yashima-isu"),
    ("みどりが丘公園", "park-15"),
    ("物忘れ", "contact/about/memory"),  # whom to call stands before what to read
    ("虐待かも", "contact/about/family-talk"),
    ("屋島地区 地域ケア会議", "events/yashima-care-meeting"),
    ("高校", "high-school"),  # a name that ends with a word is one of its sort; a kindergarten of a 高校 is none
    ("0878392811", "support-center-1"),
    ("０８７－８３９－２８１１", "support-center-1"),
    ("+81 87-839-2811", "support-center-1"),
    ("2811", "support-center-1"),  # the last digits, as one reads them to another
    ("hospital", "medical"),
    ("libraries", "library"),
    ("public toilet", "public-toilet"),
    ("foreigner consultation", "nijiiro"),
]
ALIKE = ("としょかん", "図書舘", "ﾄｼｮｶﾝ")
TRIED = [
    ("屋島の体操", "cut", ["屋島", "体操"]),
    ("仏生山 まんが喫茶", "dropped", "まんが"),
    ("とじょかん", "meant", "としょかん"),
    ("訪門介護", "meant", "訪問介護"),  # a word typed wrong is mended before a part of it is left out
    ("やしまとしよかん", "meant", "やしま としょかん"),
]
NOTHING = ("ぬぬぬぬぬ", "qqqqqq")
BY_NAME = [  # what is only another name of the same thing is found without synonyms
    ("耳鼻科", "耳鼻咽喉科"), ("目医者", "眼科"), ("とくよう", "特別養護老人ホーム"), ("看多機", "看護小規模"), ("歯医者さん 屋島", "歯科"), ("コンビニ 屋島", "屋島"), ("しゃきょう", "社会福祉協議会"),
]  # fmt: skip
POSTAL = ("760-0074", "7600074", "〒760-0074", "７６０－００７４")
SAID = [  # a sentence: what is known of it must be found, what stands between lifts those that hold it
    ("お風呂に入れない", "訪問入浴"), ("ひとりで病院に行けない母", "外出・通院"), ("倒れていないか心配", "見守り"), ("家の中の段差をなくしたい", "住まい・修理"),
    ("赤ちゃんを連れて遊びに行ける場所", "子育て"), ("目がかすんで新聞が読めません", "眼科"),
]  # fmt: skip
LED = [  # a trouble leads to who helps with it, said as people say it
    ("夜眠れません", "精神科"), ("ひざが痛いんです", "整形外科"), ("家でお風呂に入れてほしい", "訪問入浴介護"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "start"), FIRST)
def test_the_record_people_mean_stands_first(asked: dict[str, dict[str, Any]], query: str, start: str) -> None:
    assert asked[query]["ids"][0].startswith(start), asked[query]["names"]


@pytest.mark.parametrize("query", ALIKE)
def test_a_word_is_found_in_kana_and_in_variant_kanji(asked: dict[str, dict[str, Any]], query: str) -> None:
    assert all(found.startswith("library") for found in asked[query]["ids"][:5])


@pytest.mark.parametrize(("query", "what", "words"), TRIED)
def test_a_query_that_finds_nothing_is_tried_otherwise_and_says_so(
    asked: dict[str, dict[str, Any]], query: str, what: str, words: str | list[str]
) -> None:
    assert asked[query][what] == words
    assert asked[query]["total"] > 0


@pytest.mark.parametrize("query", NOTHING)
def test_what_is_nowhere_is_not_found(asked: dict[str, dict[str, Any]], query: str) -> None:
    assert asked[query]["total"] == 0


def test_the_name_of_the_city_narrows_nothing(asked: dict[str, dict[str, Any]]) -> None:
    assert set(asked["高松市 配食"]["ids"]) == set(asked["配食"]["ids"])


def test_a_place_finds_the_equipment_that_lies_there(asked: dict[str, dict[str, Any]]) -> None:
    assert {"aed-332", "bag-dealer-15"} <= set(asked["男木島"]["ids"])


def test_what_a_place_offers_is_searched_and_what_it_lacks_is_not(built_demo: Path, records: dict[str, str]) -> None:
    (nursery, toilet) = ask_node("search_queries.mjs", [{"q": "一時預かり"}, {"q": "車いすトイレ"}], str(built_demo))
    assert nursery["total"] > 10
    assert [found for found in nursery["ids"] if '"一時預かり": "無"' in records.get(found, "")] == []
    assert {"yashima-isu-taiso", "komorebi-cafe-busshozan"} <= set(toilet["ids"])
    assert "tsubaki-yu" not in toilet["ids"]


def test_a_delicate_page_is_found_by_its_words_under_its_neutral_title(asked: dict[str, dict[str, Any]]) -> None:
    assert asked["虐待かも"]["names"][0].startswith("相談の案内")


def test_filters_leave_what_all_of_them_allow(built_demo: Path) -> None:
    (everything, narrowed, none) = ask_node(
        "search_queries.mjs",
        [
            {"q": "", "address": "area=yashima"},
            {"q": "", "address": "area=yashima&need=exercise"},
            {"q": "", "address": "need=no-such"},
        ],
        str(built_demo),
    )
    assert set(narrowed["ids"]) < set(everything["ids"])
    assert none["total"] == 0


def test_synonyms_can_be_left_out(built_demo: Path) -> None:
    question = [{"q": "リフォーム", "synonyms": synonyms} for synonyms in (True, False)]
    with_them, without = ask_node("search_queries.mjs", question, str(built_demo))
    assert {"synonym": "住まいの手直し", "of": "リフォーム"} in with_them["used"]
    assert without["used"] == []


@pytest.fixture(scope="module")
def records() -> dict[str, str]:
    """All that the file of every record says."""
    return {
        record["id"]: json.dumps(record, ensure_ascii=False, default=str) for record in read_records(ROOT / "resources")
    }


@pytest.mark.parametrize(("queries", "synonyms"), [(BY_NAME, False), (LED, True)], ids=["names", "troubles"])
def test_the_words_of_people_find_the_services_and_departments_of_the_trade(
    built_demo: Path, records: dict[str, str], queries: list[tuple[str, str]], synonyms: bool
) -> None:
    answers = ask_node(
        "search_queries.mjs", [{"q": query, "synonyms": synonyms} for query, _ in queries], str(built_demo)
    )
    for (query, word), answer in zip(queries, answers, strict=True):
        assert answer["total"] >= 3, query
        first = [records[found] for found in answer["ids"] if found in records][
            :3
        ]  # whom to call may stand before them
        assert [word in one for one in first] == [True] * 3, (query, answer["names"])
        assert not answer["used"] or synonyms


def test_a_postal_code_finds_what_lies_in_its_towns(built_demo: Path, records: dict[str, str]) -> None:
    answers = ask_node("search_queries.mjs", [{"q": query} for query in POSTAL], str(built_demo))
    assert len({tuple(answer["ids"]) for answer in answers}) == 1
    assert answers[0]["total"] >= 3
    assert ["桜町一丁目" in records[found] for found in answers[0]["ids"][:3]] == [True] * 3


@pytest.mark.parametrize(("query", "word"), SAID)
def test_a_sentence_as_it_is_spoken_finds_who_helps(
    built_demo: Path, records: dict[str, str], query: str, word: str
) -> None:
    (answer,) = ask_node("search_queries.mjs", [{"q": query}], str(built_demo))
    first = [records[found] for found in answer["ids"] if found in records][:2]
    assert first
    assert [word in one for one in first] == [True] * len(first), answer["names"]


def test_who_searches_for_a_department_does_not_search_for_its_troubles(built_demo: Path) -> None:
    trouble, department = ask_node("search_queries.mjs", [{"q": "腰痛"}, {"q": "整形外科"}], str(built_demo))
    assert {"synonym": "整形外科", "of": "腰痛"} in trouble["used"]
    assert department["used"] == []
    assert set(department["ids"][:20]) <= set(trouble["ids"])


def test_where_little_answers_to_all_words_what_answers_to_most_follows_and_is_said(built_demo: Path) -> None:
    meal, place = ask_node("search_queries.mjs", [{"q": "一人暮らし 弁当"}, {"q": "整形外科 屋島"}], str(built_demo))
    assert 0 < meal["whole"] < meal["total"]
    assert meal["without"] == "一人暮らし"
    assert {"hidamari-haishoku", "yuugohan-bin"} <= set(meal["ids"])
    assert (place["whole"], place["without"]) == (place["total"], "")  # a town is never left out


def test_records_that_ended_or_were_declined_are_not_found(built_faces: Path) -> None:
    (everything,) = ask_node("search_queries.mjs", [{"q": "", "address": "kind=gathering_place"}], str(built_faces))
    (by_name,) = ask_node("search_queries.mjs", [{"q": "サロン"}], str(built_faces))
    assert "ended-salon" not in {*everything["ids"], *by_name["ids"]}

"""What stands in a word by chance is not that word: kanji inside names, other words that are one character away, endings of verbs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from node import ask_node
from small_site import resource, searched_site


def place(id_: str, **fields: Any) -> dict[str, Any]:
    return resource(id_) | fields


WORLD = (
    place("manabe", name="真鍋医院", name_kana="まなべいいん", kind="診療所", needs=["病院・薬"], summary="内科です。"),
    place("hotpot", name="なかよし食堂", name_kana="なかよししょくどう", kind="飲食店・居酒屋・喫茶店", needs=["食事"], summary="冬は鍋を囲みます。"),
    place("kanakura", name="金倉歯科医院", name_kana="かなくらしかいいん", kind="歯科", needs=["病院・薬"]),
    place("money", name="くらしの窓口", name_kana="くらしのまどぐち", kind="生活困窮の相談窓口", needs=["お金・手続き"], summary="お金の相談です。"),
    place("tennis", name="香南庭球場", name_kana="こうなんていきゅうじょう", kind="スポーツ施設", needs=["体を動かす"]),
    place("garden", name="みんなの庭", name_kana="みんなのにわ", needs=["居場所・仲間"], summary="花を植えます。"),
    place("kan", name="菅循環器科", name_kana="かんじゅんかんきか", kind="診療所", needs=["病院・薬"]),
    place("abuse", name="市の窓口", name_kana="しのまどぐち", kind="市役所・支所の窓口", needs=["虐待・暴力"], summary="虐待の通報を受けます。"),
    place("papers", name="税の窓口", name_kana="ぜいのまどぐち", kind="市役所・支所の窓口", needs=["お金・手続き"], summary="介護保険料を納める所です。"),
    place("eyes", name="武田眼科", name_kana="たけだがんか", kind="診療所", needs=["病院・薬"], attributes={"診療科目": "眼科"}),
    place("ears", name="林耳鼻科", name_kana="はやしじびか", kind="診療所", needs=["病院・薬"], attributes={"診療科目": "耳鼻咽喉科"}),
    place("bones", name="森整形外科", name_kana="もりせいけいげか", kind="診療所", needs=["病院・薬"], attributes={"診療科目": "整形外科"}),
    place("carers", name="ひだまり", name_kana="ひだまり", kind="その他の団体・サービス", needs=["家族が疲れた"]),
    place("taxi", name="ゆりかもめ", name_kana="ゆりかもめ", kind="介護タクシー", needs=["外出・通院"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searched_site(tmp_path_factory.mktemp("friends"), *WORLD)


def asked(site: Path, *queries: str) -> list[dict[str, Any]]:
    return ask_node("search_queries.mjs", [{"q": query} for query in queries], str(site))


def test_a_kanji_inside_the_word_of_a_name_stands_behind_all_where_it_is_a_word(site: Path) -> None:
    pot, money, garden = (answer["ids"] for answer in asked(site, "鍋", "金", "庭"))
    assert pot == ["hotpot", "manabe"]
    assert money[0] == "money"
    assert money[-1] == "kanakura"
    assert garden == ["garden", "tennis"]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("虐待 通報先", "虐待 通報の"),  # no kana is a kanji that was typed wrong
        ("介護保険 申請", "介護保険料 申請"),  # another kanji at the end makes another word
        ("かんじの よめない", "かんじゅ よめない"),  # a particle is no typing error
        ("かんじ", "かんじゅ"),
    ],
)
def test_no_other_word_is_put_for_the_one_that_was_typed(site: Path, query: str, wrong: str) -> None:
    (answer,) = asked(site, query)
    assert answer["meant"] != wrong


def test_what_was_typed_wrong_is_still_mended(site: Path) -> None:
    answers = asked(site, "介護タクツー", "ゆりかもぬ", "武田眼化")
    assert [answer["ids"][0] for answer in answers] == ["taxi", "taxi", "eyes"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("目がよう見えん", "eyes"),
        ("目が見えんようになった", "eyes"),
        ("みみが きこえません", "ears"),
        ("耳がよう聞こえんのや", "ears"),
        ("腰が痛うて動けん", "bones"),
        ("腰が痛うてかなわんのじゃけど", "bones"),
        ("病院まで乗せてもらえんやろか", "taxi"),
        ("病院に連れてってほしいんやけど", "taxi"),
        ("介護でまいっとる", "carers"),
        ("介護でまいっとんや", "carers"),
        ("おっとが たたきます", "abuse"),
        ("おばあさんの せわが つかれました", "carers"),
    ],
)
def test_the_speech_of_the_west_and_polite_words_in_kana_find_what_they_mean(
    site: Path, query: str, first: str
) -> None:
    (answer,) = asked(site, query)
    assert answer["ids"][:1] == [first], answer


def test_the_reader_is_told_whole_words(site: Path) -> None:
    for answer in asked(site, "介護でまいっとんや", "介護でまいってしまいます", "腰が痛うてかなわんのじゃけど"):
        assert not [word for word in answer["cut"] if word.endswith(("でまい", "が痛"))], answer["cut"]


def test_few_kana_of_a_sentence_are_not_spelt_otherwise(tmp_path: Path) -> None:
    barber = place(
        "barber", name="カット", name_kana="かっと", kind="その他の団体・サービス", summary="たたくように洗います。"
    )
    site = searched_site(tmp_path, *WORLD, barber)
    assert [answer["meant"] for answer in asked(site, "おっとが たたきます", "かんじの よめない ひと")] == ["", ""]
    assert asked(site, "かつと")[0]["ids"][:1] == ["barber"]

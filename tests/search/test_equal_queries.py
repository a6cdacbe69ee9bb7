"""Equal queries find the same first three: in kana or kanji, with particles, in another order, with one character wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest

from node import ask_node
from small_site import resource, searched_site

AREAS = {
    "records": [
        {"id": "takamatsu", "name": "高松市", "name_kana": "たかまつし", "level": "市", "lg_code": "372013"},
        {"id": "yashima", "name": "屋島", "name_kana": "やしま", "level": "地区", "parent": "takamatsu"},
        {"id": "kita", "name": "木太", "name_kana": "きた", "level": "地区", "parent": "takamatsu"},
    ]
}


def place(name: str, title: str, kana: str, kind: str, need: str, **fields: Any) -> dict[str, Any]:
    facts = {"name": title, "name_kana": kana, "kind": kind, "needs": [need], "summary": f"{kind}です。"}
    return resource(name) | facts | fields


WORLD = (
    place("hikari", "ひかり弁当", "ひかりべんとう", "配食", "食事", service_areas=["yashima"]),
    place("kaede", "かえで配食", "かえではいしょく", "配食", "食事", service_areas=["kita"]),
    place("momiji", "もみじサロン", "もみじさろん", "通いの場・サロン", "居場所・仲間", service_areas=["kita"]),
    place("kiku", "菊の会", "きくのかい", "体操の会", "体を動かす", service_areas=["yashima"]),
    place("ume", "梅体操クラブ", "うめたいそうくらぶ", "体操の会", "体を動かす", service_areas=["kita"]),
    place("takeda", "武田眼科医院", "たけだがんかいいん", "診療所", "病院・薬", attributes={"診療科目": "眼科"}),
    place("hayashi", "林内科医院", "はやしないかいいん", "診療所", "病院・薬", attributes={"診療科目": "内科"}),
    place("library", "中央図書館", "ちゅうおうとしょかん", "図書館", "趣味・役割"),
    place("branch", "夢みらい図書館", "ゆめみらいとしょかん", "図書館", "趣味・役割"),
    place("taxi", "ゆりかもめ", "ゆりかもめ", "介護タクシー", "外出・通院"),
    place("hana", "花みずき", "はなみずき", "グループホーム", "介護"),
    place("satsuki", "さつきヶ丘公園", "さつきがおかこうえん", "公園", "居場所・仲間"),
    place("go", "ひばり号", "ひばりごう", "移動販売", "買い物", service_areas=["yashima"]),
    place("gohan", "みんなのごはん", "みんなのごはん", "こども食堂", "食事", service_areas=["kita"]),
    place("watanabe", "渡邉医院", "わたなべいいん", "診療所", "病院・薬", attributes={"診療科目": "外科"}),
    place("mimamori", "あさひ見守り隊", "あさひみまもりたい", "見守り", "見守り", service_areas=["kita"]),
    place("park", "亀岡公園", "かめおかこうえん", "公園", "居場所・仲間"),
)

EQUAL = [  # what is found first, and ways to ask for it
    (["kaede", "hikari", "gohan"], ["配食", "はいしょく", "ハイショク", "ﾊｲｼｮｸ", "はいしよく", "配食の", "配食を探しています", "配食はありますか", "配食を頼みたい"]),
    (["library", "branch"], ["図書館", "としょかん", "ﾄｼｮｶﾝ", "図書舘", "としよかん", "図書館の", "図書館はどこですか", "図書館を探しています", "図書館へ行きたい"]),
    (["momiji"], ["もみじサロン", "もみじさろん", "モミジサロン", "もみしサロン", "もみじサロソ"]),
    (["kiku"], ["屋島 体操", "やしま たいそう", "体操 屋島", "やしま 体操", "屋島の体操", "屋島で体操", "屋島の体操の会", "屋島の体操を探しています"]),
    (["takeda"], ["眼科", "がんか", "ガンカ", "眼科の", "眼科はどこですか", "眼科を探しています", "武田眼科", "たけだがんか", "武田眼科医員"]),
    (["taxi"], ["介護タクシー", "かいごたくしー", "カイゴタクシー", "介護たくしー", "介護タクシ", "介護タクツー", "介護タクシーは", "介護タクシーの予約", "介護タクシーを探しています"]),
    (["hana"], ["グループホーム", "ぐるーぷほーむ", "ｸﾞﾙｰﾌﾟﾎｰﾑ", "グループ・ホーム", "グルプホーム", "グループホームは", "グループホームを探しています", "花みずき", "はなみずき"]),
    (["park"], ["亀岡公園", "かめおかこうえん", "カメオカコウエン", "龜岡公園", "亀岡公圏", "kameoka", "kameokakoen"]),
    (["ume", "kiku"], ["体操の会", "たいそうのかい", "たいそう", "タイソウ", "体操", "体操会", "体操の合", "体操をしたい", "体操を探しています", "体操の会を探しています"]),
    (["satsuki"], ["さつきヶ丘公園", "さつきが丘公園", "さつきケ丘公園", "さつきがおかこうえん", "さつき丘公園", "satsukigaoka"]),
    (["go"], ["買い物", "買物", "かいもの", "買いもの", "買い物の", "買い物を頼みたい", "買い物に行けない", "移動販売", "いどうはんばい", "移動販買", "移動販売を探しています"]),
    (["gohan", "kaede", "hikari"], ["こども食堂", "子ども食堂", "こども食党", "こども食堂は", "こども食堂を探しています"]),
    (["watanabe"], ["渡邉医院", "渡辺医院", "渡邊医院", "わたなべいいん", "Watanabe", "ワタナベイイン", "渡辺医員"]),
    (["mimamori"], ["見守り", "みまもり", "ミマモリ", "見まもり", "見守", "見守りは", "見守りを探しています", "見守りをしてほしい", "あさひの見守り隊"]),
]  # fmt: skip


BASES = [  # what is typed in kanji, and its kana: names, kinds, needs, areas with a kind
    ("ひかり弁当", "ひかりべんとう"), ("かえで配食", "かえではいしょく"), ("もみじサロン", "もみじさろん"), ("菊の会", "きくのかい"), ("梅体操クラブ", "うめたいそうくらぶ"),
    ("武田眼科医院", "たけだがんかいいん"), ("林内科医院", "はやしないかいいん"), ("中央図書館", "ちゅうおうとしょかん"), ("夢みらい図書館", "ゆめみらいとしょかん"),
    ("ゆりかもめ", "ゆりかもめ"), ("花みずき", "はなみずき"), ("さつきヶ丘公園", "さつきがおかこうえん"), ("ひばり号", "ひばりごう"), ("渡邉医院", "わたなべいいん"),
    ("あさひ見守り隊", "あさひみまもりたい"), ("亀岡公園", "かめおかこうえん"), ("みんなのごはん", "みんなのごはん"), ("武田眼科", "たけだがんか"), ("林内科", "はやしないか"),
    ("配食", "はいしょく"), ("体操の会", "たいそうのかい"), ("図書館", "としょかん"), ("介護タクシー", "かいごたくしー"), ("グループホーム", "ぐるーぷほーむ"), ("公園", "こうえん"),
    ("移動販売", "いどうはんばい"), ("こども食堂", "こどもしょくどう"), ("見守り", "みまもり"), ("診療所", "しんりょうじょ"), ("サロン", "さろん"), ("通いの場", "かよいのば"),
    ("眼科", "がんか"), ("内科", "ないか"), ("外科", "げか"),
    ("食事", "しょくじ"), ("買い物", "かいもの"), ("外出", "おでかけ"), ("居場所", "なかま"), ("体を動かす", "うんどう"), ("介護", "かいご"), ("送迎", "送り迎え"), ("医者", "お医者さん"),
    ("配食サービス", "弁当の宅配"), ("体操", "たいそう"), ("運動", "うんどう"), ("移動スーパー", "移動販売車"), ("福祉タクシー", "ふくしたくしー"),
    ("目医者", "めいしゃ"), ("屋島 移動販売", "やしま いどうはんばい"), ("医院", "いいん"), ("子供食堂", "こどもしょくどう"), ("地域食堂", "みんなの食堂"),
    ("屋島 体操", "やしま たいそう"), ("屋島の体操", "やしまのたいそう"), ("木太 配食", "きた はいしょく"), ("屋島の配食", "やしまのはいしょく"),
    ("木太の見守り", "きた みまもり"), ("屋島の移動販売", "やしまのいどうはんばい"), ("木太のサロン", "きた さろん"), ("屋島の買い物", "やしまのかいもの"), ("木太 こども食堂", "きた こどもしょくどう"),
]  # fmt: skip
ASKED = (
    "{}の",
    "{}は",
    "{}はどこですか",
    "{}を探しています",
    "{}を教えてください",
    "{}はありますか",
    "近くの{}",
    "{}の電話番号",
)
READ_OTHERWISE = ("かえでははいしょく", "やしまのいしょく", "やしまのいもの")
"""Typing errors that make other words: by かえで a 配食; 衣食 and 芋 of 屋島."""
KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def forms_of(word: str, kana: str) -> list[str]:
    """Return ways to ask for one thing: in kana, in katakana, as people ask, in full width, with one kana missing or twice."""
    asked = [form.format(one) for form in ASKED for one in (word, kana)]
    middle = len(kana) // 2
    wrong = (
        [kana[:middle] + kana[middle + 1 :], kana[:middle] + kana[middle - 1 :]]
        if len(kana) > 6 and kana.isalpha()
        else []
    )
    return [
        kana,
        kana.translate(KATAKANA) if kana.isalpha() and not re.search("[一-鿿]", kana) else kana,
        f"　{word}　",
        *asked,
        *wrong,
    ]


IN_LATIN_LETTERS = {  # names as signs and foreign residents write them; others may follow
    "Satsukigaoka park": "satsuki", "Kameoka kōen": "park", "Kameoka Park": "park", "watanabe iin": "watanabe", "yashima 体操": "kiku", "Yashima taisō": "kiku",
    "momiji saron": "momiji", "asahi mimamoritai": "mimamori", "chuo toshokan": "library", "hana mizuki": "hana",
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The ids that every query finds on a site with the records of WORLD."""
    site = searched_site(tmp_path_factory.mktemp("world"), *WORLD, areas__all=AREAS)
    ways = (way for base in BASES for way in (base[0], *forms_of(*base)))
    queries = list(dict.fromkeys((*(query for _, forms in EQUAL for query in forms), *ways, *IN_LATIN_LETTERS)))
    answers = ask_node("search_queries.mjs", [{"q": query} for query in queries], str(site))
    return {query: answer["ids"] for query, answer in zip(queries, answers, strict=True)}


@pytest.mark.parametrize(("first", "forms"), EQUAL, ids=[forms[0] for _, forms in EQUAL])
def test_equal_queries_find_the_same_first_three(
    found: dict[str, list[str]], first: list[str], forms: list[str]
) -> None:
    assert {query: found[query][:3] for query in forms if found[query][:3] != first} == {}


def test_every_way_to_ask_finds_the_same_first_three(found: dict[str, list[str]]) -> None:
    assert len(BASES) >= 60
    assert {word: found[word] for word, _ in BASES if not found[word]} == {}
    others = {
        (word, form): found[form][:3]
        for word, kana in BASES
        for form in forms_of(word, kana)
        if found[form][:3] != found[word][:3] and form not in READ_OTHERWISE
    }
    assert others == {}


def test_a_name_in_latin_letters_finds_its_record_first(found: dict[str, list[str]]) -> None:
    assert {query: found[query] for query, first in IN_LATIN_LETTERS.items() if found[query][:1] != [first]} == {}

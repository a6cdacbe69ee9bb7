"""Questions in Chinese and Vietnamese find what the Japanese words of the vocabulary find, and cost no other query a byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from node import ask_node
from small_site import resource, searched_site

FACTS = {
    "library": ("夢みらい図書館", "図書館", "趣味・役割"),
    "dentist": ("林歯科医院", "歯科", "病院・薬"),
    "hospital": ("香川中央病院", "病院", "病院・薬"),
    "shelter": ("亀岡小学校体育館", "避難場所・避難所", "災害"),
    "meals": ("かえで配食", "配食", "食事"),
    "carers": ("ひだまり", "その他の団体・サービス", "家族が疲れた"),
    "violence": ("女性のへや", "配偶者暴力相談支援センター", "虐待・暴力"),
    "money": ("くらしの窓口", "生活困窮の相談窓口", "お金・手続き"),
    "dementia": ("オレンジの会", "認知症カフェ", "もの忘れ"),
    "rubbish": ("お手伝い隊", "家事・ちょっとした手伝い", "掃除・ごみ出し"),
    "park": ("亀岡公園", "公園", "居場所・仲間"),
    "nursery": ("みどり幼稚園", "保育所・幼稚園", "子育て"),
}

ASKED = {
    "图书馆": "library", "请问图书馆在哪里": "library", "thư viện": "library", "thu vien": "library", "Thư viện ở đâu": "library",
    "牙科": "dentist", "牙医": "dentist", "nha khoa": "dentist", "nha sĩ": "dentist",
    "bệnh viện": "hospital", "benh vien": "hospital",
    "避难所": "shelter", "nơi lánh nạn": "shelter",
    "送餐": "meals", "giao bữa ăn": "meals",
    "照顾家人太累": "carers", "家人照顾太累了": "carers", "Gia đình chăm sóc kiệt sức": "carers",
    "家庭暴力": "violence", "丈夫打我": "violence", "bị chồng đánh": "violence", "bao luc": "violence",
    "没有钱": "money", "toi khong co tien": "money", "tiền và thủ tục": "money",
    "健忘": "dementia", "hay quên": "dementia", "hay quen": "dementia",
    "垃圾": "rubbish", "倒垃圾": "rubbish", "đổ rác": "rubbish",
    "亀岡公园": "park", "幼儿园": "nursery", "mẫu giáo": "nursery",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = (
        resource(id_) | {"name": name, "kind": kind, "needs": [need]} for id_, (name, kind, need) in FACTS.items()
    )
    return searched_site(tmp_path_factory.mktemp("foreign"), *records)


def test_words_of_two_languages_find_what_the_japanese_words_find_first(site: Path) -> None:
    answers = ask_node("search_queries.mjs", [{"q": query} for query in ASKED], str(site))
    found = {query: answer["ids"][:1] for query, answer in zip(ASKED, answers, strict=True)}
    assert found == {query: [id_] for query, id_ in ASKED.items()}


def test_what_is_searched_instead_is_told(site: Path) -> None:
    (answer,) = ask_node("search_queries.mjs", [{"q": "thư viện"}], str(site))
    assert answer["used"][0] == {"synonym": "図書館", "of": "thư viện"}


@pytest.mark.parametrize(
    "query",
    ["図書館", "髙松 図書館", "kameoka kōen", "library", "hospital park", "亀岡公圏", "きかんしゃ", "林歯科医員"],
)
def test_no_query_in_japanese_or_english_fetches_the_words_of_another_language(site: Path, query: str) -> None:
    files = list(site.glob("search/languages/*.json"))
    kept = {path: path.read_bytes() for path in files}
    assert {path.stem for path in files} == {"zh-Hans", "vi"}
    for path in files:
        path.unlink()
    try:
        assert ask_node("search_queries.mjs", [{"q": query}], str(site))  # it would end with a file that is not there
    finally:
        for path, content in kept.items():
            path.write_bytes(content)


def test_every_word_of_another_language_leads_to_a_word_that_finds_something(site: Path) -> None:
    terms = {
        key
        for term in json.loads((site / "search/meta.json").read_text(encoding="utf-8"))["terms"]
        for key in (term[2], *term[3])
    }
    languages = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(site.glob("search/languages/*.json"))]
    for language in languages:
        assert len(language["kanji"]) % 2 == 0
        assert terms & {label for label, _ in language["words"]} >= {"図書館", "歯科", "虐待・暴力"}

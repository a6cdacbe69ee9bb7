"""The search form of a text: what makes no difference, and that the browser's module says the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node import ask_node
from tsunagite.text.search_key import PAIRS, VARIANTS, fold, key, runs

ALIKE = [
    ("買い物", "買物"),
    ("ゴミ出し", "ごみ出し"),
    ("デイサービス", "ディサ-ビス", "ﾃﾞｲｻｰﾋﾞｽ", "でいさーびす"),
    ("百合ヶ丘", "百合が丘", "百合ケ丘"),
    ("朝日町二丁目", "朝日町２丁目", "朝日町2"),
    ("朝日町2丁目14番地1号", "朝日町2-14-1", "朝日町２－１４－１"),
    ("引っ越し", "引越し", "引越"),
    ("見守り", "見守"),
    ("乗り合いタクシー", "乗合タクシー"),
    ("髙松", "高松"),
    ("山﨑", "山崎"),
    ("渡邊", "渡辺", "渡邉"),
    ("𠮷野会館", "吉野会館"),
    ("⻑寿会館⻄", "長寿会館西"),
    ("⾼⽊町", "高木町"),
    ("葛\U000e0100城会館", "葛城会館"),
    ("澤田", "沢田"),
    ("第二十三区", "第23区"),
    ("さくら・体操 クラブ", "さくら体操クラブ"),
    ("コーヒー", "こーひー"),
    ("ＡＥＤ", "aed"),
    ("つづき", "つずき"),
    ("こども食堂", "子ども食堂", "子供食堂", "コドモ食堂"),
    ("障害者", "障がい者", "障碍者"),
    ("車椅子", "車いす", "車イス"),
    ("一人暮らし", "独り暮らし", "ひとり暮らし"),
]
APART = [
    ("一宮", "二宮"),
    ("通いの場", "場"),
    ("十河", "河"),
    ("ビル", "ヒル"),
    ("十一人", "十ひとり"),
    ("配食", "会食"),
    ("屋島東", "屋島西"),
]


@pytest.mark.parametrize("spellings", ALIKE, ids=lambda spellings: spellings[0])
def test_spellings_of_one_word_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_marks_cut_a_text_into_runs_but_a_name_is_one() -> None:
    assert runs("体操（屋島）、お茶") == ("体操", "屋島", "お茶")
    assert key("体操（屋島）") == "体操屋島"


def test_the_table_of_kanji_has_pairs_only_and_no_chain() -> None:
    pairs = dict(zip(VARIANTS[::2], VARIANTS[1::2], strict=True))
    assert not set(pairs) & set(pairs.values())


def in_the_browser(texts: list[str]) -> list[list[object]]:
    (answer,) = ask_node("search_keys.mjs", {"pairs": PAIRS, "texts": texts})
    return answer


def ours(text: str) -> list[object]:
    return [fold(text), list(runs(text)), key(text)]


def test_the_browser_folds_every_example_alike() -> None:
    texts = [text for spellings in ALIKE + APART for text in spellings]
    assert in_the_browser(texts) == [ours(text) for text in texts]


# Node and Python may know different versions of Unicode, so the letters are those people type here.
LETTERS = "子供ども障一人独飯ご一二三十〇四百買物出見守屋島丁目番地号第区髙高邊々〆ヶケがヵいきしちりのをはっァぃーｰ－-‐〜・ 　()ｱﾞﾟabcＺ０19丶\n"


@settings(max_examples=5)  # each example is one run of node with 400 texts
@given(st.randoms(use_true_random=False))
def test_the_browser_folds_any_text_alike(chance) -> None:
    texts = ["".join(chance.choice(LETTERS) for _ in range(chance.randrange(16))) for _ in range(400)]
    assert in_the_browser(texts) == [ours(text) for text in texts]

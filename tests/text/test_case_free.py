"""What tells whose case it is is found, and ordinary words of meetings are left alone."""

from __future__ import annotations

import pytest

from tsunagite.text.case_free import personal_detail, small_count


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("山田太郎さんの家", "name", "山田太郎さん"),
        ("担当は森氏", "name", "森氏"),
        ("鈴木　花子", "name", "鈴木 花子"),
        ("Ａさん（８２歳）", "initial", "Aさん"),
        ("K.T.が転んだ", "initial", "K.T."),
        ("82歳の女性", "age", "82歳"),
        ("市営住宅の３０２号室", "room", "302号室"),
        ("桜町一丁目2-3", "address", "一丁目2-"),
        ("桜町12番地", "address", "12番地"),
        ("昭和12年3月4日生まれ", "birth", "昭和12年3月4日生"),
        ("０９０−１２３４−５６７８", "phone", "090"),
    ],
)
def test_a_personal_detail_is_found(text: str, what: str, words: str) -> None:
    found = personal_detail(text)
    assert found
    assert (found[0], found[1][: len(words)]) == (what, words)


@pytest.mark.parametrize(
    "text",
    [
        "皆さん", "利用者さんの声", "お子さん", "民生委員さん", "八百屋さん", "店の奥さん", "お医者さん", "大工さん", "同様に", "多様な", "様子を見る", "模様",
        "65歳以上", "75歳から", "80代の人", "氏名は書かない", "地域福祉課 係長", "生活支援 担当", "087-839-2811", "一人暮らしの人", "3月10日", "AとBの課題", "2丁目の坂",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert personal_detail(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5人が困った", "5人"),
        ("７人中", "7人"),
        ("3世帯", "3世帯"),
        ("12人", ""),
        ("10件", ""),
        ("一人3枚", ""),
        ("3人目", ""),
        ("数件", ""),
    ],
)
def test_a_small_count_of_people_is_found(text: str, found: str) -> None:
    assert small_count(text) == found

"""Readings: what counts as one, its row, and the order of the 五十音."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text import kana


@pytest.mark.parametrize(
    "written",
    ["さくら", "サクラ", "ｻｸﾗ", "さくら サロン", "えーいーでぃー", "NPOさくら", "ゔぃら・さくら", "だい2さくら"],
)
def test_kana_with_digits_and_letters_is_a_reading(written):
    assert kana.is_reading(kana.as_reading(written))


@pytest.mark.parametrize("written", ["桜", "さくら体操", "さくら！", "", "さくら（北）"])
def test_anything_else_is_none(written):
    assert not kana.is_reading(kana.as_reading(written))


def test_katakana_of_any_width_becomes_hiragana():
    assert kana.as_reading("ｶﾞｰﾃﾞﾝ") == kana.as_reading("ガーデン") == "がーでん"


@pytest.mark.parametrize(
    ("reading", "row"),
    [("あおい", "あ"), ("ぉ", "あ"), ("かい", "か"), ("がい", "か"), ("ざ", "さ"), ("っ", "た"), ("づ", "た"), ("の", "な"), ("ぱん", "は"), ("ぼ", "は"),
     ("み", "ま"), ("ゃ", "や"), ("ろ", "ら"), ("わ", "わ"), ("を", "わ"), ("ん", "わ"), ("ヤマ", "や"), ("ゔぃ", "あ"), ("", ""), ("NPO", ""), ("1", "")],
)  # fmt: skip
def test_a_reading_stands_in_the_row_of_its_first_letter(reading, row):
    assert kana.row_of(reading) == row


def test_voiced_letters_stand_beside_their_plain_form():
    names = ["かんご", "がっこう", "かいご", "きた"]
    assert sorted(names, key=lambda reading: kana.sort_key(reading, "")) == ["かいご", "がっこう", "かんご", "きた"]


def test_names_without_a_reading_come_last():
    assert kana.sort_key("ん", "ん") < kana.sort_key("", "あ")


@given(st.text(max_size=20))
def test_every_reading_has_a_row_or_none(text):
    assert kana.row_of(kana.as_reading(text)) in ("", *kana.ROWS)


@given(st.text(st.characters(min_codepoint=0x30A1, max_codepoint=0x30F6), min_size=1))
def test_every_katakana_word_is_a_reading(text):
    assert kana.is_reading(kana.as_reading(text))

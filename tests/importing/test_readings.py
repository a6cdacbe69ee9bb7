"""Readings are suggestions: corrections first, the dictionary for the rest, nothing where there is none."""

import pytest

from tsunagite.importing import readings
from tsunagite.importing.readings import Reader
from tsunagite.text.kana import is_reading


class Token:
    """A word as the dictionary gives it."""

    def __init__(self, surface: str, reading: str) -> None:
        self.surface = lambda: surface
        self.reading_form = lambda: reading


WORDS = {
    "公園": "コウエン",
    "三谷": "ミヤ",
    "前": "マエ",
    "ヶ": "ケ",
    "原": "ハラ",
    "月見": "ツキミ",
    "5": "ゴ",
    "※": "キゴウ※",
}


@pytest.fixture(autouse=True)
def dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary of eight words, so that these tests say the same wherever they run."""

    def tokens(text: str) -> list[Token]:
        found = []
        while text:
            word = next((word for word in WORDS if text.startswith(word)), text[0])
            found.append(Token(word, WORDS.get(word, word)))
            text = text[len(word) :]
        return found

    monkeypatch.setattr(readings, "_tokenizer", lambda: tokens)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("三谷公園", "みたにこうえん"),
        ("三谷町前公園", "みたにちょうまえこうえん"),
        ("サクラ公園（三谷）", "さくらこうえんみたに"),
        ("月見ヶ原公園", "つきみがはらこうえん"),
        ("ＣＡＦÉ公園", ""),
        ("公園5", "こうえん5"),
        ("※公園", ""),
    ],
)
def test_corrections_come_first_and_the_longest_of_them(name: str, reading: str) -> None:
    found = Reader({"三谷": "みたに", "三谷町": "みたにちょう"}).reading(name)
    assert found == reading
    assert not found or is_reading(found)


def test_without_the_dictionary_there_are_no_readings_and_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)
    reader = Reader({"三谷": "みたに"})
    assert reader.reading("三谷公園") == ""
    assert not reader.available


def test_kana_alone_needs_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)
    reader = Reader({"三谷": "みたに"})
    assert reader.reading("三谷サロン") == "みたにさろん"
    assert reader.available


def test_a_remark_and_a_star_in_a_name_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)
    assert Reader({}).reading("サンダ☆キッズ ※4月から") == "さんだきっず"

"""Furigana: a run of kanji is read whole or not at all, and the browser decides as Python does."""

import re
from pathlib import Path

import pytest

from node import ask_node
from tsunagite.records.load.readings import FILE, built_in_readings
from tsunagite.text.furigana import KANJI, Readings, readings_of_runs

ROOT = Path(__file__).parents[2]
SMALL = {
    "市-": "し", "市民": "しみん", "民生委員": "みんせいいいん", "委員": "いいん", "会社-": "かいしゃ", "旅行": "りょこう", "人": "ひと", "#人": "にん", "#月": "がつ", "月に": "つき", "一度": "いちど",
    "話": "はなし", "話し": "はな", "暮ら": "く", "申し込み": "もう|こ", "-者": "しゃ", "相談": "そうだん", "2日": "ふつか", "23日": "23にち", "お金": "かね", "（月）": "げつ",
    "東京": "とうきょう", "東-": "ひがし", "京都": "きょうと", "-都": "と", "上が": "うえ", "-上": "じょう", "階段": "かいだん", "第-": "だい", "か所": "しょ", "所": "ところ", "=店": "みせ",
}  # fmt: skip


def ruby(text, words=None):
    """Return a text with its readings in brackets."""
    words = SMALL if words is None else words
    for begin, end, reading in reversed(Readings(words).pieces(text)):
        text = f"{text[:begin]}[{text[begin:end]}|{reading}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市民生委員の話", "[市|し][民生委員|みんせいいいん]の[話|はなし]"),  # never 市民 and a rest
        ("市民委員長", "市民委員長"),  # 長 is not known: nothing of it gets a reading
        ("旅行会社", "旅行会社"),  # がいしゃ
        ("会社の人に聞く", "[会社|かいしゃ]の[人|ひと]に聞く"),
        ("5人が", "5[人|にん]が"),
        ("9月に、月に一度", "9[月|がつ]に、[月|つき]に[一度|いちど]"),
        ("人", "人"),  # にん or ひと: a heading does not say
        ("困った人。", "困った[人|ひと]。"),
        ("話が、話して", "[話|はなし]が、[話|はな]して"),
        ("話さない", "話さない"),  # no particle: an unknown form of 話す
        ("家で暮らす", "家で[暮|く]らす"),
        ("相談暮らし", "相談暮らし"),  # ぐらし
        ("相談者に", "[相談|そうだん][者|しゃ]に"),
        ("申し込みの", "[申|もう]し[込|こ]みの"),
        ("2日、12日、23日", "[2日|ふつか]、12日、23[日|にち]"),
        ("お金（月）", "お[金|かね]（[月|げつ]）"),
        ("東京都の", "東京都の"),  # とうきょうと or ひがしきょうと: two ways are none
        ("階段上り口", "階段上り口"),
        ("1か所", "1か[所|しょ]"),  # and not the 所 that could stand alone behind kana
        ("店、薬", "[店|みせ]、薬"),
        ("第3", "[第|だい]3"),
        ("旅行\n会社", "[旅行|りょこう]\n[会社|かいしゃ]"),
    ],
)
def test_a_run_of_kanji_is_read_whole_or_not_at_all(text, expected):
    assert ruby(text) == expected


def test_words_that_only_context_decides_are_not_in_the_dictionary():
    assert not {"今日", "一日", "人気", "上手", "市場", "方", "何", "日", "月", "行っ"} & set(built_in_readings())
    text = "今日は市場で一日、人気の方に行った"
    assert ruby(text, built_in_readings()) == text
    assert ruby("上手に話す", built_in_readings()) == "[上手|じょうず]に[話|はな]す"
    assert (
        ruby("何か所、数か月、何か", built_in_readings()) == "[何|なん]か[所|しょ]、[数|すう]か[月|げつ]、[何|なに]か"
    )
    assert ruby("お茶の間、この間", built_in_readings()) == "お[茶|ちゃ]の[間|ま]、この[間|あいだ]"


def test_every_word_of_the_dictionary_has_a_reading_for_each_of_its_runs_and_stands_there_once():
    lines = [line.split(" ")[0] for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] != ";"]
    assert len(lines) == len(set(lines))
    for word, reading in built_in_readings().items():
        assert len(re.findall(f"[{KANJI}]+", word)) == len(reading.split("|")), word
        assert re.fullmatch(r"[0-9]*[ぁ-ゖー]+(\|[ぁ-ゖー]+)*", reading), word


def test_a_name_is_divided_by_its_kana_or_has_no_reading():
    assert readings_of_runs("屋島の里", "やしまのさと") == "やしま|さと"
    assert readings_of_runs("みんなの家", "ちがうよみ") == ""


def test_browser_and_python_give_the_same_readings_to_the_guides():
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))[::12]]
    texts += ["市民生委員", "2日と12日、1,002日", "第1回", "サービス業者", "上手に", "（月）・（火）"]
    words = {**built_in_readings(), **SMALL}
    expected = [[list(piece) for piece in Readings(words).pieces(text)] for text in texts]
    assert ask_node("readings.mjs", {"words": words, "texts": texts}) == expected
    assert sum(map(len, expected)) > 2_500


def test_nine_of_ten_kanji_of_the_guides_have_a_reading():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "content/processes").glob("*.md"))[:8])
    read = sum(
        len(re.findall(f"[{KANJI}]", text[begin:end])) for begin, end, _ in Readings(built_in_readings()).pieces(text)
    )
    assert read / len(re.findall(f"[{KANJI}]", text)) > 0.85

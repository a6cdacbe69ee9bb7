"""Plain words: which sentences are called hard to read, and which are left alone."""

from __future__ import annotations

from tsunagite.records.load.readings import built_in_loan_words
from tsunagite.text.loan_words import loan_words
from tsunagite.text.plain_words import (
    chain_of_no,
    double_negative,
    kanji_of,
    kanji_runs,
    sentences,
    unexplained_letters,
)


def test_a_sentence_ends_at_its_stop_at_an_item_a_heading_and_a_cell_and_is_counted_as_it_is_read() -> None:
    text = "## 見出し\n\n一行目[^a]の\n続きです。**太い**[字](b.md)！\n\n- 一つ目\n- 二つ目。三つ目\n\n| 甲 | 乙 |\n|---|---|\n| 丙 → 丁 | |\n"
    found = list(sentences(text))
    assert [words for _, words in found] == [
        "見出し", "一行目の続きです。", "太い字！", "一つ目", "二つ目。", "三つ目", "甲", "乙", "丙", "丁",
    ]  # fmt: skip
    assert [text[begin] for begin, _ in found] == ["見", "一", "*", "一", "二", "三", "甲", "乙", "丙", "丁"]


def test_double_negatives_are_found_and_obligations_and_plain_negations_are_not() -> None:
    found = [
        "使えないわけではありません。", "できないこともない。", "なくはない。", "いないとはいえません。", "起きないとは限りません。",
        "使えなくもない。", "行かないわけにはいきません。", "ないでもない。",
    ]  # fmt: skip
    assert [sentence for sentence in found if not double_negative(sentence)] == []
    fine = [
        "届けなければなりません。",
        "少なくはありません。",
        "危なくはない。",
        "使えないことがあります。",
        "なくてはなりません。",
        "ないときは、ないと言います。",
    ]
    assert [sentence for sentence in fine if double_negative(sentence)] == []


def test_three_no_in_a_row_are_a_chain_and_words_that_only_sound_so_are_not() -> None:
    assert chain_of_no("本年の当課の取組の中心は広報です。", 2) == "本年の当課の取組の中心"
    assert chain_of_no("本年の取組の中心は広報です。", 2) == ""
    assert chain_of_no("市のものなので、家のそばの人のこと。", 2) == ""
    assert chain_of_no("一の二の三の四の五", 4) == ""


def test_a_long_run_of_kanji_is_left_alone_where_a_reader_can_look_up_its_parts() -> None:
    assert [*kanji_runs("要保護児童対策地域協議会が開かれます。", 6, ())] == ["要保護児童対策地域協議会"]
    assert [*kanji_runs("認知症疾患医療センター", 6, kanji_of(["認知症疾患医療センター"]))] == []
    assert [*kanji_runs("介護福祉士法第46条", 6, ())] == []
    assert [*kanji_runs("「生活福祉資金貸付制度」の紙", 6, ())] == []
    assert [*kanji_runs("民生委員協議会長会議", 6, ["民生委員"])] == []


def test_an_abbreviation_is_explained_in_brackets_or_in_the_glossary_and_named_once() -> None:
    text = "ACP（人生会議）とBCPとMSW、またMSW。PDFの紙。医療相談員（SW）。"
    assert [*unexplained_letters(text, ["BCP"])] == [(text.index("MSW"), "MSW")]


def test_a_loan_word_is_named_once_with_plain_words_and_left_alone_where_it_is_explained_or_a_name() -> None:
    text = "ニーズを聞きます。アウトリーチとニーズ。ケアマネジメントとモニタリング（訪ねて見ること）。「ビジョン2040」の紙。スキルとコンセプトー。必要の調査（リソース調査）、見本プロセスの手引き。"
    assert [*loan_words(text, ["スキル", "見本プロセスの手引き"], built_in_loan_words())] == [
        (0, "ニーズ", "必要なこと"),
        (text.index("アウトリーチ"), "アウトリーチ", "出向いて支えること"),
        (text.index("コンセプトー"), "コンセプトー", "考え方"),
    ]
    assert [*loan_words("サービスのルールとケア。", [], built_in_loan_words())] == []


def test_no_plain_word_is_a_loan_word_itself() -> None:
    words = built_in_loan_words()
    assert len(words) > 80
    assert [plain for plain in words.values() if [*loan_words(plain, [], words)]] == []

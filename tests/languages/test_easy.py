"""Easy Japanese: every word of the vocabularies has one, and each sentence keeps the rules of the guideline (出入国在留管理庁・文化庁, 2020年8月)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tsunagite.i18n.editions import edition
from tsunagite.records.load.readings import built_in_readings
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.text.furigana import KANJI, Readings
from tsunagite.text.plain_words import double_negative

EASY = edition("easy")
MOST = 40
"""Characters of a sentence, without the blanks between its words. The guideline names no number."""
RESPECTFUL = re.compile(r"いたし|ござい|おります|くださいませ|いただ|ご利用|ご連絡|お申し|お電話|伺")
OF_24_HOURS = re.compile(r"(?<![0-9])(?:1[3-9]|2[0-4])時")
ERA = re.compile("令和|平成|昭和")


def sentences(*more: str) -> Iterator[str]:
    """Yield every sentence that the pages of the edition say, and more, without brackets."""
    texts = [
        *more,
        *EASY.ui.values(),
        *EASY.texts.values(),
        *(text for labels in EASY.labels.values() for text in labels.values()),
    ]
    for text in texts:
        yield from (one.strip() for one in re.split("(?<=[。？])", re.sub("（[^（）]*）", "", text)) if one.strip())


def test_every_kind_condition_and_service_has_an_easy_word() -> None:
    vocabularies = built_in_vocabularies()
    for name in (
        "need",
        "kind_group",
        "kind",
        "access",
        "fee",
        "care_level",
        "department",
        "event_kind",
        "service",
        "language",
    ):
        easy = EASY.labels.get(name, {})
        assert [term.id for term in vocabularies[name] if not (easy.get(term.id) or term.label_easy)] == [], name


def test_sentences_are_short_and_plain() -> None:
    every = [*sentences(*EASY.page.values(), *EASY.browser.values())]
    assert [one for one in every if len(one.replace(" ", "")) > MOST] == []
    assert [one for one in every if RESPECTFUL.search(one)] == []
    assert [one for one in every if double_negative(one.replace(" ", ""))] == []
    assert [one for one in every if OF_24_HOURS.search(one) or ERA.search(one)] == []


def test_nearly_every_kanji_has_a_reading() -> None:
    text = "\n".join(sentences())
    read = sum(end - begin for begin, end, _ in Readings(built_in_readings()).pieces(text))
    assert read / len(re.findall(f"[{KANJI}]", text)) > 0.96

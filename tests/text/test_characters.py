"""Characters from outside: what is repaired, what is named, and that nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text.characters import CharacterChange, clean, is_plain, lost


@pytest.mark.parametrize(
    ("cell", "whole", "change"),
    [
        ("⻑寿会館⻄", "長寿会館西", CharacterChange.RADICAL),
        ("⽊太町", "木太町", CharacterChange.RADICAL),
        (unicodedata.normalize("NFD", "デイサービス"), "デイサービス", CharacterChange.COMPOSED),
        ("見本\u200b会\u00ad館\u202e", "見本会館", CharacterChange.INVISIBLE),
        ("見本&amp;会館<br/>2階", "見本&会館\n2階", CharacterChange.ENTITY),
        ("&#39640;松", "高松", CharacterChange.ENTITY),
        ('="見本""会館"', '見本"会館', CharacterChange.GUARD),
        ("'087-839-2811", "087-839-2811", CharacterChange.GUARD),
    ],
)
def test_damage_of_other_programs_is_repaired_and_named(cell: str, whole: str, change: CharacterChange) -> None:
    assert clean(cell) == (whole, (change,))
    assert not is_plain(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "髙﨑会館",
        "𠮷野",
        "葛\U000e0100城",
        "\ufa19社",
        "a?b=1&copy=2",
        "Tom's café",
        "何ですか?",
        "1 < 2",
        "O'Neil & Co.",
        "R&D",
    ],
)
def test_what_somebody_meant_stays_as_it_is(cell: str) -> None:
    assert (clean(cell), lost(cell)) == ((cell, ()), "")


@pytest.mark.parametrize("cell", ["見本\ue000会館", "見本\ufffd", "〓田", "見本?田会館", "\U000f0000"])
def test_lost_characters_are_found_and_left_for_a_person(cell: str) -> None:
    assert lost(cell)
    assert clean(cell)[0] == cell


@given(st.text())
def test_a_clean_text_needs_no_more_cleaning_of_its_characters_and_plain_texts_none(text: str) -> None:
    once, _ = clean(text)
    assert not is_plain(text) or once == text
    assert not any(
        unicodedata.normalize("NFC", part) != part
        for part in once
        if not "\uf900" <= part <= "\ufaff" and part < "\U0002f800"
    )

"""Telephone numbers: which can exist, which are made up, and what a telephone dials."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text import phones


@pytest.mark.parametrize(
    "number",
    [
        "087-839-2811",
        "０８７－８３９－２８１１",
        "087(839)2811",
        "0878392811",
        "0120-279-338",
        "+81 87-839-2811",
        "119",
        "#7119",
        "＃８０００",
    ],
)
def test_numbers_that_can_exist_are_possible(number):
    assert phones.is_possible(number)


@pytest.mark.parametrize(
    "number", ["839-2811", "087-839-281", "087-839-28111", "", "電話なし", "999", "#9999", "087-839-2811 内線3"]
)
def test_numbers_that_cannot_exist_are_not(number):
    assert not phones.is_possible(number)


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("087-839-2811", "tel:+81878392811"),
        ("0120-279-338", "tel:+81120279338"),
        ("119", "tel:119"),
        ("#7119", "tel:%237119"),
        ("＃7119", "tel:%237119"),
        ("なし", ""),
    ],
)
def test_a_telephone_dials_the_full_number_but_short_ones_as_they_are(number, dialled):
    assert phones.tel_href(number) == dialled


@pytest.mark.parametrize(
    "number",
    [
        "090-0000-0000",
        "070-0000-0000",
        "０８０－００００－００００",
        "+81-90-0000-0000",
        "09000000000",
        "090 0000 0000",
    ],
)
def test_mobile_numbers_are_known_by_their_beginning(number):
    assert phones.is_mobile(number)


@pytest.mark.parametrize("number", ["087-839-2811", "0120-279-338", "119", "050-0000-0000", "090-0000-000"])
def test_other_numbers_are_not_mobile(number):
    assert not phones.is_mobile(number)


def test_made_up_numbers_are_known_in_any_width():
    assert phones.is_sample("087-000-1234")
    assert phones.is_sample("０８７－０００－１２３４")
    assert not phones.is_sample("087-001-1234")


def test_numbers_are_found_inside_a_sentence_with_their_place():
    assert list(phones.numbers_in("代表087-839-2811、予約0120-279-338")) == [(2, "087-839-2811"), (17, "0120-279-338")]


def test_mobile_numbers_are_found_inside_a_sentence():
    found = phones.mobile_numbers_in(
        "会長の携帯０９０－１１１１－２２２２、夜は080ー3333ー4444か07055556666へ。代表は087-839-2811、番号は3709012345678"
    )
    assert found == ["090-1111-2222", "080ー3333ー4444", "07055556666"]


def test_the_grouping_is_kept_as_written():
    assert phones.plain_phone("087（839）2811") == "087-839-2811"
    assert phones.plain_phone("0878ー39ー2811") == "0878-39-2811"


@given(st.text(max_size=40))
def test_any_text_is_judged_without_an_error(text):
    assert isinstance(phones.is_possible(text), bool)
    if phones.is_possible(text):
        assert phones.tel_href(text).startswith("tel:")


@given(st.text(max_size=30) | st.text("0123456789+-#*;=,?&%()（）ー tel:phonecontextw", max_size=40))
def test_a_telephone_link_dials_digits_and_nothing_else(text):
    assert re.fullmatch(r"(tel:(\+|%23)?[0-9]+)?", phones.tel_href(text))


@pytest.mark.parametrize(
    "number",
    ["087-839-2811;phone-context=evil.example", "087-839-2811,,,1#", "tel:087-839-2811?body=x", "0878392811;ext=*67"],
)
def test_what_stands_behind_a_number_is_not_dialled(number):
    assert phones.tel_href(number) in {"tel:+81878392811", ""}

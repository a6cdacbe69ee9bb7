"""One cell of a list may say several things, or nothing that can be used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text.cells import compact_days, one_line, phones_in, web_addresses_in, with_zero
from tsunagite.text.dates import DAYS, parse_days


@pytest.mark.parametrize(
    ("cell", "numbers", "labels", "rest"),
    [
        ("０８７ー８３９ー２８１１", ["087-839-2811"], [""], ""),
        ("087(839)2811", ["087-839-2811"], [""], ""),
        ("087-839-2811/090-1234-5678", ["087-839-2811", "090-1234-5678"], ["", ""], ""),
        ("087-839-2811（代表）", ["087-839-2811"], ["代表"], ""),
        ("087-839-2811、839-2363", ["087-839-2811"], [""], "839-2363"),
        ("087-839-2811~3", ["087-839-2811"], [""], "3"),
        ("#7119", ["#7119"], [""], ""),
        ("℡087-839-2811", ["087-839-2811"], [""], ""),
        ("087.839.2811", ["087-839-2811"], [""], ""),
        ("〔087〕839-2811", ["087-839-2811"], [""], ""),
        ("+81 (0)87-839-2811", ["087-839-2811"], [""], ""),
        ("代表 087-839-2811 夜間 087-839-2363", ["087-839-2811", "087-839-2363"], ["代表", "夜間"], ""),
        ("TEL/FAX 087-839-2811", ["087-839-2811"], ["電話・ファクス兼用"], ""),
        ("087-839-2811（FAX兼用）", ["087-839-2811"], ["電話・ファクス兼用"], ""),
        ("087-839-28112", [], [], "087-839-28112"),
        ("839-2811", [], [], "839-2811"),
        ("-", [], [], "-"),
    ],
)
def test_numbers_of_a_cell_are_found(cell: str, numbers: list[str], labels: list[str], rest: str) -> None:
    found, left = phones_in(cell)
    assert ([phone.number for phone in found], [phone.label for phone in found], left) == (numbers, labels, rest)


def test_a_fax_is_the_number_that_the_word_stands_before() -> None:
    for cell in (
        "087-839-2811（FAX 087-839-2363）",
        "TEL087-839-2811 FAX087-839-2363",
        "電話：087-839-2811、ファクス：087-839-2363",
    ):
        found, _ = phones_in(cell)
        assert [(phone.number, phone.fax) for phone in found] == [("087-839-2811", False), ("087-839-2363", True)]


def test_a_shared_number_is_a_telephone_and_an_extension_stands_apart() -> None:
    assert [phone.fax for phone in phones_in("電話・FAX共通 087-839-2811")[0]] == [False]
    assert [(phone.number, phone.label, phone.extension) for phone in phones_in("087-839-2811（内線123）")[0]] == [
        ("087-839-2811", "", "123")
    ]


def test_a_number_with_a_lost_zero_is_proposed_only_where_it_can_exist() -> None:
    assert [with_zero(cell) for cell in ("87-839-2811", "878392811", "839-2811", "087-839-2811", "1234567890")] == [
        "087-839-2811",
        "0878392811",
        "",
        "",
        "",
    ]


def test_an_address_cut_by_a_blank_is_left_out_because_it_would_lead_elsewhere() -> None:
    assert web_addresses_in("https://example.jp/保育所　さくら/") == []
    assert web_addresses_in("https://example.jp/保育所さくら/") == ["https://example.jp/保育所さくら/"]


@given(st.lists(st.sampled_from(DAYS), min_size=1, unique=True))
def test_compact_weekdays_read_back_the_same(days: list[str]) -> None:
    in_order = tuple(day for day in DAYS if day in days)
    assert parse_days(compact_days(in_order)) == in_order


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line

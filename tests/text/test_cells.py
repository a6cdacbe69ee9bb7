"""One cell of a list may say several things, or nothing that can be used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.text.cells import compact_days, one_line, phones_in, web_addresses_in
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
        ("839-2811", [], [], "839-2811"),
        ("-", [], [], "-"),
    ],
)
def test_numbers_of_a_cell_are_found(cell: str, numbers: list[str], labels: list[str], rest: str) -> None:
    found, left = phones_in(cell)
    assert ([phone.number for phone in found], [phone.label for phone in found], left) == (numbers, labels, rest)


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

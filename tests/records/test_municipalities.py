"""The table of all municipalities: whole, with right codes, and found by code, name and file name."""

from __future__ import annotations

import pytest

from tsunagite.records.load.municipalities import check_digit, municipalities, named_in, of_code, of_name


def test_all_1741_municipalities_have_a_right_code_a_name_and_a_reading() -> None:
    found = municipalities()
    assert (len(found), len({one.code for one in found}), len({one.prefecture for one in found})) == (1741, 1741, 47)
    assert all(check_digit(one.code[:5]) == one.code[5] and one.name[-1] in "市区町村" and one.reading for one in found)


@pytest.mark.parametrize(
    ("code", "name"),
    [("372013", "高松市"), ("37201", "高松市"), ("３７２０１３", "高松市"), ("12025", "函館市"), ("131130", "渋谷区"), ("271021", "大阪市"),
     ("372014", ""), ("999999", ""), ("37", ""), ("高松市", "")],
)  # fmt: skip
def test_a_code_gives_its_municipality(code: str, name: str) -> None:
    found = of_code(code)
    assert (found.name if found else "") == name


@pytest.mark.parametrize(
    ("file", "name"),
    [("382019_aed", "松山市"), ("【柳井市】医療機関一覧（令和5年4月1日時点）", "柳井市"), ("周防大島町_文化財一覧", "周防大島町"), ("20240401_aed", ""),
     ("横浜市・川崎市の一覧", ""), ("府中市の一覧", ""), ("list", "")],
)  # fmt: skip
def test_a_file_name_tells_whose_list_it_is_where_it_names_one_municipality(file: str, name: str) -> None:
    found = named_in(file)
    assert (found.name if found else "") == name


def test_a_name_that_two_have_needs_its_prefecture() -> None:
    assert of_name("府中市") is None
    assert (found := of_name("府中市", "広島県")) is not None
    assert found.code == "342084"

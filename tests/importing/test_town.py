"""Rows of other towns are left out; addresses and points are completed by what is known."""

import json
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.draft import Draft, Dropped, Reason
from tsunagite.importing.mapping.fields import values_of
from tsunagite.importing.mapping.town import Town, resolve_location, settle_swapped, stated_towns
from tsunagite.importing.tables.table_file import Row as TableRow
from tsunagite.importing.tables.table_file import Table, read_table
from tsunagite.text.towns import town_key, town_named_by

ROOT = Path(__file__).resolve().parent.parent.parent

TOWN = Town("高松市", ("三木町", "木田郡三木町"), lambda lat, _lng: 34 < lat < 35)


def place(**location: Any) -> Draft | Dropped:
    return resolve_location(Draft(7, {"id": "a-1", "name": "さくら", "location": location}, file="b.csv"), TOWN)


@pytest.mark.parametrize("address", ["木田郡三木町池戸1", "三木町池戸1", "香川県 木田郡三木町池戸1"])
def test_a_row_with_the_address_of_a_neighbour_is_dropped_wherever_its_point_lies(address: str) -> None:
    row = place(address=address, lat=34.3, lng=134.1)
    assert isinstance(row, Dropped)
    assert (row.why, row.detail, row.row, row.file) == (Reason.OTHER_TOWN, address, 7, "b.csv")


@pytest.mark.parametrize(
    ("address", "own"),
    [("高松市木田郡三木町池戸1", "木田郡三木町池戸1"), ("香川県高松市三木町氷上482番地2", "三木町氷上482番地2")],
)
def test_a_town_written_before_the_address_of_a_neighbour_does_not_move_the_place(address: str, own: str) -> None:
    row = place(address=address, lat=36.0, lng=134.1)
    assert isinstance(row, Dropped)
    assert (row.why, row.detail) == (Reason.OTHER_TOWN, own)


def test_a_part_of_the_town_that_is_called_like_a_neighbour_stays() -> None:
    row = place(address="高松市三木町1-1", lat=34.3, lng=134.1)
    assert isinstance(row, Draft)
    assert row.data["location"]["address"] == "高松市三木町1-1"


def test_a_row_that_names_no_town_and_lies_outside_is_dropped() -> None:
    row = place(address="栄町1-1", lat=36.0, lng=134.1)
    assert isinstance(row, Dropped)
    assert row.why is Reason.OTHER_TOWN


def test_a_point_outside_is_left_out_where_the_address_names_the_town() -> None:
    row = place(address="高松市栄町1-1", lat=36.0, lng=134.1)
    assert isinstance(row, Draft)
    assert row.data["location"] == {"address": "高松市栄町1-1"}
    assert [repair.why for repair in row.repairs] == [Reason.POINT_OUTSIDE]


@pytest.mark.parametrize("address", ["高松市栄町1-1", "香川県高松市栄町1-1", "髙松市栄町1-1", "高松市 栄町1-1"])
def test_an_address_that_names_the_town_stays_as_written(address: str) -> None:
    row = place(address=address)
    assert isinstance(row, Draft)
    assert (row.data["location"]["address"], row.repairs) == (address, ())


def test_a_missing_town_is_added() -> None:
    row = place(address="栄町1-1", lat=34.3, lng=134.1)
    assert isinstance(row, Draft)
    assert row.data["location"]["address"] == "高松市栄町1-1"
    assert [repair.why for repair in row.repairs] == [Reason.CITY_ADDED]


def test_a_building_that_the_address_holds_already_is_not_said_twice() -> None:
    row = place(address="高松市栄町１－１桜ビル　2階", building="桜ビル2階")
    assert isinstance(row, Draft)
    assert "building" not in row.data["location"]
    assert [repair.why for repair in row.repairs] == [Reason.BUILDING_REPEATED]


def test_a_row_without_any_place_is_left_alone() -> None:
    draft = Draft(2, {"id": "a-1", "name": "さくら"})
    assert resolve_location(draft, TOWN) is draft


TOWNS = {
    town_key(name): (name, lat, lng)
    for name, lat, lng in (
        ("朝日町一丁目", 34.35, 134.06),
        ("錦町二丁目", 34.345, 134.045),
        ("屋島西町", 34.34, 134.1),
        ("新田町", 34.33, 134.1),
    )
}
GAZETTEER = Town("高松市", ("三木町",), None, "香川県", TOWNS)


def geocoded(address: str, **location: Any) -> dict[str, Any]:
    row = resolve_location(
        Draft(7, {"id": "a-1", "name": "さくら", "location": {"address": address, **location}}), GAZETTEER
    )
    assert isinstance(row, Draft)
    return {**row.data["location"], "whys": [repair.why.value for repair in row.repairs]}


@pytest.mark.parametrize(
    ("address", "lat"),
    [
        ("高松市朝日町一丁目5-1", 34.35),
        ("〒760-0064 香川県高松市朝日町１丁目５－１", 34.35),
        ("高松市錦町2-14-1", 34.345),
        ("高松市大字屋島西町字浜1番地", 34.34),
        ("高松市新田町甲34", 34.33),
        ("朝日町1-5", 34.35),
    ],
)
def test_an_address_without_a_point_gets_the_middle_of_its_town_and_says_so(address: str, lat: float) -> None:
    found = geocoded(address)
    assert (found["lat"], found["geo_precision"]) == (lat, "town")
    assert found["geo_source"].endswith("の代表点")
    assert "town_point" in found["whys"]


@pytest.mark.parametrize("address", ["高松市新田町西9", "高松市知らない町1", "高松市"])
def test_an_address_that_names_no_known_town_gets_no_point(address: str) -> None:
    assert "lat" not in geocoded(address)


def test_a_point_far_from_the_town_of_its_address_is_kept_and_told() -> None:
    found = geocoded("高松市新田町甲34", lat=34.2, lng=134.0)
    assert (found["lat"], found["whys"]) == (34.2, ["point_far"])
    assert geocoded("高松市新田町甲34", lat=34.331, lng=134.101)["whys"] == []


def test_the_addresses_of_real_lists_are_found_in_the_town_table() -> None:
    towns = {
        town_key(one["town"]): None
        for one in json.loads((ROOT / "resources/areas/files/towns_takamatsu.json").read_text(encoding="utf-8"))
    }
    for file, least in (("hospital", 611), ("community_center", 52), ("park", 308)):
        [path] = (ROOT / "resources/sources/files").glob(f"{file}.*")
        table, _ = read_table(path, path.name)
        assert table is not None
        column = table.header.index("address")
        assert sum(bool(town_named_by(row.cells[column], towns, "香川県", "高松市")) for row in table.rows) >= least, (
            file
        )


YOKOTE = Town("横手市", cities=frozenset({"湯沢市", "高松市", "津市"}), prefecture="秋田県")


def at(address: str, stated: str = "", **more: Any) -> Draft | Dropped:
    return resolve_location(
        Draft(7, {"id": "a-1", "name": "さくら", "location": {"address": address}}, file="b.csv"),
        YOKOTE,
        stated,
        **more,
    )


@pytest.mark.parametrize(
    "address", ["湯沢市字沖鶴1", "秋田県湯沢市字沖鶴1", "雄勝郡羽後町西馬音内1", "岩手県北上市芳町1-1"]
)
def test_a_neighbour_keeps_its_own_name_and_is_left_out_or_kept_as_the_list_says(address: str) -> None:
    row = at(address)
    assert isinstance(row, Dropped)
    assert (row.why, row.detail) == (Reason.OTHER_TOWN, address)
    kept = at(address, keep=True)
    assert isinstance(kept, Draft)
    assert (kept.data["location"]["address"], [repair.why for repair in kept.repairs]) == (
        address,
        [Reason.OUTSIDE_KEPT],
    )


@pytest.mark.parametrize(
    ("address", "whole"),
    [("朝日町1-1", "横手市朝日町1-1"), ("津市場町2", "横手市津市場町2"), ("秋田県横手市前郷3", "秋田県横手市前郷3")],
)
def test_a_part_of_the_city_with_the_name_of_another_town_is_no_other_town(address: str, whole: str) -> None:
    row = at(address)
    assert isinstance(row, Draft)
    assert row.data["location"]["address"] == whole


def test_the_column_beside_the_address_says_whose_town_it_is() -> None:
    table = Table(("所在地_全国地方公共団体コード", "名称", "市区町村名"), (
        TableRow(2, ("052078", "a", "")), TableRow(3, ("", "b", "雄勝郡羽後町")), TableRow(4, ("", "c", ""))))  # fmt: skip
    assert stated_towns(table) == {2: "湯沢市", 3: "羽後町"}
    outside = at("朝日町1-1", "湯沢市")
    assert isinstance(outside, Dropped)
    assert outside.detail == "湯沢市 朝日町1-1"
    assert isinstance(at("横手市前郷3", "湯沢市"), Draft), "the address itself is surer"


SWAPPED = {"location.lat": [("緯度", "134.05")], "location.lng": [("経度", "34.34")]}


def swapped_row(**location: Any) -> Draft:
    """Return a row whose latitude and longitude stand in each other's column, as it comes out of its cells."""
    values, repairs = values_of(SWAPPED)
    point = {key.partition(".")[2]: value for key, value in values.items()}
    return Draft(7, {"id": "a-1", "name": "さくら", "location": {**location, **point}}, tuple(repairs))


def test_a_latitude_in_the_column_of_longitudes_is_set_right_where_the_outline_of_the_town_proves_it() -> None:
    row = settle_swapped(swapped_row(address="高松市栄町1"), lambda lat, lng: (lat, lng) == (34.34, 134.05))
    assert row.data["location"] == {"address": "高松市栄町1", "lat": 34.34, "lng": 134.05}
    [repair] = row.repairs
    assert (repair.column, repair.read, repair.became, repair.why) == (
        "緯度・経度",
        "134.05, 34.34",
        "34.34, 134.05",
        Reason.COORDINATES_SWAPPED,
    )


@pytest.mark.parametrize("holds", [None, lambda _lat, _lng: False])
def test_without_an_outline_that_proves_it_a_swapped_point_is_only_proposed(holds: Any) -> None:
    row = settle_swapped(swapped_row(address="高松市栄町1"), holds)
    assert row.data["location"] == {"address": "高松市栄町1"}
    [repair] = row.repairs
    assert (repair.became, repair.proposal) == ("", "34.34, 134.05")
    assert "location" not in settle_swapped(swapped_row(), holds).data

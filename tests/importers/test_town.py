"""Rows of other towns are left out; addresses and points are completed by what is known."""

from typing import Any

import pytest

from tsunagite.importers.town import Town, settled
from tsunagite.model.draft import Draft, Dropped, Why

TOWN = Town("高松市", ("三木町", "木田郡三木町"), lambda lat, _lng: 34 < lat < 35)


def place(**location: Any) -> Draft | Dropped:
    return settled(Draft(7, {"id": "a-1", "name": "さくら", "location": location}, file="b.csv"), TOWN)


@pytest.mark.parametrize("address", ["木田郡三木町池戸1", "三木町池戸1", "香川県 木田郡三木町池戸1"])
def test_a_row_with_the_address_of_a_neighbour_is_dropped_wherever_its_point_lies(address: str) -> None:
    row = place(address=address, lat=34.3, lng=134.1)
    assert isinstance(row, Dropped)
    assert (row.why, row.detail, row.row, row.file) == (Why.OTHER_TOWN, address, 7, "b.csv")


def test_a_row_that_names_no_town_and_lies_outside_is_dropped() -> None:
    row = place(address="栄町1-1", lat=36.0, lng=134.1)
    assert isinstance(row, Dropped)
    assert row.why is Why.OTHER_TOWN


def test_a_point_outside_is_left_out_where_the_address_names_the_town() -> None:
    row = place(address="高松市栄町1-1", lat=36.0, lng=134.1)
    assert isinstance(row, Draft)
    assert row.data["location"] == {"address": "高松市栄町1-1"}
    assert [repair.why for repair in row.repairs] == [Why.POINT_OUTSIDE]


@pytest.mark.parametrize("address", ["高松市栄町1-1", "香川県高松市栄町1-1", "髙松市栄町1-1", "高松市 栄町1-1"])
def test_an_address_that_names_the_town_stays_as_written(address: str) -> None:
    row = place(address=address)
    assert isinstance(row, Draft)
    assert (row.data["location"]["address"], row.repairs) == (address, ())


def test_a_missing_town_is_added() -> None:
    row = place(address="栄町1-1", lat=34.3, lng=134.1)
    assert isinstance(row, Draft)
    assert row.data["location"]["address"] == "高松市栄町1-1"
    assert [repair.why for repair in row.repairs] == [Why.CITY_ADDED]


def test_a_building_that_the_address_holds_already_is_not_said_twice() -> None:
    row = place(address="高松市栄町１－１桜ビル　2階", building="桜ビル2階")
    assert isinstance(row, Draft)
    assert "building" not in row.data["location"]
    assert [repair.why for repair in row.repairs] == [Why.BUILDING_REPEATED]


def test_a_row_without_any_place_is_left_alone() -> None:
    draft = Draft(2, {"id": "a-1", "name": "さくら"})
    assert settled(draft, TOWN) is draft

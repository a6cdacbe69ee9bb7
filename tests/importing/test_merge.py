"""One facility in several lists is one record; what is doubtful is two records until a person decides."""

from itertools import permutations
from math import cos, pi, radians, sin
from typing import Any

import pytest

from tsunagite.importing.draft import Draft
from tsunagite.importing.facility import SAME_PLACE, FacilityPlace, together
from tsunagite.importing.match.merge import Merging, keys_around, keys_of_place, merge
from tsunagite.records.model.source import Source
from tsunagite.text.names import address_key, name_key

METRE = 1 / 111_320  # degrees of latitude


def source(source_id: str, priority: int, **more: Any) -> Source:
    base: dict[str, Any] = {
        "id": source_id, "name": f"{source_id}一覧", "owner": "見本市", "licence": "CC BY 4.0", "credit": "見本市",
        "data_date": "2026-09-01", "file": "files/a.csv", "into": "public", "priority": priority,
        "id_rule": {"prefix": source_id, "number": "番号"}, "columns": {"名称": "name"},
    }  # fmt: skip
    return Source.model_validate(base | more)


SCHOOLS = source("school", 10)
HALLS = source("hall", 20)
SHELTERS = source("shelter", 70, label="避難所")
AEDS = source("aed", 90, label="AED")
OFFICES = source("office", 35, id_rule={"prefix": "office", "number": "番号", "several_rows": True})


def row(
    of: Source, number: int | str, name: str, address: str = "", metres: float | None = None, **more: Any
) -> tuple[Source, Draft]:
    location: dict[str, Any] = {"address": address} if address else {}
    if metres is not None:
        location |= {"lat": 34.34 + metres * METRE, "lng": 134.05}
    line = more.pop("line", int(number) + 1 if str(number).isdigit() else 2)
    rank = more.pop("rank", 0)
    data = {"id": f"{of.id}-{number}", "name": name, "kind": "その他の公共施設", "location": location, **more}
    data["sources"] = [{"source": of.id, "row": str(number)}]
    return of, Draft(line, {key: value for key, value in data.items() if value != {}}, rank=rank)


def joined(*rows: tuple[Source, Draft], decided: dict[frozenset[str], bool] | None = None) -> Merging:
    return merge(rows, decided or {})


def ids(merging: Merging) -> list[str]:
    return sorted(draft.id for drafts in merging.records.values() for draft in drafts)


def record(merging: Merging, record_id: str) -> dict[str, Any]:
    return next(draft.data for drafts in merging.records.values() for draft in drafts if draft.id == record_id)


def test_a_school_that_is_a_shelter_and_has_an_aed_is_one_record_with_three_sources() -> None:
    merging = joined(
        row(SCHOOLS, 1, "見本市立さくら小学校", "見本市桜町二丁目7-7", 0, phones=[{"number": "087-839-2811"}]),
        row(SHELTERS, 5, "さくら小学校", "見本市桜町2-7-7", 40, attributes={"洪水": "○"}),
        row(AEDS, 9, "さくら小学校", "桜町2丁目7番7号", 90, attributes={"設置場所": "職員室"}),
    )
    assert ids(merging) == ["school-1"]
    one = record(merging, "school-1")
    assert one["attributes"] == {"避難所": "洪水 ○", "AED": "設置場所 職員室"}
    assert [found["source"] for found in one["sources"]] == ["school", "shelter", "aed"]
    assert {key: [(m.row, m.into) for m in rows] for key, rows in merging.merged.items()} == {
        "shelter": [(6, "school-1")],
        "aed": [(10, "school-1")],
    }


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [
        row(AEDS, 9, "さくら会館", "桜町1", 0, attributes={"設置場所": "玄関"}),
        row(HALLS, 3, "見本市さくら会館", "桜町1", 10),
        row(SHELTERS, 5, "さくら会館", "桜町1", 20, attributes={"洪水": "○"}),
    ]
    results = [joined(*order) for order in permutations(rows)]
    assert {repr((sorted(result.records.items()), result.uncertain)) for result in results} == {
        repr((sorted(results[0].records.items()), []))
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("見本市立さくら小学校", "さくら小学校体育館"),
        ("社会福祉法人　さくら会", "社会福祉法人さくら会"),
        ("医療法人社団　花咲会　さくら病院", "さくら病院"),
        ("（株）サクラ", "株式会社サクラ"),
        ("さくらホール（市民ホール）", "さくらホール"),
        ("高松中央高等学校", "高松中央高校"),
        ("髙松ビル", "高松ビル"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("さくら小学校", "さくら小学校跡施設"),
        ("さくら第一公園", "さくら第二公園"),
        ("高松市民文化センター", "文化センター"),
        ("高松市社会福祉協議会", "高松市社会福祉協議会 牟礼支所"),
        ("国分寺町体育館", "牟礼町体育館"),
    ],
)
def test_names_that_are_not_the_same(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("香川県高松市錦町二丁目14番1号", "錦町2-14-1"),
        ("高松市錦町2-14-1", "錦町2-14-1"),
        ("錦町２丁目１４－１　錦ビル3階", "錦町2-14-1"),
        ("高松市香南町大字由佐113番地1", "香南町由佐113-1"),
        ("髙松市朝日町十二丁目17番", "朝日町12-17"),
        ("高松市サンポート", ""),
        ("", ""),
    ],
)
def test_addresses_are_compared_down_to_the_last_number(address: str, key: str) -> None:
    assert address_key(address) == key


@pytest.mark.parametrize(
    ("metres", "records", "pairs"), [(50, 1, 0), (100, 2, 1), (290, 2, 1), (320, 2, 0), (5000, 2, 0)]
)
def test_one_name_near_is_one_place_far_is_another_and_between_is_for_a_person(
    metres: float, records: int, pairs: int
) -> None:
    merging = joined(row(HALLS, 1, "さくら会館", "桜町1", 0), row(AEDS, 1, "さくら会館", "桃町2", metres))
    assert (len(ids(merging)), len(merging.uncertain)) == (records, pairs)


def test_one_name_without_any_place_is_for_a_person() -> None:
    merging = joined(row(HALLS, 1, "さくら会館"), row(AEDS, 1, "さくら会館"))
    [pair] = merging.uncertain
    assert (pair.first, pair.second, pair.metres) == ("hall-1", "aed-1", None)


def test_another_name_at_the_same_place_is_another_thing() -> None:
    merging = joined(row(HALLS, 1, "さくら会館", "桜町1", 0), row(AEDS, 1, "もも薬局", "桜町1", 0))
    assert (len(ids(merging)), merging.uncertain) == (2, [])


@pytest.mark.parametrize("other", ["障害者支援施設さくらの里", "さくらのの里"])
def test_a_name_that_is_nearly_the_same_at_the_same_place_is_for_a_person(other: str) -> None:
    merging = joined(row(HALLS, 1, "さくらの里", "桜町1", 0), row(AEDS, 1, other, "桜町1", 0))
    assert [(pair.first, pair.second) for pair in merging.uncertain] == [("hall-1", "aed-1")]


@pytest.mark.parametrize(("same", "expected"), [(True, ["hall-1"]), (False, ["aed-1", "hall-1"])])
def test_what_a_person_decided_comes_before_every_rule(same: bool, expected: list[str]) -> None:
    far = joined(
        row(HALLS, 1, "さくら会館", "桜町1", 0),
        row(AEDS, 1, "旧桜会館", "桃町9", 4000),
        decided={frozenset(("hall-1", "aed-1")): same},
    )
    near = joined(
        row(HALLS, 1, "さくら会館", "桜町1", 0),
        row(AEDS, 1, "さくら会館", "桜町1", 0),
        decided={frozenset(("hall-1", "aed-1")): same},
    )
    assert (ids(far), ids(near)) == (expected, expected)
    assert far.uncertain == near.uncertain == []


def test_rows_of_one_list_are_never_the_same() -> None:
    merging = joined(row(HALLS, 1, "さくら会館", "桜町1", 0), row(HALLS, 2, "さくら会館", "桜町1", 0))
    assert (ids(merging), merging.uncertain) == (["hall-1", "hall-2"], [])


def test_two_pieces_of_equipment_at_one_place_are_two_attributes() -> None:
    merging = joined(
        row(HALLS, 1, "さくら会館", "桜町1", 0),
        row(AEDS, 1, "さくら会館", "桜町1", 0, attributes={"設置場所": "1階"}),
        row(AEDS, 2, "さくら会館", "桜町1", 0, attributes={"設置場所": "2階"}),
    )
    assert record(merging, "hall-1")["attributes"] == {"AED": "設置場所 1階", "AED（2）": "設置場所 2階"}


def test_a_second_list_fills_what_is_missing_and_replaces_nothing() -> None:
    merging = joined(
        row(SCHOOLS, 1, "さくら会館", "桜町1", phones=[{"number": "087-839-2811"}]),
        row(HALLS, 1, "さくら会館", "桜町1番地", 5, url="https://example.jp/", phones=[{"number": "087-839-2999"}],
            hours=[{"days": "毎日", "open": "09:00", "close": "17:00"}], capacity=30),
    )  # fmt: skip
    one = record(merging, "school-1")
    assert one["phones"] == [{"number": "087-839-2811"}]
    assert (one["url"], one["capacity"], one["location"]["address"]) == ("https://example.jp/", 30, "桜町1")
    assert one["hours"] == [{"days": "毎日", "open": "09:00", "close": "17:00"}]
    assert one["location"]["lat"] == pytest.approx(34.34, abs=0.001)
    assert one["attributes"] == {"hall一覧": "電話 087-839-2999"}


def test_the_hours_and_the_phone_of_equipment_do_not_become_those_of_the_place() -> None:
    merging = joined(
        row(HALLS, 1, "さくら公園", "桜町1"),
        row(SHELTERS, 1, "さくら公園", "桜町1", phones=[{"number": "087-839-2999"}],
            hours=[{"days": "毎日", "open": "09:00", "close": "17:00"}]),
    )  # fmt: skip
    one = record(merging, "hall-1")
    assert not {"phones", "hours"} & set(one)
    assert one["attributes"] == {"避難所": "毎日 09:00～17:00、電話 087-839-2999"}


def test_a_mobile_number_that_fills_a_gap_brings_its_basis() -> None:
    merging = joined(
        row(SCHOOLS, 1, "さくら会館", "桜町1"),
        row(HALLS, 1, "さくら会館", "桜町1", phones=[{"number": "090-1234-5678"}], consent={"basis": "official_list"}),
    )
    assert record(merging, "school-1")["consent"] == {"basis": "official_list"}


def test_the_rows_of_one_office_are_one_record_of_its_main_service() -> None:
    merging = joined(
        row(OFFICES, "37", "さくら福祉用具", "桜町1", services=["福祉用具貸与"], rank=2, line=2),
        row(OFFICES, "37", "さくら苑", "桜町1", services=["介護老人保健施設"], rank=0, line=5, capacity=80),
        row(OFFICES, "37", "さくら苑", "遠い町9", services=["通所"], rank=1, line=3, capacity=20),
    )
    assert ids(merging) == ["office-37"]
    one = record(merging, "office-37")
    assert (one["name"], one["alt_names"], one["capacity"]) == ("さくら苑", ["さくら福祉用具"], 80)
    assert one["services"] == ["介護老人保健施設", "通所", "福祉用具貸与"]
    assert one["attributes"] == {"通所": "定員 20人、住所 遠い町9"}
    assert one["sources"] == [{"source": "office", "row": "37"}]
    assert [merged.row for merged in merging.merged["office"]] == [3, 2]


def test_an_office_stays_one_record_where_one_of_its_rows_looks_like_another_place() -> None:
    merging = joined(
        row(HALLS, 1, "さくら病院", "桜町1"),
        row(OFFICES, "37", "さくら苑", "桃町2", rank=0, line=2),
        row(OFFICES, "37", "さくら病院", "桜町1", rank=1, line=3),
        row(OFFICES, "37", "さくら病院", "桜町1", rank=2, line=4),
    )
    assert ids(merging) == ["hall-1", "office-37"]
    assert [(pair.first, pair.second) for pair in merging.uncertain] == [("hall-1", "office-37")]


def test_an_office_of_the_register_gives_its_numbers_and_services_to_the_record_of_the_city() -> None:
    merging = joined(
        row(HALLS, 1, "グループホーム さくら", "桜町1", services=["認知症対応型共同生活介護"]),
        row(
            OFFICES,
            "37",
            "グループホームさくら",
            "香川県見本市桜町1番地",
            services=["短期利用"],
            external_ids={"事業所番号": "37"},
        ),
        row(OFFICES, "38", "グループホームさくら", "香川県見本市桜町1番地", external_ids={"事業所番号": "38"}),
    )
    one = record(merging, "hall-1")
    assert one["services"] == ["認知症対応型共同生活介護", "短期利用"]
    assert one["external_ids"] == {"事業所番号": "37・38"}


@pytest.mark.parametrize(
    ("name", "other", "kana", "reading"),
    [
        (
            "高松市立さくら小学校",
            "さくら小学校体育館",
            "さくらしょうがっこうたいいくかん",
            "たかまつしりつさくらしょうがっこう",
        ),
        ("松山市立さくら小学校", "さくら小学校", "さくらしょうがっこう", "まつやましりつさくらしょうがっこう"),
        ("青森県立さくら高校", "さくら高校", "さくらこうこう", "あおもりけんりつさくらこうこう"),
        (
            "朝日町立さくら小学校",
            "さくら小学校",
            "さくらしょうがっこう",
            None,
        ),  # あさひまち in 富山県, あさひちょう in others
        ("さくら小学校", "さくら小学校", "さくらしょうがっこう", "さくらしょうがっこう"),
        ("見本大学附属さくら小学校", "さくら小学校", "さくらしょうがっこう", None),
    ],
)
def test_the_reading_of_another_list_is_taken_where_the_names_agree(
    name: str, other: str, kana: str, reading: str | None
) -> None:
    merging = joined(
        row(SCHOOLS, 1, name, "桜町1"),
        row(AEDS, 1, other, "桜町1", name_kana=kana),
        decided={frozenset(("school-1", "aed-1")): True},
    )
    assert record(merging, "school-1").get("name_kana") == reading


def test_the_places_of_a_service_are_not_those_of_the_clinic_that_offers_it() -> None:
    merging = joined(
        row(SCHOOLS, 1, "さくら医院", "見本市桜町1-1", 0),
        row(OFFICES, 2, "さくら医院", "見本市桜町1-1", 0, services=["通所リハビリテーション"], capacity=20),
    )
    one = record(merging, "school-1")
    assert "capacity" not in one
    assert one["attributes"] == {"通所リハビリテーション": "定員 20人"}


def test_an_aed_stays_with_the_building_whose_name_was_sold() -> None:
    hall = row(HALLS, 2, "朝日段ホール見本", "見本市新名430", 0, phones=[{"number": "087-839-2811"}])
    aed = row(AEDS, 182, "見本国分寺ホール", "見本市新名430", 30)
    assert len(ids(joined(hall, aed))) == 2, "nothing tells that they are one"
    assert ids(merge((hall, aed), {}, {"aed-182": "hall-2"})) == ["hall-2"], (
        "they were one at the last import, and are in one place"
    )
    elsewhere = row(AEDS, 182, "見本国分寺ホール", "見本市本町1", 900)
    assert len(ids(merge((hall, elsewhere), {}, {"aed-182": "hall-2"}))) == 2, "it went to another place"
    assert len(ids(merge((hall, aed), {frozenset(("aed-182", "hall-2")): False}, {"aed-182": "hall-2"}))) == 2, (
        "a person said no"
    )


def test_a_sentence_that_two_lists_write_with_other_marks_is_said_once() -> None:
    note = "定休日：火曜日、12月31日～1月2日、営業時間：１１月～２月は午後６時まで"
    merging = joined(
        row(SCHOOLS, 1, "見本の駅", "見本市桜町7-7", 0, hours_note=note),
        row(HALLS, 1, "見本の駅", "見本市桜町7-7", 0, hours_note=note.replace("、", "　")),
    )
    assert "attributes" not in record(merging, "school-1")


def in_the_middle_of_the_town(row: tuple[Source, Draft]) -> tuple[Source, Draft]:
    """The row with the point that the import gives a place without one."""
    row[1].data["location"] |= {"lat": 34.34, "lng": 134.05, "geo_source": "桜町の代表点", "geo_precision": "town"}
    return row


def test_two_places_without_a_point_are_not_one_because_both_were_put_in_the_middle_of_their_town() -> None:
    merging = joined(
        in_the_middle_of_the_town(row(HALLS, 1, "ひまわり", "見本市桜町1-2")),
        in_the_middle_of_the_town(row(SCHOOLS, 1, "ひまわり", "見本市桜町55-6")),
    )
    assert ids(merging) == ["hall-1", "school-1"]
    assert [(pair.first, pair.second, pair.metres) for pair in merging.uncertain] == [("school-1", "hall-1", None)]


def test_a_point_in_the_middle_of_a_town_says_so_in_the_record_it_is_taken_into_and_gives_way_to_a_better_one() -> None:
    rows = [
        row(OFFICES, 7, "はにい", "見本市西桜町1-25", rank=0),
        in_the_middle_of_the_town(row(OFFICES, 7, "はにい", "見本市西桜町1-25", rank=1)),
    ]
    kept = record(joined(*rows), "office-7")["location"]
    assert kept == {
        "address": "見本市西桜町1-25",
        "lat": 34.34,
        "lng": 134.05,
        "geo_source": "桜町の代表点",
        "geo_precision": "town",
    }
    better = record(joined(*rows, row(OFFICES, 7, "はにい", "見本市西桜町1-25", 300, rank=2)), "office-7")["location"]
    assert better == {"address": "見本市西桜町1-25", "lat": 34.34 + 300 * METRE, "lng": 134.05}


def test_who_stands_in_one_place_is_always_compared_from_the_south_of_japan_to_its_north() -> None:
    for lat in (24.06, 34.3419, 45.5564):
        for turn in range(360):
            for lng in (134.0461, 134.0465, 134.0469):
                away = (SAME_PLACE - 0.5) * METRE
                north, east = away * sin(turn * pi / 180), away * cos(turn * pi / 180) / cos(radians(lat))
                one, other = FacilityPlace("a", "", lat, lng), FacilityPlace("b", "", lat + north, lng + east)
                assert together(one, other)
                assert {*keys_around(one)} & {*keys_of_place(other)}, (lat, turn, lng)

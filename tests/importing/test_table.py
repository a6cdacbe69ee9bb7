"""A published list becomes drafts: columns by name, every row accounted for, every change reported."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csv_text import table_of
from tsunagite.engine import processes
from tsunagite.findings import Finding, SourceLocation
from tsunagite.i18n import catalogue
from tsunagite.importing.draft import Draft, Dropped, Reason
from tsunagite.importing.mapping.table import column_findings, read
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.model.source import Source
from tsunagite.records.yaml.reader import dump, read_text

COLUMNS = {
    "名称": "name",
    "住所": "location.address",
    "緯度": "location.lat",
    "経度": "location.lng",
    "電話": "phones",
    "FAX": "fax",
    "URL": "url",
    "曜日": "hours.days",
    "開始": "hours.open",
    "終了": "hours.close",
    "注意": "hours_note",
    "郵便番号": "location.postal_code",
    "定員": "capacity",
    "送迎": "attributes.送迎",
}


def source(**changes: Any) -> Source:
    base: dict[str, Any] = {
        "id": "salon-list", "name": "サロン一覧", "owner": "見本市", "licence": "CC BY 4.0", "credit": "見本市",
        "data_date": "2026-09-01", "file": "files/salon.csv", "into": "clubs",
        "id_rule": {"prefix": "salon", "number": "番号"}, "columns": COLUMNS,
        "constants": {"kind": "通いの場・サロン", "needs": ["居場所・仲間"]},
    }  # fmt: skip
    return Source.model_validate({**base, **changes})


def table(*rows: dict[str, str], headers: tuple[str, ...] = ("番号", *COLUMNS)) -> Table:
    return csv_table([list(headers), *([row.get(header, "") for header in headers] for row in rows)])


def csv_table(rows: list[list[str]]) -> Table:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    found, findings = table_of(text.getvalue(), "files/salon.csv")
    assert found is not None, findings
    return found


def only_draft(**cells: str) -> Draft:
    [draft] = read(table({"番号": "1", "名称": "さくら", **cells}), source())
    assert isinstance(draft, Draft)
    return draft


def whys(draft: Draft) -> list[tuple[str, str]]:
    return [(repair.column, repair.why.value) for repair in draft.repairs]


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity.value) for finding in findings]


def problems(given_table: Table, given_source: Source) -> list[Finding]:
    return list(column_findings(given_table, given_source, SourceLocation("resources/sources/salon-list.yml")))


def test_a_row_becomes_a_draft_in_the_order_of_the_model() -> None:
    draft = only_draft(住所="見本市本町1-1", 緯度="34.5", 経度="134.0", 電話="087-839-2811", 送迎="あり")
    assert draft.row == 2
    assert draft.repairs == ()
    assert dump(draft.data) == dump({
        "id": "salon-1",
        "name": "さくら",
        "kind": "通いの場・サロン",
        "needs": ["居場所・仲間"],
        "phones": [{"number": "087-839-2811"}],
        "location": {"address": "見本市本町1-1", "lat": 34.5, "lng": 134.0},
        "attributes": {"送迎": "あり"},
        "sources": [{"source": "salon-list", "row": "1"}],
    })  # fmt: skip


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    shuffled = table({"番号": "1", "名称": "さくら", "住所": "本町"}, headers=tuple(reversed(("番号", *COLUMNS))))
    [draft] = read(shuffled, source())
    assert isinstance(draft, Draft)
    assert (draft.id, draft.data["location"]) == ("salon-1", {"address": "本町"})


def test_headers_are_compared_without_width_blanks_and_line_ends() -> None:
    written = csv_table([["番 号", "名\n称", "ＵＲＬ"], ["1", "さくら", "https://example.jp/"]])
    [draft] = read(written, source(columns={"名称": "name", "URL": "url"}))
    assert isinstance(draft, Draft)
    assert draft.data["url"] == "https://example.jp/"


def test_a_header_of_another_year_is_found_by_its_alias() -> None:
    written = csv_table([["番号", "施設名"], ["1", "さくら"]])
    described = source(columns={"名称": "name"}, aliases={"名称": ["施設名", "施設の名称"]})
    assert problems(written, described) == []
    assert [row.name for row in read(written, described)] == ["さくら"]


def test_a_missing_column_names_itself_and_the_nearest_header() -> None:
    written = csv_table([["番号", "施設の名称"], ["1", "さくら"]])
    finding, unread = problems(written, source(columns={"施設名称": "name"}))
    assert codes([finding, unread]) == [("I111", "error"), ("I115", "warning")]
    assert (finding.values["header"], finding.values["suggestion"]) == ("施設名称", "施設の名称")


def test_columns_nobody_mentioned_are_reported_and_ignored_ones_are_not() -> None:
    written = csv_table([["番号", "名称", "備考", "市コード", ""], ["1", "さくら", "", "372013", "あ"]])
    [finding] = problems(written, source(columns={"名称": "name"}, ignore=["市コード"]))
    assert codes([finding]) == [("I115", "warning")]
    assert finding.values["columns"] == ["備考", "(5)"]


def test_nameless_empty_columns_at_the_end_are_no_news() -> None:
    assert (
        problems(csv_table([["番号", "名称", "", ""], ["1", "さくら", " ", ""]]), source(columns={"名称": "name"}))
        == []
    )


@pytest.mark.parametrize(
    "target", ["nmae", "id", "sources", "needs", "location", "location.latt", "phones.number", "attributes."]
)
def test_a_target_that_does_not_exist_is_an_error(target: str) -> None:
    written = csv_table([["番号", "名称", "列"], ["1", "さくら", "あ"]])
    assert codes(problems(written, source(columns={"名称": "name", "列": target}))) == [("I112", "error")]


@pytest.mark.parametrize(
    "target", ["summary", "location.building", "fee.note", "access.note", "capacity", "external_ids.番号"]
)
def test_plain_fields_of_a_record_and_its_parts_are_targets(target: str) -> None:
    written = csv_table([["番号", "名称", "列"], ["1", "さくら", "3"]])
    assert problems(written, source(columns={"名称": "name", "列": target})) == []


def test_two_columns_for_one_field_are_an_error_but_two_phone_columns_are_not() -> None:
    written = csv_table([["番号", "名称", "電話1", "電話2"], ["1", "さくら", "087-839-2811", "087-839-2363"]])
    twice = source(columns={"名称": "name", "電話1": "summary", "電話2": "summary"})
    assert codes(problems(written, twice)) == [("I113", "error")]
    phones = source(columns={"名称": "name", "電話1": "phones", "電話2": "phones"})
    assert problems(written, phones) == []
    [draft] = read(written, phones)
    assert isinstance(draft, Draft)
    assert draft.data["phones"] == [{"number": "087-839-2811"}, {"number": "087-839-2363"}]


def test_rows_that_cannot_be_records_are_dropped_with_the_reason() -> None:
    rows = list(read(table(
        {"番号": "1", "名称": "さくら"}, {}, {"番号": "2"}, {"名称": "もも"}, {"番号": "１", "名称": "うめ"},
    ), source()))  # fmt: skip
    assert [(row.row, row.why) for row in rows if isinstance(row, Dropped)] == [
        (3, Reason.BLANK_ROW), (4, Reason.NO_NAME), (5, Reason.NO_NUMBER), (6, Reason.REPEATED_NUMBER),
    ]  # fmt: skip
    assert [row.detail for row in rows if isinstance(row, Dropped)][-1] == "2"


def test_departments_before_several_numbers_become_their_labels() -> None:
    draft = only_draft(電話="（保健医療政策課）  087-839-2860  （感染症対策課）  087-839-2870")
    assert draft.data["phones"] == [
        {"number": "087-839-2860", "label": "保健医療政策課"},
        {"number": "087-839-2870", "label": "感染症対策課"},
    ]
    assert whys(draft) == [("電話", "phones_split")]


@pytest.mark.parametrize(
    ("name", "written", "reading"),
    [
        ("宇和間施設（分館）", "うわましせつ（ぶんかん）", "うわましせつぶんかん"),
        ("海の家「あんき」", "ｳﾐﾉｲｴ｢ｱﾝｷ｣", "うみのいえあんき"),
        ("宇和間施設", "うわましせつ（ぶんかん）", None),
    ],
)
def test_a_reading_goes_without_the_brackets_of_its_name_and_with_no_more_than_the_name(
    name: str, written: str, reading: str | None
) -> None:
    (draft,) = (
        row
        for row in read(
            table({"番号": "1", "名称": name, "かな": written}, headers=("番号", "かな", *COLUMNS)),
            source(columns=COLUMNS | {"かな": "name_kana"}),
        )
        if isinstance(row, Draft)
    )
    assert draft.data.get("name_kana") == reading


@pytest.mark.parametrize(("cell", "why"), [("834-9911", "phone_unreadable"), ("なし", "nothing")])
def test_a_phone_without_area_code_is_left_out_and_reported(cell: str, why: str) -> None:
    draft = only_draft(電話=cell)
    assert "phones" not in draft.data
    assert whys(draft) == [("電話", why)]


@pytest.mark.parametrize("cell", ["-", "－", " ー ", "―"])
def test_a_dash_alone_says_nothing(cell: str) -> None:
    draft = only_draft(電話=cell, 定員=cell, 送迎=cell)
    assert draft.repairs == ()
    assert not {"phones", "capacity", "attributes"} & set(draft.data)


def test_the_area_code_of_the_description_is_added_only_where_a_possible_number_comes_out() -> None:
    rows = table({"番号": "1", "名称": "あ", "電話": "834-9911"}, {"番号": "2", "名称": "い", "電話": "34-99"})
    found = [row for row in read(rows, source(area_code="087")) if isinstance(row, Draft)]
    assert [row.data.get("phones") for row in found] == [[{"number": "087-834-9911"}], None]
    assert [whys(row) for row in found] == [[("電話", "code_added")], [("電話", "phone_unreadable")]]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("834-9911、834-9912", ["087-834-9911", "087-834-9912"]),
        ("087-834-9911、834-9912", ["087-834-9911", "087-834-9912"]),
        ("834-9911（内線12-3456）", ["087-834-9911"]),
        ("8349911", ["087-8349911"]),
        ("0120-12-3456", ["0120-12-3456"]),
    ],
)
def test_every_number_of_a_cell_gets_the_area_code_that_it_lacks(cell: str, numbers: list[str]) -> None:
    rows = table({"番号": "1", "名称": "あ", "電話": cell})
    (draft,) = (row for row in read(rows, source(area_code="087")) if isinstance(row, Draft))
    assert [phone["number"] for phone in draft.data["phones"]] == numbers


def test_a_mobile_number_of_an_official_list_brings_its_basis_along() -> None:
    draft = only_draft(電話="090-1234-5678")
    assert draft.data["consent"] == {"basis": "official_list"}
    assert ("consent", "mobile") in whys(draft)


def test_a_fax_column_and_a_fax_in_the_phone_column_are_both_fax() -> None:
    draft = only_draft(電話="TEL 087-839-2811 FAX 087-839-2812", FAX="087-839-2813")
    assert draft.data["phones"] == [
        {"number": "087-839-2811"},
        {"number": "087-839-2812", "type": "fax"},
        {"number": "087-839-2813", "type": "fax"},
    ]


def test_the_first_of_several_addresses_is_taken_and_the_rest_reported() -> None:
    draft = only_draft(URL="（一課）https://a.example.jp/x.html  （二課）https://b.example.jp/")
    assert draft.data["url"] == "https://a.example.jp/x.html"
    assert (whys(draft), draft.repairs[0].rest) == ([("URL", "urls_split")], "https://b.example.jp/")


def test_weekdays_and_times_become_one_compact_span() -> None:
    draft = only_draft(曜日="月火水木金", 開始="08:30", 終了="１７：００", 注意="祝日は休み。\r\n年末年始も。")
    assert draft.data["hours"] == [{"days": "月-金", "open": "08:30", "close": "17:00"}]
    assert draft.data["hours_note"] == "祝日は休み。\n年末年始も。"
    assert draft.data["closed_on_days"] == {"holidays": True}
    assert whys(draft) == [("終了", "form"), ("注意", "sentence_read")]


def test_hours_with_a_part_missing_stay_as_they_are_written() -> None:
    draft = only_draft(曜日="月火", 開始="午前中", 注意="祝日は休み")
    assert "hours" not in draft.data
    assert draft.data["hours_note"] == "月火 午前中\n祝日は休み"
    assert whys(draft) == [("曜日・開始", "hours_incomplete"), ("注意", "sentence_read")]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("www.example.jp/~a/", "http://www.example.jp/~a/"),
        ("http:/www.example.jp", "http://www.example.jp"),
        ("https//example.jp/", "https://example.jp/"),
        ("info@example.jp", None),
    ],
)
def test_the_head_of_an_address_is_repaired_and_a_mail_address_is_none(written: str, address: str | None) -> None:
    draft = only_draft(URL=written)
    assert draft.data.get("url") == address
    assert whys(draft) == [("URL", "scheme_added" if address else "url_unreadable")]


@pytest.mark.parametrize(
    ("lat", "lng", "why"),
    [
        ("0", "0", "coordinates_zero"),
        ("三十四", "134.0", "coordinates_unreadable"),
        ("134.0", "134.5", "coordinates_unreadable"),
    ],
)
def test_a_point_that_cannot_be_true_is_left_out_and_reported(lat: str, lng: str, why: str) -> None:
    draft = only_draft(緯度=lat, 経度=lng)
    assert "location" not in draft.data
    assert whys(draft) == [("緯度", why), ("経度", why)]


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        ("34°03'07.7\"N ", "131°38'37.1\"E"),
        ("北緯34度3分7.7秒", "東経131度38分37.1秒"),
        ("３４°０３′０７．７″", "131°38′37.1″"),
    ],
)
def test_degrees_minutes_and_seconds_are_a_point(lat: str, lng: str) -> None:
    draft = only_draft(緯度=lat, 経度=lng)
    assert draft.data["location"] == {"lat": 34.0521389, "lng": 131.6436389}
    assert whys(draft) == [("緯度", "form"), ("経度", "form")]


@pytest.mark.parametrize("lat", ["34°63'07.7\"N", "34°03'", "34.5°", "34-03-07"])
def test_what_are_no_whole_degrees_minutes_and_seconds_is_no_point(lat: str) -> None:
    assert "location" not in only_draft(緯度=lat, 経度="131.6").data


def test_a_line_with_more_or_fewer_cells_than_the_header_is_named_and_never_read_in_the_wrong_columns() -> None:
    text = "番号,名称,住所,電話\n1,桜,本町1,087-839-2001\n2,桃,本町2,087-839-2002,余り\n3,梅\n4,竹,本町4,087-839-2004\n5,松,本町5,087-839-2005,\n"
    found, _ = table_of(text, "files/salon.csv")
    assert found
    rows = list(read(found, source(columns={"名称": "name", "住所": "location.address", "電話": "phones"})))
    assert [(row.row, row.why.value, row.detail) for row in rows if isinstance(row, Dropped)] == [
        (3, "row_longer", "5/4"),
        (4, "row_shorter", "2/4"),
    ]
    assert [row.name for row in rows if isinstance(row, Draft)] == ["桜", "竹", "松"], (
        "an empty cell at the end is none"
    )


def test_half_a_point_is_no_point() -> None:
    draft = only_draft(緯度="34.5")
    assert "location" not in draft.data
    assert whys(draft) == [("緯度", "coordinates_unreadable")]


def test_text_stays_as_written_but_for_blanks() -> None:
    draft = only_draft(
        名称="　包括センター（保健センター１階）", 住所="本町１２\n 三階", 郵便番号="〒７６０－００７４", 定員="1,200名"
    )
    assert draft.data["name"] == "包括センター（保健センター１階）"
    assert draft.data["location"] == {"postal_code": "760-0074", "address": "本町１２ 三階"}
    assert draft.data["capacity"] == 1200
    assert whys(draft) == [("住所", "blanks"), ("郵便番号", "form"), ("定員", "form")]


def test_numbers_and_postal_codes_that_cannot_be_read_are_left_out_and_reported() -> None:
    draft = only_draft(郵便番号="760", 定員="大会議室は120名")
    assert whys(draft) == [("郵便番号", "postal_code_unreadable"), ("定員", "capacity_as_written")]
    assert "capacity" not in draft.data
    assert draft.data["capacity_note"] == "大会議室は120名"


def test_nobody_is_no_capacity() -> None:
    draft = only_draft(定員="0")
    assert "capacity" not in draft.data
    assert whys(draft) == [("定員", "zero_unknown")]


def test_a_reading_becomes_hiragana_and_what_is_none_is_left_out() -> None:
    described = source(columns={"名称": "name", "カナ": "name_kana"})
    rows = csv_table([["番号", "名称", "カナ"], ["1", "桜", "サクラ"], ["2", "桃", "(モモ)"]])
    first, second = (row for row in read(rows, described) if isinstance(row, Draft))
    assert (first.data["name_kana"], whys(first)) == ("さくら", [])
    assert ("name_kana" in second.data, whys(second)) == (False, [("カナ", "reading_unreadable")])


def test_the_operator_is_taken_only_where_it_is_a_legal_body_and_a_person_is_not_even_quoted() -> None:
    described = source(columns={"名称": "name", "運営": "operator"})
    rows = csv_table([["番号", "名称", "運営"], ["1", "桜", "医療法人社団さくら会"], ["2", "桃", "見本 花子"]])
    first, second = (row for row in read(rows, described) if isinstance(row, Draft))
    assert first.data["attributes"] == {"運営する法人": "医療法人社団さくら会"}
    assert "attributes" not in second.data
    assert "見本 花子" not in repr(second.repairs)


def test_flags_of_access_say_what_a_place_has_and_what_it_lacks() -> None:
    described = source(
        columns={"名称": "name", "車いす": "access.車いすトイレ", "オスト": "access.オストメイト対応トイレ"}
    )
    [draft] = read(csv_table([["番号", "名称", "車いす", "オスト"], ["1", "桜", "有", "無"]]), described)
    assert isinstance(draft, Draft)
    assert draft.data["access"] == {"features": ["車いすトイレ"], "missing": ["オストメイト対応トイレ"]}


CHOICES = [
    {"column": "種別", "contains": ["病院"], "constants": {"kind": "病院", "summary": "入院できます。"}},
    {"column": "種別", "contains": ["歯科", "口腔"], "constants": {"kind": "歯科"}},
]


@pytest.mark.parametrize(
    ("cell", "kind", "rank"),
    [
        ("総合病院", "病院", 0),
        ("歯科病院", "病院", 0),
        ("口腔外科", "歯科", 1),
        ("内科", "診療所", 2),
        ("", "診療所", 2),
    ],
)
def test_the_first_rule_that_speaks_of_a_row_gives_its_constants(cell: str, kind: str, rank: int) -> None:
    described = source(columns={"名称": "name"}, constants={"kind": "診療所"}, choose=CHOICES)
    [draft] = read(csv_table([["番号", "名称", "種別"], ["1", "桜", cell]]), described)
    assert isinstance(draft, Draft)
    assert (draft.data["kind"], draft.rank) == (kind, rank)


def test_a_rule_about_a_column_that_is_not_there_is_an_error() -> None:
    described = source(columns={"名称": "name"}, choose=CHOICES)
    assert codes(problems(csv_table([["番号", "名称"], ["1", "桜"]]), described)) == [("I111", "error")]


def test_a_row_without_a_number_takes_the_column_named_for_that() -> None:
    described = source(columns={"名称": "name"}, id_rule={"prefix": "salon", "number": "番号", "otherwise": "電話"})
    rows = csv_table([["番号", "名称", "電話"], ["", "桜", "087-839-2811"], ["2", "桃", "087-839-2812"]])
    assert [row.id for row in read(rows, described) if isinstance(row, Draft)] == ["salon-087-839-2811", "salon-2"]


def test_what_stands_before_every_number_stays_out_of_the_ids() -> None:
    described = source(columns={"名称": "name"}, id_rule={"prefix": "salon", "number": "番号", "without": "jp.city."})
    [draft] = read(csv_table([["番号", "名称"], ["jp.city.7", "桜"]]), described)
    assert isinstance(draft, Draft)
    assert (draft.id, draft.data["sources"]) == ("salon-7", [{"source": "salon-list", "row": "jp.city.7"}])


def test_a_column_wins_over_a_constant_and_an_empty_cell_does_not() -> None:
    described = source(constants={"kind": "通いの場・サロン", "location": {"type": "場所がある", "address": "本町"}})
    rows = table({"番号": "1", "名称": "あ", "住所": "東町"}, {"番号": "2", "名称": "い"})
    locations = [row.data["location"] for row in read(rows, described) if isinstance(row, Draft)]
    assert locations == [{"type": "場所がある", "address": "東町"}, {"type": "場所がある", "address": "本町"}]


CELL = st.one_of(
    st.text(max_size=30), st.sampled_from(["1", "さくら", "0", "34.5", "月火", "9:00", "087-839-2811", "http://a.b/"])
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=len(COLUMNS) + 2), max_size=8))
def test_any_text_in_cells_is_read_without_losing_a_row(rows: list[list[str]]) -> None:
    written = csv_table([["番号", *COLUMNS], *rows])
    results = list(read(written, source()))
    assert [row.row for row in results] == list(range(2, len(rows) + 2))
    for row in results:
        if isinstance(row, Draft):
            assert read_text(dump(row.data), "draft.yml").value == row.data


def test_every_reason_has_words() -> None:
    assert set(catalogue("ja")["import"]["why"]) == {why.value for why in Reason}


def test_a_list_read_by_two_processes_gives_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"番号": str(number % 399), "名称": f"さくら{number}", "住所": f"見本市本町{number}", "電話": "087-839-2372", "注意": "祝日は休み"}
        for number in range(400)
    ] + [{"番号": "合計", "定員": "400"}]  # fmt: skip
    found = []
    for both in (False, True):
        monkeypatch.setattr(processes, "can_share", lambda both=both: both)
        found.append(list(read(table(*rows), source())))
    assert found[0] == found[1]
    assert [(row.row, row.why, row.detail) for row in found[1] if isinstance(row, Dropped)] == [
        (401, Reason.REPEATED_NUMBER, "2"), (402, Reason.TOTAL_ROW, "合計")
    ]  # fmt: skip

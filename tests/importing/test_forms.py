"""Lists of the standard that are no facilities: Wi-Fi, polling stations, cultural properties, sights and shops become what they are.

The headers are those of the standard data sets and of the ministry's register of food businesses.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.check.load import load
from tsunagite.findings import has_errors
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file

pytestmark = pytest.mark.usefixtures("no_dictionary")

FRONT = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名"
WIFI = f"{FRONT},名称,名称_カナ,名称_英語,住所,方書,緯度,経度,設置者,電話番号,内線番号,SSID,提供エリア,URL,備考"
HERITAGE = f"{FRONT},名称,名称_カナ,名称_通称,名称_英語,文化財分類,種類,場所名称,住所,方書,緯度,経度,電話番号,内線番号,員数（数）,員数（単位）,法人番号,所有者等,文化財指定日,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,画像,画像_ライセンス,概要,概要_英語,説明,説明_英語,URL,備考"
TOURISM = f"{FRONT},名称,名称_カナ,名称_英語,POIコード,住所,方書,緯度,経度,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,料金(基本),料金(詳細),説明,説明_英語,アクセス方法,駐車場情報,バリアフリー情報,連絡先名称,連絡先電話番号,連絡先内線番号,画像,画像_ライセンス,URL,備考"
FOOD = "自治体コード,行番号,都道府県名,市区町村名,営業施設名称、屋号又は商号,営業施設名称、屋号又は商号（フリガナ）,営業の種類,業態,営業施設所在地,営業施設方書,緯度,経度,営業施設電話番号,法人名,法人番号,法人住所,許可番号,初回許可年月日,許可年月日,許可開始日,許可満了日,廃業年月日,申請区分,許可条件,備考"
FACILITY = "名称,名称_カナ,住所,電話番号,団体名,利用可能曜日,説明"


def take(folder: Path, *lists: tuple[str, str, list[dict[str, str]]]) -> dict[str, dict[str, Any]]:
    """Import lists (file, header, rows by header) into one site; return its records by name. The site has no error then."""
    site = folder / "site"
    (site / "resources").mkdir(parents=True, exist_ok=True)
    for name, header, rows in lists:
        path = folder / name
        cells = (",".join(f'"{row.get(one, "")}"' for one in header.split(",")) for row in rows)
        path.write_text("\n".join((header, *cells)) + "\n", encoding="utf-8")
        report = import_sources(
            site, [path], Options(said=Said(date(2026, 11, 24), owner="見本市", licence="CC BY 4.0"))
        )
        assert report.exit_code == 0, report
    assert not has_errors(load(site, date(2026, 11, 24)).findings)
    files = [file for file in site.rglob("resources/*/*.yml") if file.parent.name != "sources"]
    return {
        value["name"]: value | {"folder": file.parent.name}
        for file in files
        if (value := read_file(file, file.name).value)
    }


LIBRARY = (
    "公共施設一覧.csv",
    FACILITY,
    [{"名称": "見本図書館", "住所": "見本市本町1-1", "団体名": "見本市", "電話番号": ""}],
)


@pytest.mark.parametrize(
    ("name", "header", "row", "label"),
    [
        ("wifi.csv", WIFI, {"NO": "1", "SSID": "Mihon-Free"}, "公衆無線LAN"),
        (
            "public_wireless_lan.csv",
            "#property,latitude,longitude,city,name,address,installer,telephoneNumber,ssid,area,note",
            {"#property": "1", "ssid": "Mihon-Free"},
            "公衆無線LAN",
        ),
        ("投票所.csv", "投票区,投票所名,所在地,電話番号", {"投票区": "第1投票区"}, "投票所"),
        ("移動図書館の巡回先.csv", FACILITY, {}, "移動図書館"),
        ("期日前投票所一覧.csv", FACILITY, {}, "期日前投票所"),
    ],
)
def test_the_telephone_of_a_service_is_never_the_main_one_of_a_place(
    tmp_path: Path, name: str, header: str, row: dict[str, str], label: str
) -> None:
    def at(place: str, address: str) -> dict[str, str]:
        names = dict.fromkeys(("名称", "投票所名", "name"), place) | dict.fromkeys(
            ("住所", "所在地", "address"), address
        )
        return row | names | dict.fromkeys(("電話番号", "telephoneNumber"), "087-839-2999")

    records = take(
        tmp_path,
        LIBRARY,
        (
            name,
            header,
            [
                at("見本図書館", "見本市本町1-1"),
                {**at("西口広場", "見本市西町9"), "NO": "2", "#property": "2", "投票区": "第2投票区"},
            ],
        ),
    )
    library, plaza = records["見本図書館"], records["西口広場"]
    assert ("phones" in library, "phones" in plaza) == (False, False)
    assert "087-839-2999" in library["attributes"][label]
    assert "087-839-2999" in "".join(plaza["attributes"].values())
    assert library["kind"] == "図書館"


def test_a_hot_spot_alone_is_a_hot_spot_with_what_people_need_to_use_it(tmp_path: Path) -> None:
    row = {
        "NO": "7",
        "名称": "西口広場",
        "名称_カナ": "ニシグチヒロバ",
        "住所": "見本市西町9",
        "緯度": "34.3",
        "経度": "134.0",
        "設置者": "見本市",
        "SSID": "Mihon-Free",
        "提供エリア": "広場の全体",
        "備考": "1回30分",
    }
    wifi = take(tmp_path, ("wifi.csv", WIFI, [row]))["西口広場"]
    assert (wifi["kind"], wifi["folder"], "needs" in wifi) == ("公衆無線LAN", "equipment", False)
    assert wifi["attributes"] == {
        "設置した団体": "見本市",
        "SSID": "Mihon-Free",
        "使える所": "広場の全体",
        "備考": "1回30分",
    }


def test_a_cultural_property_is_no_facility_and_its_owner_stays_unnamed(tmp_path: Path) -> None:
    row = {
        "NO": "1",
        "名称": "見本家住宅",
        "名称_カナ": "ミホンケジュウタク",
        "文化財分類": "市指定有形文化財",
        "種類": "建造物",
        "住所": "見本市本町3",
        "所有者等": "見本 太郎",
        "文化財指定日": "1990-03-31",
        "説明": "江戸時代の住まい。",
    }
    found = take(tmp_path, ("文化財一覧.csv", HERITAGE, [row]))["見本家住宅"]
    assert (found["kind"], found["description"], "needs" in found) == ("文化財", "江戸時代の住まい。", False)
    assert found["attributes"] == {
        "文化財の分類": "市指定有形文化財",
        "文化財の種類": "建造物",
        "指定された日": "1990-03-31",
    }
    assert "太郎" not in str(found)


def test_a_sight_has_its_prices_its_way_and_its_hours(tmp_path: Path) -> None:
    row = {"NO": "1", "名称": "見本灯台", "住所": "見本市島1", "緯度": "34.4", "経度": "134.0", "利用可能曜日": "月火水木金", "開始時間": "9:00", "終了時間": "16:30", "料金(基本)": "500",
           "アクセス方法": "港から船で20分", "駐車場情報": "なし", "連絡先名称": "観光課", "連絡先電話番号": "087-839-2416"}  # fmt: skip
    sight = take(tmp_path, ("観光施設一覧.csv", TOURISM, [row]))["見本灯台"]
    assert (sight["kind"], sight["folder"], sight["phones"][0]["number"], sight["contact_note"]) == (
        "観光施設",
        "places",
        "087-839-2416",
        "観光課",
    )
    assert (sight["location"]["directions"], sight["attributes"]["料金"]) == ("港から船で20分", "500")
    assert sight["hours"] == [{"days": "月-金", "open": "09:00", "close": "16:30"}]


def test_shops_are_told_by_their_permit_and_closed_ones_are_closed(tmp_path: Path) -> None:
    rows = [
        {
            "行番号": "1",
            "営業施設名称、屋号又は商号": "見本食堂",
            "営業の種類": "飲食店営業",
            "業態": "一般食堂・レストラン等",
            "営業施設所在地": "見本市本町1",
            "営業施設電話番号": "087-839-2411",
            "法人名": "見本株式会社",
            "申請区分": "許可",
        },
        {
            "行番号": "2",
            "営業施設名称、屋号又は商号": "見本肉店",
            "営業の種類": "食肉販売業",
            "営業施設所在地": "見本市本町2",
            "申請区分": "許可",
            "法人名": "見本 花子",
        },
        {
            "行番号": "3",
            "営業施設名称、屋号又は商号": "見本号",
            "営業の種類": "飲食店営業",
            "業態": "自動車",
            "営業施設所在地": "見本市本町3",
            "申請区分": "許可",
        },
        {
            "行番号": "4",
            "営業施設名称、屋号又は商号": "もとの店",
            "営業の種類": "飲食店営業",
            "営業施設所在地": "見本市本町4",
            "廃業年月日": "2026-08-20",
            "申請区分": "許可(廃業)",
        },
    ]
    shops = take(tmp_path, ("food.csv", FOOD, rows))
    assert {name: row["kind"] for name, row in shops.items()} == {
        "見本食堂": "飲食店・居酒屋・喫茶店", "見本肉店": "商店・スーパー", "見本号": "その他の団体・サービス", "もとの店": "その他の団体・サービス",
    }  # fmt: skip
    assert {name: row.get("status", "営業中") for name, row in shops.items()} == {
        "見本食堂": "営業中",
        "見本肉店": "営業中",
        "見本号": "営業中",
        "もとの店": "終了",
    }
    assert (shops["見本食堂"]["phones"], shops["見本食堂"]["attributes"]["運営する法人"]) == (
        [{"number": "087-839-2411"}],
        "見本株式会社",
    )
    assert "花子" not in str(shops)
    assert {name: row["needs"] for name, row in shops.items() if "needs" in row} == {"見本肉店": ["買い物"]}


def test_a_table_of_people_by_age_says_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "site/resources").mkdir(parents=True)
    path = tmp_path / "人口.csv"
    path.write_text(
        "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名,総人口,男性,女性\n372013,1,見本市,2026-01-01,本町,100,50,50\n",
        encoding="utf-8",
    )
    [report] = import_sources(tmp_path / "site", [path], Options(said=Said(date(2026, 11, 24)))).lists
    assert [one.code for one in report.findings] == ["I185"]
    assert report.plan is not None
    assert [row.why.value for row in report.plan.dropped] == ["not_a_resource"]


def test_the_ministrys_list_of_schools_gives_the_schools_of_the_town_as_they_are_called_today(tmp_path: Path) -> None:
    header = "学校コード,学校種,都道府県番号,設置区分,本分校,学校名,学校所在地,郵便番号,属性情報設定年月日,属性情報廃止年月日,旧学校調査番号,移行後の学校コード"
    rows = (
        "B199999900001,B1(小学校),37(香川),2(公),1(本),見本市立桜小学校,香川県見本市本町1-1,7600001,2020-12-22,,,",
        "C199999900002,C1(中学校),37(香川),2(公),1(本),見本市立旧桃中学校,香川県見本市本町2-2,7600002,2020-12-22,2026-03-31,,",
        "C199999900002,C1(中学校),37(香川),2(公),1(本),見本市立桃中学校,香川県見本市西町2-2,7600002,2026-04-01,,,",
        "A199999900003,A1(幼稚園),37(香川),3(私),1(本),桜幼稚園,香川県見本市本町3-3,760-0003,2020-12-22,,,",
    )
    folder = tmp_path / "schools"
    folder.mkdir()
    path = folder / "学校.csv"
    path.write_text(
        "\n".join(("文部科学省　学校コード一覧,,,,更新日：,5/20/2026,,,,,,", header, *rows)), encoding="utf-8"
    )
    (folder / "resources").mkdir()
    report = import_sources(folder, [path], Options(said=Said(date(2026, 11, 24), licence="PDL1.0")))
    assert report.exit_code == 0, report
    [one] = report.lists
    assert one.plan
    assert [(row.row, row.why.value, row.detail) for row in one.plan.dropped] == [(4, "ended", "2026-03-31")]
    found = {draft.name: draft.data for draft in one.plan.new}
    assert {
        name: (data["kind"], data.get("needs"), data["location"]["address"], data["external_ids"]["学校コード"])
        for name, data in found.items()
    } == {
        "見本市立桜小学校": ("学校・大学", None, "香川県見本市本町1-1", "B199999900001"),
        "見本市立桃中学校": ("学校・大学", None, "香川県見本市西町2-2", "C199999900002"),
        "桜幼稚園": ("保育所・幼稚園", ["子育て"], "香川県見本市本町3-3", "A199999900003"),
    }
    assert not has_errors(load(folder, date(2026, 11, 24)).findings)


def test_yes_and_no_of_the_standard_list_of_shelters_are_marks_that_a_reader_knows(tmp_path: Path) -> None:
    (tmp_path / "site/resources").mkdir(parents=True)
    head = "名称,所在地_連結表記,災害種別_洪水,災害種別_地震,災害種別_津波,指定避難所との重複,想定収容人数"
    path = tmp_path / "131000_evacuation_space.csv"
    path.write_text(f"{head}\n城山公園,見本市本町1,1,0,,1,1\n", encoding="utf-8")
    import_sources(tmp_path / "site", [path], Options(said=Said(date(2026, 11, 24), owner="見本市")))
    [written] = (tmp_path / "site/resources/equipment").glob("*.yml")
    data = read_file(written, "").value
    assert data["attributes"] == {"洪水": "○", "地震": "×", "指定避難所": "○", "収容人数（人）": "1"}

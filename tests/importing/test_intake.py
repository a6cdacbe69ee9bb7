"""A list without a description: known by its headers, drafted, imported; what is not understood is refused with what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tsunagite.importing.detect.intake import Said, draft_text
from tsunagite.importing.inspect import folder_lines
from tsunagite.importing.report.entries import as_json, as_markdown
from tsunagite.importing.report.report import ImportReport, lines
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file, read_text

pytestmark = pytest.mark.usefixtures("no_dictionary")

SAID = Said(date(2026, 11, 24), owner="見本市")
FRONT = "全国地方公共団体コード,ID,地方公共団体名"
OLD = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名"
PLACE = "所在地_全国地方公共団体コード,町字ID,所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度"
# The headers that tell a form, as the definitions of the standard data sets write them.
FORMS = {
    "care": [
        f"{FRONT},介護サービス事業所名称,介護サービス事業所名称_カナ,実施サービス,{PLACE},電話番号,法人の名称,事業所番号,定員",
        f"{OLD},介護サービス事業所名称,介護サービス事業所名称_カナ,実施サービス,住所,方書,緯度,経度,電話番号,FAX番号,法人の名称,事業所番号",
    ],
    "facility": [
        f"{FRONT},名称,名称_カナ,{PLACE},電話番号,団体名,利用可能曜日,開始時間,終了時間,利用可能時間特記事項,説明,車椅子可,URL",
        f"{OLD},名称,名称_カナ,名称_通称,POIコード,住所,方書,緯度,経度,電話番号,団体名,利用可能曜日,開始時間,終了時間,説明,バリアフリー情報",
    ],
    "medical": [f"{OLD},名称,名称_カナ,医療機関の種類,住所,方書,緯度,経度,電話番号,診療曜日,診療開始時間,診療終了時間,診療科目,病床数"],
    "aed": [
        f"{FRONT},名称,名称_カナ,{PLACE},設置位置,電話番号,利用可能曜日,開始時間,終了時間,小児対応設備の有無",
        f"{OLD},名称,名称_カナ,住所,方書,緯度,経度,設置位置,電話番号,利用可能曜日,小児対応設備の有無",
        "名称,名称かな,所在地,設置位置,経度,緯度",
    ],
    "child": [
        f"{FRONT},名称,名称_カナ,種別,{PLACE},アクセス方法,電話番号,収容定員,受入年齢,利用可能曜日,一時預かりの有無",
        f"{OLD},名称,名称_カナ,種別,住所,方書,緯度,経度,電話番号,収容定員,受入年齢,利用可能曜日,一時預かりの有無",
    ],
    "shelter": [
        f"全国地方公共団体コード,ID,名称,名称_カナ,{PLACE},標高,電話番号,災害種別_洪水,災害種別_地震,災害種別_津波,指定避難所との重複,想定収容人数",
        "NO,名称,名称_カナ,住所,方書,緯度,経度,標高,災害種別_洪水,災害種別_地震,災害種別_津波,想定収容人数",
    ],
    "toilet": [
        f"{FRONT},名称,{PLACE},設置位置,男性トイレ総数,女性トイレ総数,バリアフリートイレ数,車椅子使用者用トイレ有無,利用開始時間,利用終了時間",
        f"{OLD},名称,名称_カナ,住所,方書,設置位置,緯度,経度,男性トイレ総数,女性トイレ総数,多機能トイレ数,オストメイト設置トイレ有無",
    ],
    "event": [f"{OLD},イベント名,イベント名_カナ,開始日,終了日,開始時間,説明,場所名称,住所", "№,対象,開催日,開始時間,終了時間,行事名,場所名称"],
    "population": [f"{FRONT},調査年月日,地域名,総人口,男性,女性", "#property,regionCode,regionName,totalPopulation,male,woman,location"],
    "mhlw": ["都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,緯度,経度,電話番号,法人の名称,事業所番号"],
    "wamnet": ["都道府県コード又は市区町村コード,指定機関名,サービス種別,事業所の名称,事業所番号,事業所住所（市区町村）,事業所住所（番地以降）,事業所電話番号"],
    "takamatsu": ["#property,latitude,longitude,name,address,telephoneNumber,referenceObject,note"],
}  # fmt: skip
CELLS = {"緯度": "34.33", "経度": "134.05", "latitude": "34.33", "longitude": "134.05"}
NAMES = ("介護サービス事業所名称", "名称", "事業所名", "事業所の名称", "name")


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., ImportReport]:
    """Give a function that imports the content of a file into an empty site."""
    (tmp_path / "site/resources").mkdir(parents=True)

    def run(content: str | bytes, name: str = "list.csv", said: Said = SAID) -> ImportReport:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_sources(tmp_path / "site", [path], Options(said=said))

    return run


def written(tmp_path: Path) -> dict[str, Any]:
    files = sorted((tmp_path / "site/resources").glob("*/*.yml"))
    return {path.stem: read_file(path, "").value for path in files if path.parent.name != "sources"}


def codes(report: ImportReport) -> list[str]:
    return [one.code for one in (*report.findings, *(found for listed in report.lists for found in listed.findings))]


def filled(header: str) -> str:
    known = {
        **CELLS,
        **dict.fromkeys(NAMES, "さくら"),
        **dict.fromkeys(("住所", "所在地", "所在地_連結表記", "address"), "見本市本町1"),
    }
    return ",".join(known.get(name, "1") for name in header.split(","))


@pytest.mark.parametrize(("form", "header"), [(form, header) for form, headers in FORMS.items() for header in headers])
def test_a_form_is_known_by_its_headers_in_any_order(take: Any, tmp_path: Path, form: str, header: str) -> None:
    turned = ",".join(reversed(header.split(",")))
    report = take(f"{turned}\n{filled(turned)}\n")
    assert report.exit_code == 0, "\n".join(lines(report))
    told = next(found for found in (*report.findings, *report.lists[0].findings) if found.code in ("I189", "I185"))
    record = written(tmp_path)
    if form in ("event", "population"):
        assert (told.code, record, report.lists[0].is_accounted_for) == (
            "I189" if form == "event" else "I185",
            {},
            True,
        )
    else:
        [(record_id, data)] = record.items()
        assert record_id.startswith({"mhlw": "kaigo", "wamnet": "wam", "takamatsu": "place"}.get(form, form) + "-")
        assert data["name"] == "さくら"
        assert data["location"].get("lat", 34.33) == 34.33


def test_the_rest_is_as_if_it_had_been_described_by_hand(take: Any, tmp_path: Path) -> None:
    take("名称,名称かな,所在地,設置位置,経度,緯度\n集会所,しゅうかいしょ,見本市本町1,玄関,134.0,34.0\n", "my list.csv")
    described = tmp_path / "site/resources/sources/my-list.yml"
    value = read_file(described, "").value
    assert (value["file"], value["licence"], value["into"]) == (
        "files/my list.csv",
        "（利用条件を確かめてください）",
        "equipment",
    )
    again = import_sources(tmp_path / "site", [described])
    assert (again.exit_code, again.files) == (0, 0)


def test_the_header_is_found_below_lines_about_the_file(take: Any, tmp_path: Path) -> None:
    text = '#LINK,,,\n#lang,ja,,\n#property,name,address,location\n#object_type_xsd,string,string,string\n1,見本の家,見本市本町1,"34.33,134.05"\n'
    report = take(text)
    assert written(tmp_path)["place-1"]["location"] == {"address": "見本市本町1", "lat": 34.33, "lng": 134.05}
    assert [row.why.value for row in report.lists[0].plan.dropped] == ["note_row"] if report.lists[0].plan else False


def test_an_address_in_parts_is_joined(take: Any, tmp_path: Path) -> None:
    take(f"ID,名称,{PLACE},設置位置\nA1,家,,,,見本県,見本市,本町,1番,,,,玄関\n")
    assert written(tmp_path)["aed-a1"]["location"]["address"] == "見本県見本市本町1番"


def test_geojson_and_hsds_are_tables_too(take: Any, tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"name": "見本公園", "address": "見本市本町1"},
        "geometry": {"type": "Point", "coordinates": [134.05, 34.33]},
    }
    take(
        json.dumps({"type": "FeatureCollection", "features": [feature]}),
        "park.geojson",
        Said(SAID.on, owner="見本市", kind="公園"),
    )
    [park] = written(tmp_path).values()
    assert (park["location"], park["kind"]) == ({"address": "見本市本町1", "lat": 34.33, "lng": 134.05}, "公園")
    service = {
        "id": "0f1", "name": "見本の会", "status": "active", "organization": {"name": "見本法人"}, "phones": [{"number": "087-839-2811"}],
        "schedules": [{"byday": "MO,WE", "opens_at": "10:00", "closes_at": "12:00"}],
        "service_at_locations": [{"location": {"latitude": 34.3, "longitude": 134.1, "addresses": [{"city": "見本市", "address_1": "東町2"}]}}],
    }  # fmt: skip
    take(json.dumps({"contents": [service]}), "hsds.json")
    data = written(tmp_path)["hsds-0f1"]
    assert (data["name"], data["phones"], data["location"]["address"]) == (
        "見本の会",
        [{"number": "087-839-2811"}],
        "見本市東町2",
    )
    assert "月水 10:00～12:00" in str(data)


def test_a_newer_file_of_the_same_name_goes_in_the_place_of_the_old_one(take: Any, tmp_path: Path) -> None:
    header = "名称,名称かな,所在地,設置位置,経度,緯度"
    take(f"{header}\n集会所,しゅうかいしょ,見本市本町1,玄関,134.0,34.0\n", "aed.csv")
    book = openpyxl.Workbook()
    for row in (header.split(","), ["集会所", "しゅうかいしょ", "見本市本町1", "二階", 134.0, 34.0]):
        book.active.append(row)
    path = tmp_path / "aed.xlsx"
    book.save(path)
    report = import_sources(tmp_path / "site", [path], Options(said=Said(date(2027, 4, 1))))
    assert report.exit_code == 0
    assert read_file(tmp_path / "site/resources/sources/aed.yml", "").value["data_date"] == "2027-04-01"
    assert written(tmp_path)["aed-shukaisho"]["attributes"]["設置場所"] == "二階"


def test_an_unknown_table_gets_a_draft_that_imports_after_a_look(take: Any, tmp_path: Path) -> None:
    text = "なまえ欄,よみ,ところ,でんわ,代表者氏名,ひとこと\nさくら会,さくらかい,見本市本町1-2,087-839-2811,見本 太郎,毎週集まります\n"
    assert codes(take(text)) == ["I187"]
    draft, _ = draft_text(tmp_path / "list.csv", SAID)
    assert "よみ: name_kana  # 例: さくらかい" in draft
    assert "でんわ: phones" in draft
    assert "見本 太郎" not in draft
    mapping = tmp_path / "m.yml"
    mapping.write_text(draft.replace("なまえ欄: attributes.なまえ欄", "なまえ欄: name"), encoding="utf-8")
    assert read_text(mapping.read_text(encoding="utf-8"), "").findings == ()
    report = take(text, said=Said(SAID.on, owner="見本市", into="clubs", kind="通いの場・サロン", mapping=mapping))
    assert report.exit_code == 0, "\n".join(lines(report))
    [(record_id, data)] = written(tmp_path).items()
    assert (record_id, data["phones"]) == ("list-sakurakai", [{"number": "087-839-2811"}])
    assert "見本 太郎" not in str(written(tmp_path))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("名称;所在地;設置位置\n家;本町1;玄関\n", "a.csv", "I183"),
        ("何,か\n1,2\n", "a.csv", "I187"),
        ('[{"a": 1}', "a.json", "I181"),
        ('{"a": 1}', "a.json", "I182"),
        ("名称,所在地".encode() + b"\r\n\xff\xfe\x00", "a.csv", "I103"),
        (b"PK\x03\x04 cut off", "a.xlsx", "I151"),
        ("[" * 100_000, "a.json", "I181"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(
    take: Any, tmp_path: Path, content: str | bytes, name: str, code: str
) -> None:
    report = take(content, name)
    assert (report.exit_code, codes(report)) == (1, [code])
    assert [path for path in (tmp_path / "site").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "cells", "owner"),
    [
        ("a.csv", "372013,,", "高松市"),
        ("a.csv", ",木田郡三木町,", "木田郡三木町"),
        ("【柳井市】AED.csv", ",,", "柳井市"),
        ("382019_aed.csv", ",,", "松山市"),
    ],
)
def test_the_owner_is_who_the_list_says_it_is(take: Any, tmp_path: Path, name: str, cells: str, owner: str) -> None:
    report = take(
        f"全国地方公共団体コード,地方公共団体名,名称,住所,設置位置\n{cells[:-1]},家,本町1,玄関\n", name, Said(SAID.on)
    )
    assert report.exit_code == 0, "\n".join(lines(report))
    [described] = (tmp_path / "site/resources/sources").glob("*.yml")
    value = read_file(described, "").value
    assert (value["owner"], value["credit"], value["constants"]["verified_by"]) == (owner, f"{owner}（加工）", owner)


def test_a_list_of_nobody_is_refused_with_what_to_say(take: Any, tmp_path: Path) -> None:
    report = take("名称,住所,設置位置\n家,本町1,玄関\n", said=Said(SAID.on))
    assert (report.exit_code, codes(report), written(tmp_path)) == (1, ["I189", "I211"], {})


def test_a_link_is_not_followed(take: Any, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("名称,所在地,設置位置\n家,本町1,玄関\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "secret")
    report = import_sources(tmp_path / "site", [tmp_path / "link.csv"], Options(said=SAID))
    assert (report.exit_code, codes(report)) == (1, ["I184"])


def test_ids_that_try_to_leave_the_folder_become_plain(take: Any, tmp_path: Path) -> None:
    take("ID,名称,所在地,設置位置\n../../../etc/x,家,本町1,玄関\n", "..%2f..csv")
    assert list(written(tmp_path)) == ["aed-etc-x"]


def test_every_row_is_in_the_report_whatever_its_form(take: Any, tmp_path: Path, tsunagite: Any) -> None:
    text = "名称,名称かな,所在地,設置位置,経度,緯度\n家,いえ,本町1,玄関,0,0\n,,,,,\n店,みせ,東町2,入口,134.0,34.0\n"
    report = take(text)
    value = json.loads(as_json(report))
    counts = value["lists"][0]
    assert (counts["rows"], counts["records"], counts["merged"], counts["dropped"]) == (3, 2, 0, 1)
    assert {row["row"] for row in value["rows"]} == {2, 3, 4}
    zero = next(row for row in value["rows"] if row.get("why") == "coordinates_zero")
    assert (zero["column"], zero["read"], zero.get("became", "")) in (("緯度", "0", ""), ("経度", "0", ""))
    assert "| 3 |  |  | 除いた |" in as_markdown(report)
    said = tsunagite(
        "import",
        tmp_path / "list.csv",
        "--root",
        tmp_path / "site",
        "--report",
        tmp_path / "r.xlsx",
        "--date",
        "2026-11-24",
    )
    assert said.code == 0, said.err
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    rows = list(book.worksheets[1].iter_rows())
    dropped = next(row for row in rows if row[4].value == "除いた")
    assert dropped[0].fill.fgColor.rgb.endswith("E7E6E6")
    assert (
        tsunagite("import", tmp_path / "list.csv", "--root", tmp_path / "site", "--report", tmp_path / "r.doc").code
        == 2
    )


def test_other_data_can_be_looked_at_without_importing(take: Any, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.csv").write_text(
        "名称,名称かな,所在地,設置位置,経度,緯度\n家,いえ,本町1,玄関,134,34\n,,,,,\n", encoding="cp932"
    )
    (tmp_path / "data/b.csv").write_bytes(b"\xff\xff\xff")
    _, _, first, second = folder_lines(tmp_path / "site", tmp_path / "data", SAID)
    assert first == "| a.csv | AED設置箇所一覧（自治体標準オープンデータセット） | 100% | 2 | 1 | 0 | 1 | 0 |"
    assert second.startswith("| b.csv | 一覧の文字コードを読めません")
    assert written(tmp_path) == {}

"""What kind of place a row is: from evidence, and neutral without any need where there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.check.load import load
from tsunagite.findings import has_errors
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.forms.read import kind_rules
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file
from tsunagite.search.view import _spellings

pytestmark = pytest.mark.usefixtures("no_dictionary")

SAID = Said(date(2026, 11, 24), owner="見本市")
CARE = "介護サービス事業所名称,実施サービス,住所,電話番号,事業所番号"
FACILITY = "名称,住所,電話番号,団体名,利用可能曜日,説明"


def records_of(folder: Path, header: str, *rows: str, vocabulary: str = "") -> dict[str, dict[str, Any]]:
    """Import rows into an empty site and return the records by name, each with its folder."""
    site = folder / "site"
    (site / "resources/vocabulary").mkdir(parents=True)
    if vocabulary:
        (site / "resources/vocabulary/kind.yml").write_text(vocabulary, encoding="utf-8")
    path = folder / "list.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    report = import_sources(site, [path], Options(said=SAID))
    assert report.exit_code == 0, report
    found = {}
    for file in site.rglob("resources/*/*.yml"):
        value = read_file(file, file.name).value
        if file.parent.name not in ("sources", "vocabulary"):
            found[value["name"]] = {**value, "folder": file.parent.name}
    assert not has_errors(load(site, date(2026, 11, 24)).findings)
    return found


def test_a_support_centre_under_rows_of_preventive_care_is_a_support_centre(tmp_path: Path) -> None:
    rows = records_of(
        tmp_path, CARE,
        "松山市地域包括支援センター城北,介護予防支援,松山市堀江町甲338-2,089-911-8005,3800100053",
        "松山市地域包括支援センター城北,介護予防ケアマネジメント,松山市堀江町甲338-2,089-911-8005,3800100053",
        "あんしんセンター東,介護予防支援,松山市築山町5-11,089-915-7760,3800100012",
        "北条支所の相談室,介護予防支援,松山市北条1-1,089-992-0117,3880100023",
    )  # fmt: skip
    by_name = rows["松山市地域包括支援センター城北"]
    assert (by_name["kind"], by_name["needs"], by_name["folder"]) == (
        "地域包括支援センター",
        ["相談したい", "介護"],
        "consultation",
    )
    assert rows["あんしんセンター東"]["kind"] == "地域包括支援センター", "the number says so: 0 and below 5000"
    assert (rows["北条支所の相談室"]["kind"], "needs" in rows["北条支所の相談室"]) == ("その他の介護サービス", False)


def test_the_services_own_words_come_before_any_default(tmp_path: Path) -> None:
    rows = records_of(
        tmp_path, CARE,
        "見本苑,特別養護老人ホーム,見本市本町1-1,089-911-8001,3870100001",
        "見本の里,介護老人福祉施設,見本市本町2-1,089-911-8002,3870100002",
        "ヘルパー見本,訪問介護,見本市本町3-1,089-911-8003,3870100003",
        "見本老健,短期入所療養介護（介護老人保健施設）,見本市本町4-1,089-911-8004,3870100004",
    )  # fmt: skip
    assert {name: row["kind"] for name, row in rows.items()} == {
        "見本苑": "入所施設・高齢者住宅", "見本の里": "入所施設・高齢者住宅", "ヘルパー見本": "訪問介護", "見本老健": "短期入所",
    }  # fmt: skip


def test_services_that_a_clinic_is_taken_to_offer_do_not_make_it_a_home_help_office(tmp_path: Path) -> None:
    rows = records_of(
        tmp_path, CARE,
        "見本眼科医院,居宅療養管理指導,見本市本町1-1,089-911-8001,3810110068",
        "見本眼科医院,通所リハビリテーション,見本市本町1-1,089-911-8001,3810110068",
        "見本歯科,居宅療養管理指導,見本市本町2-1,089-911-8002,3830131284",
        "みどり調剤,居宅療養管理指導,見本市本町3-1,089-911-8003,3840140507",
        "見本園,訪問リハビリテーション,見本市本町4-1,089-911-8004,3810118020",
    )  # fmt: skip
    assert {name: row["kind"] for name, row in rows.items()} == {
        "見本眼科医院": "診療所", "見本歯科": "歯科", "みどり調剤": "薬局", "見本園": "その他の介護サービス",
    }  # fmt: skip
    assert "fee" not in rows["見本眼科医院"], "care insurance pays for the service, not for the doctor"
    assert "needs" not in rows["見本園"]


def test_schools_warehouses_parking_and_offices_are_no_places_to_meet_people(tmp_path: Path) -> None:
    names = (
        "見本小学校",
        "見本駅前自転車駐車場",
        "防災倉庫（東）",
        "公園駐車場",
        "見本市土木事務所",
        "旧見本小学校",
        "学校給食センター",
    )
    rows = records_of(
        tmp_path, FACILITY, *(f"{name},見本市本町{i}-1,089-911-80{i:02},見本市,," for i, name in enumerate(names, 1))
    )
    assert {name: (row["kind"], "needs" in row) for name, row in rows.items()} == {
        "見本小学校": ("学校・大学", False), **dict.fromkeys(names[1:], ("その他の公共施設", False)),
    }  # fmt: skip


def test_a_place_of_which_nothing_is_known_claims_nothing_and_a_public_one_is_proven(tmp_path: Path) -> None:
    names = (
        "みどりビル",
        "見本動物病院",
        "本町駐車場",
        "市営本町駐車場",
        "見本市医師会",
        "見本市斎場",
        "見本市立中央図書館",
    )
    header = "#property,latitude,longitude,name,address,telephoneNumber"
    rows = records_of(
        tmp_path,
        header,
        *(f"{i},34.3{i},134.0{i},{name},見本市本町{i}-1,089-911-80{i:02}" for i, name in enumerate(names, 1)),
    )
    nothing = ("種類を確認していない所", None, None, "unconfirmed")
    public = ("その他の公共施設", None, ["公助"], "public")
    assert {name: (row["kind"], row.get("needs"), row.get("support_level"), row["folder"]) for name, row in rows.items() if name != "見本市立中央図書館"} == {
        "みどりビル": nothing, "見本動物病院": nothing, "本町駐車場": nothing, "見本市医師会": nothing, "市営本町駐車場": public, "見本市斎場": public,
    }  # fmt: skip
    assert rows["見本市立中央図書館"]["kind"] == "図書館"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("見本市立中央図書館", "図書館"),
        ("東部公民館", "コミュニティセンター"),
        ("総合運動公園テニスコート", "スポーツ施設"),
        ("見本中央公園", "公園"),
        ("大学病院前薬局", "薬局"),
        ("見本大学附属病院", "病院"),
        ("特別養護老人ホーム見本荘", "入所施設・高齢者住宅"),
        ("見本こども園", "保育所・幼稚園"),
        ("見本町役場", "市役所・支所の窓口"),
        ("図書館前公園", "公園"),
        ("見本小学校区公民館", "コミュニティセンター"),
        ("公園前歯科医院", "歯科"),
        ("さくら薬局駅前店", "薬局"),
        ("さくら薬局前橋店", "薬局"),
        ("さくら歯科横浜", "歯科"),
        ("養護老人ホーム前田荘", "入所施設・高齢者住宅"),
        ("社会福祉協議会事務局", "社会福祉協議会"),
        ("地域包括支援センター見本ブランチ", "地域包括支援センター"),
        *(
            (name, "")
            for name in (
                "公民館跡",
                "老人福祉センター跡地",
                "旧本町公民館",
                "見本小学校前郵便局",
                "公園管理事務所",
                "公園愛護会",
                "図書館友の会",
                "図書館を考える会",
                "保健所動物愛護センター",
                "歯科医師会館",
                "歯科技工所",
                "見本高校同窓会館",
                "見本公園前駅",
                "体育館管理組合",
                "特別養護老人ホーム見本デイサービスセンター",
                "図書館カフェ",
                "記念館通り商店会",
                "消防署前交番",
            )
        ),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: str) -> None:
    rule = kind_rules().of(name)
    assert (rule.kind if rule else "") == kind


def test_a_name_of_the_city_is_one_line_and_found_by_search(tmp_path: Path) -> None:
    line = "terms:\n  - {id: community_support_center, named: [高齢者サポートセンター]}\n"
    rows = records_of(
        tmp_path,
        CARE,
        "見本高齢者サポートセンター西,居宅介護支援,見本市本町1-1,089-911-8001,3870100001",
        vocabulary=line,
    )
    assert rows["見本高齢者サポートセンター西"]["kind"] == "地域包括支援センター"
    term = load(tmp_path / "site", date(2026, 11, 24)).directory.vocabularies["kind"]["community_support_center"]
    assert {"高齢者サポートセンター", "地域包括支援センター"} <= set(_spellings(term))


def test_a_poi_code_tells_the_kind_where_the_name_does_not_and_decides_nothing_against_the_name(tmp_path: Path) -> None:
    rows = {
        "さくらホーム": ("1408", "入所施設・高齢者住宅", ["介護", "住まい・修理"]),
        "まなびや": ("803", "生涯学習・文化の施設", ["趣味・役割"]),
        "ちどり": ("１５１２", "図書館", ["趣味・役割"]),
        "みなみ園": ("1402;1405", "保育所・幼稚園", ["子育て"]),
        "本町図書館": ("1512", "図書館", ["趣味・役割"]),
        "本町公園墓園": ("1003", "その他の公共施設", None),
        "本町小学校体育館": ("1110", "その他の公共施設", None),
        "ひので": ("1309", "その他の公共施設", None),
        "あさひ": ("1402;1601", "その他の公共施設", None),
    }
    header = "名称,POIコード,住所,電話番号,団体名,利用可能曜日,説明"
    lines = (
        f"{name},{code},見本市本町{i},087-839-20{i:02},見本市,," for i, (name, (code, _, _)) in enumerate(rows.items())
    )
    records = records_of(tmp_path, header, *lines)
    assert {name: (records[name]["kind"], records[name].get("needs")) for name in rows} == {
        name: (kind, needs) for name, (_, kind, needs) in rows.items()
    }


SERVICES = {
    "訪問介護": ["訪問介護", "夜間対応型訪問介護", "定期巡回・随時対応型訪問介護看護"],
    "訪問入浴": ["訪問入浴介護"],
    "訪問リハビリ": ["訪問リハビリテーション"],
    "通所介護・通所リハビリ": ["通所介護", "指定療養通所介護", "通所リハビリテーション", "認知症対応型通所介護", "地域密着型通所介護"],
    "福祉用具": ["福祉用具貸与", "特定福祉用具販売"],
    "短期入所": [
        "短期入所生活介護", "短期入所療養介護（介護老人保健施設）", "短期入所療養介護(療養病床を有する病院等）", "短期入所療養介護（介護医療院）",
    ],
    "グループホーム": ["認知症対応型共同生活介護"],
    "入所施設・高齢者住宅": [
        "特定施設入居者生活介護（有料老人ホーム）", "特定施設入居者生活介護（軽費老人ホーム）",
        "特定施設入居者生活介護（有料老人ホーム（サービス付き高齢者向け住宅））", "特定施設入居者生活介護（軽費老人ホーム（サービス付き高齢者向け住宅））",
        "特定施設入居者生活介護（サービス付き高齢者向け住宅）", "特定施設入居者生活介護（有料老人ホーム・外部サービス利用型）",
        "地域密着型特定施設入居者生活介護（有料老人ホーム）", "地域密着型特定施設入居者生活介護（軽費老人ホーム）",
        "地域密着型特定施設入居者生活介護（有料老人ホーム（サービス付き高齢者向け住宅））",
        "介護老人福祉施設", "介護老人保健施設", "介護療養型医療施設", "地域密着型介護老人福祉施設入所者生活介護", "介護医療院",
    ],
    "居宅介護支援事業所": ["居宅介護支援"],
    "小規模多機能型居宅介護": ["小規模多機能型居宅介護", "看護小規模多機能型居宅介護（複合型サービス）"],
}  # fmt: skip
"""Services of the national register (サービスの種類) by kind; 訪問看護 is told by the office's number."""


def test_all_services_of_the_national_care_register_have_their_kind(tmp_path: Path) -> None:
    services = [(kind, service) for kind, names in SERVICES.items() for service in names] + [("訪問看護", "訪問看護")]
    header = "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,サービスの種類,住所,電話番号,法人の名称,事業所番号"
    lines = (
        f"999999,{i},見本県,見本市,さくら{i}番,{service},見本県見本市本町{i},087-839-2{i:03},社会福祉法人見本会,37{'6' if kind == '訪問看護' else '7'}01{i:05}"
        for i, (kind, service) in enumerate(services)
    )
    records = records_of(tmp_path, header, *lines)
    assert len(services) >= 34
    assert {service: records[f"さくら{i}番"]["kind"] for i, (_, service) in enumerate(services)} == {
        service: kind for kind, service in services
    }


def test_the_main_department_of_a_clinic_tells_its_kind_and_not_one_of_twelve(tmp_path: Path) -> None:
    header = "名称,医療機関の種類,住所,電話番号,診療科目"
    records = records_of(
        tmp_path,
        header,
        "みどり,,見本市本町1,087-839-2001,内科;外科;小児科;歯科",
        "あおば,,見本市本町2,087-839-2002,歯科;小児歯科;矯正歯科",
        "もみじ,病院,見本市本町3,087-839-2003,内科;歯科口腔外科",
        "わかば,歯科診療所,見本市本町4,087-839-2004,",
    )
    assert {name: one["kind"] for name, one in records.items()} == {
        "みどり": "診療所", "あおば": "歯科", "もみじ": "病院", "わかば": "歯科",
    }  # fmt: skip


def test_the_more_specific_of_two_lists_of_one_place_tells_its_kind(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "resources").mkdir(parents=True)
    (tmp_path / "公共施設一覧.csv").write_text(
        f"{FACILITY}\nさくら館,見本市本町1-1,087-839-2001,見本市,,\n", encoding="utf-8"
    )
    (tmp_path / "図書館一覧.csv").write_text(
        f"{FACILITY}\nさくら館,見本市本町1-1,087-839-2001,見本市,,\n", encoding="utf-8"
    )
    report = import_sources(site, [tmp_path / "公共施設一覧.csv", tmp_path / "図書館一覧.csv"], Options(said=SAID))
    assert report.exit_code == 0
    files = [file for file in site.rglob("resources/*/*.yml") if file.parent.name != "sources"]
    assert [(read_file(file, "").value["name"], read_file(file, "").value["kind"]) for file in files] == [
        ("さくら館", "図書館")
    ]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_an_office_in_two_lists_of_the_register_is_what_its_main_service_is(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    header = "都道府県コード又は市町村コード,No,都道府県名,市区町村名,事業所名,サービスの種類,住所,電話番号,法人の名称,事業所番号"
    row = "999999,1,見本県,見本市,さくらの里,{},見本県見本市本町1,087-839-2001,社会福祉法人見本会,{}"
    rows = [row.format("訪問リハビリテーション", "3770100001"), row.format("介護老人保健施設", "3750100002")]
    site = tmp_path / "site"
    (site / "resources").mkdir(parents=True)
    paths = []
    for name, line in zip(order, rows, strict=True):
        paths.append(tmp_path / f"register_{name}.csv")
        paths[-1].write_text(f"{header}\n{line}\n", encoding="utf-8")
    assert import_sources(site, sorted(paths), Options(said=SAID)).exit_code == 0
    [file] = [file for file in site.rglob("resources/*/*.yml") if file.parent.name != "sources"]
    record = read_file(file, "").value
    assert (record["kind"], record["needs"], sorted(record["services"])) == (
        "入所施設・高齢者住宅",
        ["介護", "住まい・修理"],
        ["介護老人保健施設", "訪問リハビリテーション"],
    )


def test_an_office_whose_name_says_its_service_is_not_the_facility_that_its_number_tells(tmp_path: Path) -> None:
    rows = records_of(
        tmp_path,
        CARE,
        "介護老人保健施設見本　通所リハビリテーション,通所リハビリテーション,見本市本町1,087-839-2001,3750100001",
        "介護老人保健施設さくら,介護老人保健施設,見本市本町2,087-839-2002,3750100002",
        "ケアステーションもも,訪問看護,見本市本町3,087-839-2003,3760100003",
        "もも訪問看護ステーション,訪問看護,見本市本町4,087-839-2004,3760100004",
        "介護医療院さくら,介護医療院,見本市本町5,087-839-2005,37B0100005",
        "うめ訪問看護ステーション,居宅介護支援,見本市本町6,087-839-2006,3760100006",
        "うめ訪問看護ステーション,訪問看護,見本市本町6,087-839-2006,3760100006",
        "訪問介護ステーションまつ,訪問介護,見本市本町7,087-839-2007,3760100007",
    )
    assert {name: row["kind"] for name, row in rows.items()} == {
        "介護老人保健施設見本　通所リハビリテーション": "通所介護・通所リハビリ",
        "介護老人保健施設さくら": "入所施設・高齢者住宅",
        "ケアステーションもも": "訪問看護",
        "もも訪問看護ステーション": "訪問看護",
        "介護医療院さくら": "入所施設・高齢者住宅",
        "うめ訪問看護ステーション": "訪問看護",
        "訪問介護ステーションまつ": "訪問介護",
    }

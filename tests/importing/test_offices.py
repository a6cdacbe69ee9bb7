"""One number is not one place, two lists never write into one id, and what no list tells apart is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.detect.intake import Said
from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file

pytestmark = pytest.mark.usefixtures("no_dictionary")

CARE = "介護サービス事業所名称,実施サービス,住所,電話番号,事業所番号"
HELP = "訪問介護事業所そよかぜ,訪問介護,見本市本町1-1,087-839-2801,3870108796"
SAID = Said(date(2026, 11, 24), owner="見本市")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/resources").mkdir(parents=True)
    return tmp_path / "site"


def take(site: Path, name: str, *lines: str, said: Said = SAID) -> ImportReport:
    path = site.parent / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = import_sources(site, [path], Options(said=said))
    assert report.exit_code == 0, report
    assert all(one.is_accounted_for for one in report.lists)
    return report


def records(site: Path) -> dict[str, dict[str, Any]]:
    values = (
        read_file(path, "").value for path in sorted(site.glob("resources/*/*.yml")) if path.parent.name != "sources"
    )
    return {value["id"]: value for value in values}


@pytest.mark.parametrize(
    "other",
    [
        "そよかぜ ヘルパー,訪問入浴介護,見本市本町1-1,087-839-2999",
        "そよかぜ,訪問入浴介護,見本市西町9,087-839-2801",
        "訪問介護事業所　そよかぜ,訪問入浴介護,見本市西町9,",
    ],
)
def test_rows_of_one_number_are_one_office_where_name_address_or_telephone_agree(site: Path, other: str) -> None:
    take(site, "care.csv", CARE, HELP, f"{other},3870108796")
    [(record_id, data)] = records(site).items()
    assert (record_id, data["services"]) == ("care-3870108796", ["訪問介護", "訪問入浴介護"])


def test_two_places_of_one_number_stay_apart_and_are_asked(site: Path) -> None:
    day = "通所介護事業所ひだまり,通所介護,見本市東町5-2,087-839-2902,3870108796"
    report = take(site, "care.csv", CARE, HELP, day)
    found = records(site)
    assert {data["name"]: data["services"] for data in found.values()} == {
        "訪問介護事業所そよかぜ": ["訪問介護"],
        "通所介護事業所ひだまり": ["通所介護"],
    }
    assert [{pair.first_name, pair.second_name} for pair in report.uncertain] == [
        {"訪問介護事業所そよかぜ", "通所介護事業所ひだまり"}
    ]
    take(site, "care.csv", CARE, day, HELP)
    assert records(site) == found, "whichever row comes first, each keeps its record"
    pairs = site / "resources/sources/pairs.yml"
    pairs.write_text(pairs.read_text(encoding="utf-8") + "    same: true\n", encoding="utf-8")
    report = take(site, "care.csv", CARE, HELP, day)
    plan = report.lists[0].plan
    assert plan is not None
    assert (len(plan.merged), len(plan.gone)) == (1, 1), "and a person may say that they are one"


def test_rows_without_a_number_that_agree_are_one_office_and_others_are_not(site: Path) -> None:
    take(
        site, "places.csv", "事業所の名称,サービス種別,指定機関名,事業所住所（市区町村）,事業所電話番号",
        "あおぞら,生活介護,見本県,見本市本町1-1,087-839-2801",
        "あおぞら,就労継続支援B型,見本県,見本市本町1-1,087-839-2801",
        "あおぞら,就労継続支援B型,見本県,見本市西町8-8,087-839-2802",
    )  # fmt: skip
    found = sorted(records(site).values(), key=lambda data: data["location"]["address"])
    assert [(data["location"]["address"], data["services"]) for data in found] == [
        ("見本市本町1-1", ["生活介護", "就労継続支援B型"]), ("見本市西町8-8", ["就労継続支援B型"]),
    ]  # fmt: skip


def test_ids_of_rows_without_a_number_do_not_hang_on_their_order(site: Path) -> None:
    header = "名称,名称_カナ,住所,設置位置"
    rows = ["会館,カイカン,見本市本町1,玄関", "図書館,トショカン,見本市西町2,入口", "日の出,,見本市東町3,廊下"]
    take(site, "aed.csv", header, *rows)
    first = records(site)
    assert {"aed-kaikan", "aed-toshokan"} < set(first)
    for path in site.glob("resources/*/*.yml"):
        path.unlink()
    for path in site.glob("resources/sources/snapshots/*"):
        path.unlink()
    take(site, "aed.csv", header, "新しい所,アタラシイトコロ,見本市本町9,玄関", *reversed(rows))
    assert set(first) < set(records(site))


def test_two_descriptions_with_one_prefix_write_nothing_over_each_other(site: Path) -> None:
    for name, place in (("a", "見本図書館,見本市本町1,34.1,134.1"), ("b", "見本医院,見本市西町9,34.2,134.2")):
        (site / "resources/sources/files").mkdir(parents=True, exist_ok=True)
        (site / f"resources/sources/files/{name}.csv").write_text(
            f"ID,名称,住所,緯度,経度\n1,{place}\n", encoding="utf-8"
        )
        (site / f"resources/sources/{name}.yml").write_text(
            f"id: {name}\nname: 一覧{name}\nowner: 見本市\nlicence: CC BY 4.0\ncredit: 見本市\ndata_date: 2026-01-01\nfile: files/{name}.csv\n"
            "into: public\nid_rule: {prefix: place, number: ID}\ncolumns: {名称: name, 住所: location.address, 緯度: location.lat, 経度: location.lng}\n"
            "constants: {kind: その他の公共施設, support_level: [公助]}\n",
            encoding="utf-8",
        )
    first, second = import_sources(site, []).lists
    assert [data["name"] for data in records(site).values()] == ["見本図書館"]
    assert first.plan is not None
    assert second.plan is not None
    [dropped] = second.plan.dropped
    assert (dropped.name, dropped.why.value, dropped.detail, second.is_accounted_for) == (
        "見本医院",
        "id_taken",
        "一覧「一覧a」",
        True,
    )


def test_the_telephone_of_a_service_does_not_become_that_of_the_building(site: Path) -> None:
    header = "名称,名称_カナ,住所,電話番号,団体名,利用可能曜日,説明"
    take(
        site,
        "公共施設一覧.csv",
        header,
        "見本図書館,ミホントショカン,見本市本町1-1,,,,",
        "東公民館,ヒガシコウミンカン,見本市東町2-2,087-839-2802,,,",
    )
    take(
        site,
        "公衆無線LANアクセスポイント一覧.csv",
        header,
        "見本図書館,ミホントショカン,見本市本町1-1,087-839-2999,,,",
        "西口広場,ニシグチヒロバ,見本市西町9,087-839-2999,,,",
    )
    [library] = [data for data in records(site).values() if data["name"] == "見本図書館"]
    assert ("phones" in library, library["attributes"]) == (False, {"公衆無線LAN": "公衆無線LANの電話 087-839-2999"})


@pytest.mark.parametrize(
    ("rows", "phones", "said"),
    [
        (  # only the visiting nurses have a telephone
            [
                "よこて内科,通所リハビリテーション,見本市本町1-1,,",
                "花はな訪問看護,訪問看護,見本市本町1-1,087-839-2801,",
            ],
            [{"number": "087-839-2801", "label": "花はな訪問看護"}],
            {},
        ),
        (  # a fax number, too, is that of the nurses
            [
                "よこて内科,通所リハビリテーション,見本市本町1-1,,",
                "花はな訪問看護,訪問看護,見本市本町1-1,,087-839-2802",
            ],
            [{"number": "087-839-2802", "type": "fax", "label": "花はな訪問看護"}],
            {},
        ),
        (  # two services, two telephones: neither is that of the whole house
            [
                "中川病院,居宅介護支援,見本市本町1-1,087-839-2801,087-839-2802",
                "中川病院,訪問看護,見本市本町1-1,087-839-2803,",
            ],
            [
                {"number": "087-839-2801", "label": "居宅介護支援"},
                {"number": "087-839-2802", "type": "fax"},
            ],
            {"訪問看護": "電話 087-839-2803"},
        ),
        (  # one telephone for all: nothing to tell
            ["中川病院,居宅介護支援,見本市本町1-1,,", "中川病院,訪問看護,見本市本町1-1,087-839-2801,"],
            [{"number": "087-839-2801"}],
            {},
        ),
    ],
)
def test_a_telephone_of_one_service_is_not_said_to_be_that_of_the_whole_house(
    site: Path, rows: list[str], phones: list[dict[str, str]], said: dict[str, str]
) -> None:
    head = "介護サービス事業所名称,実施サービス,住所,電話番号,FAX番号,事業所番号"
    take(site, "care.csv", head, *(f"{row},3810114953" for row in rows))
    [data] = records(site).values()
    assert (data["phones"], data.get("attributes", {})) == (phones, said)


def test_a_service_in_another_house_says_so_and_gives_no_point_to_the_first_house(site: Path) -> None:
    head = "介護サービス事業所名称,実施サービス,住所,緯度,経度,電話番号,事業所番号"
    take(
        site,
        "care.csv",
        head,
        "そよかぜ,訪問介護,見本市本町1-1,,,087-839-2801,3870102237",
        "そよかぜ,訪問入浴介護,見本市西町9-2,34.31,134.01,087-839-2801,3870102237",
    )
    [data] = records(site).values()
    assert data["location"] == {"address": "見本市本町1-1"}
    assert data["attributes"] == {"訪問入浴介護": "住所 見本市西町9-2"}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("899604618", "もとの一覧の電話番号が読み取れません。"),  # a spreadsheet took the 0 away
        ("970-9101", "もとの一覧の電話番号が読み取れません。"),
        ("8.99604618E+08", "もとの一覧の電話番号が読み取れません。"),
        ("要相談", "もとの一覧に電話番号がのっていません。"),
        ("なし", "もとの一覧に電話番号がのっていません。"),
        ("", "もとの一覧に電話番号がのっていません。"),
    ],
)
def test_a_number_that_cannot_be_dialled_is_not_said_to_be_missing_in_the_list(
    site: Path, cell: str, reason: str
) -> None:
    take(site, "care.csv", CARE, f"そよかぜ,訪問介護,見本市本町1-1,{cell},3870108796")
    [data] = records(site).values()
    assert ("phones" in data, data["no_contact_reason"]) == (False, reason)

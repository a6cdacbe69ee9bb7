"""What a list tells of private persons stays out of the records and out of the report; firms and offices stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.check.load import load
from tsunagite.findings import has_errors
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.report.report import ImportReport, lines
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file

pytestmark = pytest.mark.usefixtures("no_dictionary")

CARE = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,介護サービス事業所名称,実施サービス,住所,方書,電話番号,法人の名称,事業所番号,備考"
FACILITY = (
    "名称,住所,建物名等(方書),電話番号,団体名,利用可能曜日,説明,連絡先メールアドレス,連絡先備考（その他、SNSなど）,備考"
)
DAY = date(2026, 11, 24)
TAKEN = Options(said=Said(DAY, owner="見本市", licence="CC BY 4.0"))


def take(folder: Path, name: str, text: str) -> tuple[dict[str, dict[str, Any]], ImportReport]:
    """Import one list into a new site; return its records by name and the report."""
    (folder / "resources").mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    report = import_sources(folder, [folder / name], TAKEN)
    assert report.exit_code == 0, list(lines(report))
    files = [file for file in folder.rglob("resources/*/*.yml") if file.parent.name != "sources"]
    return {value["name"]: value for file in files if (value := read_file(file, file.name).value)}, report


def privacy_findings(folder: Path) -> list[tuple[str, str]]:
    """Return what ``check`` says of persons in the site, and every mistake."""
    found = load(folder, DAY).findings
    return [
        (f.code, f.place.file) for f in found if f.code.startswith(("R306", "R307", "R308", "R31")) or has_errors([f])
    ]


def test_the_name_of_an_officer_is_cut_off_that_of_the_firm_and_firms_that_sound_like_persons_stay(
    tmp_path: Path,
) -> None:
    operators = {
        "有限会社さんわ": "有限会社さんわ",
        "医療法人　みほん内科　理事長　見本　花子": "医療法人　みほん内科",
        "株式会社　高橋商店 代表取締役　高橋　一郎": "株式会社　高橋商店",
        "（有）ティーズ・ファーマシー": "（有）ティーズ・ファーマシー",
        "日本赤十字社　": "日本赤十字社",
        "見本市　": "見本市",
        "有限会社　エヌ･エス": "有限会社　エヌ・エス",
        "社会福祉法人理事長会": "社会福祉法人理事長会",
        "大前  達男": None,
        "＊": None,
    }
    rows = [
        f"99999,{i},見本県,見本市,桜{i}番事業所,訪問介護,見本市本町{i},,087-839-20{i:02},{name},37701000{i:02},"
        for i, name in enumerate(operators, 1)
    ]
    records, report = take(tmp_path, "介護.csv", "\n".join((CARE, *rows)))
    assert {
        name: records[f"桜{i}番事業所"].get("attributes", {}).get("運営する法人") for i, name in enumerate(operators, 1)
    } == operators
    told = "\n".join(lines(report))
    assert ("花子" in told, "一郎" in told, "達男" in told) == (False, False, False)
    assert "役員など個人の名前は入れず" in told
    assert privacy_findings(tmp_path) == []


def test_names_homes_and_mobile_numbers_in_the_cells_of_a_list_are_left_out_and_told_without_quoting_them(
    tmp_path: Path,
) -> None:
    rows = (
        "桜会館,見本市本町1-1,,087-839-2001,山田 太郎,,携帯 090-1234-5678 へ,office@example.jp,担当 山田太郎様,代表 佐藤花子さん",
        "桃会館,見本市本町1-2 田中方,,（山田様）087-839-2002,見本市,,会長さんの自宅,yamada.taro@docomo.ne.jp,山田 太郎,和室あり",
        "梅会館,見本市本町1-3,3階,087-839-2003,桜町自治会,,田中町の会館。山田川のそば。,,健康づくり推進課 係長,佐藤内科の向かい",
    )
    records, report = take(tmp_path, "公共施設一覧.csv", "\n".join((FACILITY, *rows)))
    cherry, peach, plum = (records[name] for name in ("桜会館", "桃会館", "梅会館"))
    assert [key for key in ("description", "contact_note", "attributes") if key in cherry] == []
    assert (cherry["phones"], cherry["email"], cherry["location"]["address"]) == (
        [{"number": "087-839-2001"}],
        "office@example.jp",
        "見本市本町1-1",
    )
    assert [key for key in ("description", "contact_note", "email", "location") if key in peach] == []
    assert peach["phones"] == [{"number": "087-839-2002"}], "the number stays, who answers it does not"
    assert peach["attributes"] == {"団体名": "見本市", "備考": "和室あり"}
    assert plum["attributes"] == {"団体名": "桜町自治会", "備考": "佐藤内科の向かい"}
    assert (plum["description"], plum["contact_note"]) == ("田中町の会館。山田川のそば。", "健康づくり推進課 係長")
    told = "\n".join(lines(report))
    assert [word for word in ("太郎", "花子", "山田様", "田中方", "docomo", "090-1234") if word in told] == []
    assert told.count("個人の名前・家・携帯電話があるようなので") >= 3
    assert privacy_findings(tmp_path) == [], "an import never writes what check would refuse"


def test_a_shop_that_is_only_called_by_its_owners_name_is_no_record_and_a_shop_with_a_surname_is(
    tmp_path: Path,
) -> None:
    header = "営業所名称,営業の種類,営業所所在地"
    names = ("田中 一郎", "山田太郎", "山田太郎商店", "佐藤酒店", "居酒屋さくら")
    rows = (f"{name},飲食店営業,見本市本町{i}" for i, name in enumerate(names, 1))
    records, report = take(tmp_path, "食品.csv", "\n".join((header, *rows)))
    assert sorted(records) == ["佐藤酒店", "居酒屋さくら", "山田太郎商店"]
    [one] = report.lists
    assert one.plan
    assert [(row.row, row.name, row.why.value) for row in one.plan.dropped] == [
        (2, "＊", "private"),
        (3, "＊", "private"),
    ]
    told = "\n".join(lines(report))
    assert ("一郎" in told, "山田太郎を" in told) == (False, False)


def test_a_column_of_persons_is_not_read_even_where_a_description_asks_for_it(tmp_path: Path) -> None:
    mapping = tmp_path / "読み方.yml"
    mapping.write_text(
        "id: list\nname: 施設\nowner: 見本市\nlicence: CC BY 4.0\ncredit: 見本市\ninto: public\n"
        "id_rule: {prefix: list, number: 名称}\nconstants: {kind: その他の公共施設, support_level: [公助], summary: 所。}\n"
        "columns: {名称: name, 住所: location.address, 管理者氏名: attributes.管理者, 代表者名: description, 設置者: attributes.設置者}\n",
        encoding="utf-8",
    )
    (tmp_path / "resources").mkdir()
    path = tmp_path / "施設.csv"
    path.write_text(
        "名称,住所,管理者氏名,代表者名,設置者\n桜会館,見本市本町1,見木 花代,見木花代,見本市\n桃会館,見本市本町2,見山 次,見山次,山田 太郎\n",
        encoding="utf-8",
    )
    report = import_sources(
        tmp_path, [path], Options(said=Said(DAY, owner="見本市", licence="CC BY 4.0", mapping=mapping))
    )
    assert report.exit_code == 0, list(lines(report))
    [one] = report.lists
    assert [(f.code, f.values["columns"]) for f in one.findings if f.code == "I116"] == [
        ("I116", ["管理者氏名", "代表者名"])
    ]
    written = "".join(
        file.read_text(encoding="utf-8")
        for file in tmp_path.rglob("resources/**/*")
        if file.suffix in (".yml", ".json") and file.parent.name != "files"
    )
    assert "設置者: 見本市" in written
    assert [word for word in ("花代", "見山", "太郎") if word in written] == []


def test_half_width_kana_and_dashes_of_names_and_addresses_become_usual_ones_and_are_told(tmp_path: Path) -> None:
    rows = (
        "ﾍﾞｽﾄｹｱ･桜ﾃﾞｲ,愛媛県見本市久万ﾉ台5ｰ6ｰ10,BCﾋﾞﾙ,087-839-2001,,,,,,ﾎﾟﾝﾌﾟ室",
        "センター桃,見本市本町１２‐8－３,センタービル3階,087-839-2002,,,,,,3ー4組",
    )
    records, report = take(tmp_path, "公共施設一覧.csv", "\n".join((FACILITY, *rows)))
    first, second = records["ベストケア・桜デイ"], records["センター桃"]
    assert (first["location"]["address"], first["location"]["building"]) == ("愛媛県見本市久万ノ台5-6-10", "BCビル")
    assert first["attributes"] == {"備考": "ポンプ室"}
    assert second["location"]["address"] == "見本市本町１２‐8－３", "full-width digits stay as they are written"
    assert second["name"] == "センター桃"
    told = "\n".join(lines(report))
    assert "住所「愛媛県見本市久万ﾉ台5ｰ6ｰ10」→「愛媛県見本市久万ノ台5-6-10」" in told

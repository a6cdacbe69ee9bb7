"""`tsunagite areas districts`: a table of towns and districts becomes layers; every wrong row is told at once, and nothing is written then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.small_site import TODAY, resource

from tsunagite.check.load import load
from tsunagite.engine.assemble import Views, assemble
from tsunagite.findings import has_errors
from tsunagite.site.sources import source_rows
from tsunagite.text.town_lists import find_towns, towns_in
from tsunagite.text.towns import town_key

Run = Callable[..., Any]

TOWNS = {"sakura": "桜町", "asahi-1": "朝日町一丁目", "asahi-2": "朝日町二丁目", "hama": "浜町", "yama": "大字山谷"}
KEYS = {town_key(name) for name in TOWNS.values()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of five towns, a derived district, and a club in 桜町."""
    root = tmp_path / "site"
    (root / "resources/areas").mkdir(parents=True)
    (root / "resources/clubs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    write(root / "resources/site.yml", {"municipality": "見本市", "prefecture": "見本県", "area": "mihon"})
    write(root / "resources/areas/mihon.yml", {"id": "mihon", "name": "見本市", "level": "市", "lg_code": "999999"})
    write(
        root / "resources/areas/districts.yml",
        {"records": [{"id": "kita", "name": "北", "level": "地区", "parent": "mihon", "body": "北の会"}]},
    )
    towns = [
        {
            "id": key,
            "name": name,
            "level": "町字",
            "parent": "kita" if key == "hama" else "mihon",
            **({"basis": "derived"} if key == "hama" else {}),
        }
        for key, name in TOWNS.items()
    ]
    write(root / "resources/areas/towns.yml", {"records": towns})
    write(root / "resources/clubs/aozora.yml", resource("aozora", location={"address": "見本市桜町1-2"}))
    return root


def write(path: Path, value: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def table(site: Path, *rows: str, encoding: str = "cp932") -> Path:
    path = site.parent / "町の表.csv"
    path.write_text("\n".join(rows) + "\n", encoding=encoding)
    return path


def records(site: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((site / f"resources/areas/{name}.yml").read_text(encoding="utf-8"))[
        "records"
    ]
    return found


def view(site: Path) -> Views:
    loaded = load(site, TODAY)
    assert not has_errors(loaded.findings), loaded.findings
    return assemble(loaded.directory, TODAY)


def test_several_layers_are_read_from_one_table_and_shown_beside_the_districts(site: Path, tsunagite: Run) -> None:
    path = table(
        site,
        "町名,中学校区,日常生活圏域,備考",
        "桜町,ひがし中,東圏域,",
        "朝日町,ひがし中,東圏域,",
        "浜町の一部,ひがし中,西圏域,",
        "浜町の一部,にし中,西圏域,",
    )
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 0, done.err
    assert "中学校区: 2（まるごと入る町字 3、一部だけ入る町字 1）" in done.out
    assert "中学校区のわからない町字 1（どこにも入れていません）: 大字山谷" in done.out
    assert records(site, "chugakkoku") == [
        {
            "id": "chugakkoku-1",
            "name": "ひがし中",
            "level": "ほかの区分",
            "layer": "中学校区",
            "parent": "mihon",
            "towns": ["asahi-1", "asahi-2", "sakura"],
            "parts_of": ["hama"],
        },
        {
            "id": "chugakkoku-2",
            "name": "にし中",
            "level": "ほかの区分",
            "layer": "中学校区",
            "parent": "mihon",
            "parts_of": ["hama"],
        },
    ]
    assert [(one["name"], one["level"], one.get("layer")) for one in records(site, "spheres")] == [
        ("東圏域", "日常生活圏域", None),
        ("西圏域", "日常生活圏域", None),
    ]
    shown = view(site)
    directory = shown.directory
    assert [area.id for area in directory.lineage("sakura")] == ["sakura", "chugakkoku-1", "spheres-1", "mihon"]
    assert [area.id for area in directory.lineage("hama")] == ["hama", "kita", "mihon"], (
        "a part of a town is not the town"
    )
    pages = {page.path: page for page in shown.lists.pages()}
    assert [(fact.label, fact.text) for fact in pages["areas/chugakkoku-1/"].head.facts] == [
        ("町", "朝日町一丁目、朝日町二丁目、桜町"),
        ("一部だけがふくまれる町", "浜町"),
        ("日常生活圏域", "東圏域"),
    ]
    assert pages["areas/chugakkoku-1/"].head.total == 1
    again = tsunagite("areas", "districts", path, "--root", site)
    assert again.code == 0
    assert [one["id"] for one in records(site, "chugakkoku")] == ["chugakkoku-1", "chugakkoku-2"]


def test_a_table_of_districts_is_surer_than_what_was_derived_and_keeps_what_people_wrote(
    site: Path, tsunagite: Run
) -> None:
    path = table(site, "町,地区", "桜町,北地区", "浜町,みなみ", "大字山谷,みなみ")
    assert tsunagite("areas", "districts", path, "--root", site, "--layer", "地区").code == 0
    kita, minami = records(site, "districts")
    assert (kita["id"], kita["body"], kita["towns"]) == ("kita", "北の会", ["sakura"])
    assert (minami["id"], minami["level"], minami["towns"]) == ("districts-minami", "地区", ["hama", "yama"])
    shown = view(site)
    assert (shown.directory.areas["hama"].parent, shown.directory.areas["hama"].basis) == (
        "districts-minami",
        "official",
    )
    assert {page.path: page for page in shown.lists.pages()}["areas/kita/"].head.total == 1


def test_every_row_that_is_wrong_is_told_at_once_and_nothing_is_written(site: Path, tsunagite: Run) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    path = table(site, "町,中学校区", "さくら町,A", "桜町,A", "桜町,B", ",A")
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 1
    assert "2行目: 「さくら町」という町字は、サイトにありません" in done.err
    assert "5行目: 「（空）」" in done.err
    done = tsunagite("areas", "districts", table(site, "町,中学校区", "桜町,A", "桜町,B"), "--root", site)
    assert "桜町が、中学校区の二つ以上に入っています（2行目はA、3行目はB）" in done.err
    done = tsunagite("areas", "districts", table(site, "桜町,A", "浜町,B"), "--root", site)
    assert "はじめの行が見出しではなく" in done.err
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before


def test_the_standard_form_of_school_districts_becomes_the_layer_of_lower_secondary_schools_by_itself(
    site: Path, tsunagite: Run
) -> None:
    header = "学校ID,学校名称,学校名称_カナ,通学区域の住所,特記事項"
    path = table(
        site,
        header,
        "1,桜小学校,サクラショウガッコウ,桜町,",
        "2,東中学校,ヒガシチュウガッコウ,桜町;朝日町一丁目から二丁目まで;浜町（沖を除く。）;むかし町,",
        encoding="utf-8-sig",
    )
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 0, done.err
    [east] = records(site, "chugakkoku")
    assert (east["name"], east["name_kana"], east["towns"], east["parts_of"]) == (
        "東中学校区",
        "ひがしちゅうがっこうく",
        ["asahi-1", "asahi-2", "sakura"],
        ["hama"],
    )
    assert "読めなかったことば 1: むかし町" in done.out
    assert tsunagite("areas", "districts", path, "--root", site, "--layer", "小学校区").code == 0
    assert [one["name"] for one in records(site, "shogakkoku")] == ["桜小学校区"]


def test_comments_and_every_other_record_of_the_files_of_a_layer_stay_when_a_table_is_read_again(
    site: Path, tsunagite: Run
) -> None:
    write(
        site / "resources/areas/mihon.yml",
        {
            "records": [
                {"id": "mihon", "name": "見本市", "level": "市", "lg_code": "999999"},
                {"id": "layer-east", "name": "東", "level": "ほかの区分", "layer": "中学校区", "parent": "mihon"},
            ]
        },
    )
    written = "# 学校教育課の表から\nid: west\nname: 西  # 旧西中学校区\nlevel: ほかの区分\nlayer: 中学校区\nparent: mihon\ntowns:\n  - sakura  # 2026年から東へ\n"
    (site / "resources/areas/west.yml").write_text(written, encoding="utf-8")
    path = table(site, "町,中学校区", "桜町,東", "浜町,西", "朝日町一丁目,南")
    assert tsunagite("areas", "districts", path, "--root", site).code == 0
    west = (site / "resources/areas/west.yml").read_text(encoding="utf-8")
    assert west == written.replace("  - sakura  # 2026年から東へ", "  - hama    # 2026年から東へ"), (
        "comments stay, the towns are those of the table"
    )
    assert [(one["id"], one.get("towns")) for one in records(site, "mihon")] == [
        ("mihon", None),
        ("layer-east", ["sakura"]),
        ("mihon-1", ["asahi-1"]),
    ]
    assert (
        tsunagite("areas", "districts", path, "--root", site).out.splitlines()[-1] == "書きかえるところはありません。"
    )


def test_a_list_of_facilities_puts_the_towns_of_its_addresses_into_districts_and_tells_divided_towns_and_rows_without_a_town(
    site: Path, tsunagite: Run
) -> None:
    path = table(
        site,
        "名称,住所,電話番号,校区名",
        "東の館,見本市桜町1-2,,東校区",
        "朝日会館,見本県見本市朝日町1-3-5,,東校区",
        "北の館,見本市浜町3,,北校区",
        "南の館,見本市浜町88,,東校区",
        "遠い館,別市港町1,,北校区",
        "西の館,見本市山谷1,,",
    )
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 0, done.err
    assert records(site, "layer-1") == [
        {
            "id": "layer-1-1",
            "name": "東校区",
            "level": "ほかの区分",
            "layer": "校区",
            "parent": "mihon",
            "basis": "derived",
            "towns": ["asahi-1", "sakura"],
            "parts_of": ["hama"],
        },
        {
            "id": "layer-1-2",
            "name": "北校区",
            "level": "ほかの区分",
            "layer": "校区",
            "parent": "mihon",
            "basis": "derived",
            "parts_of": ["hama"],
        },
    ]
    assert (
        "浜町は、校区が分かれています（どちらにも「一部」として入れました）: 北校区（4行目 北の館）、東校区（5行目 南の館）"
        in done.out
    )
    assert "6行目: 「別市港町1」の町字がわかりません（校区に入れていません）。" in done.out
    assert "7行目: 見本市山谷1の校区が空です" in done.out
    assert "校区のわからない町字 2（どこにも入れていません）: 朝日町二丁目、大字山谷" in done.out
    page = {page.path: page for page in view(site).lists.pages()}["areas/layer-1-1/"]
    assert (
        page.head.lead == "校区「東校区」の町にあるものと、この地域を対象にしているものです（町の名前から見た目安）。"
    )
    assert ("町（目安）", "朝日町一丁目、桜町") in [(fact.label, fact.text) for fact in page.head.facts]
    sure = table(site, "町,校区", "桜町,東校区")
    assert tsunagite("areas", "districts", sure, "--root", site).code == 0
    assert records(site, "layer-1")[0] == {
        "id": "layer-1-1",
        "name": "東校区",
        "level": "ほかの区分",
        "layer": "校区",
        "parent": "mihon",
        "towns": ["sakura"],
    }
    done = tsunagite("areas", "districts", table(site, "名称,住所,校区名", "東の館,見本市浜町1,東校区"), "--root", site)
    assert done.code == 1
    assert "「校区」には、町の表から作った地区があります" in done.err


def test_polling_districts_are_read_from_the_words_that_name_their_towns_or_from_the_addresses_of_the_stations(
    site: Path, tsunagite: Run
) -> None:
    path = table(
        site,
        "投票区,投票所,投票所所在地,投票区域",
        "第1投票区,東の館,見本市桜町1,桜町、朝日町一丁目から二丁目まで",
        "第2投票区,北の館,見本市桜町9,浜町（沖を除く）、むかし町",
    )
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 0, done.err
    assert [(one["name"], one["layer"], one.get("towns"), one.get("parts_of")) for one in records(site, "layer-1")] == [
        ("第1投票区", "投票区", ["asahi-1", "asahi-2", "sakura"], None),
        ("第2投票区", "投票区", None, ["hama"]),
    ]
    assert "読めなかったことば 1: むかし町" in done.out
    stations = table(site, "name,address,votingDistrict", "東の館,見本市桜町1,第1", "北の館,見本市浜町2,第2")
    assert (
        "「投票区」という列がありません"
        in tsunagite("areas", "districts", stations, "--root", site, "--layer", "投票区").err
    )
    done = tsunagite("areas", "districts", stations, "--root", site, "--layer", "投票所の区=votingDistrict")
    assert done.code == 0, done.err
    assert [(one["name"], one["towns"], one["basis"]) for one in records(site, "layer-2")] == [
        ("第1", ["sakura"], "derived"),
        ("第2", ["hama"], "derived"),
    ]


def square(west: float, name: str, south: float = 0.0) -> dict[str, Any]:
    """Return a feature of a square of 0.1 degrees, named as 国土数値情報 A32 names it."""
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
    return {
        "type": "Feature",
        "properties": {"A32_001": "99999", "A32_002": "見本市立", "A32_003": "C1", "A32_004": name, "A32_005": "桜町1"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_a_town_lies_in_the_polygon_that_holds_its_position_and_positions_near_an_edge_are_told(
    site: Path, tsunagite: Run
) -> None:
    places = {"sakura": (0.05, 0.05), "asahi-1": (0.05, 0.09996), "asahi-2": (0.05, 0.15), "hama": (0.05, 0.215)}
    towns = records(site, "towns")
    write(
        site / "resources/areas/towns.yml",
        {
            "records": [
                {
                    **town,
                    **({"lat": places[town["id"]][0], "lng": places[town["id"]][1]} if town["id"] in places else {}),
                }
                for town in towns
            ]
        },
    )
    path = site.parent / "A32-23_99.geojson"
    features = [
        square(0.0, "東中学校"),
        square(0.1, "西中学校"),
        square(0.2, "沖中学校"),
        square(0.21, "浜中学校"),
        square(5.0, "遠中学校"),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    done = tsunagite("areas", "districts", path, "--root", site)
    assert done.code == 0, done.err
    assert [
        (one["name"], one["layer"], one["basis"], one.get("towns"), one.get("parts_of"))
        for one in records(site, "chugakkoku")
    ] == [
        ("東中学校区", "中学校区", "derived", ["asahi-1", "sakura"], None),
        ("西中学校区", "中学校区", "derived", ["asahi-2"], None),
        ("沖中学校区", "中学校区", "derived", None, ["hama"]),
        ("浜中学校区", "中学校区", "derived", None, ["hama"]),
    ]
    assert (
        "境目から10m以内に代表点がある町字 1（どちらとも言いきれません）: 朝日町一丁目（東中学校区・西中学校区、4m）"
        in done.out
    )
    assert "浜町は、中学校区が分かれています（どちらにも「一部」として入れました）: 沖中学校区、浜中学校区" in done.out
    assert "位置のない町字 1（どこにも入れていません）: 大字山谷" in done.out
    assert "サイトの町字の代表点がない図形 1（全部で 5。区分には入れていません）" in done.out
    named = {
        "type": "FeatureCollection",
        "features": [{**one, "properties": {"x": "あ", "y": one["properties"]["A32_004"][:1]}} for one in features],
    }
    path.write_text(json.dumps(named), encoding="utf-8")
    assert (
        "どの項目が地区の名前か、わかりません（ある項目: x、y）"
        in tsunagite("areas", "districts", path, "--root", site).err
    )
    assert tsunagite("areas", "districts", path, "--root", site, "--layer", "圏域=y").code == 0
    assert [one["name"] for one in records(site, "layer-1")] == ["東", "西", "沖", "浜"]


def test_the_page_of_an_area_tells_the_list_of_its_layer_with_its_day(site: Path, tsunagite: Run) -> None:
    path = table(site, "町,中学校区", "桜町,東中学校区")
    done = tsunagite("areas", "districts", path, "--root", site)
    assert "中学校区の出典がまだありません。→ resources/areas/sources/ の layers に" in done.out
    origin = {
        "name": "見本市通学区域",
        "on": "2018-06-28",
        "licence": "CC BY 4.0",
        "credit": "見本市オープンデータ",
        "note": "学校の名前は表のままです。",
    }
    write(
        site / "resources/areas/sources/mihon.yml",
        {
            "id": "mihon",
            "prefecture": "見本県",
            "municipality": "見本市",
            "city": "mihon",
            "layers": {"中学校区": origin},
        },
    )
    assert "出典がまだ" not in tsunagite("areas", "districts", path, "--root", site).out
    shown = view(site)
    page = {page.path: page for page in shown.lists.pages()}["areas/chugakkoku-1/"]
    assert page.head.lead.endswith("町の分け方は、2018年6月28日時点のものです。")
    assert ("もとの一覧", "見本市通学区域（2018年6月28日時点）。学校の名前は表のままです。") in [
        (fact.label, fact.text) for fact in page.head.facts
    ]
    assert next(town for town in shown.finder.towns if town.area.id == "sakura").layers == (
        "中学校区: 東中学校区（2018年6月28日時点）",
    )
    assert ("見本市通学区域", "見本市", "2018年6月28日時点") in [
        (row.name, row.owner, row.data_date) for row in source_rows(shown.directory)
    ]


def test_the_school_areas_of_the_demonstration_are_those_of_its_table_of_2018(tmp_path: Path, tsunagite: Run) -> None:
    shutil.copytree("resources/areas", tmp_path / "resources/areas")
    shutil.copy("resources/site.yml", tmp_path / "resources")
    done = tsunagite(
        "areas",
        "districts",
        tmp_path / "resources/areas/files/junior_high_areas_20180628.csv",
        "--root",
        tmp_path,
        "--layer",
        "中学校区",
    )
    assert done.out == "中学校区: 23（まるごと入る町字 220、一部だけ入る町字 15）\n書きかえるところはありません。\n"
    layer = {one["name"].removesuffix("中学校区"): one for one in records(tmp_path, "chugakkoku")}
    assert (layer["庵治"]["towns"], layer["男木"]["towns"]) == (["ajicho"], ["ogicho"])
    assert [name for name, one in layer.items() if "kitacho" in one.get("parts_of", ())] == ["木太", "玉藻"]
    assert [name for name, one in layer.items() if "fuseishicho" in one.get("parts_of", ())] == ["桜町", "木太", "太田"]
    assert "megicho" in layer["高松第一"]["towns"]
    assert "sugezawacho" in layer["山田"]["towns"]


@pytest.mark.parametrize(("written", "whole", "parts", "unknown"), [
    ("桜町;浜町", ["桜町", "浜町"], [], []),
    ("朝日町一丁目から二丁目まで", ["朝日町1丁目", "朝日町2丁目"], [], []),
    ("浜町（沖側を除く。）;桜町のうち北", [], ["浜町", "桜町"], []),
    ("桜町、浜町", ["桜町", "浜町"], [], []),
    ("朝日町二丁目8番、9番、13番38号及び21番;山谷", ["大字山谷"], ["朝日町2丁目"], []),
    ("通1区から通2区まで全区", [], [], ["通1区", "通2区"]),
])  # fmt: skip
def test_towns_written_in_the_ways_of_real_tables_are_read(
    written: str, whole: list[str], parts: list[str], unknown: list[str]
) -> None:
    found = towns_in(written, KEYS)
    assert (found.whole, found.parts, found.unknown) == (whole, parts, unknown)


def test_the_name_of_a_divided_town_means_all_of_it() -> None:
    assert (sorted(find_towns("朝日町", KEYS)[0]), find_towns("朝日町", KEYS)[1]) == (
        ["朝日町1丁目", "朝日町2丁目"],
        False,
    )
    assert find_towns("浜町の一部", KEYS) == (("浜町",), True)
    assert find_towns("浜", KEYS) == ((), False)

"""Municipalities of every size: a village without coordinates, islands, a ward, a union of three towns, a prefecture's tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.small_site import TODAY, resource, site_view

from tsunagite.check.load import load
from tsunagite.engine.assemble import assemble
from tsunagite.importing.areas import run as area_run
from tsunagite.records.load.boundaries import read_boundaries

Run = Callable[..., Any]
MASTER = "lg_code,machiaza_id,machiaza_type,city,ward,ward_kana,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,ablt_date"


@pytest.fixture(autouse=True)
def no_postal_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings come from the tables of a test alone."""
    monkeypatch.setattr(area_run, "read_postal_towns", lambda *_: ())


def master(folder: Path, *rows: str) -> Path:
    path = folder / "mt_town_pref.csv"
    path.write_text("\n".join([MASTER, *rows]) + "\n", encoding="utf-8")
    return path


def town_names(root: Path) -> dict[str, str]:
    return {
        one["name"]: one["id"]
        for one in yaml.safe_load((root / "resources/areas/towns.yml").read_text(encoding="utf-8"))["records"]
    }


def square(west: float, south: float) -> list[list[list[float]]]:
    return [[[west, south], [west + 0.05, south], [west + 0.05, south + 0.05], [west, south + 0.05], [west, south]]]


def outline(folder: Path, *features: tuple[dict[str, str | None], list[Any], str]) -> None:
    path = folder / "resources/areas/n.geojson"
    path.parent.mkdir(parents=True, exist_ok=True)
    value = [
        {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
        for properties, coordinates, kind in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": value}), encoding="utf-8")


def test_a_village_of_forty_records_without_coordinates_has_its_list_by_town(tmp_path: Path, tsunagite: Run) -> None:
    root = tmp_path / "village"
    assert tsunagite("init", root, "-m", "133825", "--no-guides").code == 0
    rows = [
        f"133825,0000{number}01,3,御蔵島村,,,,,,,{name},{kana},"
        for number, name, kana in ((1, "里", "サト"), (2, "川田", "カワタ"))
    ]
    assert tsunagite("areas", "build", master(tmp_path, *rows), "--root", root).code == 0, (
        "a village whose addresses name 字 alone has these as its towns"
    )
    assert town_names(root) == {"里": "sato", "川田": "kawata"}
    (root / "resources/clubs").mkdir(exist_ok=True)
    for number in range(40):
        record = resource(
            f"kai-{number}",
            location={"address": f"御蔵島村{'里' if number % 2 else '川田'}{number + 1}"},
            service_areas=["mikurajima"],
        )
        (root / f"resources/clubs/kai-{number}.yml").write_text(
            yaml.safe_dump(record, allow_unicode=True), encoding="utf-8"
        )
    done = tsunagite("build", root, "--today", "2026-11-22")
    assert done.code == 0, done.out
    pages = {
        area: (root / f"site/areas/{area}/index.html").read_text(encoding="utf-8")
        for area in ("mikurajima", "sato", "kawata")
    }
    assert [sum(f"r/kai-{number}/" in page for number in range(40)) for page in pages.values()] == [40, 20, 20]
    tiles = (root / "site/areas/index.html").read_text(encoding="utf-8")
    assert all(f"areas/{area}/" in tiles for area in pages), "without districts the areas are chosen by town"


def test_the_outline_of_islands_holds_points_on_each_of_them_and_none_in_the_sea_between(tmp_path: Path) -> None:
    outline(
        tmp_path, ({"N03_004": "島町", "N03_007": "99999"}, [square(134.0, 34.0), square(134.3, 34.0)], "MultiPolygon")
    )
    boundaries, findings = read_boundaries(tmp_path)
    assert findings == []
    assert [boundaries.hold("999999", 34.02, lng) for lng in (134.02, 134.32, 134.17)] == [True, True, False]


def test_a_ward_of_a_large_city_is_a_site_of_its_own_and_the_city_has_the_outline_of_its_wards(
    tmp_path: Path, tsunagite: Run
) -> None:
    rows = [
        "041017,0001000,1,仙台市,青葉区,アオバク,本町,ホンチョウ,一丁目,１,,,",
        "041025,0001000,1,仙台市,宮城野区,ミヤギノク,本町,ホンチョウ,,,,,",
    ]
    table = master(tmp_path, *rows)
    ward, city = tmp_path / "ward", tmp_path / "city"
    for root in (ward, city):
        (root / "resources").mkdir(parents=True)
    assert (
        tsunagite(
            "areas",
            "build",
            table,
            "--root",
            ward,
            "--municipality",
            "仙台市青葉区",
            "--code",
            "041017",
            "--city",
            "aoba",
        ).code
        == 0
    )
    assert town_names(ward) == {"本町一丁目": "honcho-1"}
    assert tsunagite("areas", "build", table, "--root", city, "--municipality", "仙台市").code == 0
    assert list(town_names(city)) == ["青葉区本町一丁目", "宮城野区本町"], "two wards may have towns of one name"
    outline(
        city,
        (
            {"N03_003": None, "N03_004": "仙台市", "N03_005": "青葉区", "N03_007": "04101"},
            square(140.8, 38.2),
            "Polygon",
        ),
        ({"N03_003": "仙台市", "N03_004": "宮城野区", "N03_007": "04102"}, square(141.0, 38.2), "Polygon"),
    )
    boundaries, _ = read_boundaries(city)
    assert [boundaries.hold("041009", 38.22, lng) for lng in (140.82, 141.02, 140.93)] == [True, True, False]
    assert (boundaries.hold("041017", 38.22, 140.82), boundaries.hold("041017", 38.22, 141.02)) == (True, False)


def test_in_a_union_of_towns_an_address_lies_in_the_town_of_its_own_municipality(tmp_path: Path) -> None:
    municipalities = [
        {"id": key, "name": name, "level": "市", "parent": "rengo"}
        for key, name in (("kita", "北町"), ("minami", "南町"), ("nishi", "西村"))
    ]
    towns = [
        {"id": f"{key}-honmachi", "name": "本町", "level": "町字", "parent": key} for key in ("kita", "minami", "nishi")
    ]
    places = {"kita": "見本郡北町本町1", "minami": "南町本町2-1", "nishi": "見本県西村本町3", "unknown": "本町4"}
    view = site_view(
        tmp_path / "union", *(resource(key, location={"address": address}) for key, address in places.items()),
        site={"prefecture": "見本県", "area": "rengo"}, areas__all={"records": [{"id": "rengo", "name": "見本広域連合", "level": "市"}, *municipalities, *towns]},
    )  # fmt: skip
    found = {key: view.directory.town_of(view.directory.resources[key]) for key in places}
    assert {key: town.id if town else None for key, town in found.items()} == {
        "kita": "kita-honmachi",
        "minami": "minami-honmachi",
        "nishi": "nishi-honmachi",
        "unknown": None,
    }


def test_a_union_of_three_towns_takes_the_towns_of_each_and_places_every_record_in_its_own(
    tmp_path: Path, tsunagite: Run
) -> None:
    root = tmp_path / "union"
    one, two, three = (
        ("014524", "鷹栖町", "takasu"),
        ("014532", "東神楽町", "higashikagura"),
        ("014541", "当麻町", "tohma"),
    )
    begin = ("init", root, "-m", one[0], "-m", two[1], "-m", three[0], "--no-guides")
    done = tsunagite(*begin)
    assert (done.code, root.exists()) == (2, False)
    assert "合わせた名前を --union に書いてください" in done.err.replace("\n", "")
    assert tsunagite(*begin, "--union", "見本広域連合").code == 0
    settings = yaml.safe_load((root / "resources/site.yml").read_text(encoding="utf-8"))
    assert {key: settings[key] for key in ("municipality", "prefecture", "area")} == {
        "municipality": "見本広域連合",
        "prefecture": "北海道",
        "area": "union",
    }
    areas = yaml.safe_load((root / "resources/areas/union.yml").read_text(encoding="utf-8"))["records"]
    ids = {area["name"]: area["id"] for area in areas}
    assert [(area["name"], area.get("parent"), area.get("lg_code")) for area in areas] == [
        ("見本広域連合", None, None),
        *((name, "union", code) for code, name, _ in (one, two, three)),
    ]
    rows = [
        f"{code},000{number}000,1,{name},,,{town},{kana},,,,,"
        for code, name, _ in (one, two, three)
        for number, town, kana in ((1, "本町", "ホンチョウ"), (2, f"{name[0]}の原", f"ハラ{'アイウ'[int(code) % 3]}"))
    ]
    before = {path: path.read_bytes() for path in (root / "resources").rglob("*") if path.is_file()}
    unnamed = tmp_path / "t.json"
    unnamed.write_text(json.dumps([{"town": "本町", "koaza": "", "lat": 43.8, "lng": 142.4}]), encoding="utf-8")
    done = tsunagite("areas", "build", master(tmp_path, *rows), unnamed, "--root", root)
    assert (done.code, {path: path.read_bytes() for path in (root / "resources").rglob("*") if path.is_file()}) == (
        1,
        before,
    )
    assert "どの市区町村の町丁目の表（住所データ）か、わからないファイルがあります: t.json" in done.err
    done = tsunagite("areas", "build", master(tmp_path, *rows[:4]), "--root", root)
    assert (done.code, {path: path.read_bytes() for path in (root / "resources").rglob("*") if path.is_file()}) == (
        1,
        before,
    ), "two members could be made and the third could not: none is"
    (tmp_path / "01452.json").write_text(
        json.dumps(
            [
                {"town": "本町", "koaza": "", "lat": 43.84, "lng": 142.35},
                {"town": "鷹の原", "koaza": "", "lat": 43.85, "lng": 142.36},
            ]
        ),
        encoding="utf-8",
    )
    done = tsunagite("areas", "build", tmp_path / "01452.json", master(tmp_path, *rows), "--root", root)
    assert done.code == 0, done.err
    towns = {
        name: yaml.safe_load((root / f"resources/areas/towns-{ids[name]}.yml").read_text(encoding="utf-8"))["records"]
        for _, name, _ in (one, two, three)
    }
    assert {
        name: [(town["id"], town["parent"]) for town in found if town["name"] == "本町"]
        for name, found in towns.items()
    } == {name: [(f"{ids[name]}-honcho", ids[name])] for name in towns}
    table = tmp_path / "一覧.csv"
    table.write_text(
        "名称,所在地_連結表記,所在地_市区町村,電話番号,設置位置,小児対応設備の有無\nA館,北海道上川郡鷹栖町本町1,,0166-00-0001,玄関,無\nB館,東神楽町本町2,,0166-00-0002,玄関,無\nC館,本町3,当麻町,0166-00-0003,玄関,無\nD館,旭川市本町4,,0166-00-0004,玄関,無\n",
        encoding="utf-8",
    )
    done = tsunagite("import", "--root", root, "--owner", "見本広域連合", "--licence", "CC BY 4.0", table)
    assert done.code == 0, done.out + done.err
    view = assemble(load(root, TODAY).directory, TODAY)
    placed = {
        resource.name: (resource.location.address, town.id)
        for resource in view.directory.resources.values()
        if resource.location and (town := view.directory.town_of(resource))
    }
    assert placed == {
        "A館": ("北海道上川郡鷹栖町本町1", f"{ids['鷹栖町']}-honcho"), "B館": ("東神楽町本町2", f"{ids['東神楽町']}-honcho"), "C館": ("当麻町本町3", f"{ids['当麻町']}-honcho"),
    }  # fmt: skip
    again = tsunagite("areas", "build", master(tmp_path, *rows), "--root", root)
    assert "住所から町字がわかる記録 3（住所のある記録 3）" in again.out
    schools = tmp_path / "校区.csv"
    schools.write_text(
        "町,中学校区\n鷹栖町本町,鷹中学校区\n当麻町本町,当中学校区\n東の原,東中学校区\n", encoding="utf-8"
    )
    assert tsunagite("areas", "districts", schools, "--root", root).code == 0
    found = yaml.safe_load((root / "resources/areas/chugakkoku.yml").read_text(encoding="utf-8"))["records"]
    assert [one["towns"] for one in found] == [
        [f"{ids['鷹栖町']}-honcho"],
        [f"{ids['当麻町']}-honcho"],
        [next(town["id"] for town in towns["東神楽町"] if town["name"] == "東の原")],
    ]


def test_a_prefectures_table_gives_the_towns_of_the_one_municipality_that_the_site_is(
    tmp_path: Path, tsunagite: Run
) -> None:
    root = tmp_path / "site"
    assert tsunagite("init", root, "-m", "松山市", "--no-guides").code == 0
    rows = [
        "382019,0001000,1,松山市,,,朝日町,アサヒマチ,,,,,",
        "382027,0001000,1,今治市,,,浜町,ハママチ,,,,,",
        "38201,0002000,1,松山市,,,桜町,サクラマチ,,,,,",
    ]
    assert tsunagite("areas", "build", master(tmp_path, *rows), "--root", root).code == 0
    assert list(town_names(root)) == ["朝日町", "桜町"]

"""The areas of any municipality from its public tables in one step: recognised by content, in any order, refused whole or not at all."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tsunagite.importing.areas import run as area_run
from tsunagite.importing.areas.postal import PostalTown

Run = Callable[..., Any]

# The headers are those of the published tables; places and numbers are made up.
MASTER_2022 = "全国地方公共団体コード,町字id,町字区分コード,都道府県名,市区町村名,政令市区名,政令市区名_カナ,大字・町名,大字・町名_カナ,丁目名,丁目名_カナ,小字名,小字名_カナ,廃止日"
MASTER_2024 = "lg_code,machiaza_id,machiaza_type,pref,city,ward,ward_kana,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,ablt_date"
POSITIONS = "lg_code,machiaza_id,rsdt_addr_flg,rep_lon,rep_lat"
MATSUYAMA = [
    "382019,0001001,2,愛媛県,松山市,,,朝日町,アサヒマチ,一丁目,１,,,",
    "382019,0002000,1,愛媛県,松山市,,,大字山谷,オオアザヤマタニ,,,,,",
    "382019,0002101,3,愛媛県,松山市,,,大字山谷,オオアザヤマタニ,,,奥,オク,",
    "382019,0003000,1,愛媛県,松山市,,,旧町,キュウマチ,,,,,2005-01-01",
]
IMABARI = ["382027,0009000,1,愛媛県,今治市,,,浜町,ハマチョウ,,,,,"]
TOWNS = [
    {"town": "朝日町一丁目", "koaza": "", "lat": 33.84, "lng": 132.76},
    {"town": "山谷", "koaza": "", "lat": None, "lng": None},
]
SQUARE = [[[132.7, 33.8], [132.8, 33.8], [132.8, 33.9], [132.7, 33.9], [132.7, 33.8]]]


@pytest.fixture(autouse=True)
def no_postal_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings come from the tables of a test alone."""
    monkeypatch.setattr(area_run, "read_postal_towns", lambda *_: ())


def table(path: Path, header: str, *rows: str, encoding: str = "utf-8-sig") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return path


def outline(path: Path, *codes: tuple[str, str]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"N03_001": "愛媛県", "N03_004": name, "N03_007": code},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
        for name, code in codes
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def site(folder: Path, **records: dict[str, Any]) -> Path:
    """Write a site with records of resources; without any it does not even know its municipality."""
    (folder / "resources/clubs").mkdir(parents=True)
    if records:
        (folder / "resources/site.yml").write_text(
            "municipality: 松山市\nprefecture: 愛媛県\narea: matsuyama\n", encoding="utf-8"
        )
    for name, record in records.items():
        (folder / f"resources/clubs/{name}.yml").write_text(
            yaml.safe_dump({"id": name, **record}, allow_unicode=True), encoding="utf-8"
        )
    return folder


def towns(root: Path) -> dict[str, dict[str, Any]]:
    read = yaml.safe_load((root / "resources/areas/towns.yml").read_text(encoding="utf-8"))["records"]
    return {one["name"]: one for one in read}


def files_of(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "resources").rglob("*") if path.is_file())


def test_tables_in_a_zip_with_names_of_japanese_windows_and_in_a_folder_with_blanks_become_outline_and_towns(
    tmp_path: Path, tsunagite: Run
) -> None:
    folder = tmp_path / "市の 表"
    folder.mkdir()
    outline(folder / "N03-24 境界.geojson", ("松山市", "38201"), ("今治市", "38202"))
    master = table(tmp_path / "m.csv", MASTER_2022, *MATSUYAMA, *IMABARI, encoding="cp932")
    written = "町字マスター/愛媛.csv".encode("cp932")
    with zipfile.ZipFile(folder / "町字.zip", "w") as archive:
        archive.writestr("x" * len(written), master.read_bytes())
    (folder / "町字.zip").write_bytes((folder / "町字.zip").read_bytes().replace(b"x" * len(written), written))
    (tmp_path / "38201.json").write_text(json.dumps(TOWNS, ensure_ascii=False), encoding="utf-8")
    root = site(
        tmp_path / "サイト",
        kai={"name": "会", "location": {"address": "松山市朝日町1-1-5"}},
        soto={"name": "外", "location": {"address": "松山市沖ノ島1"}},
    )
    done = tsunagite("areas", "build", folder, tmp_path / "38201.json", "--root", root, "--municipality", "松山市")
    assert done.code == 0, done.err
    assert towns(root) == {
        "朝日町一丁目": {"id": "asahimachi-1", "name": "朝日町一丁目", "name_kana": "あさひまち1ちょうめ", "level": "町字", "parent": "matsuyama", "machiaza_id": "0001001", "lat": 33.84, "lng": 132.76},
        "山谷": {"id": "yamatani", "name": "山谷", "name_kana": "やまたに", "level": "町字", "parent": "matsuyama", "machiaza_id": "0002000"},
    }  # fmt: skip
    assert "町字.zip（町字マスター/愛媛.csv）" in done.out
    assert "座標のない町字 1（地図には出ませんが、住所からはさがせます）: 山谷" in done.out
    assert "住所から町字がわかる記録 1（住所のある記録 2）" in done.out
    assert "住所の町字がわからない記録 1: 松山市沖ノ島1" in done.out
    area = yaml.safe_load((root / "resources/areas/matsuyama.yml").read_text(encoding="utf-8"))
    assert area == {"id": "matsuyama", "name": "松山市", "name_kana": "まつやまし", "level": "市", "lg_code": "382019"}
    copied = (root / "resources/areas/files/matsuyama_machiaza.csv").read_text(encoding="utf-8")
    assert "大字山谷" in copied
    assert "今治市" not in copied
    assert (root / "resources/areas/files/matsuyama_boundaries.geojson").is_file()


def test_the_registry_alone_makes_the_towns_and_its_positions_place_them_whatever_year_its_headers_are_of(
    tmp_path: Path, tsunagite: Run
) -> None:
    master = table(tmp_path / "mt_town.csv", MASTER_2024, *MATSUYAMA)
    root = site(tmp_path / "site")
    assert tsunagite("areas", "build", master, "--root", root).code == 0, (
        "the table speaks of one municipality, so nobody need say which"
    )
    assert list(towns(root)) == ["朝日町一丁目", "大字山谷"], "what has ended and what is a part of a town is no town"
    assert "lat" not in towns(root)["朝日町一丁目"]
    positions = table(tmp_path / "pos.csv", POSITIONS, "382019,0001001,1,132.76,33.84", "382027,0001001,1,133,34")
    assert tsunagite("areas", "build", positions, master, "--root", root).code == 0
    assert (towns(root)["朝日町一丁目"]["lat"], towns(root)["朝日町一丁目"]["lng"]) == (33.84, 132.76)
    assert "lat" not in towns(root)["大字山谷"]
    described = yaml.safe_load((root / "resources/areas/sources/matsuyama.yml").read_text(encoding="utf-8"))
    assert described["positions"]["file"] == "../files/matsuyama_positions.csv"


def test_a_population_list_is_read_by_the_day_and_the_classes_that_its_headers_tell(
    tmp_path: Path, tsunagite: Run
) -> None:
    master = table(tmp_path / "m.csv", MASTER_2022, *MATSUYAMA)
    people = table(
        tmp_path / "人口.csv",
        "地域名,調査年月日,総人口,65-69歳の男性,65-69歳の女性,85歳以上の男性,85歳以上の女性,世帯数",
        "朝日町一丁目,2026-04-01,120,3,4,1,2,60",
    )
    root = site(tmp_path / "site")
    assert tsunagite("areas", "build", people, master, "--root", root).code == 0
    assert towns(root)["朝日町一丁目"]["population"] == {
        "on": date(2026, 4, 1),
        "total": 120,
        "households": 60,
        "age_65": 10,
        "age_85": 3,
    }


@pytest.mark.parametrize(("name", "content", "told"), [
    ("aed.csv", "名称,住所,緯度,経度,設置位置,小児対応設備の有無\n会館,松山市朝日町1,33.8,132.7,玄関,無\n", "のようです"),
    ("memo.csv", "a,b\n1,2\n", "地域の表ではありません"),
    ("paper.pdf", "%PDF-1.4\n", "PDF"),
    ("【今治市】町.json", json.dumps(TOWNS), "松山市の行がありません（あるのは: 今治市）"),
    ("m2.csv", MASTER_2022 + "\n" + IMABARI[0] + "\n", "町字マスターが二つ以上あります"),
    ("n03.geojson", '{"features": [{"geometry": {"type": "Polygon", "coordinates": []}, "properties": {"N03_007": "38202"}}]}', "市町村の合併より後の年のもの"),
])  # fmt: skip
def test_what_is_no_table_of_the_municipality_is_named_with_the_way_out_and_nothing_is_written(
    tmp_path: Path, tsunagite: Run, name: str, content: str, told: str
) -> None:
    master = table(tmp_path / "m.csv", MASTER_2022, *MATSUYAMA, *(IMABARI if name == "m2.csv" else []))
    (tmp_path / name).write_text(
        content + ("382019,0001001,2,愛媛県,松山市,,,朝日町,アサヒマチ,一丁目,１,,,\n" if name == "m2.csv" else ""),
        encoding="utf-8",
    )
    root = site(tmp_path / "site")
    done = tsunagite("areas", "build", tmp_path / name, master, "--root", root, "--municipality", "松山市")
    assert done.code == 1
    assert told in done.err
    assert name in done.err
    assert "→" in done.err
    assert files_of(root) == []


def test_towns_outside_of_the_outline_and_towns_that_no_other_table_knows_are_those_of_another_city(
    tmp_path: Path, tsunagite: Run
) -> None:
    far = tmp_path / "t.json"
    far.write_text(json.dumps([{**one, "lat": 35.0, "lng": 135.0} for one in TOWNS]), encoding="utf-8")
    root = site(tmp_path / "site")
    done = tsunagite(
        "areas",
        "build",
        far,
        outline(tmp_path / "n.geojson", ("松山市", "38201")),
        "--root",
        root,
        "--municipality",
        "松山市",
    )
    assert (done.code, files_of(root)) == (1, [])
    assert "町の点 2 のうち 2 が、n.geojson の松山市の境界の外です" in done.err
    strange = tmp_path / "s.json"
    strange.write_text(
        json.dumps([{**one, "town": f"別{number}町"} for number, one in enumerate(TOWNS)]), encoding="utf-8"
    )
    done = tsunagite(
        "areas",
        "build",
        strange,
        table(tmp_path / "m.csv", MASTER_2022, *MATSUYAMA),
        "--root",
        root,
        "--municipality",
        "松山市",
    )
    assert (done.code, files_of(root)) == (1, [])
    assert "同じ町がほとんどありません" in done.err


@pytest.mark.parametrize(("code", "told"), [("382018", "ではありません"), ("372013", "香川県高松市 の番号です")])
def test_a_wrong_code_is_told_before_anything_is_written(tmp_path: Path, tsunagite: Run, code: str, told: str) -> None:
    root = site(tmp_path / "site")
    done = tsunagite(
        "areas",
        "build",
        table(tmp_path / "m.csv", MASTER_2022, *MATSUYAMA),
        "--root",
        root,
        "--municipality",
        "松山市",
        "--code",
        code,
    )
    assert (done.code, files_of(root)) == (2, [])
    assert told.replace(" ", "") in done.err.replace(" ", "")


def test_a_table_that_fails_after_it_was_recognised_leaves_the_site_as_it_was(tmp_path: Path, tsunagite: Run) -> None:
    broken = tmp_path / "t.json"
    broken.write_text(json.dumps([{"town": "朝日町", "koaza": "", "lat": "北", "lng": 132.7}]), encoding="utf-8")
    root = site(tmp_path / "site")
    done = tsunagite("areas", "build", broken, "--root", root, "--municipality", "松山市")
    assert (done.code, files_of(root)) == (1, [])
    assert "I131" in done.err


def test_two_towns_with_one_reading_are_both_kept_where_the_registry_tells_them_apart(
    tmp_path: Path, tsunagite: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area_run, "read_postal_towns", lambda *_: (PostalTown("東町", "ひがしまち", "790-0001"),))
    rows = [
        "382019,0001000,1,愛媛県,松山市,,,東町,ヒガシマチ,,,,,",
        "382019,0002000,1,愛媛県,松山市,,,ひがし町,ヒガシマチ,,,,,",
        "382019,0003000,1,愛媛県,松山市,,,名無,,,,,,",
    ]
    root = site(tmp_path / "site")
    assert tsunagite("areas", "build", table(tmp_path / "m.csv", MASTER_2022, *rows), "--root", root).code == 0
    assert {name: one["id"] for name, one in towns(root).items()} == {
        "東町": "higashimachi",
        "ひがし町": "higashimachi-0002000",
        "名無": "town-0003000",
    }
    assert towns(root)["東町"]["postal_codes"] == ["790-0001"]

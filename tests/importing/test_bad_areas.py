"""Everything that goes wrong when a city starts with its tables of areas: each a sentence with the way out, and nothing half-written."""

from __future__ import annotations

import json
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

Run = Callable[..., Any]

# The headers are those of the published tables; places and numbers are made up.
MASTER = "lg_code,machiaza_id,machiaza_type,pref,city,ward,ward_kana,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,ablt_date"
MATSUYAMA = "382019,0001001,2,愛媛県,松山市,,,朝日町,アサヒマチ,一丁目,１,,,"
IMABARI = "382027,0009000,1,愛媛県,今治市,,,浜町,ハマチョウ,,,,,"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with blanks and Japanese in its name that holds a site of two towns and every bad file; there is no network."""

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    folder = tmp_path / "市の 表（案）"
    (folder / "site/resources/areas").mkdir(parents=True)
    (folder / "site/resources/site.yml").write_text(
        "municipality: 松山市\nprefecture: 愛媛県\narea: matsuyama\n", encoding="utf-8"
    )
    areas = [
        {"id": "matsuyama", "name": "松山市", "level": "市", "lg_code": "382019"},
        *(
            {"id": key, "name": name, "level": "町字", "parent": "matsuyama", "lat": 33.8, "lng": 132.7}
            for key, name in (("sakura", "桜町"), ("hama", "浜町"))
        ),
    ]
    (folder / "site/resources/areas/areas.yml").write_text(
        yaml.safe_dump({"records": areas}, allow_unicode=True), encoding="utf-8"
    )
    (folder / "町字.csv").write_text(f"{MASTER}\n{MATSUYAMA}\n", encoding="utf-8")
    (folder / "今治.csv").write_text(f"{MASTER}\n{IMABARI}\n", encoding="utf-8")
    (folder / "重なり.csv").write_text("町,中学校区\n桜町,東\n桜町,西\n", encoding="utf-8")
    (folder / "よその町.csv").write_text("町,中学校区\n海町,東\n", encoding="cp932")
    (folder / "見出しなし.csv").write_text("桜町,東\n浜町,西\n", encoding="utf-8")
    old = {
        "type": "Feature",
        "properties": {"N03_007": "38202"},
        "geometry": {"type": "Polygon", "coordinates": [[[132, 33], [133, 33], [133, 34], [132, 33]]]},
    }
    (folder / "N03-昔.geojson").write_text(json.dumps({"features": [old]}), encoding="utf-8")
    far = {
        "type": "Feature",
        "properties": {"name": "東中学校"},
        "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
    }
    (folder / "遠い校区.geojson").write_text(json.dumps({"features": [far]}), encoding="utf-8")
    (folder / "壊れた図形.geojson").write_text(
        json.dumps({"features": [{**far, "geometry": {"type": "Polygon", "coordinates": [[[0], [1]]]}}]}),
        encoding="utf-8",
    )
    book = openpyxl.Workbook()
    for row in (["町名", "中学校区", None], ["桜町", "東", "第一"], ["浜町", "西", "第二"]):
        book.active.append(row)
    book.active.merge_cells("B1:C1")
    book.save(folder / "結合.xlsx")
    (folder / "箱").mkdir()
    named = "校区/地区 表.csv".encode("cp932")
    with zipfile.ZipFile(folder / "箱/古い.zip", "w") as archive:
        archive.writestr("x" * len(named), "a,b\n1,2\n")
    (folder / "箱/古い.zip").write_bytes((folder / "箱/古い.zip").read_bytes().replace(b"x" * len(named), named))
    Path(os.fsdecode(os.fsencode(folder / "箱") + b"/" + "メモ.csv".encode("cp932"))).write_text(
        "a,b\n1,2\n", encoding="utf-8"
    )
    return folder


BAD: dict[str, tuple[str, list[str], list[str]]] = {
    "a wrong code": (
        "build",
        ["町字.csv", "--code", "382018"],
        ["「382018」は、市区町村の番号（全国地方公共団体コード）ではありません。→ 6けたの番号を確かめて"],
    ),
    "the code of another city": (
        "build",
        ["町字.csv", "--code", "372013"],
        ["372013 は 香川県高松市 の番号です。市区町村は「松山市」です。→"],
    ),
    "towns of another city": ("build", ["今治.csv"], ["今治.csv", "松山市の行がありません（あるのは: 今治市）", "→"]),
    "an outline of another year": (
        "build",
        ["町字.csv", "N03-昔.geojson"],
        ["N03-昔.geojson", "市町村の合併より後の年のもの", "→"],
    ),
    "an address of the web, without a network": (
        "build",
        ["https://example.com/mt_town.zip"],
        [
            "インターネットのアドレスです。手もとのファイルだけを読みます（ネットワークは使いません）。 → ブラウザーで開いて保存し"
        ],
    ),
    "a path of Windows": (
        "build",
        ["C:\\Users\\市民課\\町字.csv"],
        ["Windows の書き方の場所です（C:\\Users\\市民課\\町字.csv）", "→ フォルダーは「/」で区切って"],
    ),
    "no such file": ("build", ["ない.csv"], ["ない.csv: このファイルがありません", "→"]),
    "names of members in the code page of Windows": (
        "build",
        ["箱/古い.zip"],
        ["古い.zip（校区/地区 表.csv）: 地域の表ではありません", "→"],
    ),
    "a folder of nothing that is read, with a name in the code page of Windows": (
        "build",
        ["箱"],
        [
            "メモ.csv: 地域の表ではありません",
            "古い.zip（校区/地区 表.csv）: 地域の表ではありません",
            "町字マスターも、町丁目の表（住所データ）もありません。→ どちらかを足して",
        ],
    ),
    "a folder where one file is read": (
        "districts",
        ["箱"],
        ["箱  I244  フォルダーです。 → フォルダーの中の、一つのファイルを選んでください。"],
    ),
    "an address for districts": ("districts", ["https://example.com/校区.csv"], ["I242", "→ ブラウザーで開いて保存し"]),
    "overlapping districts": (
        "districts",
        ["重なり.csv"],
        ["重なり.csv: 桜町が、中学校区の二つ以上に入っています（2行目は東、3行目は西）。→"],
    ),
    "a town that the site does not have": (
        "districts",
        ["よその町.csv"],
        ["2行目: 「海町」という町字は、サイトにありません。→"],
    ),
    "no header": ("districts", ["見出しなし.csv"], ["はじめの行が見出しではなく、町の名前（桜町）です。→"]),
    "merged headers": (
        "districts",
        ["結合.xlsx"],
        [
            "結合.xlsx: はじめの行が見出しではなく、町の名前（桜町）です。→",
            "見出しのセルが結合されていれば、結合を解きます",
        ],
    ),
    "polygons of another city": (
        "districts",
        ["遠い校区.geojson"],
        ["どの図形にも、サイトの町字の代表点がありません。→"],
    ),
    "a broken polygon": ("districts", ["壊れた図形.geojson"], ["図形を読めません", "→ GIS のソフトで開き"]),
}


def test_every_bad_input_is_told_with_the_way_out_and_nothing_is_written(
    world: Path, tsunagite: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world)
    before = {path: path.read_bytes() for path in (world / "site").rglob("*") if path.is_file()}
    wrong: dict[str, object] = {}
    for name, (command, arguments, sentences) in BAD.items():
        done = tsunagite("areas", command, *arguments, "--root", "site")
        if done.code == 0 or not all(sentence in done.err for sentence in sentences) or "Traceback" in done.err:
            wrong[name] = (done.code, done.out, done.err)
    assert wrong == {}
    assert {
        path: path.read_bytes()
        for path in (world / "site").rglob("*")
        if path.is_file() and ".tsunagite-cache" not in path.parts
    } == before


def test_a_list_whose_name_is_in_the_code_page_of_windows_is_refused_by_import_and_read_as_a_table_of_districts(
    world: Path, tsunagite: Run
) -> None:
    name = os.fsdecode(os.fsencode(world) + b"/" + "校区.csv".encode("cp932"))
    Path(name).write_text("町,中学校区\n桜町,東\n海町,東\n", encoding="utf-8")
    done = tsunagite("areas", "districts", name, "--root", world / "site")
    assert "校区.csv: 3行目: 「海町」という町字は、サイトにありません。" in done.err
    done = tsunagite("import", "--root", world / "site", "--owner", "松山市", "--licence", "CC BY 4.0", name)
    assert "校区.csv  I241  ファイル名の文字が、このコンピューターでは読めません" in done.out + done.err
    assert "→ 名前を付け直して" in done.out + done.err
    assert not (world / "site/resources/sources").exists()

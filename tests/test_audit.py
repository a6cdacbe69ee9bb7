"""The audit finds a value that stands in no cell of its list, and nothing in records as they were imported."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tsunagite.importing.detect.intake import Said
from tsunagite.importing.run import Options, import_sources

AUDIT = Path(__file__).parent.parent / "generator/audit.py"


pytestmark = pytest.mark.usefixtures("no_dictionary")


def imported(tmp_path: Path, rows: str) -> None:
    """Import a list of AED into an empty site."""
    (tmp_path / "site/resources").mkdir(parents=True)
    path = tmp_path / "aed.csv"
    path.write_text(rows, encoding="utf-8")
    said = Said(date(2026, 11, 24), owner="見本市")
    assert import_sources(tmp_path / "site", [path], Options(said=said)).exit_code == 0


def audit(tmp_path: Path) -> tuple[int, str]:
    run = subprocess.run([sys.executable, AUDIT, tmp_path / "site"], check=False, capture_output=True, encoding="utf-8")
    return run.returncode, run.stdout


def test_a_false_value_is_found_and_true_ones_are_not(tmp_path: Path) -> None:
    imported(
        tmp_path,
        "名称,名称_カナ,住所,電話番号,設置位置\n会館,カイカン,見本市本町1-1,087-839-2801,玄関\n店,ミセ,見本市東町2,087-839-2802,入口\n",
    )

    code, out = audit(tmp_path)
    assert (code, "in no cell 0" in out) == (0, True), out
    snapshot = tmp_path / "site/resources/sources/snapshots/aed.json"
    record = tmp_path / "site/resources/equipment/aed-kaikan.yml"
    for file in (snapshot, record):  # as an importer would write it that reads a wrong number
        file.write_text(file.read_text(encoding="utf-8").replace("087-839-2801", "087-839-9999"), encoding="utf-8")
    code, out = audit(tmp_path)
    assert (code, "aed-kaikan.yml: phones.number: 087-839-9999" in out) == (1, True), out


def test_what_the_importer_reads_from_a_cell_is_compared_with_that_cell(tmp_path: Path) -> None:
    imported(
        tmp_path,
        "名称,名称_カナ,住所,電話番号,設置位置,利用可能曜日,開始時間,終了時間,URL\n"
        "会館（休止中）,カイカン,見本市本町1-1,087-839-2801,玄関,月火水木金土日,7:00,1700,http:/www.example.jp/\n"
        "店,ミセ,見本市東町2,087-839-2802,入口,,00:00,24:00,\n",
    )
    code, out = audit(tmp_path)
    assert (code, "in no cell 0" in out, "edited 0" in out) == (0, True, True), out
    [hall] = (tmp_path / "site/resources/equipment").glob("aed-kaikan*.yml")
    assert all(
        text in hall.read_text(encoding="utf-8")
        for text in ("url: http://www.example.jp/", "close: '17:00'", "status: 休止")
    )
    snapshot = tmp_path / "site/resources/sources/snapshots/aed.json"
    for old, new in (("17:00", "19:00"), ("www.example.jp", "www.example.com"), ("24時間", "23時間")):
        for file in (
            snapshot,
            *(tmp_path / "site/resources/equipment").glob("*.yml"),
        ):  # as an importer would write it that reads a cell wrongly
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    code, out = audit(tmp_path)
    assert code == 1
    assert sorted(line.partition(": ")[2] for line in out.splitlines()[:-1]) == [
        "hours.close: 19:00",
        "hours_note: 23時間",
        "url: http://www.example.com/",
    ]


def test_what_people_add_to_a_record_is_theirs(tmp_path: Path) -> None:
    imported(
        tmp_path,
        "名称,名称_カナ,住所,電話番号,設置位置\n会館,カイカン,見本市本町1-1,087-839-2801,玄関\n店,ミセ,見本市東町2,087-839-2802,入口\n",
    )
    record = tmp_path / "site/resources/equipment/aed-kaikan.yml"
    record.write_text(
        record.read_text(encoding="utf-8") + "alt_names: [公民館]\ndescription: 夜は閉まります。\n", encoding="utf-8"
    )
    code, out = audit(tmp_path)
    assert (code, "edited 2," in out, "in no cell 0" in out) == (0, True, True), out

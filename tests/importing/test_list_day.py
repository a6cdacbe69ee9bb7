"""The day of a list comes from the list, from a catalogue, from the name of its file or from a person; it is never today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csv_text import table_of
from tsunagite.importing.detect.catalogue import CatalogueEntry, entry_of
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.detect.list_day import day_in_list
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file
from tsunagite.text.dates import day_in_name

pytestmark = pytest.mark.usefixtures("no_dictionary")

HEADER = "名称,名称_カナ,住所,設置位置,緯度,経度"
ROW = "見本会館,ミホンカイカン,見本市本町1-1,玄関,34.3,134.0"


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("医療機関一覧（令和7年4月1日時点）", date(2025, 4, 1)),
        ("令和元年10月1日現在 AED", date(2019, 10, 1)),
        ("aed_20250401", date(2025, 4, 1)),
        ("aed-2025-04", date(2025, 4, 1)),
        ("AED一覧R7.4.1", date(2025, 4, 1)),
        ("372013_aed", None),
        ("令和6年度 一覧", None),
        ("list_20251399", None),
    ],
)
def test_the_name_of_a_file_tells_a_day_or_nothing(stem: str, day: date | None) -> None:
    assert day_in_name(stem) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{HEADER},更新日\n{ROW},2025/3/31\n{ROW},令和7年4月2日\n", date(2025, 4, 2)),
        (f"{HEADER}\n{ROW}\n※令和8年4月1日現在,,,,,\n", date(2026, 4, 1)),
        (f"{HEADER}\n{ROW}\n", date(2024, 1, 15)),
    ],
)
def test_columns_come_before_notes_and_notes_before_the_name(text: str, day: date) -> None:
    table, _ = table_of(text, "x.csv")
    assert table
    assert day_in_list(table, "aed_20240115")[0] == day


@pytest.mark.parametrize(("is_dated", "day"), [(True, "2026-11-24"), (False, None)])
def test_a_list_whose_day_nobody_knows_has_none(tmp_path: Path, *, is_dated: bool, day: str | None) -> None:
    (tmp_path / "site/resources").mkdir(parents=True)
    (tmp_path / "aed.csv").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    today = date(2026, 11, 24)
    report = import_sources(
        tmp_path / "site",
        [tmp_path / "aed.csv"],
        Options(said=Said(today, owner="見本市", today=today, is_dated=is_dated)),
    )
    assert report.exit_code == 0
    [described] = (tmp_path / "site/resources/sources").glob("*.yml")
    data = read_file(described, "").value
    assert (data.get("data_date"), data["retrieved_on"]) == (day, "2026-11-24")


def test_the_same_file_again_keeps_the_day_that_a_person_gave(tmp_path: Path) -> None:
    (tmp_path / "site/resources").mkdir(parents=True)
    rows = [f"見本会館{n},ミホンカイカン,見本市本町{n},玄関,34.3{n},134.0" for n in range(1, 6)]
    (tmp_path / "aed.csv").write_text("\n".join([HEADER, *rows[:4]]), encoding="utf-8")
    dated, undated = (
        Said(date(2026, 4, 1), owner="見本市", today=date(2026, 11, 24), is_dated=is_dated)
        for is_dated in (True, False)
    )

    def days() -> list[object]:
        return [
            read_file(path, path.name).value.get("data_date")
            for path in (tmp_path / "site/resources/sources").glob("*.yml")
        ]

    import_sources(tmp_path / "site", [tmp_path / "aed.csv"], Options(said=dated))
    assert list(map(str, days())) == ["2026-04-01"]
    again = import_sources(tmp_path / "site", [tmp_path / "aed.csv"], Options(said=undated))
    assert (again.exit_code, list(map(str, days()))) == (0, ["2026-04-01"])
    (tmp_path / "aed.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    import_sources(tmp_path / "site", [tmp_path / "aed.csv"], Options(said=undated))
    assert days() == [None], "of another file nobody knows the day"


CATALOGUE = "全国地方公共団体コード,地方公共団体名,データセット_タイトル,データセット_最終更新日,ファイル_タイトル,ファイル_ダウンロードURL,ファイル_ライセンス,ファイル_最終更新日"
OLD_CATALOGUE = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,データ名称,ライセンス,最終更新日,URL"
PACKAGE = {
    "success": True,
    "result": {
        "title": "AED設置箇所一覧",
        "license_title": "CC BY 4.0",
        "organization": {"title": "見本市"},
        "metadata_modified": "2026-10-01T00:00:00",
        "resources": [
            {
                "name": "CSV",
                "url": "https://example.jp/dl/aed.csv?v=2",
                "last_modified": "2026-03-31T20:15:00.1",
                "created": "2020-01-01T00:00:00",
            },
            {"name": "Excel", "url": "https://example.jp/dl/aed.xlsx", "last_modified": "2025-01-01T00:00:00"},
        ],
    },
}


def described(site: Path, folder: Path, files: list[str]) -> list[tuple[object, ...]]:
    """Import files that tell no day into a new site; return day, licence and owner of every description."""
    (site / "resources").mkdir(parents=True)
    today = date(2026, 11, 24)
    report = import_sources(
        site, [folder / name for name in files], Options(said=Said(today, today=today, is_dated=False))
    )
    assert report.exit_code == 0, report
    read = [read_file(path, "").value for path in sorted((site / "resources/sources").glob("*.yml"))]
    return [(str(one.get("data_date")), one["licence"], one["owner"]) for one in read]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "catalog.csv",
            (
                f"{CATALOGUE}\n999999,見本市,AED設置箇所一覧,2026-01-01,AED,https://example.jp/dl/aed.csv,CC BY 4.0,2026年4月1日\n"
                "999999,見本市,投票所一覧,2025-01-01,投票所,https://example.jp/dl/poll.csv,CC0,2025-05-01\n"
            ),
        ),
        (
            "オープンデータ一覧.csv",
            f"{OLD_CATALOGUE}\n999999,1,見本県,見本市,aed,CC BY 4.0,R8.4.1,https://example.jp/aed/\n",
        ),
        ("package_show.json", json.dumps(PACKAGE)),
        ("aed.csv.json", json.dumps({"result": {"results": [PACKAGE["result"]]}})),
    ],
)
def test_a_catalogue_given_with_a_list_or_lying_beside_it_tells_its_day_licence_and_owner(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / "aed.csv").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    told = [("2026-04-01", "CC BY 4.0", "見本市")]
    assert described(tmp_path / "beside", tmp_path, ["aed.csv"]) == told
    assert described(tmp_path / "given", tmp_path, [name, "aed.csv"]) == told, (
        "CKAN writes 20:15 UTC: the next day in Japan"
    )


def test_what_a_list_says_of_its_own_day_comes_before_a_catalogue_and_two_days_of_one_title_tell_none(
    tmp_path: Path,
) -> None:
    entry = CatalogueEntry(titles=("AED設置箇所一覧",), day=date(2026, 4, 1))
    table, _ = table_of(f"{HEADER},更新日\n{ROW},2025/3/31\n", "x.csv")
    assert table
    assert day_in_list(table, "aed_20240115", entry.day) == (date(2025, 3, 31), "更新日")
    assert entry_of("AED設置箇所一覧（令和7年度）.csv", [entry]) == entry
    assert entry_of("AED設置箇所一覧.csv", [entry, replace(entry, day=date(2025, 4, 1))]) is None
    assert entry_of("公共施設一覧.csv", [entry]) is None

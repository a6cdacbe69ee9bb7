"""The summary of an import for a pull request: of every list what is new, changed field by field, gone and to decide, on one screen."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing.detect.intake import Said
from tsunagite.importing.report.summary import VISIBLE, as_summary
from tsunagite.importing.run import Options, import_sources
from tsunagite.text.markdown import count_visible

HEADER = "ID,名称,名称_カナ,所在地_連結表記,設置位置,電話番号\n"
OLD = (
    HEADER
    + """1,東会館,ヒガシカイカン,見本市東町1,玄関,087-839-2811
2,西会館,ニシカイカン,見本市西町2-3,玄関,
3,南会館,ミナミカイカン,見本市南町3,二階,
4,北会館,キタカイカン,見本市北町4,玄関,
"""
)
NEW = (
    HEADER
    + """1,東会館,ヒガシカイカン,見本市東町1,一階の|受付,087-839-2812
2,西会館,ニシカイカン,見本市西町２番３号,玄関,
4,北会館,キタカイカン,見本市北町4,事務室,
5,中央会館,チュウオウカイカン,見本市中央5,玄関,"
87-839-2811"
6,,ナシ,見本市中央6,玄関,
"""
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/resources").mkdir(parents=True)
    return tmp_path / "site"


def take(site: Path, name: str, text: str, *, dry_run: bool = False) -> Any:
    path = site.parent / name
    path.write_text(text, encoding="utf-8")
    return import_sources(
        site, [path], Options(dry_run, said=Said(date(2026, 11, 24), owner="見本市", licence="CC BY 4.0"))
    )


def test_a_new_edition_is_told_record_by_record_with_the_values_of_both_sides(site: Path, tsunagite: Any) -> None:
    take(site, "aed.csv", OLD)
    record = site / "resources/equipment/aed-4.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("設置場所: 玄関", "設置場所: 裏口"), encoding="utf-8")
    (site.parent / "aed.csv").write_text(NEW, encoding="utf-8")
    said = tsunagite(
        "import", site.parent / "aed.csv", "--root", site, "--date", "2026-12-01", "--dry-run", "--summary", "markdown"
    )
    text = said.out
    lines = text.splitlines()
    assert lines[2] == "一覧 1：新しい 1 件、変わる 2 件、一覧からなくなった 1 件、決めること 1"
    assert "## AED設置箇所一覧（見本市）" in lines
    assert "aed.csv、2026-12-01 の一覧、5 行" in lines
    assert "- 北会館 のそのほかの項目の設置場所: 記録は「裏口」、一覧は「事務室」。どちらが正しいですか" in lines
    assert "| 東会館 | 電話の087-839-2811 | 087-839-2811 | 087-839-2812 |" in lines
    assert "|  | そのほかの項目の設置場所 | 玄関 | 一階の\\|受付 |" in lines
    at = lines.index("<details><summary>書き方だけが変わる記録 1（項目 1）</summary>")
    assert "| 西会館 | 場所の住所 | 見本市西町2-3 | 見本市西町２番３号 |" in lines[at:]
    assert "| 中央会館 | 見本市中央5 | AED |" in lines
    assert "- 南会館（記録は残っています。終わったのなら閉じてください）" in lines
    assert "| 6 |  | 名前がありません |" in lines
    assert any(
        line.startswith("| 5 | 中央会館 | 電話番号「87-839-2811」 |") and line.endswith("→ 087-839-2811 |")
        for line in lines
    )
    assert count_visible(lines) <= VISIBLE
    assert not re.search(r"aed-\d|plan|None", text)


def test_long_parts_are_folded_and_hold_every_row(site: Path) -> None:
    rows = "".join(f"{n},会館{n},カイカン,見本市本町{n},玄関,\n" for n in range(1, 301))
    lines = as_summary(take(site, "aed.csv", HEADER + rows)).splitlines()
    assert count_visible(lines) < 12
    assert "<details><summary>新しい記録 300</summary>" in lines
    assert sum(line.startswith("| 会館") for line in lines) == 300


def test_however_many_lists_there_are_one_screen_is_seen(site: Path) -> None:
    paths = []
    for n in range(80):
        path = site.parent / f"place-{n}.csv"
        path.write_text(HEADER + f"{n},会館{n},カイカン,見本市本町{n},玄関,\n", encoding="utf-8")
        paths.append(path)
    said = Said(date(2026, 11, 24), owner="見本市", licence="CC BY 4.0", edition_of="new")
    report = import_sources(site, paths, Options(said=said))
    for some in (3, 12, 30, 80):
        shown = as_summary(type(report)(report.lists[:some])).splitlines()
        assert count_visible(shown) <= VISIBLE
        assert sum(line.startswith("| 会館") for line in shown) == some
    again = as_summary(import_sources(site, [])).splitlines()
    assert count_visible(again) == 3
    assert again[-1].startswith("変わりのない一覧: AED設置箇所一覧・")


def test_a_list_that_cannot_be_read_says_why(site: Path) -> None:
    lines = as_summary(take(site, "aed.csv", HEADER), "en").splitlines()
    at = lines.index("## aed.csv")
    assert lines[at + 2] == "aed.csv: This list could not be imported."
    assert lines[at + 4].startswith("- A header and no row at all.")
    assert lines[2] == "1 lists: 0 new, 0 changed, 0 no longer in their list, 0 to decide"

"""What a person at a terminal is told of an import: the whole first, then a few rows of each kind; and nothing half-written when it is killed."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HEADER = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,住所,緯度,経度,電話番号,団体名,利用可能曜日,開始時間,終了時間,説明,バリアフリー情報,URL\n"
# Writes as the command line does, and is killed (as by the system, without a last word) at the n-th rename.
KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
real = os.replace
def replace(*args, **kwargs):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*args, **kwargs)
    left -= 1
os.replace = replace
from tsunagite.cli.app import main
main()
"""


def rows(count: int) -> str:
    return HEADER + "".join(
        f"999999,{n},見本県,見本市,見本公民館{n},見本市見本町{n}番地,34.{n:04},134.{n:04},087-000-{n:04},見本市,月火,９:00,17:00,,,\n"
        for n in range(1, count + 1)
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/resources").mkdir(parents=True)
    (tmp_path / "halls.csv").write_text(rows(70) + "999999,71,見本県,見本市,,,,,,,,,,,,\n" * 9, encoding="utf-8")
    return tmp_path / "site"


def words(site: Path, *more: str) -> list[str]:
    return ["import", str(site.parent / "halls.csv"), "--root", str(site), "--date", "2026-11-24", *more]


def state(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_terminal_shows_the_whole_first_and_a_few_rows_of_each_kind(site: Path, tsunagite: Any) -> None:
    said = tsunagite(*words(site, "--dry-run"))
    lines = said.out.split("--- /dev/null")[0].splitlines()
    assert (said.code, lines[3:5]) == (0, ["  読んだ行 79 = 記録 70 + まとめた行 0 + 除いた行 9", "  新しい 70"])
    assert len([line for line in lines if "を除きました: 名前がありません" in line]) == 5
    assert "  …ほか 4 行（--report 報告.xlsx ですべて、--all で画面にすべて）" in lines
    assert any(line.startswith("  直したセル 70: ") for line in lines)
    assert len(lines) < 25
    assert "を除きました: 名前がありません" in (whole := tsunagite(*words(site, "--dry-run", "--all")).out)
    assert whole.count("を除きました: 名前がありません") == 9
    english = tsunagite(*words(site, "--dry-run", "--lang", "en")).out
    assert "  rows read 79 = records 70 + merged 0 + dropped 9" in english.splitlines()
    assert "… and 4 more" in english


def test_an_import_killed_half_way_leaves_nothing_half_written_and_the_next_one_completes_it(site: Path) -> None:
    for moment, placed in (
        (0, 0),
        (1, 0),
        (5, 3),
    ):  # the second rename is the decision, the later ones put files in place
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, str(moment), *words(site)], check=False, capture_output=True
        ).returncode
        files = state(site)
        assert (ended, ".tsunagite-cache/writing/list.json" in files) == (-signal.SIGKILL, moment > 1)
        assert len([name for name in files if name.startswith("resources/")]) == placed
    done = subprocess.run([sys.executable, "-m", "tsunagite.cli", *words(site)], check=True, capture_output=True)
    after = state(site)
    assert len([name for name in after if name.startswith("resources/public/")]) == 70
    assert "何も書きませんでした" in done.stdout.decode()
    assert not any("writing" in name for name in after)

"""The command line: exit codes 0, 1 and 2, the forms of a report, the day, and sentences instead of tracebacks."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite import __version__
from tsunagite.engine import clock

Run = Callable[..., Any]
RECORD = "resources/clubs/sakura-taiso.yml"
KEYS = {"code", "severity", "file", "line", "column", "message", "hint"}


def change(site: Path, old: str, new: str) -> None:
    path = site / RECORD
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# Exit codes


def test_a_good_site_ends_with_0_and_says_how_many_records_there_are(site_folder: Path, tsunagite: Run) -> None:
    said = tsunagite("check", site_folder)
    assert (said.code, said.out, said.err) == (0, "記録 1 件を点検しました。まちがい 0、注意 0、お知らせ 0。\n", "")


def test_a_warning_alone_ends_with_0(site_folder: Path, tsunagite: Run) -> None:
    change(site_folder, "summary: 週1回、いすに座ってできる体操。申し込み不要、見学できます。\n", "")
    said = tsunagite("check", site_folder)
    assert said.code == 0
    assert "R405 注意" in said.out


def test_an_error_ends_with_1_and_is_shown_with_its_place_and_what_to_do(site_folder: Path, tsunagite: Run) -> None:
    change(site_folder, "kind: 体操の会", "kind: 体操のかい")
    said = tsunagite("check", site_folder)
    assert said.code == 1
    place, hint, closing = said.out.splitlines()
    assert place == f"{RECORD}:5:7  M104 まちがい  「種類」に「体操のかい」という語はありません。"
    assert hint.startswith("    → もしかして「体操の会」ですか。")
    assert closing == "記録 0 件を点検しました。まちがい 1、注意 0、お知らせ 0。"


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_that_is_no_site_ends_with_2_and_a_sentence(tmp_path: Path, tsunagite: Run, command: str) -> None:
    said = tsunagite(command, tmp_path)
    assert (said.code, said.out) == (2, "")
    assert "がありません" in said.err
    assert "tsunagite init" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ("site_name: [\n", "mkdocs.yml を読めません"),
        ("site_name: 町\ntheme: {name: material}\ndocs_dir: content\n", "「- tsunagite」を書いてください"),
    ],
)
def test_a_frame_that_cannot_be_read_ends_with_2_and_a_sentence(
    site_folder: Path, tsunagite: Run, config: str, sentence: str
) -> None:
    (site_folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    said = tsunagite("build", site_folder)
    assert said.code == 2
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_an_unreadable_day_ends_with_2(site_folder: Path, tsunagite: Run) -> None:
    said = tsunagite("check", site_folder, "--today", "11月22日")
    assert said.code == 2
    assert "2026-11-22" in said.err


# Forms of a report


def test_json_has_exactly_the_documented_keys(site_folder: Path, tsunagite: Run) -> None:
    change(site_folder, "kind: 体操の会", "kind: 体操のかい")
    said = tsunagite("check", site_folder, "--format", "json")
    data = json.loads(said.out)
    assert said.code == 1
    assert set(data) == {"records", "findings"}
    [finding] = data["findings"]
    assert set(finding) == KEYS
    place = [finding[key] for key in ("code", "severity", "file", "line", "column")]
    assert place == ["M104", "error", RECORD, 5, 7]


def test_github_lines_stand_beside_the_changed_line(site_folder: Path, tsunagite: Run) -> None:
    change(site_folder, "kind: 体操の会", "kind: 100%")
    said = tsunagite("check", site_folder, "--format", "github")
    first = said.out.splitlines()[0]
    assert said.code == 1
    assert first.startswith(
        f"::error file={RECORD},line=5,col=7,title=M104::「種類」に「100%25」という語はありません。 → "
    )


def test_a_report_can_be_read_in_english(site_folder: Path, tsunagite: Run) -> None:
    change(site_folder, "kind: 体操の会", "kind: 体操のかい")
    said = tsunagite("build", site_folder, "--lang", "en")
    assert said.code == 1
    assert "M104 Error" in said.out
    assert "left as it was" in said.err


def test_the_same_site_is_reported_in_the_same_words_twice(site_folder: Path, tsunagite: Run) -> None:
    change(site_folder, "id: sakura-taiso", "id: sakura")
    assert tsunagite("check", site_folder).out == tsunagite("check", site_folder).out != ""


# The day


@pytest.mark.parametrize(
    ("given", "epoch", "expected"),
    [
        (date(2026, 11, 22), "0", date(2026, 11, 22)),
        (None, "1795359599", date(2026, 11, 22)),  # one second before midnight in Japan
        (None, "1795359600", date(2026, 11, 23)),
        (None, "0", date(1970, 1, 1)),
    ],
)
def test_the_day_is_the_given_one_else_that_of_the_epoch_in_japan(
    monkeypatch: pytest.MonkeyPatch, given: date | None, epoch: str, expected: date
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert clock.today(given) == expected


@pytest.mark.parametrize("epoch", ["", "soon"])
def test_without_a_readable_epoch_the_clock_says_the_day(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert abs((clock.today() - date.today()).days) <= 1  # noqa: DTZ011 - the machine may be in any zone


def notice_shown(site: Path) -> bool:
    return "臨時のお休み" in (site / "site/r/sakura-taiso/index.html").read_text(encoding="utf-8")


def test_today_decides_what_a_page_says_and_goes_before_the_epoch(
    warm_site_folder: Path, tsunagite: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(warm_site_folder, "sample: true", "sample: true\nalert: {text: 臨時のお休み, until: 2026-11-22}")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795359600")  # 2026-11-23 in Japan
    tsunagite("build", warm_site_folder)
    assert not notice_shown(warm_site_folder)
    tsunagite("build", warm_site_folder, "--today", "2026-11-22")
    assert notice_shown(warm_site_folder)


# Other commands


def test_init_makes_a_site_that_has_nothing_to_mend_and_never_writes_over_one(tmp_path: Path, tsunagite: Run) -> None:
    assert tsunagite("init", tmp_path / "town", "--sample", "--no-guides").code == 0
    said = tsunagite("build", tmp_path / "town").out
    assert "まちがい 0、注意 0、お知らせ 10" in said
    assert said.count("  R713 お知らせ  ") == 10, "a window is still to be filled in for every duty, and nothing else"
    files = [path for path in (tmp_path / "town").rglob("*") if path.is_file() and ".tsunagite-cache" not in path.parts]
    told = [
        path.name
        for path in files
        for city in ("高松", "takamatsu", "yashima", "087-8", "屋島", "香川")
        if city.encode() in path.read_bytes()
    ]
    assert told == [], "the demonstration's city is in no byte of the site of another one"
    (tmp_path / "town" / RECORD).write_text("わたしの記録", encoding="utf-8")
    again = tsunagite("init", tmp_path / "town", "--sample")
    assert again.code == 2
    assert (tmp_path / "town" / RECORD).read_text(encoding="utf-8") == "わたしの記録"


def test_version_says_the_version(tsunagite: Run) -> None:
    assert tsunagite("version").out == f"{__version__}\n"

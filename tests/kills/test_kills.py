"""A command that is killed or finds the disk full leaves all old or all new; the next run is right, and no edit of a person is lost."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
import typer

from kills import small_disk
from kills.commands import CASES, CLUB, ELSEWHERE, QUICK, READ_ONLY, town
from kills.stopping import Stage, wrong_at_any_moment, wrong_together
from test_docs import commands
from tsunagite.cli.app import app
from tsunagite.records.load.tree import read_tree
from tsunagite.records.yaml import staged_files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return town(tmp_path / "town")


def test_every_command_is_stopped_or_known_to_change_nothing() -> None:
    groups = {"import", "areas", "worksheet", "ci", "duties", "words", "readings"}
    all_of_them = {name.removeprefix("tsunagite ") for name in commands(typer.main.get_command(app))}
    known = {*CASES, *READ_ONLY, *ELSEWHERE, *(groups - {*CASES}), "import apply"}
    assert all_of_them == known


@pytest.mark.parametrize("name", QUICK)
def test_a_command_killed_while_it_writes_leaves_all_old_or_all_new_and_the_next_run_is_right(
    name: str, tmp_path: Path
) -> None:
    stage = Stage.of(name, tmp_path)
    assert list(stage.wrong("kill", max(1, stage.calls * 2 // 3))) == []


@pytest.mark.parametrize("name", [name for name in CASES if name not in (*QUICK, "build")])
def test_a_command_killed_at_any_moment_and_run_twice_at_once_leaves_nothing_half(name: str, tmp_path: Path) -> None:
    """A build takes long: `make kills` stops it as well, and each command at many more moments."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        assert fresh.submit(wrong_at_any_moment, name, tmp_path).result(timeout=180) == []


@pytest.mark.parametrize(("first", "second"), [("verify", "close"), ("rename", "verify")])
def test_two_commands_at_once_lose_no_change(first: str, second: str, tmp_path: Path) -> None:
    assert list(wrong_together(first, second, 0.3, tmp_path)) == []


def test_a_disk_that_is_really_full_leaves_the_old_files(tmp_path: Path) -> None:
    if not small_disk.possible():
        pytest.skip("this system lets nobody make a namespace with a small disk")
    full, wrong = small_disk.tried(["verify"], 120)
    assert wrong == []
    assert full["verify"] > 2


def test_a_full_disk_leaves_the_old_files_and_is_one_sentence(tmp_path: Path) -> None:
    stage = Stage.of("verify", tmp_path)
    assert list(stage.wrong("full", max(1, stage.calls // 3))) == []


def test_a_command_after_a_killed_one_reads_nothing_half_written(site: Path) -> None:
    """What a killed import had decided is in place before another command reads, plans and writes over it."""
    club = site / CLUB
    new = club.read_text(encoding="utf-8").replace("name: さくら体操クラブ", "name: さくら新体操クラブ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            staged_files, "_put_in_place", lambda *_: None
        )  # killed between the decision and the first rename
        staged_files.write_files(site, {CLUB: new})
    assert "さくら新体操クラブ" not in club.read_text(encoding="utf-8")
    assert [one.data["name"] for one in read_tree(site).records if one.data["id"] == "sakura-taiso"] == [
        "さくら新体操クラブ"
    ]
    assert club.read_text(encoding="utf-8") == new

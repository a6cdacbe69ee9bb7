"""Files of a site change all together or not at all, whenever the power fails."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tsunagite.errors import UsageError
from tsunagite.records.yaml import staged_files
from tsunagite.records.yaml.staged_files import STAGE, finish_interrupted, write_files

BEFORE = {"resources/clubs/a.yml": "old a", "resources/clubs/b.yml": "old b", "resources/clubs/gone.yml": "old"}
AFTER = {"resources/clubs/a.yml": "new a", "resources/clubs/b.yml": "new b", "resources/care/c.yml": "new c"}
CHANGE: dict[str, str | None] = {**AFTER, "resources/clubs/gone.yml": None}
# Writes the change, and is killed (as by the system, without a last word) at the n-th rename or write.
KILLED = """
import os, pathlib, signal, sys
from tsunagite.records.yaml import staged_files
left = int(sys.argv[2])
def counted(real):
    def call(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return call
os.replace = counted(os.replace)
pathlib.Path.unlink = counted(pathlib.Path.unlink)
os.fsync, os.sync = counted(os.fsync), counted(os.sync)
staged_files.FEW = int(sys.argv[4])
staged_files.write_files(pathlib.Path(sys.argv[1]), eval(sys.argv[3]))
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_files(tmp_path, BEFORE)
    return tmp_path


def state(root: Path) -> dict[str, str]:
    files = sorted(path for path in root.rglob("*") if path.is_file() and path != root / staged_files._NUMBER)
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_everything_is_written_and_the_stage_is_gone(site: Path) -> None:
    write_files(site, CHANGE)
    assert state(site) == AFTER


@pytest.mark.parametrize("few", [50, 1], ids=["one by one", "many"])
def test_whenever_it_is_killed_all_is_old_or_all_is_new(site: Path, few: int) -> None:
    seen = []
    for moment in range(12):
        write_files(site, {**BEFORE, "resources/care/c.yml": None})
        words = [sys.executable, "-c", KILLED, str(site), str(moment), repr(CHANGE), str(few)]
        ended = subprocess.run(words, check=False, env=dict(os.environ)).returncode
        finish_interrupted(site)
        seen.append("new" if state(site) == AFTER else "old" if state(site) == BEFORE else "mixed")
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert ended == 0
    assert seen == sorted(seen, reverse=True)
    assert {"old", "new"} == set(seen)


def test_a_change_that_was_not_decided_is_forgotten(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(staged_files.os, "fsync", power_cut)
    with pytest.raises(KeyboardInterrupt):
        write_files(site, CHANGE)
    assert state(site) == BEFORE
    assert not (site / STAGE).exists()


@pytest.mark.parametrize("name", ["../outside.yml", "/outside.yml", "resources/../../outside.yml", "link/x.yml"])
def test_nothing_is_written_outside_the_site(site: Path, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    (site / "link").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(UsageError):
        write_files(site, {**AFTER, name: "x"})
    assert state(site) == BEFORE


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "mine"
    outside.write_text("mine", encoding="utf-8")
    (site / "resources/clubs/a.yml").unlink()
    (site / "resources/clubs/a.yml").symlink_to(outside)
    write_files(site, CHANGE)
    assert (outside.read_text(encoding="utf-8"), state(site)) == ("mine", AFTER)


def test_two_commands_do_not_write_at_once(site: Path) -> None:
    with staged_files._claim_site(site), pytest.raises(UsageError, match="ほかの取り込み"):
        write_files(site, CHANGE)
    assert state(site) == BEFORE


@pytest.mark.parametrize("number", ["", "x", "9" * 5_000, "\udcff"], ids=["none", "word", "endless", "no text"])
def test_what_another_command_wrote_since_the_site_was_read_is_not_written_over(site: Path, number: str) -> None:
    """Two commands plan from the same state: the second one would put back what the first one has changed."""
    (site / staged_files._NUMBER).parent.mkdir(exist_ok=True)
    (site / staged_files._NUMBER).write_text(number, encoding="utf-8", errors="surrogateescape")
    finish_interrupted(site)  # as every reader does
    child = os.fork()
    if not child:
        write_files(site, CHANGE)
        os._exit(0)
    os.waitpid(child, 0)
    with pytest.raises(UsageError, match="もう一度実行"):
        write_files(site, {"resources/clubs/a.yml": "planned before"})
    assert state(site) == AFTER
    finish_interrupted(site)
    write_files(site, {"resources/clubs/a.yml": "planned after"})
    assert state(site)["resources/clubs/a.yml"] == "planned after"
    write_files(site, {"resources/clubs/a.yml": "a second time"})
    assert state(site)["resources/clubs/a.yml"] == "a second time"

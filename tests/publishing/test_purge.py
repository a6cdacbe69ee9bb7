"""The guide to taking a line out of a history: its commands, as they are written, on a real repository with a real bare remote."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "publish" / "privacy.md"
ADDRESS, NUMBER = "https://git.example/mihon/shigen.git", "090-0000-0000"
ENVIRONMENT = {
    **os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": f"{what.lower()}@x.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}  # fmt: skip


def commands(mark: str) -> str:
    """Return the commands of the page that stand behind a mark, but for the installation."""
    found = re.search(rf"<!-- {mark}: .*? -->\n```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found, mark
    return found[1].replace("pip install git-filter-repo\n", "")


def run(script: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(repository: Path) -> bytes:
    """Return every object of a repository, those that nothing leads to as well."""
    script = "git cat-file --batch-check='%(objectname)' --batch-all-objects | git cat-file --batch"
    return subprocess.run(
        ["bash", "-c", script], cwd=repository, env=ENVIRONMENT, capture_output=True, check=True
    ).stdout


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository: a number came with one change, on a branch and under a tag, and was deleted by a later one."""
    run("git init -q -b main work && git init -q --bare -b main remote.git", tmp_path)
    work, file = tmp_path / "work", tmp_path / "work" / "resources" / "clubs" / "example.yml"
    file.parent.mkdir(parents=True)
    (work / "README.md").write_text("町の資源\n", encoding="utf-8")
    file.write_text("id: example\nphones: [{number: 087-839-2811}]\n", encoding="utf-8")
    run("git add . && git commit -qm はじめ", work)
    file.write_text(f"id: example\nphones: [{{number: {NUMBER}}}]\n", encoding="utf-8")
    run(f"git commit -qam '番号を {NUMBER} に' && git tag v1 && git branch side", work)
    file.write_text("id: example\n", encoding="utf-8")
    run("git commit -qam 番号を消す && git push -q --all ../remote.git && git push -q --tags ../remote.git", work)
    assert NUMBER.encode() in contents(tmp_path / "remote.git")
    return tmp_path / "remote.git"


def test_the_commands_take_a_number_out_of_every_branch_tag_and_message(remote: Path, tmp_path: Path) -> None:
    run(commands("purge").replace(ADDRESS, str(remote)), tmp_path)
    assert run(f"git log --all --oneline -S {NUMBER}; git log --all --oneline --grep {NUMBER}", remote) == ""
    assert run("git log --format=%s main", remote).splitlines() == ["番号を消す", "番号を （消しました） に", "はじめ"]
    assert "（消しました）" in run("git show v1:resources/clubs/example.yml", remote)
    run(commands("purge-server"), remote)
    assert NUMBER.encode() not in contents(remote)


def test_the_commands_take_a_file_out_of_the_history(remote: Path, tmp_path: Path) -> None:
    lines = commands("purge").replace(ADDRESS, str(remote)).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("git filter-repo"))
    assert at == 3  # the page calls it the fifth line: the installation stands first
    run("\n".join([*lines[:at], commands("purge-file"), *lines[at + 1 :]]), tmp_path)
    assert run("git log --all --oneline -- resources/clubs/example.yml", remote) == ""
    assert run("git show main:README.md", remote) == "町の資源\n"
    run(commands("purge-server"), remote)
    assert NUMBER.encode() not in contents(remote)

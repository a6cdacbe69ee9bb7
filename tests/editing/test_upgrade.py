"""``tsunagite upgrade``: a site of any version comes to the present one, and nothing that people wrote in it is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tsunagite import __version__
from tsunagite.editing import starter
from tsunagite.records.load.origin import FORMAT, ORIGIN_FILE

Run = Callable[..., Any]
VERSIONS = Path(__file__).parents[1] / "sites" / "versions"
"""Sites as they were when a version was released (``0``: before the file that upgrades compare with)."""
IGNORED = "/site/\n"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".tsunagite-cache" not in path.parts
    }


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def town(tmp_path: Path, tsunagite: Run) -> Path:
    """A site that this version has begun."""
    tsunagite("init", tmp_path / "town", "-m", "松山市")
    return tmp_path / "town"


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's next version: it ignores one more folder, has another number, and says one thing otherwise."""
    real = starter.kept_files

    def changed(beginning: starter.Beginning) -> dict[str, str]:
        files = real(beginning)
        files[".gitignore"] = files[".gitignore"].replace(IGNORED, f"{IGNORED}/preview/\n")
        files["requirements-tsunagite.txt"] = files["requirements-tsunagite.txt"].replace(__version__, "9.0.0")
        files["README.md"] = files["README.md"].replace("1件が1ファイルです", "1件を1ファイルに書きます")
        return files

    monkeypatch.setattr("tsunagite.editing.upgrade.kept_files", changed)


@pytest.mark.parametrize("version", sorted(path.name for path in VERSIONS.iterdir()))
def test_a_site_of_every_version_is_right_after_an_upgrade_and_a_second_one_changes_nothing(
    tmp_path: Path, tsunagite: Run, version: str
) -> None:
    town = Path(shutil.copytree(VERSIONS / version, tmp_path / "town"))
    before = contents(town)
    said = tsunagite("upgrade", "--root", town)
    assert (said.code, contents(town)) == (0, before), "it shows before it writes"
    said = tsunagite("upgrade", "--root", town, "--apply")
    assert (said.code, said.err) == (0, "")
    assert "まちがい 0" in tsunagite("check", town, "--today", "2026-11-22").out
    settings = yaml.safe_load((town / "resources/site.yml").read_text(encoding="utf-8"))
    assert settings == yaml.safe_load(before["resources/site.yml"]), "a new setting decides nothing"
    after = contents(town)
    assert b"pip install --require-hashes -r requirements.txt" in after[".github/workflows/site.yml"]
    assert after["requirements-tsunagite.txt"].decode().endswith(f"\ntsunagite=={__version__}\n")
    assert b"tsunagite==" not in after["requirements.txt"]
    assert "--hash=" not in said.out, "a person reads the versions"
    assert "変わるところはありません" in tsunagite("upgrade", "--root", town).out
    assert contents(town) == after


def test_what_was_urgent_about_a_trouble_is_kept_in_words_with_all_comments(tmp_path: Path, tsunagite: Run) -> None:
    town = Path(shutil.copytree(VERSIONS / "0", tmp_path / "town"))
    trouble = town / "resources/contact/mono-wasure.yml"
    replace(trouble, "needs: [もの忘れ]", "needs: [もの忘れ]  # 会で決めた")
    before = yaml.safe_load(trouble.read_text(encoding="utf-8"))
    said = tsunagite("upgrade", "--root", town, "--apply")
    assert "resources/contact/mono-wasure.yml: 困りごとの「急ぐとき」は" in said.out
    after = yaml.safe_load(trouble.read_text(encoding="utf-8"))
    assert (
        after.pop("memo")
        == "ことばは住民の会で確かめた。 前の版の「急ぐとき」: 火が出ているときは、火事・救急。→ dangers（緊急の一覧の ID）で選び直してください。"
    )
    assert after == {key: value for key, value in before.items() if key not in ("urgent", "urgent_line", "memo")}
    assert "# 会で決めた" in trouble.read_text(encoding="utf-8")


@pytest.mark.usefixtures("next_version")
def test_changes_of_the_program_and_of_people_in_one_file_are_joined(town: Path, tsunagite: Run) -> None:
    replace(town / ".gitignore", "Thumbs.db\n", "Thumbs.db\n/memo/\n")
    (town / ".gitlab-ci.yml").unlink()
    said = tsunagite("upgrade", "--root", town, "--apply")
    assert said.code == 0
    ignored = (town / ".gitignore").read_text(encoding="utf-8")
    assert "/site/\n/preview/\n" in ignored
    assert ignored.endswith("Thumbs.db\n/memo/\n")
    assert (town / "requirements-tsunagite.txt").read_text(encoding="utf-8").endswith("tsunagite==9.0.0\n")
    assert "1件を1ファイルに書きます" in (town / "README.md").read_text(encoding="utf-8")
    assert not (town / ".gitlab-ci.yml").exists(), "a file that people removed stays away"


@pytest.mark.usefixtures("next_version")
@pytest.mark.parametrize("git", [True, False])
def test_where_both_changed_one_place_it_is_shown_and_left_until_a_person_has_decided(
    town: Path, tsunagite: Run, monkeypatch: pytest.MonkeyPatch, *, git: bool
) -> None:
    if not git:
        monkeypatch.setattr("tsunagite.engine.git.shutil.which", lambda _: None)
    replace(town / "README.md", "1件が1ファイルです", "一つの記録が一つのファイルです")
    mine = (town / "README.md").read_bytes()
    for _ in range(2):
        said = tsunagite("upgrade", "--root", town, "--apply")
        assert "README.md: 同じところが両方で変わっている" in said.out
        assert "1件を1ファイルに書きます" in said.out
        assert (town / "README.md").read_bytes() == mine
    assert (town / "requirements-tsunagite.txt").read_text(encoding="utf-8").endswith("tsunagite==9.0.0\n"), (
        "other files are not held up"
    )


def test_a_setting_that_is_new_comes_with_what_it_is_for_and_decides_nothing(town: Path, tsunagite: Run) -> None:
    text = (town / "resources/site.yml").read_text(encoding="utf-8")
    about = "\n".join(line for line in text.splitlines() if "correction_url" not in line)
    (town / "resources/site.yml").write_text(about + "\n", encoding="utf-8")
    said = tsunagite("upgrade", "--root", town, "--apply")
    assert "新しい設定" in said.out
    assert "\n# correction_url:" in (town / "resources/site.yml").read_text(encoding="utf-8").removeprefix(about)


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "読めません"), (f"version: 9.9.9\nformat: {FORMAT + 1}\nfiles: {{}}\n", "もっと新しい tsunagite 9.9.9")],
)
def test_a_damaged_origin_and_one_of_a_newer_version_stop_every_command_that_reads_the_site(
    town: Path, tsunagite: Run, text: str, said: str
) -> None:
    (town / ORIGIN_FILE).write_text(text, encoding="utf-8")
    for command in (("upgrade", "--root", town, "--apply"), ("check", town)):
        ended = tsunagite(*command)
        assert ended.code == 2
        assert said in ended.err
    assert tsunagite("build", town).code == 1
    assert not (town / "site").exists()

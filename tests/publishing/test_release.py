"""tsunagite ci: the summary of a proposal, and publishing to real folders from real clones of a bare remote."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from publishing.city_repository import City, new_city
from tsunagite.editing.starter import starter_text
from tsunagite.engine.git import Repository
from tsunagite.publishing.release import NotNewest, publish_folder

Run = Callable[..., Any]


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A clone of a bare remote; what a build would write lies in ``site/``."""
    first = new_city(tmp_path / "first")
    first.git("clone", "-q", "--bare", str(first.folder), str(tmp_path / "remote.git"))
    first.git("clone", "-q", str(tmp_path / "remote.git"), str(tmp_path / "city"))
    site = tmp_path / "city" / "site"
    site.mkdir()
    (site / "index.html").write_text("first", encoding="utf-8")
    (tmp_path / "city" / ".gitignore").write_text("/site/\n/public*\n/*.zip*\n/change.md\n", encoding="utf-8")
    city = City(tmp_path / "city")
    city.commit()
    city.git("push", "-q", "origin", "main")
    return city


def merge_elsewhere(city: City) -> str:
    """Let somebody else's change reach main at the remote; return its commit."""
    folder = city.folder.parent / "other"
    city.git("clone", "-q", str(city.folder.parent / "remote.git"), str(folder))
    other = City(folder)
    other.club("nagomi", name="なごみ会")
    commit = other.commit()
    other.git("push", "-q", "origin", "main")
    return commit


def test_a_folder_is_published_with_headers_and_its_commit_and_one_command_brings_the_state_before_back(
    city: City, tsunagite: Run
) -> None:
    public = city.folder / "public"
    publish = ("ci", "publish", "--root", city.folder, "--site", city.folder / "site", "--into", public)
    assert tsunagite(*publish).code == 0
    assert "Referrer-Policy: strict-origin-when-cross-origin" in (public / "_headers").read_text(encoding="utf-8")
    assert 'Header always set X-Content-Type-Options "nosniff"' in (public / ".htaccess").read_text(encoding="utf-8")
    (city.folder / "site/index.html").write_text("second", encoding="utf-8")
    city.club("nagomi", name="なごみ会")
    city.commit()
    city.git("push", "-q", "origin", "main")
    assert tsunagite(*publish).code == 0
    assert (public / "index.html").read_text(encoding="utf-8") == "second"
    assert city.git("rev-parse", "HEAD") in (public / "publication.json").read_text(encoding="utf-8")
    assert tsunagite("ci", "rollback", public).code == 0
    assert (public / "index.html").read_text(encoding="utf-8") == "first"
    assert tsunagite("ci", "rollback", public).code == 0
    assert (public / "index.html").read_text(encoding="utf-8") == "second"


def test_the_older_of_two_merges_publishes_nothing(city: City, tsunagite: Run) -> None:
    newest = merge_elsewhere(city)
    said = tsunagite(
        "ci",
        "publish",
        "--root",
        city.folder,
        "--site",
        city.folder / "site",
        "--into",
        city.folder / "public",
        "--zip",
        city.folder / "a.zip",
    )
    assert said.code == 3
    assert newest[:10] in said.out
    assert not (city.folder / "public").exists()
    assert not (city.folder / "a.zip").exists()


def test_a_folder_with_a_newer_state_is_left_as_it_is(city: City) -> None:
    older = city.git("rev-parse", "HEAD")
    city.club("nagomi", name="なごみ会")
    newer = city.commit()
    public, repository = city.folder / "public", Repository(city.folder)
    publish_folder(city.folder / "site", public, newer, repository)
    (city.folder / "site/index.html").write_text("older", encoding="utf-8")
    with pytest.raises(NotNewest):
        publish_folder(city.folder / "site", public, older, repository)
    assert (public / "index.html").read_text(encoding="utf-8") == "first"


def test_a_zip_has_the_same_bytes_each_time_and_a_checksum_that_fits(city: City, tsunagite: Run) -> None:
    files = [city.folder / name for name in ("a.zip", "b.zip")]
    for file in files:
        assert (
            tsunagite("ci", "publish", "--root", city.folder, "--site", city.folder / "site", "--zip", file).code == 0
        )
        os.utime(city.folder / "site/index.html", (1, 1))
    assert files[0].read_bytes() == files[1].read_bytes()
    digest, name = (city.folder / "a.zip.sha256").read_text(encoding="utf-8").split()
    assert (digest, name) == (hashlib.sha256(files[0].read_bytes()).hexdigest(), "a.zip")
    assert sorted(zipfile.ZipFile(files[0]).namelist()) == [".htaccess", "_headers", "index.html", "publication.json"]


def test_a_remote_that_does_not_answer_publishes_nothing_and_shows_no_password(city: City, tsunagite: Run) -> None:
    shutil.rmtree(city.folder.parent / "remote.git")
    said = tsunagite(
        "ci",
        "publish",
        "--root",
        city.folder,
        "--site",
        city.folder / "site",
        "--remote",
        "file://x:secret@localhost/nowhere",
    )
    assert said.code == 2
    assert "何も公開していません" in said.err
    assert "secret" not in said.err


def test_the_steps_of_the_workflow_that_init_writes_run_as_shell(city: City) -> None:
    """The summary of a proposal, and the guard before publishing, as the forge runs them."""
    city.git("checkout", "-q", "-b", "work")
    city.club("aozora", name="あおぞら会", phones=[{"number": "087-839-2812"}])
    city.commit()
    steps = [step for job in yaml.safe_load(starter_text("github.yml"))["jobs"].values() for step in job["steps"]]
    [summary] = [step["run"] for step in steps if "ci diff" in step.get("run", "")]
    bin_folder = Path(sys.executable).parent
    env = {
        **os.environ,
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(city.folder.parent / "summary.md"),
    }
    subprocess.run(
        ["bash", "-eo", "pipefail", "-c", summary], cwd=city.folder, env=env, check=True, capture_output=True
    )
    for file in (city.folder / "change.md", city.folder.parent / "summary.md"):
        assert "| あおぞら会 | 電話 | 087-839-2811 | 087-839-2812 |" in file.read_text(encoding="utf-8")
    [guard] = [line for line in yaml.safe_load(starter_text("gitlab.yml"))["pages"]["script"] if "ci publish" in line]
    (city.folder / "site").rename(city.folder / "public")
    city.git("checkout", "-q", "main")
    env["CI_COMMIT_BRANCH"] = "main"
    subprocess.run(["bash", "-eo", "pipefail", "-c", guard], cwd=city.folder, env=env, check=True, capture_output=True)
    merge_elsewhere(city)
    assert (
        subprocess.run(
            ["bash", "-eo", "pipefail", "-c", guard], cwd=city.folder, env=env, check=False, capture_output=True
        ).returncode
        == 3
    )


def test_a_proposal_that_cannot_be_compared_says_why_in_its_summary(city: City, tsunagite: Run) -> None:
    assert (
        tsunagite("ci", "diff", "--root", city.folder, "--base", "origin/gone", "--out", city.folder / "change.md").code
        == 0
    )
    assert "という枝も版もありません" in (city.folder / "change.md").read_text(encoding="utf-8")

"""The workflows run what `make` runs, on every Python we promise, with pinned actions and few permissions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tsunagite.editing.starter import starter_text

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
UNPINNED = {"pypa/gh-action-pypi-publish@release/v1"}  # its reason stands in release.yml


ZIZMOR = shutil.which("zizmor", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def parse(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_the_commit_of_a_named_version(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")
    assert [
        name
        for name, note in used
        if name not in UNPINNED and not (pinned.fullmatch(name) and re.fullmatch(r" # v\d+\.\d+\.\d+", note))
    ] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_and_a_job_says_what_else_it_needs(path: Path) -> None:
    workflow = parse(path)
    assert workflow["permissions"] == {"contents": "read"}
    may = {job: set(what.get("permissions", {})) for job, what in workflow["jobs"].items()}
    assert {job: rights for job, rights in may.items() if rights} in (
        {"deploy": {"pages", "id-token"}},
        {"pypi": {"id-token"}, "github": {"contents"}},
        {},
    )


def test_a_release_carries_the_list_of_its_libraries_and_an_attestation() -> None:
    jobs = parse(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    [upload] = [step for step in jobs["build"]["steps"] if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert upload["with"]["path"].split() == ["dist/", "notes.md", "sbom.json", "sbom-browser.json"]
    assert "dist/* sbom.json sbom-browser.json" in jobs["github"]["steps"][-1]["run"]
    assert jobs["pypi"]["steps"][-1]["with"] == {"attestations": True}


def test_known_weaknesses_of_locked_versions_are_asked_for_every_week() -> None:
    workflow = parse(ROOT / ".github" / "workflows" / "audit.yml")
    assert re.fullmatch(r"\d+ \d+ \* \* \d", workflow[True]["schedule"][0]["cron"])  # YAML reads the key `on` as true
    assert workflow["jobs"]["audit"]["steps"][-1]["run"] == "make weaknesses"
    rules = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nweaknesses:")[1].split("\n\n")[0]
    assert "for list in requirements.txt requirements-test.txt" in rules
    assert "pip-audit --strict --require-hashes --disable-pip -r $$list" in rules, (
        "a package nobody was asked about is no good news"
    )
    assert "npm audit" in rules


def test_every_python_that_is_promised_is_tested_and_linting_stops_a_publication() -> None:
    jobs = parse(ROOT / ".github" / "workflows" / "site.yml")["jobs"]
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["classifiers"]
    promised = [name.rpartition(" ")[2] for name in classifiers if re.fullmatch(r".* :: Python :: 3\.\d+", name)]
    assert jobs["test"]["strategy"]["matrix"]["python"] == promised == ["3.11", "3.12", "3.13"]
    assert jobs["deploy"]["needs"] == ["build", "lint"]
    [cache] = [step for step in jobs["build"]["steps"] if step.get("uses", "").startswith("actions/cache@")]
    assert cache["with"]["path"].split() == [".tsunagite-cache", "site"]


def test_an_auditor_of_workflows_finds_nothing_in_ours_and_in_those_that_init_writes(tmp_path: Path) -> None:
    assert ZIZMOR, "make test installs it"
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for name, source in (
        ("site.yml", "github.yml"),
        ("inbox.yml", "inbox-github.yml"),
        ("nightly.yml", "nightly-github.yml"),
    ):
        (folder / name).write_text(starter_text(source), encoding="utf-8")
    done = subprocess.run(
        [str(ZIZMOR), "--offline", "--no-progress", str(tmp_path), *map(str, WORKFLOWS)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("source", ["github.yml", "inbox-github.yml", "nightly-github.yml", "gitlab.yml"])
def test_a_workflow_that_init_writes_installs_the_locked_libraries_and_then_the_program(source: str) -> None:
    installing = re.findall(r"^ *(?:- |run: )?(pip install .*)$", starter_text(source), re.MULTILINE)
    assert installing == [
        "pip install --require-hashes -r requirements.txt",
        "pip install --no-deps -r requirements-tsunagite.txt",
    ]

"""The lock files pin every package by hash and name no place to download from."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIP_LOCKS = (
    "requirements.txt",
    "requirements-test.txt",
    "requirements-bench.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "requirements-frames.txt",
    "requirements-audit.txt",
    "generator/tsunagite/editing/starter_files/requirements.txt",
)
ADDRESSES = ("http", "://", "--index", "--extra-index", "--find-links", "--trusted-host", '"resolved"')
PIN = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,-]+\])?==[^\s;]+( ; [^\\]+)?( --hash=sha256:[0-9a-f]{64})+")


def requirements(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return re.sub(r" *\\\n *", " ", "\n".join(lines)).splitlines()


@pytest.mark.parametrize("name", [*PIP_LOCKS, "package-lock.json"])
def test_a_lock_names_no_place_to_download_from(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").lower()
    assert [address for address in ADDRESSES if address in text] == []


@pytest.mark.parametrize("name", PIP_LOCKS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    lines = requirements(name)
    assert lines
    assert [line[:60] for line in lines if not PIN.fullmatch(line)] == []


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt", "requirements-dev.txt"]
)
def test_the_build_backend_is_locked_for_editable_installs(name: str) -> None:
    names = {line.partition("==")[0].partition("[")[0] for line in requirements(name)}
    assert {"hatchling", "editables"} <= names


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", PIP_LOCKS[-1]])
def test_a_smaller_lock_has_the_versions_of_the_larger_one(name: str) -> None:
    assert set(requirements(name)) <= set(requirements("requirements-dev.txt"))


def test_measuring_happens_with_the_versions_that_are_tested() -> None:
    assert set(requirements("requirements-test.txt")) <= set(requirements("requirements-bench.txt"))


def test_npm_packages_are_locked_by_integrity() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert packages[""]["dependencies"] == wanted["dependencies"]
    assert packages[""]["devDependencies"] == wanted["devDependencies"]
    hashes = {name: entry.get("integrity", "") for name, entry in packages.items() if name}
    assert [name for name, value in hashes.items() if not value.startswith("sha512-")] == []


def test_the_list_of_the_browser_files_for_a_release_can_be_made() -> None:
    npm = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    assert npm, "run make test once: it brings npm"
    command = [npm, "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    names = {one["name"] for one in json.loads(made.stdout)["components"]}
    assert {"leaflet", "yaml"} <= names
    assert not names & {"vnu-jar", "axe-core", "typescript"}

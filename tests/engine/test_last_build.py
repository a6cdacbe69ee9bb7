"""What a build remembers of the last one: nothing is done where nothing changed, and whatever changed is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tsunagite.adapters import mkdocs_run
from tsunagite.engine.publish import Stage

DAY = "2026-11-22"
RECORD = "resources/clubs/sakura-taiso.yml"
MEMORY = ".tsunagite-cache/last-build.json"
ENGINE = {
    "mkdocs",
    "jinja2",
    "yaml",
    "shapely",
    "numpy",
    "markdown",
    "typst",
    "tsunagite.site",
    "tsunagite.engine.products",
    "tsunagite.check",
}
LOADED = "import sys\nfrom tsunagite.cli.app import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
Run = Callable[..., Any]


def loaded(town: Path) -> set[str]:
    """Build in a process of its own, and return the modules it has loaded at its end."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED, "build", str(town), "--today", DAY], capture_output=True, text=True, check=True
    )
    return set(run.stderr.split())


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def town(faces_town: Path) -> Path:
    """The faces site in a folder of its own, built in another: its next build is a real one, and makes only what changed."""
    return faces_town


@pytest.fixture
def build(tsunagite: Run) -> Run:
    def run(folder: Path, *options: str, day: str = DAY) -> Any:
        time.sleep(0.02)  # a change in the very moment a build begins is not remembered; these are a moment older
        said = tsunagite("build", folder, "--today", day, *options)
        assert said.code == 0, said.err
        return said

    return run


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every real build adds a word here."""
    done: list[str] = []
    real = mkdocs_run.mkdocs_build.build

    def counted(*words: Any, **options: Any) -> None:
        done.append("built")
        real(*words, **options)

    monkeypatch.setattr(mkdocs_run.mkdocs_build, "build", counted)
    return done


def test_where_nothing_changed_nothing_is_built_and_the_same_is_told(town: Path, build: Run, builds: list[str]) -> None:
    first, made = build(town), contents(town / "site")
    second = build(town)
    assert builds == ["built"]
    assert second.out.splitlines()[:-1] == first.out.splitlines()[:-1]
    assert "resources/site.yml:3:7  R205" in second.out
    assert contents(town / "site") == made
    assert {"tsunagite.cli.app", "tsunagite.engine.last_build"} <= (found := loaded(town))
    assert found & ENGINE == set(), "nothing is loaded that nobody will use"
    build(town, "--no-cache")
    assert len(builds) == 2
    assert contents(town / "site") == made


def test_what_no_build_reads_may_change(town: Path, build: Run, builds: list[str]) -> None:
    build(town)
    (town / "build.log").write_text("a line of a log", encoding="utf-8")
    (town / "venv/lib").mkdir(parents=True)
    (town / "venv/lib/module.py").write_text("", encoding="utf-8")
    build(town)
    assert builds == ["built"]


def test_guides_in_a_folder_of_another_name_are_looked_at(town: Path, build: Run, builds: list[str]) -> None:
    shutil.copytree(town / "content", town / "docs")
    replace(town / "mkdocs.yml", "docs_dir: content", "docs_dir: docs")
    build(town)
    build(town)
    assert builds == ["built"]
    replace(town / "docs/about.md", "\n", "\n\nふえた文。\n")
    build(town)
    assert builds == ["built", "built"]
    assert "ふえた文" in (town / "site/about/index.html").read_text(encoding="utf-8")


def test_an_edit_that_keeps_size_and_time_is_noticed(town: Path, build: Run) -> None:
    build(town)
    before = (town / RECORD).stat()
    replace(town / RECORD, "さくら体操クラブ", "さくら手芸クラブ")
    os.utime(town / RECORD, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (town / RECORD).stat().st_size == before.st_size
    build(town)
    assert "さくら手芸クラブ" in (town / "site/r/sakura-taiso/index.html").read_text(encoding="utf-8")


def test_a_change_in_the_moment_the_build_began_is_not_trusted(town: Path, build: Run, builds: list[str]) -> None:
    later = time.time_ns() + 10**10
    os.utime(town / RECORD, ns=(later, later))
    build(town)
    build(town)
    assert len(builds) == 2


def test_what_a_link_leads_to_may_change_so_a_site_with_links_is_always_built(
    town: Path, tmp_path: Path, build: Run, builds: list[str]
) -> None:
    (tmp_path / "elsewhere.md").write_text("# よそ\n", encoding="utf-8")
    (town / "content/linked.md").symlink_to(tmp_path / "elsewhere.md")
    build(town)
    build(town)
    assert len(builds) == 2


@pytest.mark.parametrize("left", ["{", '{"inputs": 1}'])
def test_a_damaged_memory_is_no_memory(town: Path, build: Run, builds: list[str], left: str) -> None:
    build(town)
    (town / MEMORY).write_text(left, encoding="utf-8")
    build(town)
    assert len(builds) == 2


def test_a_file_published_and_then_spoiled_or_removed_comes_back(town: Path, build: Run) -> None:
    build(town)
    made = contents(town / "site")
    page = town / "site/r/sakura-taiso/index.html"
    before = page.stat()
    page.write_bytes(page.read_bytes().replace(b"<h1>", b"<h2>"))
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    build(town)
    assert contents(town / "site") == made
    (town / "site/all/index.html").unlink()
    build(town)
    assert contents(town / "site") == made


@pytest.mark.slow
def test_a_build_that_was_killed_is_not_taken_for_one_that_ended(town: Path, build: Run) -> None:
    build(town)
    replace(town / RECORD, "さくら体操クラブ", "さくら手芸クラブ")
    code = (
        "import os, signal\nfrom tsunagite.engine import publish\n"
        "publish.Stage.publish = lambda stage: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from tsunagite.cli.app import main\nmain()"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, "build", str(town), "--today", DAY], check=False, capture_output=True
    )
    assert killed.returncode < 0
    replace(town / RECORD, "さくら手芸クラブ", "さくら体操クラブ")
    build(town)
    made = contents(town / "site")
    build(town, "--no-cache", "--site-dir", str(town.parent / "cold"))
    assert contents(town.parent / "cold") == made


def changes(town: Path) -> Iterator[Callable[[], object]]:
    """Everything that may happen between two builds; first what makes every page anew and would hide what an earlier change left."""
    resources = town / "resources"
    clubs, living, terms = resources / "clubs", resources / "living", resources / "vocabulary"
    record = (town / RECORD).read_text(encoding="utf-8")
    yield lambda: replace(resources / "site.yml", "name: ", "name: 町の")
    yield lambda: replace(town / RECORD, "さくら", "かえで")
    yield lambda: (clubs / "copy.yml").write_text(record.replace("id: sakura-taiso", "id: copy"), encoding="utf-8")
    yield (living / "idea-garbage.yml").unlink
    yield lambda: (clubs / "ended-salon.yml").rename(living / "ended-salon.yml")
    yield terms.mkdir
    yield lambda: (terms / "need.yml").write_text(
        "terms:\n  - {id: exercise, label: からだを動かす, aliases: [体を動かす]}\n", encoding="utf-8"
    )
    yield lambda: replace(town / "content/about.md", "\n", "\n\nふえた文。\n")
    yield lambda: (town / "content/new.md").write_text("# 新しい案内\n", encoding="utf-8")


@pytest.mark.slow
def test_after_any_changes_a_build_is_the_same_as_one_from_nothing(town: Path, tmp_path: Path, build: Run) -> None:
    build(town)
    for number, change in enumerate(changes(town)):
        change()
        build(town)
        if number in (4, 8):  # a build from nothing takes its time
            made = contents(town / "site")  # before a build into another folder, after which the next one is a real one
            build(town, "--no-cache", "--site-dir", str(tmp_path / "cold"))
            assert made == contents(tmp_path / "cold")


def test_another_day_is_another_build(town: Path, build: Run, builds: list[str]) -> None:
    build(town)
    build(town, day="2027-01-05")
    assert len(builds) == 2


def test_a_second_build_of_the_same_site_waits_for_nobody_and_says_so(town: Path, tsunagite: Run) -> None:
    first = Stage(town / "site")
    first.open()
    said = tsunagite("build", town, "--today", DAY)
    assert said.code == 2
    assert "作っている途中" in said.err
    assert first.folder.is_dir()
    first.discard()
    assert tsunagite("build", town, "--today", DAY).code == 0

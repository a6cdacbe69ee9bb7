"""Publishing alone: what a web server may read, whoever built the site."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tsunagite.engine.artifact import Artifact
from tsunagite.engine.publish import Stage

FILES = {"index.html": b"x", "a/index.html": b"y", "a/b/data.json": b"{}"}


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def publish(site: Path, files: dict[str, bytes]) -> None:
    stage = Stage(site)
    stage.open()
    for path, content in files.items():
        stage.add(Artifact(path, content))
    stage.publish()


def modes(site: Path) -> set[tuple[bool, int]]:
    return {(path.is_dir(), path.stat().st_mode & 0o777) for path in (site, *site.rglob("*"))}


@pytest.mark.parametrize("umask", [0o077, 0o027, 0o002, 0o000])
def test_a_web_server_may_read_every_published_file_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    os.umask(umask)
    publish(tmp_path / "site", FILES)
    assert modes(tmp_path / "site") == {(True, 0o755), (False, 0o644)}
    publish(tmp_path / "site", {**FILES, "index.html": b"new", "c/new.html": b"z"})
    assert modes(tmp_path / "site") == {(True, 0o755), (False, 0o644)}


def test_files_that_an_earlier_build_published_for_its_owner_alone_are_opened(tmp_path: Path) -> None:
    publish(tmp_path / "site", FILES)
    for path in (tmp_path / "site").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    publish(tmp_path / "site", FILES)
    assert modes(tmp_path / "site") == {(True, 0o755), (False, 0o644)}


def test_a_link_of_somebody_else_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"x")
    secret.chmod(0o600)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").symlink_to(secret)
    publish(tmp_path / "site", FILES)
    assert secret.stat().st_mode & 0o777 == 0o600

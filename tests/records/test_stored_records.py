"""Records that an earlier build has read: taken where the bytes of their files are the same, never where anything that decides a record has changed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tsunagite.check.load import load
from tsunagite.engine.memo import using
from tsunagite.engine.store import NAME, Store
from tsunagite.findings import Finding
from tsunagite.records.load import records
from tsunagite.records.model.resource import Resource

FACES = Path(__file__).parents[1] / "sites" / "faces"
RECORD = "resources/clubs/sakura-taiso.yml"
DAY = date(2026, 11, 22)
Seen = tuple[list[Resource], list[Finding]]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(FACES, tmp_path / "town", ignore=shutil.ignore_patterns(".*", "site")))
    old = time.time_ns() - 10**11
    for path in folder.rglob("*"):
        os.utime(path, ns=(old, old))
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of every record file that is really read."""
    names: list[str] = []
    real: Callable[..., object] = records._read

    def noted(one: records._Content, *others: object) -> object:
        names.append(one.file.name)
        return real(one, *others)

    monkeypatch.setattr(records, "_read", noted)
    return names


def seen(town: Path, cache: Path | None = None) -> Seen:
    store = Store(cache)
    with using(store):
        loaded = load(town, DAY)
        store.close()
    return list(loaded.directory.resources.values()), loaded.findings


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_second_reading_opens_no_record_and_reports_the_same(town: Path, tmp_path: Path, read: list[str]) -> None:
    (town / "resources/clubs/broken.yml").write_text("id: broken\nname: [\n", encoding="utf-8")
    (town / "resources/clubs/wrong.yml").write_text("id: wrong\nname: まちがい\nkind: なにか\n", encoding="utf-8")
    plain = seen(town)
    assert {"Y", "M", "R"} <= {finding.code[0] for finding in plain[1]}
    assert seen(town, tmp_path / "cache") == plain
    read.clear()
    assert seen(town, tmp_path / "cache") == plain
    assert read == []


def test_only_the_group_of_what_changed_is_read_again(town: Path, tmp_path: Path, read: list[str]) -> None:
    seen(town, tmp_path / "cache")
    whole = len(read)
    read.clear()
    replace(town / RECORD, "さくら体操クラブ", "さくら手芸クラブ")
    assert "さくら手芸クラブ" in {record.name for record in seen(town, tmp_path / "cache")[0]}
    assert RECORD in read
    assert len(read) < whole / 4


def test_an_edit_that_keeps_size_and_time_is_noticed(town: Path, tmp_path: Path) -> None:
    seen(town, tmp_path / "cache")
    before = (town / RECORD).stat()
    time.sleep(0.02)
    replace(town / RECORD, "さくら体操クラブ", "さくら手芸クラブ")
    os.utime(town / RECORD, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "さくら手芸クラブ" in {record.name for record in seen(town, tmp_path / "cache")[0]}


def test_a_copy_of_a_site_with_its_cache_is_known_by_its_bytes(town: Path, tmp_path: Path, read: list[str]) -> None:
    seen(town, tmp_path / "cache")
    shutil.copytree(town, tmp_path / "other")
    read.clear()
    seen(tmp_path / "other", tmp_path / "cache")
    assert read == []


def test_words_and_program_decide_what_a_record_is(
    town: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen(town, tmp_path / "cache")
    (town / "resources/vocabulary").mkdir(exist_ok=True)
    (town / "resources/vocabulary/need.yml").write_text(
        "terms:\n  - {id: exercise, label: 体操, aliases: [体を動かす]}\n", encoding="utf-8"
    )
    read.clear()
    seen(town, tmp_path / "cache")
    assert RECORD in read
    monkeypatch.setattr("tsunagite.engine.memo.reading_program", lambda: "another")
    read.clear()
    seen(town, tmp_path / "cache")
    assert RECORD in read


def test_a_damaged_store_is_no_store(town: Path, tmp_path: Path, read: list[str]) -> None:
    plain = seen(town)
    seen(town, tmp_path)
    content = (tmp_path / NAME).read_bytes()
    read.clear()
    (tmp_path / NAME).write_bytes(content.replace("さくら".encode(), "ぼたん".encode()))
    assert seen(town, tmp_path) == plain
    assert RECORD in read


def test_a_folder_that_cannot_be_written_to_is_done_without(town: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert seen(town, tmp_path / "file" / "cache") == seen(town)

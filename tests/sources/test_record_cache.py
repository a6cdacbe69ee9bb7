"""The cache of read records: trusted where a file is as it was, never where anything that decides a record has changed."""

from __future__ import annotations

import os
import pickle
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tsunagite.findings import Finding
from tsunagite.kept_file import keep
from tsunagite.loading import load
from tsunagite.model.resource import Resource
from tsunagite.sources import record_cache, records
from tsunagite.sources.record_cache import RecordCache

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

    def noted(file: records.RecordFile, *others: object) -> object:
        names.append(file.name)
        return real(file, *others)

    monkeypatch.setattr(records, "_read", noted)
    return names


@pytest.fixture(autouse=True)
def no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time of change of an entry, which nobody can set back, be old enough."""
    monkeypatch.setattr(record_cache, "DOUBT", -(10**12))


def seen(town: Path, cache: Path | None = None) -> Seen:
    loaded = load(town, DAY, cache)
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


def test_only_what_changed_is_read_again(town: Path, tmp_path: Path, read: list[str]) -> None:
    seen(town, tmp_path / "cache")
    parts = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache/records").glob("*.pickle")}
    read.clear()
    replace(town / RECORD, "さくら体操クラブ", "さくら手芸クラブ")
    assert "さくら手芸クラブ" in {record.name for record in seen(town, tmp_path / "cache")[0]}
    assert read == [RECORD]
    assert sum(path.stat().st_mtime_ns != before for path, before in parts.items()) == 1


def test_an_edit_that_keeps_size_and_time_is_noticed(town: Path, tmp_path: Path) -> None:
    seen(town, tmp_path / "cache")
    before = (town / RECORD).stat()
    time.sleep(0.02)
    replace(town / RECORD, "さくら体操クラブ", "さくら手芸クラブ")
    os.utime(town / RECORD, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "さくら手芸クラブ" in {record.name for record in seen(town, tmp_path / "cache")[0]}


def test_a_file_as_new_as_the_cache_is_known_by_its_bytes_alone(
    town: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_cache, "DOUBT", 10**12)
    seen(town, tmp_path / "cache")
    state = record_cache.FileState.of(town / RECORD)
    replace(town / RECORD, "さくら体操クラブ", "さくら手芸クラブ")
    monkeypatch.setattr(record_cache.FileState, "of", lambda path, real=record_cache.FileState.of: state if str(path).endswith(RECORD) else real(path))
    read.clear()
    assert "さくら手芸クラブ" in {record.name for record in seen(town, tmp_path / "cache")[0]}
    assert read == [RECORD]


def test_a_copy_of_a_site_with_its_cache_is_known_by_its_bytes(town: Path, tmp_path: Path, read: list[str]) -> None:
    seen(town, tmp_path / "cache")
    shutil.copytree(town, tmp_path / "other")
    read.clear()
    seen(tmp_path / "other", tmp_path / "cache")
    assert read == []


def test_words_and_program_decide_what_a_record_is(town: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen(town, tmp_path / "cache")
    (town / "resources/vocabulary").mkdir(exist_ok=True)
    (town / "resources/vocabulary/need.yml").write_text("terms:\n  - {id: exercise, label: 体操, aliases: [体を動かす]}\n", encoding="utf-8")
    read.clear()
    seen(town, tmp_path / "cache")
    assert RECORD in read
    monkeypatch.setattr("tsunagite.loading.reading_program", lambda: "another")
    read.clear()
    seen(town, tmp_path / "cache")
    assert RECORD in read


def test_a_damaged_cache_is_no_cache(town: Path, tmp_path: Path, read: list[str]) -> None:
    plain, cache = seen(town), tmp_path / "cache"
    seen(town, cache)
    for number, path in enumerate(sorted((cache / "records").glob("*.pickle"))):
        content = path.read_bytes()
        if number % 3 == 0:
            path.write_bytes(content[: len(content) // 2])
        elif number % 3 == 1:
            path.write_bytes(content.replace("さくら".encode(), "ぼたん".encode()))
    assert seen(town, cache) == plain
    assert read


def test_a_cache_made_by_somebody_else_runs_nothing(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "trapped"),)

    first: RecordCache[object] = RecordCache(tmp_path, "program")
    first.open("words")
    for number in range(record_cache.PARTS):  # whole, and as if our own had made it
        keep(tmp_path / f"{number:02}.pickle", vars(first)["_key"], pickle.dumps({"name": Trap()}))
    RecordCache[object](tmp_path, "program").open("words")
    assert not (tmp_path / "trapped").exists()


def test_a_folder_that_cannot_be_written_to_is_done_without(town: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert seen(town, tmp_path / "file" / "cache") == seen(town)

"""What is served is one state or the other at every moment, and never nothing."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

import pytest

from tsunagite.publishing import exchange as module
from tsunagite.publishing.exchange import exchange, finished


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("public", "public.before"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")
    return tmp_path / "public", tmp_path / "public.before"


def held(places: tuple[Path, Path]) -> list[str]:
    return [(place / "index.html").read_text(encoding="utf-8") for place in places]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_two_folders_change_their_places(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(module, "_in_one_step", lambda *_: False)
    exchange(*places)
    assert held(places) == ["public.before", "public"]
    assert sorted(path.name for path in places[0].parent.iterdir()) == ["public", "public.before"]


def test_a_reader_never_finds_nothing(places: tuple[Path, Path]) -> None:
    missed, ended = [], threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                (places[0] / "index.html").read_bytes()
            except OSError as problem:
                missed.append(problem)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2000):
        exchange(*places)
    ended.set()
    reader.join()
    assert missed == []


@pytest.mark.parametrize("stopped_at", [1, 2])
def test_three_renames_that_were_stopped_are_finished(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, stopped_at: int
) -> None:
    calls, rename = itertools.count(), Path.rename

    def stopping(path: Path, target: Path) -> Path:
        if next(calls) == stopped_at:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(module, "_in_one_step", lambda *_: False)
    monkeypatch.setattr(Path, "rename", stopping)
    with pytest.raises(KeyboardInterrupt):
        exchange(*places)
    monkeypatch.setattr(Path, "rename", rename)
    assert not finished(*places)
    assert held(places) == ["public.before", "public"]
    assert finished(*places)

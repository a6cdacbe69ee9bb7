"""Papers that were set before are not set again, and nobody can tell from the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from tsunagite.engine.memo import using
from tsunagite.engine.store import Store
from tsunagite.papers.typesetting import typeset as door

SHEET = """#import "words.typ": greeting
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: datetime(..data.made))
#set text(font: "BIZ UDPGothic", lang: "ja")
#assert(data.title != "", message: "no title")
#greeting #data.title"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Templates of our own, so that a test may change them."""
    folder = tmp_path / "package" / "papers" / "templates"
    folder.mkdir(parents=True)
    (folder / "sheet.typ").write_text(SHEET, encoding="utf-8")
    (folder / "words.typ").write_text('#let greeting = "こんにちは"', encoding="utf-8")
    monkeypatch.setattr(door, "PACKAGE", folder.parents[1])
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data of everything that was really set."""
    seen: list[str] = []
    real = door.compile_template

    @wraps(real)  # a memoised function is known by its name
    def count(product: str, template: str, data: str) -> bytes:
        seen.append(data)
        return real(product, template, data)

    monkeypatch.setattr(door, "compile_template", count)
    return seen


@contextmanager
def build(folder: Path) -> Iterator[None]:
    store = Store(folder / "store")
    with using(store):
        yield
    store.close()


def sheet(title: str = "題") -> bytes:
    data: dict[str, Any] = {"title": title, "lost_glyph_note": ""}
    return door.typeset("papers/templates/sheet", data)


def test_the_second_time_nothing_is_set_and_the_bytes_are_those_of_no_cache(
    folder: Path, tmp_path: Path, compiled: list[str]
) -> None:
    with build(tmp_path):
        first = sheet()
        assert sheet() == first
    with build(tmp_path):
        assert sheet() == first
    assert len(compiled) == 1
    assert sheet() == first
    assert len(compiled) == 2  # outside nothing is remembered


@pytest.mark.parametrize("changed", ["data", "import", "typst", "fonts"])
def test_whatever_decides_a_paper_lets_it_be_set_anew(
    folder: Path, tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    with build(tmp_path):
        first = sheet()
        if changed == "import":
            (folder / "words.typ").write_text('#let greeting = "さようなら"', encoding="utf-8")
        elif changed == "typst":
            monkeypatch.setattr(door, "TYPST", "9.9.9")
        elif changed == "fonts":
            monkeypatch.setattr(door, "_fonts_digest", lambda _: b"other")
        second = sheet("別の題" if changed == "data" else "題")
    assert len(compiled) == 2
    assert (second == first) == (changed in ("typst", "fonts"))


def test_a_refusal_is_remembered_in_its_words(folder: Path, tmp_path: Path, compiled: list[str]) -> None:
    with build(tmp_path):
        for _ in range(2):
            with pytest.raises(door.NotSet, match="no title"):
                sheet("")
    assert len(compiled) == 1

"""Papers that were set before are not set again, and nobody can tell from the bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tsunagite.outputs import typeset as door
from tsunagite.outputs.paper_cache import PaperCache, remembering

SHEET = """#import "words.typ": greeting
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set text(font: "BIZ UDPGothic", lang: "ja")
#assert(data.title != "", message: "no title")
#greeting #data.title"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Templates of our own, so that a test may change them."""
    folder = tmp_path / "package" / "templates"
    folder.mkdir(parents=True)
    (folder / "sheet.typ").write_text(SHEET, encoding="utf-8")
    (folder / "words.typ").write_text('#let greeting = "こんにちは"', encoding="utf-8")
    monkeypatch.setattr(door, "PACKAGE", folder.parent)
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data of everything that was really set."""
    seen: list[str] = []
    real = door._made

    def count(product: str, template: str, data: str) -> bytes:
        seen.append(data)
        return real(product, template, data)

    monkeypatch.setattr(door, "_made", count)
    return seen


def sheet(title: str = "題") -> bytes:
    data: dict[str, Any] = {"title": title, "lost_glyph_note": ""}
    return door.typeset("sheet", data)


def test_the_second_time_nothing_is_set_and_the_bytes_are_those_of_no_cache(
    folder: Path, tmp_path: Path, compiled: list[str]
) -> None:
    cache = PaperCache(tmp_path / "kept")
    with remembering(cache):
        first = sheet()
        assert sheet() == first
    assert len(compiled) == 1
    assert sheet() == first
    assert len(compiled) == 2  # outside nothing is remembered


@pytest.mark.parametrize("changed", ["data", "import", "typst", "fonts"])
def test_whatever_decides_a_paper_lets_it_be_set_anew(
    folder: Path, tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    with remembering(PaperCache(tmp_path / "kept")):
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
    with remembering(PaperCache(tmp_path / "kept")):
        for _ in range(2):
            with pytest.raises(door.NotSet, match="no title"):
                sheet("")
    assert len(compiled) == 1


@pytest.mark.parametrize("damage", [b"", b"%PDF-1.7 of somebody else" * 9])
def test_a_damaged_entry_is_set_anew(folder: Path, tmp_path: Path, compiled: list[str], damage: bytes) -> None:
    cache = PaperCache(tmp_path / "kept")
    with remembering(cache):
        first = sheet()
        (entry,) = (tmp_path / "kept").glob("[0-9a-f]*")
        entry.write_bytes(damage)
        assert sheet() == first
        assert sheet() == first
    assert len(compiled) == 2


def test_a_folder_that_cannot_be_written_to_is_an_empty_cache(folder: Path, tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    with remembering(PaperCache(tmp_path / "kept")):
        assert sheet() == sheet()
    assert len(compiled) == 2


def test_what_was_not_used_longest_goes_first(tmp_path: Path) -> None:
    cache = PaperCache(tmp_path / "kept", largest=250)
    with remembering(cache):
        for second, key in enumerate("abc"):
            cache.put(key, key.encode() * 36)  # 100 bytes with the digest
            os.utime(tmp_path / "kept" / key, (second, second))
        assert cache.get("a")  # used again
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (b"a" * 36, None, b"c" * 36)
    assert (tmp_path / "kept" / ".gitignore").read_text(encoding="utf-8") == "*\n"

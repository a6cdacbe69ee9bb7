"""Caches are helpers and never the truth: whatever became of their files, a build has the bytes of a build from nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsunagite.engine.kept_pages import KeptPages

Damage = Callable[[bytes], bytes]
DAMAGES: dict[str, Damage] = {
    "empty": lambda _: b"",
    "cut": lambda held: held[: len(held) // 2],
    "one byte": lambda held: held[:-3] + bytes([held[-3] ^ 1]) + held[-2:],
    "another file": lambda _: b"\x80\x04\x95 not ours \xff\n{}",
    "digest alone": lambda held: held[:64],
}
damages = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)


@damages
def test_pages_of_a_damaged_list_are_made_again(damage: Damage, tmp_path: Path) -> None:
    site, file = tmp_path / "site", tmp_path / "cache" / "pages.json"
    site.mkdir()
    (site / "a.html").write_text("a", encoding="utf-8")
    first = KeptPages(file, site, "program")
    assert not first.has("a.html", b"key")
    first.save()
    assert KeptPages(file, site, "program").has("a.html", b"key")
    file.write_bytes(damage(file.read_bytes()))
    assert not KeptPages(file, site, "program").has("a.html", b"key")


@damages
def test_a_bundle_counts_whole_or_not_at_all(damage: Damage, tmp_path: Path) -> None:
    site, file = tmp_path / "site", tmp_path / "pages.json"
    site.mkdir()
    paths = ["a.html", "b.json"]
    for path in paths:
        (site / path).write_text(path, encoding="utf-8")
    first = KeptPages(file, site, "program")
    first.bundle("pages", b"key", {("home", 1): b"frame"}, paths)
    first.save()

    def kept(key: bytes = b"key", frame: bytes = b"frame", program: str = "program") -> list[str]:
        return KeptPages(file, site, program).bundled("pages", key, lambda *_: frame)

    assert kept() == paths
    assert kept(key=b"another") == kept(frame=b"another") == kept(program="another") == []
    (site / "b.json").write_text("c.json", encoding="utf-8")
    assert kept() == [], "one of its files is not as it was published"
    first.save()
    assert kept() == paths
    file.write_bytes(damage(file.read_bytes()))
    assert kept() == []


def test_a_page_counts_only_as_it_was_published_from_the_same_by_the_same_program(tmp_path: Path) -> None:
    site, file = tmp_path / "site", tmp_path / "pages.json"
    site.mkdir()
    page = site / "a.html"
    page.write_text("a", encoding="utf-8")
    first = KeptPages(file, site, "program")
    first.has("a.html", b"key")
    first.save()
    assert not KeptPages(file, site, "another program").has("a.html", b"key")
    assert not KeptPages(file, tmp_path / "other", "program").has("a.html", b"key")
    assert not KeptPages(file, site, "program").has("a.html", b"another key")
    page.write_text("b", encoding="utf-8")
    assert not KeptPages(file, site, "program").has("a.html", b"key")
    page.unlink()
    assert not KeptPages(file, site, "program").has("a.html", b"key")

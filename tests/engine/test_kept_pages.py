"""A page that an earlier build published is kept where it was made from the same by the same program, and is as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tsunagite.engine.kept_pages import KeptPages
from tsunagite.engine.store import Store


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("a.html", "b.json"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_a_page_counts_only_as_it_was_published_from_the_same_by_the_same_program(site: Path) -> None:
    store = Store(None)
    first = KeptPages(store, site.parent, site, "program")
    assert not first.has("a.html", b"key")
    first.save()
    assert KeptPages(store, site.parent, site, "program").has("a.html", b"key")
    assert not KeptPages(store, site.parent, site, "another program").has("a.html", b"key")
    assert not KeptPages(store, site.parent, site.parent / "other", "program").has("a.html", b"key")
    assert not KeptPages(store, site.parent, site, "program").has("a.html", b"another key")
    (site / "a.html").write_text("spoiled", encoding="utf-8")
    assert not KeptPages(store, site.parent, site, "program").has("a.html", b"key")
    (site / "a.html").unlink()
    assert not KeptPages(store, site.parent, site, "program").has("a.html", b"key")


def test_a_bundle_counts_whole_or_not_at_all(site: Path) -> None:
    store, paths = Store(None), ["a.html", "b.json"]
    first = KeptPages(store, site.parent, site, "program")
    first.bundle("pages", b"key", {("home", 1): b"frame"}, paths)
    first.save()

    def kept(key: bytes = b"key", frame: bytes = b"frame", program: str = "program") -> list[str]:
        return KeptPages(store, site.parent, site, program).bundled("pages", key, lambda *_: frame)

    assert kept() == paths
    assert kept(key=b"another") == kept(frame=b"another") == kept(program="another") == []
    (site / "b.json").write_text("c.json", encoding="utf-8")
    assert kept() == [], "one of its files is not as it was published"


def test_what_is_published_to_two_folders_is_known_in_both(site: Path) -> None:
    store = Store(None)
    for folder in (site, site.parent):
        kept = KeptPages(store, site.parent, folder, "program")
        kept.has("a.html", b"key")
        kept.save()
    assert KeptPages(store, site.parent, site, "program").has("a.html", b"key")


def test_a_site_and_its_cache_that_were_copied_are_known_by_what_the_files_hold(site: Path, tmp_path: Path) -> None:
    store, paths = Store(None), ["a.html", "b.json"]
    first = KeptPages(store, tmp_path, site, "program")
    first.bundle("pages", b"key", {}, paths)
    assert not first.has("a.html", b"key")
    first.save()
    copy = Path(shutil.copytree(tmp_path, tmp_path / "elsewhere"))
    restored = KeptPages(store, copy, copy / "site", "program")
    assert restored.bundled("pages", b"key", lambda *_: b"") == paths
    assert restored.has("a.html", b"key")
    (copy / "site" / "b.json").write_text("c.json", encoding="utf-8")
    spoiled = KeptPages(store, copy, copy / "site", "program")
    assert spoiled.bundled("pages", b"key", lambda *_: b"") == [], "same size, other content"
    assert spoiled.has("a.html", b"key")

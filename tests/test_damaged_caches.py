"""Caches are helpers and never the truth: whatever became of their files, a build has the bytes of a build from nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tsunagite.kept_pages import KeptPages
from tsunagite.outputs import index_cache
from tsunagite.outputs.index_cache import Document, Documents, Group, IndexCache, IndexFile, files_of
from tsunagite.outputs.part_cache import PartCache
from tsunagite.outputs.search_index import Index, Words, postings_of, shard_of

Damage = Callable[[bytes], bytes]
DAMAGES: dict[str, Damage] = {
    "empty": lambda _: b"",
    "cut": lambda held: held[: len(held) // 2],
    "one byte": lambda held: held[:-3] + bytes([held[-3] ^ 1]) + held[-2:],
    "another file": lambda _: b"\x80\x04\x95 not ours \xff\n{}",
    "digest alone": lambda held: held[:64],
}
damages = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)


GROUPS = [Group(words, words, words) for words in (("体操の会", "花の会"), ("サロン", "配食"))]


def words(changed: str = "体操の会") -> list[Words]:
    names = ["さくらサロン", "配食サービス", changed, "見守り隊"]
    return [Words(name, [name], [], [f"{name}は毎週集まります。"], ["0870001234"]) for name in names]


def documents(changed: str = "体操の会") -> Documents:
    return Documents(b"around", [Document(one.name.encode(), lambda one=one: one) for one in words(changed)], b"groups", lambda: GROUPS)


def contents(found: Iterable[IndexFile]) -> dict[str, bytes]:
    return {file.name: file.content() for file in found}


def from_nothing(changed: str) -> dict[str, bytes]:
    return files_of(Index.of(map(postings_of, words(changed)), [group.words for group in GROUPS]), GROUPS)


@damages
@pytest.mark.parametrize("name", ["head", "words-0", f"grams-{shard_of('体操'):02x}.json", "synonyms-0.json"])
def test_a_damaged_index_is_made_anew(damage: Damage, name: str, tmp_path: Path) -> None:
    contents(IndexCache(tmp_path, "program").files(documents()))
    (tmp_path / name).write_bytes(damage((tmp_path / name).read_bytes()))
    for changed in ("花の会", "月の会"):  # the second from what was written in its place
        assert contents(IndexCache(tmp_path, "program").files(documents(changed))) == from_nothing(changed)


def test_an_edit_makes_the_files_it_changes_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, before = from_nothing("花の会"), from_nothing("体操の会")
    contents(IndexCache(tmp_path, "program").files(documents()))
    written: list[str] = []
    real = index_cache.keep
    monkeypatch.setattr(index_cache, "keep", lambda path, *given: written.append(path.name) or real(path, *given))
    assert contents(IndexCache(tmp_path, "program").files(documents("花の会"))) == expected
    changed = {name.replace("/", "-") for name in expected if expected[name] != before[name]}
    assert set(written) == {"head", "words-0", *changed}
    assert len(changed) < len(expected) / 10


def test_an_index_of_another_program_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents(IndexCache(tmp_path, "before").files(documents()))
    used: list[object] = []
    real = Index.replace
    monkeypatch.setattr(Index, "replace", lambda *given: used.append(1) or real(*given))
    contents(IndexCache(tmp_path, "after").files(documents("花の会")))
    assert not used
    contents(IndexCache(tmp_path, "after").files(documents("月の会")))
    assert used, "the same program uses it"


@damages
def test_parts_of_a_damaged_file_are_made_anew(damage: Damage, tmp_path: Path) -> None:
    cache = PartCache(tmp_path, "program")
    assert cache.part("file", b"one", lambda: "BEGIN:VEVENT\r\n") == "BEGIN:VEVENT\r\n"
    cache.save()
    (tmp_path / "file").write_bytes(damage((tmp_path / "file").read_bytes()))
    after = PartCache(tmp_path, "program")
    assert after.part("file", b"one", lambda: "made anew") == "made anew"


def test_parts_are_kept_by_key_and_program_and_only_while_they_are_asked_for(tmp_path: Path) -> None:
    for keys in ((b"one", b"two"), (b"two",)):
        cache = PartCache(tmp_path, "program")
        for key in keys:
            assert cache.part("file", key, key.decode) == key.decode()
        cache.save()
    other = PartCache(tmp_path, "program")  # what another process has asked for in another file
    other.part("other", b"one", lambda: "of another output")
    other.save()
    assert PartCache(tmp_path, "program").part("file", b"two", lambda: "anew") == "two"
    assert PartCache(tmp_path, "program").part("file", b"one", lambda: "anew") == "anew", "nobody asked for it the last time"
    assert PartCache(tmp_path, "another program").part("file", b"two", lambda: "anew") == "anew"


def test_parts_are_made_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of the folder", encoding="utf-8")
    cache = PartCache(tmp_path / "file" / "texts", "program")
    assert cache.part("file", b"one", lambda: "made") == "made"
    cache.save()


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

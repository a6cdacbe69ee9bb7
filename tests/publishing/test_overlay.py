"""The professional edition: what it shows, what it refuses, and that no byte of it comes into the public site."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from every_byte import texts_below
from tsunagite.adapters.site_build import build_site
from tsunagite.errors import UsageError
from tsunagite.publishing.overlay import build_professional, put_together

TODAY = date(2026, 11, 22)
PRIVATE_WORD = "鵺鴉"
COUNT = 100


def private_parts(number: int) -> dict[str, Any]:
    """Return every private field with a word of its own in it."""
    word = f"{PRIVATE_WORD}{number:03}"
    return {
        "taking": {"answer": "can", "on": "2026-11-20", "by": f"{word}係", "note": f"{word}なら可"},
        "windows": [
            {
                "name": f"{word}相談員",
                "phone": f"087-000-9{number:03}",
                "email": f"nue{number:03}@private.example",
                "note": f"{word}時から",
            }
        ],
        "notes": f"{word}と覚えておく。",
    }


def write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def found(folder: Path, before: Path | None = None) -> dict[str, int]:
    """Return the files in which anything private can be read, with how often; files as they were ``before`` there was anything private are not read."""
    signs = (PRIVATE_WORD, "nue0", "private.example", "087-000-9", "+81870009")
    return {name: count for name, text in texts_below(folder, before) if (count := sum(map(text.count, signs)))}


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@x.example", *words],
        check=True,
        capture_output=True,
    )


@dataclass(frozen=True)
class Editions:
    """A public site's folder, and its private edition."""

    root: Path
    overlay: Path
    private: Path
    before: Path


@pytest.fixture(scope="module")
def editions(built_faces: Path, tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """The faces with a hundred private records and one public record that says more; then the public site once more, from the same folder."""
    base = tmp_path_factory.mktemp("professional")
    root, overlay = Path(shutil.copytree(built_faces.parent, base / "town")), base / "private-resources"
    git(root, "init", "-q")
    for number in range(1, COUNT):
        record = {
            "id": f"private-{number}", "name": f"{PRIVATE_WORD}{number:03}の家", "name_kana": "ぬえのいえ", "kind": "通いの場・サロン", "needs": ["居場所・仲間"],
            "support_level": ["互助"], "summary": f"{PRIVATE_WORD}{number:03}で話します。", "no_contact_reason": "専門職から連絡します", "service_areas": ["takamatsu"],
            "verified_on": "2026-11-01", "professional": private_parts(number),
        }  # fmt: skip
        write(overlay / "clubs" / f"private-{number}.yml", record)
    write(overlay / "clubs" / "sakura-taiso.yml", {"id": "sakura-taiso", "professional": private_parts(0)})
    build_professional(root, overlay, None, TODAY, lambda _: None, "ja")
    path = root / "resources" / "clubs" / "sakura-taiso.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# もう一度作る\n", encoding="utf-8")
    build_site(root, None, TODAY, lambda _: None, "ja")
    return Editions(root, overlay, overlay / "site-private", built_faces.parent)


def test_the_private_edition_shows_every_private_field(editions: Editions) -> None:
    for number, page in ((0, "sakura-taiso"), *((n, f"private-{n}") for n in range(1, COUNT))):
        text = (editions.private / "r" / page / "index.html").read_text(encoding="utf-8")
        for part in (
            f"{PRIVATE_WORD}{number:03}{end}" for end in ("係", "なら可", "相談員", "時から", "と覚えておく。")
        ):
            assert part in text
        assert f"087-000-9{number:03}" in text
        assert f"nue{number:03}@private.example" in text
        assert "受けられる（2026年11月20日" in text


def test_no_byte_of_the_public_folder_holds_anything_private(editions: Editions) -> None:
    assert len(found(editions.private / "r")) >= COUNT
    assert found(editions.root, editions.before) == {}  # the site, its sources, its store, and git's own files


def test_every_private_page_says_so_and_no_machine_may_keep_it(editions: Editions) -> None:
    pages = sorted(editions.private.rglob("*.html"))
    assert len(pages) > COUNT
    texts = {page.relative_to(editions.private).as_posix(): page.read_text(encoding="utf-8") for page in pages}
    assert [
        name for name, text in texts.items() if "noindex,nofollow,noarchive" not in text or "専門職版です" not in text
    ] == []
    assert (editions.private / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert [name for name in ("sw.js", "sitemap.xml") if (editions.private / name).exists()] == []
    assert list((editions.private / "offline").glob("*.json")) == []
    public = (editions.root / "site" / "index.html").read_text(encoding="utf-8")
    assert "noarchive" not in public
    assert "専門職版" not in public


def test_what_could_be_published_is_refused(editions: Editions, tmp_path: Path) -> None:
    root, overlay = editions.root, editions.overlay
    inside = root / "private"
    write(inside / "clubs" / "x.yml", {"id": "x"})

    def refused(folder: Path, into: Path | None) -> str:
        with pytest.raises(UsageError) as problem:
            build_professional(root, folder, into, TODAY, lambda _: None, "ja")
        return str(problem.value)

    assert "公開するリポジトリーの中にあります" in refused(inside, None)
    assert "公開するリポジトリーの中にあります" in refused(root / "resources", tmp_path / "out")
    assert "フォルダーがありません" in refused(tmp_path / "nowhere", None)
    assert "公開するサイトのフォルダーです" in refused(overlay, root / "site")
    assert "公開するサイトのフォルダーです" in refused(overlay, root / "site" / "private")
    assert "記録や文章のフォルダーです" in refused(overlay, root / "content" / "private")
    assert "記録や文章のフォルダーです" in refused(overlay, root)
    assert "公開するリポジトリーに入るフォルダーです" in refused(overlay, root / "private-site")
    with pytest.raises(UsageError, match="専門職版のフォルダーです"):
        build_site(root, editions.private, TODAY, lambda _: None, "ja")
    (root / ".gitignore").write_text("/private/\n/private-site/\n", encoding="utf-8")
    assert "公開するリポジトリーの中" not in refused(
        inside, root / "site"
    )  # an ignored overlay is as good as one outside
    git(root, "add", "-f", "private/clubs/x.yml")
    assert "公開するリポジトリーの中にあります" in refused(
        inside, None
    )  # but not where a file of it was added all the same


def test_an_overlay_adds_and_never_contradicts(editions: Editions, tmp_path: Path) -> None:
    cases: tuple[tuple[str, object, str], ...] = (
        (
            "clubs/sakura-taiso.yml",
            {"id": "sakura-taiso", "summary": "ちがう"},
            "「ひとこと」は、公開する記録にもあります",
        ),
        ("clubs/list.yml", {"records": []}, "記録一件のファイルではありません"),
        ("notes.txt", {}, "記録のファイル（.yml）ではありません"),
    )
    for number, (name, data, said) in enumerate(cases):
        write(tmp_path / str(number) / name, data)  # type: ignore[arg-type]
        with pytest.raises(UsageError, match=said):
            put_together(editions.root, tmp_path / str(number), "ja")


def test_a_record_that_leaves_the_overlay_leaves_the_edition(editions: Editions, tmp_path: Path) -> None:
    write(tmp_path / "clubs" / "x.yml", {"id": "x", "name": "x"})
    together = put_together(editions.root, tmp_path, "ja")
    assert (together / "resources" / "clubs" / "x.yml").is_file()
    (tmp_path / "clubs" / "x.yml").unlink()
    put_together(editions.root, tmp_path, "ja")
    assert not (together / "resources" / "clubs" / "x.yml").exists()


def test_the_command_builds_the_private_edition(
    tsunagite: Callable[..., Any], editions: Editions, tmp_path: Path
) -> None:
    assert tsunagite("build", editions.root, "--to", tmp_path / "x").code == 2
    assert tsunagite("build", editions.root, "--overlay", editions.overlay, "--site-dir", tmp_path / "x").code == 2
    said = tsunagite("build", editions.root, "--overlay", editions.overlay, "--today", "2026-11-22")
    assert said.code == 0, said.out + said.err

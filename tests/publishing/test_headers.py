"""The policy of scripts and styles that a published site asks its host to send: no wider than what its pages hold."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from tsunagite.publishing.headers import MOST_HASHES, TILES, header_files, headers_of
from tsunagite.site.layout.templates import DELICATE


def page(folder: Path, name: str, html: str) -> None:
    (folder / name).write_text(f"<!doctype html><html><body>{html}</body></html>", encoding="utf-8")


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def rules(folder: Path) -> dict[str, list[str]]:
    return {rule.split()[0]: rule.split()[1:] for rule in headers_of(folder)[""]["Content-Security-Policy"].split("; ")}


def test_scripts_and_styles_of_pages_are_allowed_by_their_hashes_and_data_needs_none(tmp_path: Path) -> None:
    page(
        tmp_path,
        "a.html",
        '<script src="x.js"></script><script type="application/json">{"a":1}</script><script>start("い")</script>',
    )
    page(
        tmp_path, "b.html", "<SCRIPT TYPE=module>go()</SCRIPT><style>b{top:0}</style><script type=importmap>{}</script>"
    )
    assert rules(tmp_path) == {
        "default-src": ["'self'"], "img-src": ["'self'", "data:"], "connect-src": ["'self'"],
        "base-uri": ["'self'"], "form-action": ["'self'"], "object-src": ["'none'"], "frame-ancestors": ["'self'"],
        "script-src": ["'self'", *sorted(map(digest, ('start("い")', "go()", "{}")))], "style-src": ["'self'", digest("b{top:0}")],
    }  # fmt: skip


def test_styles_written_on_elements_are_allowed_only_where_a_page_has_one(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "<p>style=no</p>")
    assert "style-src-attr" not in rules(tmp_path)
    page(tmp_path, "b.html", '<p class="x" style="top:0">')
    assert rules(tmp_path)["style-src-attr"] == ["'unsafe-inline'"]


def test_what_the_own_headers_of_a_page_allows_is_allowed_in_its_folder_alone(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "<style>b{}</style>")
    (tmp_path / "admin").mkdir()
    page(
        tmp_path / "admin",
        "index.html",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; connect-src https://git.example\">",
    )
    own = {
        rule.split()[0]: rule.split()[1:]
        for rule in headers_of(tmp_path)["admin"]["Content-Security-Policy"].split("; ")
    }
    assert own["script-src"] == ["'self'", "blob:"]
    assert own["style-src"] == ["'self'", "'unsafe-inline'"]  # beside a hash browsers would ignore it
    assert own["connect-src"] == ["'self'", "https://git.example"]
    assert rules(tmp_path)["script-src"] == ["'self'"]
    files = header_files(tmp_path)
    assert "https://git.example" in files["admin/.htaccess"]
    assert "https://git.example" not in files[".htaccess"]
    assert files["_headers"].count("/admin/*") == 1


def test_map_tiles_may_come_from_their_host(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "")
    (tmp_path / TILES).parent.mkdir(parents=True)
    (tmp_path / TILES).write_text('{"tiles": "https://{s}.tiles.example/{z}/{x}/{y}.png"}', encoding="utf-8")
    assert rules(tmp_path)["img-src"] == ["'self'", "data:", "https://*.tiles.example"]
    assert rules(tmp_path)["connect-src"] == ["'self'", "https://*.tiles.example"]


def test_no_browser_keeps_a_page_that_must_leave_no_trace(tmp_path: Path) -> None:
    for name, head in (("r/quiet", DELICATE), ("needs/quiet", DELICATE), ("r/club", "")):
        (tmp_path / name).mkdir(parents=True)
        page(tmp_path / name, "index.html", head)
    files = header_files(tmp_path)
    assert "/r/quiet/\n  Cache-Control: no-store\n/needs/quiet/\n  Cache-Control: no-store\n" in files["_headers"]
    assert "/r/club" not in files["_headers"]
    assert "m#/(?:r/quiet/|needs/quiet/)(?:index\\.html)?$#" in files[".htaccess"]


def test_more_scripts_than_a_header_holds_are_allowed_without_hashes(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "".join(f"<script>{number}</script>" for number in range(MOST_HASHES + 1)))
    assert rules(tmp_path)["script-src"] == ["'self'", "'unsafe-inline'"]


def test_no_line_of_the_files_is_longer_than_hosts_take(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "".join(f"<script>{number}</script>" for number in range(MOST_HASHES)))
    assert len(rules(tmp_path)["script-src"]) == MOST_HASHES + 1
    assert all(len(line) < 2000 for text in header_files(tmp_path).values() for line in text.splitlines())

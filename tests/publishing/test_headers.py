"""The policy of scripts and styles that a published site asks its host to send: no wider than what its pages hold."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from tsunagite.publishing.headers import MOST_HASHES, header_files, policy_of


def page(folder: Path, name: str, html: str) -> None:
    (folder / name).write_text(f"<!doctype html><html><body>{html}</body></html>", encoding="utf-8")


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def rules(folder: Path) -> dict[str, list[str]]:
    return {rule.split()[0]: rule.split()[1:] for rule in policy_of(folder).split("; ")}


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
        "base-uri": ["'self'"], "object-src": ["'none'"], "frame-ancestors": ["'self'"],
        "script-src": ["'self'", *sorted(map(digest, ('start("い")', "go()", "{}")))], "style-src": ["'self'", digest("b{top:0}")],
    }  # fmt: skip


def test_styles_written_on_elements_are_allowed_only_where_a_page_has_one(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "<p>style=no</p>")
    assert "style-src-attr" not in rules(tmp_path)
    page(tmp_path, "b.html", '<p class="x" style="top:0">')
    assert rules(tmp_path)["style-src-attr"] == ["'unsafe-inline'"]


def test_what_the_own_policy_of_a_page_allows_is_not_forbidden_by_the_header(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "<style>b{}</style>")
    page(
        tmp_path,
        "editor.html",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'\">",
    )
    assert rules(tmp_path)["script-src"] == ["'self'", "blob:"]
    assert rules(tmp_path)["style-src"] == ["'self'", "'unsafe-inline'"]  # beside a hash browsers would ignore it


def test_more_scripts_than_a_header_holds_are_allowed_without_hashes(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "".join(f"<script>{number}</script>" for number in range(MOST_HASHES + 1)))
    assert rules(tmp_path)["script-src"] == ["'self'", "'unsafe-inline'"]


def test_no_line_of_the_files_is_longer_than_hosts_take(tmp_path: Path) -> None:
    page(tmp_path, "a.html", "".join(f"<script>{number}</script>" for number in range(MOST_HASHES)))
    assert len(rules(tmp_path)["script-src"]) == MOST_HASHES + 1
    assert all(len(line) < 2000 for text in header_files(tmp_path).values() for line in text.splitlines())

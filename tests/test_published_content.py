"""What lies in content/ and is published: the guides, their pictures and papers; nothing that an editor left there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tsunagite.records.load.guides import is_published
from tsunagite.records.yaml.front_matter import without_comments

Run = Callable[..., Any]
LEFT_BEHIND = (
    "about.md~",
    "notes.txt",
    "draft.yml",
    "book~.xlsx",
    "about.md.orig",
    ".about.md.swp",
    ".DS_Store",
    "~$book.xlsx",
    "list.csv",
    "old/#about.md#",
    "data.sqlite",
)
PUBLISHED = ("picture.png", "paper.pdf", "form.xlsx", "CNAME", "robots.txt")
GUIDE = """\
---
title: ケアマネジャー
summary: ひとこと
group: care
advises_on: [相談]
contact_when: [困ったとき]
tell: [名前]
not_expected: [買い物]
privacy: [秘密を守ります。]
reviewed_on: 2026-11-01
review_due: 2027-11-01
---
本文です。<!-- SECRET-GUIDE
二行目 -->おわり
"""


def test_only_known_kinds_are_published_and_comments_are_not(warm_site_folder: Path, tsunagite: Run) -> None:
    content = warm_site_folder / "content"
    for name in (*LEFT_BEHIND, *PUBLISHED):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_bytes(b"SECRET-FILE" if name in LEFT_BEHIND else b"for all")
    Image.new("RGB", (8, 8)).save(content / "picture.png")  # a build reads pictures
    (content / "about.md").write_text(
        "# このサイト\n\nはじめ<!-- SECRET-PAGE -->おわり\n\n[//]: # (SECRET-LINK)\n\n    <!-- 見本 -->\n\n`<!-- 例 -->`\n",
        encoding="utf-8",
    )
    (content / "roles").mkdir()
    (content / "roles/care-manager.md").write_text(GUIDE, encoding="utf-8")
    said = tsunagite("build", warm_site_folder, "--today", "2026-11-22")
    assert said.code == 0, said.out + said.err
    assert "content/notes.txt:1:1  G107" in said.out
    site = warm_site_folder / "site"
    assert {path.name for path in site.rglob("*")} & {Path(name).name for name in LEFT_BEHIND} == set()
    assert [name for name in PUBLISHED if not (site / name).is_file()] == []
    assert [path for path in site.rglob("*") if path.is_file() and b"SECRET-" in path.read_bytes()] == []
    page = (site / "about/index.html").read_text(encoding="utf-8")
    assert "はじめおわり" in page
    assert "例" in page


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a<!-- x -->b", "ab"),
        ("a<!-- x\ny -->b", "a\nb"),
        ("```\n<!-- x -->\n```", "```\n<!-- x -->\n```"),
        ("`<!-- x -->`", "`<!-- x -->`"),
        ("a<!-- never closed\nb", "a\n"),
        ("a --> b", "a --> b"),
    ],
)
def test_comments_go_and_lines_and_code_stay(written: str, read: str) -> None:
    assert without_comments(written) == read


def test_a_kind_is_told_by_the_end_of_a_name_in_any_case() -> None:
    assert is_published("a/図.PNG")
    assert not is_published("a/図.PNG~")
    assert not is_published("README")


def test_html_of_an_ordinary_page_stays_text_and_nothing_in_it_runs(warm_site_folder: Path, tsunagite: Run) -> None:
    written = """---
description: 案内です。
tsunagite_head: <script>head()</script>
tsunagite: search
---
# このサイト

<script>block()</script>

<div onclick="x()" markdown>字</div>太い<img src=x onerror=x()>

!!! note "知らせ"
    [a](javascript:x())[市](https://city.example/){ onclick=x() }

![桜](https://a.example/x.png)

`<b>` と <b>字</b>
"""
    (warm_site_folder / "content/about.md").write_text(written, encoding="utf-8")
    said = tsunagite("build", warm_site_folder, "--today", "2026-11-22")
    assert said.code == 0
    assert "content/about.md:8:1" in said.out + said.err
    page = (warm_site_folder / "site/about/index.html").read_text(encoding="utf-8")
    assert "head()" not in page
    assert "&lt;script&gt;block()&lt;/script&gt;" in page
    body = page[page.index("<h1") : page.index("</article>")]
    assert not re.search(r"<(?:script|div onclick|img[^>]*(?:onerror|a\.example))", body)
    assert '<a href="https://city.example/">市</a>' in body
    assert "<span>a</span>" in body
    assert '<a href="https://a.example/x.png">桜</a>' in body
    assert '<div class="admonition note">' in body
    assert "<code>&lt;b&gt;</code>" in body

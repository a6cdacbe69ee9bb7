"""The same records for other generators: Hugo, stock MkDocs with Material, Pagefind over built pages, and a table of SQLite."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.process import Command
from benchmarks.truth import GUIDE, Record

SHORTEST = 3  # characters of a trigram
HUGO_PAGE = """\
<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><article><h1>{{ .Title }}</h1><p>{{ .Params.kind }}</p>{{ .Content }}
<ul>{{ range .GetTerms "needs" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></article></body></html>
"""
HUGO_LIST = """\
<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"""
MATERIAL = """\
site_name: 計測
site_url: https://bench.example/
docs_dir: docs
theme: {name: material, language: ja, font: false}
plugins: [{search: {lang: ja}}, tags]
validation: {nav: {omitted_files: ignore}}
nav: [はじめ: index.md]
"""


def markdown(record: Record) -> str:
    """Return a record as the Markdown page that a municipality would write: every text of ours, one line each."""
    lines = [f"# {record['name']}"]
    lines += [f"- {label}: {text}" for label, text in facts(record)]
    lines += [
        str(record[name]) for name in ("summary", "description", "helpful_for", "linking_tips") if record.get(name)
    ]
    return "\n\n".join(lines) + "\n"


def facts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the label and the text of what a page tells besides its paragraphs."""
    place = record.get("location") or {}
    yield "読み", record.get("name_kana", "")
    yield "種類", record.get("kind", "")
    for label, name in (
        ("別の名前", "alt_names"),
        ("サービス", "services"),
        ("困りごと", "needs"),
        ("使い方", "how_to_use"),
    ):
        if record.get(name):
            yield label, "、".join(map(str, record[name]))
    if place.get("address"):
        yield "場所", place["address"]
    for phone in record.get("phones") or []:
        yield "電話", phone["number"]
    for label, value in (record.get("attributes") or {}).items():
        yield label, json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def write_hugo(records: list[Record], folder: Path) -> None:
    """Write a Hugo site: one page a record, one taxonomy each for needs and kinds."""
    settings = 'baseURL = "https://bench.example/"\ntitle = "計測"\n[taxonomies]\nneed = "needs"\nkind = "kinds"\n'
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(settings, encoding="utf-8")
    (layouts / "single.html").write_text(HUGO_PAGE, encoding="utf-8")
    (layouts / "list.html").write_text(HUGO_LIST, encoding="utf-8")
    pages = folder / "content" / "r"
    pages.mkdir(parents=True)
    for record in records:
        head: dict[str, Any] = {"title": record["name"], "kinds": [record["kind"]], "needs": record.get("needs") or []}
        body = markdown(record).partition("\n\n")[2]
        (pages / f"{record['id']}.md").write_text(
            json.dumps(head, ensure_ascii=False) + "\n\n" + body, encoding="utf-8"
        )


def write_material(records: list[Record], guides: list[Path], folder: Path) -> None:
    """Write a stock MkDocs-Material site: records as pages outside the navigation, tags, lists, search in Japanese."""
    pages = folder / "docs" / "r"
    pages.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(MATERIAL, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# 計測\n", encoding="utf-8")
    for guide in guides:
        shutil.copy(guide, folder / "docs" / guide.name)
    lists: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        needs = record.get("needs") or []
        head = f"---\ntags: {json.dumps(needs, ensure_ascii=False)}\n---\n" if needs else ""
        (pages / f"{record['id']}.md").write_text(head + markdown(record), encoding="utf-8")
        for name in (record["kind"], *needs, *(record.get("service_areas") or [])):
            lists[name].append(record)
    (folder / "docs" / "tags.md").write_text("# 困りごと\n\n<!-- material/tags -->\n", encoding="utf-8")
    (folder / "docs" / "lists").mkdir()
    for name, found in lists.items():
        links = [f"- [{record['name']}](../r/{record['id']}.md) {record.get('summary', '')}" for record in found]
        path = folder / "docs" / "lists" / f"{name.replace('/', ' ')}.md"
        path.write_text(f"# {name}\n\n" + "\n".join(links) + "\n", encoding="utf-8")


def build_hugo(folder: Path, site: Path) -> Command:
    """Return the command that builds a Hugo site."""
    return [str(Path(sys.executable).parent / "hugo"), "--quiet", "--source", str(folder), "--destination", str(site)]


def build_material(folder: Path, site: Path) -> Command:
    """Return the command that builds a stock Material site."""
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--clean",
        "-f",
        str(folder / "mkdocs.yml"),
        "-d",
        str(site),
    ]


PAGEFIND = Path(__file__).with_name("node_modules") / ".bin" / "pagefind"
"""Installed by `make bench` from package-lock.json beside this file: npm has versions that the index of Python lacks."""


def build_pagefind(site: Path, into: Path) -> Command:
    """Return the command that indexes the records and guides of a built site, what is inside <main> only."""
    return [
        *(str(PAGEFIND), "--site", str(site), "--output-path", str(into)),
        *("--glob", "{r/*,*}/index.html", "--root-selector", "main", "--force-language", "ja", "--quiet"),
    ]


class FullText:
    """A plain full-text index of SQLite (FTS5, trigrams, bm25) over the same texts; words of one or two characters by LIKE."""

    name = "FTS5"

    def __init__(self, records: list[Record], guides: list[Path]) -> None:
        """Index the records and the guides."""
        rows = [(record["id"], markdown(record)) for record in records]
        rows += [(GUIDE + path.stem, path.read_text(encoding="utf-8")) for path in guides]
        self._table = sqlite3.connect(":memory:")
        self._table.execute("CREATE VIRTUAL TABLE pages USING fts5(id UNINDEXED, text, tokenize='trigram')")
        self._table.executemany("INSERT INTO pages VALUES (?, ?)", rows)

    def find(self, words: str) -> list[str]:
        """Return the ids of what holds every word, best first."""
        parts = words.split()
        long = [part for part in parts if len(part) >= SHORTEST]
        conditions = ["pages MATCH ?"] if long else []
        values = [" ".join(f'"{part.replace(chr(34), "")}"' for part in long)] if long else []
        for part in parts:
            if len(part) < SHORTEST:
                conditions.append("text LIKE ?")
                values.append(f"%{part}%")
        order = "rank" if long else "rowid"
        query = f"SELECT id FROM pages WHERE {' AND '.join(conditions)} ORDER BY {order}"  # noqa: S608 - no value stands in it
        return [row[0] for row in self._table.execute(query, values)]

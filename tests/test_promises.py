"""Every promise of the README, the security page and the pages of a site stands beside the test that proves it (docs/develop/promises.md)."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "develop" / "promises.md"
PAGES = ("content/privacy.md", "content/help.md", "content/listing-rules.md", "generator/tsunagite/i18n/ja.toml")
# What a sentence of a page ends with that promises a reader what happens to what they do: sent, kept, shown, collected.
ENDINGS = (
    "送りません",
    "送られません",
    "送らず",
    "残しません",
    "集めません",
    "通信しません",
    "出しません",
    "保存しません",
    "五十音順です",
)
SENTENCE = re.compile(r"[^。\"\n]*。")


class Promise(NamedTuple):
    """A row of the table."""

    words: str
    file: str
    test: str


def promises() -> list[Promise]:
    rows = [
        line.strip("| \n").split(" | ")
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    return [Promise(*row) for row in rows[1:] if not row[0].startswith("---")]


def is_test(name: str) -> bool:
    path, _, function = name.partition("::")
    file = ROOT / path
    return file.is_file() and function in {
        node.name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_every_promise_is_still_made_and_its_test_exists() -> None:
    rows = promises()
    assert len(rows) > 30
    assert [row for row in rows if row.words not in one_line((ROOT / row.file).read_text(encoding="utf-8"))] == []
    assert [row for row in rows if not is_test(row.test)] == []


def test_every_line_of_the_promises_of_the_readme_and_of_the_security_page_has_a_row() -> None:
    for file, heading in (("README.md", "## Promises"), ("SECURITY.md", "## What we defend against")):
        section = (ROOT / file).read_text(encoding="utf-8").split(heading)[1].split("\n## ")[0]
        lines = [one_line(line) for line in re.split(r"\n- ", section)[1:]]
        assert len(lines) >= 3
        words = [row.words for row in promises() if row.file == file]
        assert [line for line in lines if not any(one in line for one in words)] == []


def test_every_sentence_of_a_page_that_promises_something_has_a_row() -> None:
    known = [row.words for row in promises()]
    made = [
        (file, sentence.strip())
        for file in PAGES
        for sentence in SENTENCE.findall((ROOT / file).read_text(encoding="utf-8"))
        if sentence.rstrip("。").endswith(ENDINGS) or "送らず" in sentence
    ]
    assert len(made) > 8
    assert [one for one in made if not any(one[1] in words or words in one[1] for words in known)] == []

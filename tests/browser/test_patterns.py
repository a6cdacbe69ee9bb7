"""No regular expression of the browser scripts takes more than linear time: a list to open, a draft or an address may hold anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attacks_on_patterns import attacks
from node import ask_node

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = sorted([*(ROOT / "generator/tsunagite").glob("*/browser/**/*.js"), *(ROOT / "overrides").rglob("*.html")])
# A regular expression stands where a value may begin; a division stands behind a value.
_TOKEN = re.compile(
    r"""//[^\n]*|/\*[\s\S]*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?P<before>[(,=:\[!&|?{};+~]|\breturn|=>)\s*/(?P<body>(?:[^/\\\[\n*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)/(?P<flags>[dgimsuvy]*)"""
)
MADE_WHILE_RUNNING = {
    "search_key.js",
    "search_spelling.js",
    "privacy_hint.js",
    "worksheet_form.js",
    "emergency.js",
    "language.js",
}
"""Modules with ``new RegExp``; emergency.js and language.js look at 300 characters only, and ``worksheet_form.js`` is given the patterns of text/case_free.py, which are looked at in Python."""
_IN_PYTHON = (
    (r"\p{Cc}", "\x01"),
    (r"\p{Cs}", r"\ud800"),
    (r"\p{Script=Han}", "一-鿿"),
    (r"\p{Script=Katakana}", "ァ-ヶ"),
    (r"\p{Script=Hiragana}", "ぁ-ゖ"),
    (r"\p{L}", "a-zあ-ん"),
)


def literals(text: str) -> Iterator[tuple[str, str]]:
    """Yield (source, flags) of every regular expression that stands in a script."""
    for found in _TOKEN.finditer(text):
        if found["body"]:
            yield found["body"], found["flags"]


def as_python(source: str) -> str:
    """Return a pattern of JavaScript as Python reads it, near enough to make texts from it."""
    for script, python in _IN_PYTHON:
        source = source.replace(script, python)
    source = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: f"\\U{match[1]:0>8}", source)
    return re.sub(r"\(\?<(?=[a-z])", "(?P<", source)


def test_no_pattern_of_the_browser_takes_more_than_linear_time() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SCRIPTS}
    assert {path.name for path, text in texts.items() if "new RegExp(" in text} == MADE_WHILE_RUNNING
    [made] = ask_node("pattern_sources.mjs", ["search/browser/search_key.js", "search/browser/search_spelling.js"])
    found = [(path.name, source, flags) for path, text in texts.items() for source, flags in literals(text)]
    found += [("new RegExp", source, flags) for source, flags in made]
    assert len(found) > 100
    asked = [
        [source, flags, [[one.head, one.body, one.end] for one in attacks(as_python(source))]]
        for _, source, flags in found
    ]
    slow = ask_node("pattern_times.mjs", asked)
    assert [(*one, attack) for one, attack in zip(found, slow, strict=True) if attack] == []

"""The words that come with tsunagite are plain: guides, glossary, what a care manager cannot be asked, sheets and troubles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from small_site import resource, site_view
from tsunagite.check.plain_words import hard_to_read, known_words, texts_of
from tsunagite.engine.assemble import Views
from tsunagite.findings import SourceLocation
from tsunagite.i18n import catalogue
from tsunagite.records.model.site import PlainWords

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator/tsunagite"
LIMITS = PlainWords.model_validate(
    yaml.safe_load((ROOT / "resources/site.yml").read_text(encoding="utf-8"))["plain_words"]
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Views:
    """A site that shows the shared guides."""
    return site_view(tmp_path_factory.mktemp("plain"), resource("a"), site={"name": "x", "shared_guides": True})


def words_of(value: Any) -> Iterator[str]:
    """Yield the Japanese texts inside data."""
    if isinstance(value, str) and re.search("[ぁ-ん]", value):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_of(inner)


def test_no_guide_no_page_and_no_word_of_the_glossary_is_hard_to_read(site: Views) -> None:
    known = known_words(site.directory, LIMITS)
    guides = site.directory.guides
    texts = [(guide.id, text) for guide in guides.written for text, _ in texts_of(guide)]
    texts += [(term.term, text) for term in guides.glossary for text in (term.meaning, term.more)]
    texts += [
        (one.id, text) for one in guides.redirects for text in (one.request, one.why, one.instead, one.maybe_nobody)
    ]
    texts += [(path.name, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "content").glob("*.md"))]
    assert len(texts) > 3_000
    found = [
        (name, finding.code, dict(finding.values))
        for name, text in texts
        for finding in hard_to_read(text, SourceLocation(name), known, LIMITS)
    ]
    assert found == []


def test_sheets_and_troubles_have_no_long_sentence_and_no_double_negative(site: Views) -> None:
    known = known_words(site.directory, LIMITS)
    files = [*PACKAGE.glob("worksheets/sheets/*.yml"), *PACKAGE.glob("records/contact/*.yml")]
    assert len(files) >= 50
    found = [
        (path.name, finding.code, dict(finding.values))
        for path in files
        for text in words_of(yaml.safe_load(path.read_text(encoding="utf-8")))
        for finding in hard_to_read(text, SourceLocation(path.name), known, LIMITS)
        if finding.code in ("G110", "G111", "G112")
    ]
    assert found == []


INNER_TALK = (
    "用紙の ID", "iCalendar の形", "iCalendar形式", "記号を #", "JSON の形", "YAML の", "スキーマ", "レコード", "フィールド", "バリデーション",
)  # fmt: skip
"""Words of those who make the program, on pages and sheets for people who do not."""


def test_no_page_and_no_sheet_speaks_of_the_insides_of_the_program() -> None:
    texts = [
        (path.relative_to(ROOT).as_posix(), text)
        for path in (*PACKAGE.glob("worksheets/sheets/*.yml"), *PACKAGE.glob("records/contact/*.yml"))
        for text in words_of(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    texts += [
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in (ROOT / "content").rglob("*.md")
    ]
    texts += [("ui", str(text)) for text in catalogue("ja")["ui"].values()]
    assert [(name, word) for name, text in texts for word in INNER_TALK if word in text] == []

"""Every finding has words in every language, every word is used, and every blank in a sentence is filled."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tsunagite
from mini_sites import BAD, findings_of
from tsunagite.findings import SourceLocation, error
from tsunagite.i18n import LANGUAGES, catalogue, message_of, placeholders
from tsunagite.records.model.base import problems
from tsunagite.records.yaml import mistakes as yaml_mistakes

PACKAGE = Path(tsunagite.__file__).parent
CODE = re.compile(r"[A-Z]\d{3}")
OTHERS = [language for language in LANGUAGES if language != "ja"]
CODES = sorted(catalogue("ja")["findings"])


def codes_in_the_source() -> Iterator[str]:
    """Yield every word of the source that looks like a code, be it given to error() or kept in a table."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                yield node.value


def test_every_code_has_words_and_every_word_a_code() -> None:
    assert set(codes_in_the_source()) == set(CODES)


def test_the_search_for_codes_sees_calls_and_tables() -> None:
    found = set(codes_in_the_source())
    assert set(problems.CODES.values()) <= found
    assert {"R101", "Y105"} <= found
    assert "Y113" in found
    assert yaml_mistakes.explain("a: b: c", "mapping values are not allowed", (0, 4), None).code == "Y113"


@pytest.mark.parametrize("language", OTHERS)
def test_languages_speak_of_the_same_findings(language: str) -> None:
    assert sorted(catalogue(language)["findings"]) == CODES


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_the_same_blanks_in_every_language(language: str) -> None:
    def blanks(of: str) -> dict[str, dict[str, set[str]]]:
        findings = catalogue(of)["findings"]
        return {code: {name: placeholders(text) for name, text in findings.get(code, {}).items()} for code in CODES}

    assert blanks(language) == blanks("ja")


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_pages_is_translated_with_its_blanks(language: str) -> None:
    ours, theirs = catalogue("ja")["ui"], catalogue(language)["ui"]
    assert sorted(set(ours) - set(theirs)) == []
    assert {key: placeholders(theirs[key]) for key in ours} == {key: placeholders(ours[key]) for key in ours}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_says_what_is_true_and_what_to_do_and_nothing_else(language: str) -> None:
    for code, words in catalogue(language)["findings"].items():
        assert {"message", "hint"} <= set(words) <= {"message", "message_else", "hint", "hint_else"}, code
        assert all(text.strip() == text != "" for text in words.values()), code


def test_a_finding_brings_every_value_its_sentences_ask_for() -> None:
    asked = [
        (site.name, finding.code, language, missing)
        for site in BAD
        for finding in findings_of(site)
        for language in LANGUAGES
        for text in catalogue(language)["findings"][finding.code].values()
        if (missing := placeholders(text) - set(finding.values))
    ]
    assert asked == []


def test_a_sentence_with_an_empty_value_gives_way_to_the_one_without() -> None:
    known = {"title": "名前", "key": "name", "about": "看板のとおりに。"}
    assert message_of(error("M101", SourceLocation("x"), **known, example="さくら"))[1] == "書き方の例: name: さくら"
    assert (
        message_of(error("M101", SourceLocation("x"), **known, example=""))[1]
        == "name: のあとに書いてください。看板のとおりに。"
    )


def test_a_guess_comes_before_the_hint() -> None:
    finding = error("R103", SourceLocation("x"), title="団体", written="sakura", suggestion="sakurakai")
    assert message_of(finding)[1].startswith("もしかして「sakurakai」ですか。 ID")
    assert message_of(finding, "en")[1].startswith("Did you mean “sakurakai”? ")

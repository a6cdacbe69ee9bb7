"""Catalogues of words: one TOML file per language. Findings and pages take all their sentences from here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from tsunagite.findings import Finding, visible

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """Return the whole catalogue of a language. Raises KeyError for a language without a file."""
    if language not in LANGUAGES:
        raise KeyError(language)
    with (FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def message_of(finding: Finding, language: str = "ja") -> tuple[str, str]:
    """Return (message, hint) of a finding. The hint may be empty."""
    words = catalogue(language)["findings"][finding.code]
    values = {
        key: _shown("、".join(map(str, v)) if isinstance(v, (list, tuple)) else v) for key, v in finding.values.items()
    }
    hint = _sentence(words, "hint", values)
    if suggestion := values.get("suggestion"):
        hint = (catalogue(language)["ui"]["did_you_mean"].format(suggestion=suggestion) + " " + hint).strip()
    return _sentence(words, "message", values), hint


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) else value


def _sentence(words: Mapping[str, str], name: str, values: Mapping[str, object]) -> str:
    """Fill in a sentence; where one of its values is empty, take ``<name>_else``, which does without (or "")."""
    sentence = words.get(name, "")
    if any(values[key] == "" for key in placeholders(sentence)):
        sentence = words.get(f"{name}_else", "" if name == "hint" else sentence)
    return sentence.format_map(values)


def placeholders(sentence: str) -> set[str]:
    """Return the names in braces of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def ui(key: str, language: str = "ja", **values: object) -> str:
    """Return a sentence of the pages, with ``values`` filled in."""
    return str(catalogue(language)["ui"][key]).format_map(values)

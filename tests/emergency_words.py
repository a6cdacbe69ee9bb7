"""The emergencies of tests: what people type (emergencies.yml), and every word of the list itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import yaml

from tsunagite.records.model.base.vocabulary import Term, Vocabularies
from tsunagite.text.danger_words import groups

_TYPED = yaml.safe_load((Path(__file__).parent / "emergencies.yml").read_text(encoding="utf-8"))
MEANT: list[tuple[str, list[str]]] = [
    (str(query), numbers.split()) for numbers, queries in _TYPED["meant"].items() for query in queries
]
"""What somebody types, and the first numbers that must stand above the results, in this order."""
NONE: list[str] = [str(query) for query in _TYPED["none"]]
"""What is no emergency."""


SPOKEN: list[tuple[str, str]] = [(phrase, danger) for danger, phrases in _TYPED["spoken"].items() for phrase in phrases]
"""What somebody types, and the danger that must be among those told."""
KEPT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "emergencies_kept.yml").read_text(encoding="utf-8"))
"""The same and what is none, to measure with: not looked at while words are added."""
MOST_WAYS = 200
"""Above so many ways to combine its alternatives a pattern is tried with each alternative once."""


def entries(vocabularies: Vocabularies) -> Iterator[Term]:
    """Yield the emergencies of the list (not the endings that make a word harmless)."""
    return (term for term in vocabularies["emergency"] if term.calls)


def every_combination(term: Term) -> Iterator[str]:
    """Yield every word of an entry, in every way its alternatives combine; of a pattern with very many ways, those of ``every_word``."""
    for word in term.also_called:
        parts = groups(word)
        ways = product(*parts) if prod(map(len, parts)) <= MOST_WAYS else _each_once(parts)
        yield from ("".join(way).replace("~", "").replace("_", " ") for way in ways)
    yield from term.alone


def every_word(term: Term) -> Iterator[str]:
    """Yield as few words of an entry as hold every alternative once."""
    for word in term.also_called:
        yield from ("".join(way).replace("~", "").replace("_", " ") for way in _each_once(groups(word)))
    yield from term.alone


def _each_once(parts: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    return (tuple(one[at % len(one)] for one in parts) for at in range(max(map(len, parts))))

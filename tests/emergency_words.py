"""The emergencies of tests: what people type (emergencies.yml), and every word of the list itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

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


def entries(vocabularies: Vocabularies) -> Iterator[Term]:
    """Yield the emergencies of the list (not the endings that make a word harmless)."""
    return (term for term in vocabularies["emergency"] if term.calls)


def every_combination(term: Term) -> Iterator[str]:
    """Yield every word of an entry, in every way its alternatives combine."""
    for word in term.also_called:
        yield from ("".join(parts).replace("~", "") for parts in product(*groups(word)))
    yield from term.alone


def every_word(term: Term) -> Iterator[str]:
    """Yield as few words of an entry as hold every alternative once."""
    for word in term.also_called:
        parts = groups(word)
        longest = max(map(len, parts))
        yield from ("".join(one[at % len(one)] for one in parts).replace("~", "") for at in range(longest))
    yield from term.alone

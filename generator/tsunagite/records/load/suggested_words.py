"""Words that a person accepted among the proposals in ``resources/vocabulary/suggested.yml``, as synonyms."""

from __future__ import annotations

from collections.abc import Sequence

from tsunagite.findings import Finding, error
from tsunagite.records.load.tree import RawRecord
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Term, Vocabularies, Vocabulary
from tsunagite.records.model.features.suggested_word import SuggestedWord
from tsunagite.text.normalize import compare_key

NAME = "suggested"
"""The name of the file, without ``.yml``."""
MEANT = ("need", "kind", "kind_group", "service", "department", "trade", "synonyms")
"""The vocabularies whose terms a word can mean: those that search knows."""


def meanings(vocabularies: Vocabularies) -> dict[str, tuple[str, ...]]:
    """Return what is found, by every spelling (folded) of every term that a word can mean: the label, or what the term says it finds."""
    found: dict[str, tuple[str, ...]] = {}
    for name in MEANT:
        for term in vocabularies[name]:
            stands_for = term.finds if name == "synonyms" and term.finds else (term.label,)
            for spelling in (term.label, *term.aliases, *term.also_called):
                found.setdefault(compare_key(spelling), stands_for)
    return found


def with_accepted(vocabularies: Vocabularies, raw: Sequence[RawRecord]) -> tuple[Vocabulary, list[Finding]]:
    """Return the synonyms with the accepted words added, and what is wrong with the file: a word that means no term stays out."""
    findings: list[Finding] = []
    known = meanings(vocabularies)
    accepted: dict[tuple[str, ...], list[str]] = {}
    for record in raw:
        word, found = validate(SuggestedWord, record.data, record.place, {})
        findings += found
        if word is None or word.decision != "採用":
            continue
        stands_for = known.get(compare_key(word.means))
        if stands_for is None:
            findings.append(error("F118", record.place.at("means"), word=word.word, written=word.means))
        else:
            accepted.setdefault(stands_for, []).append(word.word)
    terms = [
        Term(id=f"accepted_{number}", label=words[0], aliases=tuple(words[1:]), finds=finds)
        for number, (finds, words) in enumerate(accepted.items())
    ]
    return Vocabulary.of("synonyms", [*vocabularies["synonyms"], *terms]), findings

"""Plain words in guides: long sentences, double negatives, chains of 「の」, kanji in a row, abbreviations and loan words that nobody explains.

Notices, not warnings: each names a sentence that somebody should read aloud once. How much is too much stands in the settings
(``plain_words``); where the usual limits come from, ``text.plain_words`` and ``records/loan_words.txt`` say. Guides that come with tsunagite are checked in its own site.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from tsunagite.findings import Finding, SourceLocation, notice
from tsunagite.records.directory import Directory
from tsunagite.records.load.guides import WrittenGuide
from tsunagite.records.load.readings import built_in_loan_words
from tsunagite.records.model.site import PlainWords
from tsunagite.text.loan_words import loan_words
from tsunagite.text.plain_words import (
    chain_of_no,
    double_negative,
    kanji_of,
    kanji_runs,
    sentences,
    unexplained_letters,
)

NAMES = frozenset((
    "kinds", "needs", "related", "keywords", "sources", "source", "hotlines", "page", "shape", "group", "sheet", "act", "id", "title_kana",
    "who",
))  # fmt: skip
"""Fields of a guide that hold names and words to search by: nothing that a reader reads as a sentence."""
START = 24
"""Characters of a sentence that a finding quotes, so that it is found in the file."""


def guides_are_in_plain_words(directory: Directory, _today: date) -> Iterator[Finding]:
    """G110-G115: what makes a guide of this site hard to read, with its place."""
    limits = directory.settings.plain_words
    known = known_words(directory, limits)
    for guide in directory.guides.written:
        if not guide.is_shared:
            for text, place in texts_of(guide):
                yield from hard_to_read(text, place, known, limits, guide if place is guide.place else None)


def known_words(directory: Directory, limits: PlainWords) -> frozenset[str]:
    """Return the words that a reader can look up here: the glossary, the acts, kinds of records, titles of guides, and those of the settings."""
    guides = directory.guides
    words = frozenset((
        *(word for term in guides.glossary for word in (term.term, *term.aliases)),
        *(act.name for act in guides.acts),
        *(term.label for term in directory.vocabularies["kind"]),
        *(guide.head.title for guide in guides.written),
        *limits.known,
    ))  # fmt: skip
    return words | kanji_of(words)


def texts_of(guide: WrittenGuide) -> Iterator[tuple[str, SourceLocation]]:
    """Yield what a reader reads of a guide: the sentences of its head, each with its place, then the prose with the place of the guide."""
    yield from _texts(guide.head, guide.place)
    yield guide.body, guide.place


def _texts(value: object, place: SourceLocation) -> Iterator[tuple[str, SourceLocation]]:
    if isinstance(value, str):
        yield value, place
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in NAMES:
                yield from _texts(getattr(value, name), place.at(name))
    elif isinstance(value, (list, tuple)):
        for index, one in enumerate(value):
            yield from _texts(one, place.at(index))


def hard_to_read(
    text: str, place: SourceLocation, known: frozenset[str], limits: PlainWords, prose_of: WrittenGuide | None = None
) -> Iterator[Finding]:
    """Yield the findings of one text; those of the prose of a guide name the line of each sentence."""

    def at(begin: int) -> SourceLocation:
        return prose_of.place_in_body(begin) if prose_of else place

    for begin, sentence in sentences(text):
        start = sentence if len(sentence) <= START else f"{sentence[:START]}…"
        if limits.sentence and len(sentence) > limits.sentence:
            yield notice("G110", at(begin), start=start, length=len(sentence), most=limits.sentence)
        if limits.double_negatives and (found := double_negative(sentence)):
            yield notice("G111", at(begin), start=start, found=found)
        if limits.chained and (found := chain_of_no(sentence, limits.chained)):
            yield notice("G112", at(begin), found=found, most=limits.chained)
        if limits.kanji:
            for run in kanji_runs(sentence, limits.kanji, known):
                yield notice("G113", at(begin), found=run, most=limits.kanji)
    if limits.letters:
        for begin, letters in unexplained_letters(text, known):
            yield notice("G114", at(begin), found=letters)
    if limits.loan_words:
        for begin, word, plain in loan_words(text, known, built_in_loan_words()):
            yield notice("G115", at(begin), found=word, plain=plain)

"""Loan words (外来語) that many readers do not know: where a text has them. The words stand in ``records/loan_words.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_KATAKANA = re.compile(r"[ァ-ヴー]{2,}(?:・[ァ-ヴー]{2,})*")
_NAMES = re.compile(r"「[^「」]*」|『[^『』]*』")


def loan_words(text: str, known: Iterable[str], plain_words: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield each word of ``plain_words`` that a text has, once, with where it stands and what may be said instead.

    A word inside one of the ``known`` (the glossary, names), inside the name of a document (「」), or beside an explanation in brackets anywhere
    in the text is left alone.
    """
    seen: set[str] = set()
    rest = _NAMES.sub(lambda match: "、" * len(match[0]), text)
    for name in known:
        rest = rest.replace(name, "、" * len(name))
    for match in _KATAKANA.finditer(rest):
        word = match[0]
        plain = plain_words.get(word) or plain_words.get(word.rstrip("ー"))
        if not plain or word in seen:
            continue
        seen.add(word)
        if f"{word}（" not in text and f"（{word}" not in text:
            yield match.start(), word, plain

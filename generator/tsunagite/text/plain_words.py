"""Plain words: what makes a Japanese sentence hard to read, as far as a program can tell without understanding it.

Sources of the thresholds:

- 文化審議会建議「公用文作成の考え方」（2022年1月7日）Ⅲ-3「文の書き方」: ア one sentence is short (its commentary: from 50 to 60 characters
  on, ask whether it is still easy to read), キ the same particle is not repeated (its example has three 「の」: 本年の当課の取組の中心),
  コ no double negative unless nothing else will do. Both texts leave the exact length open.
- 出入国在留管理庁・文化庁「在留支援のためのやさしい日本語ガイドライン」（2020年8月）: short sentences and no double negatives; no number is given.
- Kanji in a row: no public guideline gives a number. Six is the limit of textlint-rule-preset-ja-technical-writing, whose authors
  say themselves that it rests on convention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_MARKUP = re.compile(r"\[\^[^\[\]\n]*\]|\]\([^()\n]*\)|<[^<>\n]*>|[\[\]*`]")
_NEW_BLOCK = re.compile(r"\n(?=[ \t]*(?:\n|[-*+#>|]|\d{1,3}[.)] ))")
_SENTENCE = re.compile(r"[^。！？|\u3000／→]+[。！？]?")
_MARK_OF_LINE = re.compile(r"\s*(?:[-*+#>]+ |\d{1,3}[.)] |:?-{3,}:?)?\s*")
_CHAIN = re.compile(r"(?<![一-鿿々ァ-ヴー0-9])(?:[一-鿿々ァ-ヴー0-9]+の)+[一-鿿々ァ-ヴー0-9]+")
_DOUBLE_NEGATIVE = re.compile(
    r"(?:ない|なかった)(?:わけ|こと|もの)(?:で(?:は|も)|は|も|が)(?:ない|ありません|なく)"
    r"|(?:ない|なかった)わけに(?:は|も)(?:い|行)[かき]"
    r"|(?<![少危幼切])な(?:い|く)(?:は|も|で(?:は|も)|と(?:は|も))(?:ない|ありません|なかった|(?:言|い)(?:えない|えません|い切れ)|限らない|限りません)"
)
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")
_KANJI = re.compile(r"[一-鿿々]{3,}")
_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,}(?![A-Za-z0-9])")
EVERYDAY = frozenset(("AED", "CD", "DVD", "FAX", "GPS", "ID", "LED", "PDF", "QR", "SMS", "SNS", "SOS", "TV", "URL"))
"""Abbreviations that need no explanation: things most homes, shops and letters name so."""


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence of Markdown (a cell, an item, a heading and the marks ／ and → end one, too) as it is read, with where it begins in the text."""
    plain = _NEW_BLOCK.sub("|", _MARKUP.sub(lambda match: "\0" * len(match[0]), text))
    for match in _SENTENCE.finditer(plain):
        begin = match.start() + len(_leading(match[0]))
        words = plain[begin : match.end()].replace("\0", "").replace("\n", "").strip()
        if words:
            yield begin, words


def _leading(words: str) -> str:
    mark = _MARK_OF_LINE.match(words)
    return mark[0] if mark else ""


def double_negative(sentence: str) -> str:
    """Return the first double negative of a sentence (ないわけではない), or "". 〜なければならない is an obligation, and none."""
    match = _DOUBLE_NEGATIVE.search(sentence)
    return match[0] if match else ""


def chain_of_no(sentence: str, most: int) -> str:
    """Return the first words joined by more than ``most`` 「の」 in a row (本年の当課の取組の中心 has three), or "".

    Only nouns in kanji, katakana and digits count: between those 「の」 joins nothing but nouns.
    """
    return next((match[0] for match in _CHAIN.finditer(sentence) if match[0].count("の") > most), "")


def kanji_runs(sentence: str, longest: int, known: Iterable[str]) -> Iterator[str]:
    """Yield the runs of more than ``longest`` kanji that are left when the ``known`` words are taken out, each with its known parts.

    What stands in 「」 or 『』 is the name of a document or what somebody says, and counts as it is.
    """
    for match in _KANJI.finditer(_QUOTED.sub("、", sentence)):
        rest = match[0].removesuffix("第")  # an act before the number of its article
        if len(rest) <= longest:
            continue
        for word in sorted((word for word in known if word in rest), key=len, reverse=True):
            rest = rest.replace(word, " ")
        if any(len(part) > longest for part in rest.split()):
            yield match[0].removesuffix("第")


def kanji_of(words: Iterable[str]) -> frozenset[str]:
    """Return the runs of three kanji and more inside words: 認知症疾患医療 of 認知症疾患医療センター."""
    return frozenset(run for word in words for run in _KANJI.findall(word))


def unexplained_letters(text: str, known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the abbreviations in capitals that neither stand in ``known`` nor are explained in brackets anywhere in the text, once each."""
    seen = EVERYDAY.union(known)
    for match in _LETTERS.finditer(text):
        letters = match[0]
        if letters in seen:
            continue
        seen |= {letters}
        if f"{letters}（" not in text and f"（{letters}）" not in text:
            yield match.start(), letters

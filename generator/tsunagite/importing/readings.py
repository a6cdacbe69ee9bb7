"""Suggested readings of names: SudachiPy reads, a list of corrections written by people comes first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from tsunagite.errors import UsageError
from tsunagite.text.kana import as_reading, is_hiragana, is_reading
from tsunagite.text.normalize import nfkc

_BLANKS = re.compile(r"[\s・･()（）「」『』【】\[\]<>＜＞“”\"'’‘,、。.!！?？~〜～:：;；/／＆&+＋*＊#＃☆★−-]+")
_REMARK = re.compile("※.*")  # a remark of the list, no part of the name
_KANJI = re.compile("[々〆一-鿿]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")


class Reader:
    """Reads names. ``available`` is False where SudachiPy is not installed; every reading is then ""."""

    def __init__(self, corrections: Mapping[str, str]) -> None:
        self._corrections = {nfkc(written): as_reading(reading) for written, reading in corrections.items()}
        longest_first = sorted(self._corrections, key=lambda written: (-len(written), written))
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self._tokens: Callable[[str], Any] | None = None
        self.available = True

    def reading(self, name: str) -> str:
        """Return the suggested reading of a name in hiragana, or "" where there is none."""
        text, parts, end = nfkc(_REMARK.sub("", name)), [], 0
        for match in self._known.finditer(text) if self._known else ():
            parts += [self._read(text[end : match.start()]), self._corrections[match[0]]]
            end = match.end()
        reading = "".join((*parts, self._read(text[end:])))
        return reading if self.available and is_reading(reading) else ""

    def _read(self, text: str) -> str:
        words = [word for word in _BLANKS.split(text) if word]
        return "".join(as_reading(word) if _KANA.fullmatch(word) else self._tokenized(word) for word in words)

    def _tokenized(self, text: str) -> str:
        if self._tokens is None:
            self._tokens = _tokenizer()
        if self._tokens is _nothing:
            self.available = False
        return "".join(_sound(token) for token in self._tokens(text))


class ReadWord(NamedTuple):
    """A word of a text: where it begins, as it is written, its suggested reading, whether it is the name of somebody or of a place."""

    begin: int
    written: str
    reading: str
    is_name: bool


def words_of(text: str) -> Iterator[ReadWord]:
    """Yield the words of a text that hold kanji. Raises UsageError where SudachiPy is not installed."""
    tokens = _tokenizer()
    if tokens is _nothing:
        raise UsageError(
            "ふりがなの候補を出すには、SudachiPy がいります。 → pip install sudachipy sudachidict-core をしてから、もう一度お試しください。"
        )
    for token in tokens(text):
        written = str(token.surface())
        reading = as_reading(token.reading_form())
        if _KANJI.search(written) and is_hiragana(reading):
            yield ReadWord(token.begin(), written, reading, token.part_of_speech()[1] == "固有名詞")


def _sound(token: Any) -> str:
    surface = str(token.surface())
    if re.fullmatch(r"[a-zA-Z0-9]+", surface):
        return surface
    if surface in ("ヶ", "ケ"):  # 月見ヶ原: between kanji it is read が
        return "が"
    return as_reading(surface if _KANA.fullmatch(surface) else token.reading_form())


def _nothing(_text: str) -> list[Any]:
    return []


@cache
def _tokenizer() -> Callable[[str], Any]:
    """Return the tokenizer of SudachiPy; it and its dictionary (190 MB) are only there where readings are suggested."""
    try:
        from sudachipy import (  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, and not installed everywhere
            Dictionary,
            SplitMode,
        )
    except ImportError:
        return _nothing
    tokenizer = Dictionary().tokenizer()
    return lambda text: tokenizer.tokenize(text, SplitMode.C)

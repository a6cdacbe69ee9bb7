"""Furigana of running text: which kanji of a sentence get a reading, and which stay without one. A wrong reading is worse than none.

Only words of a dictionary that people have read through are used. The rules, the same in ``furigana/browser/readings.js``:

- A run of kanji gets readings only where words of the dictionary cover all of it: 市民生委員 is 市＋民生委員, and never 市民＋…委員.
- The fewest words win, then those that reach furthest into the kana behind (話 is はなし, 話し is はな). Two ways left that read
  differently give no reading.
- A word of one kanji must be the whole run, with a particle behind it or kana before it (人に; not the 人 of a heading 人 or of 5人).
  ``=店`` may also stand between blanks and marks (店、薬): it has no other reading there, and is no day of the week.
- A word may be bound to its place: ``会社-`` begins what is written together (旅行会社 is がいしゃ), ``-者`` continues it, ``#年`` follows a digit.
  Words that hold kana begin a run, where they could be heard differently behind another word (暮らし: ひとりぐらし).
- A word may hold what stands before its first kanji, where only that decides: お金, 2日, （月）.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.text.ruby import ruby

KANJI = "々〆\u3400-\u9fff\uf900-\ufaff"
RUN = re.compile(f"[{KANJI}]+")
_IS_KANJI = re.compile(f"[{KANJI}]")
_RUN_OF_WORD = re.compile(f"[0-9]{{0,2}}[{KANJI}]+")
"""Digits at the beginning of a word are read with their counter (2日 ふつか), unless they stand in the reading, too (23日 23にち)."""
_JOINED = re.compile(f"[{KANJI}ァ-ヺーA-Za-zＡ-Ｚａ-ｚ]")
"""What a run of kanji can be one word with: サービス業, B型."""
_DIGIT = re.compile("[0-9０-９]")
_NUMBER = re.compile("[0-9０-９.,．，]")
_HIRAGANA = re.compile("[ぁ-ゖ]")
_BEFORE = re.compile("[ぁ-ゖ0-9（]")
_PARTICLES = frozenset("はがをにでとのもやへかまよだな")
_BEHIND_A_SUFFIX = _PARTICLES | frozenset("すしされ")
"""する may follow 化, です may follow 者; any other kana would make it another word (上り口 is not 上 じょう)."""
_VOICED_BEHIND = frozenset("かきくけこさしすせそたちつてとはひふへほ")
"""First sounds that may change behind another word (rendaku)."""
_MOST_BEFORE = 3

Piece = tuple[int, int, str]
"""Where a run of kanji begins and ends in the text, and its reading."""
_Way = tuple[int, int, tuple[Piece, ...]]
"""A way to divide: how many words, minus where they end, and their pieces."""


@dataclass(frozen=True)
class Readings:
    """A dictionary: written word (with its mark ``-`` or ``#``) → the reading of each of its runs of kanji, joined with ``|``."""

    words: Mapping[str, str]

    @cached_property
    def _longest(self) -> dict[str, int]:
        """How long a word can be that begins with a character."""
        longest: dict[str, int] = {}
        for word in self.words:
            plain = word.strip("-#=")
            longest[plain[0]] = max(longest.get(plain[0], 0), len(plain))
        return longest

    def pieces(self, text: str) -> list[Piece]:
        """Return the runs of kanji that have a reading, in their order. What is not known is left out."""
        found: list[Piece] = []
        end = 0
        for run in RUN.finditer(text):
            if run.start() < end:
                continue
            way = self._run(text, run.start(), end)
            if way:
                found += way[2]
                end = way[2][-1][1]
            else:
                end = run.end()
        return found

    def _run(self, text: str, start: int, free: int) -> _Way | None:
        """Divide the run at ``start``; a word may begin in what stands before it, from ``free`` on."""
        groups = [self._ways(text, start, start, {})]
        for begin in range(start - 1, max(free, start - _MOST_BEFORE) - 1, -1):
            if not _BEFORE.match(text[begin]):
                break
            if not (_DIGIT.match(text[begin]) and begin and _NUMBER.match(text[begin - 1])):
                groups.append(self._ways(text, begin, start, {}))
        least = min((way[:2] for ways in groups for way in ways), default=None)
        # of words that reach as far, the one that begins first: か所 and not 所
        best = next((ways for ways in reversed(groups) if ways and ways[0][:2] == least), [])
        return best[0] if len(best) == 1 else None

    def _ways(self, text: str, begin: int, start: int, known: dict[int, list[_Way]]) -> list[_Way]:
        """Return the best ways from ``begin`` to the end of what is written together; ``start`` is where its kanji begin."""
        if begin in known:
            return known[begin]
        found: list[_Way] = []
        for length in range(min(self._longest.get(text[begin], 0), len(text) - begin), 0, -1):
            word, end = text[begin : begin + length], begin + length
            reading = self._reading(text, word, begin, start)
            if not reading:
                continue
            pieces = _divide(word, begin, reading)
            if _inside(text, end):
                found += [(count + 1, last, pieces + rest) for count, last, rest in self._ways(text, end, start, known)]
            else:
                found.append((1, -end, pieces))
        known[begin] = _best(found)
        return known[begin]

    def _reading(self, text: str, word: str, begin: int, start: int) -> str:
        """Return the reading of a word where it stands, or "" where the dictionary has none for this place."""
        before = text[begin - 1] if begin else ""
        is_kanji = bool(_IS_KANJI.match(word[0]))
        if begin == start and before and _DIGIT.match(before):
            is_counter = not _IS_KANJI.match(word[1:2])  # 9月に is no 月に (つきに)
            return self.words.get(f"#{word}", "") or ("" if is_counter else self.words.get(word, ""))
        if begin > start or (is_kanji and before and _JOINED.match(before)):
            return self._behind(text, word, begin)
        if len(word) > 1:
            return self.words.get(word) or self.words.get(f"{word}-", "")
        if _inside(text, begin + 1) or _DIGIT.match(text[begin + 1 : begin + 2]):
            return self.words.get(f"{word}-", "")
        if _stands_alone(text, begin):
            return self.words.get(word) or self.words.get(f"={word}", "")
        after = text[begin + 1 : begin + 2]
        return "" if _HIRAGANA.match(after) or _JOINED.match(after) else self.words.get(f"={word}", "")

    def _behind(self, text: str, word: str, begin: int) -> str:
        """Return the reading of a word that continues what is written together."""
        if len(word) == 1:
            after = text[begin + 1 : begin + 2]
            is_other = _HIRAGANA.match(after) and after not in _BEHIND_A_SUFFIX
            return "" if is_other else self.words.get(f"-{word}", "")
        if reading := self.words.get(f"-{word}", ""):
            return reading
        reading = self.words.get(word, "")
        holds_kana = not all(map(_IS_KANJI.match, word))
        return "" if holds_kana and reading[:1] in _VOICED_BEHIND else reading


def _stands_alone(text: str, at: int) -> bool:
    """Tell whether the kana around one kanji show that it is a word of a sentence."""
    after, before = text[at + 1 : at + 2], text[max(at - 1, 0) : at]
    if after and after in _PARTICLES:
        return True
    return bool(_HIRAGANA.match(before)) and not (_HIRAGANA.match(after) or _JOINED.match(after))


def _inside(text: str, at: int) -> bool:
    """Tell whether kanji stand on both sides of a place."""
    return at < len(text) and bool(_IS_KANJI.match(text[at])) and bool(_IS_KANJI.match(text[at - 1]))


def _divide(word: str, begin: int, reading: str) -> tuple[Piece, ...]:
    """Give each run of kanji its part of the reading."""
    pieces: list[Piece] = []
    for run, part in zip(_RUN_OF_WORD.finditer(word), reading.split("|"), strict=True):
        spelt = part.lstrip("0123456789")  # 23日 23にち: the digits are not read with their counter
        pieces.append((begin + run.start() + len(part) - len(spelt), begin + run.end(), spelt))
    return tuple(pieces)


def _best(ways: list[_Way]) -> list[_Way]:
    """Return the ways with the fewest words that reach furthest: one of each two that read the same, and no more than two."""
    least = min((way[:2] for way in ways), default=None)
    alike = {"".join(reading for *_, reading in way[2]): way for way in ways if way[:2] == least}
    return list(alike.values())[:2]


def readings_of_runs(name: str, kana: str) -> str:
    """Return the reading of each run of kanji of a name, joined with ``|``, or "" where its reading cannot be divided among them."""
    pieces = ruby(name, kana)
    parts = [reading for _, reading in pieces or () if reading]
    return "|".join(parts) if len(parts) == len(RUN.findall(name)) else ""


def as_dictionary(lines: Iterable[str]) -> dict[str, str]:
    """Return the words of a list, one a line: the word, a blank, its reading. Lines that begin with ``;`` are remarks."""
    words: dict[str, str] = {}
    for line in lines:
        word, _, reading = line.strip().partition(" ")
        if word and not word.startswith(";"):
            words[word] = reading
    return words

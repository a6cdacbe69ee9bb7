"""The search index as pure functions: the grams of one document, and the files made of all documents' grams.

A gram is two characters of the folded text (``text/search_key.py``). For every gram the index says in which documents it
stands, and where in them. The grams are dealt to 1,024 files by both characters, so that a query fetches only the few small
files of its own characters; all grams that begin with one character (a query of one character) lie in eight files.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, islice
from operator import add, sub
from typing import Any, NamedTuple

from tsunagite.engine.digest import digest_of_bytes
from tsunagite.search.view import SearchDocument
from tsunagite.text.search_key import key, runs

SHARDS = 1024
OF_ONE = 8  # files for the grams that begin with one character
# Bits: the field a gram stands in; whether it begins or ends a name or reading.
NAME, READING, TEXT, START, END, SERVICE = 1, 2, 4, 8, 16, 32
_FIELDS = NAME | READING | TEXT | SERVICE

# Numbers are written in printable characters that JSON leaves as they are: 45 that end a number, 45 that go on. Text
# files are compressed by every host; a binary file often is not.
_CHARACTERS = "".join(chr(code) for code in range(35, 127) if code != ord("\\"))[:90]
_BASE = 45
_LAST, _MORE = _CHARACTERS[:_BASE], _CHARACTERS[_BASE:]

_SHORT_KANA = re.compile("[ぁ-ゖ]{2,3}")
_SENTENCE = re.compile("[^。]*。|[^。]+")

Postings = Mapping[str, int]
"""The grams of one document, each with the bits of all places where it stands."""


class Words(NamedTuple):
    """All that the index knows of a document. ``phones`` are digits."""

    name: str
    readings: Sequence[str]
    services: Sequence[str]
    texts: Sequence[str]
    phones: Sequence[str]

    @classmethod
    def of(cls, document: SearchDocument) -> Words:
        """Take the words of a document."""
        return cls(document.name, document.readings, document.services, document.texts, document.phones)


def postings_of(words: Words) -> dict[str, int]:
    """Return the grams of one document. A telephone number is found by its last four digits and the three before."""
    found = defaultdict(int, dict.fromkeys(_grams_of(words.texts), TEXT))
    for gram in _grams_of(words.services):
        found[gram] |= SERVICE
    for field, names in ((NAME, (words.name,)), (READING, words.readings)):
        for name in names:
            _add_name(found, key(name), field)
    for digits in words.phones:
        for part in (digits[-4:], digits[-7:-4]):  # the second is empty for short numbers (188)
            if part:
                found[f"#{part}"] |= TEXT
    return found


def _grams_of(texts: Iterable[str]) -> set[str]:
    return set().union(*(_grams(sentence) for text in texts for sentence in _SENTENCE.findall(text)))


@lru_cache(maxsize=1024)  # a set of two kilobytes each
def _grams(sentence: str) -> frozenset[str]:
    """Return the grams of a sentence: lists and steps say the same of many records. No run goes on after its full stop."""
    return frozenset(gram for run in runs(sentence) for gram in map(add, run, run[1:]))


def _add_name(found: dict[str, int], name: str, field: int) -> None:
    last = len(name) - 2
    for at in range(last + 1):
        found[name[at : at + 2]] |= field | (START if at == 0 else 0) | (END if at == last else 0)
    if name:
        found[f"{name[-1]}$"] |= field | END | (START if len(name) == 1 else 0)


def shard_of(gram: str) -> int:
    """Return the number of the file a gram stands in."""
    if gram[0] == "#":
        return int(gram[1:]) % SHARDS
    word = f"{gram.removeprefix('=')}$"
    return ord(word[0]) * OF_ONE % SHARDS + ord(word[1]) % OF_ONE


Run = tuple[str, int, int, int, int, str]
"""A gram, the bits of a kind of place, in how many documents of a part it stands there, the number (from 0) of the first and
of the last of them, and the written steps from one to the next."""


class IndexPart(NamedTuple):
    """The grams of some documents that follow each other: how many documents, the runs of the grams of each file, and what stands for those."""

    size: int
    runs: tuple[tuple[Run, ...], ...]
    digests: tuple[bytes, ...]

    @classmethod
    def of(cls, documents: Iterable[Postings]) -> IndexPart:
        """Make the part of some documents."""
        places: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        size = 0
        for postings in documents:
            for entry in postings.items():
                places[entry].append(size)
            size += 1
        files: list[list[Run]] = [[] for _ in range(SHARDS)]
        for (gram, bits), numbers in places.items():
            files[shard_of(gram)].append((gram, bits, len(numbers), numbers[0], numbers[-1], _steps(numbers)))
        runs = [tuple(sorted(file)) for file in files]
        nothing = digest_of_bytes(b"()")
        digests = [digest_of_bytes(repr(file).encode(errors="surrogatepass")) if file else nothing for file in runs]
        return cls(size, tuple(runs), tuple(digests))


class Index:
    """All grams of all documents: for each gram what is written of it, in the file where it stands. A file is made when somebody asks for it."""

    def __init__(self, parts: Iterable[IndexPart], groups: Sequence[Sequence[str]] = ()) -> None:
        """Join the parts of an index in the order of their documents.

        Beside the grams stands, as ``=`` and a word, in which ``groups`` of synonyms the word is: a query then needs no list of them all.
        """
        self._parts = tuple(parts)
        entries: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(groups):
            for word in dict.fromkeys(filter(None, map(key, words))):
                entries[f"={word}"].append(number)
        self._words: list[dict[str, str]] = [{} for _ in range(SHARDS)]
        for word, its in entries.items():
            self._words[shard_of(word)][word] = written_numbers(its)
        self._files: dict[int, dict[str, str]] = {}

    def digest_of(self, shards: Iterable[int]) -> bytes:
        """Return what stands for the content of some files, without making them."""
        return digest_of_bytes(b"".join(self._digests[number] for number in shards))

    @cached_property
    def _digests(self) -> list[bytes]:
        sizes = repr([part.size for part in self._parts])
        return [
            digest_of_bytes(f"{sizes} {words}".encode(errors="surrogatepass") + b"".join(part))
            for words, *part in zip(self._words, *(part.digests for part in self._parts), strict=True)
        ]

    def shard(self, number: int) -> bytes:
        """Return the content of a file of grams."""
        return json.dumps(dict(sorted(self._file(number).items())), ensure_ascii=False, separators=(",", ":")).encode()

    def _file(self, number: int) -> dict[str, str]:
        if number not in self._files:
            self._files[number] = self._joined(number) | self._words[number]
        return self._files[number]

    def _joined(self, number: int) -> dict[str, str]:
        """Join the runs of one file."""
        joined: dict[tuple[str, int], list[Any]] = {}  # how many, first, last, and written steps, one after another
        start = 0
        for part in self._parts:
            for gram, bits, count, first, last, steps in part.runs[number]:
                if (run := joined.get((gram, bits))) is None:
                    joined[gram, bits] = [count, start + first, start + last, steps]
                else:
                    run[0] += count
                    run.append(_number(start + first - run[2]))
                    run.append(steps)
                    run[2] = start + last
            start += part.size
        file: dict[str, str] = {}
        for gram, bits in sorted(joined):
            count, first, _, *written = joined[gram, bits]
            file[gram] = "".join((file.get(gram, ""), _number(bits), _number(count), _number(first), *written))
        return file

    def group(self, words: Iterable[str]) -> str:
        """Return where any of the words stands, as one list: a synonym then costs one small file instead of all its grams."""
        found: defaultdict[int, int] = defaultdict(int)
        for word in map(key, words):
            inside = not _SHORT_KANA.fullmatch(word)  # さんぽ stands in サンポート too
            for number, bits in self._places_of(word).items():
                if bits := bits if inside or (bits & START and bits & END) else bits & (SERVICE | TEXT):
                    found[number] |= bits
        by_bits: defaultdict[int, list[int]] = defaultdict(list)
        for number in sorted(found):
            by_bits[found[number]].append(number)
        return written_places(by_bits)

    def _places_of(self, word: str) -> dict[int, int]:
        """Return the documents in which all grams of a word stand in one field (as ``placesOf`` of search_query.js)."""
        if len(word) < 2:  # one character would stand for half of the site
            return {}
        grams = [self._bits(gram) for gram in grams_of(word)]
        found = {}
        for number, first in min(grams, key=len).items():
            fields = first & _FIELDS
            for gram in grams:
                fields &= gram.get(number, 0)
            if fields:
                found[number] = fields | (grams[0][number] & START) | (grams[-1][number] & END)
        return found

    def _bits(self, gram: str) -> dict[int, int]:
        written = self._file(shard_of(gram)).get(gram, "")
        return {number: bits for bits, numbers in _read(written).items() for number in numbers}


def grams_of(word: str) -> list[str]:
    """Return the grams of a folded word."""
    return [word[at : at + 2] for at in range(len(word) - 1)]


def shards_of(words: Iterable[str]) -> list[int]:
    """Return the files in which the grams of some words stand, in order."""
    return sorted({shard_of(gram) for word in words for gram in grams_of(key(word))})


def written_numbers(numbers: Sequence[int]) -> str:
    """Write numbers one after another (``numbers`` of search/browser/search_index.js reads them)."""
    return "".join(map(_number if max(numbers, default=0) >= len(_SHORT) else _SHORT.__getitem__, numbers))


def written_list(numbers: Sequence[int]) -> str:
    """Write a list of documents."""
    return written_places({0: numbers}) if numbers else ""


def written_places(by_bits: Mapping[int, Sequence[int]]) -> str:
    """Write where one gram stands: for each kind of place its bits, how many documents, and the steps from one to the next."""
    parts = []
    for bits in sorted(by_bits):
        numbers = by_bits[bits]
        parts += [_number(bits), _number(len(numbers)), _number(numbers[0])]
        parts.append(_steps(numbers))
    return "".join(parts)


def _steps(numbers: Sequence[int]) -> str:
    steps = map(sub, islice(numbers, 1, None), numbers)
    return "".join(map(_number, steps)) if numbers[-1] >= len(_SHORT) else "".join(map(_SHORT.__getitem__, steps))


def _read(written: str) -> dict[int, list[int]]:
    """Read what ``written_places`` wrote."""
    numbers = _numbers(written)
    places: dict[int, list[int]] = {}
    for bits in numbers:
        count = next(numbers)
        places[bits] = list(accumulate(islice(numbers, count)))
    return places


def _numbers(written: str) -> Iterator[int]:
    number, scale = 0, 1
    for character in written:
        value = _VALUES[character]
        if value < _BASE:
            yield number + value * scale
            number, scale = 0, 1
        else:
            number, scale = number + (value - _BASE) * scale, scale * _BASE


def _spell(number: int) -> str:
    parts = []
    while number >= _BASE:
        number, rest = divmod(number, _BASE)
        parts.append(_MORE[rest])
    return "".join(parts) + _LAST[number]


_VALUES = {character: value for value, character in enumerate(_LAST + _MORE)}
_SHORT = [_spell(number) for number in range(_BASE * _BASE)]


def _number(number: int) -> str:
    return _SHORT[number] if number < len(_SHORT) else _spell(number)

"""The search index as pure functions: the grams of one document, and the files made of all documents' grams.

A gram is two characters of the folded text (``text/search_key.py``). For every gram the index says in which documents it
stands, and where in them. The grams are dealt to 256 files by their first character, so that a query fetches only the
few files of its own characters, and all grams that begin with one character (a query of one character) lie together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from tsunagite.text.search_key import key, runs
from tsunagite.views.search import SearchDocument

SHARDS = 256
NAME, READING, TEXT, START, END = 1, 2, 4, 8, 16  # bits: the field; whether the gram begins or ends a name or reading

# Numbers are written in printable characters that JSON leaves as they are: 45 that end a number, 45 that go on. Text
# files are compressed by every host; a binary file often is not.
_CHARACTERS = "".join(chr(code) for code in range(35, 127) if code != ord("\\"))[:90]
_BASE = 45
_LAST, _MORE = _CHARACTERS[:_BASE], _CHARACTERS[_BASE:]

Postings = Mapping[str, int]
"""The grams of one document, each with the bits of all places where it stands."""


def postings_of(document: SearchDocument) -> dict[str, int]:
    """Return the grams of one document. A telephone number is found by its last four digits and the three before."""
    found: dict[str, int] = defaultdict(int)
    for field, names in ((NAME, (document.name,)), (READING, document.readings)):
        for name in names:
            _add_name(found, key(name), field)
    for text in document.texts:
        for run in runs(text):
            for at in range(len(run) - 1):
                found[run[at : at + 2]] |= TEXT
    for digits in document.phones:
        found[f"#{digits[-4:]}"] |= TEXT
        found[f"#{digits[-7:-4]}"] |= TEXT
    return found


def _add_name(found: dict[str, int], name: str, field: int) -> None:
    last = len(name) - 2
    for at in range(last + 1):
        found[name[at : at + 2]] |= field | (START if at == 0 else 0) | (END if at == last else 0)
    if name:
        found[f"{name[-1]}$"] |= field | END | (START if len(name) == 1 else 0)


def shard_of(gram: str) -> int:
    """Return the number of the file a gram stands in."""
    return int(gram[1:]) % SHARDS if gram[0] in "#@" else ord(gram[0]) % SHARDS


def shards_of(documents: Iterable[Postings], terms: Sequence[Sequence[int] | None]) -> Iterator[tuple[int, bytes]]:
    """Yield (number, content) of every file of grams. The records of term n stand under ``@n`` (None: all, not written)."""
    places: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, postings in enumerate(documents):
        for gram, bits in postings.items():
            places[gram][bits].append(number)
    for number, records in enumerate(terms):
        if records is not None:
            places[f"@{number}"][0].extend(records)
    shards: list[list[str]] = [[] for _ in range(SHARDS)]
    for gram in places:
        shards[shard_of(gram)].append(gram)
    for number, grams in enumerate(shards):
        content = {gram: _written(places[gram]) for gram in sorted(grams)}
        yield number, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _written(by_bits: Mapping[int, Sequence[int]]) -> str:
    """Write one gram: for each kind of place its bits, how many documents, and the steps from one to the next."""
    parts = []
    for bits in sorted(by_bits):
        numbers = by_bits[bits]
        parts += [_number(bits), _number(len(numbers)), _number(numbers[0])]
        parts += [_number(after - before) for before, after in pairwise(numbers)]
    return "".join(parts)


def _spell(number: int) -> str:
    parts = []
    while number >= _BASE:
        number, rest = divmod(number, _BASE)
        parts.append(_MORE[rest])
    return "".join(parts) + _LAST[number]


_SHORT = [_spell(number) for number in range(_BASE * _BASE)]


def _number(number: int) -> str:
    return _SHORT[number] if number < len(_SHORT) else _spell(number)

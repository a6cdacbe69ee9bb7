"""`tsunagite readings suggest`: readings for frequent words that have none yet, written where a person decides about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tsunagite.editing.proposals import UNDECIDED, written_proposals
from tsunagite.i18n import catalogue
from tsunagite.importing.readings import ReadWord, words_of
from tsunagite.records.load.readings import built_in_readings
from tsunagite.records.yaml.reader import dump
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.text.furigana import Readings, readings_of_runs

OFTEN = 3
"""A word that stands there less often is not worth a person's time."""
_HEAD = """\
# ふりがなの候補。tsunagite readings suggest が書き、人が決めます。使うのは、decision が「採用」のことばだけです。
# 読みは機械が付けたものです。一つずつ確かめてください。前後で読みが変わることば（今日、人気、上手など）は「不採用」にします。
"""


@dataclass(frozen=True)
class SuggestedReadings:
    """What a run found: how many new proposals, how many words were decided before, the file."""

    proposed: int
    decided: int
    file: str


def suggest(root: Path, file: str, most: int) -> SuggestedReadings:
    """Write at most ``most`` new proposals to ``file`` (below ``root``), the most frequent first, behind those that were decided before.

    Names of persons and places are never proposed: a machine cannot know how they are read.
    Raises UsageError where the file is broken or SudachiPy is not installed.
    """
    decided = [one for one in written_proposals(root / file, file) if str(one.get("decision", UNDECIDED)) != UNDECIDED]
    known = {str(one.get("word")) for one in decided}
    readings = Readings(built_in_readings())
    counts: Counter[tuple[str, str]] = Counter()
    for text in _texts(root):
        covered = {place for begin, end, _ in readings.pieces(text) for place in range(begin, end)}
        for word in words_of(text):
            if word.begin not in covered and not word.is_name and word.written not in known and _can_be_divided(word):
                counts[word.written, word.reading] += 1
    fresh = [
        {"word": word, "reading": reading, "decision": UNDECIDED, "count": count}
        for (word, reading), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        if count >= OFTEN
    ][:most]
    write_files(root, {file: _HEAD + dump({"terms": [*decided, *fresh]})})
    return SuggestedReadings(len(fresh), len(decided), file)


def _can_be_divided(word: ReadWord) -> bool:
    return bool(readings_of_runs(word.written, word.reading))


def _texts(root: Path) -> Iterator[str]:
    """Yield the lines of the guides and the words of the pages."""
    for path in sorted((root / "content").rglob("*.md")):
        yield from path.read_text(encoding="utf-8").splitlines()
    yield from catalogue("ja")["ui"].values()

"""`tsunagite words suggest`: proposals for words that no vocabulary has, written where a person decides about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tsunagite.editing.proposals import UNDECIDED, written_proposals
from tsunagite.editing.words.frequent import frequent_words, phrases_in_guides, words_of_files
from tsunagite.editing.words.propose import Meaning, Meanings, Measured, Proposal
from tsunagite.editing.words.sentence_model import embed
from tsunagite.errors import UsageError
from tsunagite.findings import has_errors
from tsunagite.records.load.suggested_words import MEANT, meanings
from tsunagite.records.load.tree import read_surroundings
from tsunagite.records.load.vocabularies import vocabularies_of
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.yaml.reader import dump
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.text.normalize import compare_key

RIGHT = 0.85
"""The share of known words that must be given back to their own term: with less, a reader of proposals stops reading."""
MARGINS = tuple(step / 100 for step in range(5, 31))
_HEAD = """\
# さがすことばの候補。tsunagite words suggest が書き、人が決めます。さがすときに使うのは、decision が「採用」のことばだけです。
# 使わないものは「不採用」にします（消すと、次にまた候補に出ます）。means は書きかえてかまいません（語の名前か別名）。
"""


@dataclass(frozen=True)
class Suggested:
    """What a run found: how sure the model is of known words, the new proposals, how many words were decided before."""

    measured: Measured
    proposals: tuple[Proposal, ...]
    asked: int
    decided: int


def suggest(root: Path, file: str, lists: Sequence[Path] = (), most: int = 200) -> Suggested:
    """Write at most ``most`` new proposals to ``file`` (below ``root``), behind those that were decided before.

    Looked at are the words of the ``lists``; where none is given, the phrases of the guides and frequent words (some minutes).

    Raises UsageError where the folder is no site, the file is broken, or the extra ``[words]`` is not installed.
    """
    vocabularies, findings = vocabularies_of(read_surroundings(root)[0])
    if broken := [finding for finding in findings if has_errors([finding])]:
        raise UsageError(
            f"{broken[0].place.file} にまちがいがあります。 → tsunagite check で直してから、もう一度お試しください。"
        )
    spellings = _spellings(vocabularies)
    written = written_proposals(root / file, file)
    decided = [one for one in written if str(one.get("decision", UNDECIDED)) != UNDECIDED]
    known = {compare_key(word) for word in chain(spellings, (str(one.get("word")) for one in decided))}
    heard = words_of_files(lists) if lists else chain(phrases_in_guides(root / "content"), frequent_words())
    candidates = _new(heard, known)
    vectors = embed(candidates)
    space = Meanings(spellings, embed(list(spellings)), vectors)
    measured = space.measure(RIGHT, MARGINS)
    proposals = tuple(space.propose(candidates, vectors, measured.margin)[:most])
    fresh = [{"word": one.word, "means": one.means, "decision": UNDECIDED, **_evidence(one)} for one in proposals]
    write_files(root, {file: _HEAD + dump({"terms": [*decided, *fresh]})})
    return Suggested(measured, proposals, len(candidates), len(decided))


def _evidence(one: Proposal) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(one).items()
        if name not in ("word", "means")
    }


def _spellings(vocabularies: Vocabularies) -> dict[str, Meaning]:
    """Return every spelling of every term that a word can mean, as it is written, and what it stands for."""
    stands_for = meanings(vocabularies)
    return {
        spelling: stands_for[compare_key(spelling)]
        for name in MEANT
        for term in vocabularies[name]
        for spelling in (term.label, *term.aliases, *term.also_called)
    }


def _new(words: Iterable[str], known: set[str]) -> list[str]:
    """Return the words that are not known yet, each once, in their order."""
    found: dict[str, str] = {}
    for word in words:
        folded = compare_key(word)
        if folded not in known:
            found.setdefault(folded, word)
    return list(found.values())

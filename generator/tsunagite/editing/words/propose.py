"""Which meaning a new word probably has: nearest spelling of a known term, and how sure that is. Pure; vectors come from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tsunagite.editing.words.sentence_model import Vectors

Meaning = tuple[str, ...]
"""What is found by a word: labels of terms."""
LEAST_SCORE = 0.6
"""Below this cosine two short texts have nothing in common but their length: no proposal."""
NEIGHBOURS = 80
"""Spellings looked at per word: more than any meaning has."""
NEAR = 3


@dataclass(frozen=True)
class Proposal:
    """A word with its nearest meaning: the spelling it is like, the cosine, how much further the second nearest meaning is."""

    word: str
    means: str
    score: float
    margin: float
    near: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """How often the model is right about words whose meaning is known, where the second meaning is at least ``margin`` further off."""

    margin: float
    words: int
    right: float
    """0 to 1."""


class Meanings:
    """Known spellings as vectors. Vectors are moved so that the mean of all texts is zero: it says "Japanese", not what is meant."""

    def __init__(self, spellings: Mapping[str, Meaning], vectors: Vectors, others: Vectors) -> None:
        """Take the spellings, their vectors in the same order, and those of the ``others`` that will be asked about."""
        self.spellings = tuple(spellings)
        self.meanings = tuple(spellings.values())
        self._mean = np.vstack([vectors, others]).mean(axis=0) if len(others) else vectors.mean(axis=0)
        self._vectors = self._centred(vectors)

    def _centred(self, vectors: Vectors) -> Vectors:
        moved = vectors - self._mean
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        centred: Vectors = (moved / np.where(length == 0, 1, length)).astype(np.float32)
        return centred

    def _ranked(self, cosines: np.ndarray) -> list[tuple[float, int]]:
        """Return the best spelling of each of the nearest meanings: its cosine and its place, best first."""
        best: dict[Meaning, tuple[float, int]] = {}
        for place in np.argsort(-cosines, kind="stable")[:NEIGHBOURS]:
            best.setdefault(self.meanings[place], (float(cosines[place]), int(place)))
        return list(best.values())

    def propose(self, words: Sequence[str], vectors: Vectors, margin: float) -> list[Proposal]:
        """Return the words that are near enough to one meaning and at least ``margin`` nearer to it than to a second, surest first."""
        found = []
        for word, cosines in zip(words, self._centred(vectors) @ self._vectors.T, strict=True):
            ranked = self._ranked(cosines)
            score, place = ranked[0]
            ahead = score - (ranked[1][0] if len(ranked) > 1 else -1)
            if score >= LEAST_SCORE and ahead >= margin:
                near = tuple(self.spellings[other] for _, other in ranked[:NEAR])
                found.append(Proposal(word, self.spellings[place], round(score, 2), round(ahead, 2), near))
        return sorted(found, key=lambda one: (-one.margin, -one.score, one.word))

    def measure(self, wanted: float, margins: Sequence[float]) -> Measured:
        """Return the smallest margin at which the share ``wanted`` of known words is right, each asked about as if it were new.

        Where no margin reaches it, the largest one, with the share it has.
        """
        cosines = self._vectors @ self._vectors.T
        np.fill_diagonal(cosines, -1)
        alone = {one for one in set(self.meanings) if self.meanings.count(one) == 1}
        asked = []
        for place, own in enumerate(self.meanings):
            if own in alone:
                continue
            ranked = self._ranked(cosines[place])
            if ranked[0][0] >= LEAST_SCORE:
                second = ranked[1][0] if len(ranked) > 1 else -1
                asked.append((ranked[0][0] - second, self.meanings[ranked[0][1]] == own))
        measured = Measured(0, 0, 0)
        for margin in margins:
            right = [is_right for ahead, is_right in asked if ahead >= margin]
            measured = Measured(margin, len(right), sum(right) / len(right) if right else 0)
            if measured.right >= wanted:
                break
        return measured

"""Recall and precision of a search on the queries of queries.yml: how much of the truth is found, and on top."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.engines import Engine
from benchmarks.truth import Query

FIRST = 10
HALVES = ("tune", "second", "third", "held_out")
LOOKED_AT = ("tune", "second", "third")


class Score(NamedTuple):
    """How one query fared."""

    query: Query
    recall: float
    precision: float
    hit: bool
    missing: list[str]
    wrong: list[str]


def score(query: Query, found: Sequence[str], known: frozenset[str]) -> Score:
    """Judge one list of results. Pages that are neither ``known`` nor asked for (lists, most guides) are passed over.

    Recall: the share of the true records that are found. Precision at 10: of the first 10 results (or of as many as
    there are true records, where those are fewer) the share that is true or fine; a missing result is a wrong one.
    A query with a typing error hits when a true record stands among the first 10.
    """
    ranked = [one for one in found if one in known or one in query.find | query.fine]
    places = min(FIRST, len(query.find))
    right = [one for one in ranked[:places] if one in query.find | query.fine]
    missing = [one for one in sorted(query.find) if one not in set(ranked)]
    hit = bool(query.find & {*ranked[:FIRST]})
    wrong = [one for one in ranked[:places] if one not in query.find | query.fine]
    return Score(query, 1 - len(missing) / len(query.find), len(right) / places, hit, missing, wrong)


def ask(engine: Engine, queries: Sequence[Query], known: frozenset[str]) -> list[Score]:
    """Put every query to a search."""
    return [score(query, engine.find(query.text), known) for query in queries]


def summary(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return the means of every half and of all; queries with a typing error are counted by themselves."""
    return {half: _means([one for one in scores if half in (one.query.half, "all")]) for half in ("all", *HALVES)}


def _means(scores: Sequence[Score]) -> dict[str, float]:
    spelled = [one for one in scores if not one.query.typo]
    typos = [one for one in scores if one.query.typo]
    return {
        "queries": len(scores),
        "recall": round(statistics.fmean(one.recall for one in spelled), 3),
        "precision": round(statistics.fmean(one.precision for one in spelled), 3),
    } | ({"typos found": round(statistics.fmean(one.hit for one in typos), 3)} if typos else {})


def report(scores: Sequence[Score]) -> str:
    """Return what failed in the halves that may be looked at, as Markdown."""
    lines = ["| query | recall | P@10 | true | missing | wrong on top |", "|---|--:|--:|--:|---|---|"]
    for one in scores:
        failed = not one.hit if one.query.typo else one.recall < 1 or one.precision < 1
        if one.query.half in LOOKED_AT and failed:
            text = f"{one.query.text}（誤字）" if one.query.typo else one.query.text
            lines.append(
                f"| {text} | {one.recall:.2f} | {one.precision:.2f} | {len(one.query.find)} |"
                f" {' '.join(one.missing[:12])} | {' '.join(one.wrong)} |"
            )
    return "\n".join(lines) + "\n"

"""Recall and precision of a search on the queries: how much of the truth is found, and on top; and who is called in an emergency."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any, NamedTuple

from benchmarks.engines import Engine, Ours
from benchmarks.truth import Query

FIRST = 10
HALVES = ("tune", "second", "third", "held_out", "fresh", "kept")
LOOKED_AT = ("tune", "second", "third", "fresh")


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
    """Put every query that has something to find to a search."""
    return [score(query, engine.find(query.text), known) for query in queries if query.find]


def summary(scores: Sequence[Score]) -> dict[str, dict[str, Any]]:
    """Return the means of every half, of the groups inside it and of all; typing errors are counted by themselves."""
    means: dict[str, dict[str, Any]] = {}
    for half in ("all", *HALVES):
        its = [one for one in scores if half in (one.query.half, "all")]
        if not its:
            continue
        means[half] = _means(its)
        groups = dict.fromkeys(one.query.group for one in its if one.query.group and half != "all")
        if groups:
            means[half]["groups"] = {
                group: _means([one for one in its if one.query.group == group]) for group in groups
            }
    return means


def emergencies(engine: Ours, queries: Sequence[Query]) -> dict[str, dict[str, float]]:
    """Return for each half with emergencies how many there are, and two shares.

    ``called``: of the emergencies, the share where the right number stands first above the results. ``in vain``: of
    the other queries of the half, the share above whose results any number stands.
    """
    found = {}
    for half in HALVES:
        its = [query for query in queries if query.half == half]
        meant = [query for query in its if query.number]
        if meant:
            called = [engine.numbers(query.text)[:1] == [query.number] for query in meant]
            in_vain = [bool(engine.numbers(query.text)) for query in its if not query.number]
            found[half] = {
                "emergencies": len(meant),
                "called": round(statistics.fmean(called), 3),
                "in vain": round(statistics.fmean(in_vain), 3),
            }
    return found


def _means(scores: Sequence[Score]) -> dict[str, Any]:
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

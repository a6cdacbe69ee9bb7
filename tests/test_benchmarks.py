"""`make bench` runs, judges by the rules it tells, and docs/benchmarks.md says what was measured."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.__main__ import RESULT, ROWS, measure
from benchmarks.papers import measure_papers
from benchmarks.recall import score
from benchmarks.truth import Query

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.browser
def test_a_tiny_run_measures_our_own_rows() -> None:
    with ProcessPoolExecutor(
        1, get_context("spawn")
    ) as pool:  # Playwright runs once in a process, and the tests use it
        result = pool.submit(measure, [20], 1, set(ROWS) - {"recall", "papers"}, peers=False).result()
    text = report.section(result)
    assert set(result["builds"]["20"]["seconds"]) >= {
        "floor",
        "raw write",
        "cold",
        "no change",
        "one edit",
        "one edit of a fee",
    }
    assert result["builds"]["20"]["output"]["all"]["files"] > 20
    assert result["builds"]["20"]["search index cpu"][0] > 0
    assert result["map"]["20"]["kB"] > result["map"]["20"]["data kB"] > 0
    assert result["pages"]["20"]["ours"]["requests"] >= 2
    assert result["search"]["20"]["ours"]["kB"] > 5
    assert result["directory"]["20"]["kB"] > 20
    assert result["directory"]["20"]["facet ms"] > 0
    assert "| rebuild without a change / cold | " in text


def test_a_booklet_and_the_leaflets_of_a_town_are_measured() -> None:
    result = measure_papers(ROOT / "tests" / "sites" / "faces", date(2026, 11, 22), 1, print)
    assert result["booklet kB"] > 5
    assert result["leaflets"] > 2
    assert result["leaflets s"] > 0


def test_the_documentation_says_what_was_measured_last() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert report.into(page, json.loads(RESULT.read_text(encoding="utf-8"))) == page


@pytest.mark.parametrize(
    ("found", "recall", "precision"),
    [
        (["a", "b"], 1.0, 1.0),
        (["list", "b", "a"], 1.0, 1.0),  # a page of a list is neither right nor wrong
        (["x", "a", "b"], 1.0, 0.5),
        (["c", "a", "b"], 1.0, 1.0),  # fine, though nobody asked for it
        (["a"], 0.5, 0.5),
        ([], 0.0, 0.0),
    ],
)
def test_recall_and_precision_follow_their_definition(found: list[str], recall: float, precision: float) -> None:
    query = Query("q", "tune", "resident", typo=False, find=frozenset("ab"), fine=frozenset("c"))
    one = score(query, found, frozenset("abcx"))
    assert (one.recall, one.precision) == (recall, precision)


def test_a_typing_error_hits_only_among_the_first_ten() -> None:
    query = Query("q", "tune", "resident", typo=True, find=frozenset("a"), fine=frozenset())
    crowd = [str(number) for number in range(10)]
    known = frozenset([*crowd, "a"])
    assert not score(query, [*crowd, "a"], known).hit
    assert score(query, [*crowd[:9], "a"], known).hit


def test_a_figure_is_judged_by_the_bound_it_meets() -> None:
    met = [report.Figure("", value, 2.5, 1.8, report.unit("{:.1f}")).met() for value in (1.8, 2.5, 2.6, None)]
    assert met == ["goal", "must", "**no**", ""]
    assert report.Figure("", 0.95, 0.9, 0.97, report.unit("{:.1f}"), at_least=True).met() == "must"

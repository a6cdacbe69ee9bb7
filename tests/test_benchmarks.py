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
from benchmarks.analysis import measure_analysis
from benchmarks.papers import measure_papers
from benchmarks.recall import ask, emergencies, score, summary
from benchmarks.recall import report as tune_report
from benchmarks.truth import Query

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.browser
def test_a_tiny_run_measures_our_own_rows() -> None:
    with ProcessPoolExecutor(
        1, get_context("spawn")
    ) as pool:  # Playwright runs once in a process, and the tests use it
        result = pool.submit(
            measure, [20], 1, set(ROWS) - {"recall", "papers", "analysis", "lighthouse"}, peers=False
        ).result()
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


def test_scores_of_pages_stand_below_the_least_that_is_aimed_at() -> None:
    result = {
        "lighthouse": {"home": {"performance": 97.0, "accessibility": 100.0, "best-practices": 100.0, "seo": 92.0}}
    }
    assert report.lighthouse(result).splitlines() == [
        "| Lighthouse, phone | performance (≥ 95) | accessibility (≥ 100) | best-practices (≥ 100) | seo (≥ 100) |",
        "|---|--:|--:|--:|--:|",
        "| home | 97 | 100 | 100 | 92 |",
    ]
    assert report.lighthouse({}) == ""


def test_a_booklet_and_the_leaflets_of_a_town_are_measured() -> None:
    result = measure_papers(ROOT / "tests" / "sites" / "faces", date(2026, 11, 22), 1, print)
    assert result["booklet kB"] > 5
    assert result["leaflets"] > 2
    assert result["leaflets s"] > 0


def test_the_assessment_of_a_made_up_city_is_measured() -> None:
    result = measure_analysis(1, print, records=60)
    assert (result["records"], result["towns"]) == (60, 255)
    assert min(result["counted s"], result["pages s"], result["report s"]) > 0


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


class Answers:
    """A search that finds ``a`` for all but nowhere, and shows 119 above what speaks of a fire."""

    name = "answers"

    def find(self, words: str) -> list[str]:
        return [] if "nowhere" in words else ["a"]

    def numbers(self, words: str) -> list[str]:
        return ["119"] if "fire" in words else []


def test_halves_and_groups_are_told_and_of_the_kept_half_only_figures() -> None:
    def query(text: str, half: str, group: str = "", find: str = "", number: str = "") -> Query:
        return Query(text, half, "resident", "oen" in text, frozenset(find), frozenset(), group, number)

    queries = [
        query("old", "tune", find="a"),
        query("oen character wrong", "tune", find="a"),
        query("half found", "fresh", "names", find="ab"),
        query("a fire brigade", "fresh", "places", find="a"),
        query("the roof is on fire", "fresh", "emergencies", number="119"),
        query("kept and not found", "kept", "names", find="b"),
        query("kept and found", "kept", "places", find="a"),
        query("somebody broke in", "kept", "emergencies", number="110"),
    ]
    scores = ask(Answers(), queries, frozenset("ab"))
    means = summary(scores)
    assert {half: one["recall"] for half, one in means.items()} == {"all": 0.7, "tune": 1, "fresh": 0.75, "kept": 0.5}
    assert {name: one["recall"] for name, one in means["fresh"]["groups"].items()} == {"names": 0.5, "places": 1}
    assert "half found" in tune_report(scores)
    assert "kept" not in tune_report(scores)
    calls = emergencies(Answers(), queries)
    assert calls == {
        "fresh": {"emergencies": 1, "called": 1, "in vain": 0.5},
        "kept": {"emergencies": 1, "called": 0, "in vain": 0},
    }
    for half, figures in calls.items():
        means[half]["emergencies"] = figures
    page = report.recall({"recall": {"ours": means}})
    assert "| names | ours | 0.500 | 0.500 | 0.000 | 0.000 |" in page
    assert "Emergencies, fresh: above 100% of 1 the right number stands first; above 50% of the other" in page


def test_a_figure_is_judged_by_the_bound_it_meets() -> None:
    met = [report.Figure("", value, 2.5, 1.8, report.unit("{:.1f}")).met() for value in (1.8, 2.5, 2.6, None)]
    assert met == ["goal", "must", "**no**", ""]
    assert report.Figure("", 0.95, 0.9, 0.97, report.unit("{:.1f}"), at_least=True).met() == "must"

"""The queries that search is measured by: each has something to find, and the first two halves ask for the same sorts of things."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.truth import GUIDE, Districts, Query, Record, holds, read_entries, read_queries, read_records, rules_of

ROOT = Path(__file__).resolve().parents[2]
PLACED = {
    "id": "a",
    "kind": "公園",
    "name": "牟礼桜ヶ丘公園",
    "location": {"address": "香川県高松市香西本町1"},
    "phones": [{"number": "087-000-0001"}],
    "attributes": {"一時預かり": "無"},
}


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return read_records(ROOT / "resources")


@pytest.fixture(scope="module")
def queries(records: list[Record]) -> list[Query]:
    return read_queries(records, ROOT / "content")


def test_every_query_has_something_to_find_or_somebody_to_call(queries: list[Query]) -> None:
    assert [query.text for query in queries if bool(query.find) == bool(query.number)] == []


def test_no_query_is_asked_twice_and_no_half_is_favoured(queries: list[Query]) -> None:
    assert len({query.text for query in queries}) == len(queries) >= 700
    for one, other in (("tune", "held_out"), ("fresh", "kept")):
        halves = [[query for query in queries if query.half == half] for half in (one, other)]
        kinds = [Counter((query.group, query.typo, bool(query.number)) for query in half) for half in halves]
        assert kinds[0] == kinds[1]
        assert {query.by for query in halves[0]} == {query.by for query in halves[1]}


def test_every_rule_of_the_fresh_questions_holds_for_a_record_and_names_what_exists(
    queries: list[Query], records: list[Record]
) -> None:
    districts = Districts(records)
    resources = [record for record in records if {"kind", "name"} <= record.keys()]
    ids = {record["id"] for record in resources}
    guides = {path.stem for path in (ROOT / "content").rglob("*.md")}
    for half, _, entry in read_entries():
        if half not in ("fresh", "kept"):
            continue
        for rule in (*rules_of(entry.get("find")), *rules_of(entry.get("fine"))):
            assert {*rule.get("ids", ())} <= ids, entry
            assert {*rule.get("guide", ())} <= guides, entry
        for rule in rules_of(entry.get("find")):
            assert "guide" in rule or any(holds(rule, record, districts) for record in resources), entry
    assert GUIDE + "end-of-life" in {found for query in queries for found in query.find}


@pytest.mark.parametrize(
    ("rule", "true"),
    [
        ({"kinds": ["公園"], "address": ["香西本町"]}, True),
        ({"kinds": ["公園"], "address": ["香西東町"]}, False),
        ({"name": ["桜が丘"]}, False),  # the truth knows no spelling but the record's own
        ({"name": ["牟礼 桜ヶ丘"]}, True),
        ({"phone": ["0870000001"]}, True),
        ({"district": ["kozai"]}, True),
        ({"guide": ["help"]}, False),
        ({"offers": ["一時預かり"]}, False),  # a list says it of every nursery: 有 or 無
        ({"attribute": ["一時預かり"]}, True),
    ],
)
def test_a_rule_is_judged_by_the_fields_of_a_record(rule: dict[str, list[str]], true: bool) -> None:
    districts = Districts([{"id": "t", "name": "香西本町", "level": "町字", "parent": "kozai"}])
    assert holds(rule, PLACED, districts) is true

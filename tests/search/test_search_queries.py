"""The queries that search is measured by: each has something to find, and the first two halves ask for the same sorts of things."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.truth import Districts, Query, holds, read_queries, read_records

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
def queries() -> list[Query]:
    return read_queries(read_records(ROOT / "resources"), ROOT / "content")


def test_every_query_has_something_to_find(queries: list[Query]) -> None:
    assert [query.text for query in queries if not query.find] == []


def test_no_query_is_asked_twice_and_no_half_is_favoured(queries: list[Query]) -> None:
    assert len({query.text for query in queries}) == len(queries) >= 300
    halves = [[(query.by, query.typo) for query in queries if query.half == half] for half in ("tune", "held_out")]
    assert len(halves[0]) == len(halves[1])
    assert set(halves[0]) == set(halves[1])


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

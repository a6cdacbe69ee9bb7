"""What the list changed is taken, what people changed stays, and where both moved apart both values are reported."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.importing.draft import Take
from tsunagite.importing.plan.three_way import FieldChange, Outcome, name_of, three_way

BASE: dict[str, Any] = {
    "id": "a-1",
    "name": "さくら",
    "name_kana": "さくら",
    "kana_source": "suggested",
    "needs": ["介護", "見守り"],
    "phones": [{"number": "087-000-0001"}, {"number": "087-000-0002", "type": "fax"}],
    "location": {"address": "見本市本町1", "lat": 34.1, "lng": 134.1},
    "hours": [{"days": "月-金", "open": "9:00", "close": "17:00"}],
    "capacity": 10,
    "sources": [{"source": "list", "row": "1"}],
}


def merged(ours: dict[str, Any], theirs: dict[str, Any], take: Take | None = None) -> Outcome:
    """Merge a record and a list that each differ from BASE by the given fields (None: the field is gone)."""
    here, proposed = ({k: v for k, v in {**BASE, **change}.items() if v is not None} for change in (ours, theirs))
    return three_way(BASE, here, proposed, lambda _path: take)


def paths(outcome: Outcome) -> tuple[list[str], list[str], list[str]]:
    return ([name_of(one.path) for one in outcome.changes], [name_of(one.path) for one in outcome.conflicts],
            [name_of(path) for path in outcome.kept])  # fmt: skip


def test_what_the_list_changed_is_taken_and_what_people_changed_stays() -> None:
    outcome = merged(
        {"memo": "電話で確かめた", "capacity": 12}, {"location": {**BASE["location"], "address": "見本市東町2"}}
    )
    assert outcome.changes == [FieldChange(("location", "address"), "見本市本町1", "見本市東町2")]
    assert (outcome.data["location"]["address"], outcome.data["capacity"], outcome.data["memo"]) == (
        "見本市東町2",
        12,
        "電話で確かめた",
    )
    assert paths(outcome)[1:] == ([], ["capacity", "memo"])


def test_where_both_changed_the_record_stays_and_both_values_are_told_again_next_time() -> None:
    outcome = merged({"capacity": 12}, {"capacity": 15, "name": "さくら会"})
    [conflict] = outcome.conflicts
    assert (conflict.base, conflict.here, conflict.proposed) == (10, 12, 15)
    assert (outcome.data["capacity"], outcome.data["name"]) == (12, "さくら会")
    assert (outcome.base["capacity"], outcome.base["name"]) == (10, "さくら会")
    again = three_way(outcome.base, outcome.data, {**BASE, "capacity": 15, "name": "さくら会"})
    assert paths(again)[1] == ["capacity"]


@pytest.mark.parametrize(("take", "value"), [(Take.LIST, 15), (Take.RECORD, 12)])
def test_a_decision_ends_the_conflict(take: Take, value: int) -> None:
    outcome = merged({"capacity": 12}, {"capacity": 15}, take)
    assert (outcome.data["capacity"], outcome.base["capacity"], outcome.conflicts) == (value, 15, [])


def test_both_saying_the_same_is_no_conflict() -> None:
    outcome = merged({"capacity": 15}, {"capacity": 15})
    assert (paths(outcome), outcome.base["capacity"]) == (([], [], []), 15)


def test_what_people_deleted_stays_deleted_unless_the_list_says_something_new() -> None:
    assert "capacity" not in merged({"capacity": None}, {"name": "x"}).data
    assert paths(merged({"capacity": None}, {"capacity": 15}))[1] == ["capacity"]
    assert "capacity" not in merged({}, {"capacity": None}).data
    assert paths(merged({"capacity": 12}, {"capacity": None}))[1] == ["capacity"]


def test_words_are_merged_one_by_one() -> None:
    outcome = merged({"needs": ["体を動かす", "介護", "見守り"]}, {"needs": ["介護", "買い物"]})
    assert outcome.data["needs"] == ["体を動かす", "介護", "買い物"]
    assert outcome.conflicts == []


def test_a_point_is_one_thing() -> None:
    ours = {"location": {**BASE["location"], "lat": 34.2, "lng": 134.2}}
    theirs = {"location": {**BASE["location"], "lat": 34.1, "lng": 134.9}}
    outcome = merged(ours, theirs)
    assert paths(outcome)[1] == ["location.lat・lng"]
    assert outcome.data["location"] == ours["location"]


def test_a_label_beside_a_number_outlives_a_new_number() -> None:
    ours = [{"number": "087-000-0001", "label": "受付", "hours": "平日9時から"}, BASE["phones"][1]]
    outcome = merged({"phones": ours}, {"phones": [{"number": "087-000-0009"}, BASE["phones"][1]]})
    assert outcome.data["phones"] == [
        {"number": "087-000-0009", "label": "受付", "hours": "平日9時から"},
        BASE["phones"][1],
    ]
    assert outcome.conflicts == []
    assert outcome.base["phones"] == [{"number": "087-000-0009"}, BASE["phones"][1]]


def test_a_number_people_added_stays_beside_a_new_one_of_the_list() -> None:
    mine = {"number": "087-000-0005", "label": "夜間"}
    outcome = merged({"phones": [*BASE["phones"], mine]}, {"phones": [*BASE["phones"], {"number": "087-000-0008"}]})
    assert outcome.data["phones"] == [*BASE["phones"], mine, {"number": "087-000-0008"}]


def test_a_reading_that_people_gave_meets_a_new_name_as_a_conflict() -> None:
    ours = {"name_kana": "おうか", "kana_source": None}
    outcome = merged(ours, {"name": "桜花会", "name_kana": "さくらはなかい"})
    assert (outcome.data["name"], outcome.data["name_kana"]) == ("桜花会", "おうか")
    assert paths(outcome)[1] == ["name_kana・kana_source"]


_RECORDS = st.fixed_dictionaries(
    {"id": st.just("a-1")},
    optional={
        "name": st.sampled_from("xyz"),
        "capacity": st.integers(1, 3),
        "needs": st.lists(st.sampled_from("pqr"), unique=True, min_size=1),
        "location": st.dictionaries(st.sampled_from(["address", "lat", "lng"]), st.integers(1, 2), min_size=1),
        "phones": st.lists(st.sampled_from("123"), unique=True, min_size=1).map(
            lambda all_: [{"number": n} for n in all_]
        ),
    },
)


@given(_RECORDS, _RECORDS, _RECORDS)
def test_nothing_is_ever_lost_in_silence(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert three_way(base, ours, base).data == ours
    assert three_way(base, base, theirs).conflicts == []
    outcome = three_way(base, ours, theirs)
    told = {one.path[0] for one in (*outcome.changes, *outcome.conflicts)}
    for key in {*base, *ours, *theirs}:
        if outcome.data.get(key) != ours.get(key):
            assert key in told or {"name_kana"} & told
        if ours.get(key) == base.get(key) and not isinstance(theirs.get(key), list | dict):
            assert outcome.data.get(key) == theirs.get(key)
    assert three_way(outcome.base, outcome.data, theirs).changes == []


def test_the_same_list_again_changes_nothing_more() -> None:
    theirs = {**BASE, "capacity": 15, "phones": [{"number": "087-000-0009"}]}
    first = three_way(BASE, {**BASE, "memo": "x", "capacity": 12}, theirs)
    again = three_way(first.base, first.data, theirs)
    assert (again.data, again.base, again.changes) == (first.data, first.base, [])

"""Values as people write them become values as pages need them, or a finding that says what was wrong."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagite.findings import Finding, SourceLocation
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.model.base.problems import CODES, OTHER, validate
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source

WORDS = built_in_vocabularies()
LEAST = {"id": "sakura", "name": "さくら", "kind": "体操の会"}


def read(**changes: Any) -> Resource:
    record, findings = validate(Resource, {**LEAST, **changes}, SourceLocation("x.yml"), WORDS)
    assert findings == []
    assert record is not None
    return record


def refused(**changes: Any) -> Finding:
    record, findings = validate(Resource, {**LEAST, **changes}, SourceLocation("x.yml"), WORDS)
    assert record is None
    (finding,) = findings
    return finding


def test_three_fields_make_a_record():
    record = read()
    assert (record.kind, record.stage, record.status, record.needs) == ("exercise_group", "existing", "open", ())


@pytest.mark.parametrize("written", ["体操の会", "exercise_group", " 体操の会 ", "体操 の会"])
def test_a_term_may_be_written_as_label_or_id_and_is_kept_as_id(written):
    assert read(kind=written).kind == "exercise_group"


def test_an_alias_in_other_letters_is_the_same_term():
    assert read(kind="いきいきサロン").kind == read(kind="イキイキサロン").kind == "gathering_place"


def test_times_days_readings_and_postal_codes_take_their_usual_form():
    record = read(
        name_kana="サクラ",
        location={"postal_code": 7600074},
        hours=[{"days": ["月", "水"], "open": "9:30", "close": "２４：００"}],
        verified_on="２０２６-09-02",
    )
    assert record.name_kana == "さくら"
    assert record.location is not None
    assert record.location.postal_code == "760-0074"
    assert record.hours == (Hours(days="月水", open="09:30", close="24:00"),)
    assert record.verified_on == date(2026, 9, 2)


def test_numbers_and_flags_in_quotes_are_understood():
    record = read(capacity="20", booking="no", location={"lat": "34.5", "lng": "134.5"})
    assert (record.capacity, record.booking) == (20, False)
    assert record.point == (34.5, 134.5)


def test_a_record_cannot_change_after_reading():
    with pytest.raises(ValueError, match="frozen"):
        read().name = "うめ"


@pytest.mark.parametrize(
    ("changes", "code", "loc", "written"),
    [
        ({"name": None}, "M101", ("name",), ""),
        ({"name": "  "}, "M101", ("name",), "  "),
        ({"needs": None}, "M117", ("needs",), ""),
        ({"needs": ["買い物", ""]}, "M117", ("needs", 1), ""),
        ({"verified_on": ""}, "M117", ("verified_on",), ""),
        ({"memo": True}, "M103", ("memo",), "true"),
        ({"memo": ["a", {"b": False}]}, "M125", ("memo",), "[a, {b: false}]"),
        ({"kind": ["体操の会"]}, "M125", ("kind",), "[体操の会]"),
        ({"verified_on": ["2026-09-02"]}, "M125", ("verified_on",), "[2026-09-02]"),
        ({"capacity": {"a": 1}}, "M125", ("capacity",), "{a: 1}"),
        ({"capacity": 1.5}, "M110", ("capacity",), "1.5"),
        ({"capacity": "9" * 5000}, "M110", ("capacity",), "9" * 37 + "..."),
        ({"location": {"lat": "北緯34度"}}, "M126", ("location", "lat"), "北緯34度"),
        ({"location": {"lat": 134.05}}, "M128", ("location", "lat"), "134.05"),
        ({"location": {"lat": "nan"}}, "M126", ("location", "lat"), "nan"),
        ({"location": []}, "M112", ("location",), "[]"),
        ({"phones": ["087-000-0000"]}, "M124", ("phones", 0), "087-000-0000"),
        ({"phones": {"number": "087-000-0000"}}, "M113", ("phones",), "{number: 087-000-0000}"),
        ({"url": "http//example.jp"}, "M122", ("url",), "http//example.jp"),
        ({"organization": "さくら会"}, "M121", ("organization",), "さくら会"),
        ({"service_areas": ["桜町"]}, "M121", ("service_areas", 0), "桜町"),
        ({"hours": [{"days": "月", "nth": [6], "open": "9:30", "close": "10:00"}]}, "M114", ("hours", 0, "nth", 0), "6"),
        ({"attributes": {"電話2": 5}}, "M103", ("attributes", "電話2"), "5"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_as_it_was_written(changes, code, loc, written):
    finding = refused(**changes)
    assert (finding.code, finding.place.loc, finding.values["written"]) == (code, loc, written)


def test_a_choice_offers_its_words_and_not_those_of_the_library():
    assert (
        refused(hours=[{"days": "月", "nth": [9], "open": "9:30", "close": "10:00"}]).values["known"] == "1、2、3、4、5"
    )
    assert refused(kana_source="推定").values["known"] == "confirmed、suggested"


def test_a_misspelt_key_is_guessed_by_its_letters_or_by_its_title():
    assert refused(phonse=[]).values["suggestion"] == "phones（電話）"
    assert refused(電話=[]).values["suggestion"] == "phones（電話）"
    assert refused(まったく違う=1).values["suggestion"] == ""
    assert refused(location={"adress": "x"}).values["suggestion"] == "address（住所）"
    assert refused(phonse=[]).place.on_key


def test_a_part_in_a_list_is_told_its_first_key():
    assert refused(phones=["1"]).values["key_example"] == "number"
    assert refused(hours=["月"]).values["key_example"] == "days"
    assert refused(relations=["x"]).values["key_example"] == "to"


def test_all_mistakes_of_a_record_are_reported_at_once():
    _, findings = validate(Resource, {"id": "さくら", "kind": "謎", "phone": 1}, SourceLocation("x.yml"), WORDS)
    assert sorted(finding.code for finding in findings) == ["M101", "M102", "M104", "M121"]


KEYS = st.sampled_from([*Resource.model_fields, "lat", "lng", "number", "days", "open", "close", "type", "x", ""])
TEXT = st.text(max_size=10).filter(lambda text: "None" not in text)  # which a message must never say of itself
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | TEXT
    | st.sampled_from(["体操の会", "9:30", "月", "2026-09-02"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, ANYTHING, max_size=8))
@settings(max_examples=600)
def test_any_data_ends_in_a_record_or_in_findings(data):
    for model in (Resource, Source):
        record, findings = validate(model, data, SourceLocation("x.yml"), WORDS)
        assert (record is None) == bool(findings)
        for finding in findings:
            assert finding.code in {*CODES.values(), OTHER, "M121", "M122", "M123", "M124", "M125", "M126", "M128"}
            assert "None" not in str(finding.values["written"])

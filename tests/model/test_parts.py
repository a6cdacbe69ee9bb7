"""Parts of records hold what was written and no more, and are the same as those that hold everything."""

from __future__ import annotations

import pickle
import sys
from typing import Any

from tsunagite.findings import Place
from tsunagite.model.fields import as_data
from tsunagite.model.problems import validate
from tsunagite.model.resource import Resource
from tsunagite.model.shared import SharedParts
from tsunagite.sources.vocabularies import built_in_vocabularies

WRITTEN: dict[str, Any] = {
    "id": "sakura", "name": "さくら", "kind": "体操の会", "needs": ["買い物"], "phones": [{"number": "087-000-0001"}, {"number": "087-000-0002", "label": "夜"}],
    "location": {"address": "計測市本町1", "lat": 34.25, "lng": 134}, "hours": [{"days": "月・水", "open": "9:00", "close": "12:00"}],
    "fee": {"type": "会費", "amount": 800}, "verified_on": "2026-09-02", "attributes": {"会場": "公民館"}, "how_to_use": ["電話をする", "行く"],
}  # fmt: skip


WORDS = built_in_vocabularies()


def record(**written: Any) -> Resource:
    made, findings = validate(Resource, WRITTEN | written, Place("x"), WORDS)
    assert made is not None, findings
    return made


def test_a_record_of_what_was_written_is_the_record() -> None:
    whole = record()
    kept = SharedParts().one(whole)
    assert kept == whole
    assert hash(kept.phones) == hash(whole.phones)
    assert [getattr(kept, name) for name in Resource.model_fields] == [getattr(whole, name) for name in Resource.model_fields]
    assert kept.model_fields_set == whole.model_fields_set == WRITTEN.keys()
    assert kept != record(status="closed")
    assert kept != record(fee={"type": "会費", "amount": 801})


def test_what_a_field_says_by_default_is_the_same_written_or_not() -> None:
    assert SharedParts().one(record()) == SharedParts().one(record(status="open"))


def test_a_record_comes_back_from_a_cache_as_it_was() -> None:
    kept = pickle.loads(pickle.dumps(SharedParts().one(record())))  # noqa: S301 - our own
    assert kept == record()
    assert kept.model_fields_set == WRITTEN.keys()
    assert kept.services == ()
    assert kept.external_ids == {}


def test_data_of_a_record_tells_all_fields() -> None:
    whole = record()
    assert as_data(SharedParts().one(whole)) == as_data(whole) == whole.model_dump(mode="json")


def test_equal_parts_of_records_are_one() -> None:
    shared = SharedParts()
    first, second = shared.one(record()), shared.one(record(id="ume"))
    assert first.phones is second.phones
    assert first.location is second.location
    assert first.fee is second.fee
    assert first.verified_on is second.verified_on
    assert first.attributes is not second.attributes  # no one else's table


def test_fields_nobody_wrote_take_no_memory() -> None:
    whole = record()
    assert sys.getsizeof(vars(SharedParts().one(whole))) * 3 < sys.getsizeof(vars(whole))

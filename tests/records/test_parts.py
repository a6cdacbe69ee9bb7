"""Records are ordinary objects, wherever they come from: the store gives what reading the file gives."""

from __future__ import annotations

import pickle
from typing import Any

from tsunagite.engine.digest import digest
from tsunagite.findings import SourceLocation
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.shared import SharedParts
from tsunagite.records.model.resource import Resource

WRITTEN: dict[str, Any] = {
    "id": "sakura", "name": "さくら", "kind": "体操の会", "needs": ["買い物"], "phones": [{"number": "087-000-0001"}, {"number": "087-000-0002", "label": "夜"}],
    "location": {"address": "計測市本町1", "lat": 34.25, "lng": 134}, "hours": [{"days": "月・水", "open": "9:00", "close": "12:00"}],
    "fee": {"type": "会費", "amount": 800}, "verified_on": "2026-09-02", "attributes": {"会場": "公民館"}, "how_to_use": ["電話をする", "行く"],
}  # fmt: skip


WORDS = built_in_vocabularies()


def record(**written: Any) -> Resource:
    made, findings = validate(Resource, WRITTEN | written, SourceLocation("x"), WORDS)
    assert made is not None, findings
    return made


def as_stored(whole: Resource) -> Resource:
    """The record as the store of a build gives it back."""
    stored: Resource = pickle.loads(pickle.dumps(SharedParts().one(whole)))  # noqa: S301 - our own
    return stored


def test_a_record_from_the_store_is_the_record_that_was_read() -> None:
    whole = record()
    stored = as_stored(whole)
    assert stored == whole
    assert stored.model_dump() == whole.model_dump()
    assert list(stored.model_dump()) == list(Resource.model_fields)
    assert stored.model_dump(mode="json", exclude_unset=True) == whole.model_dump(mode="json", exclude_unset=True)
    assert stored.model_dump_json() == whole.model_dump_json()
    assert stored.model_fields_set == whole.model_fields_set == WRITTEN.keys()
    assert (repr(stored), dict(stored), vars(stored)) == (repr(whole), dict(whole), vars(whole))
    assert hash(stored.phones) == hash(whole.phones)
    assert digest(stored) == digest(whole)


def test_a_copy_of_a_record_from_the_store_is_a_record() -> None:
    changed = as_stored(record()).model_copy(update={"summary": "新しいひとこと"})
    assert changed == record(summary="新しいひとこと")
    assert changed.model_fields_set == {*WRITTEN, "summary"}
    assert as_stored(record()).model_fields_set == WRITTEN.keys(), "the copy has a set of its own"
    assert as_stored(record()).model_copy(deep=True) == record()
    assert changed != record(summary="新しいひとこと", status="closed")


def test_what_a_field_says_by_default_is_the_same_written_or_not() -> None:
    assert as_stored(record()) == as_stored(record(status="open"))


def test_two_records_never_share_a_table_that_nobody_wrote() -> None:
    assert as_stored(record()).external_ids == {}
    assert as_stored(record()).external_ids is not as_stored(record()).external_ids


def test_equal_parts_of_records_are_one() -> None:
    shared = SharedParts()
    first, second = shared.one(record()), shared.one(record(id="ume"))
    assert first.phones is second.phones
    assert first.location is second.location
    assert first.fee is second.fee
    assert first.verified_on is second.verified_on
    assert first.attributes is not second.attributes  # no one else's table

"""A digest is equal for equal values only, the same in every process, and never guessed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tsunagite.engine.digest import digest
from tsunagite.records.model.contact import Phone
from tsunagite.records.model.place import Location


@dataclass(frozen=True)
class Pair:
    """Two values."""

    left: object
    right: object


class Named(NamedTuple):
    """A tuple with a name."""

    left: object


class Level(Enum):
    """Two members."""

    LOW = 1
    HIGH = 2


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def as_told(value: object) -> str:
    """Equal where two plain values are equal and of the same types."""
    return repr(value)


@given(plain, plain)
def test_two_values_have_one_digest_only_where_they_are_the_same(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (as_told(one) == as_told(other))


LOOK_ALIKE = [
    1, True, 1.0, "1", b"1", None, "None", (), [], {}, "", ("1",), ["1"], ("ab", "c"), ("a", "bc"), (("a",), "b"), ("a", ("b",)),
    {"a": 1, "b": 2}, {"b": 2, "a": 1}, date(2026, 1, 1), "2026-01-01", Pair(1, 2), Pair(2, 1), (1, 2), Named(1), (1,), frozenset({1}),
    Level.LOW, Level.HIGH, "LOW", Markup("a"), "a",
]  # fmt: skip


def test_what_looks_alike_is_told_apart() -> None:
    assert len({digest(value) for value in LOOK_ALIKE}) == len(LOOK_ALIKE)


def test_the_order_of_a_set_does_not_count() -> None:
    assert digest({"a", "b", "c"}) == digest(frozenset(["c", "b", "a"]))


def test_a_model_is_what_was_written_in_any_order() -> None:
    first = Phone.model_validate({"number": "087-000-0001", "label": "係"}, context={"vocabularies": {}})
    assert digest(first) == digest(
        Phone.model_validate({"label": "係", "number": "087-000-0001"}, context={"vocabularies": {}})
    )
    assert digest(first) != digest(first.model_copy(update={"label": "他"}))
    assert digest(Location(address="x")) != digest(Location(address="y"))


@pytest.mark.parametrize("value", [object(), lambda: 1, iter(()), Pair(1, object()), {"a": [object()]}, int])
def test_what_is_not_known_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no digest of"):
        digest(value)


def test_another_process_gives_the_same_digest() -> None:
    code = "from tsunagite.engine.digest import digest; print(digest({'a', 'b'}, {'x': (1, 'ひ')}).hex())"
    run = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == digest({"a", "b"}, {"x": (1, "ひ")}).hex()

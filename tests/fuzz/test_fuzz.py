"""Inputs that once made something fail (cases/) never do again; each target survives a few made-up ones. At length: `make fuzz TIME=3600`."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.guided import A_MISTAKE, guided
from fuzz.targets import targets

CASES = Path(__file__).parent / "cases"


def test_no_case_of_an_earlier_run_fails() -> None:
    known = targets()
    for path in sorted(CASES.glob("*.txt")):
        name, _, text = path.read_text(encoding="utf-8", errors="surrogatepass").partition("\n")
        known[name][0](text)


@pytest.mark.skipif(sys.platform != "linux" or platform.machine() != "x86_64", reason="atheris has no wheel here")
def test_a_failure_is_found_by_following_the_ways_through_the_code() -> None:
    """The tool itself: a target without a mistake ends well after many inputs, and one with a mistake gives the input back."""
    count, text, _ = guided("case_free.small_count", 1)
    assert count > 100
    assert text is None
    _, text, how = guided(A_MISTAKE, 5)
    assert text is not None
    assert how.startswith("AssertionError")


@given(st.data())
@settings(max_examples=40)
def test_every_target_ends_in_a_value_or_in_findings(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(targets())))
    call, inputs = targets()[name]
    call(data.draw(inputs))

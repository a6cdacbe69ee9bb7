"""Inputs that once made something fail (cases/) never do again; each target survives a few made-up ones. At length: `make fuzz TIME=3600`."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.targets import targets

CASES = Path(__file__).parent / "cases"


def test_no_case_of_an_earlier_run_fails() -> None:
    known = targets()
    for path in sorted(CASES.glob("*.txt")):
        name, _, text = path.read_text(encoding="utf-8", errors="surrogateescape").partition("\n")
        known[name][0](text)


@given(st.data())
@settings(max_examples=40)
def test_every_target_ends_in_a_value_or_in_findings(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(targets())))
    call, inputs = targets()[name]
    call(data.draw(inputs))

"""Fuzz every target for some seconds (`make fuzz TIME=600`): figures, and a case in tests/fuzz/cases/ for each failure."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from figures import write_section
from fuzz.targets import INPUTS, Target, differs_in_the_browser, targets

CASES = Path(__file__).parent / "cases"
IN_ONE_GO = 200
"""Inputs of one target before the next one has its turn."""


def _tried(call: Target, counter: list[int], last: list[str], every: list[str] | None = None) -> Callable[[str], None]:
    def one(text: str) -> None:
        counter[0] += 1
        if every is not None:
            every.append(text)
        last[0] = text
        call(text)

    return one


def main() -> None:
    """Take turns until the time is over."""
    begin, seconds = time.monotonic(), float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    counts = dict.fromkeys(targets(), 0)
    failed: dict[str, str] = {}
    keys = round_ = 0
    usual = settings(
        max_examples=IN_ONE_GO, database=None, deadline=None, derandomize=False, suppress_health_check=[*HealthCheck], phases=[Phase.generate, Phase.shrink]
    )  # fmt: skip
    while time.monotonic() - begin < seconds:
        for name, (call, inputs) in targets().items():
            if time.monotonic() - begin > seconds or name in failed:
                continue
            counter, last = [0], [""]
            try:
                seed(round_)(usual(given(inputs)(_tried(call, counter, last))))()
            except Exception as problem:  # noqa: BLE001 - whatever a target raises is what is looked for
                failed[name] = f"{type(problem).__name__}: {str(problem).splitlines()[0][:120] if str(problem) else ''}"
                CASES.mkdir(exist_ok=True)
                case = (
                    CASES
                    / f"{name.replace(' ', '-')}-{hashlib.sha256(last[0].encode(errors='replace')).hexdigest()[:8]}.txt"
                )
                case.write_text(f"{name}\n{last[0]}", encoding="utf-8", errors="surrogateescape")
                print(f"{name}: {failed[name]} {last[0][:80]!r}", flush=True)
            counts[name] += counter[0]
        batch: list[str] = []
        seed(round_)(
            usual(
                given(st.text(max_size=60).filter(str.isprintable) | INPUTS)(
                    _tried(lambda _text: None, [0], [""], batch)
                )
            )
        )()
        texts = [text for text in batch if not any("\ud800" <= one <= "\udfff" for one in text)]
        keys += len(texts)
        if other := differs_in_the_browser(texts):
            failed["search keys"] = f"{len(other)} of {len(texts)} differ: {min(other, key=len)!r}"
            print("search keys:", failed["search keys"], flush=True)
        round_ += 1
    total = sum(counts.values())
    lines = [
        (
            f"{len(counts)} targets (every function of `tsunagite.text` that takes a text, the readers of YAML, tables and files), {total:,} inputs in "
            f"{seconds:.0f} seconds; {keys:,} search keys compared with those of the browser. Failures: {len(failed)}."
        ),
        *([""] if failed else []),
        *(f"- {name}: {what}" for name, what in sorted(failed.items())),
    ]
    write_section("Fuzzing", "make fuzz", lines)
    print(lines[0])
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

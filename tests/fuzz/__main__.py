"""Fuzz every target for some seconds (`make fuzz TIME=600`): figures, and a case in tests/fuzz/cases/ for each failure.

Half of the time is for inputs that are made up (hypothesis), half for inputs that follow the ways through the code (atheris), where it is.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from figures import write_section
from fuzz.guided import HAS_ATHERIS
from fuzz.guided import guided as guided_run
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
    made_up = seconds / 2 if HAS_ATHERIS else seconds
    while time.monotonic() - begin < made_up:
        for name, (call, inputs) in targets().items():
            if time.monotonic() - begin > made_up or name in failed:
                continue
            counter, last = [0], [""]
            try:
                seed(round_)(usual(given(inputs)(_tried(call, counter, last))))()
            except Exception as problem:  # noqa: BLE001 - whatever a target raises is what is looked for
                failed[name] = f"{type(problem).__name__}: {str(problem).splitlines()[0][:120] if str(problem) else ''}"
                _keep(name, last[0], failed[name])
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
    followed = [_followed(name, begin + seconds, failed) for name in counts] if HAS_ATHERIS else []
    total = sum(counts.values())
    guided = (
        f"{sum(followed):,} inputs that follow the ways through the code of {sum(map(bool, followed))} targets (atheris)"
        if HAS_ATHERIS
        else "atheris is not installed"
    )
    lines = [
        (
            f"{len(counts)} targets (every function of `tsunagite.text` that takes a text, the readers of YAML, tables and files), {total:,} made-up inputs in "
            f"{made_up:.0f} seconds; {guided}; {keys:,} search keys compared with those of the browser. Failures: {len(failed)}."
        ),
        *([""] if failed else []),
        *(f"- {name}: {what}" for name, what in sorted(failed.items())),
    ]
    write_section("Fuzzing", "make fuzz", lines)
    print(lines[0])
    sys.exit(1 if failed else 0)


def _keep(name: str, text: str, how: str) -> None:
    """Write an input that failed as a case of the tests."""
    CASES.mkdir(exist_ok=True)
    mark = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]
    (CASES / f"{name.replace(' ', '-')}-{mark}.txt").write_text(
        f"{name}\n{text}", encoding="utf-8", errors="surrogatepass"
    )
    print(f"{name}: {how} {text[:80]!r}", flush=True)


def _followed(name: str, until: float, failed: dict[str, str]) -> int:
    """Let atheris fuzz a target for its share of the time; return how many inputs it was given."""
    if name in failed or time.monotonic() > until:
        return 0
    share = 20 if name.endswith("reader") else 2
    count, text, how = guided_run(name, share)
    if text is not None:
        failed[name] = how
        _keep(name, text, how)
    return count


if __name__ == "__main__":
    main()

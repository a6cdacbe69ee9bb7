"""Stop every command that writes at each of its calls that changes a file (`make kills TIME=600`): figures, and what went wrong."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from figures import write_section
from kills.commands import CASES, ELSEWHERE, READ_ONLY
from kills.matrix import COMMANDS, Field
from kills.stopping import Stage
from kills.surroundings import SURROUNDINGS

MOST = 24
"""Calls of a command at which it is stopped, spread over all of them: a build makes thousands."""


def main() -> None:
    """Stop all commands as long as there is time, and write the figures into docs/proofs.md."""
    begin, seconds = time.monotonic(), float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    names = sys.argv[2:] or [*CASES]
    rows, wrong, left_out = [], [], []
    for name in names:
        if time.monotonic() - begin > seconds:
            left_out.append(name)
            continue
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage.of(name, Path(folder))
            step = max(1, stage.calls // MOST)
            moments = sorted({*range(1, stage.calls + 1, step), max(1, stage.calls - 1), stage.calls})
            found = [one for kind in ("kill", "full") for at in moments for one in stage.wrong(kind, at)]  # type: ignore[arg-type]
        rows.append((name, stage.calls, len(moments), len(moments), len(found)))
        wrong += found
        print(f"{name}: {stage.calls} calls, stopped at {len(moments)} of them twice, {len(found)} wrong", flush=True)
        print(*found, sep="\n", end="\n" if found else "", flush=True)
    if not sys.argv[2:]:
        wrong += _surroundings(begin + 2 * seconds)
    total = sum(row[2] + row[3] for row in rows)
    lines = [
        (
            f"{len(rows)} commands stopped {total} times (SIGKILL, and a full disk): {len(wrong)} left anything half written, lost an edit or "
            f"went wrong in the next run. {len(READ_ONLY)} commands only read; {len(ELSEWHERE)} write by the same function or have tests of their own."
        ),
        "",
        "| command | calls that change files | killed at | disk full at | wrong |",
        "| --- | --- | --- | --- | --- |",
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
    ]
    if left_out:
        lines += ["", f"Not reached in {seconds:.0f} seconds: {', '.join(left_out)}."]
    if not sys.argv[2:]:
        write_section("Kills", "make kills", lines)
    sys.exit(1 if wrong else 0)


def _surroundings(until: float) -> list[str]:
    """Run every command in every odd surrounding as long as there is time, and write the figures."""
    wrong, runs = [], 0
    pairs = [(odd, command) for command in COMMANDS for odd in SURROUNDINGS]
    with tempfile.TemporaryDirectory() as folder:
        field = Field(Path(folder))
        for odd, command in pairs:
            if time.monotonic() < until:
                found, runs = list(field.wrong(odd, command)), runs + 1
                print(*found, sep="\n", end="\n" if found else "", flush=True)
                wrong += found
        field.clear()
    line = (
        f"{len(COMMANDS)} commands x {len(SURROUNDINGS)} surroundings (permissions, limits, terminals, clocks, names of folders, links, pipes, devices, git): "
        f"{runs} of {len(pairs)} pairs run. With a traceback, without an end, with another code than 0, 1 and 2, or half written: {len(wrong)}."
    )
    write_section("Surroundings", "make kills", [line])
    return wrong


if __name__ == "__main__":
    main()

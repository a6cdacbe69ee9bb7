"""Stop every command that writes, in every way (`make kills TIME=600`): figures, and what went wrong.

Each command is killed at its calls that change a file and at random moments, finds its disk full at those calls and really (a small
disk in a namespace without a network), and runs twice at once; pairs of commands run at once; every command runs in odd surroundings.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from figures import write_section
from kills import small_disk
from kills.commands import CASES, ELSEWHERE, READ_ONLY
from kills.matrix import COMMANDS, Field
from kills.stopping import TOGETHER, Stage, wrong_together
from kills.surroundings import SURROUNDINGS

MOST = 24
"""Calls of a command at which it is stopped, spread over all of them: a build makes thousands."""
MOMENTS, TWICE = 30, 6
"""Random moments at which each command is killed; how often it runs twice at once."""
LONG = 2.0
"""Seconds: a command that takes longer is stopped at a third of the calls and runs twice at once a third as often."""
PAIRED = 3
"""How often each pair of commands runs at once."""


@dataclass
class Row:
    """The figures of a command."""

    calls: int = 0
    killed: int = 0
    full: int = 0
    moments: int = 0
    twice: int = 0
    small: int = 0
    wrong: list[str] = field(default_factory=list)

    def cells(self, name: str) -> str:
        """Return the row of the table."""
        cells = (name, self.calls, self.killed, self.full, self.small, self.moments, self.twice, len(self.wrong))
        return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Stop all commands as long as there is time, and write the figures into docs/proofs.md."""
    begin, seconds = time.monotonic(), float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    names = sys.argv[2:] or [*CASES]
    rows, left_out = {}, []
    for name in names:
        if time.monotonic() - begin > seconds:
            left_out.append(name)
            continue
        rows[name] = _stopped(name)
        print(rows[name].cells(name), *rows[name].wrong, sep="\n", flush=True)
    wrong = [one for row in rows.values() for one in row.wrong]
    if sys.argv[2:]:
        sys.exit(1 if wrong else 0)
    pairs, found = _together()
    wrong += [*found, *_surroundings(time.monotonic() + seconds / 4)]
    stops = sum(row.killed + row.full + row.moments + row.twice + row.small for row in rows.values())
    lines = [
        (
            f"{len(rows)} commands stopped {stops} times (SIGKILL at calls and at random moments, a disk without room, another run at the same time) and {pairs} "
            f"runs of {len(TOGETHER)} pairs of commands at once: {len(wrong)} left anything half written, lost an edit or went wrong in the next run. "
            f"{len(READ_ONLY)} commands only read; {len(ELSEWHERE)} write by the same function or have tests of their own."
        ),
        "",
        "| command | calls that change files | killed at | disk full at | real small disks | killed at random moments | twice at once | wrong |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(row.cells(name) for name, row in rows.items()),
        *(["", f"Not reached in {seconds:.0f} seconds: {', '.join(left_out)}."] if left_out else []),
        *(["", *(f"- {one}" for one in wrong[:40])] if wrong else []),
    ]
    if not small_disk.possible():
        lines += ["", "No small disks: this system lets nobody make a namespace."]
    write_section("Kills", "make kills", lines)
    sys.exit(1 if wrong else 0)


def _stopped(name: str) -> Row:
    """Stop a command in every way; the same moments in each run."""
    row, dice = Row(), random.Random(name)  # noqa: S311 - moments, no secrets
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage.of(name, Path(folder))
        part = 3 if stage.seconds > LONG else 1
        step = max(1, stage.calls * part // MOST)
        places = sorted({*range(1, stage.calls + 1, step), max(1, stage.calls - 1), stage.calls})
        row.calls, row.killed, row.full, row.moments, row.twice = (
            stage.calls,
            len(places),
            len(places),
            MOMENTS,
            TWICE // part,
        )
        row.wrong += [one for at in places for one in stage.wrong("kill", at)]
        row.wrong += [one for at in places for one in stage.wrong("full", at)]
        row.wrong += [one for _ in range(MOMENTS) for one in stage.wrong_after(dice.random())]
        for number in range(row.twice):
            killed = dice.random() if number % 2 else None
            row.wrong += stage.wrong_at_once(dice.random() / 2, killed)
    if small_disk.possible():
        found, wrong = small_disk.tried([name], 600)
        row.small = found.get(name, 0)
        row.wrong += wrong
    return row


def _together() -> tuple[int, list[str]]:
    """Run pairs of commands at once."""
    found: list[str] = []
    for first, second in TOGETHER:
        dice = random.Random(first + second)  # noqa: S311
        for _ in range(PAIRED):
            with tempfile.TemporaryDirectory() as folder:
                wrong = list(wrong_together(first, second, dice.random(), Path(folder)))
            print(*wrong, sep="\n", end="\n" if wrong else "", flush=True)
            found += wrong
    return PAIRED * len(TOGETHER), found


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

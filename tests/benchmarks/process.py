"""Run one process and tell what it cost: seconds, processor seconds, and (in a run of its own) its peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

Command = list[str]


class Cost(NamedTuple):
    """Wall seconds and processor seconds (its own and its children's) of one process."""

    seconds: float
    cpu: float


def timed(command: Command, folder: Path | None = None) -> Cost:
    """Run one process to its end. Raises CalledProcessError, with what it said, when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()
    )
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        print(errors.decode(errors="replace")[-2000:], file=sys.stderr)
        raise subprocess.CalledProcessError(status, command)
    return Cost(seconds, usage.ru_utime + usage.ru_stime)


def peak(command: Command, folder: Path | None = None, every: float = 0.02) -> float:
    """Return the most memory (MiB) that a process and all below it held at once."""
    return timed_peak(command, folder, every)[1]


def timed_peak(command: Command, folder: Path | None = None, every: float = 0.1) -> tuple[Cost, float]:
    """Run one process to its end; return what it cost, and the most memory (MiB) that it and all below it held at once.

    The largest process counts with all it holds, the others with what is theirs alone: pages that a fork shares count
    once. Where the system does not tell it, the largest single process counts.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    most = 0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        held = sorted((_held(one) for one in _family(process.pid)), reverse=True)
        most = max(most, held[0].all + sum(one.private for one in held[1:]))
        time.sleep(every)
    if status:
        raise subprocess.CalledProcessError(status, command)
    cost = Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime)
    return cost, (most or usage.ru_maxrss) / 1024  # maxrss also counts what the parent held when it forked


def environment() -> dict[str, str]:
    """Return the environment of every measured process: this package within reach, without MkDocs's advertisement.

    What stood on PYTHONPATH stays there, so that the code of a work tree is measured by the benchmark of that work tree.
    Python may keep what it has compiled, as it does for every program that was installed: ours and its libraries alike.
    """
    paths = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }


def _family(pid: int) -> list[int]:
    """Return a process and everything below it."""
    members = [pid]
    for member in members:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                members += map(int, task.read_text().split())
            except OSError:
                continue
    return members


class Held(NamedTuple):
    """Memory (KiB) of one process: all that is resident, and what no other process shares."""

    all: int
    private: int


def _held(pid: int) -> Held:
    """Return the memory of one process, nothing where it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return Held(0, 0)
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return Held(sizes["Rss"], sizes["Private_Clean"] + sizes["Private_Dirty"])

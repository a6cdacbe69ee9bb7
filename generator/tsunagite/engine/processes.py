"""Two processes: what is made from the same, and from nothing else, is made on both cores of a machine. And its garbage collector.

The second process is a fork, so that it has everything at hand; it gives back only what its work returned. Where a fork is
not safe or gains nothing (other systems, other threads, one core), one process does all of it, with the same result.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

WORTH_SHARING = 300
"""So many records or files take longer than a second process takes to start."""
MOST_SHARED = 30_000
"""So many rows of a list are read by one process alone: what both hold would need more memory than a small machine has."""
SLICES = 16
"""Into so many parts ``map_each`` divides its items, so that both processes end at about the same time."""
JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")


class OtherProcessError(RuntimeError):
    """What went wrong in the second process and cannot be raised as it was: its traceback."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Make many objects that stay: looking for garbage among them again and again would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()  # what an earlier build of this process left
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def can_share() -> bool:
    """Tell whether a second process may be made, and has a core of its own.

    A fork copies no other thread, but the locks they hold: not only those of Python count (typst starts some of its own).
    """
    return (
        sys.platform == "linux"
        and len(list(Path("/proc/self/task").iterdir())) == 1
        and len(os.sched_getaffinity(0)) > 1
    )


def map_in_processes(
    jobs: Sequence[JobT], work: Callable[[Iterator[JobT]], ResultT], *, alone: bool = False
) -> list[ResultT]:
    """Do all jobs (at most 256), each process taking the next one when it is free; return what ``work`` returned in each.

    ``work`` takes its jobs one by one from an iterator. What it changes besides is lost where the other process did it.
    Raises what ``work`` raised in either, once both have ended.
    """
    if alone or len(jobs) < 2 or not can_share():
        return [work(iter(jobs))]
    tickets, issue = os.pipe()
    os.write(issue, bytes(range(len(jobs))))
    os.close(issue)
    answer, reply = os.pipe()
    gc.freeze()  # a collection would touch, and so copy, what both processes share
    process = os.fork()
    if process == 0:
        _answer(reply, lambda: work(_next_jobs(tickets, jobs)))
    os.close(reply)
    try:
        result = work(_next_jobs(tickets, jobs))
    except BaseException:
        for _ in _next_jobs(tickets, jobs):  # so that the other ends soon
            pass
        _wait_for(process, answer)
        raise
    finally:
        os.close(tickets)
    done, other = _wait_for(process, answer)
    if not done:
        raise other
    return [result, other]


def map_each(items: Sequence[JobT], work: Callable[[JobT], ResultT], *, alone: bool = False) -> list[ResultT]:
    """Return what ``work`` returns of each item, in their order; the items are dealt to both processes in slices.

    What the other process returns is a copy (``pickle``): equal to what it made, not the same object.
    """
    size = max(1, -(-len(items) // SLICES))
    slices = [items[first : first + size] for first in range(0, len(items), size)]
    done = map_in_processes(
        range(len(slices)), lambda jobs: [(job, [work(item) for item in slices[job]]) for job in jobs], alone=alone
    )
    return [result for _, results in sorted(chain.from_iterable(done), key=itemgetter(0)) for result in results]


def _next_jobs(tickets: int, jobs: Sequence[JobT]) -> Iterator[JobT]:
    while ticket := os.read(tickets, 1):
        yield jobs[ticket[0]]


def _answer(reply: int, work: Callable[[], object]) -> None:
    """Do the work of the second process, say what came of it, and end without doing anything else."""
    try:
        gc.disable()  # it lives shortly
        said = pickle.dumps((True, work()))
    except BaseException as problem:  # noqa: BLE001 - all of it is told to the first process
        said = _pickle_error(problem)
    with os.fdopen(reply, "wb") as file:
        file.write(said)
    os._exit(0)


def _pickle_error(problem: BaseException) -> bytes:
    try:
        said = pickle.dumps((False, problem))
        pickle.loads(said)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - an error of any kind, which its module did not mean to be sent
        return pickle.dumps((False, OtherProcessError("".join(traceback.format_exception(problem)))))
    return said


def _wait_for(process: int, answer: int) -> tuple[bool, Any]:
    """Return what the second process said, once it has ended."""
    with os.fdopen(answer, "rb") as file:
        said = file.read()
    os.waitpid(process, 0)
    if not said:
        return False, OtherProcessError("the second process of this build was ended from outside")
    result: tuple[bool, Any] = pickle.loads(said)  # noqa: S301 - what our own fork wrote into its pipe
    return result

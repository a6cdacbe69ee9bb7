"""Two processes share their jobs: every job is done once, and what goes wrong in either is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing import get_context

import pytest

from tsunagite.engine import processes
from tsunagite.engine.processes import OtherProcessError, map_each, map_in_processes
from tsunagite.errors import UsageError

BOTH = get_context("fork").Barrier(2)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_share", lambda: True)


FIRST = os.getpid()
PATIENCE = 60  # seconds: a busy machine may let the second process wait


def noted(jobs: Iterator[int]) -> tuple[int, list[int]]:
    return os.getpid(), list(jobs)


def when_both_have_one(jobs: Iterator[int]) -> Iterator[int]:
    """The jobs, of which the first is begun in both processes at once: neither can do all before the other has come."""
    for number, job in enumerate(jobs):
        if not number:
            BOTH.wait(PATIENCE)
        yield job


def in_the_other(jobs: Iterator[int], problem: BaseException) -> None:
    """Raise in the second process only."""
    for _ in when_both_have_one(jobs):
        if os.getpid() != FIRST:
            raise problem


def test_each_job_is_done_once_by_one_of_two_processes() -> None:
    (own, mine), (other, its) = map_in_processes(range(40), lambda jobs: noted(when_both_have_one(jobs)))
    assert own == FIRST != other
    assert sorted(mine + its) == list(range(40))
    assert mine
    assert its


def test_what_both_processes_made_of_single_items_comes_back_in_the_order_of_the_items() -> None:
    assert map_each(range(1000), lambda number: number * 2) == [number * 2 for number in range(1000)]
    assert map_each([], str) == []


def test_one_process_does_all_where_that_is_asked_for() -> None:
    assert map_in_processes(range(3), noted, alone=True) == [(FIRST, [0, 1, 2])]


def test_an_error_of_the_second_process_is_raised_in_the_first_as_it_was() -> None:
    with pytest.raises(UsageError, match="同じアドレス"):
        map_in_processes(range(20), lambda jobs: in_the_other(jobs, UsageError("同じアドレスです")))


def test_an_error_that_cannot_be_sent_is_told_with_its_traceback() -> None:
    class Odd(Exception):
        """Of a class that no other process could find."""

    with pytest.raises(OtherProcessError, match=r"(?s)in_the_other.*Odd"):
        map_in_processes(range(20), lambda jobs: in_the_other(jobs, Odd("x")))


def test_a_second_process_that_is_ended_from_outside_is_told() -> None:
    def ended(jobs: Iterator[int]) -> None:
        for _ in when_both_have_one(jobs):
            if os.getpid() != FIRST:
                os._exit(3)

    with pytest.raises(OtherProcessError, match="ended from outside"):
        map_in_processes(range(20), ended)


def test_an_error_of_the_first_process_waits_for_the_second_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: made.append(process := fork()) or process)

    def failing(jobs: Iterator[int]) -> None:
        for _ in when_both_have_one(jobs):
            if os.getpid() == FIRST:
                raise UsageError("here")

    with pytest.raises(UsageError, match="here"):
        map_in_processes(range(20), failing)
    with pytest.raises(ChildProcessError):
        os.waitpid(made[0], os.WNOHANG)

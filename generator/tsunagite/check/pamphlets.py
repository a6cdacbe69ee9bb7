"""Described papers: what they name exists, and nothing is asked for twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from tsunagite.findings import Finding, error, warning
from tsunagite.records.directory import Directory


def nothing_is_pinned_and_left_out(directory: Directory, _today: date) -> Iterator[Finding]:
    """R601: a record is either always printed or left out."""
    for placed in directory.placed_pamphlets:
        out = {row.id for row in placed.record.left_out}
        for index, pinned in enumerate(placed.record.pinned):
            if pinned in out:
                yield warning("R601", placed.place.at("pinned", index), title=placed.record.title, id=pinned)


def print_runs_are_named_after_paper_and_day(directory: Directory, _today: date) -> Iterator[Finding]:
    """R602, R603: the code on a paper leads to an address made of its id and its day, which no other print run has."""
    first: dict[tuple[str, date], str] = {}
    for placed in directory.placed_print_runs:
        other = first.setdefault((placed.record.pamphlet, placed.record.printed_on), placed.record.id)
        if other != placed.record.id:
            yield error("R603", placed.place.at("printed_on"), id=placed.record.id, other=other)
        right = f"{placed.record.pamphlet}-{placed.record.printed_on.isoformat()}"
        if placed.record.id != right or PurePosixPath(placed.place.file).stem != right:
            yield warning("R602", placed.place.at("id"), id=placed.record.id, right=right)

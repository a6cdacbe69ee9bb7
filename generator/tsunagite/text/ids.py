"""Ids that are still free."""

from __future__ import annotations

from collections.abc import Container


def free_id(wanted: str, taken: Container[str]) -> str:
    """Return the id as wanted, or the first of ``wanted-2``, ``wanted-3`` ... that nothing has."""
    free, count = wanted, 1
    while free in taken:
        count += 1
        free = f"{wanted}-{count}"
    return free

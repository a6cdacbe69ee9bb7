"""Reads the history of the record files: one walk over the commits, kept by the newest commit."""

from __future__ import annotations

from pathlib import Path

from tsunagite.engine.git import GitHistory, history_of
from tsunagite.engine.memo import memo
from tsunagite.news.history import History, Step, record_history, steps_by_file

COMPARED = 400 * 86_400
"""Seconds before the newest commit in which files are compared: thirteen months, as feeds and pages show twelve."""


def read_history(root: Path) -> History:
    """Return the history of the records in ``root``; one without files, and why, where git cannot tell."""
    history = history_of(root)
    if history is None:
        return History()
    return History(missing="shallow") if history.is_shallow else memo(history_of_records)(history).value


def history_of_records(history: GitHistory) -> History:
    """Walk the commits, and compare the files that changed in the last thirteen months."""
    steps = steps_by_file(history.changes("resources"))
    since = max((found[0].when for found in steps.values()), default=0) - COMPARED
    wanted = sorted(
        {
            blob
            for found in steps.values()
            for step in found
            if _is_compared(step, since)
            for blob in (step.before, step.after)
        }
    )
    texts = {
        blob: content.decode("utf-8", "replace")
        for blob, content in zip(wanted, history.contents(wanted), strict=True)
        if content
    }
    return record_history(steps, texts, history.commit)


def _is_compared(step: Step, since: int) -> bool:
    return bool(step.before and step.after) and step.when >= since

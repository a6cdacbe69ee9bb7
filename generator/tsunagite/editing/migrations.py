"""Migrations: how records of an older format become those of the present one. Nothing that a person wrote goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tsunagite.errors import UsageError
from tsunagite.findings import Loc
from tsunagite.records.load.tree import RawTree
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten


class Migrated(NamedTuple):
    """One file as it shall be, and the key of the sentence that says why (``ui.upgrade_<why>``)."""

    name: str
    text: str
    why: str


def migrate(root: Path, tree: RawTree, format_: int) -> Iterator[Migrated]:
    """Yield what changes in the files of a site whose format is ``format_``. Raises UsageError where one must be changed by hand."""
    if format_ < 1:
        yield from _dangers_of_troubles(root, tree)


def _dangers_of_troubles(root: Path, tree: RawTree) -> Iterator[Migrated]:
    """Format 1: a trouble names dangers of the emergency list, and no longer a sentence and a line of its own. Its words go to the memo."""
    for raw in tree.tables("trouble"):
        if raw.data.keys() & {"urgent", "urgent_line"}:
            data = dict(raw.data)
            said = "、".join(str(data.pop(key)) for key in ("urgent", "urgent_line") if data.get(key))
            old = f"前の版の「急ぐとき」: {said}。→ dangers（緊急の一覧の ID）で選び直してください。"
            data["memo"] = f"{data['memo']} {old}" if data.get("memo") else old
            text = (root / raw.place.file).read_bytes().decode("utf-8")
            yield Migrated(raw.place.file, _written(raw.place.file, text, data, raw.place.loc), "dangers")


def _written(name: str, text: str, data: Any, loc: Loc) -> str:
    try:
        return rewritten(text, data, loc)
    except CannotRewriteError as problem:
        raise UsageError(
            f"{name}: 注釈を残したまま新しい書き方にできません（{problem}）。→ 手で直してから、もう一度実行してください。"
        ) from problem

"""Writing imported records: one file per new row, each written whole or not at all, and the snapshot of what was imported.

``resources/sources/snapshots/<source id>.json`` keeps, per id, the values last imported. It tells a row that has
changed in the list from a record that people have edited since, and keeps ids with their rows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, Place, error
from tsunagite.model.draft import Draft, Dropped, Merged, Why
from tsunagite.model.source import Source
from tsunagite.model.vocabulary import Vocabularies
from tsunagite.sources.records import Placed
from tsunagite.sources.yaml_file import dump

SNAPSHOTS = "resources/sources/snapshots"
Snapshot = dict[str, dict[str, Any]]
"""Values last imported, by record id."""


@dataclass(frozen=True)
class Change:
    """A row that says something else than the record here, which is left as it is. ``fields`` are top-level names."""

    row: int
    id: str
    name: str
    fields: tuple[str, ...] = ()


@dataclass
class Plan:
    """What an import would do: every row is in exactly one list; ``files`` is text by path, the snapshot last."""

    new: list[Draft] = field(default_factory=list)
    unchanged: list[Draft] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    held: list[Change] = field(default_factory=list)
    """Rows whose record exists without having been imported from this list."""
    gone: list[str] = field(default_factory=list)
    """Ids imported before that the list no longer has; their records stay."""
    merged: list[Merged] = field(default_factory=list)
    """Rows that say more about the record of another row."""
    dropped: list[Dropped] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """How many rows are records."""
        return len(self.new) + len(self.unchanged) + len(self.changed) + len(self.held)


def inside(root: Path, path: Path) -> bool:
    """Tell whether a path, links followed, lies in the site."""
    return path.resolve().is_relative_to(root.resolve())


def read_snapshot(root: Path, source_id: str) -> tuple[Snapshot, list[Finding]]:
    """Read what was imported from a source before ({} = nothing). A damaged snapshot is a finding."""
    name = f"{SNAPSHOTS}/{source_id}.json"
    path = root / name
    if not path.exists():
        return {}, []
    try:
        snapshot = json.loads(path.read_text(encoding="utf-8")) if inside(root, path) else None
    except ValueError:
        snapshot = None
    if not isinstance(snapshot, dict) or not all(isinstance(values, dict) for values in snapshot.values()):
        return {}, [error("I123", Place(name, line=1, column=1))]
    return snapshot, []


@dataclass(frozen=True)
class Target:
    """The site that is written to: ``taken`` gives the file of every id it has, ``read_name`` suggests a reading."""

    root: Path
    vocabularies: Vocabularies
    taken: dict[str, str]
    read_name: Callable[[str], str]


def plan_records(
    site: Target, placed: Placed[Source], rows: Iterable[Draft | Dropped | Merged]
) -> tuple[Plan | None, list[Finding]]:
    """Decide of every judged row of a list what to write, without writing.

    The plan is None exactly when findings were made (no such folder, damaged snapshot).
    """
    root = site.root
    source, place = placed.record, placed.place
    groups = site.vocabularies["kind_group"]
    if source.into not in groups.terms or not inside(root, root / "resources" / source.into):
        known = "・".join(groups.terms)
        suggestion = groups.nearest(source.into) or ""
        return None, [error("I122", place.at("into"), into=source.into, suggestion=suggestion, known=known)]
    snapshot, findings = read_snapshot(root, source.id)
    if findings:
        return None, findings
    plan = Plan()
    next_snapshot, seen = dict(snapshot), set()
    for row in rows:
        if isinstance(row, Dropped):
            plan.dropped.append(row)
            continue
        if isinstance(row, Merged):
            plan.merged.append(row)
            continue
        seen.add(row.id)
        draft = _with_reading(row, snapshot.get(row.id, {}), site.read_name)
        if row.id in snapshot:
            _compare(plan, draft, snapshot[row.id])
        elif _place_new(plan, draft, root, f"resources/{source.into}/{row.id}.yml", site.taken):
            next_snapshot[row.id] = draft.data
    plan.gone.extend(sorted(set(snapshot) - seen))
    if next_snapshot != snapshot:
        text = json.dumps(next_snapshot, ensure_ascii=False, indent=1, sort_keys=True)
        plan.files[f"{SNAPSHOTS}/{source.id}.json"] = text + "\n"
    return plan, []


def _with_reading(draft: Draft, before: Mapping[str, Any], read_name: Callable[[str], str]) -> Draft:
    """Suggest a reading for a name without one. What was suggested once stays, whatever dictionary is at hand now."""
    if "name_kana" in draft.data:
        return draft
    kept = before.get("name") == draft.name
    reading = str(before.get("name_kana", "")) if kept else read_name(draft.name)
    if not reading:
        return draft
    data: dict[str, Any] = {}
    for key, value in draft.data.items():
        data[key] = value
        if key == "name":
            data |= {"name_kana": reading, "kana_source": "suggested"}
    return replace(draft, data=data)


def _compare(plan: Plan, draft: Draft, before: dict[str, Any]) -> None:
    guessed = "suggested" in (draft.data.get("kana_source"), before.get("kana_source"))
    derived = ("name_kana", "kana_source") if guessed else ()  # a new name brings a new reading: no news of its own
    keys = {*draft.data, *before}.difference(derived)
    fields = tuple(sorted(key for key in keys if draft.data.get(key) != before.get(key)))
    if fields:
        plan.changed.append(Change(draft.row, draft.id, draft.name, fields))
    else:
        plan.unchanged.append(draft)


def _place_new(plan: Plan, draft: Draft, root: Path, name: str, taken: Mapping[str, str]) -> bool:
    """Plan the file of a row imported for the first time; tell whether the snapshot shall know the row."""
    text, path = dump(draft.data), root / name
    if taken.get(draft.id, name) != name:
        plan.dropped.append(Dropped(draft.row, draft.name, Why.ID_TAKEN, taken[draft.id]))
        return False
    if path.is_symlink() or path.exists():
        if path.is_file() and path.read_bytes() == text.encode():  # an import that was interrupted before its snapshot
            plan.unchanged.append(draft)
            return True
        plan.held.append(Change(draft.row, draft.id, draft.name))
        return False
    plan.new.append(draft)
    plan.files[name] = text
    return True


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write text files of a site, each whole or not at all, in the given order."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, text)


def _write_whole(path: Path, text: str) -> None:
    """Write beside the file and move into place: moving within one folder cannot stop half-way.

    The draft's name ends in .tmp, which no reader takes for a record; one left by a crash is replaced next time.
    """
    draft = path.with_name(f".{path.name}.tmp")
    draft.unlink(missing_ok=True)
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:  # "x" follows no link that somebody put there
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)

"""A list of events becomes a file of events, and a newer list updates it: what people changed stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error, has_errors, warning
from tsunagite.importing.draft import Draft, Dropped, Take
from tsunagite.importing.events.events import EventList, events_of, restore_ids
from tsunagite.importing.plan.list_report import ListReport
from tsunagite.importing.plan.plan import Held, Plan, Update
from tsunagite.importing.plan.three_way import name_of, three_way
from tsunagite.importing.snapshots import Snapshot, read_snapshot, snapshot_name, snapshot_text
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.event import Event
from tsunagite.records.yaml.reader import dump, read_file
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten

FOLDER = "resources/events"


@dataclass
class _Work:
    """The events as they will stand (``here``), what the list is then known to have said, and what became of its rows."""

    here: dict[str, dict[str, Any]]
    told: Snapshot
    vocabularies: Vocabularies
    decide: Callable[[str, tuple[str, ...]], Take | None]
    plan: Plan = field(default_factory=Plan)


def plan_events(
    root: Path, found: EventList, vocabularies: Vocabularies, decide: Callable[[str, tuple[str, ...]], Take | None]
) -> ListReport:
    """Decide of every row what becomes of it, without writing. People's edits, and events they took out, stay as they are.

    ``decide`` says of the id of an event and the path of a value whose value a conflict takes (None: it stays open).
    """
    name = f"{FOLDER}/{found.id}.yml"
    snapshot, findings = read_snapshot(root, f"events-{found.id}")
    report = ListReport(found.id, found.name, found.file, len(found.table.rows), None)
    path = root / name
    read = read_file(path, name) if path.is_file() else None
    records = read.value.get("records") if read and isinstance(read.value, dict) else None
    if read and (
        read.findings
        or not isinstance(records, list)
        or not all(isinstance(one, dict) and "id" in one for one in records)
    ):
        findings += read.findings or [error("I171", SourceLocation(name))]
    if has_errors(list(findings)):
        return replace(report, findings=tuple(findings))
    work = _Work({str(one["id"]): one for one in records or ()}, Snapshot(dict(snapshot.records)), vocabularies, decide)
    here, told, plan = work.here, work.told, work.plan
    rows = list(events_of(found, vocabularies))
    plan.dropped = [row for row in rows if isinstance(row, Dropped)]
    drafts = restore_ids([row for row in rows if isinstance(row, Draft)], snapshot.records)
    for draft in drafts:
        _place_event(draft, work)
    gone = _gone(snapshot.records, {draft.id for draft in drafts}, here, found.today)
    if gone:
        findings.append(warning("I191", SourceLocation(name), ids=gone, file=name))
    findings += _plan_text(path, name, list(here.values()), plan)
    if has_errors(findings):
        return replace(report, findings=tuple(findings))
    text = snapshot_text(told)
    snapshot_path = root / snapshot_name(f"events-{found.id}")
    if not told.is_empty and (not snapshot_path.is_file() or snapshot_path.read_text(encoding="utf-8") != text):
        plan.files[snapshot_name(f"events-{found.id}")] = text
    return replace(report, plan=plan, findings=tuple(findings))


def _place_event(draft: Draft, work: _Work) -> None:
    """Put one event where it belongs; ``work`` changes."""
    here, told, plan = work.here, work.told, work.plan
    base = told.records.get(draft.id)
    ours = here.get(draft.id)
    if base is None:
        if ours is None:
            plan.new.append(draft)
            here[draft.id] = told.records[draft.id] = draft.data
        else:
            plan.held.append(Held(draft.row, draft.id, draft.name))
        return
    if ours is None:
        plan.removed.append(Held(draft.row, draft.id, draft.name))
        return
    theirs = {**draft.data, "verified_on": base.get("verified_on")} if _same(draft.data, base) else draft.data
    outcome = three_way(base, ours, theirs, lambda path: work.decide(draft.id, path))
    kept = tuple(map(name_of, outcome.kept))
    if not outcome.changes and not outcome.conflicts:
        (plan.kept.append(Update(draft, kept=kept)) if kept else plan.unchanged.append(draft))
        told.records[draft.id] = outcome.base
        return
    _, problems = validate(
        Event, outcome.data, SourceLocation(f"{draft.id}.yml", line=draft.row, column=1), work.vocabularies
    )
    plan.changed.append(Update(draft, tuple(outcome.changes), tuple(outcome.conflicts), kept, problems=tuple(problems)))
    if not problems:
        here[draft.id], told.records[draft.id] = outcome.data, outcome.base


def _same(data: Mapping[str, Any], base: Mapping[str, Any]) -> bool:
    """Tell whether nothing is new but the day of the list."""
    return {**data, "verified_on": ""} == {**base, "verified_on": ""}


def _gone(known: Mapping[str, Mapping[str, Any]], seen: set[str], here: Mapping[str, Any], today: date) -> list[str]:
    return [one for one, data in known.items()
            if one not in seen and one in here and str(data["days"][-1]["on"]) >= today.isoformat()]  # fmt: skip


def _plan_text(path: Path, name: str, events: list[dict[str, Any]], plan: Plan) -> list[Finding]:
    """Plan the text of the file, where it says something else now; return why that is not possible."""
    if not path.is_file():
        if events:
            plan.files[name] = (
                f"# 一覧から取り込んだ行事。直してかまいません（次の取り込みでも残ります）。\n{dump({'records': events})}"
            )
        return []
    before = path.read_bytes().decode("utf-8")
    try:
        text = rewritten(before, {"records": events})
    except CannotRewriteError as problem:
        return [error("I172", SourceLocation(name), detail=str(problem))]
    if text != before:
        plan.before[name], plan.files[name] = before, text
    return []

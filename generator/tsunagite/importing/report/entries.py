"""The report of an import as rows of a table: one line for every row of a list, cell, change and conflict; as JSON and Markdown.

The lines of a list say what became of each of its rows (``fate``), and, where a cell was not taken as it is or a field was
changed, which one, what was read, what it became and why. ``cli/data.py`` makes the workbook of the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from tsunagite.findings import Finding
from tsunagite.i18n import catalogue, message_of
from tsunagite.importing.draft import Draft, Merged, Repair
from tsunagite.importing.plan.list_report import ListReport
from tsunagite.importing.plan.plan import Plan, Update
from tsunagite.importing.plan.three_way import name_of
from tsunagite.importing.report.report import ImportReport, field_label, flat


class Fate(StrEnum):
    """What became of a row, or of a record whose row is gone."""

    NEW = "new"
    UPDATED = "updated"
    CONFLICT = "conflict"
    KEPT = "kept"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    DROPPED = "dropped"
    ASKED = "asked"
    HELD = "held"
    REMOVED = "removed"
    GONE = "gone"


COLORS = {
    Fate.NEW: "DDEFE0",
    Fate.UPDATED: "FFF2CC",
    Fate.CONFLICT: "F8CBAD",
    Fate.DROPPED: "E7E6E6",
    Fate.ASKED: "F8CBAD",
    Fate.GONE: "FCE4D6",
    Fate.MERGED: "DDEBF7",
}
"""The colour of a line in the workbook; other fates have none."""


@dataclass(frozen=True)
class Entry:
    """One line. ``row`` is 0 for what no row speaks of; ``field`` is the path of a changed value, ``why`` a code or ""."""

    list: str
    file: str
    row: int
    id: str
    name: str
    fate: Fate
    column: str = ""
    field: str = ""
    read: str = ""
    became: str = ""
    why: str = ""
    text: str = ""


def entries(report: ImportReport, language: str = "ja") -> Iterator[Entry]:
    """Yield the lines of every list, in the order of its rows."""
    for one in report.lists:
        if one.plan:
            yield from sorted(
                _of_list(one, one.plan, _Words(language)), key=lambda line: (line.file, line.row == 0, line.row)
            )


class _Words:
    def __init__(self, language: str) -> None:
        self.language = language
        self.why: Mapping[str, str] = catalogue(language)["import"]["why"]
        self.nothing = str(catalogue(language)["import"]["nothing"])

    def value(self, value: object) -> str:
        return flat(value, self.nothing)

    def problem(self, findings: tuple[Finding, ...]) -> str:
        return " ".join(message_of(finding, self.language)[0] for finding in findings)


def _of_list(one: ListReport, plan: Plan, words: _Words) -> Iterator[Entry]:
    lines = _Lines(one, words)
    for fate, drafts in ((Fate.NEW, plan.new), (Fate.UNCHANGED, plan.unchanged)):
        for draft in drafts:
            yield from lines.of_row(draft, draft.id, fate)
    for update in (*plan.changed, *plan.kept):
        yield from lines.of_update(update)
    for merged in plan.merged:
        yield from lines.of_row(merged, merged.into, Fate.MERGED)
    for row in plan.dropped:
        text = words.why[row.why].format(detail=row.detail, problems=words.problem(row.findings))
        yield lines.one(row.row, (row.id, row.name), Fate.DROPPED, row.file, why=row.why, text=text)
    for asked in plan.asked:
        for pair in asked.pairs:
            yield lines.one(
                asked.row, (asked.id, asked.name), Fate.ASKED, asked.file, read=pair.first_name, became=pair.first
            )
    for fate, rows in ((Fate.HELD, plan.held), (Fate.REMOVED, plan.removed)):
        for held in rows:
            yield lines.one(held.row, (held.id, held.name), fate)
    for gone in plan.gone:
        became = f"closed_date: {gone.on.isoformat()}" if gone.closed and gone.on else gone.into
        yield lines.one(0, (gone.id, gone.name), Fate.GONE, became=became, text="・".join(gone.still_in))


@dataclass(frozen=True)
class _Lines:
    report: ListReport
    words: _Words

    def one(self, row: int, who: tuple[str, str], fate: Fate, file: str = "", **values: str) -> Entry:
        return Entry(self.report.source_id, file or self.report.file, row, *who, fate, **values)

    def of_row(self, row: Draft | Merged, record_id: str, fate: Fate, **values: str) -> Iterator[Entry]:
        who = (record_id, row.name)
        yield self.one(row.row, who, fate, row.file, **values)
        for repair in row.repairs:
            yield self.one(row.row, who, fate, row.file, **_repair(repair, self.words))

    def of_update(self, update: Update) -> Iterator[Entry]:
        draft, words = update.draft, self.words
        yield from self.of_row(
            draft, update.id, _fate(update), read=update.name_before, text=words.problem(update.problems)
        )
        told = [(Fate.UPDATED, one.path, one.before, one.after, "") for one in update.changes]
        told += [(Fate.CONFLICT, one.path, one.here, one.proposed, words.value(one.base)) for one in update.conflicts]
        for fate, path, read, became, text in told:
            values = {"field": name_of(path), "read": words.value(read), "became": words.value(became), "text": text}
            yield self.one(draft.row, (update.id, draft.name), fate, draft.file, column=field_label(path), **values)
        for name in update.kept:
            label = field_label(tuple(name.split(".")))
            yield self.one(draft.row, (update.id, draft.name), Fate.KEPT, draft.file, column=label, field=name)


def _fate(update: Update) -> Fate:
    if update.conflicts or update.problems:
        return Fate.CONFLICT
    return Fate.UPDATED if update.changes else Fate.KEPT


def _repair(repair: Repair, words: _Words) -> dict[str, str]:
    text = (
        words.why[repair.why]
        + (f"［{repair.rest}］" if repair.rest else "")
        + (f"→ {repair.proposal}" if repair.proposal else "")
    )
    return {"column": repair.column, "read": repair.read, "became": repair.became, "why": repair.why, "text": text}


_Asked = Callable[[dict[str, Any]], bool]
SENTENCES: dict[str, tuple[_Asked, _Asked]] = {
    "hours": (lambda data: "hours" in data or "hours_note" in data, lambda data: "hours" in data),
    "fee": (
        lambda data: "note" in data.get("fee", {}),
        lambda data: "amount" in data["fee"] or data["fee"]["type"] == "無料",
    ),
    "ages": (
        lambda data: "note" in data.get("eligibility", {}),
        lambda data: bool({"age_min", "age_max"} & set(data["eligibility"])),
    ),
}
"""What lists write as sentences: which records have it, and where it was read into its fields."""


def parsed(plan: Plan) -> dict[str, tuple[int, int]]:
    """Return (read into fields, all that have it) of hours, fees and ages, those no record has left out."""
    counts = {}
    for key, (has, is_read) in SENTENCES.items():
        having = [draft.data for draft in plan.drafts if has(draft.data)]
        if having:
            counts[key] = (sum(is_read(data) for data in having), len(having))
    return counts


def totals(one: ListReport) -> dict[str, Any]:
    """Return the counts of a list: rows read are records, merged and dropped ones together."""
    plan = one.plan or Plan()
    counts = {
        "rows": one.rows_read,
        "records": plan.records,
        "merged": len(plan.merged),
        "dropped": len(plan.dropped),
        "new": len(plan.new),
        "updated": sum(bool(update.changes) and not update.problems for update in plan.changed),
        "conflicts": len(plan.conflicts),
        "asked": len(plan.asked),
        "gone": len(plan.gone),
        "parsed": {key: f"{read}/{all_}" for key, (read, all_) in parsed(plan).items()},
    }
    return {"list": one.source_id, "name": one.name, "file": one.file, "accounted_for": one.is_accounted_for, **counts}


def parsed_lines(report: ImportReport, language: str = "ja") -> Iterator[str]:
    """Yield one line a list: how much of what it writes as sentences was read into fields."""
    words = catalogue(language)["import"]
    for one in report.lists:
        if one.plan and (counts := parsed(one.plan)):
            shares = "、".join(words["parsed"][key].format(read=read, all=all_) for key, (read, all_) in counts.items())
            yield words["parsed_line"].format(name=one.name, shares=shares)


def as_json(report: ImportReport, language: str = "ja") -> str:
    """Return ``{"lists": [totals], "findings": [...], "rows": [entries]}``; empty values are left out of the rows."""
    lists = [totals(one) for one in report.lists]
    findings = [*report.findings, *(finding for one in report.lists for finding in one.findings)]
    told = [
        {"code": one.code, "severity": str(one.severity), "file": one.place.file, "line": one.place.line,
         "message": message_of(one, language)[0], "hint": message_of(one, language)[1]}
        for one in findings
    ]  # fmt: skip
    rows = [{key: value for key, value in asdict(entry).items() if value != ""} for entry in entries(report, language)]
    head = json.dumps({"dry_run": report.dry_run, "lists": lists, "findings": told}, ensure_ascii=False, indent=1)
    body = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    return head.removesuffix("\n}") + ',\n "rows": [\n' + body + "\n ]\n}\n"


def as_markdown(report: ImportReport, language: str = "ja") -> str:
    """Return the totals as a table, then a table for every list of what was not simply taken over."""
    words = catalogue(language)["import"]["report"]
    keys = ("rows", "records", "merged", "dropped", "new", "updated", "conflicts", "asked", "gone")
    lines = [
        f"# {words['title']}",
        "",
        _row([words["name"], *(words[key] for key in keys)]),
        "|---|" + "--:|" * len(keys),
    ]
    for one in report.lists:
        counts = totals(one)
        lines.append(_row([f"{one.name}（{one.source_id}）", *(f"{counts[key]:,}" for key in keys)]))
    columns = ("row", "id", "record", "fate", "column", "read", "became", "text")
    by_list: dict[str, list[Entry]] = {}
    for entry in entries(report, language):
        if entry.column or entry.fate not in (Fate.UNCHANGED, Fate.KEPT, Fate.NEW, Fate.UPDATED):
            by_list.setdefault(entry.list, []).append(entry)
    for one in report.lists:
        if told := by_list.get(one.source_id):
            lines += [
                "",
                f"## {one.name}（{one.source_id}）",
                "",
                _row([words[key] for key in columns]),
                "|--:|" + "---|" * 7,
            ]
            lines += [_row(cells(entry, language)) for entry in told]
    return "\n".join(lines) + "\n"


def cells(entry: Entry, language: str = "ja") -> list[str]:
    """Return an entry as people read it: row, id, name, fate, column, read, became, why."""
    fates = catalogue(language)["import"]["fates"]
    row = str(entry.row) if entry.row else ""
    return [row, entry.id, entry.name, fates[entry.fate], entry.column, entry.read, entry.became, entry.text]


def _row(values: list[str]) -> str:
    plain = (" ".join(value.replace("|", "\\|").replace("<", "&lt;").split()) for value in values)
    return "| " + " | ".join(plain) + " |"

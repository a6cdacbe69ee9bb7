"""One list from its table to judged rows: what it proposes, which record every row is, and whether the model accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tsunagite.engine.processes import MOST_SHARED, WORTH_SHARING, map_each
from tsunagite.findings import SourceLocation, error, has_errors, notice
from tsunagite.importing.detect.intake import Taken
from tsunagite.importing.draft import Draft, Dropped, Pair, Reason
from tsunagite.importing.mapping.private import without_person_columns, without_private
from tsunagite.importing.mapping.table import column_findings, read, read_columns
from tsunagite.importing.mapping.town import Town, resolve_location, settle_swapped, stated_towns
from tsunagite.importing.match.absent import with_last_values, without_absent
from tsunagite.importing.match.identity import IdentityRow, assign_ids
from tsunagite.importing.match.kinds import Kinds
from tsunagite.importing.match.offices import set_apart
from tsunagite.importing.plan.list_report import ListReport, ReadAs
from tsunagite.importing.plan.plan import Decisions
from tsunagite.importing.snapshots import Snapshot, read_snapshot
from tsunagite.importing.tables.list_file import list_table, table_in
from tsunagite.records.load.records import Located
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source
from tsunagite.records.yaml.staged_files import inside


@dataclass(frozen=True)
class JudgedList:
    """A list as it was read: its rows judged one by one, or None where it cannot be imported."""

    placed: Located[Source]
    report: ListReport
    rows: tuple[Draft | Dropped | Decisions, ...] = ()
    is_read: bool = False
    snapshot: Snapshot = field(default_factory=Snapshot)
    renamed: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[Pair, ...] = ()
    """Places of this list that share a number, to ask about."""


@dataclass(frozen=True)
class ListContext:
    """What reading any list needs. ``taken`` are files outside the site by the id of their list."""

    root: Path
    vocabularies: Vocabularies
    town: Town | None
    decided: Mapping[frozenset[str], bool]
    taken: Mapping[str, Taken]
    kinds: Kinds
    surname: str
    """The municipality without 市, 町, 村: that is a surname as well."""


@dataclass(frozen=True)
class ReadRows:
    """The rows of a list as they were read, before anybody asks which records they are. ``stated`` are the towns that rows name."""

    placed: Located[Source]
    report: ListReport
    rows: list[Draft | Dropped]
    snapshot: Snapshot
    stated: Mapping[tuple[str, int], str]


def read_list(
    shared: ListContext, placed: Located[Source], known: dict[str, ReadRows | JudgedList], *, keep: bool
) -> JudgedList:
    """Read a list, find every row's record, and judge the rows; nothing is written here. With ``keep`` the rows are read once for all plans."""
    read_rows = known.pop(placed.record.id, None) or _read_rows(shared, placed)
    if keep:
        known[placed.record.id] = (
            replace(read_rows, rows=list(read_rows.rows)) if isinstance(read_rows, ReadRows) else read_rows
        )
    return _judge_rows(shared, read_rows) if isinstance(read_rows, ReadRows) else read_rows


def _read_rows(shared: ListContext, placed: Located[Source]) -> ReadRows | JudgedList:
    """Read the rows of a list, or say why that is not possible."""
    source, persons = without_person_columns(without_absent(placed.record))
    root = shared.root
    taken = shared.taken.get(source.id)
    outside = taken.path if taken else None
    folder = (root / placed.place.file).parent
    paths = sorted(folder.glob(source.file)) if "*" in source.file else []
    several = bool(paths)
    report = ListReport(source.id, source.name, source.file, 0, None)
    rows: list[Draft | Dropped] = []
    snapshot, findings = read_snapshot(root, source.id)
    findings += [notice("I116", placed.place.at("columns"), columns=list(persons))] if persons else []
    seen: dict[str, str] = {}
    stated: dict[tuple[str, int], str] = {}
    read_rows = 0
    for path in [outside] if outside else paths or [folder / source.file]:
        if not outside and not inside(root, path):
            found = error("I121", placed.place.at("file"), file=source.file)
            return JudgedList(placed, replace(report, findings=(found,)))
        name = path.name if outside else path.resolve().relative_to(root.resolve()).as_posix()
        report = report if several else replace(report, file=name)
        if taken and taken.opened:
            table, unread = table_in(*taken.opened.pop(), name, source.sheet, source.header_row)
        else:
            table, unread = list_table(path, name, source.encoding, source.sheet, source.header_row)
        findings += unread
        if table is None:
            return JudgedList(placed, replace(report, findings=tuple(findings)))
        findings += column_findings(table, source, placed.place)
        columns = tuple(read_columns(table, source))
        report = replace(report, read_as=ReadAs(source, table.encoding, table.sheet, table.header_row, columns))
        read_rows += len(table.rows)
        file = path.name if several else ""
        stated |= {(file, number): town for number, town in stated_towns(table).items()} if shared.town else {}
        if not has_errors(findings):
            rows += read(table, source, file, seen)
        del table  # a hundred thousand rows are 130 MB
    report = replace(report, rows_read=read_rows, findings=tuple(findings))
    return JudgedList(placed, report) if has_errors(findings) else ReadRows(placed, report, rows, snapshot, stated)


def _judge_rows(shared: ListContext, found: ReadRows) -> JudgedList:
    """Find every row's record, and judge the rows."""
    placed, rows, snapshot, stated = found.placed, found.rows, found.snapshot, found.stated
    whole = placed.record
    source, _ = without_person_columns(without_absent(whole))
    judged: list[Draft | Dropped | Decisions] = [row for row in rows if isinstance(row, Dropped)]
    places = set_apart([row for row in rows if isinstance(row, Draft)], source, shared.decided)
    known = assign_ids(places.drafts, _known_rows(source.id, snapshot), shared.decided)
    rows.clear()
    places.drafts.clear()
    drafts = [with_last_values(draft, whole, snapshot.records.get(draft.id)) for draft in known.drafts]

    def judge(draft: Draft) -> Draft | Dropped | None:
        row = _judge_row(draft, source, shared, stated.get((draft.file, draft.row), ""))
        return row if row is not draft else None  # most stay as they are, and need not come back from the other process

    rows_now = map_each(drafts, judge, alone=not WORTH_SHARING <= len(drafts) <= MOST_SHARED)
    judged += (row or draft for row, draft in zip(rows_now, drafts, strict=True))
    judged += (Decisions(draft.row, draft.id, draft.name, pairs, draft.file) for draft, pairs in known.asked)
    return JudgedList(placed, found.report, tuple(judged), True, snapshot, known.renamed, tuple(places.pairs))


def _known_rows(source_id: str, snapshot: Snapshot) -> list[IdentityRow]:
    """Return what the rows of the last import are known by."""
    records = [
        IdentityRow.of(
            record_id, values, next((str(r["row"]) for r in values.get("sources", ()) if r["source"] == source_id), "")
        )
        for record_id, values in snapshot.records.items()
    ]
    return records + [
        IdentityRow.of(row_id, values, str(values.get("row", ""))) for row_id, values in snapshot.rows.items()
    ]


def _judge_row(row: Draft, source: Source, shared: ListContext, stated: str) -> Draft | Dropped:
    """Return the row with its kind if the model accepts it and it lies in the town, else why not."""
    row = settle_swapped(row, shared.town.holds if shared.town else None)
    placed_row = resolve_location(row, shared.town, stated, keep=source.outside == "keep") if shared.town else row
    if isinstance(placed_row, Dropped):
        return replace(placed_row, id=row.id)
    placed_row = without_private(shared.kinds.judged(placed_row, source), source, shared.surname)
    if isinstance(placed_row, Dropped):
        return placed_row
    _record, problems = validate(
        Resource, placed_row.data, SourceLocation(source.file, line=row.row, column=1), shared.vocabularies
    )
    if problems:
        return Dropped(row.row, row.name, Reason.INVALID, findings=tuple(problems), file=row.file, id=row.id)
    return placed_row

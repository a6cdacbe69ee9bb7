"""One import from beginning to end: descriptions → tables → drafts → plan → files → report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tsunagite.engine.processes import without_collector
from tsunagite.findings import Finding, SourceLocation, error, has_errors, notice
from tsunagite.importing.detect.catalogue import CatalogueEntry
from tsunagite.importing.detect.catalogue_file import catalogues_beside, read_catalogue
from tsunagite.importing.detect.intake import Intake, Said, Taken, detect_list
from tsunagite.importing.draft import Draft, Dropped, Merged, Pair, Reason, Take
from tsunagite.importing.events.run import plan_events
from tsunagite.importing.forms.read import kind_rules
from tsunagite.importing.match.kinds import Kinds
from tsunagite.importing.match.merge import Merging, merge
from tsunagite.importing.plan.joining import joining_records
from tsunagite.importing.plan.list_report import ListReport
from tsunagite.importing.plan.plan import Decisions, Judged, Plan, RemovedUpstream, Target, plan_list
from tsunagite.importing.plan.side_files import (
    OpenConflict,
    conflicts_text,
    pairs_file,
    read_conflicts,
    read_corrections,
    with_answers,
)
from tsunagite.importing.plan.three_way import name_of
from tsunagite.importing.read_list import JudgedList, ListContext, ReadRows, read_list
from tsunagite.importing.readings import Reader
from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.site_areas import area_readings, town_of_site
from tsunagite.importing.tables.list_file import SUFFIXES
from tsunagite.records.load.pairs import read_pairs
from tsunagite.records.load.records import Located, Records, records_of
from tsunagite.records.load.tree import CONFLICTS, PAIRS, READINGS, RawTree, locate_findings, read_tree
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.source import Source
from tsunagite.records.yaml.staged_files import finish_interrupted, write_files


@dataclass(frozen=True)
class Options:
    """How an import is to go: without writing; whose value a conflict takes; whether records gone from lists are closed."""

    dry_run: bool = False
    take: Take | None = None
    close_gone: bool = False
    said: Said | None = None
    """What a person says of files without a description."""


@without_collector()
def import_sources(
    root: Path, descriptions: list[Path], options: Options | None = None, ask: Callable[[Pair], bool] | None = None
) -> ImportReport:
    """Import the lists that ``descriptions`` (files below resources/sources/; empty = all of them) describe.

    All lists of the site are read, so that a facility in several of them is one record whatever is imported first; only
    the chosen ones are written and reported. What a list changed is taken over, what people changed is kept. A record is only
    removed where it becomes a part of a new one, nobody edited it and nothing refers to it (``plan.joining``). Nothing is
    written before all rows are judged, and then everything or nothing. ``ask`` decides pairs that may be one; its answers are
    written down, and the rows, read once, are planned again. Raises UsageError when ``root`` is no site.
    """
    options = options or Options()
    finish_interrupted(root)
    opened = _open(root, descriptions, options)
    report, files = _plan(opened, options, keep_rows=ask is not None)
    if ask is not None and report.doubts:
        write_answers(root, {pair: ask(pair) for pair in report.doubts})
        report, files = _plan(opened, options)
    if not options.dry_run:
        write_files(root, files)
    return report


@dataclass(frozen=True)
class _Opened:
    """A site and the files to import, read once; ``rows`` by list where the lists are planned more than once."""

    root: Path
    tree: RawTree
    records: Records
    files: list[Path]
    intakes: list[Intake]
    taken: Mapping[str, Taken]
    chosen: list[Located[Source]]
    missing: list[Finding]
    asked: list[Finding]
    rows: dict[str, ReadRows | JudgedList] = field(default_factory=dict)


def _open(root: Path, descriptions: list[Path], options: Options) -> _Opened:
    """Read the site and recognise the files."""
    tree = read_tree(root)
    records, findings = records_of(tree)
    lists_of_others = [path for path in descriptions if path.suffix.lower() in SUFFIXES]
    catalogues = {path: entries for path in lists_of_others if (entries := read_catalogue(path))}
    named_in = (*(entry for entries in catalogues.values() for entry in entries), *catalogues_beside(lists_of_others))
    said = replace(options.said or Said(date.min), catalogue=named_in)
    intakes = [
        _of_catalogue(path, catalogues[path])
        if path in catalogues
        else detect_list(path, records.source, records.vocabularies, root, said)
        for path in lists_of_others
    ]
    taken = _with_taken(records, intakes)
    named = [path for path in descriptions if path not in lists_of_others]
    chosen, missing = _chosen(root, named, records.source) if named or not descriptions else ([], [])
    chosen += [placed for placed in records.source if placed.record.id in taken and placed not in chosen]
    names = {placed.place.file for placed in chosen} | {finding.place.file for finding in missing}
    asked = [f for f in findings if f.place.file in names or (not descriptions and "/sources/" in f.place.file)]
    explained = {finding.place.file for finding in asked}
    asked += [finding for intake in intakes if intake.taken for finding in intake.findings]
    return _Opened(
        root,
        tree,
        records,
        lists_of_others,
        intakes,
        taken,
        chosen,
        [f for f in missing if f.place.file not in explained],
        asked,
    )


def _of_catalogue(path: Path, entries: Sequence[CatalogueEntry]) -> Intake:
    """Return what becomes of a catalogue: no records, but days and licences of the lists that it names."""
    names = (" ".join(entry.titles[:1]) or entry.file for entry in entries)
    dropped = tuple(Dropped(number, name, Reason.NOT_A_RESOURCE) for number, name in enumerate(names, 2))
    return Intake((notice("I218", SourceLocation(path.name), count=len(entries)),), dropped=dropped)


def _plan(
    opened: _Opened, options: Options, *, keep_rows: bool = False
) -> tuple[ImportReport, dict[str, str | bytes | None]]:
    """Return what becomes of every row, and the files to write."""
    root, tree, records, intakes, chosen = opened.root, opened.tree, opened.records, opened.intakes, opened.chosen
    here = {str(raw.data.get("id")): raw for raw in tree.tables("resource")}
    pairs, pair_findings = read_pairs(root)
    said = {ids: answer for ids, answer in pairs.items() if answer is not None}
    conflicts, conflict_findings = read_conflicts(root)
    corrections, reading_findings = read_corrections(root)
    town = town_of_site(root, records)
    kinds = Kinds(kind_rules(), records.vocabularies)
    shared = ListContext(
        root, records.vocabularies, town, said, opened.taken, kinds, records.settings.municipality[:-1]
    )
    lists = [read_list(shared, placed, opened.rows, keep=keep_rows) for placed in records.source]
    before = {row_id: str(row.get("into", "")) for one in lists for row_id, row in one.snapshot.rows.items()}
    drafts = ((one.placed.record, row) for one in lists for row in one.rows if isinstance(row, Draft))
    merging = merge(drafts, said, before)
    merging.uncertain += [pair for one in lists for pair in one.apart]
    _stay_in_their_record(lists, merging)
    reader = Reader(area_readings(records) | corrections)
    decided = {(item.id, item.field): item.take for item in conflicts if item.take}
    site = Target(root, records.vocabularies, here, reader.reading, decided, options.take, options.close_gone,
                  frozenset(tree.unread), kinds.folder_of)  # fmt: skip
    reports = _plan_with_joining(site, lists, chosen, merging)
    reports += [*_events(root, intakes, records.vocabularies, site.decide),
                *(_not_records(path, intake) for path, intake in zip(opened.files, intakes, strict=True)
                  if intake.taken is None and intake.events is None)]  # fmt: skip
    asked = [*opened.asked, *pair_findings, *reading_findings, *conflict_findings, *opened.missing]
    doubts = [pair for one in reports if one.plan for row in one.plan.asked for pair in row.pairs]
    undecided = [pair for pair in merging.uncertain if pairs.get(frozenset((pair.first, pair.second))) is None]
    open_pairs = _open_here(undecided, lists, chosen, merging)
    new_pairs = [pair for pair in (*undecided, *doubts) if frozenset((pair.first, pair.second)) not in pairs]
    files = _files(root, intakes, reports, [] if pair_findings else new_pairs)
    if not conflict_findings:
        files |= _conflict_file(root, reports, conflicts)
    beside = len(files) - sum(len(one.plan.files) for one in reports if one.plan)
    evidence = {_id_of(path, intake): intake.evidence for path, intake in zip(opened.files, intakes, strict=True)}
    told = ImportReport(
        tuple(reports),
        tuple(locate_findings(asked, root)),
        options.dry_run,
        open_pairs,
        not reader.available,
        beside,
        evidence,
    )
    return told, files


def _files(
    root: Path, intakes: list[Intake], reports: list[ListReport], new_pairs: list[Pair]
) -> dict[str, str | bytes | None]:
    """Return what is written: descriptions and files of new lists, what became of rows, and pairs to decide."""
    files: dict[str, str | bytes | None] = {}
    planned = {report.source_id for report in reports if report.plan}
    for intake in intakes:
        if intake.taken and intake.taken.placed.record.id in planned:
            files |= {name: text for name, text in intake.taken.files.items() if not _stands(root / name, text)}
    for report in reports:
        files |= report.plan.files if report.plan else {}
    joined = {one.id for report in reports if report.plan for one in report.plan.joined}
    if new_pairs or (joined and (root / PAIRS).is_file()):
        text = pairs_file(root, map(_pair_key, new_pairs), joined)
        files |= {} if _stands(root / PAIRS, text) else {PAIRS: text}
    return files


def _open_here(
    undecided: list[Pair], lists: list[JudgedList], chosen: list[Located[Source]], merging: Merging
) -> tuple[Pair, ...]:
    """Return the pairs that the imported lists speak of: doubts about other lists are theirs to ask."""
    own = [one for one in lists if one.placed in chosen]
    ids = {row.id for one in own for row in one.rows}
    ids |= {row.into for one in own for row in merging.merged[one.placed.record.id]}
    return tuple(pair for pair in undecided if {pair.first, pair.second} & ids)


def write_answers(root: Path, answers: Mapping[Pair, bool]) -> None:
    """Write down what a person said of doubtful pairs."""
    if answers:
        write_files(root, {PAIRS: with_answers(root, [(_pair_key(pair), said) for pair, said in answers.items()])})


def _stands(path: Path, content: str | bytes | None) -> bool:
    """Tell whether a file has this content already (None: is not there)."""
    if content is None:
        return not path.exists()
    return path.is_file() and path.read_bytes() == (content.encode() if isinstance(content, str) else content)


def _with_taken(records: Records, intakes: list[Intake]) -> dict[str, Taken]:
    """Add lists of others to the site's own; return each by the id of its list."""
    found: dict[str, Taken] = {}
    for intake in intakes:
        if taken := intake.taken:
            known = [one for one in records.source if one.record.id != taken.placed.record.id]
            records.source[:] = [*known, taken.placed]
            found[taken.placed.record.id] = taken
    return found


def _events(
    root: Path, intakes: list[Intake], vocabularies: Vocabularies, decide: Callable[[str, tuple[str, ...]], Take | None]
) -> Iterator[ListReport]:
    """Yield what becomes of the lists of events."""
    for intake in intakes:
        if intake.events:
            report = plan_events(root, intake.events, vocabularies, decide)
            yield replace(report, findings=(*intake.findings, *report.findings))


def _id_of(path: Path, intake: Intake) -> str:
    """Return the id under which a file's list is reported."""
    if intake.events:
        return intake.events.id
    return intake.taken.placed.record.id if intake.taken else path.stem


def _not_records(path: Path, intake: Intake) -> ListReport:
    """Report a file that makes no records: what it is, or why it cannot be read."""
    plan = Plan(dropped=list(intake.dropped)) if not has_errors(list(intake.findings)) else None
    return ListReport(path.stem, path.name, path.name, len(intake.dropped), plan, intake.findings)


def _conflict_file(root: Path, reports: list[ListReport], before: Sequence[OpenConflict]) -> dict[str, str | None]:
    """Return the file of open conflicts as it shall be: those of lists that were not imported now stay."""
    plans = [one.plan for one in reports if one.plan]
    judged = {update.id for plan in plans for update in (*plan.changed, *plan.kept)}
    judged |= {draft.id for plan in plans for draft in plan.unchanged}
    still = [item for item in before if item.id not in judged]
    found = [OpenConflict(record_id, name_of(conflict.path), conflict.base, conflict.here, conflict.proposed)
             for plan in plans for record_id, conflict in plan.conflicts]  # fmt: skip
    text = conflicts_text([*still, *found])
    path = root / CONFLICTS
    old = path.read_text(encoding="utf-8") if path.is_file() else None
    return {} if text == old else {CONFLICTS: text}


def _stay_in_their_record(lists: list[JudgedList], merging: Merging) -> None:
    """Keep rows in the record they were part of when its own row is gone: what was a shelter becomes no second record."""
    seen = {row.id for one in lists for row in one.rows}
    alive = {draft.id for drafts in merging.records.values() for draft in drafts}
    for one in lists:
        source_id = one.placed.record.id
        for draft in list(merging.records[source_id]):
            into = str(one.snapshot.rows.get(draft.id, {}).get("into", ""))
            if draft.id in one.snapshot.records or not into or into in seen or into in alive:
                continue
            merging.records[source_id].remove(draft)
            merging.merged[source_id].append(Merged(draft.row, draft.name, into, draft.repairs, draft.file, draft.data))
            for other in lists:
                rows = merging.merged[other.placed.record.id]
                rows[:] = [replace(row, into=into) if row.into == draft.id else row for row in rows]


def _pair_key(pair: Pair) -> tuple[str, str, str, str, str]:
    return pair.first, pair.first_name, pair.second, pair.second_name, "" if pair.metres is None else f"{pair.metres}m"


def _chosen(
    root: Path, descriptions: list[Path], sources: list[Located[Source]]
) -> tuple[list[Located[Source]], list[Finding]]:
    """Return the sources written in the given files, and a finding for each file without one."""
    if not descriptions:
        return sources, []
    by_file = {(root / placed.place.file).resolve(): placed.place.file for placed in sources}
    beside = {(root / name).resolve() for name in (PAIRS, READINGS, CONFLICTS)}
    files, missing = [], []
    for path in descriptions:
        if file := by_file.get(path.resolve()):
            files.append(file)
        elif path.resolve() not in beside:
            known = path.resolve().is_relative_to(root.resolve())
            name = path.resolve().relative_to(root.resolve()).as_posix() if known else path.name
            missing.append(error("I124", SourceLocation(name)))
    return [placed for placed in sources if placed.place.file in files], missing


def _plan_with_joining(
    site: Target, lists: list[JudgedList], chosen: list[Located[Source]], merging: Merging
) -> list[ListReport]:
    """Plan the chosen lists and what they touch; records of other lists that are a part of a new record now become one with it."""
    coming = {row.id for placed in chosen for row in merging.records[placed.record.id]}
    of_lists = [(one.snapshot, merging.merged[one.placed.record.id]) for one in lists if one.is_read]
    joining = joining_records(site.root, site.here, of_lists, coming)
    while True:
        trial = replace(site, joining=joining, texts={})
        reports = [_planned(trial, one, merging, lists) for one in lists if one.placed in chosen]
        reports += _touched(trial, lists, chosen, merging, coming)
        plans = [one.plan for one in reports if one.plan]
        placed = {draft.id for plan in plans for draft in plan.new}
        alone = {one.id for plan in plans for one in plan.joined if one.into not in placed}
        if not alone:  # nothing is removed whose new record is not written
            return [replace(one, findings=tuple(locate_findings(list(one.findings), site.root))) for one in reports]
        joining = {record_id: file for record_id, file in joining.items() if record_id not in alone}


def _touched(
    site: Target, lists: list[JudgedList], chosen: list[Located[Source]], merging: Merging, coming: set[str]
) -> Iterator[ListReport]:
    """Plan records of other lists that rows of the imported ones are a part of, or no longer are: what is merged is written at once.

    With them come rows of other lists that are a part of the records ``coming`` now, and were one of their own, or of another.
    """
    own = [one for one in lists if one.placed in chosen]
    into = {row.into for one in own for row in merging.merged[one.placed.record.id]}
    into |= {str(row.get("into", "")) for one in own for row in one.snapshot.rows.values()}
    for one in lists:
        rows: list[Draft | Dropped | Merged | Decisions] = [
            row for row in merging.records[one.placed.record.id] if row.id in into and row.id in one.snapshot.records
        ]
        rows += (row for row in merging.merged[one.placed.record.id] if row.into in coming
                 and (row.id in site.joining or one.snapshot.rows.get(row.id, {}).get("into", row.into) != row.into))  # fmt: skip
        if one not in own and one.is_read and rows:
            plan, _ = plan_list(
                site,
                Judged(
                    one.placed,
                    one.snapshot,
                    tuple(rows),
                    {},
                    lambda _id: RemovedUpstream("", "", date.min),
                    is_part=True,
                ),
            )
            if plan and plan.files:
                yield replace(one.report, rows_read=len(rows), plan=plan, findings=())


def _planned(site: Target, one: JudgedList, merging: Merging, lists: list[JudgedList]) -> ListReport:
    if not one.is_read:
        return one.report
    source = one.placed.record
    others: list[Dropped | Decisions] = [row for row in one.rows if not isinstance(row, Draft)]
    others += (
        Dropped(row.row, row.name, Reason.ID_TAKEN, f"一覧「{name}」", file=row.file, id=row.id)
        for row, name in merging.clashing[source.id]
    )
    rows: list[Draft | Dropped | Merged | Decisions] = [
        *others,
        *merging.merged[source.id],
        *merging.records[source.id],
    ]

    def gone_of(record_id: str) -> RemovedUpstream:
        still = {other.placed.record.name for other in lists if other is not one
                 for row in merging.merged[other.placed.record.id] if row.into == record_id}  # fmt: skip
        name = str(one.snapshot.records[record_id].get("name", ""))
        return RemovedUpstream(record_id, name, source.data_date, still_in=tuple(sorted(still)))

    plan, refused = plan_list(site, Judged(one.placed, one.snapshot, tuple(rows), one.renamed, gone_of))
    return replace(one.report, plan=plan, findings=(*one.report.findings, *refused))

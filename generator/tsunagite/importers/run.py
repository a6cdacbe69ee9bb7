"""One import from beginning to end: descriptions → tables → drafts → plan → files → report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tsunagite.findings import Finding, Place, error, has_errors
from tsunagite.i18n import message_of
from tsunagite.importers.merge import Merging, merge
from tsunagite.importers.readings import Reader
from tsunagite.importers.report import ImportReport, ListReport
from tsunagite.importers.table import column_findings, mapped_headers, read
from tsunagite.importers.town import Town, settled
from tsunagite.model.draft import Draft, Dropped, Merged, Pair, Why
from tsunagite.model.problems import validate
from tsunagite.model.resource import Resource
from tsunagite.model.source import Source
from tsunagite.model.vocabulary import Vocabularies
from tsunagite.sources.boundaries import read_boundaries
from tsunagite.sources.record_writer import Target, inside, plan_records, write_files
from tsunagite.sources.records import Placed, Records, records_of
from tsunagite.sources.side_files import read_corrections, read_pairs, with_pairs
from tsunagite.sources.table_file import read_table
from tsunagite.sources.tree import PAIRS, READINGS, located, read_tree


def import_sources(root: Path, descriptions: list[Path], dry_run: bool = False) -> ImportReport:
    """Import the lists that ``descriptions`` (files below resources/sources/; empty = all of them) describe.

    All lists of the site are read, so that a facility in several of them is one record whatever is imported first; only
    the chosen ones are written and reported. Records are added, never changed and never removed. Nothing is written
    before all rows are judged. Raises UsageError when ``root`` is no site.
    """
    tree = read_tree(root)
    records, findings = records_of(tree)
    taken = {str(raw.data.get("id")): raw.place.file for raw in tree.records
             if raw.sort == "resource" and isinstance(raw.data, dict)}  # fmt: skip
    chosen, missing = _chosen(root, descriptions, records.source)
    names = {placed.place.file for placed in chosen} | {finding.place.file for finding in missing}
    asked = [f for f in findings if f.place.file in names or (not descriptions and "/sources/" in f.place.file)]
    explained = {finding.place.file for finding in asked}
    pairs, pair_findings = read_pairs(root)
    corrections, reading_findings = read_corrections(root)
    town = _town(root, records)
    lists = [_read_list(root, placed, records.vocabularies, town) for placed in records.source]
    merging = merge(
        ((one.placed.record, row) for one in lists for row in one.rows if isinstance(row, Draft)),
        {ids: said for ids, said in pairs.items() if said is not None},
    )
    reader = Reader(_area_readings(records) | corrections)
    site = Target(root, records.vocabularies, taken, reader.reading)
    reports = []
    for one in lists:
        if one.placed not in chosen:
            continue
        report = _planned(site, one, merging)
        if report.plan:
            site.taken.update(
                {draft.id: f"resources/{one.placed.record.into}/{draft.id}.yml" for draft in report.plan.new}
            )
        reports.append(replace(report, findings=tuple(located(list(report.findings), root))))
    asked += [*pair_findings, *reading_findings, *(f for f in missing if f.place.file not in explained)]
    open_pairs = tuple(pair for pair in merging.uncertain if pairs.get(frozenset((pair.first, pair.second))) is None)
    new_pairs = [pair for pair in open_pairs if frozenset((pair.first, pair.second)) not in pairs]
    files = {PAIRS: with_pairs(root, map(_written, new_pairs))} if new_pairs and not pair_findings else {}
    if not dry_run:
        for report in reports:
            write_files(root, report.plan.files if report.plan else {})
        write_files(root, files)
    found = tuple(located(asked, root))
    return ImportReport(tuple(reports), found, dry_run, open_pairs, not reader.available, len(files))


def _written(pair: Pair) -> tuple[str, str, str, str, str]:
    return pair.first, pair.first_name, pair.second, pair.second_name, "" if pair.metres is None else f"{pair.metres}m"


def _chosen(
    root: Path, descriptions: list[Path], sources: list[Placed[Source]]
) -> tuple[list[Placed[Source]], list[Finding]]:
    """Return the sources written in the given files, and a finding for each file without one."""
    if not descriptions:
        return sources, []
    by_file = {(root / placed.place.file).resolve(): placed.place.file for placed in sources}
    beside = {(root / name).resolve() for name in (PAIRS, READINGS)}
    files, missing = [], []
    for path in descriptions:
        if file := by_file.get(path.resolve()):
            files.append(file)
        elif path.resolve() not in beside:
            known = path.resolve().is_relative_to(root.resolve())
            name = path.resolve().relative_to(root.resolve()).as_posix() if known else path.name
            missing.append(error("I124", Place(name)))
    return [placed for placed in sources if placed.place.file in files], missing


def _area_readings(records: Records) -> dict[str, str]:
    """Return how the towns and districts of the site are read; shorter names stand in too many other words."""
    readings: dict[str, str] = {}
    for placed in records.area:
        name = re.sub("[一二三四五六七八九十]+丁目$", "", placed.record.name)
        kana = (
            placed.record.name_kana
            if name == placed.record.name
            else re.sub(r"\d*ちょうめ$", "", placed.record.name_kana)
        )
        if len(name) > 2 and kana:
            readings.setdefault(name, kana)
    return readings


def _town(root: Path, records: Records) -> Town | None:
    """Return the site's municipality, or None for a site that names none."""
    name = records.settings.municipality
    area = next((placed.record for placed in records.area if placed.record.id == records.settings.area), None)
    if not name:
        return None
    boundaries, _ = read_boundaries(root)
    code = area.lg_code if area else ""
    others = [other for five, other in boundaries.names.items() if other and five != code[:5]]
    without_county = [other.partition("郡")[2] for other in others if "郡" in other]
    holds = partial(boundaries.hold, code) if code and boundaries.knows(code) else None
    return Town(name, tuple(sorted({*others, *without_county})), holds)


@dataclass(frozen=True)
class _List:
    """A list as it was read: its rows judged one by one, or None where it cannot be imported."""

    placed: Placed[Source]
    report: ListReport
    rows: tuple[Draft | Dropped, ...] = ()
    is_read: bool = False


def _read_list(root: Path, placed: Placed[Source], vocabularies: Vocabularies, town: Town | None) -> _List:
    """Read and judge the rows of one list; nothing is written here."""
    source = placed.record
    folder = (root / placed.place.file).parent
    paths = sorted(folder.glob(source.file)) if "*" in source.file else []
    several = bool(paths)
    report = ListReport(source.id, source.name, source.file, 0, None)
    rows: list[Draft | Dropped] = []
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    read_rows = 0
    for path in paths or [folder / source.file]:
        if not inside(root, path):
            found = error("I121", placed.place.at("file"), file=source.file)
            return _List(placed, replace(report, findings=(found,)))
        name = path.resolve().relative_to(root.resolve()).as_posix()
        report = report if several else replace(report, file=name)
        table, unread = read_table(path, name, source.encoding)
        if table is None:
            return _List(placed, replace(report, findings=(*findings, *unread)))
        findings += column_findings(table, source, placed.place)
        read_rows += len(table.rows)
        if not has_errors(findings):
            drafts = read(table, source, path.name if several else "", seen)
            rows += (_judged(row, source, vocabularies, town) for row in drafts)
    report = replace(report, rows_read=read_rows, findings=tuple(findings))
    return _List(placed, report, () if has_errors(findings) else tuple(rows), not has_errors(findings))


def _judged(row: Draft | Dropped, source: Source, vocabularies: Vocabularies, town: Town | None) -> Draft | Dropped:
    """Return the row if the model accepts it and it lies in the town, else why not."""
    if isinstance(row, Dropped):
        return row
    placed_row = settled(row, town) if town else row
    if isinstance(placed_row, Dropped):
        return placed_row
    _record, problems = validate(Resource, placed_row.data, Place(source.file, line=row.row, column=1), vocabularies)
    return Dropped(row.row, row.name, Why.INVALID, findings=tuple(problems), file=row.file) if problems else placed_row


def _planned(site: Target, one: _List, merging: Merging) -> ListReport:
    if not one.is_read:
        return one.report
    source_id = one.placed.record.id
    dropped = [row for row in one.rows if isinstance(row, Dropped)]
    rows: list[Draft | Dropped | Merged] = [*dropped, *merging.merged[source_id], *merging.records[source_id]]
    plan, refused = plan_records(site, one.placed, rows)
    return replace(one.report, plan=plan, findings=(*one.report.findings, *refused))


def try_data(folder: Path, root: Path) -> str:
    """Return a Markdown table of every csv below ``folder``: how it is written, how many headers the site knows.

    A header is known when a description of the site in ``root`` maps or ignores it. Nothing is imported. Raises
    UsageError when ``root`` is no site.
    """
    records, _ = records_of(read_tree(root))
    result = ["| ファイル | 文字コード | 行 | 列 | わかる列 |", "|---|---|--:|--:|--:|"]
    for path in sorted(folder.rglob("*.csv"), key=lambda found: found.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        table, findings = read_table(path, name)
        shown = name.replace("|", "\\|")
        if table is None:
            result.append(f"| {shown} | {message_of(findings[0])[0]} | | | |")
            continue
        known = max((mapped_headers(table, placed.record) for placed in records.source), default=0)
        columns = sum(1 for header in table.header if header.strip())
        result.append(f"| {shown} | {table.encoding} | {len(table.rows)} | {columns} | {known} |")
    return "\n".join(result) + "\n"

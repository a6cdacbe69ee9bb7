"""One import from beginning to end: descriptions → tables → drafts → plan → files → report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tsunagite.findings import Finding, Place, error, has_errors
from tsunagite.i18n import message_of
from tsunagite.importers.report import ImportReport, ListReport
from tsunagite.importers.table import column_findings, mapped_headers, read
from tsunagite.model.source import Source
from tsunagite.model.vocabulary import Vocabularies
from tsunagite.sources.record_writer import inside, plan_records, write_files
from tsunagite.sources.records import Placed, records_of
from tsunagite.sources.table_file import read_table
from tsunagite.sources.tree import located, read_tree


def import_sources(root: Path, descriptions: list[Path], dry_run: bool = False) -> ImportReport:
    """Import the lists that ``descriptions`` (files below resources/sources/; empty = all of them) describe.

    Records are added, never changed and never removed. Nothing of a list is written before all its rows are judged.
    Raises UsageError when ``root`` is no site.
    """
    tree = read_tree(root)
    records, findings = records_of(tree)
    taken = {str(raw.data.get("id")): raw.place.file for raw in tree.records
             if raw.sort == "resource" and isinstance(raw.data, dict)}  # fmt: skip
    chosen, missing = _chosen(root, descriptions, records.source)
    names = {placed.place.file for placed in chosen} | {finding.place.file for finding in missing}
    asked = [f for f in findings if f.place.file in names or (not descriptions and "/sources/" in f.place.file)]
    explained = {finding.place.file for finding in asked}
    lists = []
    for placed in chosen:
        one = _import_list(root, placed, records.vocabularies, taken)
        if one.plan:
            taken |= {draft.id: f"resources/{placed.record.into}/{draft.id}.yml" for draft in one.plan.new}
            if not dry_run:
                write_files(root, one.plan.files)
        lists.append(replace(one, findings=tuple(located(list(one.findings), root))))
    unexplained = [finding for finding in missing if finding.place.file not in explained]
    return ImportReport(tuple(lists), tuple(located([*asked, *unexplained], root)), dry_run)


def _chosen(
    root: Path, descriptions: list[Path], sources: list[Placed[Source]]
) -> tuple[list[Placed[Source]], list[Finding]]:
    """Return the sources written in the given files, and a finding for each file without one."""
    if not descriptions:
        return sources, []
    by_file = {(root / placed.place.file).resolve(): placed.place.file for placed in sources}
    files, missing = [], []
    for path in descriptions:
        if file := by_file.get(path.resolve()):
            files.append(file)
        else:
            known = path.resolve().is_relative_to(root.resolve())
            name = path.resolve().relative_to(root.resolve()).as_posix() if known else path.name
            missing.append(error("I124", Place(name)))
    return [placed for placed in sources if placed.place.file in files], missing


def _import_list(root: Path, placed: Placed[Source], vocabularies: Vocabularies, taken: dict[str, str]) -> ListReport:
    """Read and judge one list; nothing is written here."""
    source = placed.record
    path = (root / placed.place.file).parent / source.file
    report = ListReport(source.id, source.name, source.file, 0, None)
    if not inside(root, path):
        return replace(report, findings=(error("I121", placed.place.at("file"), file=source.file),))
    name = path.resolve().relative_to(root.resolve()).as_posix()
    table, findings = read_table(path, name, source.encoding)
    if table is None:
        return replace(report, file=name, findings=tuple(findings))
    findings = list(column_findings(table, source, placed.place))
    report = replace(report, file=name, rows_read=len(table.rows), findings=tuple(findings))
    if has_errors(findings):
        return report
    plan, refused = plan_records(root, placed, read(table, source), vocabularies, taken)
    return replace(report, plan=plan, findings=(*findings, *refused))


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

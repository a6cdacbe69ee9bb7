"""Looking at a list before it is imported, and drafting how an unknown one is read. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tsunagite.errors import BuildStopped
from tsunagite.findings import Severity
from tsunagite.i18n import message_of
from tsunagite.i18n.report import one_line
from tsunagite.importing.detect.intake import Said, draft_text
from tsunagite.importing.draft import Draft, Merged, Reason
from tsunagite.importing.report.inspection import row_lines
from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.run import Options, import_sources
from tsunagite.importing.tables.list_file import SUFFIXES


def inspect_lists(root: Path, files: list[Path], said: Said) -> ImportReport:
    """Return what an import of the files would do; a table of no known form is read by its draft. Nothing is written."""
    return import_sources(root, files, Options(dry_run=True, said=replace(said, is_trial=True)))


_HEAD = (
    "| ファイル | 形 | わかる列 | 行 | 記録 | まとめた行 | 除いた行 | 直したセル |",
    "|---|---|--:|--:|--:|--:|--:|--:|",
)


def folder_lines(root: Path, folder: Path, said: Said) -> Iterator[str]:
    """Yield a Markdown table of every list below ``folder``: how far each could be read, and what an import of it alone would make of its rows."""
    yield from _HEAD
    files = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    for path in sorted(files, key=lambda found: found.relative_to(folder).as_posix()):
        cells = (path.relative_to(folder).as_posix(), *_file_cells(root, path, said))
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _file_cells(root: Path, path: Path, said: Said) -> tuple[str, ...]:
    report = import_sources(root, [path], Options(dry_run=True, said=replace(said, owner=said.owner or "?")))
    one = next((found for found in report.lists if found.source_id in report.evidence), None)
    if one is None or one.plan is None:
        findings = [*(one.findings if one else ()), *report.findings]
        problem = next((found for found in findings if found.severity is Severity.ERROR), None)
        return message_of(problem)[0][:60] if problem else "", "", "", "", "", "", ""
    evidence, plan = report.evidence[one.source_id], one.plan
    drafts: list[Draft | Merged] = [
        *plan.new,
        *plan.unchanged,
        *(update.draft for update in (*plan.changed, *plan.kept)),
        *plan.merged,
    ]
    no_records = bool(plan.dropped) and all(row.why is Reason.NOT_A_RESOURCE for row in plan.dropped)
    percent = f"{round(100 * evidence.known / evidence.named)}%" if evidence.named and not no_records else ""
    counts = (one.rows_read, plan.records, len(plan.merged), len(plan.dropped), sum(len(row.repairs) for row in drafts))
    return evidence.form, percent, *(f"{number:,}" for number in counts)


def draft_lines(root: Path, path: Path, said: Said, language: str) -> Iterator[str]:
    """Yield the draft of a description, then as comments the first rows as the records it makes. Raises BuildStopped for what cannot be read."""
    text, findings = draft_text(path, said)
    if findings:
        raise BuildStopped("\n".join(one_line(finding, language) for finding in findings))
    yield from text.splitlines()
    report = import_sources(root, [path], Options(dry_run=True, said=replace(said, is_trial=True, by_draft=True)))
    told = [
        one_line(finding, language)
        for one in report.lists
        if one.plan is None
        for finding in (*report.findings, *one.findings)
    ]
    for line in (*told, *(line for one in report.lists for line in row_lines(one, language))):
        yield f"# {line}"

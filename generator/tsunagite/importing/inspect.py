"""Looking at a list before it is imported, and drafting how an unknown one is read. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tsunagite.errors import BuildStopped
from tsunagite.i18n import catalogue
from tsunagite.i18n.report import one_line
from tsunagite.importing.detect.intake import Said, draft_text
from tsunagite.importing.report.inspection import inspection_lines, row_lines
from tsunagite.importing.report.report import ImportReport
from tsunagite.importing.run import Options, import_sources


def inspect_lists(root: Path, files: list[Path], said: Said) -> ImportReport:
    """Return what an import of the files would do; a table of no known form is read by its draft. Nothing is written."""
    return import_sources(root, files, Options(dry_run=True, said=replace(said, is_trial=True)))


def inspect_lines(root: Path, files: list[Path], said: Said, language: str) -> Iterator[str]:
    """Yield what the files are and what their rows would become."""
    yield from inspection_lines(inspect_lists(root, files, said), language)


def draft_lines(root: Path, path: Path, said: Said, language: str) -> Iterator[str]:
    """Yield the draft of a description, then as comments the first rows as the records it makes. Raises BuildStopped for what cannot be read."""
    text, findings = draft_text(path, said)
    if findings:
        raise BuildStopped("\n".join(one_line(finding, language) for finding in findings))
    yield from text.splitlines()
    report = import_sources(root, [path], Options(dry_run=True, said=replace(said, is_trial=True, by_draft=True)))
    told = [one_line(finding, language) for one in report.lists if one.plan is None for finding in (*report.findings, *one.findings)]
    yield "# " + catalogue(language)["import"]["inspect"]["draft_rows"]
    for line in (*told, *(line for one in report.lists for line in row_lines(one, language))):
        yield f"# {line}"

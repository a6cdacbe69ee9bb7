"""The run of `tsunagite worksheet import`: read workbooks, and write all of their records or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tsunagite.findings import Finding, SourceLocation, error, has_errors
from tsunagite.records.load.tree import WORKSHEETS, read_tree
from tsunagite.records.load.vocabularies import vocabularies_of
from tsunagite.records.load.worksheets import built_in_sheets
from tsunagite.records.yaml.reader import dump, read_file
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.spreadsheets.clean import cleaned_workbook
from tsunagite.spreadsheets.read import read_workbook
from tsunagite.worksheets.importing.read import read_worksheet


@dataclass
class ImportResult:
    """What was found, and the names of the records that were (or would be) written."""

    findings: list[Finding] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 where everything was taken in, 1 where something must be put right first."""
        return 1 if has_errors(self.findings) else 0


def import_files(root: Path, files: Sequence[Path], *, replace: bool, dry_run: bool) -> ImportResult:
    """Read filled workbooks into the site in ``root``. Raises UsageError where there is no site."""
    vocabularies, _ = vocabularies_of(read_tree(root))
    sheets = {sheet.id: sheet for sheet in built_in_sheets()}
    result = ImportResult()
    texts: dict[str, str | None] = {}
    for path in files:
        workbook, found = read_workbook(path, path.name)
        result.findings += found
        if workbook is None:
            continue
        workbook, told = cleaned_workbook(workbook)
        result.findings += told
        read = read_worksheet(workbook, sheets, vocabularies)
        result.findings += read.findings
        if read.data is None or read.sheet is None:
            continue
        name = f"{WORKSHEETS}{read.sheet.id}/{read.data['id']}.yml"
        here = root / name
        if name in texts or (here.exists() and not replace and read_file(here, name).value != read.data):
            result.findings.append(error("I414", SourceLocation(path.name, line=1, column=1), path=name))
        texts[name] = dump(read.data)
    if not has_errors(result.findings):
        if not dry_run:
            write_files(root, texts)
        result.written = list(texts)
    return result

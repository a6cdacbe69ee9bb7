"""The run of `tsunagite worksheet import`: read workbooks and files of forms, and write all of their records or none."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tsunagite.findings import Finding, SourceLocation, error, has_errors, notice
from tsunagite.records.load.tree import WORKSHEETS, read_tree
from tsunagite.records.load.vocabularies import vocabularies_of
from tsunagite.records.load.worksheets import built_in_sheets
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.worksheet import WorksheetTemplate
from tsunagite.records.yaml.reader import dump, read_file
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.spreadsheets.clean import cleaned_workbook
from tsunagite.spreadsheets.read import read_workbook
from tsunagite.worksheets.areas import area_ids
from tsunagite.worksheets.importing.form_file import read_form_file
from tsunagite.worksheets.importing.read import Read, default_id, read_worksheet

Choice = Literal["replace", "number", "stop"]
"""What to do where a record of that id is there and says something else."""


class Clash(NamedTuple):
    """A record that is there and says something else: the file, the record, and the record that the next number would make."""

    file: str
    path: str
    next_path: str


@dataclass
class ImportResult:
    """What was found, and the names of the records that were (or would be) written."""

    findings: list[Finding] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 where everything was taken in, 1 where something must be put right first."""
        return 1 if has_errors(self.findings) else 0


def import_files(
    root: Path, files: Sequence[Path], *, dry_run: bool, on_clash: Choice | Callable[[Clash], Choice] = "stop"
) -> ImportResult:
    """Read filled workbooks and files of forms into the site in ``root``. Raises UsageError where there is no site.

    ``on_clash`` says, or asks, what to do where a record of the same id says something else: write over it, give the new one
    the next number, or write nothing (the finding then names both ways).
    """
    tree = read_tree(root)
    vocabularies, _ = vocabularies_of(tree)
    sheets = {sheet.id: sheet for sheet in built_in_sheets()}
    areas = area_ids(raw.data for raw in tree.tables("area") if {"id", "name"} <= raw.data.keys())
    result = ImportResult()
    taken = _Taken(root, on_clash if callable(on_clash) else lambda _: on_clash)
    for path in files:
        read = _read(path, sheets, vocabularies, areas, result.findings)
        if read is None or read.data is None or read.sheet is None:
            continue
        result.findings += taken.take(path.name, read.sheet, read.data)
    records = taken.records
    if not has_errors(result.findings):
        if not dry_run:
            write_files(root, {name: dump(data) for name, data in records.items()})
        result.written = list(records)
    return result


def _read(
    path: Path,
    sheets: Mapping[str, WorksheetTemplate],
    vocabularies: Vocabularies,
    areas: Mapping[str, str],
    findings: list[Finding],
) -> Read | None:
    if path.suffix.lower() in (".yml", ".yaml"):
        read = read_form_file(read_file(path, path.name), path.name, sheets, vocabularies)
    else:
        workbook, found = read_workbook(path, path.name)
        findings += found
        if workbook is None:
            return None
        workbook, told = cleaned_workbook(workbook)
        findings += told
        read = read_worksheet(workbook, sheets, vocabularies, areas)
    findings += read.findings
    return read


@dataclass
class _Taken:
    """The records of one run by their files, beside those that are there."""

    root: Path
    choose: Callable[[Clash], Choice]
    records: dict[str, Any] = field(default_factory=dict)

    def take(self, file: str, sheet: WorksheetTemplate, data: dict[str, Any]) -> Iterator[Finding]:
        """Give a record its file: its own, that of the same record under another number, or the one that is chosen."""
        first = f"{WORKSHEETS}{sheet.id}/{data['id']}.yml"
        stem, _, number = data["id"].rpartition("-")
        derived = data["id"] == default_id(sheet, data) or (stem == default_id(sheet, data) and number.isdecimal())
        name = first
        for name, there in self._numbered(sheet, data["id"]):
            if there is None:
                break
            if _same(there, data):
                self.records[name] = {**data, "id": there["id"]}
                return
        here = SourceLocation(file, line=1, column=1)
        if name != first:
            # Files that come together are sheets of their own (four desks, one day); a record that was there before may be meant to be put right.
            together = first in self.records
            choice: Choice = (
                "number" if together and derived else "stop" if together else self.choose(Clash(file, first, name))
            )
            if choice == "stop":
                yield error("I414", here, path=first, new=name)
            if choice == "number":
                yield notice("I415", here, path=first, new=name)
            name = name if choice == "number" else first
        self.records[name] = {**data, "id": Path(name).stem}

    def _numbered(self, sheet: WorksheetTemplate, record_id: str) -> Iterator[tuple[str, Any]]:
        """Yield the record of an id, then those with the next numbers; the first that is free comes with None and ends."""
        for number in itertools.count(1):
            name = f"{WORKSHEETS}{sheet.id}/{record_id}{f'-{number}' if number > 1 else ''}.yml"
            path = self.root / name
            there = self.records.get(name) or (read_file(path, name).value if path.exists() else None)
            yield name, there
            if there is None:
                return


def _same(there: Any, data: Mapping[str, Any]) -> bool:
    """Tell whether two records say the same, whatever number they have."""
    return isinstance(there, dict) and {**there, "id": ""} == {**data, "id": ""}

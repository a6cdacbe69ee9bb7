"""Records as workbooks and back: writes them for people to edit, reads the edits into the YAML files, all or nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from tsunagite.check.load import Loaded, load
from tsunagite.check.rules import run_checks
from tsunagite.editing.books.calls import By, Call, call_book, calls
from tsunagite.editing.books.read import (
    BookRead,
    BookRow,
    Edited,
    apply,
    edits_of,
    edits_of_answer,
    in_order,
    proposed_id,
    read_book,
)
from tsunagite.editing.books.view import names_of, record_books
from tsunagite.editing.books.write import record_book
from tsunagite.engine.digest import digest_of_bytes
from tsunagite.errors import UsageError
from tsunagite.findings import Finding, Severity, SourceLocation, error, has_errors
from tsunagite.records.columns.cells import Names, value_at
from tsunagite.records.columns.columns import ANSWERS
from tsunagite.records.directory import Directory
from tsunagite.records.load.records import Located, Records
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.resource import Resource
from tsunagite.records.yaml.reader import dump, read_file
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten
from tsunagite.records.yaml.staged_files import write_files, write_whole
from tsunagite.spreadsheets.clean import cleaned_workbook
from tsunagite.spreadsheets.read import read_workbook

Gone = Literal["ask", "keep", "close"]
"""What to do with records whose rows were taken out of the book."""


@dataclass
class BookImport:
    """What an import of a workbook did, or would do. Nothing was written where a finding is an error."""

    findings: list[Finding] = field(default_factory=list)
    diff: str = ""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    set_values: int = 0
    emptied_values: int = 0
    files: dict[str, str] = field(default_factory=dict)


def export_books(root: Path, target: Path, today: date) -> list[tuple[Path, int]]:
    """Write the records as workbooks; return (file, number of records).

    ``target`` is a folder (one workbook for each group of kinds) or the name of an .xlsx file (all in one). Raises
    UsageError where a record has errors: an edit could not be told from a mistake.
    """
    loaded = load(root, today)
    if has_errors(loaded.findings):
        raise UsageError("記録にまちがいがあるため、書き出せません。→ tsunagite check で直すところを見てください。")
    together = target.suffix.lower() == ".xlsx"
    folder = target.parent if together else target
    written = []
    for book in record_books(loaded.directory, today, together=together):
        path = target if together else folder / f"{book.name}.xlsx"
        write_whole(path, record_book(book))
        written.append((path, book.total))
    return written


def overdue_calls(root: Path, today: date, by: By, target: Path | None = None) -> tuple[Call, ...]:
    """Return whom to call about records past their review; write them as a call sheet to ``target``. Raises UsageError as exports do."""
    loaded = load(root, today)
    if has_errors(loaded.findings):
        raise UsageError("記録にまちがいがあるため、書き出せません。→ tsunagite check で直すところを見てください。")
    found = calls(loaded.directory, today, by)
    if target and found:
        write_whole(target, record_book(call_book(loaded.directory, today, by)))
    return found


def import_book(root: Path, file: Path, today: date, *, gone: Gone = "ask", dry_run: bool = False) -> BookImport:
    """Read the edits of a workbook into the record files. One error anywhere, and nothing is written."""
    result = BookImport()
    workbook, result.findings = read_workbook(file, file.name)
    if workbook is None:
        return result
    workbook, told = cleaned_workbook(workbook)
    book, found = read_book(workbook)
    result.findings = [*told, *found]
    if book is None:
        return result
    loaded = load(root, today)
    site = _Site(root, loaded, names_of(loaded.directory))
    edited = list(_edited(site, book, result, today))
    edited += _close_removed(site, book, result, gone, today)
    placed = [_validate_edit(site, one, result) for one in edited]
    if not has_errors(result.findings):
        result.findings += _checked(loaded, edited, [p for p in placed if p], today)
    if not has_errors(result.findings):
        _rewrite(site, edited, result)
    if has_errors(result.findings):
        result.files.clear()
        return result
    if not dry_run:
        write_files(root, result.files)
    return result


@dataclass
class _Site:
    """The site that is edited, with where each record is written."""

    root: Path
    loaded: Loaded
    names: Names

    def __post_init__(self) -> None:
        self.placed = {placed.record.id: placed for placed in self.loaded.directory.placed}
        self.taken = {
            *self.placed,
            *self.loaded.directory.organizations,
            *self.loaded.directory.areas,
            *self.loaded.directory.unreadable,
        }

    def raw(self, placed: Located[Resource]) -> dict[str, Any]:
        """Return a record as it is written."""
        return dict(value_at(read_file(self.root / placed.place.file, placed.place.file).value, placed.place.loc))


def _edited(site: _Site, book: BookRead, result: BookImport, today: date) -> Iterator[Edited]:
    """Yield every record that the book adds or changes."""
    lost_names = {book.kept[one].get("名前"): one for one in book.gone}
    for row in book.rows:
        placed = site.placed.get(row.id) if row.id else None
        if row.id and placed is None and row.id in book.kept:
            result.findings.append(error("B115", row.place(), id=row.id))
        elif row.id and row.id not in book.kept and (placed or row.texts.get("名前") in lost_names):
            result.findings.append(
                error("B116", row.place(), id=row.id, before=lost_names.get(row.texts.get("名前"), ""))
            )
        elif placed is not None:
            edits, findings = edits_of(book, row, placed.record.model_dump(mode="json"), site.names)
            result.findings += findings
            if row.answer and row.answer not in ANSWERS:
                result.findings.append(error("B122", row.place(), written=row.answer, words=list(ANSWERS)))
            edits += edits_of_answer(row, edits, today)
            if edits:
                yield apply(row, site.raw(placed), edits, site.names)
        else:
            edits, _ = edits_of(book, row, None, site.names)
            one = apply(row, {}, edits, site.names)
            one.data = {"id": row.id or _new_id(row, site, result), **one.data}
            site.taken.add(one.data["id"])
            yield one


def _new_id(row: BookRow, site: _Site, result: BookImport) -> str:
    made = proposed_id(row, site.taken)
    if not made:
        result.findings.append(error("B117", row.place("ふりがな"), name=row.texts.get("名前", "")))
    return made or "new"


def _close_removed(site: _Site, book: BookRead, result: BookImport, gone: Gone, today: date) -> Iterator[Edited]:
    """Close the records whose rows were taken out, keep them, or ask: they are never deleted."""
    here = [one for one in book.gone if one in site.placed and not site.placed[one].record.is_closed]
    if here and gone == "ask":
        names = [f"{book.kept[one].get('名前', '')}（{one}）" for one in here]
        result.findings.append(
            error("B118", SourceLocation(book.rows[0].file if book.rows else ""), count=len(here), names=names[:20])
        )
    if gone != "close":
        return
    for one in here:
        raw = site.raw(site.placed[one])
        row = BookRow("", 0, one, {}, {}, site.placed[one].place.file)
        data = {**raw, "status": "終了", "closed_date": today.isoformat()}
        result.closed.append(one)
        yield Edited(row, in_order(data, raw, list(Resource.model_fields)), ())


def _validate_edit(site: _Site, one: Edited, result: BookImport) -> Located[Resource] | None:
    """Return the edited record where the model accepts it; else say which cells it does not accept, all at once."""
    result.findings += one.findings
    record, problems = validate(Resource, one.data, SourceLocation("record"), site.names.vocabularies)
    told = {found.place for found in one.findings}
    result.findings += [
        replace(problem, place=place) for problem in problems if (place := one.place_of(problem.place.loc)) not in told
    ]
    if record is None:
        return None
    written = digest_of_bytes(
        repr(one.data).encode(errors="surrogatepass")
    )  # what rules said of the record before is kept under its digest
    before = site.placed.get(record.id)
    if before is not None:
        return replace(before, record=record, digest=written)
    folder = site.names.vocabularies["kind"][record.kind].group
    return Located(record, SourceLocation(f"resources/{folder}/{record.id}.yml"), folder, written)


def _checked(
    loaded: Loaded, edited: Sequence[Edited], placed: Sequence[Located[Resource]], today: date
) -> Iterator[Finding]:
    """Yield what the rules across records have against the edits, at the cell that says it."""
    directory = loaded.directory
    changed = {one.record.id: one for one in placed}
    kept = [changed.get(one.record.id, one) for one in directory.placed]
    new = [one for one in placed if one.record.id not in directory.resources]
    records = Records(
        directory.vocabularies, directory.settings, [*kept, *new], list(directory.placed_organizations),
        list(directory.placed_areas), source=list(directory.placed_sources), unreadable=set(directory.unreadable),
    )  # fmt: skip
    after = run_checks(Directory.of(records, directory.boundaries, directory.guides), today)
    known = {
        (found.code, found.place.file, found.place.loc, str(found.values)) for found in run_checks(directory, today)
    }
    rows = {(one.place.file, one.place.loc): edit for one, edit in zip(placed, edited, strict=True)}
    for found in after:
        if (found.code, found.place.file, found.place.loc, str(found.values)) in known:
            continue
        for (file, loc), edit in rows.items():
            if (
                found.place.file == file
                and found.place.loc[: len(loc)] == loc
                and found.severity is not Severity.NOTICE
            ):
                yield replace(found, place=edit.place_of(found.place.loc[len(loc) :]))


def _rewrite(site: _Site, edited: Sequence[Edited], result: BookImport) -> None:
    """Work out the new text of every file: comments and order stay, only edited values differ."""
    before: dict[str, str] = {}
    for one in edited:
        record_id = str(one.data["id"])
        placed = site.placed.get(record_id)
        if placed is None:
            kind = site.names.vocabularies["kind"].find(str(one.data["kind"])) or ""
            name = f"resources/{site.names.vocabularies['kind'][kind].group}/{record_id}.yml"
            if (site.root / name).exists():
                result.findings.append(error("B116", one.row.place(), id=record_id, before=""))
                continue
            before[name] = ""
            result.files[name] = dump(one.data)
            result.added.append(record_id)
            continue
        name = placed.place.file
        before.setdefault(name, (site.root / name).read_bytes().decode("utf-8"))
        try:
            result.files[name] = rewritten(result.files.get(name, before[name]), one.data, placed.place.loc)
        except CannotRewriteError as problem:
            result.findings.append(error("B119", one.row.place(), file=name, detail=str(problem)))
            continue
        if one.edits:
            result.changed.append(record_id)
            result.emptied_values += sum(1 for edit in one.edits if not edit.after)
            result.set_values += sum(1 for edit in one.edits if edit.after)
    result.files = {name: text for name, text in result.files.items() if text != before[name]}
    result.diff = "".join(file_diff(name, before[name], text) for name, text in sorted(result.files.items()))


def file_diff(name: str, before: str, after: str) -> str:
    """Return what changes in a file as a unified diff; a file without text before is new."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, f"a/{name}" if before else "/dev/null", f"b/{name}"))

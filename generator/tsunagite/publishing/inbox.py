"""`tsunagite ci inbox`: files that people put into ``inbox/`` become changes of the site, each file whole or not at all.

A file is recognised by what it holds and read by the importer of its sort, in a copy of the site. Where that leaves no new error,
the changes are written together with the move to ``inbox/done/``; else nothing of the file is written, and it stays where it is.
"""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from tsunagite.check.load import Loaded, load, open_store
from tsunagite.editing.books.read import is_record_book
from tsunagite.editing.books.run import import_book
from tsunagite.editing.duties.read import import_duties, is_duty_book
from tsunagite.engine.git import SITE, ChangedFile
from tsunagite.engine.program import CACHE
from tsunagite.errors import UsageError
from tsunagite.findings import Finding, SourceLocation, error, has_errors
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.report.summary import as_summary
from tsunagite.importing.run import Options, import_sources
from tsunagite.importing.tables.hsds_tables import with_packages
from tsunagite.importing.tables.list_file import SUFFIXES
from tsunagite.publishing.diff import Difference, difference_of, new_findings
from tsunagite.records.yaml.staged_files import write_files
from tsunagite.spreadsheets.read import MAX_BYTES, read_workbook
from tsunagite.spreadsheets.read_other import kind_of_workbook
from tsunagite.worksheets.cells import MARK_TAB
from tsunagite.worksheets.importing.run import import_files

INBOX, DONE = "inbox", "inbox/done"
REPLACING = "差しかえ"
"""How the name of a worksheet begins that is to be written over the one of the same id."""
_GUIDE = "README.md"
_LONGEST_NAME = 255  # bytes that file systems allow


class Sort(StrEnum):
    """What a file was recognised as."""

    RECORDS = "records"
    DUTIES = "duties"
    WORKSHEET = "worksheet"
    LIST = "list"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Taken:
    """What became of one file: ``done`` is where it was moved, "" where it was refused and stays; ``findings`` say why, by cell."""

    file: str
    sort: Sort
    findings: tuple[Finding, ...] = ()
    done: str = ""
    reason: str = ""
    """Why it is no file to read, as a key of ``[inbox.reasons]``; else ""."""
    summary: str = ""
    """What a list changes and asks, as Markdown."""


@dataclass(frozen=True)
class InboxRun:
    """What became of every file, and what the site says differently now; None where nothing of it changed."""

    files: tuple[Taken, ...]
    difference: Difference | None

    @property
    def refused(self) -> tuple[Taken, ...]:
        """The files that stay."""
        return tuple(one for one in self.files if not one.done)


def take_inbox(root: Path, today: date, only: Collection[str] | None = None, language: str = "ja") -> InboxRun:
    """Take the files of ``inbox/`` into the site, in the order of their names; ``only`` (names) are looked at where given.

    Raises UsageError where there is no site.
    """
    waiting = [path for path in _waiting(root) if only is None or path.name in only]
    if not waiting:
        return InboxRun((), None)
    with open_store(root, lambda _: None, use_cache=(root / CACHE).is_dir()):
        first = state = load(root, today)
        taken: list[Taken] = []
        changed: dict[str, str] = {}
        for path in waiting:
            one, state, files = _take(root, path, state, today, language)
            taken.append(one)
            for name, letter in files.items():
                changed[name] = "A" if changed.get(name) == "A" and letter == "M" else letter
        files_changed = tuple(ChangedFile(name, letter) for name, letter in sorted(changed.items()))
        difference = difference_of((first, state, first), (files_changed, ()), ("", "", ""), today) if changed else None
    return InboxRun(tuple(taken), difference)


def _waiting(root: Path) -> Iterator[Path]:
    folder = root / INBOX
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if (
            not path.name.startswith(".")
            and path.name != _GUIDE
            and (path.name != Path(DONE).name or not path.is_dir())
        ):
            yield path


def _take(root: Path, path: Path, state: Loaded, today: date, language: str) -> tuple[Taken, Loaded, dict[str, str]]:
    """Return what became of a file, the site after it, and the letters (A, M, D) of the files it changed."""
    if reason := _reason(path):
        return Taken(path.name, Sort.UNKNOWN, reason=reason), state, {}
    if (size := path.stat().st_size) > MAX_BYTES:
        return (
            Taken(
                path.name,
                Sort.UNKNOWN,
                (error("I102", SourceLocation(path.name), size=f"{size:,}", limit=f"{MAX_BYTES:,}"),),
            ),
            state,
            {},
        )
    sort, findings = _recognise(path)
    if sort is Sort.UNKNOWN:
        return Taken(path.name, sort, tuple(findings), reason="" if findings else "unknown"), state, {}
    with tempfile.TemporaryDirectory(prefix="tsunagite-") as scratch:
        copy = Path(scratch) / "site"
        _copy_site(root, copy)
        findings, reason, summary = _import(copy, path, sort, today, language)
        if reason or has_errors(findings):
            return Taken(path.name, sort, tuple(findings), reason=reason), state, {}
        after = load(copy, today)
        if broken := [found for found in new_findings(state.findings, after.findings) if has_errors([found])]:
            return Taken(path.name, sort, (*findings, *broken)), state, {}
        changes, letters = _changes(root, copy)
    done = _done_name(root, path.name, today)
    write_files(root, {**changes, done: path.read_bytes(), f"{INBOX}/{path.name}": None})
    return Taken(path.name, sort, tuple(findings), done, summary=summary), after, letters


def _reason(path: Path) -> str:
    """Return why this is no file to read, as a key of ``[inbox.reasons]``; "" where it is one."""
    if path.is_symlink():
        return "link"
    if path.is_dir():
        return "folder"
    return "lock" if path.name.startswith("~$") else "empty" if not path.stat().st_size else ""


def _recognise(path: Path) -> tuple[Sort, list[Finding]]:
    """Tell what a file is by what it holds; with findings where it is a workbook that cannot be opened."""
    suffix = path.suffix.lower()
    if kind_of_workbook(path) == "xlsx" or suffix in (".xlsx", ".xlsm"):
        workbook, findings = read_workbook(path, path.name)
        if workbook is None:
            return Sort.UNKNOWN, findings
        if is_record_book(workbook):
            return Sort.RECORDS, []
        if workbook.sheet(MARK_TAB):
            return Sort.WORKSHEET, []
        return (Sort.DUTIES if is_duty_book(workbook) else Sort.LIST), []
    if suffix in (".yml", ".yaml"):
        return Sort.WORKSHEET, []
    return (Sort.LIST if suffix in SUFFIXES else Sort.UNKNOWN), []


def _import(root: Path, path: Path, sort: Sort, today: date, language: str) -> tuple[list[Finding], str, str]:
    """Import a file into the site in ``root``; return what was found, and of a list why it is not whole (a reason) and its summary."""
    if sort is Sort.RECORDS:
        return import_book(root, path, today).findings, "", ""
    if sort is Sort.DUTIES:
        return import_duties(root, path, today).findings, "", ""
    if sort is Sort.WORKSHEET:
        return (
            import_files(
                root, [path], dry_run=False, on_clash="replace" if path.name.startswith(REPLACING) else "stop"
            ).findings,
            "",
            "",
        )
    with tempfile.TemporaryDirectory(prefix="tsunagite-") as folder:
        if path.suffix.lower() not in SUFFIXES:  # a workbook without its suffix
            path = Path(shutil.copy(path, Path(folder) / f"{path.name}.xlsx"))
        given, told = with_packages([path], Path(folder))
        report = import_sources(root, given, Options(said=Said(today, today=today, is_dated=False)))
    findings = [*told, *report.findings, *(found for one in report.lists for found in one.findings)]
    return findings, "incomplete" if report.exit_code and not has_errors(findings) else "", as_summary(report, language)


def _copy_site(root: Path, folder: Path) -> None:
    folder.mkdir()
    for name in SITE:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, symlinks=True)
        elif (root / name).is_file():
            shutil.copy2(root / name, folder / name)


def _changes(root: Path, copy: Path) -> tuple[dict[str, bytes | None], dict[str, str]]:
    """Return the files of the copy that differ from the site by name (None: gone), and git's letter for each."""
    here, there = _files_of(root), _files_of(copy)
    changes: dict[str, bytes | None] = {}
    for name in sorted(here | there):
        if name not in there:
            changes[name] = None
        elif name not in here or not filecmp.cmp(root / name, copy / name):
            changes[name] = (copy / name).read_bytes()
    return changes, {name: "D" if text is None else "M" if name in here else "A" for name, text in changes.items()}


def _files_of(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for part in SITE
        for path in ((root / part).rglob("*") if (root / part).is_dir() else [root / part])
        if path.is_file() and not path.is_symlink()
    }


def _done_name(root: Path, name: str, today: date) -> str:
    """Return where a file goes: the day before its name, a number before the suffix where that is taken, cut where too long."""
    path = Path(name)
    for number in range(1, 10_000):
        ending = (f"-{number}" if number > 1 else "") + path.suffix
        room = _LONGEST_NAME - len(f"{today}-{ending}".encode())
        stem = path.stem.encode()[:room].decode("utf-8", "ignore")
        done = f"{DONE}/{today}-{stem}{ending}"
        if not (root / done).exists():
            return done
    raise UsageError(f"{DONE} がいっぱいです。")

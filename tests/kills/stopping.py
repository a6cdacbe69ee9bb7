"""Stops a command at its calls, and looks at what is left: all old or all new, and right after the next run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kills.commands import CASES, Case, town
from kills.faults import Ended, Kind, run

LEFT_BY_WORK = (".tsunagite-cache/", "site/.tsunagite-files")
"""What a command keeps for itself: no page, no record."""


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file that a person or a reader sees."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes() for name, path in found.items() if not any(part in f"{name}" for part in LEFT_BY_WORK)
    }


@dataclass
class Stage:
    """A folder with a site ready for one command, the state before it, and the state after it where nothing goes wrong."""

    folder: Path
    case: Case
    name: str
    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: int

    @classmethod
    def of(cls, name: str, folder: Path) -> Stage:
        case = CASES[name]
        ready = folder / "ready"
        town(ready / "town")
        case.prepare(ready / "town")
        (ready / "out").mkdir()
        stage = cls(folder, case, name, files_of(ready), {}, 0)
        ended = stage.run(stage.fresh())
        assert ended.code == 0, ended.printed
        stage.after, stage.calls = files_of(folder / "now"), ended.calls
        assert stage.after != stage.before, f"{name} wrote nothing"
        return stage

    def fresh(self) -> Path:
        """Return the folder as it was before the command."""
        now = self.folder / "now"
        shutil.rmtree(now, ignore_errors=True)
        shutil.copytree(self.folder / "ready", now, symlinks=True)
        return now

    def run(self, now: Path, kind: Kind = "none", at: int = 0, words: tuple[str, ...] = ()) -> Ended:
        """Run the command (or other ``words``) in the site, stopped at a call."""
        here = Path.cwd()
        os.chdir(now / "town")
        try:
            return run(words or self.case.words, now, self.folder / "printed.txt", kind, at)
        finally:
            os.chdir(here)

    def wrong(self, kind: Kind, at: int) -> Iterator[str]:
        """Stop the command at a call and yield what is wrong afterwards."""
        now = self.fresh()
        ended = self.run(now, kind, at)
        place = f"{self.name}, {kind} at {at} of {self.calls}"
        if "Traceback" in ended.printed:
            yield f"{place}: a traceback: {ended.printed[-300:]}"
        if ended.code == 0 and files_of(now) != self.after:
            yield f"{place}: says that it is done, and is not"
        self.run(
            now, words=("check", ".", "--today", "2026-11-22")
        )  # the next command that reads the site finishes or forgets
        state = files_of(now)
        torn = [
            name
            for name, content in state.items()
            if content not in (self.before.get(name), self.after.get(name)) and not is_draft(name)
        ]
        if torn:
            yield f"{place}: half written: {torn[:3]}"
        people = {
            name: content for name, content in state.items() if name.startswith(("town/resources", "town/content"))
        }
        whole = [
            {name: content for name, content in one.items() if name.startswith(("town/resources", "town/content"))}
            for one in (self.before, self.after)
        ]
        if people not in whole:
            yield f"{place}: records are neither as before nor as after"
        again = self.run(now)
        if files_of(now) != self.after:  # where the work is done, doing it again may be refused
            left = files_of(now)
            other = sorted(name for name in {*self.after, *left} if self.after.get(name) != left.get(name))
            yield f"{place}: after the next run (it ended with {again.code}) other files than there should be: {other[:3]} {again.printed[-200:]}"


def is_draft(name: str) -> bool:
    """Tell whether a file is a draft that a killed command has left beside the file it was to become; the next run takes its place."""
    return (name.rpartition("/")[2].startswith(".") and name.endswith(".tmp")) or "/.site.next/" in name

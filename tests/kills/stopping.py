"""Stops a command at its calls, and looks at what is left: all old or all new, and right after the next run."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kills.commands import CASES, Case, town
from kills.faults import Ended, Kind, run, started, waited

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
    seconds: float
    """How long it takes where nothing stops it."""

    @classmethod
    def of(cls, name: str, folder: Path, prepare: Callable[[Path], None] = lambda _site: None) -> Stage:
        case = CASES[name]
        ready = folder / "ready"
        town(ready / "town")
        case.prepare(ready / "town")
        prepare(ready / "town")
        (ready / "out").mkdir()
        stage = cls(folder, case, name, files_of(ready), {}, 0, 0)
        now, begin = stage.fresh(), time.monotonic()
        ended = stage.run(now)
        stage.seconds = time.monotonic() - begin
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
        yield from self.judged(now, self.run(now, kind, at), f"{self.name}, {kind} at {at} of {self.calls}")

    def wrong_after(self, share: float) -> Iterator[str]:
        """Kill the command when a share of its usual time is over, wherever it is, and yield what is wrong afterwards."""
        now = self.fresh()
        [ended] = self.at_once(now, [(self.case.words, 0)], share * self.seconds)
        yield from self.judged(now, ended, f"{self.name}, killed after {share:.3f} of {self.seconds:.2f} s")

    def wrong_at_once(self, share: float, killed: float | None = None) -> Iterator[str]:
        """Run the command twice at once, the second begun when a share of the time of the first is over; ``killed``: the first never ends."""
        now, words = self.fresh(), self.case.words
        both = self.at_once(now, [(words, 0), (words, share * self.seconds)], killed and killed * self.seconds)
        place = f"{self.name} twice at once, the second after {share:.3f}{f', the first killed after {killed:.3f}' if killed else ''}"
        for ended in both[1 if killed else 0 :]:
            if ended.code not in (0, 1, 2):
                yield f"{place}: ended with {ended.code}: {ended.printed[-300:]}"
        yield from self.judged(now, Ended(-1, 0, "".join(ended.printed for ended in both)), place)

    def at_once(
        self, now: Path, several: list[tuple[tuple[str, ...], float]], first_killed: float | None
    ) -> list[Ended]:
        """Start commands with pauses before them, and wait for them all."""
        here, children = Path.cwd(), []
        os.chdir(now / "town")
        for number, (words, pause) in enumerate(several):
            time.sleep(pause)
            out = self.folder / f"printed-{number}.txt"
            children.append((started(words, out), out))
        os.chdir(here)
        return [
            waited(child, out, first_killed if number == 0 else None) for number, (child, out) in enumerate(children)
        ]

    def judged(self, now: Path, ended: Ended, place: str) -> Iterator[str]:
        """Yield what is wrong after a command that has been stopped: before, and after, the next run."""
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
        if _of_people(state) not in (_of_people(self.before), _of_people(self.after)):
            yield f"{place}: records are neither as before nor as after"
        again = self.run(now)
        left = files_of(now)
        if left != self.after:  # where the work is done, doing it again may be refused
            other = sorted(name for name in {*self.after, *left} if self.after.get(name) != left.get(name))
            yield f"{place}: after the next run (it ended with {again.code}) other files than there should be: {other[:3]} {again.printed[-200:]}"


def wrong_at_any_moment(name: str, folder: Path) -> list[str]:
    """Stop a command at moments that its name decides, and run it twice at once; return what is wrong.

    Call it in a process that has drawn no paper: the threads of typst are not there after a fork, and a child waits for them for ever.
    """
    stage, dice = Stage.of(name, folder), random.Random(name)  # noqa: S311 - moments, no secrets
    return [*stage.wrong_after(dice.random()), *stage.wrong_at_once(dice.random() / 2, dice.random())]


TOGETHER = (
    ("verify", "fmt"),
    ("verify", "close"),
    ("rename", "verify"),
    ("import", "new"),
    ("import-xlsx", "close"),
    ("duties import", "fmt"),
    ("worksheet import", "import"),
    ("build", "verify"),
    ("build", "rename"),
)
"""Two commands that somebody, or a machine and somebody, runs at the same time."""


def wrong_together(first: str, second: str, share: float, folder: Path) -> Iterator[str]:
    """Run two different commands at once; yield what is wrong: in the end the records are as after one, then the other."""
    stage = Stage.of(first, folder / "first", CASES[second].prepare)
    words = (CASES[first].words, CASES[second].words)
    orders = []
    for order in (words, words[::-1]):
        now = stage.fresh()
        for one in order:
            stage.run(now, words=one)
        orders.append(_of_people(files_of(now)))
    now = stage.fresh()
    both = stage.at_once(now, [(words[0], 0), (words[1], share * stage.seconds)], None)
    place = f"{first} and {second} at once, the second after {share:.3f}"
    for one, ended in zip(words, both, strict=True):
        if "Traceback" in ended.printed or ended.code not in (0, 1, 2):
            yield f"{place}: {ended.code} {ended.printed[-300:]}"
        if ended.code == 2:  # it has said that another command writes, and to run it again
            stage.run(now, words=one)
    state = files_of(now)
    if _of_people(state) not in orders:
        yield f"{place}: records are not as after one and the other ({[ended.code for ended in both]})"
    if first == "build":
        stage.run(now)
        after = files_of(now)
        if after != files_of(_built_once(stage, now)):
            yield f"{place}: the next build publishes something else than a new one"


def _built_once(stage: Stage, now: Path) -> Path:
    for name in ("site", ".tsunagite-cache"):
        shutil.rmtree(now / "town" / name)
    stage.run(now)
    return now


def _of_people(state: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in state.items() if name.startswith(("town/resources", "town/content"))}


def is_draft(name: str) -> bool:
    """Tell whether a file is a draft that a killed command has left beside the file it was to become; the next run takes its place."""
    return (name.rpartition("/")[2].startswith(".") and name.endswith(".tmp")) or "/.site.next/" in name

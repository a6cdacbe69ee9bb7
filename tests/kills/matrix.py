"""Runs commands in every odd surrounding: no traceback, an answer within its time, the right code, and nothing half."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kills.commands import CASES, DAY, town
from kills.stopping import is_draft
from kills.surroundings import SURROUNDINGS, Surrounding
from tsunagite.cli.app import main

SECONDS = 60
UNHEARD = (
    "nobody who reads",
    "a full disk behind the output",
    "no output",
    "no output for errors",
    "no input and no output",
)
"""Where what a command prints is lost: it has done its work, and ends with 1 or 2 where it could not say so."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "."),
    "check in English": ("check", ".", "--lang", "en", "--format", "github"),
    "build": ("build", "."),
    "doctor": ("doctor",),
    "fmt": CASES["fmt"].words,
    "verify": tuple(word for word in CASES["verify"].words if word not in DAY),
    "import": CASES["import"].words,
    "import-xlsx": ("import-xlsx", "../book.xlsx"),
    "export": ("export", "--xlsx", "../out/all.xlsx"),
    "duties export": ("duties", "export", "../out/duties.xlsx"),
    "report": ("report", "--out", "../out/report"),
    "overdue": ("overdue", "--excel", "../out/calls.xlsx"),
    "schema": ("schema", "."),
    "init": ("init", "../out/new", "-m", "松山市", "--sample"),
}


class Field:
    """A folder with a site in which every command has something to do, copied for each run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ready = folder / "ready"
        town(ready / "town")
        for name in ("import", "import-xlsx", "fmt"):
            CASES[name].prepare(ready / "town")
        (ready / "out").mkdir()

    def clear(self) -> None:
        """Give back the rights to what a surrounding has shut, so that it can be removed."""
        _remove(self.folder / "now")

    def wrong(self, odd: str, command: str) -> Iterator[str]:
        """Run a command in a surrounding, and yield what is wrong with how it ended."""
        one = SURROUNDINGS[odd]
        now = self.folder / "now"
        _remove(now)
        shutil.copytree(self.folder / "ready", now, symlinks=True)
        site = now / "town"
        if one.name != "town":
            (now / one.name).parent.mkdir(parents=True, exist_ok=True)
            site = site.rename(now / one.name)
            for name in ("book.xlsx", "out"):
                if site.parent != now:
                    shutil.move(now / name, site.parent)
        one.spoil(site)
        before = _state(now)
        begin = time.monotonic()
        code, told = self._run(one, now, site, COMMANDS[command])
        took = time.monotonic() - begin
        place = f"{odd} / {command} ({code})"
        if "Traceback" in told or code == 71:
            yield f"{place}: a traceback: {told[-700:]}"
        elif code not in (0, 1, 2):
            yield f"{place}: ended with {code} after {took:.0f} s: {told[-200:]}"
        if code == 2 and odd == "nothing odd":
            yield f"{place}: refused where nothing is odd: {told[-300:]}"
        if code == 2 and not one.hidden and len(told.strip().splitlines()) > 4:
            yield f"{place}: more than a sentence: {told[-400:]}"
        if code and not one.hidden and not told.strip() and odd not in UNHEARD:
            yield f"{place}: says nothing"
        after = _state(now)
        left = sorted(name for name in after if is_draft(name) and name not in before)
        if left:
            yield f"{place}: left {left[:3]}"
        changed = sorted(name for name in after if before.get(name) != after[name] and "/resources/" in f"/{name}")
        if code and changed and odd not in UNHEARD:
            yield f"{place}: did not end well, and changed {changed[:3]}"

    def _run(self, one: Surrounding, now: Path, site: Path, words: tuple[str, ...]) -> tuple[int, str]:
        printed = self.folder / "printed.txt"
        child = os.fork()
        if not child:
            _child(one, now, site, words, printed)
        code = -1
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                code = os.waitstatus_to_exitcode(status)
                break
            time.sleep(0.01)
        else:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        return code, printed.read_text(encoding="utf-8", errors="replace")


def _child(one: Surrounding, now: Path, site: Path, words: tuple[str, ...], printed: Path) -> None:
    code = 70
    try:
        os.setsid()
        reads, writes = os.pipe()
        if not os.fork():  # copies what the command prints: a limit for files is none for a pipe
            os.close(writes)
            with printed.open("wb") as file:
                while part := os.read(reads, 65_536):
                    file.write(part)
            os._exit(0)
        os.close(reads)
        os.dup2(writes, 1)
        os.dup2(writes, 2)
        os.close(writes)
        sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
        if one.link:
            (now / "link").symlink_to(site)
            site = now / "link"
        with suppress(OSError):
            os.chdir(site)
        one.within(now)
        sys.argv = ["tsunagite", *words]
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException as problem:  # noqa: BLE001 - this process ends here, and the test reads why
        import traceback  # noqa: PLC0415

        with suppress(Exception):
            os.write(2, ("Traceback: " + "".join(traceback.format_exception(problem))).encode())
        code = 71
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        for number in (1, 2):
            with suppress(OSError):
                os.close(number)
        with suppress(ChildProcessError):
            os.wait()
        os._exit(code)


def _state(folder: Path) -> dict[str, bytes]:
    """Return what every file holds (links are not followed)."""
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = Path(base, name)
            with suppress(OSError):
                if path.is_file() and not path.is_symlink():
                    found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _remove(folder: Path) -> None:
    for base, folders, _ in os.walk(folder):
        for name in folders:
            if not Path(base, name).is_symlink():
                Path(base, name).chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)

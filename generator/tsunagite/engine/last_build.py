"""The last build: what it read and what it left. Where neither has changed since, a build has nothing to do.

A build is a function of ``mkdocs.yml``, of the files in ``READ``, of the program, of the commit (it tells when records came), and of the day. So the state of those files
(name, size, times, inode) stands for their content. What that cannot see is not remembered: a file that changed in the
moment the build began, plugins and hooks that may read anything, folders outside the site. The cache folder may be
deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tsunagite.engine.program import CACHE, LIST_NAME, PACKAGE, shared_content, theme_layer
from tsunagite.findings import Finding, Severity, SourceLocation

READ = ("content", "resources", "overrides")
"""The folders of a site that a build reads. What else lies beside them (a log, a virtual environment) is nothing to it."""
NOT_READ = frozenset({"node_modules", "__pycache__"})
"""Folders no build reads; those whose name begins with a dot are not read either."""

State = tuple[str, int, int, int, int]
"""Name, size, time of change, time of change of the entry (ns), inode."""


@dataclass(frozen=True)
class BuildResult:
    """What a build told: its findings, how many records it read, how many files it published."""

    findings: list[Finding]
    records: int
    files: int


@dataclass(frozen=True)
class Inputs:
    """The state of everything a build into ``site_dir`` reads, seen before it reads. ``newest`` is the last change (ns) among it.

    ``folders`` are those below the site's own that it reads.
    """

    site_dir: str
    folders: tuple[str, ...]
    digest: str
    newest: int

    @classmethod
    def seen(cls, root: Path, site_dir: str, today: date, folders: tuple[str, ...] = READ) -> Inputs:
        """Look at ``mkdocs.yml``, at all files in ``folders`` of ``root``, and at the program, but for what lies below ``site_dir``."""
        installed = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns  # changes when a package comes or goes
        running = [
            state for folder in (PACKAGE, theme_layer(), shared_content()) for state in _states_below(folder, site_dir)
        ]
        states = [
            _state(f"{root}/mkdocs.yml"),
            *(state for name in folders for state in _states_below(root / name, site_dir)),
            *running,
        ]
        return cls(
            site_dir,
            folders,
            _digest([states, installed, sys.version, str(today), site_dir, _commit(root)]),
            _newest(states),
        )


class LastBuild:
    """Remembers one build of the site in ``root``. ``wanted`` is the folder it was told to publish to, None: what mkdocs.yml says."""

    def __init__(self, root: Path, wanted: Path | None) -> None:
        self._root = root
        self._wanted = str(wanted.absolute()) if wanted else ""
        self._folder = root / CACHE
        self._file = self._folder / "last-build.json"

    def look(self, today: date) -> tuple[Inputs | None, BuildResult | None]:
        """Return what a build of this day would read, and what the last one told if all it read and published is as it was.

        Where the last build published is where this one will, unless mkdocs.yml says so anew: then what it reads has changed.
        Where nothing is known of a last build, nothing is looked at.
        """
        try:
            kept = json.loads(self._file.read_bytes())
            if kept["wanted"] != self._wanted:
                return None, None
            inputs = Inputs.seen(self._root, kept["site_dir"], today, tuple(kept["folders"]))
            if kept["inputs"] != inputs.digest or kept["outputs"] != _digest(_published(inputs.site_dir)):
                return inputs, None
            return inputs, BuildResult(
                [_finding(row) for row in kept["findings"]], int(kept["records"]), int(kept["files"])
            )
        except (OSError, ValueError, KeyError, TypeError):  # no build yet, or a damaged file: then it is built
            return None, None

    def begin(self) -> int:
        """Forget the last build, and return the time (ns) by the clock of the site's own file system, for ``remember``.

        The time is 0, and nothing will be remembered, where the site's folder cannot be written to.
        """
        try:
            self._folder.mkdir(exist_ok=True)
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._file.unlink(missing_ok=True)
            mark = self._folder / f"began-{os.getpid()}"
            mark.write_bytes(b"")
            began = mark.stat().st_mtime_ns
            mark.unlink()
        except OSError:
            return 0
        return began

    def remember(self, inputs: Inputs, began: int, result: BuildResult) -> None:
        """Keep a build that succeeded, unless a file changed so late that a second change might look the same."""
        if inputs.newest >= began:
            return
        kept = {
            "wanted": self._wanted,
            "site_dir": inputs.site_dir,
            "folders": inputs.folders,
            "inputs": inputs.digest,
            "outputs": _digest(_published(inputs.site_dir)),
            "findings": [_row(finding) for finding in result.findings],
            "records": result.records,
            "files": result.files,
        }
        waiting = self._folder / f"last-build-{os.getpid()}.new"
        waiting.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        waiting.replace(self._file)


def _commit(root: Path) -> str:
    """Return what git says of the newest commit of the repository around a site, without running it; "" where there is none."""
    here = root.resolve()
    git = next((path for folder in (here, *here.parents) if (path := folder / ".git").exists()), None)
    with suppress(OSError, UnicodeError):
        if git and git.is_file():  # a work tree beside the repository
            git = git.parent / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        if git:
            head = (git / "HEAD").read_text(encoding="utf-8")
            common = (
                git / (git / "commondir").read_text(encoding="utf-8").strip() if (git / "commondir").is_file() else git
            )
            named = (
                [common / head.removeprefix("ref:").strip(), common / "packed-refs"] if head.startswith("ref:") else []
            )
            return head + "".join(file.read_text(encoding="utf-8") for file in named if file.is_file())
    return ""


def _newest(states: Iterable[State]) -> int:
    return max((max(state[2], state[3]) for state in states), default=0)


def _states_below(folder: Path, leave_out: str) -> Iterator[State]:
    for here, folders, names in os.walk(os.path.abspath(folder)):
        folders[:] = sorted(n for n in folders if n[0] != "." and n not in NOT_READ and f"{here}/{n}" != leave_out)
        for name in sorted([*names, *folders]):
            with suppress(FileNotFoundError):  # gone since: an editor's own file
                yield _state(f"{here}/{name}")


def _published(site_dir: str) -> list[State]:
    """Return the state of every published file. Raises OSError where one is gone."""
    names = Path(site_dir, LIST_NAME).read_text(encoding="utf-8").splitlines()
    return [_state(f"{site_dir}/{name}") for name in names]


def _state(path: str) -> State:
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):  # what it leads to may change unseen: too new to be remembered, whenever that is
        return (path, 0, sys.maxsize, sys.maxsize, 0)
    if stat.S_ISDIR(found.st_mode):  # its files speak for themselves
        return (path, 0, 0, 0, 0)
    return (path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def _row(finding: Finding) -> list[Any]:
    place = finding.place
    values = {
        key: value if isinstance(value, (str, int, float, list, tuple)) else str(value)
        for key, value in finding.values.items()
    }
    return [finding.code, str(finding.severity), place.file, place.line, place.column, values]


def _finding(row: list[Any]) -> Finding:
    code, severity, file, line, column, values = row
    words: Mapping[str, object] = values
    return Finding(code, Severity(severity), SourceLocation(file, line=line, column=column), words)

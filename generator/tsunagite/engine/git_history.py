"""What git keeps of earlier states of a site: which commit is checked out, and every version of a file that was replaced or removed.

Read only, by two or three short calls of git. Only the line of first parents is walked: what the branch held after each merge, and
not what a branch of somebody tried out before it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import NamedTuple

from tsunagite.engine.digest import Digested, digest

_NO_BLOB = "0" * 40
_FILE = "100"
"""How the mode of a plain file begins (100644, 100755); links and submodules are not followed."""
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=AMDT", "--relative")


class _Row(NamedTuple):
    path: str
    commit: str
    last_revision: str
    before: str
    now: str


@dataclass(frozen=True)
class Replaced:
    """A file before a commit, or the work tree, changed or removed it. ``path`` is relative to the site; ``now`` is None where it was removed, and where the work tree decides."""

    path: str
    last_revision: str
    """The last revision that has the file as it was before (``1234567890^``: the one before a commit)."""
    before: bytes
    now: bytes | None
    added: frozenset[str] = frozenset()
    """Names (without folder and ending) of the files that the same commit added: a file that moved is among them."""


@dataclass(frozen=True)
class GitHistory(Digested):
    """The history of the repository that a site lies in. ``prefix`` is the folder of the site in it ("" or ending with ``/``)."""

    root: Path
    commit: str
    prefix: str
    is_shallow: bool

    @property
    def digest(self) -> bytes:
        """What stands for everything that was ever committed to this branch."""
        return digest(self.commit, self.prefix, self.is_shallow)

    def committed(self, folder: str) -> Iterator[Replaced]:
        """Yield every version below a folder of the site that a commit replaced or removed, newest commit first."""
        added: dict[str, set[str]] = {}
        rows: list[_Row] = []
        commit = ""
        parts = self._log("%H", folder)
        for part in parts:
            if part.startswith("\x01"):
                commit = part[1:]
            elif part.startswith(":"):
                path, (before, now) = next(parts), _blobs(part)
                if part.endswith("A"):
                    added.setdefault(commit, set()).add(PurePosixPath(path).stem)
                else:
                    rows.append(_Row(path, commit, f"{commit[:10]}^", before, now))
        yield from _with_contents(self.root, rows, {key: frozenset(names) for key, names in added.items()})

    def changes(self, folder: str) -> Iterator[tuple[int, list[tuple[str, str, str]]]]:
        """Yield (time in seconds, [(path, blob before, blob now)]) of every commit that touched a folder of the site, newest first; "" for no file."""
        seconds, files = 0, list[tuple[str, str, str]]()
        parts = self._log("%ct", folder, "-c", "log.showRoot=true", "-c", "log.showSignature=false")
        for part in parts:
            if part.startswith("\x01"):
                if files:
                    yield seconds, files
                seconds, files = int(part[1:]), []
            elif part.startswith(":"):
                path = next(parts)
                before, now = (blob if blob.strip("0") else "" for blob in _blobs(part))
                files.append((path, before, now))
        if files:
            yield seconds, files

    def _log(self, form: str, folder: str, *settings: str) -> Iterator[str]:
        """Yield what git logs of the commits that touched a folder: ``form`` of a commit behind a mark, then the line and the path of each file."""
        chosen = (*_RAW, "--first-parent", "--diff-merges=first-parent", f"--format=%x01{form}")
        return iter(_texts(_run(self.root, *settings, "log", *chosen, self.commit, "--", folder)))

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """Yield what blobs hold, in order; nothing of one that git has not."""
        return _contents(self.root, blobs) if blobs else iter(())

    def uncommitted(self, folder: str) -> Iterator[Replaced]:
        """Yield every committed file below a folder of the site that the work tree changed or removed."""
        parts = iter(_texts(_run(self.root, "diff", "--no-ext-diff", *_RAW, self.commit, "--", folder)))
        rows = [
            _Row(next(parts), self.commit, self.commit[:10], _blobs(part)[0], _NO_BLOB)
            for part in parts
            if part.startswith(":")
        ]
        return _with_contents(self.root, rows, {})


def history_of(root: Path) -> GitHistory | None:
    """Return the history of the repository that a site lies in; None where there is no git, no repository, or no commit."""
    if shutil.which("git") is None:
        return None
    answer = _run(root, "rev-parse", "--is-shallow-repository", "--show-prefix", "--verify", "HEAD^{commit}").decode(
        "utf-8", "surrogateescape"
    )
    shallow, _, rest = answer.partition("\n")
    prefix, _, commit = rest.partition("\n")
    return GitHistory(root, commit.strip(), prefix, shallow == "true") if commit.strip() else None


def _blobs(raw: str) -> tuple[str, str]:
    """Return both blobs of ``:100644 100644 <blob> <blob> M``; zeros where a side is no plain file."""
    before_mode, now_mode, before, now, _ = raw[1:].split(" ")
    return before if before_mode.startswith(_FILE) else _NO_BLOB, now if now_mode.startswith(_FILE) else _NO_BLOB


def _with_contents(root: Path, rows: Sequence[_Row], added: Mapping[str, frozenset[str]]) -> Iterator[Replaced]:
    wanted = list(dict.fromkeys(blob for row in rows for blob in (row.before, row.now) if blob.strip("0")))
    contents = dict(zip(wanted, _contents(root, wanted), strict=True))
    for row in rows:
        if row.before in contents:
            yield Replaced(
                row.path,
                row.last_revision,
                contents[row.before],
                contents.get(row.now),
                added.get(row.commit, frozenset()),
            )


def _contents(root: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """Yield what blobs hold, byte for byte; nothing of one that git has not."""
    with TemporaryFile() as asked:
        asked.write("".join(f"{blob}\n" for blob in blobs).encode())
        asked.seek(0)
        with subprocess.Popen(
            [*_command(root), "cat-file", "--batch"], stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout  # noqa: S101 - told to the type checker
            for _ in blobs:
                head = process.stdout.readline().split()
                if len(head) != 3:
                    yield b""
                    continue
                yield process.stdout.read(int(head[2]))
                process.stdout.read(1)


def _texts(answer: bytes) -> list[str]:
    """Return what stands between the zero bytes of an answer."""
    return [part.lstrip("\n") for part in answer.decode("utf-8", "surrogateescape").split("\0")]


def _run(root: Path, *words: str) -> bytes:
    """Return what git answers; nothing where it refuses."""
    answer = subprocess.run([*_command(root), *words], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return answer.stdout if answer.returncode == 0 else b""


def _command(root: Path) -> list[str]:
    return [shutil.which("git") or "git", "-c", "core.quotePath=off", "--no-optional-locks", "-C", str(root)]

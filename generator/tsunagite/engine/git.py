"""The one module that runs git: what it keeps of earlier states of a site, two revisions of it, merges of texts. The work tree is not touched.

Files are read as git stores them (``ls-tree``, ``cat-file``): no conversion of line ends, no filter, no ``export-ignore`` can change
or hide a record. A history is the line of first parents alone: what the branch held after each merge, and not what a branch of
somebody tried out before it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, TemporaryFile
from typing import NamedTuple

from tsunagite.engine.digest import Digested, digest
from tsunagite.errors import WordedError

SITE = ("resources", "content", "mkdocs.yml")
"""What is read of a revision, relative to the folder of the site."""
_FILE = "100"
"""How the mode of a plain file begins (100644, 100755); links and submodules are not followed, as everywhere."""
_NO_BLOB = "0" * 40
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=AMDT", "--relative")


class GitProblem(WordedError):
    """Raised where git cannot answer."""

    section = "git"


@dataclass(frozen=True)
class ChangedFile:
    """A file that differs between two revisions: its name now, git's letter (A, M, D, R), its name before where it was moved."""

    name: str
    letter: str
    before: str = ""


class Repository:
    """The repository that a site lies in. Raises GitProblem where there is no git, or no repository."""

    def __init__(self, root: Path) -> None:
        if shutil.which("git") is None:
            raise GitProblem("no_git")
        self._root = root
        answer = self._run("rev-parse", "--show-prefix")
        if answer.returncode:
            raise GitProblem(
                "not_trusted" if b"safe.directory" in answer.stderr else "no_repository", folder=root.resolve()
            )
        self._prefix = answer.stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    @property
    def top(self) -> Path:
        """The folder of the whole repository."""
        return Path(os.fsdecode(self._answer("rev-parse", "--show-toplevel").rstrip(b"\n"))).resolve()

    def ignores(self, path: Path) -> bool:
        """Tell whether git leaves a file or folder out: it is ignored, and nothing in it was added all the same."""
        ignored = (
            self._run("check-ignore", "-q", "--", str(path)).returncode == 0
            or self._run("check-ignore", "-q", "--", f"{path}/").returncode == 0
        )
        return ignored and not self._answer("ls-files", "-z", "--", str(path))

    def commit(self, revision: str) -> str:
        """Return the commit of a branch, a tag or a number; of a branch that is known at the remote alone, too. Raises GitProblem."""
        for name in (revision, f"origin/{revision}"):
            if revision and not revision.startswith("-"):
                answer = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
                if answer.returncode == 0:
                    return answer.stdout.decode().strip()
        raise GitProblem("shallow_revision" if self.is_shallow else "unknown_revision", revision=revision)

    def common(self, base: str, head: str) -> str:
        """Return the commit at which two commits went apart. Raises GitProblem where there is none."""
        answer = self._run("merge-base", base, head)
        if answer.returncode:
            raise GitProblem(
                "shallow_history" if self.is_shallow else "no_common_commit", base=base[:10], head=head[:10]
            )
        return answer.stdout.decode().split()[0]

    def is_ancestor(self, old: str, new: str) -> bool:
        """Tell whether ``new`` holds everything of ``old``."""
        return self._run("merge-base", "--is-ancestor", old, new).returncode == 0

    @property
    def is_shallow(self) -> bool:
        """Whether only a part of the history was fetched."""
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def changed_files(self, base: str, head: str | None) -> tuple[ChangedFile, ...]:
        """Return the files of the site that differ, in order of their names; ``head`` None is the work tree with its new files."""
        ends = [base, head] if head else [base]
        answer = self._answer(
            "diff", "--no-ext-diff", "--no-textconv", "--name-status", "-z", "-M", "--relative", *ends, "--", *SITE
        )
        parts = iter(_texts(answer))
        found = []
        for letter in parts:
            first = next(parts)
            moved = letter[0] in "RC"
            found.append(ChangedFile(next(parts) if moved else first, letter[0], first if moved else ""))
        if head is None:
            new = _texts(self._answer("ls-files", "--others", "--exclude-standard", "-z", "--", *SITE))
            found += [ChangedFile(name, "A") for name in new]
        return tuple(sorted(found, key=lambda one: one.name))

    def files_since(self, base: str, folder: str) -> tuple[str, ...] | None:
        """Return the files of a folder that were added or changed since a commit; None where that commit is not known here (a new branch, a forced push)."""
        if not _COMMIT.fullmatch(base) or self._run("cat-file", "-e", f"{base}^{{commit}}").returncode:
            return None
        return tuple(
            _texts(
                self._answer(
                    "diff",
                    "--name-only",
                    "--no-renames",
                    "--diff-filter=AMT",
                    "-z",
                    "--relative",
                    base,
                    "HEAD",
                    "--",
                    folder,
                )
            )
        )

    def export(self, commit: str, folder: Path) -> None:
        """Write the files of the site at a commit into a folder, byte for byte; an empty ``resources/`` where it had none."""
        (folder / "resources").mkdir(parents=True, exist_ok=True)
        listed = [line.split("\t", 1) for line in _texts(self._answer("ls-tree", "-r", "-z", commit, "--", *SITE))]
        files = {
            name: head.split()[2] for head, name in listed if head.startswith(_FILE) and ".." not in Path(name).parts
        }
        for name, content in zip(files, _contents(self._root, list(files.values())), strict=True):
            if content is None:
                raise GitProblem("failed", command="cat-file", reason=name)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def remote_head(self, remote: str, branch: str) -> str:
        """Return the commit that a branch has at the remote now. Raises GitProblem where the remote does not answer or has no such branch."""
        answer = self._run("ls-remote", "--exit-code", "--", remote, f"refs/heads/{branch}")
        shown = re.sub(r"//[^@/]*@", "//", remote)  # an address may hold a password
        if answer.returncode == 2:
            raise GitProblem("no_remote_branch", remote=shown, branch=branch)
        head = answer.stdout.decode("ascii", "replace").partition("\t")[0]
        if answer.returncode or not _COMMIT.fullmatch(head):
            raise GitProblem("no_remote", remote=shown)
        return head

    def _answer(self, *words: str) -> bytes:
        answer = self._run(*words)
        if answer.returncode:
            raise GitProblem("failed", command=words[0], reason=answer.stderr.decode("utf-8", "replace").strip())
        return answer.stdout

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return _run(self._root, *words)


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
        told = _told(self.root, *settings, "log", *chosen, self.commit, "--", folder)
        return (part.lstrip("\n") for part in _texts(told))

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """Yield what blobs hold, in order; nothing of one that git has not."""
        return (content or b"" for content in _contents(self.root, blobs)) if blobs else iter(())

    def uncommitted(self, folder: str) -> Iterator[Replaced]:
        """Yield every committed file below a folder of the site that the work tree changed or removed."""
        parts = iter(_texts(_told(self.root, "diff", "--no-ext-diff", *_RAW, self.commit, "--", folder)))
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
    answer = _told(root, "rev-parse", "--is-shallow-repository", "--show-prefix", "--verify", "HEAD^{commit}").decode(
        "utf-8", "surrogateescape"
    )
    shallow, _, rest = answer.partition("\n")
    prefix, _, commit = rest.partition("\n")
    return GitHistory(root, commit.strip(), prefix, shallow == "true") if commit.strip() else None


def merge_texts(mine: str, base: str, theirs: str) -> str | None:
    """Return ``mine`` with the changes that led from ``base`` to ``theirs``, as git merges branches; None where both changed one place, or where there is no git."""
    if shutil.which("git") is None:
        return None
    with TemporaryDirectory() as name:
        folder, texts = Path(name), {"mine": mine, "base": base, "theirs": theirs}
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8", newline="")
        answer = _run(folder, "merge-file", "--stdout", *texts)
    return answer.stdout.decode("utf-8") if answer.returncode == 0 else None


def _blobs(raw: str) -> tuple[str, str]:
    """Return both blobs of ``:100644 100644 <blob> <blob> M``; zeros where a side is no plain file."""
    before_mode, now_mode, before, now, _ = raw[1:].split(" ")
    return before if before_mode.startswith(_FILE) else _NO_BLOB, now if now_mode.startswith(_FILE) else _NO_BLOB


def _with_contents(root: Path, rows: Sequence[_Row], added: Mapping[str, frozenset[str]]) -> Iterator[Replaced]:
    wanted = list(dict.fromkeys(blob for row in rows for blob in (row.before, row.now) if blob.strip("0")))
    contents = {blob: content or b"" for blob, content in zip(wanted, _contents(root, wanted), strict=True)}
    for row in rows:
        if row.before in contents:
            yield Replaced(
                row.path,
                row.last_revision,
                contents[row.before],
                contents.get(row.now),
                added.get(row.commit, frozenset()),
            )


def _contents(root: Path, blobs: Sequence[str]) -> Iterator[bytes | None]:
    """Yield what blobs hold, byte for byte; None for one that git has not."""
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
                    yield None
                    continue
                yield process.stdout.read(int(head[2]))
                process.stdout.read(1)


def _texts(answer: bytes) -> list[str]:
    """Return what stands between the zero bytes of an answer."""
    return [part for part in answer.decode("utf-8", "surrogateescape").split("\0") if part]


def _told(root: Path, *words: str) -> bytes:
    """Return what git answers; nothing where it refuses."""
    answer = _run(root, *words)
    return answer.stdout if answer.returncode == 0 else b""


def _run(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*_command(root), *words], capture_output=True, check=False, stdin=subprocess.DEVNULL)


def _command(root: Path) -> list[str]:
    return [shutil.which("git") or "git", "-c", "core.quotePath=off", "--no-optional-locks", "-C", str(root)]

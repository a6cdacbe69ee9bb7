"""The one module that runs git: revisions of a site, read without touching its work tree.

Files are read as git stores them (``ls-tree``, ``cat-file``): no conversion of line ends, no filter, no ``export-ignore``
can change or hide a record.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from tsunagite.errors import TsunagiteError

SITE = ("resources", "content", "mkdocs.yml")
"""What is read of a revision, relative to the folder of the site."""
_BLOBS = ("100644", "100755")  # links and submodules are not followed, as everywhere
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class GitProblem(TsunagiteError):
    """Raised where git cannot answer. The words stand in ``[git]`` of ``i18n/<language>.toml`` under ``key``."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class ChangedFile:
    """A file that differs between two revisions: its name now, git's letter (A, M, D, R), its name before where it was moved."""

    name: str
    letter: str
    before: str = ""


class Repository:
    """The repository that a site lies in. Raises GitProblem where there is no git, or no repository."""

    def __init__(self, root: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise GitProblem("no_git")
        self._command = [program, "-c", "core.quotePath=off", "--no-optional-locks", "-C", str(root)]
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
        files = [
            (head.split()[2], name)
            for head, name in listed
            if head.split()[0] in _BLOBS and ".." not in Path(name).parts
        ]
        with TemporaryFile() as wanted:
            wanted.write("".join(f"{blob}\n" for blob, _ in files).encode())
            wanted.seek(0)
            with subprocess.Popen(
                [*self._command, "cat-file", "--batch"], stdin=wanted, stdout=subprocess.PIPE
            ) as process:
                assert process.stdout  # noqa: S101 - told to the type checker
                for _, name in files:
                    size = int(process.stdout.readline().split()[2])
                    path = folder / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(process.stdout.read(size))
                    process.stdout.read(1)

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
        return subprocess.run([*self._command, *words], capture_output=True, check=False, stdin=subprocess.DEVNULL)


def _texts(answer: bytes) -> list[str]:
    """Return what stands between the zero bytes of an answer."""
    return [part for part in answer.decode("utf-8", "surrogateescape").split("\0") if part]

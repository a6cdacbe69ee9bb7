"""Puts a built site into the web space of a host: by rsync over ssh, or by rclone over SFTP or to S3 and what speaks its language.

New files go first, then the pages that need them, then what is gone is deleted; the stamp with the commit goes last. Keys and
passwords are read from the environment by those programs; none stands in an address or on a command line.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import unquote, urlsplit

from tsunagite.errors import WordedError
from tsunagite.publishing.release import STAMP, commit_in, more_files

_KEPT = ("/.well-known/**",)
"""Files of the host that are never deleted: certificates are renewed by them."""
_PAGES = ("*.html", "/sw.js")
"""What names other files: it goes after them."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NO_FOLDER = {"rsync": (23,), "rclone": (3,)}
"""Exit codes for a folder that is not there yet."""


class RemoteProblem(WordedError):
    """Raised where a web space cannot be used."""

    section = "publish"


@dataclass(frozen=True)
class WebSpace:
    """Where a site goes: ``ssh://user@host[:port]/folder``, ``sftp://user@host[:port]/folder`` or ``s3://bucket[/folder]``."""

    kind: Literal["ssh", "sftp", "s3"]
    host: str
    path: str
    user: str = ""
    port: int = 22

    @classmethod
    def of(cls, address: str) -> WebSpace:
        """Read an address. Raises RemoteProblem for another form, and where it holds a password."""
        parts = urlsplit(address)
        try:
            port = parts.port or 22
        except ValueError as problem:
            raise RemoteProblem("bad_address", address=_without_password(address)) from problem
        if parts.password:
            raise RemoteProblem("password_in_address", address=_without_password(address))
        path, host, user = unquote(parts.path), parts.hostname or "", parts.username or ""
        plain = (
            path.replace("/", "").isprintable()
            and not set(path) & set(" '\"\\,:;*?[]{}$`")
            and ".." not in path.split("/")
        )
        named = _NAME.fullmatch(host) and (not user or _NAME.fullmatch(user))
        if not plain or not named or parts.query or parts.fragment:
            raise RemoteProblem("bad_address", address=_without_password(address))
        if parts.scheme == "s3" and not user:
            return cls("s3", host, path.strip("/"))
        if parts.scheme == "ssh" and path.strip("/"):
            return cls("ssh", host, path, user, port)
        if parts.scheme == "sftp" and path.strip("/"):
            return cls("sftp", host, path, user, port)
        raise RemoteProblem("bad_address", address=_without_password(address))

    @property
    def program(self) -> Literal["rsync", "rclone"]:
        """The program that carries the files."""
        return "rsync" if self.kind == "ssh" else "rclone"

    @property
    def folder(self) -> str:
        """The folder as the program is told it, with a slash at its end."""
        if self.kind == "ssh":
            return f"{self.user}{'@' * bool(self.user)}{self.host}:{self.path.rstrip('/')}/"
        if self.kind == "sftp":
            known = Path.home() / ".ssh" / "known_hosts"  # rclone would trust any host otherwise
            return f':sftp,host={self.host},port={self.port}{f",user={self.user}" if self.user else ""},known_hosts_file="{known}":{self.path.rstrip("/")}/'
        return f":s3,env_auth=true:{self.host}/{self.path}{'/' * bool(self.path)}"


def _without_password(address: str) -> str:
    return re.sub(r"//[^/@]*@", "//", address)


def upload_commands(space: WebSpace, site: Path) -> list[list[str]]:
    """Return the commands that put a site in place, in their order: files, pages, deletions, the stamp."""
    first, later = (f"/{STAMP}", *_KEPT, *_PAGES), (f"/{STAMP}", *_KEPT)
    if space.program == "rsync":
        base = [
            "rsync",
            *_rsync_options(space),
            "--recursive",
            "--links",
            "--compress",
            "--checksum",
            "--chmod=D755,F644",
        ]
        paths = [f"{site}/", space.folder]
        return [
            [*base, *_excluded(first), *paths], [*base, *_excluded(later), *paths],
            [*base, "--delete-after", *_excluded(later), *paths], [*base, f"{site}/{STAMP}", space.folder],
        ]  # fmt: skip
    compared = (
        ["--checksum"] if space.kind == "s3" else []
    )  # hosts of SFTP may know no checksums: rclone would then compare sizes alone
    paths = [str(site), space.folder]
    return [
        ["rclone", "copy", *compared, *_excluded(first), *paths], ["rclone", "copy", *compared, *_excluded(later), *paths],
        ["rclone", "sync", "--delete-after", *compared, *_excluded(later), *paths], ["rclone", "copyto", str(site / STAMP), f"{space.folder}{STAMP}"],
    ]  # fmt: skip


def _rsync_options(space: WebSpace) -> list[str]:
    return ["--rsh", f"ssh -p {space.port} -o BatchMode=yes"]


def _excluded(patterns: tuple[str, ...]) -> list[str]:
    return [f"--exclude={pattern}" for pattern in patterns]


def served_commit(space: WebSpace, *, take_over: bool = False) -> str:
    """Return the commit that a web space serves, "" for an empty one.

    Raises RemoteProblem where it does not answer, and where it holds files of somebody else (they would be deleted) unless ``take_over``.
    """
    program = _program(space)
    listing = (
        [program, *_rsync_options(space), "--list-only", space.folder]
        if space.program == "rsync"
        else [program, "lsf", "--max-depth", "1", space.folder]
    )
    answer = _run(listing)
    if answer.returncode in _NO_FOLDER[space.program]:
        return ""
    if answer.returncode:
        raise RemoteProblem("no_answer", space=f"{space.kind}://{space.host}", reason=_reason(answer))
    names = {
        line.split(maxsplit=4)[-1] if space.program == "rsync" else line for line in answer.stdout.splitlines()
    } - {"."}
    if STAMP not in names:
        if {name.rstrip("/") for name in names} - {".well-known"} and not take_over:
            raise RemoteProblem("not_ours", space=f"{space.kind}://{space.host}/{space.path.strip('/')}")
        return ""
    show = [program, "cat", f"{space.folder}{STAMP}"]
    if space.program == "rclone":
        return commit_in(_run(show).stdout)
    return _rsync_stamp(space, program)


def _rsync_stamp(space: WebSpace, program: str) -> str:
    with TemporaryDirectory(prefix="tsunagite-") as folder:
        _run([program, *_rsync_options(space), f"{space.folder}{STAMP}", f"{folder}/"])
        path = Path(folder) / STAMP
        return commit_in(path.read_text(encoding="utf-8")) if path.is_file() else ""


def upload(space: WebSpace, site: Path, commit: str) -> None:
    """Put a site into a web space. Raises RemoteProblem where a step fails; the stamp then still names the state before."""
    program = _program(space)
    with _staged(site, commit) as stage:
        for _, *words in upload_commands(space, stage):
            answer = _run([program, *words])
            if answer.returncode:
                raise RemoteProblem("not_uploaded", command=shlex.join([space.program, *words]), reason=_reason(answer))


@contextmanager
def _staged(site: Path, commit: str) -> Iterator[Path]:
    """Give a folder with the site and the files beside it; files are linked where the system can."""
    stage = site.with_name(f"{site.name}.new")
    shutil.rmtree(stage, ignore_errors=True)

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)

    try:
        shutil.copytree(site, stage, copy_function=link)
        for name, text in more_files(site, commit).items():
            (stage / name).unlink(missing_ok=True)
            (stage / name).write_text(text, encoding="utf-8", newline="\n")
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _program(space: WebSpace) -> str:
    if found := shutil.which(space.program):
        return found
    raise RemoteProblem("no_program", program=space.program)


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL
    )


def _reason(answer: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in answer.stderr.splitlines() if line.strip()]
    return lines[-1].strip() if lines else str(answer.returncode)

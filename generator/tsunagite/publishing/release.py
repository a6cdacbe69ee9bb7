"""Puts a built site where it is served: only the newest state, whole or not at all, with a way back.

``tsunagite ci publish`` writes a folder (the one before it stays beside it for ``ci rollback``) or a zip with its checksum. Both hold
the files that tell common hosts which headers to send, and ``publication.json`` with the commit.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

from tsunagite.engine.git import GitProblem, Repository
from tsunagite.publishing.exchange import exchange, finished
from tsunagite.publishing.headers import header_files
from tsunagite.records.yaml.staged_files import write_whole

STAMP = "publication.json"
BEFORE = ".before"
"""What is added to the name of the folder that holds the state before."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class NotNewest(Exception):
    """Raised where publishing would bring back an older state. ``newest`` is the commit that should be published instead."""

    def __init__(self, newest: str) -> None:
        super().__init__(newest)
        self.newest = newest


def refuse_older(repository: Repository, commit: str, remote: str, branch: str) -> None:
    """Raise NotNewest where a branch has gone on at the remote since the commit. Raises GitProblem where the remote does not answer."""
    newest = repository.remote_head(remote, branch)
    if newest != commit:
        raise NotNewest(newest)


def published_commit(folder: Path) -> str:
    """Return the commit that a folder was published from, "" where nobody knows."""
    try:
        return commit_in((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        return ""


def commit_in(stamp: str) -> str:
    """Return the commit that the text of a stamp names, "" where it is none."""
    try:
        return str(json.loads(stamp)["commit"])
    except (ValueError, KeyError, TypeError):
        return ""


def refuse_served(served: str, commit: str, repository: Repository) -> None:
    """Raise NotNewest where what is served is a state that the commit does not hold."""
    if served and served != commit and not repository.is_ancestor(served, commit):
        raise NotNewest(served)


def publish_folder(site: Path, folder: Path, commit: str, repository: Repository) -> None:
    """Put a site into a folder in one step. Raises NotNewest where the folder holds a state that the commit does not."""
    new, before = (folder.with_name(folder.name + ending) for ending in (".new", BEFORE))
    finished(folder, before)
    refuse_served(published_commit(folder), commit, repository)
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(site, new)
    for name, text in more_files(site, commit).items():
        (new / name).write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(before, ignore_errors=True)
    new.rename(before)
    if folder.exists():
        exchange(folder, before)
    else:
        before.rename(folder)


def roll_back(folder: Path) -> str:
    """Put the state before in the place of the present one, which takes its place; return its commit. Raises GitProblem where there is none."""
    before = folder.with_name(folder.name + BEFORE)
    if not finished(folder, before):  # an earlier call was stopped between its steps, and is finished now
        return published_commit(folder)
    if not before.is_dir():
        raise GitProblem("nothing_before", folder=folder)
    exchange(folder, before)
    return published_commit(folder)


def publish_zip(site: Path, target: Path, commit: str) -> Path:
    """Write a site as a zip (the same site gives the same bytes); return the file with its checksum (``sha256sum -c`` reads it)."""
    unfinished = target.with_name(target.name + ".new")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            archive.writestr(_entry(path.relative_to(site).as_posix()), path.read_bytes())
        for name, text in more_files(site, commit).items():
            archive.writestr(_entry(name), text)
    unfinished.replace(target)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    checksum = target.with_name(target.name + ".sha256")
    write_whole(checksum, f"{digest}  {target.name}\n")
    return checksum


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def more_files(site: Path, commit: str) -> dict[str, str]:
    """Return the files beside the site: the headers, and the stamp."""
    return {**header_files(site), STAMP: json.dumps({"commit": commit}) + "\n"}

"""Publish: files go to a stage beside the site and replace the old ones only when everything is there.

A failed build changes nothing; a killed one leaves whole files only, and the next run finishes it. Files whose
bytes are the same are not written again. Only files that an earlier build published are ever deleted.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tsunagite.engine.program import LIST_NAME
from tsunagite.errors import UsageError

if TYPE_CHECKING:  # outputs bring everything along, and a build that has nothing to do needs none of it
    from tsunagite.engine.artifact import Artifact
if sys.platform != "win32":
    import fcntl

FILE_MODE, FOLDER_MODE = 0o644, 0o755


@dataclass(frozen=True)
class Published:
    """How many files a build wrote anew, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


@dataclass
class Stage:
    """The files of one build before they are published to ``site_dir``."""

    site_dir: Path
    _unchanged: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    _claim: int | None = None
    _is_first: bool = False  # no site is there yet

    @cached_property
    def folder(self) -> Path:
        """Where staged files wait: beside the site, so that renaming stays within one file system."""
        return self.site_dir.parent / f".{self.site_dir.name}.next"

    def open(self) -> None:
        """Make an empty stage. Raises UsageError where the target is not a folder we may write to."""
        if self.site_dir.exists() and not self.site_dir.is_dir():
            raise UsageError(f"{self.site_dir} はフォルダーではありません。")
        if self.folder.is_dir():  # a build was killed here, or one is at work
            self._lock()
            shutil.rmtree(self.folder, ignore_errors=True)
            self._unlock()
        self.folder.mkdir(parents=True)
        self._is_first = not os.path.lexists(self.site_dir)
        self._lock()

    def _lock(self) -> None:
        """Claim the stage until it is published or thrown away; the system lets go of it when a build is killed."""
        if sys.platform == "win32":  # there one builds once at a time
            return
        self._claim = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(self._claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            self._unlock()
            raise UsageError(
                f"{self.site_dir} は、いま別のところで作っている途中です。→ それが終わってから、もう一度実行してください。"
            ) from problem

    def _unlock(self) -> None:
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None

    def add(self, artifact: Artifact) -> None:
        """Stage one artifact. Raises UsageError where a guide has the address of one of our pages."""
        path, content = artifact.path, artifact.content
        staged = self._claimed(path)
        if not self._is_first and _holds(f"{self.site_dir}/{path}", content):
            self._give_way(path, staged)
            self._unchanged.add(path)
            return
        with suppress(FileExistsError):
            _make_folder(staged.rpartition("/")[0])
        try:
            with open(staged, "xb" if _is_page(path) else "wb", buffering=0) as file:
                file.write(content)
        except FileExistsError:
            raise _name_taken(path) from None

    def keep(self, path: str) -> None:
        """Leave a published file as it is: it would be the same. Raises UsageError as ``add`` does."""
        self._give_way(path, self._claimed(path))
        self._unchanged.add(path)

    def staged(self) -> tuple[set[str], set[str]]:
        """Return what was staged and what was kept, for ``join`` of the same stage in another process."""
        return self._seen, self._unchanged

    def join(self, seen: set[str], unchanged: set[str]) -> None:
        """Take over what another process has staged. Raises ValueError as ``add`` does."""
        if both := self._seen & seen:
            raise ValueError(f"two artifacts have one path: {min(both)}")
        self._seen |= seen
        self._unchanged |= unchanged

    def names(self) -> set[str]:
        """Return every file the site will have when this is published."""
        return set(_files_below(self.folder)) | self._unchanged

    def read(self, name: str) -> bytes:
        """Return a file of the site as it will be."""
        return (self.site_dir if name in self._unchanged else self.folder).joinpath(name).read_bytes()

    def _claimed(self, path: str) -> str:
        """Return where an artifact is staged, having made sure that nothing else has its path."""
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"an artifact must stay inside the site: {path}")
        if path in self._seen:
            raise ValueError(f"two artifacts have one path: {path}")
        self._seen.add(path)
        return f"{self.folder}/{path}"

    @cached_property
    def _of_others(self) -> frozenset[str]:
        """What lies in the stage before we add anything: what MkDocs wrote."""
        return frozenset(_files_below(self.folder))

    def _give_way(self, path: str, staged: str) -> None:
        """Remove what MkDocs wrote where a published file stays. Raises UsageError where that is a guide."""
        if path in self._of_others:
            if _is_page(path):
                raise _name_taken(path)
            os.unlink(staged)

    def publish(self) -> Published:
        """Move every staged file into the site, then remove what earlier builds published and this one did not."""
        staged = set(_files_below(self.folder))
        if not os.path.lexists(self.site_dir):  # nothing gives way to the new site: it goes there in one step
            current = staged | {LIST_NAME}
            self._write_list(current, self.folder)
            _let_all_read(self.folder, current)
            self.folder.rename(self.site_dir)
            self._unlock()
            return Published(len(staged), 0, 0)
        unchanged = set(self._unchanged)
        listed = self._listed()
        was_readable = _mode(f"{self.site_dir}/{LIST_NAME}") == FILE_MODE  # else an earlier version published the rest
        self._refuse_strangers(staged, listed)
        # Both lists at first: whatever a killed build has moved is known to the next one, which may no longer want it.
        self._write_list(listed | staged | unchanged | {LIST_NAME}, self.site_dir)
        ready: set[str] = set()
        for name in sorted(staged):
            # Artifacts were compared when they were staged; what MkDocs wrote was not.
            if name not in self._seen and _holds(f"{self.site_dir}/{name}", (self.folder / name).read_bytes()):
                unchanged.add(name)
                continue
            _make_room(self.site_dir / name, self.site_dir, ready)
            os.replace(f"{self.folder}/{name}", f"{self.site_dir}/{name}")
        current = staged | unchanged
        removed = self._remove(listed - current)
        self._write_list(current | {LIST_NAME}, self.site_dir)
        _let_all_read(self.site_dir, {LIST_NAME} | (staged - unchanged if was_readable else current))
        self.discard()
        return Published(len(current) - len(unchanged), len(unchanged), removed)

    def discard(self) -> None:
        """Throw the stage away; the site stays as it was."""
        if self._claim is not None or sys.platform == "win32":  # else it is another build's
            shutil.rmtree(self.folder, ignore_errors=True)
        self._unlock()

    def _refuse_strangers(self, staged: set[str], ours: set[str]) -> None:
        """Raise UsageError where something that no build has published would have to give way."""
        above = {
            parent.as_posix()
            for folder in {os.path.dirname(name) for name in staged}
            for parent in _with_parents(folder)
        }
        in_the_way = [name for name in sorted(above) if (self.site_dir / name).is_file()]
        for name in sorted(staged):
            if os.path.isdir(f"{self.site_dir}/{name}"):
                in_the_way += sorted(f"{name}/{inside}" for inside in _files_below(self.site_dir / name))
        if strangers := [name for name in in_the_way if name not in ours]:
            place = self.site_dir / strangers[0]
            raise UsageError(
                f"{place} は、このサイトのファイルではありません。→ よそへ移すか、--site-dir で別のフォルダーを選んでください。"
            )

    def _listed(self) -> set[str]:
        path = self.site_dir / LIST_NAME
        return set(path.read_text(encoding="utf-8").splitlines()) - {LIST_NAME} if path.is_file() else set()

    def _write_list(self, names: set[str], into: Path) -> None:
        content = ("\n".join(sorted(names)) + "\n").encode()
        target = into / LIST_NAME
        if not _holds(str(target), content):
            waiting = self.folder / f"{LIST_NAME}.new"
            waiting.write_bytes(content)
            waiting.replace(target)

    def _remove(self, names: set[str]) -> int:
        removed = 0
        for name in sorted(names):
            path = self.site_dir / name
            if path.is_file() and path.resolve().is_relative_to(self.site_dir.resolve()):
                path.unlink()
                removed += 1
                for parent in path.parents:
                    if parent == self.site_dir or any(parent.iterdir()):
                        break
                    parent.rmdir()
        return removed


def _let_all_read(site: Path, names: Iterable[str]) -> None:
    """Let a web server, which is somebody else, read some files of a site and enter their folders, whatever umask they were made under."""
    folders = {"."}
    for name in names:
        _set_mode(f"{site}/{name}", FILE_MODE)
        folders.update(parent.as_posix() for parent in PurePosixPath(name).parents)
    for folder in folders:
        _set_mode(f"{site}/{folder}", FOLDER_MODE)


def _set_mode(path: str, mode: int) -> None:
    if _mode(path) != mode and not os.path.islink(path):
        os.chmod(path, mode)


def _mode(path: str) -> int:
    """Return the permissions of a file or folder; 0 where nothing is there."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except OSError:
        return 0


def _is_page(path: str) -> bool:
    """Tell whether a guide could have the same address."""
    return path.endswith("index.html")


def _name_taken(path: str) -> UsageError:
    return UsageError(
        f"content/ のページが、つなぎ手のページ「{path}」と同じアドレスです。→ content/ のファイルの名前を変えてください。"
    )


def _make_folder(folder: str) -> None:
    """Make a folder, and those above it where one is missing. Raises FileExistsError where it is there."""
    try:
        os.mkdir(folder)
    except FileNotFoundError:
        os.makedirs(folder)


def _files_below(folder: Path) -> Iterator[str]:
    """Yield the path of every file inside a folder, relative to it, with ``/``."""
    start = len(str(folder)) + 1
    for here, _, names in os.walk(folder):
        below = here[start:].replace(os.sep, "/")
        yield from (f"{below}/{name}" if below else name for name in names)


def _with_parents(folder: str) -> Iterator[PurePosixPath]:
    path = PurePosixPath(folder)
    yield path
    yield from path.parents


def _holds(path: str, content: bytes) -> bool:
    try:
        if os.path.getsize(path) != len(content):
            return False
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:  # nothing there, or a folder
        return False


def _make_room(target: Path, site_dir: Path, ready: set[str]) -> None:
    """Make the folder of a file, and clear a file that stands where a folder must be (or the other way round).

    ``ready`` are the folders made so far: most pages share a few.
    """
    folder = str(target.parent)
    if folder not in ready:
        ready.add(folder)
        for parent in reversed(target.relative_to(site_dir).parents):
            if (site_dir / parent).is_file():
                (site_dir / parent).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.isdir(target):
        shutil.rmtree(target)

"""Publish: files go to a stage beside the site and replace the old ones only when everything is there.

A failed build changes nothing; a killed one leaves whole files only, and the next run finishes it. Files whose
bytes are the same are not written again. Only files that an earlier build published are ever deleted.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tsunagite.errors import UsageError
from tsunagite.outputs.artifact import Artifact

LIST_NAME = ".tsunagite-files"


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

    @property
    def folder(self) -> Path:
        """Where staged files wait: beside the site, so that renaming stays within one file system."""
        return self.site_dir.parent / f".{self.site_dir.name}.next"

    def open(self) -> None:
        """Make an empty stage. Raises UsageError where the target is not a folder we may write to."""
        if self.site_dir.exists() and not self.site_dir.is_dir():
            raise UsageError(f"{self.site_dir} はフォルダーではありません。")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def add(self, artifact: Artifact) -> None:
        """Stage one artifact. Raises UsageError where a guide has the address of one of our pages."""
        path = artifact.path
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"an artifact must stay inside the site: {path}")
        if path in self._seen:
            raise ValueError(f"two artifacts have one path: {path}")
        self._seen.add(path)
        staged = self.folder / path
        if path.endswith("index.html") and staged.exists():
            raise UsageError(f"content/ のページが、つなぎ手のページ「{path}」と同じアドレスです。→ content/ のファイルの名前を変えてください。")
        if _holds(self.site_dir / path, artifact.content):
            staged.unlink(missing_ok=True)
            self._unchanged.add(path)
            return
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(artifact.content)

    def publish(self) -> Published:
        """Move every staged file into the site, then remove what earlier builds published and this one did not."""
        staged = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
        unchanged = set(self._unchanged)
        self._refuse_strangers(staged)
        # Both lists at first: whatever a killed build has moved is known to the next one, which may no longer want it.
        self.site_dir.mkdir(parents=True, exist_ok=True)
        self._write_list(self._listed() | staged | unchanged | {LIST_NAME})
        for name in sorted(staged):
            # Artifacts were compared when they were staged; what MkDocs wrote was not.
            if name not in self._seen and _holds(self.site_dir / name, (self.folder / name).read_bytes()):
                unchanged.add(name)
                continue
            target = self.site_dir / name
            _make_room(target, self.site_dir)
            (self.folder / name).replace(target)
        current = staged | unchanged
        removed = self._remove(self._listed() - current)
        self._write_list(current | {LIST_NAME})
        shutil.rmtree(self.folder, ignore_errors=True)
        return Published(len(current) - len(unchanged), len(unchanged), removed)

    def discard(self) -> None:
        """Throw the stage away; the site stays as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _refuse_strangers(self, staged: set[str]) -> None:
        """Raise UsageError where something that no build has published would have to give way."""
        ours = self._listed()
        for name in sorted(staged):
            above = [parent.as_posix() for parent in PurePosixPath(name).parents]
            files = [parent for parent in above if (self.site_dir / parent).is_file()]
            inside = (self.site_dir / name).rglob("*") if (self.site_dir / name).is_dir() else ()
            files += [path.relative_to(self.site_dir).as_posix() for path in inside if path.is_file()]
            if strangers := [file for file in files if file not in ours]:
                place = self.site_dir / strangers[0]
                raise UsageError(f"{place} は、このサイトのファイルではありません。→ よそへ移すか、--site-dir で別のフォルダーを選んでください。")

    def _listed(self) -> set[str]:
        path = self.site_dir / LIST_NAME
        return set(path.read_text(encoding="utf-8").splitlines()) - {LIST_NAME} if path.is_file() else set()

    def _write_list(self, names: set[str]) -> None:
        content = ("\n".join(sorted(names)) + "\n").encode()
        target = self.site_dir / LIST_NAME
        if not _holds(target, content):
            waiting = self.folder / LIST_NAME
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


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _make_room(target: Path, site_dir: Path) -> None:
    """Make the folder of a file, and clear a file that stands where a folder must be (or the other way round)."""
    for parent in reversed(target.relative_to(site_dir).parents):
        if (site_dir / parent).is_file():
            (site_dir / parent).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)

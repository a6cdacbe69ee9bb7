"""Many files of a site change together or not at all: they are written to a stage, then renamed into place.

A list of what goes where is put beside the staged files last; from then on the change counts as made. Whoever was stopped
before it (power, Ctrl-C) has changed nothing; whoever was stopped after it is finished by the next command that reads the site.

Each change has a number. Who has planned a change of a site that another command has changed since it was read, writes nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from tsunagite.errors import UsageError

if sys.platform != "win32":
    import fcntl

STAGE = ".tsunagite-cache/writing"
_LIST = "list.json"
_NUMBER = ".tsunagite-cache/changes.txt"
_read_at: dict[Path, str] = {}
"""The number of the last change when this process read a site."""
FEW = 50  # files: more are brought to the disk by one call for all, which takes less time than one for each


def inside(root: Path, path: Path) -> bool:
    """Tell whether a path, links followed, lies in the site."""
    return path.resolve().is_relative_to(root.resolve())


def _inside_by_folder(root: Path) -> Callable[[Path], bool]:
    """Return ``inside`` for folders of a site, each looked at once."""
    return cache(partial(inside, root))


def write_files(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write files of a site (by name, ``/`` between folders) all or none; None removes a file.

    Raises UsageError, with nothing written, for a name that leads out of the site, and where another command writes or has written
    since the site was read.
    """
    is_inside = _inside_by_folder(root)
    for name in files:
        path = Path(name)
        if ".." in path.parts or path.is_absolute() or not is_inside((root / path).parent):
            raise UsageError(f"{name}: サイトのフォルダーの外には書きません。→ リンクやファイル名を確かめてください。")
    if not files:
        return
    with _claim_site(root):
        _finish(root)
        number_of_change = _number(root)
        if _read_at.get(root.resolve(), number_of_change) != number_of_change:
            raise UsageError(
                "読んだあとで、ほかの取り込みが書きかえました。何も書いていません。→ もう一度実行してください。"
            )
        stage = root / STAGE
        stage.mkdir(parents=True)
        committed = False
        try:
            places: dict[str, str] = {}
            one_by_one = len(files) <= FEW or sys.platform == "win32"
            for number, (name, text) in enumerate(files.items()):
                places[name] = "" if text is None else str(number)
                if text is not None:
                    _write(f"{stage}/{number}", text, sync=one_by_one)
            (stage / "number").write_text(str(int(number_of_change) + 1), encoding="ascii")
            if not one_by_one:
                os.sync()
            (stage / "number").replace(root / _NUMBER)
            _write(f"{stage / _LIST}.tmp", json.dumps(places, ensure_ascii=False, indent=0), sync=True)
            (stage / (_LIST + ".tmp")).replace(stage / _LIST)
            committed = True
        finally:
            if not committed:
                shutil.rmtree(stage, ignore_errors=True)
        _put_in_place(root, places)
        _read_at[root.resolve()] = _number(root)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write one file that somebody asked for, in a folder that is there or is made: a reader sees the old file or the new one whole.

    Raises OSError as writing does; then nothing is left beside the old file.
    """
    path = path.resolve()  # through a link, as writing goes
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a terminal, a pipe
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.unlink(missing_ok=True)
        _write(str(draft), content, sync=True)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def finish_interrupted(root: Path) -> bool:
    """Finish what an earlier command had decided to write, or clear away what it had not; tell whether there was a rest."""
    finished = False
    if (root / STAGE).is_dir():
        with _claim_site(root):
            finished = _finish(root)
    _read_at[root.resolve()] = _number(root)
    return finished


def _number(root: Path) -> str:
    try:
        text = (root / _NUMBER).read_text(encoding="ascii")
    except (OSError, ValueError):
        return "0"
    return text if text.isdecimal() and len(text) < 19 else "0"


@contextmanager
def _claim_site(root: Path) -> Iterator[None]:
    """Be the only command that writes; the system lets go of the claim when a command is killed."""
    cache = (root / STAGE).parent
    cache.mkdir(parents=True, exist_ok=True)
    claim = os.open(cache, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        if claim is not None:
            try:
                fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as problem:
                raise UsageError(
                    "ほかの取り込みが書いているところです。→ 終わってから、もう一度実行してください。"
                ) from problem
        yield
    finally:
        if claim is not None:
            os.close(claim)


def _finish(root: Path) -> bool:
    stage = root / STAGE
    if not stage.is_dir() or stage.is_symlink():
        return False
    try:
        places = json.loads((stage / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        shutil.rmtree(stage)
        return False
    _put_in_place(root, places)
    return True


def _put_in_place(root: Path, places: Mapping[str, str]) -> None:
    stage = root / STAGE
    is_inside = _inside_by_folder(root)
    for name, number in places.items():
        target = root / name
        if not is_inside(target.parent):
            continue
        if not number:
            target.unlink(missing_ok=True)
            continue
        try:
            os.replace(f"{stage}/{number}", target)  # noqa: PTH105 - thousands at once: a Path for each takes longer than the call
        except FileNotFoundError:
            if (stage / number).exists():  # else moved already by the call that was interrupted
                target.parent.mkdir(parents=True, exist_ok=True)
                (stage / number).replace(target)
    (stage / _LIST).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _write(path: str, content: str | bytes, *, sync: bool) -> None:
    with open(path, "xb", buffering=0) as file:  # noqa: PTH123 - as for ``os.replace`` above
        left = memoryview(content.encode() if isinstance(content, str) else content)
        while left:
            left = left[file.write(left) or 0 :]
        if sync:
            os.fsync(file.fileno())

"""Runs a command in a process of its own, and stops it: at the n-th call that changes a file (SIGKILL, or a disk without room), or after a time."""

from __future__ import annotations

import builtins
import errno
import io
import mmap
import os
import signal
import struct
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tsunagite.cli.app import main

Kind = Literal["none", "kill", "full"]
NOT_OURS = ("__pycache__", "store.sqlite", "/dev/", "/proc/")


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code (-9 where it was killed), how many calls it made, and what it printed."""

    code: int
    calls: int
    printed: str


def run(words: Sequence[str | Path], within: Path, out: Path, kind: Kind = "none", at: int = 0) -> Ended:
    """Run ``tsunagite`` with ``words``; of the calls that change files below ``within``, stop at number ``at`` (from 1)."""
    counter = mmap.mmap(-1, 8)  # shared with the processes that the command makes
    child = started([str(word) for word in words], out, lambda: _watch(str(within), kind, at, counter))
    ended = waited(child, out)
    (calls,) = struct.unpack("q", counter[:8])
    counter.close()
    return Ended(ended.code, calls, ended.printed)


def started(words: Sequence[str], out: Path, within: Callable[[], object] = lambda: None) -> int:
    """Start ``tsunagite`` in a process (and a session) of its own; ``within`` changes that process first."""
    out.write_bytes(b"")  # it may be killed before it prints
    child = os.fork()
    if not child:
        _child([*words], out, within)
    return child


def waited(child: int, out: Path, kill_after: float | None = None) -> Ended:
    """Wait for a command; after some seconds kill it with all that it has started."""
    if kill_after is not None:
        time.sleep(kill_after)
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:  # it has no session of its own yet
            os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return Ended(os.waitstatus_to_exitcode(status), 0, out.read_text(encoding="utf-8", errors="replace"))


def _child(words: list[str], out: Path, within: Callable[[], object]) -> None:
    code = 70
    try:
        os.setsid()  # what it starts is killed with it
        printed = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(printed, stream)
        sys.stdout, sys.stderr = (
            open(1, "w", encoding="utf-8", closefd=False),  # noqa: SIM115 - open until this process ends
            open(2, "w", encoding="utf-8", closefd=False),  # noqa: SIM115
        )
        within()
        sys.argv = ["tsunagite", *words]
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException as problem:  # noqa: BLE001 - this process ends here, and the test reads why
        code = 71
        print(f"Traceback: {problem!r}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _watch(within: str, kind: Kind, at: int, counter: mmap.mmap) -> None:  # noqa: C901 - small functions that share what is counted
    def here(path: Any) -> bool:
        try:
            name = os.path.abspath(os.fspath(path))  # noqa: PTH100 - as the call would read it
        except TypeError:
            return False  # a file that is open already
        text = name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name
        return text.startswith(within) and not any(part in text for part in NOT_OURS)

    def reached() -> None:
        (calls,) = struct.unpack("q", counter[:8])
        counter[:8] = struct.pack("q", calls + 1)
        if calls + 1 == at and kind == "kill":
            os.killpg(0, signal.SIGKILL)
        if calls + 1 >= at > 0 and kind == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def counted(real: Callable[..., Any], concerns: Callable[..., bool]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if concerns(*args, **kwargs):
                reached()
            return real(*args, **kwargs)

        return call

    def writes(file: Any, mode: str = "r", *_: Any, **__: Any) -> bool:
        return bool(set(mode) & set("wax+")) and here(file)

    def creates(path: Any, flags: int, *_: Any, **__: Any) -> bool:
        return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and here(path)

    for name in ("replace", "rename", "link", "symlink"):
        setattr(os, name, counted(getattr(os, name), lambda _source, target, *_, **__: here(target)))
    if kind != "full":  # removing needs no room
        for name in ("unlink", "remove", "rmdir"):
            setattr(os, name, counted(getattr(os, name), lambda path, *_, **__: here(path)))
    os.open = counted(os.open, creates)  # type: ignore[assignment]
    io.open = builtins.open = counted(builtins.open, writes)  # type: ignore[assignment]

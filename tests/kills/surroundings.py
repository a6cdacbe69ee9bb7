"""Odd surroundings of a command: folders, files, terminals, clocks and limits of the system that people and machines really have."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

RECORD = "resources/clubs/sakura-taiso.yml"


def _nothing(_: Path) -> object:
    return None


@dataclass(frozen=True)
class Surrounding:
    """``spoil`` changes the site before the command; ``within`` changes the process that will be it (it gets the folder around the site).

    ``name`` is the name of the folder of the site; ``link``: the command is given a link to it. ``hidden``: nothing that it prints can be read.
    """

    spoil: Callable[[Path], object] = _nothing
    within: Callable[[Path], object] = _nothing
    name: str = "town"
    link: bool = False
    hidden: bool = False


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def without_rights() -> Iterator[None]:
    """Give up what root may do to files of others (Linux, capabilities(7)), so that permissions count."""
    if os.geteuid():
        yield
        return
    libc, header, rights = ctypes.CDLL(None, use_errno=True), _Header(0x20080522, 0), (_Rights * 2)()
    assert libc.capget(ctypes.byref(header), rights) == 0
    before = rights[0].effective
    rights[0].effective &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
    assert libc.capset(ctypes.byref(header), rights) == 0
    yield
    rights[0].effective = before
    assert libc.capset(ctypes.byref(header), rights) == 0


def _ordinary(_: Path) -> None:
    ExitStack().enter_context(without_rights())  # to the end of the process


def _shut(*names: str, mode: int = 0) -> Callable[[Path], None]:
    def shut(site: Path) -> None:
        for name in names:
            (site / name).chmod(mode)

    return shut


def _read_only(site: Path) -> None:
    for path in (site, *site.rglob("*")):
        if path.is_dir():
            path.chmod(0o555)


def _cache(make: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda site: make(site / ".tsunagite-cache")


def _shut_cache(path: Path) -> None:
    path.mkdir()
    path.chmod(0o555)


def _set(**values: str | None) -> Callable[[Path], None]:
    def put(_: Path) -> None:
        for name, value in values.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    return put


def _terminal(encoding: str) -> Callable[[Path], None]:
    def put(folder: Path) -> None:
        _set(LC_ALL="C", LANG="C", PYTHONIOENCODING=encoding)(folder)
        sys.stdout.reconfigure(encoding=encoding)  # type: ignore[union-attr]
        sys.stderr.reconfigure(encoding=encoding)  # type: ignore[union-attr]

    return put


def _no_tmp(folder: Path) -> None:
    _set(TMPDIR=str(folder / "not-there"))(folder)


def _shut_tmp(folder: Path) -> None:
    (folder / "shut-tmp").mkdir(mode=0o555)
    _set(TMPDIR=str(folder / "shut-tmp"))(folder)
    _ordinary(folder)


def _closed(*streams: int) -> Callable[[Path], None]:
    def close(_: Path) -> None:
        for number, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
            if number in streams:
                os.close(number)
                setattr(sys, name, None)  # as Python begins where a stream is closed

    return close


def _broken_pipe(_: Path) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    os.dup2(writes, 1)


def _full_terminal(_: Path) -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def _limit(which: int, most: int) -> Callable[[Path], None]:
    return lambda _: resource.setrlimit(which, (most, most))


def _no_network(_: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(101, "Network is unreachable")

    socket.socket.connect = refuse  # type: ignore[method-assign, assignment]


def _gone_folder(folder: Path) -> None:
    (folder / "gone").mkdir()
    os.chdir(folder / "gone")
    (folder / "gone").rmdir()


def _git(*more: str) -> Callable[[Path], None]:
    def begin(site: Path) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "commit.gpgsign=false")
        for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "x")):
            subprocess.run(("git", *words), cwd=site, check=True, capture_output=True)
        if "shallow" in more:
            (site / RECORD).touch()
            subprocess.run(("git", *who, "commit", "-q", "--allow-empty", "-m", "y"), cwd=site, check=True)
            near = site.parent / "near"
            subprocess.run(("git", "clone", "-q", "--depth", "1", f"file://{site}", str(near)), check=True, capture_output=True)  # fmt: skip
            shutil.rmtree(site / ".git")
            (near / ".git").rename(site / ".git")
            shutil.rmtree(near)
        if "broken" in more:
            (site / ".git/HEAD").write_text("nonsense\n", encoding="utf-8")

    return begin


def _links(site: Path) -> None:
    for folder in ("resources/clubs", "content"):
        for number in range(5_000):
            (site / folder / f"link-{number}").symlink_to(f"link-{number + 1}")


def _loops(site: Path) -> None:
    for folder in ("resources/clubs", "content"):
        (site / folder / "loop").symlink_to("..")
        (site / folder / "loop.yml").symlink_to("loop.yml")
        (site / folder / "loop.md").symlink_to("loop.md")


def _pipes(site: Path) -> None:
    for name in ("resources/clubs/pipe.yml", "content/pipe.md", "resources/pipe.csv", "content/pipe.png"):
        os.mkfifo(site / name)


def _sockets(site: Path) -> None:
    here = Path.cwd()
    for folder, name in (("resources/clubs", "socket.yml"), ("content", "socket.md")):
        os.chdir(site / folder)  # the address of a socket is short
        socket.socket(socket.AF_UNIX).bind(name)
    os.chdir(here)


def _devices(site: Path) -> None:
    for name in ("resources/clubs/zero.yml", "content/zero.md", "content/zero.png", "resources/areas/zero.geojson"):
        (site / name).symlink_to("/dev/zero")


def _copy(*names: str) -> Callable[[Path], None]:
    def copy(site: Path) -> None:
        for name in names:
            shutil.copy(site / RECORD, site / "resources/clubs" / name)

    return copy


def _replaced(name: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(site: Path) -> None:
        path = site / name
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
        make(path)

    return replace


def _elsewhere(name: str) -> Callable[[Path], None]:
    def move(site: Path) -> None:
        (site / name).rename(site.parent / f"real-{name}")
        (site / name).symlink_to(site.parent / f"real-{name}")

    return move


def _days(moment: float) -> Callable[[Path], None]:
    def touch(site: Path) -> None:
        for path in site.rglob("*"):
            os.utime(path, (moment, moment))

    return touch


def _text(path: Path) -> None:
    path.write_text("x", encoding="utf-8")


NFD = unicodedata.normalize("NFD", "が")
SURROUNDINGS: dict[str, Surrounding] = {
    "nothing odd": Surrounding(),
    "a folder that may not be changed": Surrounding(_read_only, _ordinary),
    "a cache that may not be changed": Surrounding(_cache(_shut_cache), _ordinary),
    "a cache that is a file": Surrounding(_cache(_text)),
    "a disk with room for small files": Surrounding(within=_limit(resource.RLIMIT_FSIZE, 4_096)),
    "a disk with room for nothing": Surrounding(within=_limit(resource.RLIMIT_FSIZE, 0)),
    "a full disk behind the output": Surrounding(within=_full_terminal),
    "an ASCII terminal": Surrounding(within=_terminal("ascii")),
    "a Latin terminal": Surrounding(within=_terminal("latin-1")),
    "a Japanese terminal of the last century": Surrounding(within=_terminal("euc_jp")),
    "a strict umask": Surrounding(within=lambda _: os.umask(0o077)),
    "no home": Surrounding(within=_set(HOME=None, XDG_CACHE_HOME=None)),
    "a home that is not there": Surrounding(within=_set(HOME="/not/there")),
    "a folder for drafts that is not there": Surrounding(within=_no_tmp),
    "a folder for drafts that may not be changed": Surrounding(within=_shut_tmp),
    "blanks in the folder": Surrounding(name="my  town "),
    "Japanese in the folder": Surrounding(name="見本市 の資源（最新）"),
    "a line end in the folder": Surrounding(name="a\nb"),
    "a folder that is not UTF-8": Surrounding(name=os.fsdecode(b"town-\xff")),
    "a folder with a long name": Surrounding(name="/".join(["あ" * 80] * 4)),
    "signs of programs in the folder": Surrounding(name="a'b\"c$d%20#e?f[g]{h}&i;j"),
    "a link to the folder": Surrounding(link=True),
    "records elsewhere, behind a link": Surrounding(_elsewhere("resources")),
    "a record that may not be read": Surrounding(_shut(RECORD), _ordinary),
    "records that may not be read": Surrounding(_shut("resources/clubs"), _ordinary),
    "pages that may not be read": Surrounding(_shut("content"), _ordinary),
    "settings that may not be read": Surrounding(_shut("resources/site.yml", "mkdocs.yml"), _ordinary),
    "files of 1970": Surrounding(_days(0)),
    "files of 2100": Surrounding(_days(4_102_444_800)),
    "a clock of 1970": Surrounding(within=_set(SOURCE_DATE_EPOCH="0")),
    "a clock of 9999": Surrounding(within=_set(SOURCE_DATE_EPOCH="253402200000")),
    "a clock that is no number": Surrounding(within=_set(SOURCE_DATE_EPOCH="today")),
    "no programs": Surrounding(_git(), _set(PATH="")),
    "git": Surrounding(_git()),
    "git that knows one revision": Surrounding(_git("shallow")),
    "git that is broken": Surrounding(_git("broken")),
    "no network": Surrounding(within=_no_network),
    "no input": Surrounding(within=_closed(0)),
    "no output": Surrounding(within=_closed(1), hidden=True),
    "no output for errors": Surrounding(within=_closed(2), hidden=True),
    "no input and no output": Surrounding(within=_closed(0, 1, 2), hidden=True),
    "nobody who reads": Surrounding(within=_broken_pipe),
    "no colours": Surrounding(within=_set(NO_COLOR="1", TERM="dumb", COLUMNS="1")),
    "links that lead round": Surrounding(_loops),
    "pipes among the files": Surrounding(_pipes),
    "sockets among the files": Surrounding(_sockets),
    "devices without an end among the files": Surrounding(_devices),
    "10,000 links": Surrounding(_links),
    "names that differ by capitals": Surrounding(_copy("Sakura-Taiso.yml", "SAKURA-TAISO.YML")),
    "names in parts": Surrounding(_copy(f"{NFD}.yml", "が.yml")),
    "a record that is a folder": Surrounding(lambda site: (site / "resources/clubs/folder.yml").mkdir()),
    "records that are a file": Surrounding(_replaced("resources", _text)),
    "no records": Surrounding(_replaced("resources", _nothing)),
    "no pages": Surrounding(_replaced("content", _nothing)),
    "an empty folder": Surrounding(lambda site: (shutil.rmtree(site), site.mkdir())),
    "no folder": Surrounding(shutil.rmtree),
    "a file for a folder": Surrounding(lambda site: (shutil.rmtree(site), _text(site))),
    "a file where the site is to be": Surrounding(lambda site: _text(site / "site")),
    "a working folder that is gone": Surrounding(within=_gone_folder),
    "few files at once": Surrounding(within=_limit(resource.RLIMIT_NOFILE, 40)),
}

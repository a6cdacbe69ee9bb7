"""What a file is by its content: a zip around a list is opened, and what is no list is named with what to do. Nothing is guessed."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.spreadsheets.read_other import kind_of_workbook

LIST_SUFFIXES = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".json", ".geojson", ".ndjson", ".jsonl", ".geojsonl", ".kml",
)  # fmt: skip
MAX_UNPACKED = 100_000_000  # bytes: twice the longest list that is read
MAX_RATIO = 200  # text packs to a tenth or a fiftieth; a bomb to a thousandth
RATIO_FROM = 10_000_000  # members smaller than this harm nobody
MAX_MEMBERS = 1_000
_HEAD = 4_096
_WEB = re.compile(r"https?:/", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_ZIP = b"PK\x03\x04"


@contextmanager
def list_inside(path: Path, name: str) -> Iterator[tuple[Path | None, str, list[Finding]]]:
    """Give (the file to read, how findings call it, findings): the file itself, or the one list of a zip, unpacked for so long.

    The file is None exactly when findings say why nothing can be read.
    """
    found = _refused(path, name) if path.is_file() else refused_path(path, name)
    if found or not path.is_file() or not _is_plain_zip(path):
        yield (None if found else path), name, found
        return
    member, found = _member(path, name)
    if member is None:
        yield None, name, found
        return
    with tempfile.TemporaryDirectory() as folder:
        inner = Path(folder) / PurePosixPath(member).name
        with zipfile.ZipFile(path) as archive:
            inner.write_bytes(archive.read(member))
        found = _refused(inner, f"{name}（{member}）")
        yield (None if found else inner), f"{name}（{member}）", found


def refused_path(path: Path, name: str) -> list[Finding]:
    """Name what somebody gave instead of a file: an address of the web, a path of Windows elsewhere, a folder. Empty for a path of a file, whether it exists or not."""
    written = str(path)
    if path.is_file():
        return []
    if _WEB.match(written):
        return [error("I242", SourceLocation(name))]
    if os.sep == "/" and ("\\" in written or _DRIVE.match(path.name)):
        return [error("I243", SourceLocation(name), path=written)]
    return [error("I244", SourceLocation(name))] if path.is_dir() else []


def files_of(path: Path) -> list[Path]:
    """Return the files below a folder in the order of their names, without hidden ones and those of an open editor; a file itself."""
    return (
        sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith((".", "~$")))
        if path.is_dir()
        else [path]
    )


def members_of(path: Path, name: str, folder: Path) -> tuple[list[tuple[Path, str]], list[Finding]]:
    """Unpack every list of a zip to a folder; return (path, how findings call it) of each, and why it was refused. A file that is no zip has no members.

    The names of members are read as Japanese Windows writes them too, and never lead out of the folder.
    """
    if refused := _refused(path, name):
        return [], refused
    if not _is_plain_zip(path):
        return [], []
    found = []
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            lists = [entry for entry in entries if _is_list(entry.filename)]
            if not lists or len(entries) > MAX_MEMBERS:
                refusal = _refused_archive(path, entries, lists, SourceLocation(name))
                return [], [refusal] if refusal else []
            for number, entry in enumerate(lists):
                if refusal := _refused_archive(path, entries, [entry], SourceLocation(name)):
                    return [], [refusal]
                inner = folder / str(number) / PurePosixPath(_readable(entry).replace("\\", "/")).name
                inner.parent.mkdir()
                inner.write_bytes(archive.read(entry))
                found.append((inner, f"{name}（{_readable(entry)}）"))
    except (zipfile.BadZipFile, NotImplementedError) as problem:
        return [], [error("I151", SourceLocation(name), detail=str(problem)[:100])]
    return found, []


def is_kml(path: Path) -> bool:
    """Tell whether a file is a KML map by its content."""
    text = _head_of(path).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"<?xml", b"<kml")) and b"<kml" in text


def _head_of(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as stream:
        return stream.read(_HEAD)


_DOCUMENTS = ((b"%PDF-", "PDF"), (b"{\\rtf", "RTF"))
_PACKED = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
_LHA_AT = 2  # bytes: the name of the method (-lh5-) of an archive of LHA


def _refused(path: Path, name: str) -> list[Finding]:
    """Name what a file is where it is no list: a web page, a pointer of Git LFS, a document, a packed file, a map of a GIS program."""
    head = _head_of(path)
    place = SourceLocation(name)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table")) or (
        text.startswith(b"<?xml") and b"<html" in text
    ):
        saved_by_excel = b"urn:schemas-microsoft-com:office" in text or (
            path.suffix.lower() in (".xls", ".xlsx") and b"<table" in text
        )
        return [error("I226", place, kind="HTML", suggestion=path.stem) if saved_by_excel else error("I224", place)]
    if head.startswith(b"version https://git-lfs.github.com/spec/"):
        return [error("I225", place)]
    if text.startswith(b"<?xml") and b"<kml" not in text:
        return [
            error("I226", place, kind="XML", suggestion=path.stem)
            if b"urn:schemas-microsoft-com:office:spreadsheet" in text
            else error("I230", place, kind="XML")
        ]
    if document := next((kind for sign, kind in _DOCUMENTS if head.startswith(sign)), ""):
        return [error("I230", place, kind=document)]
    packed = (
        "LHA"
        if head[_LHA_AT : _LHA_AT + 3] in (b"-lh", b"-lz")
        else next((kind for sign, kind in _PACKED if head.startswith(sign)), "")
    )
    if packed:
        return [error("I231", place, kind=packed)]
    return _refused_archive_kind(path, place) if head.startswith(_ZIP) else []


def _names(path: Path) -> set[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist())
    except zipfile.BadZipFile:
        return set()


def _refused_archive_kind(path: Path, place: SourceLocation) -> list[Finding]:
    """Name an archive that is a document of a program, and no list of ours."""
    names = _names(path)
    if any(name.endswith(".iwa") for name in names):
        return [error("I226", place, kind="Numbers", suggestion=path.stem)]
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        return [error("I230", place, kind="Word" if "word/document.xml" in names else "PowerPoint")]
    if {"mimetype", "content.xml"} <= names and kind_of_workbook(path) != "ods":
        return [error("I230", place, kind="OpenDocument")]
    if any(name.lower().endswith(".shp") for name in names) and not any(map(_is_list, names)):
        return [error("I232", place)]
    return []


def _is_plain_zip(path: Path) -> bool:
    """Tell whether a file is an archive but no workbook."""
    if not _head_of(path).startswith(_ZIP) or path.suffix.lower() in (".xlsx", ".xlsm"):
        return False
    return "[Content_Types].xml" not in _names(path) and not kind_of_workbook(path)


def _member(path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """Return the one list in an archive; archives made to burst, with passwords or with several lists are refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except zipfile.BadZipFile as problem:
        return None, [error("I151", SourceLocation(name), detail=str(problem)[:100])]
    lists = [entry for entry in entries if _is_list(entry.filename)]
    lists = [
        entry for entry in lists if not entry.filename.lower().endswith(".kml")
    ] or lists  # a map beside a list shows the same places
    refused = _refused_archive(path, entries, lists, SourceLocation(name))
    return (None, [refused]) if refused else (lists[0].filename, [])


def _refused_archive(
    path: Path, entries: list[zipfile.ZipInfo], lists: list[zipfile.ZipInfo], place: SourceLocation
) -> Finding | None:
    size = f"{path.stat().st_size:,}"
    if len(entries) > MAX_MEMBERS:
        return error("I154", place, unpacked="?", packed=size, limit=f"{MAX_UNPACKED:,}")
    if len(lists) != 1:
        return error("I229" if lists else "I228", place, names=[_readable(one) for one in lists or entries][:10])
    entry = lists[0]
    if entry.flag_bits & 1:
        return error("I152", place)
    bursts = entry.file_size > RATIO_FROM and entry.file_size / max(entry.compress_size, 1) > MAX_RATIO
    if entry.file_size > MAX_UNPACKED or bursts:
        return error("I154", place, unpacked=f"{entry.file_size:,}", packed=size, limit=f"{MAX_UNPACKED:,}")
    return None


def _is_list(member: str) -> bool:
    inner = PurePosixPath(member)
    return (
        inner.suffix.lower() in LIST_SUFFIXES
        and not inner.name.startswith((".", "_"))
        and "__MACOSX" not in inner.parts
        and "readme" not in inner.name.lower()
    )


def _readable(entry: zipfile.ZipInfo) -> str:
    """Return the name of a member; archives made in Japanese Windows write it in CP932 without saying so."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return entry.filename

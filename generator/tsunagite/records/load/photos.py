"""Photographs of records: the files in resources/media/ that records name, and how large they will be on a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tsunagite.engine.memo import memo
from tsunagite.findings import Finding, SourceLocation, error, notice
from tsunagite.records.load.records import Located
from tsunagite.records.model.photo import FOLDER, Photo
from tsunagite.records.model.resource import Resource
from tsunagite.records.yaml.reader import content_of

MOST_BYTES = 10_000_000
"""A photograph of a telephone has two to six million. Larger ones stay in the history of a repository for ever."""


@dataclass(frozen=True)
class PhotoFile:
    """A file of a photograph: the digest of its bytes, and the pixels of the picture that a page shows."""

    name: str
    digest: str
    width: int
    height: int


@dataclass(frozen=True)
class Photos:
    """The files by their names. ``folder`` is where their bytes are read when a page is made."""

    files: Mapping[str, PhotoFile] = field(default_factory=dict)
    folder: Path = Path()

    def content(self, file: PhotoFile) -> bytes:
        """Return the bytes of a file. Raises OSError."""
        return (self.folder / file.name).read_bytes()


@dataclass(frozen=True)
class _Use:
    name: str
    place: SourceLocation


def read_photos(root: Path, placed: Iterable[Located[Resource]]) -> tuple[Photos, list[Finding]]:
    """Look at every photograph that a record names. F114: it is missing. F115: it is no picture. F116: it is large. F117: no record names it."""
    folder = root / FOLDER
    files: dict[str, PhotoFile] = {}
    findings: list[Finding] = []
    uses = [
        _Use(photo.name, one.place.at("photos", i, "file"))
        for one in placed
        for i, photo in enumerate(one.record.photos)
    ]
    for use in uses:
        found = files.get(use.name) or _look_at(folder / use.name, use)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            files[use.name] = found
    findings += _unused(folder, {use.name for use in uses})
    return Photos(files, folder), findings


def _look_at(path: Path, use: _Use) -> PhotoFile | Finding:
    try:
        content = content_of(path)
    except OSError:
        return error("F114", use.place, file=f"{FOLDER}/{use.name}")
    if len(content) > MOST_BYTES:
        return error(
            "F116",
            use.place,
            file=f"{FOLDER}/{use.name}",
            size=round(len(content) / 1_000_000),
            most=MOST_BYTES // 1_000_000,
        )
    width, height = memo(_pixels)(content).value
    if not width:
        return error("F115", use.place, file=f"{FOLDER}/{use.name}")
    return PhotoFile(use.name, hashlib.blake2b(content, digest_size=8).hexdigest(), width, height)


def _pixels(content: bytes) -> tuple[int, int]:
    """Return width and height of the picture that a page will show, (0, 0) of what is no picture."""
    from tsunagite.pictures import PictureError, published_size  # noqa: PLC0415 - Pillow is loaded where there are photographs

    try:
        size = published_size(content)
    except PictureError:
        return 0, 0
    return size.width, size.height


def _unused(folder: Path, used: set[str]) -> Iterator[Finding]:
    names = (
        sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
        if folder.is_dir()
        else ()
    )
    for name in names:
        if name not in used:
            yield notice("F117", SourceLocation(f"{FOLDER}/{name}", line=1, column=1))


def photos_of(resource: Resource, photos: Photos) -> tuple[tuple[Photo, PhotoFile], ...]:
    """Return the photographs of a record, as far as its visibility left them, each with its file."""
    return tuple((photo, photos.files[photo.name]) for photo in resource.photos if photo.name in photos.files)

"""Reads every byte of a built site as somebody would who looks for a word: workbooks and packs unzipped, PDFs as text with their metadata."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader


def texts_below(folder: Path, before: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield (name, everything that can be read in it) of every file, hidden ones too, but for those that hold the same bytes in ``before``."""
    for path in sorted(folder.rglob("*")):
        same = before / path.relative_to(folder) if before else None
        if path.is_file() and not (same and same.is_file() and same.read_bytes() == path.read_bytes()):
            yield path.relative_to(folder).as_posix(), "\n".join(_texts(path.name, path.read_bytes()))


def _texts(name: str, content: bytes) -> Iterator[str]:
    yield name
    yield content.decode("utf-8", errors="replace")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for inside in book.namelist():
                yield from _texts(inside, book.read(inside))
    elif content.startswith(b"\x1f\x8b"):
        yield from _texts(name, gzip.decompress(content))
    elif content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        yield str(dict(reader.metadata or {}))
        yield "".join(page.extract_text() for page in reader.pages)
        for number in range(len(reader.xref_objStm) + len(reader.xref.get(0, {}))):
            found = reader.get_object(number) if number else None
            if found is not None and hasattr(found, "get_data"):
                yield found.get_data().decode("utf-16-be", errors="replace")
    elif content[:1] in (b"{", b"["):
        try:
            yield json.dumps(json.loads(content), ensure_ascii=False)
        except ValueError:
            return
    elif name.endswith((".csv", ".txt")):
        for code in ("cp932", "utf-16-le"):
            yield content.decode(code, errors="replace")

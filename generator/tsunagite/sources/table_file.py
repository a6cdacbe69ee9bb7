"""Reading a published list (csv): bytes to a header and rows of text. What cannot be read is explained, never guessed."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from tsunagite.findings import Finding, Place, error

MAX_BYTES = 50_000_000  # the longest list of a prefecture stays below 20 MB
SAMPLE_BYTES = 200_000  # enough to name an encoding
ENCODINGS = ("utf-8-sig", "cp932")
# Python's cp932 maps single bytes no Japanese text has (80, A0, FD, FE, FF) to U+0080 and private characters.
_NOT_CP932 = re.compile("[\x00\x80\xa0\uf8f0-\uf8f3]")


@dataclass(frozen=True)
class Row:
    """The cells of one row; ``number`` counts as a spreadsheet does (the header is row 1)."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything but blanks."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A list as it is written. The header is as long as the longest row; a column without a name is called ""."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""


def read_table(path: Path, name: str, encoding: str = "auto") -> tuple[Table | None, list[Finding]]:
    """Read a csv file; ``name`` is how findings call it. The table is None exactly when findings were made."""
    if not path.is_file():
        return None, [error("I101", Place(name))]
    size = path.stat().st_size
    if size > MAX_BYTES:
        return None, [error("I102", Place(name), size=f"{size:,}", limit=f"{MAX_BYTES:,}")]
    raw = path.read_bytes()
    text, used, bad = _decoded(raw, ENCODINGS if encoding == "auto" else (encoding,))
    if text is None or (encoding == "auto" and used == "cp932" and _may_be_something_else(raw, text)):
        guess = from_bytes(raw[:SAMPLE_BYTES]).best()
        line = raw[:bad].count(b"\n") + 1
        return None, [error("I103", Place(name, line=line, column=1), guess=guess.encoding if guess else "?")]
    return table_of(text, name, used)


def _decoded(raw: bytes, encodings: tuple[str, ...]) -> tuple[str | None, str, int]:
    """Return (text, encoding, place of the first byte that was in the way) of the first encoding that fits."""
    bad = 0
    for encoding in encodings:
        try:
            return raw.decode(encoding), encoding, bad
        except UnicodeDecodeError as problem:
            bad = bad or problem.start
    return None, "", bad


def _may_be_something_else(raw: bytes, text: str) -> bool:
    """Tell whether text read as cp932 is doubtful: cp932 also "reads" UTF-16 and, as half-width kana, EUC-JP."""
    return bool(_NOT_CP932.search(text)) or _decoded(raw, ("euc_jp",))[0] is not None


def table_of(text: str, name: str, encoding: str = "") -> tuple[Table | None, list[Finding]]:
    """Split the text of a csv file into cells. A quotation mark left open is a finding: it would swallow rows."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error as problem:
        place = Place(name, line=reader.line_num, column=1)
        return None, [error("I104", place, detail=str(problem))]
    if not lines or not any(cell.strip() for cell in lines[0]):
        return None, [error("I105", Place(name, line=1, column=1))]
    width = max(len(cells) for cells in lines)
    header, *body = (tuple(cells) + ("",) * (width - len(cells)) for cells in lines)
    return Table(header, tuple(Row(number, cells) for number, cells in enumerate(body, start=2)), encoding), []

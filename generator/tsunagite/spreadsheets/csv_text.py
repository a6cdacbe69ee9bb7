"""Tables as csv bytes: UTF-8 with a mark, or CP932 with a report of what that cannot say; nothing in them is ever computed."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tsunagite.text.characters import VARIATION_SELECTORS

Encoding = Literal["utf-8-sig", "cp932"]
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_COMPUTED = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # Excel in Japanese takes the full-width signs as well
GETA = "〓"  # what Japanese printers set where a character was missing


@dataclass(frozen=True)
class Misfit:
    """A character that an encoding does not have, and where it stood (row from 1 with the header, column's title)."""

    row: int
    column: str
    character: str
    text: str


def csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[str | int | float | None]], encoding: Encoding = "utf-8-sig"
) -> tuple[bytes, list[Misfit]]:
    """Return a csv file (CRLF, as Excel writes it) and what did not fit, each replaced by 〓.

    A text that a spreadsheet would compute gets an apostrophe before it (OWASP, CSV injection); numbers keep their sign.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    misfits: list[Misfit] = []
    writer.writerow(header)
    for number, row in enumerate(rows, start=2):
        cells = [_safe(value) for value in row]
        if encoding == "cp932":
            cells = [_fit_encoding(cell, number, title, misfits) for cell, title in zip(cells, header, strict=True)]
        writer.writerow(cells)
    return stream.getvalue().encode(encoding), misfits


def csv_rows(rows: Iterable[Sequence[str | int | float | None]]) -> str:
    """Return the rows of ``csv_bytes`` in UTF-8, without their header."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([_safe(value) for value in row] for row in rows)
    return stream.getvalue()


def _safe(value: str | float | None) -> str:
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if text.startswith(_COMPUTED) and not _NUMBER.fullmatch(text) else text


# Characters that people type in two ways; CP932 as Windows has it knows only the second.
_SAME = str.maketrans({"〜": "～", "−": "－", "—": "―", "‖": "∥", "¢": "￠", "£": "￡", "¬": "￢", "\u00a0": " "})

_SELECTORS = re.compile(f"[{VARIATION_SELECTORS}]")  # the kanji itself is there, only not the choice of its glyph


def _fit_encoding(text: str, row: int, column: str, misfits: list[Misfit]) -> str:
    plain = _SELECTORS.sub("", unicodedata.normalize("NFC", text)).translate(_SAME)
    try:
        plain.encode("cp932")
    except UnicodeEncodeError:
        kept = []
        for char in plain:
            try:
                char.encode("cp932")
            except UnicodeEncodeError:
                misfits.append(Misfit(row, column, char, text[:40]))
                kept.append(GETA)
            else:
                kept.append(char)
        return "".join(kept)
    return plain

"""How much of a printed page is used: of each column, the height between the edges that holds text, lines to write on or pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium_c

from pdf_page import EDGE, MM

BRIDGED = 14 * MM
"""A gap up to this height belongs to what stands above and below it: the room between entries, or between lines to write on."""


@dataclass(frozen=True)
class Column:
    """A column of a page: the share of its height that is used, and its highest blank in millimetres."""

    used: float
    blank: float


def columns_of(content: bytes, count: int) -> Iterator[tuple[Column, ...]]:
    """Yield the columns of every page, which is divided into ``count`` of equal width."""
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        spans: list[list[tuple[float, float]]] = [[] for _ in range(count)]
        for left, bottom, right, top in _boxes(page):
            first, last = (min(count - 1, max(0, int((x * count) // width))) for x in (left + 1, right - 1))
            for at in range(first, last + 1):
                spans[at].append((bottom, top))
        yield tuple(_column(found, height) for found in spans)


def used_of(content: bytes, count: int) -> float:
    """Return the share of all pages of a paper that is used."""
    found = [column.used for page in columns_of(content, count) for column in page]
    return sum(found) / len(found)


def _boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield left, bottom, right and top of every object that leaves a mark, in points."""
    found = [ctypes.c_float() for _ in range(4)]
    for one in page.get_objects(max_depth=1):
        if pdfium_c.FPDFPageObj_GetBounds(one.raw, *found):
            yield found[0].value, found[1].value, found[2].value, found[3].value


def _column(spans: list[tuple[float, float]], height: float) -> Column:
    at, used, blank = EDGE, 0.0, 0.0
    for bottom, top in sorted((max(EDGE, bottom), min(height - EDGE, top)) for bottom, top in spans):
        if top <= at:
            continue
        gap = max(0.0, bottom - at)
        used += top - max(bottom, at) + (gap if gap <= BRIDGED else 0.0)
        blank = max(blank, gap)
        at = top
    rest = height - EDGE - at
    used += rest if rest <= BRIDGED else 0.0
    return Column(used / (height - 2 * EDGE), max(blank, rest) / MM)

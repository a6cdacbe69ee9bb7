"""What a PDF says when it is opened again: its text, where and how large each word stands, its headings."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from unicodedata import normalize

import pikepdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium_c

MM = 72 / 25.4
EDGE = 5 * MM  # what an office printer leaves blank
TOUCH = 0.3  # points by which the boxes of two letters may meet
Words = list[tuple[str, float, float, float]]
"""Text, x, y and size of letters, all in points, from the lower left corner."""


def text_of(content: bytes) -> str:
    """All text without blanks and line ends. Some fonts give radicals (⽉) where characters (月) were set."""
    pages = pypdf.PdfReader(BytesIO(content)).pages
    return re.sub(
        r"[\u2f00-\u2fdf]",
        lambda one: normalize("NFKC", one[0]),
        re.sub(r"\s+", "", "".join(page.extract_text() for page in pages)),
    )


def pages_of(content: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    return [
        (float(page.mediabox.width), float(page.mediabox.height)) for page in pypdf.PdfReader(BytesIO(content)).pages
    ]


def words_of(content: bytes) -> list[Words]:
    """The words of every page."""
    result = []
    for page in pypdf.PdfReader(BytesIO(content)).pages:
        found: Words = []

        def see(*seen: Any, found: Words = found) -> None:
            text, page_matrix, text_matrix, _, size = seen
            if text.strip():
                matrix = product(text_matrix, page_matrix)
                found.append((text.strip(), matrix[4], matrix[5], size * abs(matrix[3])))

        page.extract_text(visitor_text=see)
        result.append(found)
    return result


def product(m: list[float], n: list[float]) -> list[float]:
    """First ``m``, then ``n``, as PDF writes matrices."""
    return [
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    ]  # fmt: skip


def structure(content: bytes) -> list[str]:
    """The tags of the document in reading order, such as /H1."""
    names: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                names.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    with pikepdf.open(BytesIO(content)) as document:
        walk(document.Root.StructTreeRoot.K)
    return names


class Glyph(NamedTuple):
    """A character as it is drawn: the box of its ink in points from the lower left corner, and the size of its type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


def glyphs_of(content: bytes) -> Iterator[tuple[float, float, list[Glyph]]]:
    """Width, height and glyphs of every page, as PDFium draws them."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix = pdfium_c.FS_MATRIX()
    for page in pypdfium2.PdfDocument(content):
        held = page.get_textpage()
        found = []
        for at in range(pdfium_c.FPDFText_CountChars(held.raw)):
            code = pdfium_c.FPDFText_GetUnicode(held.raw, at)
            if pdfium_c.FPDFText_IsGenerated(held.raw, at) or chr(code).isspace() or not code:
                continue
            pdfium_c.FPDFText_GetCharBox(held.raw, at, left, right, bottom, top)
            pdfium_c.FPDFText_GetMatrix(held.raw, at, matrix)
            size = pdfium_c.FPDFText_GetFontSize(held.raw, at) * math.hypot(matrix.c, matrix.d)
            found.append(Glyph(chr(code), left.value, bottom.value, right.value, top.value, size))
        yield (*page.get_size(), found)


def covering(glyphs: list[Glyph]) -> Iterator[tuple[Glyph, Glyph]]:
    """Yield the pairs of letters of which one lies on the other."""
    ordered = sorted(glyphs, key=lambda one: one.left)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.left >= one.right - TOUCH:
                break
            if (
                min(one.top, other.top) - max(one.bottom, other.bottom) > TOUCH and one[1:5] != other[1:5]
            ):  # a ligature is two letters in one box
                yield one, other

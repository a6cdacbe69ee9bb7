"""The one door to pypdf: pages of a booklet two by two on sheets, so that the printed stack can be folded and stapled."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject, TextStringObject

PER_SHEET = 4  # pages: two on each side


def impose(booklet: bytes, title: str) -> bytes:
    """Return the booklet two pages a side, for printing on both sides turned at the short edge, folding and stapling.

    The number of pages must be a multiple of four. The first sheet is the outermost: last page and first page on its front,
    second and last but one on its back. The same bytes for the same booklet. Meant for the printer alone: the tags that
    screen readers follow stay in the booklet itself.
    """
    pages = PdfReader(BytesIO(booklet)).pages
    if len(pages) % PER_SHEET:
        raise ValueError(f"{len(pages)} pages do not fill sheets of {PER_SHEET}")
    writer = PdfWriter()
    for left, right in order(len(pages)):
        width, height = pages[left].mediabox.width, pages[left].mediabox.height
        sheet = writer.add_blank_page(2 * width, height)
        drawn = StreamObject()
        drawn.set_data(f"/L Do q 1 0 0 1 {width:.2f} 0 cm /R Do Q".encode())
        forms = DictionaryObject(
            {NameObject("/L"): _form(pages[left], writer), NameObject("/R"): _form(pages[right], writer)}
        )
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        sheet[NameObject("/Contents")] = writer._add_object(drawn)  # noqa: SLF001 - pypdf has no public way
    writer.add_metadata({"/Title": title, "/Producer": "tsunagite"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("ja")
    writer.create_viewer_preferences().duplex = "/DuplexFlipShortEdge"  # type: ignore[assignment]  # a property that pypdf makes
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def _form(page: PageObject, writer: PdfWriter) -> IndirectObject:
    """Return a page as a drawing (form XObject) of another document; pictures and fonts are copied once for all pages."""
    form = StreamObject()
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): page.mediabox,
        }
    )
    form[NameObject("/Resources")] = page["/Resources"].clone(writer)
    contents = page["/Contents"].get_object()
    streams: list[Any] = list(contents) if isinstance(contents, ArrayObject) else [contents]
    form.set_data(b"\n".join(stream.get_object().get_data() for stream in streams))
    return writer._add_object(form.flate_encode())  # noqa: SLF001 - as above


def order(count: int) -> list[tuple[int, int]]:
    """Return the pages (from 0) that stand left and right on each side of the sheets, front and back in turn."""
    sides = []
    for sheet in range(count // PER_SHEET):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return sides

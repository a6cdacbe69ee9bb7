"""The one door to pypdf: pages of a booklet two by two on sheets, so that the printed stack can be folded and stapled."""

from __future__ import annotations

import hashlib
import re
from html import escape
from io import BytesIO
from typing import Any, cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

PER_SHEET = 4  # pages: two on each side
_MARKED = re.compile(rb"(/\w+) ?<<[^<>]*/MCID \d+[^<>]*>> ?BDC")
"""The beginning of a tagged piece of a page: its number belongs to the tags of the booklet."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate><pdf:Producer>tsunagite</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


def impose(booklet: bytes, title: str) -> bytes:
    """Return the booklet two pages a side, for printing on both sides turned at the short edge, folding and stapling.

    The number of pages must be a multiple of four. The first sheet is the outermost: last page and first page on its front,
    second and last but one on its back. The same bytes for the same booklet. Its pages are tagged in the order in which they are
    read, one part each; the headings and lists within them are tagged in the booklet itself. So it says of itself PDF/A-2u, not more.
    """
    reader = PdfReader(BytesIO(booklet))
    pages = reader.pages
    if len(pages) % PER_SHEET:
        raise ValueError(f"{len(pages)} pages do not fill sheets of {PER_SHEET}")
    writer = PdfWriter()
    parts: dict[int, IndirectObject] = {}
    tree, document = DictionaryObject(), DictionaryObject()
    root, top = writer._add_object(tree), writer._add_object(document)  # noqa: SLF001 - pypdf has no public way
    parents = ArrayObject()
    for at, (left, right) in enumerate(order(len(pages))):
        width, height = pages[left].mediabox.width, pages[left].mediabox.height
        sheet = writer.add_blank_page(2 * width, height)
        drawn = StreamObject()
        drawn.set_data(
            f"/Part <</MCID 0>> BDC /L Do EMC /Part <</MCID 1>> BDC q 1 0 0 1 {width:.2f} 0 cm /R Do Q EMC".encode()
        )
        forms = DictionaryObject(
            {NameObject("/L"): _form(pages[left], writer), NameObject("/R"): _form(pages[right], writer)}
        )
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        sheet[NameObject("/Contents")] = writer._add_object(drawn)  # noqa: SLF001 - pypdf has no public way
        sheet[NameObject("/StructParents")] = NumberObject(at)
        both = ArrayObject()
        for mark, page in enumerate((left, right)):
            part = {"/Type": NameObject("/StructElem"), "/S": NameObject("/Part"), "/P": top, "/K": NumberObject(mark)}
            part |= {
                "/Pg": cast("IndirectObject", sheet.indirect_reference),
                "/T": TextStringObject(f"{page + 1}ページ"),
            }
            parts[page] = writer._add_object(_dictionary(part))  # noqa: SLF001 - as above
            both.append(parts[page])
        parents += [NumberObject(at), writer._add_object(both)]  # noqa: SLF001 - as above
    document.update(
        _dictionary(
            {"/Type": NameObject("/StructElem"), "/S": NameObject("/Document"), "/P": root}
            | {"/K": ArrayObject(parts[page] for page in sorted(parts))}
        )
    )
    tree.update(
        _dictionary({"/Type": NameObject("/StructTreeRoot"), "/K": top, "/ParentTree": _dictionary({"/Nums": parents})})
    )
    writer.root_object[NameObject("/StructTreeRoot")] = root
    writer.root_object[NameObject("/MarkInfo")] = _dictionary({"/Marked": BooleanObject(True)})
    _archivable(writer, reader, title)
    writer.root_object[NameObject("/Lang")] = TextStringObject("ja")
    preferences = writer.create_viewer_preferences()
    preferences.duplex = "/DuplexFlipShortEdge"  # type: ignore[assignment]  # a property that pypdf makes
    preferences.display_doctitle = True  # type: ignore[assignment]  # as above
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def _archivable(writer: PdfWriter, booklet: PdfReader, title: str) -> None:
    """Say what PDF/A-2 wants to know of a file: title, day, colours (those of the booklet), and which file it is."""
    catalog = cast("DictionaryObject", booklet.trailer["/Root"])
    made = str(cast("DictionaryObject", booklet.metadata)["/CreationDate"])
    digits = "".join(filter(str.isdigit, made))
    moment = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T00:00:00Z"
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata({"/Title": title, "/Producer": "tsunagite", "/CreationDate": made, "/ModDate": made})
    writer.root_object[NameObject("/OutputIntents")] = catalog["/OutputIntents"].clone(writer)
    described = StreamObject()
    described.update(_dictionary({"/Type": NameObject("/Metadata"), "/Subtype": NameObject("/XML")}))
    described.set_data(_XMP.format(title=escape(title), moment=moment).encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(described)  # noqa: SLF001 - pypdf has no public way
    number = ByteStringObject(hashlib.sha256(title.encode() + str(booklet.trailer["/ID"]).encode()).digest()[:16])
    writer._ID = ArrayObject((number, number))  # noqa: SLF001 - as above


def _dictionary(items: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in items.items()})


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
    content = b"\n".join(stream.get_object().get_data() for stream in streams)
    form.set_data(_MARKED.sub(rb"\1 BMC", content))
    return writer._add_object(form.flate_encode())  # noqa: SLF001 - as above


def order(count: int) -> list[tuple[int, int]]:
    """Return the pages (from 0) that stand left and right on each side of the sheets, front and back in turn."""
    sides = []
    for sheet in range(count // PER_SHEET):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    return sides

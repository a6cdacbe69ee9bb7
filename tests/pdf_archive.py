"""What PDF/A-2 and PDF/UA-1 ask of a file as far as its parts can be counted: a judge besides the typesetter, written from ISO 19005-2 and 14289-1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/Rendition", "/SetOCGState", "/Trans", "/GoTo3DView"}  # fmt: skip
"""Actions (ISO 19005-2, 6.5.1)."""
FORBIDDEN_NOTES = {"/3D", "/Sound", "/Screen", "/Movie"}


def complaints(content: bytes, *, conformance: str = "A") -> list[str]:
    """Everything that keeps a file from being PDF/A-2 of a level (with A also PDF/UA-1)."""
    with pikepdf.open(BytesIO(content)) as document:
        found = [*_file(content, document), *_metadata(document, conformance), *_fonts(document), *_objects(document)]
        found += _tags(document, whole=conformance == "A")
    return found


def _file(content: bytes, document: pikepdf.Pdf) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", content):
        yield f"6.1.2: the file begins {content[:16]!r}"
    if document.is_encrypted or "/ID" not in document.trailer:
        yield "6.1.3: encrypted, or without an ID"
    if content.rstrip(b"\r\n")[-5:] != b"%%EOF":
        yield "6.1.3: something stands behind the end"
    intents = [one for one in document.Root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1 or intents[0].DestOutputProfile.read_bytes()[36:40] != b"acsp":
        yield "6.2.3: no output intent with an ICC profile"


def _metadata(document: pikepdf.Pdf, conformance: str) -> Iterator[str]:
    if "/Metadata" not in document.Root or "/Filter" in document.Root.Metadata:
        yield "6.6.2.1: no metadata that anybody can read"
        return
    told = document.open_metadata(set_pikepdf_as_editor=False)
    wanted = {"pdfaid:part": "2", "pdfaid:conformance": conformance} | (
        {"pdfuaid:part": "1"} if conformance == "A" else {}
    )
    yield from (f"6.6.4: {name} is {told.get(name)}" for name, value in wanted.items() if told.get(name) != value)
    if not str(document.docinfo.get("/Title", "")) or str(document.docinfo["/Title"]) != str(told.get("dc:title")):
        yield f"6.6.3: titles differ: {document.docinfo.get('/Title')} and {told.get('dc:title')}"
    for name, other in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        digits = [re.sub(r"\D", "", str(day)) for day in (document.docinfo.get(name, ""), told.get(other, ""))]
        if not digits[0] or digits[0] != digits[1]:
            yield f"6.6.3: days differ: {digits}"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for one in _all(document):
        if one.get("/Type") == "/FontDescriptor" and not {"/FontFile2", "/FontFile3", "/FontFile"} & set(one.keys()):
            yield f"6.2.11.4: {one.FontName} is not embedded"
        if one.get("/Type") == "/Font" and one.get("/Subtype") == "/Type0" and "/ToUnicode" not in one:
            yield f"6.2.11.7: {one.BaseFont} does not say its characters"
        if (
            one.get("/Type") == "/Font"
            and one.get("/Subtype") in ("/Type1", "/TrueType")
            and "/FontDescriptor" not in one
        ):
            yield f"6.2.11.4: {one.BaseFont} is not embedded"


def _objects(document: pikepdf.Pdf) -> Iterator[str]:
    for one in _all(document):
        if one.get("/S") in FORBIDDEN and "/P" not in one:
            yield f"6.5.1: action {one.S}"
        if one.get("/Subtype") in FORBIDDEN_NOTES and one.get("/Type") == "/Annot":
            yield f"6.3.1: annotation {one.Subtype}"
        if one.get("/Subtype") == "/Link" and "/Rect" in one and not int(one.get("/F", 0)) & 4:
            yield "6.3.2: a link that is not printed"
        if "/TR" in one and "/Type" in one and one.Type == "/ExtGState":
            yield "6.2.5: a transfer function"
        if isinstance(one, pikepdf.Stream) and "/LZWDecode" in str(one.get("/Filter", "")):
            yield "6.1.7: LZW"
        if one.get("/Type") == "/EmbeddedFile" or "/EF" in one:
            yield "6.8: another file inside"


def _tags(document: pikepdf.Pdf, *, whole: bool) -> Iterator[str]:
    root = document.Root
    if not root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in root:
        yield "6.7.2: not tagged"
        return
    if not str(root.get("/Lang", "")).startswith("ja"):
        yield "6.7.4: no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "UA 7.1: the title is not shown"
    if not whole:
        return
    levels = []
    for one in _elements(root.StructTreeRoot):
        sort = str(one.get("/S", ""))
        if sort in ("/Figure", "/Formula") and not str(one.get("/Alt", "")):
            yield f"UA 7.3: {sort} without words"
        if re.fullmatch(r"/H[1-6]", sort):
            levels.append(int(sort[2]))
    before = 0
    for level in levels:
        if level > before + 1:
            yield f"UA 7.4.2: a heading of level {level} below one of level {before}"
        before = level
    for page in document.pages:
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield "UA 7.18.3: order of links"


def _elements(node: Any) -> Iterator[Any]:
    waiting = [node]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, pikepdf.Array):
            waiting[:0] = list(one)
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                yield one
            waiting[:0] = [one.K] if "/K" in one else []


def _all(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of a file, those inside of others as well."""
    for one in document.objects:
        waiting = [one]
        while waiting:
            part = waiting.pop()
            if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
                yield part
                waiting += [value for _, value in part.items() if _is_direct(value)]
            elif isinstance(part, pikepdf.Array):
                waiting += [value for value in part if _is_direct(value)]


def _is_direct(value: Any) -> bool:
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect

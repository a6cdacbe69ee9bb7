"""Looks at every file of a published site for what a hostile string would have done: elements, scripts, addresses, formulas, lines of their own."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
from lxml import etree
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from attacks.strings import COMPUTED, EVIL, MARK
from attacks.world import UNSHOWN

ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "ping", "cite", "background", "manifest", "{http://www.w3.org/1999/xlink}href"}  # fmt: skip
LOADED = {
    "img",
    "script",
    "link",
    "iframe",
    "source",
    "video",
    "audio",
    "object",
    "embed",
    "use",
    "image",
    "input",
    "base",
    "form",
    "track",
}
NOT_LOADED = {"canonical", "alternate", "license", "author", "help"}
"""Links of a head that name another page and load nothing."""
SCHEMES = {"", "http", "https", "mailto", "tel", "sms"}
DATA_TYPES = {"application/json", "application/ld+json", "text/plain"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
A_NUMBER = re.compile(r"[+-]?[0-9.]+")
ICS_NAMES = re.compile(rb"(BEGIN|END|VERSION|PRODID|METHOD|CALSCALE|NAME|X-[A-Z-]+|REFRESH-INTERVAL|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION|LOCATION|GEO|URL|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP|CATEGORIES|LAST-MODIFIED|SEQUENCE|TZID|TZNAME|TZOFFSETFROM|TZOFFSETTO|CONTACT|ORGANIZER|DURATION|COLOR|SOURCE|IMAGE)[;:]")  # fmt: skip


@cache
def _scheme(address: str) -> str:
    """Return the scheme as browsers read it: they skip control characters at the ends, and tabs and line ends anywhere (URL standard)."""
    cleaned = re.sub(r"[\t\r\n]", "", address).strip("".join(map(chr, range(33))))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", cleaned)
    return found[1].lower() if found else ""


def _host(address: str) -> str:
    cleaned = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    try:
        return urlsplit(cleaned).hostname or ""
    except ValueError:
        return cleaned


def of_html(text: str, allowed: set[str]) -> Iterator[str]:
    """Yield what is wrong with a page; ``allowed`` are the addresses that fields for addresses hold."""
    for element in etree.HTML(text.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True)).iter(etree.Element):
        tag, attributes = str(element.tag), dict(element.attrib)
        names = {str(name).lower() for name in attributes}
        if any(MARK in name or not re.fullmatch(r"[a-z:_][a-z0-9:._-]*|\{[^}]*\}[a-z]+", name) for name in names):
            yield f"<{tag}> has attributes of others: {sorted(names)}"
        if handlers := [name for name in names if name.startswith("on")]:
            yield f"<{tag}> has a handler: {handlers}"
        if (
            tag == "script"
            and "src" not in attributes
            and attributes.get("type") not in DATA_TYPES
            and MARK in (element.text or "")
        ):
            yield f"a script holds words of others: {(element.text or '')[:80]!r}"
        if tag in ("base", "object", "embed", "applet", "frame") or "srcdoc" in names:
            yield f"<{tag}> stands in a page"
        if (
            tag == "meta"
            and attributes.get("http-equiv", "").lower() == "refresh"
            and EVIL in attributes.get("content", "")
        ):
            yield "a page leads elsewhere by itself"
        if "style" in names and re.search(r"url\(|@import|expression", attributes["style"]):
            yield f"a style loads something: {attributes['style'][:80]}"
        if attributes.get("type") in DATA_TYPES and tag == "script":
            try:
                json.loads(element.text or "null")
            except ValueError as problem:
                yield f"data in a page cannot be read: {problem}"
        for name in ADDRESSES & attributes.keys():
            address = attributes[name]
            for one in re.split(r",\s+", address) if name == "srcset" else [address]:
                yield from _address(tag, attributes.get("rel", ""), one, allowed)


def _address(tag: str, rel: str, address: str, allowed: set[str]) -> Iterator[str]:
    scheme = _scheme(address)
    if scheme not in SCHEMES and not (
        scheme == "data" and tag in ("img", "link", "image") and address.startswith("data:image/")
    ):
        yield f"<{tag}> leads to {address[:80]!r}"
    elif scheme in ("tel", "sms") and not re.fullmatch(r"(tel|sms):(?:[+0-9*#,-]|%23)*(\?body=.*)?", address):
        yield f"a number to call is {address[:80]!r}"
    elif scheme == "mailto" and not re.fullmatch(
        r"mailto:[^?,&%:;]*(\?(subject|body)=[^&]*(&(subject|body)=[^&]*)*)?", address
    ):
        yield f"a mail goes to {address[:80]!r}"
    elif host := _host(address):
        loaded = tag in LOADED and not (tag == "link" and set(rel.split()) <= NOT_LOADED)
        if EVIL in host and (loaded or not any(one in address for one in allowed)):
            yield f"<{tag}> leads to {address[:80]!r}"


def of_csv(data: bytes) -> Iterator[str]:
    """Yield each cell that a spreadsheet would compute."""
    text = data.decode("utf-8-sig", "strict") if not _is_cp932(data) else data.decode("cp932")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            if cell.startswith(FORMULA) and not A_NUMBER.fullmatch(cell):
                yield f"a cell begins a formula: {cell[:60]!r}"


def _is_cp932(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    return False


def of_xlsx(data: bytes) -> Iterator[str]:
    """Yield each cell that is computed, and each link out that is no address of a page or a mail."""
    for sheet in load_workbook(io.BytesIO(data)):
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate} is a formula: {cell.value!r}"
                if cell.hyperlink and _scheme(cell.hyperlink.target or "") not in SCHEMES:
                    yield f"{sheet.title}!{cell.coordinate} leads to {cell.hyperlink.target!r}"


def of_ics(data: bytes) -> Iterator[str]:
    """Yield what breaks a calendar: lines of others, characters that some programs take for a line end."""
    for line in re.sub(rb"\r\n[ \t]", b"", data).split(b"\r\n"):
        if line and not ICS_NAMES.match(line):
            yield f"a line of a calendar is {line[:60]!r}"
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]|\xe2\x80[\xa8\xa9]|\xc2\x85", line):
            yield f"a line of a calendar has control characters: {line[:60]!r}"
    if max(map(len, data.split(b"\r\n"))) > 75:
        yield "a line is longer than 75 octets"
    try:
        icalendar.Calendar.from_ical(data)
    except ValueError as problem:
        yield f"a calendar cannot be read: {problem}"


def of_json(data: bytes) -> Iterator[str]:
    """Yield why a file of data cannot be read."""
    try:
        json.loads(data)
    except ValueError as problem:
        yield str(problem)


def of_xml(data: bytes) -> Iterator[str]:
    """Yield what is wrong with a feed, a site map or a drawing; text that is markup is looked at as a page."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as problem:
        yield str(problem)
        return
    for element in root.iter(etree.Element):
        if MARK in str(element.tag) or any(MARK in str(name) or str(name).startswith("on") for name in element.attrib):
            yield f"<{element.tag}> {dict(element.attrib)}"
        if element.attrib.get("type") == "html" and (element.text or "").strip():
            yield from of_html(element.text or "", set())


def of_pdf(data: bytes) -> Iterator[str]:
    """Yield what a paper computed, and links out of it that are no addresses."""
    document = PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    if COMPUTED in text or "root:x:0" in text:
        yield "a paper has computed something"
    for address in re.findall(rb"/URI\s*\(((?:[^()\\]|\\.)*)\)", data):
        if _scheme(address.decode("latin-1")) not in SCHEMES:
            yield f"a paper leads to {address[:60]!r}"


def of_vcard(data: bytes) -> Iterator[str]:
    """Yield the lines of a business card that are no properties."""
    for line in re.sub(rb"\r\n[ \t]", b"", data).split(b"\r\n"):
        if line and not re.match(
            rb"(BEGIN|END|VERSION|FN|N|ORG|TEL|EMAIL|ADR|URL|NOTE|KIND|GEO|REV|UID|PRODID|X-[A-Z-]+)[;:]", line
        ):
            yield f"a line of a card is {line[:60]!r}"


BY_KIND: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".csv": of_csv, ".xlsx": of_xlsx, ".ics": of_ics, ".json": of_json, ".webmanifest": of_json, ".geojson": of_json,
    ".xml": of_xml, ".svg": of_xml, ".pdf": of_pdf, ".vcf": of_vcard,
}  # fmt: skip
PLAIN = {
    ".html",
    ".css",
    ".js",
    ".txt",
    ".md",
    ".png",
    ".webp",
    ".jpg",
    ".ico",
    ".woff2",
    ".wasm",
    ".pf_meta",
    ".bin",
    "",
}


def complaints(site: Path, allowed: set[str]) -> Iterator[str]:
    """Yield everything wrong in the files of a site, each with its path."""
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name, data = path.relative_to(site).as_posix(), path.read_bytes()
        if not re.fullmatch(r"[A-Za-z0-9_./@~-]+", name):
            yield f"{name}: a name of others"
        if UNSHOWN.encode() in data:
            yield f"{name}: shows what is for editors alone: {re.findall(UNSHOWN.encode() + b'[a-z0-9-]*', data)[:2]}"
        if COMPUTED.encode() in data and path.suffix not in (".pdf", ".xlsx"):
            yield f"{name}: something was computed"
        if path.suffix == ".html":
            found = of_html(data.decode(), allowed)
        elif path.suffix in BY_KIND:
            found = BY_KIND[path.suffix](data)
        else:
            found = iter(
                ()
                if path.suffix in PLAIN or name == ".tsunagite-files" or "." not in name
                else (f"nobody judges a file of this kind: {path.suffix}",)
            )
        yield from (f"{name}: {one}" for one in found)


def pages(site: Path) -> int:
    """Return how many pages a site has."""
    return sum(1 for _ in site.rglob("*.html"))

"""Pictures without what cameras and programs write into them: where and when a photograph was taken, by which device, whose programs.

Pixels, colours (ICC) and the way up are kept. Formats: JPEG (segments, ISO/IEC 10918-1 B.1), PNG (chunks), WebP (RIFF chunks).
What has not the beginning of its format is returned as it is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import suppress

_EXIF, _ICC = b"Exif\0\0", b"ICC_PROFILE\0"
_PIXELS, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_APPLICATIONS = (*range(0xE0, 0xF0), _COMMENT)
"""Segments that programs write for themselves. Kept of them: JFIF (0xE0), colours (ICC), and how colours are stored (Adobe, 0xEE)."""
_MARKER = re.compile(rb"\xff(?=[^\x00\xff\xd0-\xd7])")
"""What ends the pixels: neither a byte 0xFF of their own (with 0x00 behind it) nor a restart mark."""
_ORIENTATION = 0x0112
_PNG, _PNG_PRIVATE = b"\x89PNG\r\n\x1a\n", (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
_WEBP_PRIVATE, _WEBP_FLAGS = (b"EXIF", b"XMP "), 0b0000_1100
KINDS = (".jpg", ".jpeg", ".png", ".webp")
"""The names of files that are looked at end so."""


def without_metadata(content: bytes) -> bytes:
    """Return a picture without Exif, XMP, IPTC and comments."""
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content.startswith(_PNG):
        return _png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return content


def _jpeg(content: bytes) -> bytes:
    """Keep what is needed to show the picture, up to its end: telephones put films and further pictures, with a place of their own, behind it.

    A picture that lies on its side keeps its way up. Of one that is cut short or damaged, what could be read is left.
    """
    kept, at, way_up = [content[:2]], 2, 1
    while content[at : at + 1] == b"\xff" and at + 1 < len(content):
        marker = content[at + 1]
        if marker == 0xFF:  # any number of these may stand before a marker
            at += 1
            continue
        if marker == _END:
            kept.append(content[at : at + 2])
            break
        if at + 4 > len(content):
            break
        length = 2 + struct.unpack_from(">H", content, at + 2)[0]
        body = content[at + 4 : at + length]
        if marker == 0xE1 and body.startswith(_EXIF):
            way_up = _way_up(body[len(_EXIF) :])
        if marker not in _APPLICATIONS or marker in (0xE0, 0xEE) or body.startswith(_ICC):
            kept.append(content[at : at + length])
        at += length
        if marker == _PIXELS:
            following = _MARKER.search(content, at)
            end = following.start() if following else len(content)
            kept.append(content[at:end])
            at = end
    if way_up != 1:
        tiff = b"MM\0\x2a\0\0\0\x08\0\x01" + struct.pack(">HHIHHI", _ORIENTATION, 3, 1, way_up, 0, 0)
        kept.insert(1, b"\xff\xe1" + struct.pack(">H", 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff)
    return b"".join(kept)


def _way_up(tiff: bytes) -> int:
    """Return the orientation that Exif gives a picture (1: as it is, and where it cannot be read)."""
    order = "<" if tiff.startswith(b"II") else ">"
    with suppress(struct.error):
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for number in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION and 1 <= value <= 8:
                return int(value)
    return 1


def _png(content: bytes) -> bytes:
    kept, at, name = [_PNG], len(_PNG), b""
    while at + 12 <= len(content) and name != b"IEND":
        length, name = 12 + struct.unpack_from(">I", content, at)[0], content[at + 4 : at + 8]
        if name not in _PNG_PRIVATE:
            kept.append(content[at : at + length])
        at += length
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    every = list(_riff(content))
    chunks = [(name, chunk) for name, chunk in every if name not in _WEBP_PRIVATE]
    if len(chunks) == len(every):
        return content
    if chunks and chunks[0][0] == b"VP8X" and len(chunks[0][1]) > 8:
        head = bytearray(chunks[0][1])
        head[8] &= 0xFF ^ _WEBP_FLAGS
        chunks[0] = (b"VP8X", bytes(head))
    body = b"WEBP" + b"".join(chunk for _, chunk in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        length = 8 + struct.unpack_from("<I", content, at + 4)[0]
        yield content[at : at + 4], content[at : at + length + length % 2]
        at += length + length % 2

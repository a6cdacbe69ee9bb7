"""Pictures as a site publishes them, and those that it draws for services that show a link. Photographs: without what cameras and programs write into them, upright, and no larger than a page needs.

The only module that knows Pillow. Pixels and colours (ICC) are kept; place, camera, comments and previews are not, nor what lies behind the picture.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST = 1280
"""Pixels of the longer side of a photograph on a record's page: two screens of a telephone, some 150 kB."""
_QUALITY = 82


class PictureError(ValueError):
    """What was given is no JPEG, PNG or WebP picture, or is cut short."""


@dataclass(frozen=True)
class Size:
    """Pixels of a picture as it is published."""

    width: int
    height: int


def without_metadata(content: bytes) -> bytes:
    """Return a picture in its own format without Exif, XMP, IPTC and comments. Raises PictureError."""
    with _opened(content) as picture:
        form, upright = picture.format, _upright(picture)
        if form == "PNG":
            return _saved(upright, "PNG", optimize=True)
        if form == "WEBP":
            return _saved(upright, "WEBP", lossless=_is_lossless(content), quality=95)
        unturned = picture.getexif().get(0x0112, 1) == 1
        return (
            _saved(picture, "JPEG", quality="keep")
            if unturned and form == "JPEG"
            else _saved(upright, "JPEG", quality=95)
        )


def published_size(content: bytes) -> Size:
    """Return how large ``for_page`` will make a photograph. Reads the whole picture: one that is cut short raises PictureError."""
    with _opened(content) as picture:
        turned = picture.getexif().get(0x0112, 1) >= 5
        width, height = picture.size[::-1] if turned else picture.size
    part = min(1.0, LONGEST / max(width, height))
    return Size(max(1, round(width * part)), max(1, round(height * part)))


def for_page(content: bytes) -> bytes:
    """Return a photograph as WebP for a record's page. Raises PictureError."""
    size = published_size(content)
    with _opened(content) as picture:
        upright = _upright(picture)
        return _saved(upright.resize((size.width, size.height), Image.Resampling.LANCZOS), "WEBP", quality=_QUALITY)


def _opened(content: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as problem:
        raise PictureError(str(problem)) from problem
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture)


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    """Write the pixels and the colours, and nothing else that the picture came with."""
    icc, transparency = picture.info.get("icc_profile"), picture.info.get("transparency")
    kept = {"icc_profile": icc} | ({"transparency": transparency} if form == "PNG" and transparency is not None else {})
    picture.info = {}
    if form == "JPEG" and picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    elif form == "WEBP" and picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA" if "A" in picture.mode or transparency is not None else "RGB")
    file = io.BytesIO()
    picture.save(file, form, **kept, **options)
    return file.getvalue()


def _is_lossless(content: bytes) -> bool:
    return content[12:16] == b"VP8L"


CARD = Size(1200, 630)
"""What services that show a picture beside a link ask for."""
_GROUND, _INK = (251, 250, 247), (15, 91, 74)
_BAND, _EDGE, _SHADES = 36, 96, 16
_TITLE_SIZES = (112, 96, 80, 64, 52)


def share_card(font: Path, parts: Sequence[str], above: str, below: str, badge: str) -> bytes:
    """Return a PNG that says a name (its phrases stay whole) with a line above, one below, and a badge, in 16 shades of one colour."""
    drawing = Image.new("L", (CARD.width, CARD.height), 255)
    pen, wide = ImageDraw.Draw(drawing), CARD.width - 2 * _EDGE
    pen.rectangle((0, 0, _BAND, CARD.height), fill=0)
    small = ImageFont.truetype(font, 44)
    pen.text((_EDGE, 64), above, font=small, fill=0)
    pen.text((_EDGE, CARD.height - 112), below, font=small, fill=0)
    if badge:
        right = CARD.width - _EDGE
        pen.rectangle((right - pen.textlength(badge, font=small) - 48, 48, right, 124), fill=0)
        pen.text((right - 24, 86), badge, font=small, fill=255, anchor="rm")
    for size in _TITLE_SIZES:
        title = ImageFont.truetype(font, size)
        lines = _lines(parts, lambda text, title=title: pen.textlength(text, font=title) <= wide)  # type: ignore[misc]
        if len(lines) * size * 1.3 <= CARD.height - 320 and all(
            pen.textlength(line, font=title) <= wide for line in lines
        ):
            break
    top = (CARD.height - len(lines) * size * 1.3) / 2
    for number, line in enumerate(lines):
        pen.text((_EDGE, top + number * size * 1.3), line, font=title, fill=0)
    shades = drawing.point([shade * (_SHADES - 1) // 255 for shade in range(256)])
    shades.putpalette(
        [round(ink + (ground - ink) * n / (_SHADES - 1)) for n in range(_SHADES) for ink, ground in zip(_INK, _GROUND, strict=True)]
    )  # fmt: skip
    return _saved(shades, "PNG", optimize=True, bits=4)


def _lines(parts: Sequence[str], fits: Callable[[str], bool]) -> list[str]:
    """Return phrases as lines; one that is longer than a line is cut."""
    lines = [""]
    for part in parts:
        pieces = [part] if fits(part) else list(part)
        for piece in pieces:
            if lines[-1] and not fits(lines[-1] + piece):
                lines.append("")
            lines[-1] += piece
    return lines

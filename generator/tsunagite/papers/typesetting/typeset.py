"""The one door to typst: a template and its data become a file that is PDF/UA-1 and PDF/A-2a, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import segno

from tsunagite.engine.digest import digest
from tsunagite.engine.memo import memo
from tsunagite.engine.program import PACKAGE
from tsunagite.errors import SetupError, TsunagiteError
from tsunagite.site.layout.templates import ASSETS
from tsunagite.text.phrases import name_parts, phrases

if TYPE_CHECKING:
    import typst

FONTS = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
LOST_GLYPH = "〓"
STANDARDS: tuple[Literal["ua-1", "a-2a"], ...] = ("ua-1", "a-2a")
"""Readable by everybody's devices, and in an archive after many years."""
FORMS_OF = date(2026, 11, 30)
"""The day of papers that tell of no day (blank sheets): when what they say was last looked through. PDF/A wants a day, and that of the build would change them daily."""
TYPST = version("typst")
SEGNO = f"segno {segno.__version__}".encode()
# Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt): joiners, directions, variation selectors, tags.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
PHRASED = f"{version('budoux')} 1"
"""What decides where lines may end besides the data: the model of phrases, and the rules of ``text/phrases.py`` (count up with them)."""
JOINER = "\u2060"  # WORD JOINER; ``japanese.typ`` keeps on one line what stands between two
NOT_PHRASED = frozenset(
    {"title", "qr", "qr_alt", "svg", "alt", "id", "site_url", "address", "layout", "number", "heading", "official"}
)
"""Keys whose texts are no running text, or become the names of a PDF and its parts."""
LEAST_IN_WIDE, LEAST, LONGEST_KEPT = 18, 8, 14
"""Characters of the shortest text that is marked in wide columns (a shorter one stands on one line) and elsewhere, and of the longest phrase that is kept whole."""
_SET, _NOT_SET = b"+", b"-"


class NotSet(Exception):
    """A template could not be set with its data; the message is typst's own (``panic`` of a template included)."""


def typeset(template: str, data: dict[str, Any]) -> bytes:
    """Set ``<template>.typ`` of the package with ``data`` and return the PDF. Raises NotSet with what typst said."""
    return _set_once("pdf", template, _printable_json(data))


def measure(template: str, data: dict[str, Any]) -> Any:
    """Return what ``<template>.typ`` of the package says of ``data`` in its ``metadata`` labelled ``<measured>``: heights in points.

    A view that must choose what fits asks here first, with ``data["measuring"]`` true; then nothing is guessed.
    """
    return json.loads(_set_once("measured", template, _printable_json({**data, "measuring": True})))


def _printable_json(data: dict[str, Any]) -> str:
    """Return data as JSON, with 〓 for what our fonts lack and the note that says so."""
    lost: set[str] = set()
    shown = {key: value if key == "qr" else _printable(value, lost) for key, value in data.items()}
    shown["lost_glyph_note"] = data["lost_glyph_note"] if lost else ""
    made = date.fromisoformat(data["made"]) if data.get("made") else FORMS_OF
    shown["made"] = {"year": made.year, "month": made.month, "day": made.day}
    return json.dumps(shown, ensure_ascii=False)


def _set_once(product: str, template: str, data: str) -> bytes:
    """Return what an earlier build has set, else set it now. Raises NotSet."""
    result = memo(compile_template, engine=typesetter_digest())(product, template, data).value
    if result[:1] == _NOT_SET:
        raise NotSet(result[1:].decode())
    return result[1:]


def typesetter_digest() -> bytes:
    """Return what stands for all that decides how data become a PDF: typst, our templates and rules of phrases, the fonts. Raises SetupError without fonts."""
    return digest(TYPST, PHRASED, _templates_digest(PACKAGE), _fonts_digest(ASSETS / "fonts"))


def compile_template(product: str, template: str, data: str) -> bytes:
    """Compile a template to a PDF, or to the JSON of what it measured: ``+`` and the bytes, or ``-`` and why it cannot be set."""
    import typst  # noqa: PLC0415 - large, and a build whose papers are kept sets none

    folder = PACKAGE
    given = json.loads(data)
    shown = {
        **_phrased(given, LEAST_IN_WIDE if given.get("large") is False else LEAST),
        "shown_title": _phrased(given["title"], LEAST),
    }
    data = json.dumps(shown, ensure_ascii=False)
    compiler = typst.Compiler(
        input=folder / f"{template}.typ", root=folder, font_paths=_fonts(ASSETS / "fonts"), sys_inputs={"data": data}
    )
    try:
        if product == "measured":
            return _SET + str(compiler.query("<measured>", field="value", one=True, format="json")).encode()
        content = compiler.compile(format="pdf", pdf_standards=[*STANDARDS])
    except typst.TypstError as problem:
        return _NOT_SET + problem.message.encode()
    except RuntimeError as problem:  # a query says so of a template with a mistake
        return _NOT_SET + str(problem).encode()
    if not isinstance(content, bytes):
        raise TsunagiteError(f"{template} から PDF ができませんでした。")
    return _SET + content


def _phrased(value: Any, least: int, key: str = "") -> Any:
    """Mark in all texts of ``value`` from ``least`` characters on the phrases that stay on one line. The name of a record (pieces with their readings) becomes phrases of pieces."""
    if key in NOT_PHRASED:
        return value
    if isinstance(value, dict):
        return {name: _phrased(part, least, name) for name, part in value.items()}
    if isinstance(value, list):
        return _name_phrases(value) if key == "name" else [_phrased(part, least, key) for part in value]
    is_name = key in ("name", "legal")
    if not isinstance(value, str) or len(value) < (LEAST if is_name else least):
        return value
    found = name_parts(value) if is_name else phrases(value)
    return "".join(map(_joined, found))


def _joined(phrase: str) -> str:
    """Return a phrase between joiners, without the brackets and punctuation at its ends: no line ends before or after those anyway."""
    if not 1 < len(phrase) <= LONGEST_KEPT:
        return phrase
    core = phrase.strip("「『（(【〔」』）)】〕、。，．：・！？ \u3000")
    return phrase.replace(core, f"{JOINER}{core}{JOINER}", 1) if len(core) > 1 else phrase


def _name_phrases(pieces: list[list[str]]) -> list[list[list[str]]]:
    """Return the pieces of a name with their readings as phrases; a piece with a reading is never cut."""
    borders, at = set(), 0
    for part in name_parts("".join(text for text, _ in pieces)):
        at += len(part)
        borders.add(at)
    result: list[list[list[str]]] = [[]]
    at = 0
    for text, reading in pieces:
        cuts = [] if reading else sorted(border - at for border in borders if at < border < at + len(text))
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            result[-1].append([text[start:end], reading])
            if at + end in borders:
                result.append([])
        at += len(text)
    return [phrase for phrase in result if phrase]


def _templates_digest(folder: Path) -> bytes:
    states = [(name, os.stat(name)) for name in _templates(folder)]  # noqa: PTH116 - asked for every paper
    return _contents_digest(folder, tuple((name, state.st_size, state.st_mtime_ns) for name, state in states))


@cache
def _templates(folder: Path) -> list[str]:
    """Return the paths of our templates. A new one is used by no other until one of these changes."""
    return sorted(map(str, folder.glob("*/*/*.typ")))


@lru_cache(maxsize=4)
def _contents_digest(folder: Path, states: tuple[tuple[str, int, int], ...]) -> bytes:
    """Return the digest of some files, read once for all papers of a build."""
    digest = hashlib.sha256()
    for name, size, _ in states:
        path = Path(name)
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode() + path.read_bytes())
    return digest.digest()


@cache
def _fonts_digest(folder: Path) -> bytes:
    return hashlib.sha256(b"".join(path.read_bytes() for path in _font_files(folder))).digest()


def _font_files(folder: Path) -> list[Path]:
    """Return the files of our two fonts. Raises SetupError where they were not fetched."""
    files = [folder / name for name in FONTS]
    if not all(path.is_file() for path in files):
        raise SetupError("印刷用の書体（BIZ UDPゴシック）がありません。→ make site を実行してください。")
    return files


def _printable(value: Any, lost: set[str]) -> Any:
    """Replace every character that our fonts lack by 〓, in all texts of ``value``, and collect it in ``lost``."""
    if isinstance(value, dict):
        return {key: _printable(part, lost) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(part, lost) for part in value]
    if not isinstance(value, str):
        return value
    text, missing = _settable(value)
    lost.update(missing)
    return text


def lost_glyphs(text: str) -> str:
    """Return the characters of a text that our fonts cannot show, each once, with the marks that stand on them."""
    return "".join(dict.fromkeys(_settable(text)[1]))


def _settable(text: str) -> tuple[str, list[str]]:
    """Return a text as our fonts can set it (PDF/UA-1 wants a glyph for everything), and what is 〓 in it.

    A letter is given with its marks or not at all: without them it would be another letter. What nobody can see is left out.
    """
    glyphs = _glyphs(ASSETS)
    if glyphs.issuperset(text):
        return text, []
    set_as, lost = "", []
    for letter in _letters(_IGNORABLE.sub("", text)):
        composed = (
            letter if glyphs.issuperset(letter) else unicodedata.normalize("NFC", letter) if len(letter) > 1 else letter
        )
        known = glyphs.issuperset(composed)
        set_as += composed if known else LOST_GLYPH
        lost += [] if known else [letter]
    return set_as, lost


def _letters(text: str) -> Iterator[str]:
    """Yield every character with the marks behind it that stand on it."""
    letter = ""
    for character in text:
        if letter and unicodedata.category(character) in ("Mn", "Mc", "Me"):
            letter += character
        else:
            if letter:
                yield letter
            letter = character
    if letter:
        yield letter


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Return our two fonts and no others. Raises SetupError where they were not fetched."""
    _font_files(folder)
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _glyphs(assets: Path) -> frozenset[str]:
    """Return the characters that both weights can show. Raises SetupError where the fonts were not fetched."""
    folder = assets / "fonts"
    _fonts(folder)
    regular, bold = (_code_points((folder / name).read_bytes()) for name in FONTS)
    return frozenset(map(chr, regular & bold))


def _code_points(font: bytes) -> frozenset[int]:
    """Return the code points of a TrueType font, from format 12 of its ``cmap`` (OpenType specification, "cmap")."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: struct.unpack_from(">L", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        start = cmap + struct.unpack_from(">L", font, cmap + 8 + 8 * number)[0]
        if struct.unpack_from(">H", font, start)[0] == 12:
            groups = struct.unpack_from(">L", font, start + 12)[0]
            spans = (struct.unpack_from(">LL", font, start + 16 + 12 * group) for group in range(groups))
            return frozenset(point for first, last in spans for point in range(first, last + 1))
    raise SetupError("印刷用の書体の文字表が読めません。→ make clean のあと make site を実行してください。")


@lru_cache(maxsize=256)
def qr_svg(address: str) -> str:
    """Return a QR code with its quiet zone as SVG text, or "" without an address."""
    return memo(draw_qr, engine=SEGNO)(address).value if address else ""


def draw_qr(address: str) -> str:
    """Draw a QR code. To choose its mask takes segno 20 ms, and a site has some hundred codes."""
    svg = BytesIO()
    segno.make(address, error="m", micro=False).save(svg, kind="svg", border=4, xmldecl=False, dark="#000000")
    return svg.getvalue().decode()

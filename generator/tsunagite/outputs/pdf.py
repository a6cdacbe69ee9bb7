"""The one door to typst: leaflets as tagged PDF/UA-1 files, the same bytes for the same data."""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from tsunagite.errors import SetupError, TsunagiteError
from tsunagite.outputs.artifact import Artifact, Frame
from tsunagite.outputs.templates import ASSETS, PACKAGE
from tsunagite.views.one_sheet import sheets
from tsunagite.views.pamphlet import Draft, PamphletView, drafts
from tsunagite.views.site import SiteView

FONTS = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
LOST_GLYPH = "〓"
TRIES = 40
SHRINK = 0.97
"""What is left of a side's room at each try: the height of a text is only estimated before it is set."""
_TOO_LONG = re.compile(r"too long: side (\d)")  # as leaflet.typ says it


def leaflets(site: SiteView, frame: Frame) -> Iterator[Artifact]:  # noqa: ARG001 - every output is called alike
    """The leaflet of the whole municipality and one for each district. Raises TsunagiteError naming one that cannot be set."""
    for draft in drafts(site):
        yield _leaflet(draft)


def _leaflet(draft: Draft) -> Artifact:
    """Set one leaflet, with less on a side as long as it turns out too long."""
    shares = [1.0, 1.0]
    for _ in range(TRIES):
        view = PamphletView.of(draft, (shares[0], shares[1]))
        try:
            content = _pdf("leaflet", asdict(view) | {"qr": _qr(view.site_url)})
        except typst.TypstError as problem:
            too_long = _TOO_LONG.search(problem.message)
            if not too_long:
                raise TsunagiteError(f"{view.path}「{view.title}」を組めません。{problem.message}") from problem
            shares = [shares[0] if too_long[1] == "1" else shares[0] * SHRINK, shares[1] * SHRINK]
        else:
            return Artifact(view.path, content)
    paper = draft.paper
    raise TsunagiteError(f"{paper.path}「{paper.title}」が2ページに入りません。断り書きや記録の文を短くしてください。")


def one_sheets(site: SiteView, frame: Frame) -> Iterator[Artifact]:  # noqa: ARG001 - every output is called alike
    """One sheet for every role and process. Raises TsunagiteError naming one that cannot be set."""
    for sheet in sheets(site):
        try:
            yield Artifact(sheet.path, _pdf("one_sheet", asdict(sheet) | {"qr": _qr(sheet.site_url)}))
        except typst.TypstError as problem:
            if "too long" in problem.message:
                raise TsunagiteError(f"{sheet.path}「{sheet.title}」が2ページに入りません。項目を短くするか、減らしてください。") from problem
            raise TsunagiteError(f"{sheet.path}「{sheet.title}」を組めません。{problem.message}") from problem


def _pdf(template: str, data: dict[str, Any]) -> bytes:
    """Set ``templates/pamphlets/<template>.typ`` with ``data``. Raises typst.TypstError."""
    lost: set[str] = set()
    shown = {key: value if key == "qr" else _printable(value, lost) for key, value in data.items()}
    shown["lost_glyph_note"] = data["lost_glyph_note"] if lost else ""
    folder = PACKAGE / "templates" / "pamphlets"
    compiler = typst.Compiler(
        input=folder / f"{template}.typ",
        root=folder,
        font_paths=_fonts(ASSETS / "fonts"),
        sys_inputs={"data": json.dumps(shown, ensure_ascii=False)},
    )
    content = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(content, bytes):
        raise TsunagiteError(f"{template} から PDF ができませんでした。")
    return content


def _printable(value: Any, lost: set[str]) -> Any:
    """Replace every character that our fonts lack by 〓, in all texts of ``value``, and collect it in ``lost``."""
    if isinstance(value, dict):
        return {key: _printable(part, lost) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(part, lost) for part in value]
    if not isinstance(value, str):
        return value
    known = _glyphs(ASSETS / "fonts")
    missing = {c for c in value if ord(c) not in known and not _is_invisible(c)}
    lost |= missing
    return "".join(LOST_GLYPH if c in missing else c for c in value)


def _is_invisible(character: str) -> bool:
    """Tell whether typst drops a character that the font lacks (joiners, variation selectors, accents to compose)."""
    return unicodedata.category(character) in ("Cf", "Mn")


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Return our two fonts and no others. Raises SetupError where they were not fetched."""
    if any(not (folder / name).is_file() for name in FONTS):
        raise SetupError("印刷用の書体（BIZ UDPゴシック）がありません。→ make site を実行してください。")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _glyphs(folder: Path) -> frozenset[int]:
    """Return the code points that both weights can show. Raises SetupError where the fonts were not fetched."""
    _fonts(folder)
    regular, bold = (_code_points((folder / name).read_bytes()) for name in FONTS)
    return regular & bold


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


def _qr(address: str) -> str:
    """Return a QR code with its quiet zone as SVG text, or "" without an address."""
    if not address:
        return ""
    svg = BytesIO()
    segno.make(address, error="m", micro=False).save(svg, kind="svg", border=4, xmldecl=False, dark="#000000")
    return svg.getvalue().decode()

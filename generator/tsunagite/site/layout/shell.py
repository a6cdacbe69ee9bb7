"""Shell: the theme's frame, rendered once per section and depth, then filled per page.

Rendering Material's template for each of 10,000 pages takes minutes; filling a rendered one takes microseconds.
The theme is asked to render a page whose title, description, address, head and content are marker words; the
markers are then replaced. A frame that lost a marker is refused, so that a new theme release cannot silently
produce empty pages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import escape

from tsunagite.engine.artifact import Artifact, Draft, Page
from tsunagite.errors import SetupError
from tsunagite.i18n.editions import MARK, Languages

TITLE, DESCRIPTION, HEAD, BODY = "tsunagiteTITLE", "tsunagiteDESCRIPTION", "tsunagiteHEAD", "tsunagiteBODY"
_FOLDER = "tsunagiteFOLDER"
SITE_PICTURE = "assets/share/site.png"
"""What other services show beside a link to a page that has no picture of its own (``site/share.py`` draws them)."""
_MARKERS = re.compile(
    rf"({TITLE}|{DESCRIPTION}|{HEAD}|{BODY}|{MARK}[A-Za-z]+(?:-[A-Z][a-z]+)?|{_FOLDER}0/(?:{_FOLDER}\d/)*)"
)
_LANGUAGE = re.compile(r'<html lang="[^"]*"')
_INDENTS = re.compile(r"(?<!\s)\s*\n\s*")  # the theme's templates leave a kilobyte of them on every page

# What only the theme's own script would use (overrides/main.html leaves it out): half a kilobyte of every page.
_UNUSED = re.compile(
    r' data-md-component="(?:container|main)"|<input class="md-toggle"[^<>]*>|<label class="md-overlay"[^<>]*>\s*</label>|<meta name="generator"[^<>]*>'
    r'|<div data-md-component="(?:skip|announce)">\s*+</div>'
    r'|<div class="md-dialog"[^<>]*>\s*<div class="md-dialog__inner md-typeset">\s*+</div>\s*</div>'
)

_TOGGLE = re.compile(r'(<input class="md-toggle"[^<>]*?) autocomplete="off"')

RenderFrame = Callable[[str, str], str]
"""``(section, path with markers) -> HTML of the theme with markers in it``."""


def valid(html: str) -> str:
    """Return a page of the theme without what HTML forbids: its check boxes say whether browsers may fill them in."""
    return _TOGGLE.sub(r"\1", html)


def marked_path(depth: int) -> str:
    """Return a page address of the given depth, made of markers."""
    return "".join(f"{_FOLDER}{level}/" for level in range(depth))


@dataclass
class Layouts:
    """All frames of one build."""

    render: RenderFrame
    languages: Languages = field(default_factory=Languages)
    is_public: bool = True
    """Whether other services may show a picture of a page beside a link to it."""
    _frames: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    _states: dict[tuple[str, int], bytes] = field(default_factory=dict)
    asked: set[tuple[str, int]] = field(default_factory=set)
    """Section and depth of the pages that were framed or asked for, for who wants to know: it may be cleared."""

    def frame(self, page: Page) -> Artifact:
        """Return the finished page."""
        values = {
            TITLE: str(escape(page.title)),
            DESCRIPTION: str(escape(page.description)),
            HEAD: page.head + self._picture(page) + self.languages.alternates(page.path),
            BODY: page.body,
            **self.languages.addresses(page.path),
        }
        self.asked.add((page.section, page.depth))
        pieces = self._pieces(page.section, page.depth)
        html = "".join(piece if index % 2 == 0 else values.get(piece, page.path) for index, piece in enumerate(pieces))
        return Artifact(f"{page.path}index.html", html.encode())

    def _picture(self, page: Page) -> str:
        if not self.is_public or not self.languages.site_url:
            return ""
        return (
            f'<meta property="og:image" content="{self.languages.site_url}/{page.picture or SITE_PICTURE}">'
            f'<meta property="og:image:alt" content="{escape(page.title)}"><meta name="twitter:card" content="summary_large_image">'
        )

    def key(self, draft: Draft) -> bytes:
        """Return the key of a draft with that of the frame around it."""
        if draft.section is None:
            return draft.key
        return draft.key + self.state(draft.section, draft.path.count("/"))

    def state(self, section: str, depth: int) -> bytes:
        """Return what stands for the frame of a page."""
        self.asked.add((section, depth))
        if (section, depth) not in self._states:
            pieces = "\0".join(self._pieces(section, depth))
            self._states[section, depth] = hashlib.blake2b(pieces.encode(), digest_size=16).digest()
        return self._states[section, depth]

    def _pieces(self, section: str, depth: int) -> list[str]:
        key = (section, depth)
        if key not in self._frames:
            html = _UNUSED.sub("", self.render(section, marked_path(depth)))
            if edition := self.languages.of_section(section):
                html = _LANGUAGE.sub(f'<html lang="{edition.lang}"', html, count=1)
            pieces = _MARKERS.split(_INDENTS.sub("\n", html))
            missing = {TITLE, HEAD, BODY} - set(pieces[1::2])
            if missing or pieces.count(BODY) != 1:
                raise SetupError(
                    f"テーマの枠に {'、'.join(sorted(missing)) or BODY} を入れる場所がありません。overrides/main.html を確かめてください。"
                )
            self._frames[key] = pieces
        return self._frames[key]

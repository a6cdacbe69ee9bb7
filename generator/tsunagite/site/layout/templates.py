"""The Jinja environment of our own pages. Templates receive views; everything they print is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from tsunagite import i18n
from tsunagite.engine.artifact import Page, base_of
from tsunagite.engine.program import PACKAGE
from tsunagite.errors import SetupError
from tsunagite.i18n.editions import BEGIN, END, JAPANESE, edition
from tsunagite.site.record import CardView, Link
from tsunagite.text.dates import japanese_date
from tsunagite.text.phrases import name_parts, phrases
from tsunagite.worksheets.start import StartView

ASSETS = PACKAGE / "assets"

_INDENT = re.compile(r"\n\s+")
_BLOCK = r"</?(?:article|body|dd|details|div|dl|dt|footer|form|h(?:[1-6]|{{ level }})|head|header|html|li|link|main|meta|nav|ol|p|script|section|summary|table|title|ul)"
_HEADING = re.compile(r"<h1(?: class=\"[^\"<>]*\")?>(<span translate=\"no\">)?([^<>]+)")
_KANA = re.compile("[ぁ-んァ-ヶ]")
_BESIDE_BLOCKS = re.compile(rf"({_BLOCK}(?: [^<>]*)?>)\n|\n(?=(?:{{% end\w+ %}}\n?)*{_BLOCK}[ >])")
BASE = "\0"
"""Stands for the way to the root of the site until a page is whole; no text that we read may hold it."""
SPRITE = "assets/tsunagite/icons.svg"


def stylesheet(name: str) -> str:
    """Return the line for the head of a page (``Templates.page``) that loads one of our style sheets."""
    return f'<link rel="stylesheet" href="{BASE}assets/tsunagite/{name}.css">'


def script(name: str) -> str:
    """Return the line for the head of a page that runs one of our scripts."""
    return f'<script type="module" src="{BASE}assets/tsunagite/{name}.js"></script>'


PINS = script("worksheet_pin")
"""In the head of pages from which a worksheet can be begun."""
MOST_PAGES = 24
"""As many links to pages stand under a list; of more only some (``near``)."""
_NO_INK = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
"""The square that bounds every icon of the set: it draws nothing."""


class _Loader(FileSystemLoader):
    """Reads templates once, without the blanks that show nothing, and with all that is the same on every page in its place."""

    def __init__(self, folders: Sequence[Path], language: str) -> None:
        super().__init__(folders)
        self._language = language

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:  # noqa: A002 - its name in Jinja
        source, filename, is_current = self.get_source(environment, name)
        tree = _Constants(self._language).visit(environment.parse(tight(source), name, filename))
        return environment.template_class.from_code(
            environment, environment.compile(tree, name, filename), dict(globals or {}), is_current
        )


def tight(source: str) -> str:
    """Return a template without indents and blank lines, and without line ends beside the begin or end of a block.

    They would be a kilobyte of every page. What a page says is never touched.
    """
    return _BESIDE_BLOCKS.sub(r"\1", _INDENT.sub("\n", source))


class _Constants(NodeTransformer):
    """Writes words (``t.call``), icons (``icon('phone')``) and the way to the root (``base``) into a template: no page asks for them."""

    def __init__(self, language: str) -> None:
        self._language, self._words = language, words(language)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - its name in Jinja
        is_word = isinstance(node.node, nodes.Name) and node.node.name == "t"
        return nodes.Const(self._word(node.attr), lineno=node.lineno) if is_word else self.generic_visit(node)

    def _word(self, name: str) -> str:
        if name not in self._words:
            raise SetupError(
                f"ことば「{name}」が、「{self._language}」の一覧にありません。→ i18n/editions/{self._language}.toml に書いてください。"
            )
        return self._words[name]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - its name in Jinja
        is_icon = (
            isinstance(node.node, nodes.Name) and node.node.name == "icon" and isinstance(node.args[0], nodes.Const)
        )
        return nodes.Const(icon(node.args[0].as_const()), lineno=node.lineno) if is_icon else self.generic_visit(node)

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - its name in Jinja
        return nodes.Const(BASE, lineno=node.lineno) if node.name == "base" and node.ctx == "load" else node


@cache
def _environment(language: str) -> Environment:
    """Return what compiles templates in a language: a build sees one state of them."""
    environment = Environment(
        loader=_Loader(sorted(PACKAGE.glob("*/templates")), language),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(icon=icon, t=words(language))
    environment.filters.update(in_parts=in_parts, in_quotes=in_quotes, marked=marked, near=near, day=japanese_date)
    return environment


@cache
def _template(name: str, language: str = JAPANESE) -> Template:
    return _environment(language).get_template(f"{name}.html")


class Templates:
    """The templates of one build in one language. Cards are rendered once and reused: each stands on up to ten pages."""

    def __init__(self, language: str = JAPANESE, card: str = "_card") -> None:
        """``card`` is the template of a card."""
        self._language = language
        self._cards: dict[tuple[str, int], str] = {}
        self._new_card: Callable[[CardView, int], Markup] = getattr(_template(card, language).module, "card")  # noqa: B009 - a macro

    def render(self, name: str, *, base: str, **values: object) -> str:
        """Render ``<feature>/templates/<name>.html`` for a page from which ``base`` leads to the root of the site."""
        return _template(name, self._language).render(cards=self._shown, **values).replace(BASE, base)

    def page(  # noqa: PLR0913 - what every page has, then what its template asks for
        self, template: str, path: str, section: str, title: str, lead: str, /, *, head: str = "", **values: object
    ) -> Page:
        """Render a page. The template gets ``title`` and ``lead`` too. ``BASE`` in the head leads to the root of the site."""
        base = base_of(path)
        body = in_phrases(self.render(template, base=base, **{"title": title, "lead": lead, **values}))
        return Page(path, section, title, lead, body, head.replace(BASE, base))

    def _shown(self, views: Iterable[CardView], level: int = 3) -> Markup:
        """Return records as cards whose names are headings of a level."""
        return Markup("".join([self._card(view, level) for view in views]))  # noqa: S704 - of our templates

    def _card(self, view: CardView, level: int) -> str:
        key = (view.id, level)
        if key not in self._cards:
            self._cards[key] = str(self._new_card(view, level))
        return self._cards[key]


def words(language: str = JAPANESE) -> Mapping[str, str]:
    """Return the words of the pages: those of Japanese, or of an edition."""
    if language != JAPANESE:
        return edition(language).words
    ui: Mapping[str, str] = i18n.catalogue(JAPANESE)["ui"]
    return ui


def marked(text: str) -> Markup:
    """Return a text of an edition with ``lang="ja"`` around what stays Japanese."""
    return Markup(str(escape(text)).replace(BEGIN, '<span lang="ja">').replace(END, "</span>"))  # noqa: S704 - escaped here


def in_phrases(body: str) -> str:
    """Mark in the heading of a page where its lines may end (``<wbr>``): few browsers know phrases, and the best cuts さがす in two."""
    found = _HEADING.search(body)
    if not found or "&" in found[2] or not _KANA.search(found[2]):
        return body
    parts = (name_parts if found[1] else phrases)(found[2])
    return f"{body[: found.start(2)]}{'<wbr>'.join(parts)}{body[found.end(2) :]}"


def in_parts(name: str) -> Markup:
    """Return a name with the places where its lines may end: between its words, not inside one."""
    return Markup("<wbr>").join(name_parts(name))


def near(links: Sequence[Link], here: str) -> list[Link | None]:
    """Return the links to pages that page ``here`` shows: all of a few, else its neighbours, the ends and some between; None is a gap.

    A list of 100,000 records has 1,667 pages; a link to each would take 120 kB of every page.
    """
    last = len(links) - 1
    if last < MOST_PAGES:
        return [*links]
    at = next(number for number, link in enumerate(links) if link.path == here)
    step = next(
        step
        for size in range(1, 10)
        for step in (10**size, 2 * 10**size, 5 * 10**size)
        if last // step < MOST_PAGES // 2
    )
    shown = {0, *range(step - 1, last, step), *range(max(0, at - 2), min(last, at + 2) + 1), last}
    found: list[Link | None] = []
    for number in sorted(shown):
        found += [links[number]] if number - 1 in shown or not number else [None, links[number]]
    return found


def in_quotes(data: str) -> Markup:
    """Return a text as the value of an attribute in single quotes: JSON would be half as long again in double ones."""
    escaped = data.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(f"'{escaped}'")  # noqa: S704 - escaped on the line above


def script_data(data: object) -> Markup:
    """Return data for a script element of the page."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704 - nothing in it can end the element


def copies(starts: Iterable[StartView]) -> Markup | str:
    """Return what new worksheets begin with, by sheet, for a page with ``PINS``; "" where none can be begun."""
    found = {start.sheet: start.copy for start in starts}
    return script_data(found) if found else ""


PLAIN_ICON = "info-circle"
DELICATE = '<meta name="referrer" content="no-referrer">'
"""What stands in every page that others in the house should not find, and in no other: the service worker keeps none with it."""


DELICATE_HEAD = DELICATE + stylesheet("safety") + script("quick_exit")
"""The head of a page that others in the house should not find: it names itself to nobody, and can be left at once."""


@cache
def icon(name: str) -> Markup:
    """Return an icon of the set that readers of the screen skip (a word always stands beside it), drawn from the sprite.

    One that the set does not have (a site may name any: F112) is a plain one instead. Raises SetupError where the set was not fetched.
    """
    if not (ASSETS / "icons" / f"{PLAIN_ICON}.svg").is_file():
        raise SetupError("アイコンがありません。→ make site を実行してください。")
    if not (ASSETS / "icons" / f"{name}.svg").is_file():
        return icon(PLAIN_ICON)
    return Markup(f'<svg class="ts-icon" aria-hidden="true"><use href="{BASE}{SPRITE}#{name}"/></svg>')  # noqa: S704 - our asset


def sprite() -> str:
    """Return all icons of the set as one file: each page would otherwise repeat the drawings of a dozen."""
    symbols = []
    for path in sorted((ASSETS / "icons").glob("*.svg")):
        svg = path.read_text(encoding="utf-8")
        start = svg.index(">", svg.index("<svg")) + 1
        drawing = " ".join(svg[start : svg.index("</svg>")].replace(_NO_INK, "").replace(" />", "/>").split())
        symbols.append(f'<symbol id="{path.stem}" viewBox="0 0 24 24">{drawing}</symbol>\n')
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'

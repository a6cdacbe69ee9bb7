"""The Jinja environment of our own pages. Templates receive views; everything they print is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tsunagite import i18n
from tsunagite.errors import SetupError
from tsunagite.views.record import CardView

PACKAGE = Path(__file__).parent.parent
ASSETS = PACKAGE / "assets"

_INDENT = re.compile(r"\n[ \t]+")
_NO_INK = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
"""The square that bounds every icon of the set: it draws nothing."""


class _Unindented(FileSystemLoader):
    """Reads templates without the blanks at the beginning of their lines, which would be a kilobyte of every page."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, name, is_current = super().get_source(environment, template)
        return _INDENT.sub("\n", source), name, is_current


class Templates:
    """The templates of one build. Cards are rendered once and reused: each stands on up to ten pages."""

    def __init__(self) -> None:
        self._env = Environment(
            loader=_Unindented(PACKAGE / "templates" / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # a build sees one state of its templates
        )
        self._env.globals.update(icon=icon, t=words(), card=self._card)
        self._cards: dict[tuple[str, str, int], Markup] = {}

    def render(self, name: str, **values: object) -> str:
        """Render ``templates/pages/<name>.html``."""
        return self._env.get_template(f"{name}.html").render(**values)

    def _card(self, view: CardView, base: str, level: int = 3) -> Markup:
        key = (view.id, base, level)
        if key not in self._cards:
            # What a template of ours rendered is escaped already.
            self._cards[key] = Markup(self.render("_card", view=view, base=base, level=level))  # noqa: S704
        return self._cards[key]


def words() -> Mapping[str, str]:
    """Return the words of the pages."""
    ui: Mapping[str, str] = i18n.catalogue("ja")["ui"]
    return ui


def delicate_head(base: str) -> str:
    """Return the head of a page that others in the house should not find: it names itself to nobody, and can be left at once."""
    static = f"{base}assets/tsunagite"
    return (
        '<meta name="referrer" content="no-referrer">'
        f'<link rel="stylesheet" href="{static}/safety.css"><script type="module" src="{static}/quick_exit.js"></script>'
    )


@cache
def icon(name: str) -> Markup:
    """Return an icon of the set as SVG that readers of the screen skip (a word always stands beside it)."""
    path = ASSETS / "icons" / f"{name}.svg"
    if not path.is_file():
        raise SetupError(f"アイコン「{name}」がありません。→ make site を実行するか、generator/fetch_assets.py に足してください。")
    svg = path.read_text(encoding="utf-8")
    start = svg.index(">", svg.index("<svg")) + 1
    drawing = " ".join(svg[start : svg.index("</svg>")].replace(_NO_INK, "").replace(" />", "/>").split())
    return Markup(f'<svg class="ts-icon" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>')  # noqa: S704 - our asset

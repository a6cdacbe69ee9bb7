"""The Jinja environment of our own pages. Templates receive views; everything they print is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tsunagite import i18n
from tsunagite.errors import SetupError

PACKAGE = Path(__file__).parent.parent
ASSETS = PACKAGE / "assets"


@cache
def environment() -> Environment:
    """Return the environment with the icons and the Japanese words of the pages."""
    env = Environment(
        loader=FileSystemLoader(PACKAGE / "templates" / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["icon"] = icon
    env.globals["t"] = i18n.catalogue("ja")["ui"]
    return env


def render(name: str, **values: object) -> str:
    """Render ``templates/pages/<name>.html``."""
    return environment().get_template(f"{name}.html").render(**values)


@cache
def icon(name: str) -> Markup:
    """Return an icon of the set as SVG that readers of the screen skip (a word always stands beside it)."""
    path = ASSETS / "icons" / f"{name}.svg"
    if not path.is_file():
        raise SetupError(f"アイコン「{name}」がありません。→ make site を実行するか、generator/fetch_assets.py に足してください。")
    svg = path.read_text(encoding="utf-8")
    start = svg.index(">", svg.index("<svg")) + 1
    drawing = " ".join(svg[start : svg.index("</svg>")].split())
    return Markup(f'<svg class="ts-icon" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>')  # noqa: S704 - our asset

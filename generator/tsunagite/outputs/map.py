"""The one door to folium: it writes the map page, from local files only; the points come from one shared data file.

folium's own markers cost a kilobyte and a millisecond each and its pages call four foreign hosts, so its classes are
used with local assets and without markers; browser/map.js draws the points, clustered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import folium
from branca.element import MacroElement
from jinja2 import Template

from tsunagite.outputs.artifact import Artifact, Frame, Page
from tsunagite.outputs.templates import Templates
from tsunagite.views.points import PointsView
from tsunagite.views.site import SiteView

DATA = "data/map.json"


class LocalMap(folium.Map):
    """A folium map that asks no foreign host: the page loads Leaflet from the site itself."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium declares it so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as above


class SharedPoints(MacroElement):
    """Hands the map over to browser/map.js, which draws the points of the shared data file."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        import("{{ this.base }}assets/tsunagite/map.js").then((module) => module.sharedPoints({{ this._parent.get_name() }}, "{{ this.base }}"));
        {% endmacro %}
        """
    )

    def __init__(self, base: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types here
        self._name = "SharedPoints"
        self.base = base


def map_page(site: SiteView, frame: Frame) -> Iterator[Artifact]:
    """Yield the map of the whole site and its data (nothing where no record has a point)."""
    points = PointsView.of(site.directory)
    if points.bounds is None:
        return
    yield Artifact(DATA, points.data)
    page = Page("map/", "map", "地図からさがす", "のっている場所を地図で見られます。", "")
    html, script = _folium(site, points, page.base)
    body = Templates().render("map", base=page.base, groups=list(zip(points.groups, points.counts, strict=True)), map_html=html, map_script=script)
    yield frame(Page(page.path, page.section, page.title, page.description, body))


def _folium(site: SiteView, points: PointsView, base: str) -> tuple[str, str]:
    """Return folium's element and script, with its random ids numbered in the order they appear."""
    tiles = site.settings.tiles
    link = f'<a href="{escape(str(tiles.attribution_url))}" rel="noopener">{escape(tiles.attribution)}</a>'
    local_map = LocalMap(tiles=None)
    folium.TileLayer(tiles=str(tiles.url), attr=link, max_zoom=tiles.max_zoom, control=False).add_to(local_map)
    if points.bounds:
        local_map.fit_bounds([list(corner) for corner in points.bounds], padding=(16, 16))
    SharedPoints(base).add_to(local_map)
    figure: Any = local_map.get_root()
    figure.render()
    numbers: dict[str, str] = {}

    def numbered(text: str) -> str:
        # folium's names are map_…, tile_layer_…; the address of tiles may hold a key that looks like an id
        return re.sub(r"(?<=[a-z]_)[0-9a-f]{32}\b", lambda match: numbers.setdefault(match[0], str(len(numbers) + 1)), text)

    return numbered(figure.html.render()), numbered(figure.script.render())

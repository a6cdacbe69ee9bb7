"""The one door to folium: its element and script of a map, from local files only.

folium's own markers cost a kilobyte and a millisecond each and its pages call four foreign hosts, so its classes are
used with local assets and without markers; map/browser/map.js draws the points, clustered.
"""

from __future__ import annotations

import re
from typing import Any

import folium
from branca.element import MacroElement
from jinja2 import Template

from tsunagite.map.points import Bounds


class LocalMap(folium.Map):
    """A folium map that asks no foreign host: the page loads Leaflet from the site itself."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium declares it so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as above


class SharedPoints(MacroElement):
    """Hands the map over to map/browser/map.js, which draws the points of the shared data file."""

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


def draw_map(tiles: str, link: str, max_zoom: int, bounds: Bounds, base: str) -> tuple[str, str]:
    """Return folium's element and script, with its random ids numbered in the order they appear.

    ``tiles`` is the address of the background, ``link`` says whose it is (HTML), ``bounds`` are in degrees (lat, lng).
    """
    local_map = LocalMap(tiles=None)
    folium.TileLayer(tiles=tiles, attr=link, max_zoom=max_zoom, control=False).add_to(local_map)
    local_map.fit_bounds([list(corner) for corner in bounds], padding=(16, 16))
    SharedPoints(base).add_to(local_map)
    figure: Any = local_map.get_root()
    figure.render()
    numbers: dict[str, str] = {}

    def numbered(text: str) -> str:
        # folium's names are map_…, tile_layer_…; the address of tiles may hold a key that looks like an id
        return re.sub(
            r"(?<=[a-z]_)[0-9a-f]{32}\b", lambda match: numbers.setdefault(match[0], str(len(numbers) + 1)), text
        )

    return numbered(figure.html.render()), numbered(figure.script.render())

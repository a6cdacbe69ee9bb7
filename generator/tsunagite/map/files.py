"""The map page and its data: folium (``folium_map.py``) writes the map, the points come from one shared data file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from tsunagite.engine.artifact import Artifact, Frame, Made, Page, base_of, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.map.points import PointsView
from tsunagite.records.directory import Directory
from tsunagite.records.model.site import MapTiles
from tsunagite.site.layout.templates import Templates

DATA = "data/map.json"
PATH, SECTION = "map/", "map"


def map_page(directory: Directory, keys: Keys, frame: Frame) -> Iterator[Made]:
    """Yield the map of the whole site and its data (nothing where no record has a point)."""
    points = PointsView.of(directory)
    if points.bounds is None:
        return
    yield Artifact(DATA, points.data)
    key = keys.of(directory.settings, points.groups, points.counts, points.bounds)
    yield page_draft(PATH, SECTION, key, partial(_page, directory.settings.tiles, points), frame)


def _page(tiles: MapTiles, points: PointsView) -> Page:
    from tsunagite.map.folium_map import draw_map  # noqa: PLC0415 - folium takes a quarter of a second to load

    link = f'<a href="{escape(str(tiles.attribution_url))}" rel="noopener">{escape(tiles.attribution)}</a>'
    html, script = (
        draw_map(str(tiles.url), link, tiles.max_zoom, points.bounds, base_of(PATH)) if points.bounds else ("", "")
    )
    return Templates().page(
        "map",
        PATH,
        SECTION,
        "地図からさがす",
        "のっている場所を地図で見られます。",
        groups=list(zip(points.groups, points.counts, strict=True)),
        map_html=html,
        map_script=script,
    )

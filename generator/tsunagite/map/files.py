"""The map page and its data: folium (``folium_map.py``) writes the map, the points come from one shared data file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from html import escape

from tsunagite.engine.artifact import Artifact, Draft, Frame, Made, Page, base_of, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.map import ground
from tsunagite.map.points import Bounds, PointsView
from tsunagite.records.directory import Directory
from tsunagite.records.model.site import MapTiles
from tsunagite.site.layout.templates import Templates

DATA = "data/map.json"
PATH, SECTION = "map/", "map"
SCRIPT = "map/map.js"


def ground_data(directory: Directory, keys: Keys) -> Iterator[Made]:
    """Yield what every map draws below its tiles: also where no record has a point, a reader may choose one."""
    key = keys.of(directory.boundaries.digest, directory.settings.area, list(directory.areas.values()))
    yield Draft(ground.DATA, key, lambda: Artifact.json(ground.DATA, ground.ground_of(directory)))


def map_page(directory: Directory, keys: Keys, frame: Frame) -> Iterator[Made]:
    """Yield the map of the whole site and its data (nothing where no record has a point)."""
    points = PointsView.of(directory)
    if points.bounds is None:
        return
    yield Artifact(DATA, points.data)
    key = keys.of(directory.settings, points.groups, points.counts, points.bounds)
    drawn = cache(partial(_draw, directory.settings.tiles, points.bounds))
    yield page_draft(PATH, SECTION, key, lambda: _page(points, drawn()[0]), frame)
    yield Draft(SCRIPT, key, lambda: Artifact(SCRIPT, drawn()[1].encode()))


def _draw(tiles: MapTiles, bounds: Bounds) -> tuple[str, str]:
    """Return the element of the map and its script, which lies in a file of its own: a strict policy runs none inside a page."""
    from tsunagite.map.folium_map import draw_map  # noqa: PLC0415 - folium takes a quarter of a second to load

    link = f'<a href="{escape(str(tiles.attribution_url))}" rel="noopener">{escape(tiles.attribution)}</a>'
    return draw_map(str(tiles.url), link, tiles.max_zoom, bounds, base_of(PATH))


def _page(points: PointsView, html: str) -> Page:
    return Templates().page(
        "map",
        PATH,
        SECTION,
        "地図からさがす",
        "のっている場所を地図で見られます。",
        groups=list(zip(points.groups, points.counts, strict=True)),
        map_html=html,
        map_script=SCRIPT,
    )

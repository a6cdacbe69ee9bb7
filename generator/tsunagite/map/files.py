"""The map page and its data: folium (``folium_map.py``) writes the map, the points come from one shared data file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from tsunagite.engine.artifact import Artifact, Frame, Made, Page, PageDraft
from tsunagite.map.points import PointsView
from tsunagite.site.layout.templates import Templates
from tsunagite.site.view import SiteView

DATA = "data/map.json"
PATH, SECTION = "map/", "map"


def map_page(site: SiteView, frame: Frame) -> Iterator[Made]:
    """Yield the map of the whole site and its data (nothing where no record has a point)."""
    points = PointsView.of(site.directory)
    if points.bounds is None:
        return
    yield Artifact(DATA, points.data)
    key = site.prints.of(site.settings, points.groups, points.counts, points.bounds)
    yield PageDraft(PATH, SECTION, key, partial(_page, site, points)).framed(frame)


def _page(site: SiteView, points: PointsView) -> Page:
    from tsunagite.map.folium_map import draw_map  # noqa: PLC0415 - folium takes a quarter of a second to load

    page = Page(PATH, SECTION, "地図からさがす", "のっている場所を地図で見られます。", "")
    tiles = site.settings.tiles
    link = f'<a href="{escape(str(tiles.attribution_url))}" rel="noopener">{escape(tiles.attribution)}</a>'
    html, script = (
        draw_map(str(tiles.url), link, tiles.max_zoom, points.bounds, page.base) if points.bounds else ("", "")
    )
    body = Templates().render(
        "map",
        base=page.base,
        groups=list(zip(points.groups, points.counts, strict=True)),
        map_html=html,
        map_script=script,
    )
    return Page(page.path, page.section, page.title, page.description, body)

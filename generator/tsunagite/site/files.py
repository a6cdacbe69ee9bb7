"""Files that pages need: our CSS and scripts, browser libraries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tsunagite.engine.artifact import Artifact
from tsunagite.records.directory import Directory
from tsunagite.records.model.site import MapTiles
from tsunagite.site.layout import browser
from tsunagite.site.layout.templates import ASSETS, SPRITE, sprite
from tsunagite.site.opening import known_days

STATIC = "assets/tsunagite"
LIBRARIES = ("leaflet", "qrcode", "supercluster")


def browser_files(tiles: MapTiles) -> Iterator[Artifact]:
    """Our own style sheets and modules, and the libraries that the pages load."""
    for name in browser.sources():
        yield Artifact(f"{STATIC}/{name}", browser.published(name).encode())
    yield Artifact(SPRITE, sprite().encode())
    yield _tiles(tiles)
    for library in LIBRARIES:
        for path in sorted((ASSETS / library).rglob("*")):
            if path.is_file():
                yield Artifact(f"{STATIC}/{library}/{path.relative_to(ASSETS / library).as_posix()}", path.read_bytes())


def _tiles(tiles: MapTiles) -> Artifact:
    """tiles.json: which map the small maps of the record pages show (map/browser/map.js)."""
    table = {
        "tiles": str(tiles.url),
        "zoom": tiles.max_zoom,
        "attribution": tiles.attribution,
        "attributionUrl": str(tiles.attribution_url),
    }
    return Artifact.json(f"{STATIC}/tiles.json", table)


def holidays(directory: Directory, today: date) -> Iterator[Artifact]:
    """holidays.json: the national holidays of this year and the next, for the hours of the record pages."""
    yield Artifact.json(f"{STATIC}/holidays.json", known_days(directory, today))

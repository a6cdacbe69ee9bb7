"""The map page: written by folium, without its hosts, its random ids or its thousand markers."""

from __future__ import annotations

import json
import re
from pathlib import Path

from small_site import resource, site_view
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.map.files import DATA, SCRIPT, map_page
from tsunagite.map.points import has_map


def bare(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", page.body.encode())


def made(folder: Path, count: int = 3) -> dict[str, bytes]:
    places = [
        resource(
            f"place-{n}", location={"address": f"高松市桜町{n}-1", "lat": 34.3 + n / 1000, "lng": 134.05 - n / 1000}
        )
        for n in range(1, count + 1)
    ]
    site = site_view(folder, *places, resource("nowhere", location={"type": "電話"}))
    return {artifact.path: artifact.content for artifact in map_page(site.directory, site.keys, bare)}


def test_the_page_names_no_foreign_host_but_the_tiles_and_their_credit(tmp_path: Path) -> None:
    files = made(tmp_path)
    hosts = set(re.findall(r"https?://([^/\"'\\]+)", (files["map/index.html"] + files[SCRIPT]).decode()))
    assert hosts == {"cyberjapandata.gsi.go.jp", "maps.gsi.go.jp"}


def test_two_runs_write_the_same_bytes_although_folium_draws_random_ids(tmp_path: Path) -> None:
    first, second = made(tmp_path / "a"), made(tmp_path / "b")
    assert first == second
    assert not re.search(rb"[0-9a-f]{32}", first["map/index.html"] + first[SCRIPT])
    assert b"map_1" in first["map/index.html"]
    assert b"map_1" in first[SCRIPT]


def test_a_key_in_the_address_of_the_tiles_stays_as_it_is(tmp_path: Path) -> None:
    key = "0123456789abcdef" * 2
    place = resource("here", location={"address": "高松市桜町1-1", "lat": 34.3, "lng": 134.05})
    site = site_view(
        tmp_path, place, site={"tiles": {"url": f"https://tiles.example/{{z}}/{{x}}/{{y}}.png?apikey={key}"}}
    )
    script = next(a.content.decode() for a in map_page(site.directory, site.keys, bare) if a.path == SCRIPT)
    assert f"apikey={key}" in script


def test_the_shared_data_hold_every_point_once_and_the_page_none(tmp_path: Path) -> None:
    files = made(tmp_path)
    data = json.loads(files[DATA])
    lat = [sum(data["lat"][: n + 1]) / 100_000 for n in range(len(data["lat"]))]
    assert dict(zip(data["id"], lat, strict=True)) == {"place-1": 34.301, "place-2": 34.302, "place-3": 34.303}
    assert b"place-" not in files["map/index.html"]


def test_a_site_without_any_point_has_no_map(tmp_path: Path) -> None:
    site = site_view(tmp_path, resource("nowhere", location={"type": "電話"}))
    assert list(map_page(site.directory, site.keys, bare)) == []
    assert not has_map(site.directory)

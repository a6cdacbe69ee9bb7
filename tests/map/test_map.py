"""The map page: written by folium, without its hosts, its random ids or its thousand markers."""

from __future__ import annotations

import json
import re
from pathlib import Path

from small_site import resource, site_view
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.map.files import DATA, SCRIPT, ground_data, map_page
from tsunagite.map.ground import ground_of
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


def square(code: str, name: str, west: float, south: float) -> dict[str, object]:
    """A feature of N03: a municipality of a tenth of a degree."""
    east, north = west + 0.1, south + 0.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    names = {"N03_003": None, "N03_004": name, "N03_007": code}
    return {"type": "Feature", "properties": names, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_below_the_tiles_lie_the_municipality_its_neighbours_as_far_as_they_are_seen_and_names_at_their_places(
    tmp_path: Path,
) -> None:
    boundaries = tmp_path / "resources" / "areas" / "boundaries.geojson"
    boundaries.parent.mkdir(parents=True)
    features = [
        square("37201", "高松市", 134.0, 34.3),
        square("37203", "坂出市", 133.9, 34.3),
        square("37205", "観音寺市", 133.0, 34.3),
    ]
    boundaries.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    town = {"level": "町字", "parent": "ume", "name_kana": "まち"}
    areas = [
        {"id": "takamatsu", "name": "高松市", "name_kana": "たかまつし", "level": "市", "lg_code": "372013"},
        {"id": "ume", "name": "梅", "name_kana": "うめ", "level": "地区", "parent": "takamatsu"},
        {**town, "id": "a", "name": "東町", "lat": 34.30, "lng": 134.08},
        {**town, "id": "b", "name": "西町", "lat": 34.34, "lng": 134.02},
        {**town, "id": "c", "name": "点のない町"},
    ]
    site = site_view(tmp_path, resource("x"), site={"area": "takamatsu"}, areas__all={"records": areas})
    ground = ground_of(site.directory)
    assert sorted(ground["city"][0][:4]) == [(34.3, 134.0), (34.3, 134.1), (34.4, 134.0), (34.4, 134.1)]
    assert [min(lng for _, lng in ring) for ring in ground["around"]] == [133.93], "cut where nobody sees it"
    assert ground["names"] == [
        ("坂出市", 34.35, 133.965, 1),
        ("梅", 34.32, 134.05, 2),
        ("東町", 34.3, 134.08, 3),
        ("西町", 34.34, 134.02, 3),
    ]


def test_without_an_outline_and_points_the_ground_is_empty_and_still_there(tmp_path: Path) -> None:
    site = site_view(tmp_path, resource("x"))
    assert ground_of(site.directory) == {"city": [], "around": [], "names": []}
    assert [one.path for one in ground_data(site.directory, site.keys)] == ["data/ground.json"]

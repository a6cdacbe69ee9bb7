"""Streets, railways and stops of published data on the maps of papers: what is taken, what is drawn, and what no label covers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from small_site import TODAY, resource, site_view
from tsunagite.check.load import load
from tsunagite.engine.assemble import assemble
from tsunagite.geo.ways import BUS_STOP, RAIL, ROAD, STATION, Ways, ways_of_published
from tsunagite.papers.layouts.column_sheet import ColumnSheet
from tsunagite.papers.parts.map import Named, Numbered, PaperMap, draw
from tsunagite.papers.parts.selection import Selection
from tsunagite.records.model.features.pamphlet import Pamphlet

Run = Callable[..., Any]
MIDDLE = (34.35, 134.10)
BOX = (134.05, 34.30, 134.15, 34.40)


def feature(properties: dict[str, Any], *points: tuple[float, float]) -> dict[str, Any]:
    """Return a feature of points given as (lat, lng)."""
    coordinates = [[lng, lat] for lat, lng in points]
    one = len(points) == 1
    geometry = {"type": "Point" if one else "LineString", "coordinates": coordinates[0] if one else coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def street(**codes: str) -> dict[str, Any]:
    told = {"N13_002": "1", "N13_003": "3", "N13_004": "1", "N13_006": "3"} | codes
    return feature(told, (34.345, 134.095), (34.345, 134.105))


RAILWAY = feature({"N02_003": "桜線", "N02_004": "桜鉄道"}, (34.340, 134.09), (34.356, 134.11))
PLATFORM = feature(
    {"N02_003": "桜線", "N02_004": "桜鉄道", "N02_005": "桜町"},
    (34.3479, 134.0999),
    (34.348, 134.1),
    (34.3481, 134.1001),
)
STOP = feature({"P11_001": "桜橋", "P11_002": "桜バス"}, (34.3525, 134.1025))
OTHER_SIDE = feature({"P11_001": "桜橋", "P11_002": "桜バス"}, (34.3526, 134.1026))
FAR = feature({"P11_001": "遠い所"}, (35.0, 135.0))
PUBLISHED = [RAILWAY, PLATFORM, STOP, OTHER_SIDE, FAR, street()]


def test_of_published_data_comes_what_one_walks_by_inside_of_the_municipality() -> None:
    found = ways_of_published(PUBLISHED, BOX)
    assert sorted((way.kind, way.name) for way in found) == [
        (BUS_STOP, "桜橋"),
        (BUS_STOP, "桜橋"),
        (RAIL, "桜線"),
        (ROAD, ""),
        (STATION, "桜町"),
    ]
    assert next(way.points for way in found if way.kind == STATION) == ((34.348, 134.1),)
    narrow, path, built, motorway = (
        {"N13_006": "1"}, {"N13_002": "3"}, {"N13_004": "5", "N13_003": "1"}, {"N13_003": "4", "N13_006": "5"},
    )  # fmt: skip
    assert not [codes for codes in (narrow, path, built, motorway) if ways_of_published([street(**codes)], BOX)]
    assert ways_of_published([street(N13_003="2", N13_006="1")], BOX)


def test_the_command_writes_the_extract_that_a_site_reads_and_says_what_is_wrong(
    tmp_path: Path, tsunagite: Run
) -> None:
    areas = [
        {"id": "city", "name": "桜市", "level": "市"},
        {"id": "town", "name": "桜町", "level": "町字", "parent": "city", "lat": MIDDLE[0], "lng": MIDDLE[1]},
    ]
    site_view(
        tmp_path / "town",
        resource("here"),
        areas__all={"records": areas},
        site={"municipality": "桜市", "area": "city"},
    )
    published = tmp_path / "N02.geojson"
    published.write_text(json.dumps({"features": PUBLISHED}), encoding="utf-8")
    said = tsunagite("areas", "ways", published, "--root", tmp_path / "town")
    assert said.code == 0, said.out + said.err
    assert "バス停2、鉄道の線1、道の線1、駅1" in said.out
    view = assemble(load(tmp_path / "town", TODAY).directory, TODAY)
    assert set(view.directory.boundaries.ways.found) == set(ways_of_published(PUBLISHED, BOX))
    assert view.directory.boundaries.ways.sources == ("鉄道", "バス停留所", "道路")
    published.write_text('{"features": [{"properties": {"P11_001": "x"}}]}', encoding="utf-8")
    refused = tsunagite("areas", "ways", published, "--root", tmp_path / "town")
    assert refused.code != 0
    assert "N02.geojson: GeoJSON として読めません" in refused.out + refused.err


def drawn(landmarks: tuple[Named, ...] = (), size: float = 9.0) -> PaperMap:
    points = tuple(Numbered(n, (MIDDLE[0] + 0.0012 * n, MIDDLE[1] - 0.0009 * n)) for n in range(1, 6))
    names = ("桜町小学校", "桜町中学校", "さくらホール", "桜郵便局", "桜神社")
    around = tuple(Named(name, (MIDDLE[0] - 0.002 * n, MIDDLE[1] + 0.0015 * n)) for n, name in enumerate(names))
    made = draw(
        90, 90, points=points, landmarks=(*around, *landmarks), towns=(Named("桜町", MIDDLE, mark=False),), middle=MIDDLE, land=(), city=None,
        ways=Ways(ways_of_published(PUBLISHED, BOX)), title="桜町", type_size=size,
    )  # fmt: skip
    assert made is not None
    return made


def test_a_map_shows_streets_in_grey_the_railway_the_station_and_each_bus_stop_once() -> None:
    made = drawn()
    assert made.svg.count('stroke="#C4BEB2"') == 1
    assert 'stroke-dasharray="1.4 1.4"' in made.svg
    words = [one.text for one in made.drawn]
    assert words.count("桜町駅") == 1
    assert words.count("桜橋（バス）") == 1


def test_no_label_lies_on_a_label_a_number_the_scale_or_a_ring() -> None:
    for size in (9.0, 16.0):
        made = drawn(size=size)
        assert not [pair for pair in combinations(made.drawn, 2) if pair[0].box.meets(pair[1].box)]
        (rings,) = re.findall(r'<path d="([^"]+)" fill="none" stroke="#0F5B4A"', made.svg)
        points = [tuple(map(float, point)) for point in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", rings)]
        assert len(points) > 200
        written = [one for one in made.drawn if one.text]
        assert len(written) > 8
        assert not [(one, at) for one in written for at in points if one.box.holds(*at)]


def test_a_place_to_flee_to_is_a_triangle_and_is_explained() -> None:
    assert not drawn().shelters
    made = drawn((Named("桜体育館", (MIDDLE[0] + 0.006, MIDDLE[1] + 0.006), shelter=True),))
    assert made.shelters
    assert "桜体育館" in [one.text for one in made.drawn]


def test_remarks_are_no_names_and_a_shelter_bears_the_name_of_its_school(tmp_path: Path) -> None:
    areas = [
        {"id": "city", "name": "桜市", "level": "市"},
        {"id": "east", "name": "東", "level": "地区", "parent": "city"},
        {"id": "town", "name": "桜町一丁目", "level": "町字", "parent": "east", "lat": MIDDLE[0], "lng": MIDDLE[1]},
    ]

    def at(lat: float, lng: float, **fields: Any) -> dict[str, Any]:
        location = {"address": "桜市桜町一丁目1", "lat": lat, "lng": lng}
        return {"location": location, "needs": ["子育て"], "support_level": ["公助"], **fields}

    school = resource("school", kind="学校・大学", **at(34.352, 134.104)) | {"name": "桜市立東小学校（休校中）"}
    odd = resource("odd", kind="学校・大学", **at(34.347, 134.096)) | {"name": "桜市立西小学校　（休校中）"}
    shelter = resource("shelter", kind="避難場所・避難所", **at(34.352, 134.104)) | {"name": "東小学校"}
    view = site_view(
        tmp_path, resource("window", **at(34.35, 134.10)), school, odd, shelter,
        areas__all={"records": areas}, site={"municipality": "桜市", "area": "city"},
    )  # fmt: skip
    described = {"id": "x", "title": "窓口", "layout": "両面ちらし", "area": "east"}
    selection = Selection(
        view.papers.source, Pamphlet.model_validate(described, context={"vocabularies": view.directory.vocabularies})
    )
    made = selection.map({"window": 1}, 90, 90, 9.0)
    assert made is not None
    words = [one.text for one in made.drawn]
    assert [words.count(name) for name in ("東小学校", "西小学校", "（休校中）", "")] == [1, 1, 0, words.count("")]
    assert made.shelters
    note = ColumnSheet.of(selection, large=False).measuring()["map_note"]
    assert "▲は避難する所（災害によりちがいます）。" in note
    without = replace(selection, pamphlet=selection.pamphlet.model_copy(update={"area": None}))
    assert "▲" not in ColumnSheet.of(without, large=False).measuring()["map_note"]

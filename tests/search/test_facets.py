"""What a search is narrowed by: the published columns, read by the browser's own modules, say what the records say."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mini_sites import demonstration
from node import ask_node
from small_site import resource, site_view
from tsunagite.engine.assemble import Views
from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource
from tsunagite.search.facet_files import APART

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return demonstration().directory


@pytest.fixture(scope="module")
def findable(directory: Directory) -> list[Resource]:
    return [r for r in directory.published if not r.is_closed]


def totals(site: Path, *addresses: str) -> list[dict[str, Any]]:
    return ask_node("search_queries.mjs", [{"q": "", "address": address} for address in addresses], str(site))


def test_every_value_finds_the_records_that_have_it(
    built_demo: Path, directory: Directory, findable: list[Resource]
) -> None:
    tools = {r.id for r in findable if directory.is_equipment(r)}
    expected: Counter[str] = Counter()
    for r in findable:
        expected[f"kind={r.kind}"] += 1
        expected[f"group={directory.kind(r).group}"] += 1
        expected.update(f"need={need}" for need in r.needs if r.id not in tools)
        expected.update(f"level={level}" for level in r.support_level if r.id not in tools)
        expected.update([f"fee={r.fee.type}"] if r.fee else [])
        expected.update(f"access={feature}" for feature in (r.access.features if r.access else ()))
        expected.update([f"way={r.location.type}"] if r.location else [])
        expected.update(
            f"language={code}" for code in {*r.languages, *(code for p in r.phones for code in p.languages)}
        )
        expected.update(["booking=no_booking"] if r.booking is False and not r.by_appointment else [])
    answers = totals(built_demo, *expected)
    assert {address: answer["total"] for address, answer in zip(expected, answers, strict=True)} == dict(expected)


def test_a_district_finds_what_its_static_list_shows(built_demo: Path, directory: Directory) -> None:
    districts = list(directory.by_district)
    answers = totals(built_demo, *(f"area={district}" for district in districts))
    for district, answer in zip(districts, answers, strict=True):
        listed = {r.id for r in directory.by_district[district]}
        ideas = {i for i in answer["ids"] if directory.resources[i].is_idea}
        assert set(answer["ids"]) - ideas == listed, district


def test_unknown_hours_and_fees_are_never_counted_as_no(built_demo: Path, findable: list[Resource]) -> None:
    open_now, free = totals(built_demo, "open=now", "fee=free")
    usable = [r for r in findable if not r.is_idea and r.status != "suspended"]
    assert open_now["maybe"] >= sum(not r.hours for r in usable)
    assert free["maybe"] == sum(r.fee is None for r in findable)


def test_verified_counts_the_day_of_the_record_or_of_its_list(
    built_demo: Path, directory: Directory, findable: list[Resource]
) -> None:
    def day(r: Resource) -> date:
        source = directory.source_of(r)
        return r.verified_on or (source.data_date if source else date.min)

    (year,) = totals(built_demo, "verified=1y")
    assert year["total"] == sum(day(r) >= date(2025, 11, 22) for r in findable if not r.is_idea) > 0


def test_the_order_of_kana_is_that_of_the_lists(tmp_path: Path) -> None:
    names = ("あさひ", "いろは", "うめ", "えん")
    kinds = ("通いの場・サロン", "配食", "通いの場・サロン", "配食")
    records = [
        resource(f"r{n}", name_kana=kana, kind=kind, stage="すぐできる" if n == 2 else "existing")
        for n, (kana, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    site = site_view(tmp_path, *records)
    starts, order = site.facets.order()
    ids = [record.id for record in site.search.records]
    heads, by_kana = list(starts), []
    for stretch in order:
        by_kana.append(ids[heads[stretch]])
        heads[stretch] += 1
    assert by_kana == ["r0", "r1", "r2", "r3"]


def test_a_place_is_never_guessed(tmp_path: Path) -> None:
    areas = {
        "records": [
            {"id": "city", "name": "高松市", "level": "市"},
            {"id": "east", "name": "東", "level": "地区", "parent": "city"},
            {
                "id": "east-1",
                "name": "桜町一丁目",
                "name_kana": "さくらまち1ちょうめ",
                "level": "町字",
                "parent": "east",
                "lat": 34.33,
                "lng": 134.05,
            },
            {"id": "west", "name": "西", "level": "地区", "parent": "city"},
        ]
    }
    here = resource("here", location={"address": "高松市桜町一丁目9-12", "lat": 34.3304, "lng": 134.0518})
    site: Views = site_view(
        tmp_path,
        here,
        resource("nowhere", location={"type": "電話"}),
        areas__all=areas,
        site={"area": "city", "municipality": "高松市"},
    )
    middle = {place.spellings[0]: (place.lat, place.lng) for place in site.facets.places()}
    assert middle == {"高松市": (None, None), "東": (34.33, 134.05), "桜町一丁目": (34.33, 134.05), "西": (None, None)}
    lat, lng, corner = site.facets.points()
    assert (corner, sorted(lat), sorted(lng)) == ((3433040, 13405180), [0, 1], [0, 1])


def test_the_files_stay_small(built_demo: Path) -> None:
    import gzip  # noqa: PLC0415 - only here

    columns = [f"columns/{name}.json" for name in (*APART, "order")]
    sizes = {
        name: len(gzip.compress((built_demo / "search" / name).read_bytes()))
        for name in ("facets.json", "points.json", *columns)
    }
    assert sizes.pop("points.json") < 25_000
    assert max(sizes.values()) < 10_000, sizes
    assert json.loads((built_demo / "search" / "facets.json").read_bytes())["count"] > 2000

"""A small city for tests of areas, and the pages of its assessment: towns on a line, each some metres north of a fixed point, and records of every sort in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from small_site import resource, site_view
from tsunagite.assessment.files import assessment
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views

Pages = dict[str, str]
LAT = 34.3
METRE = 1 / 111_320  # of latitude, in degrees
TOWNS = {"a": "赤町", "b": "青町", "c": "白町", "d": "黒町", "e": "緑町"}


def town(name: str, parent: str | None, metres: float | None, older: int | None) -> dict[str, Any]:
    """Return a town whose middle lies some metres north of a fixed point (None: nobody knows where)."""
    people = {"on": date(2026, 4, 1), "total": 1000} | ({} if older is None else {"age_65": older})
    place = {} if metres is None else {"lat": LAT + metres * METRE, "lng": 134.0}
    inside = {"parent": parent} if parent else {}
    return {"id": name, "name": TOWNS[name], "level": "町字", **inside, **place, "population": people}


SETTINGS = {"name": "見本", "municipality": "高松市", "area": "city"}
AREAS = [
    {"id": "city", "name": "高松市", "level": "市"},
    {"id": "ball", "name": "圏域", "level": "日常生活圏域", "parent": "city"},
    {"id": "north", "name": "北", "level": "地区", "parent": "ball"},
    {"id": "south", "name": "南", "level": "地区", "parent": "city"},
    {"id": "empty", "name": "空", "level": "地区", "parent": "city"},
    {"id": "school", "name": "東中学校区", "level": "ほかの区分", "layer": "中学校区", "parent": "city", "towns": ["a"], "parts_of": ["b"]},
    town("a", "north", 0, 200),
    town("b", "north", 700, 100),
    town("c", "south", 3000, 400),
    town("d", "south", None, 50),
    town("e", "city", 6000, None),
]  # fmt: skip


def at(metres: float, of: str, **fields: Any) -> dict[str, Any]:
    """Return the fields of a record that lies some metres north of a fixed point, in a town."""
    place = {"address": f"高松市{TOWNS[of]}1-1", "lat": LAT + metres * METRE, "lng": 134.0}
    return {"location": place | fields.pop("place", {}), **fields}


def small_city(folder: Path) -> Views:
    """Write the city and return its view."""
    free, hours = {"type": "無料"}, [{"days": "土", "open": "10:00", "close": "12:00"}]
    records = (
        resource("in-a", **at(100, "a", fee=free, hours=hours, referral_needed=False)),
        resource("in-b", **at(1000, "b", fee={"type": "有料（自費）"}, referral_needed=True, service_areas=["south"])),
        resource("evening", **at(3000, "c", hours=[{"days": "月", "open": "18:00", "close": "20:00"}])),
        resource("noon", **at(5000, "c", hours=[{"days": "月-金", "open": "9:00", "close": "17:00"}])),
        resource("rough", **at(3000, "c", place={"geo_precision": "town"})),
        resource("at-home", **at(6000, "e", place={"type": "訪問する"})),
        resource("everywhere", location=None, service_areas=["city"], fee={"type": "要問合せ"}),
        resource("made-up", **at(6000, "e", sample=True, phones=[], no_contact_reason="見本")),
        resource("asleep", **at(6000, "e", status="休止")),
        resource("over", **at(6000, "e", status="終了")),
        resource("idea", stage="すぐできる", phones=[], location=None, service_areas=["north"]),
        resource("meals", needs=["食事", "虐待・暴力"], **at(9000, "a", place={"lat": None, "lng": None})),
    )
    return site_view(folder, *records, areas__all={"records": AREAS}, site=SETTINGS)


def frame(page: Page) -> Artifact:
    return Artifact(page.path, f"<main>{page.body}</main>".encode())


def pages_of(views: Views) -> Pages:
    """Return every page of the assessment by its address."""
    found = {}
    for bundle in assessment(views.profiles, views.keys, frame):
        found |= {
            made.path.removesuffix("index.html"): made.content.decode()
            for made in bundle.make()
            if made.path.endswith("index.html")
        }
    return found

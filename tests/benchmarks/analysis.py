"""What it costs to count a large city: needs by area with people and distances, every page's view, and the municipal report."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from benchmarks.synthetic import SEED
from tsunagite.assessment.tables import tables
from tsunagite.assessment.what_if import table
from tsunagite.check.load import load
from tsunagite.engine.assemble import Views, assemble

RECORDS, TOWNS, DISTRICTS = 10_000, 255, 44
MOST_NEEDS = 3
_CORNER, _SIDE = (34.2, 133.95), 0.2  # degrees: about 20 km


def measure_analysis(runs: int, say: Callable[[str], None], records: int = RECORDS) -> dict[str, float]:
    """Return the median processor seconds of each step, each time of a directory that nobody has asked anything yet, and how much was counted."""
    with tempfile.TemporaryDirectory() as folder:
        site = _city(Path(folder), records)
    found: dict[str, list[float]] = {"counted s": [], "pages s": [], "report s": []}
    for _ in range(runs):
        views = assemble(replace(site.directory), site.today)
        list(views.cards.values())  # a build has them before
        for name, step in (("counted s", _count), ("pages s", _pages), ("report s", _report)):
            begun = time.process_time()
            step(views)
            found[name].append(time.process_time() - begun)
    result = {name: median(seconds) for name, seconds in found.items()}
    say(f"analysis of {records:,} records: " + ", ".join(f"{name} {seconds:.2f}" for name, seconds in result.items()))
    return result | {"records": float(records), "towns": float(TOWNS)}


def _count(views: Views) -> None:
    views.assessment.coverages.table  # noqa: B018 - counting is what is measured
    views.assessment.coverages.counted  # noqa: B018 - as above


def _pages(views: Views) -> None:
    view, profiles = views.assessment, views.profiles
    list(view.tables())
    list(view.need_pages())
    list(table(view))
    list(tables(view))
    for area in profiles.areas:
        profiles.of(area)


def _report(views: Views) -> None:
    views.report.report  # noqa: B018 - as above


def _city(root: Path, records: int) -> Views:
    """Return a made-up city: towns on a square, districts of six towns or so, and one record copied with places and needs of its own."""
    chance = random.Random(SEED)  # noqa: S311 - reproducible, not a secret
    areas: list[dict[str, Any]] = [{"id": "city", "name": "計測市", "level": "市"}]
    areas += [{"id": f"d{n}", "name": f"第{n:03}", "level": "地区", "parent": "city"} for n in range(DISTRICTS)]
    for number in range(TOWNS):
        lat, lng = (start + chance.random() * _SIDE for start in _CORNER)
        people = {"on": date(2026, 4, 1), "total": 1600, "households": 800, "age_65": 400 + number, "age_75": 200, "age_85": 60}  # fmt: skip
        areas.append({"id": f"t{number}", "name": f"計測{number}町", "level": "町字", "parent": f"d{number % DISTRICTS}", "lat": lat, "lng": lng, "population": people})  # fmt: skip
    one = {
        "id": "one", "name": "計測の会", "kind": "通いの場・サロン", "needs": ["居場所・仲間"], "support_level": ["互助"], "summary": "集まり。",
        "phones": [{"number": "087-000-0000"}], "location": {"address": "計測市計測0町1"}, "verified_on": "2026-09-02",
    }  # fmt: skip
    for name, content in {"areas/all": {"records": areas}, "clubs/one": one, "site": {"name": "計測", "municipality": "計測市", "area": "city"}}.items():  # fmt: skip
        path = root / "resources" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    directory = load(root, date(2026, 11, 22)).directory
    (placed,) = directory.placed
    needs = [term.id for term in directory.vocabularies["need"] if not term.sensitive]

    def copied(number: int) -> Any:
        lat, lng = (start + chance.random() * _SIDE for start in _CORNER)
        place = {"address": f"計測市計測{chance.randrange(TOWNS)}町1-{number}", "lat": lat, "lng": lng}
        record = placed.record.model_copy(
            update={
                "id": f"r{number}",
                "needs": tuple(chance.sample(needs, chance.randint(1, MOST_NEEDS))),
                "location": placed.record.location.model_copy(update=place),
                "service_areas": (f"d{chance.randrange(DISTRICTS)}",) if number % 4 == 0 else (),
            }
        )
        return replace(placed, record=record)

    return assemble(replace(directory, placed=tuple(map(copied, range(records)))), date(2026, 11, 22))

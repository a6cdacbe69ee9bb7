"""What if: the compact table from which a browser says whose way becomes shorter where an idea is put on the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tsunagite.analysis.coverage import FAR, NEAR
from tsunagite.assessment import words
from tsunagite.assessment.view import GAPS, AssessmentView
from tsunagite.engine.artifact import Artifact
from tsunagite.records.directory import is_delicate
from tsunagite.site.record import Link

WHAT_IF = "gaps/what-if/"
TABLE = f"{GAPS}what-if.json"
SHEET = "proposal"


@dataclass(frozen=True)
class WhatIfView:
    """The page: what can be chosen. Needs and towns are named by their place in the table; ``sheet`` is the form of the proposal ("" where there is none)."""

    needs: tuple[Link, ...]
    towns: tuple[tuple[str, int], ...]
    """Name (with the district) and number of every town whose middle is known, in 五十音 order."""
    ideas: tuple[tuple[str, int], ...]
    """Name of every written idea, and the number of its first need that is counted."""
    unknown: tuple[str, ...]
    sheet: str


def what_if(view: AssessmentView) -> WhatIfView:
    """Return what can be chosen."""
    numbers = {term.id: number for number, term in enumerate(view.coverages.needs)}
    towns = view.coverages.towns[view.coverages.whole]
    silent = sum(town.population is None or town.population.age_65 is None for town in towns)
    nowhere = sum(town.lat is None for town in towns)
    unknown = (
        *([f"65歳以上の人数がわからない町が{silent}あり、人数に入っていません。"] if silent else []),
        *([f"位置がわからない町が{nowhere}あり、入っていません。"] if nowhere else []),
    )
    return WhatIfView(
        needs=tuple(Link(term.label, term.id) for term in view.coverages.needs),
        towns=tuple((town_name(view, town.id), number) for number, town in enumerate(towns) if town.lat is not None),
        ideas=tuple(
            (resource.name + ("（見本）" if resource.sample else ""), numbers[need])
            for resource in view.coverages.records_of.get(view.coverages.whole, ())
            if resource.is_idea and not is_delicate(view.directory, resource)
            for need in [next((one for one in resource.needs if one in numbers), "")]
            if need
        ),
        unknown=unknown,
        sheet=f"worksheets/{SHEET}/form/" if view.directory.worksheets.sheet(SHEET) else "",
    )


def town_name(view: AssessmentView, town_id: str) -> str:
    """Return the name of a town with the district it lies in."""
    town, district = view.directory.areas[town_id], view.directory.district_of(town_id)
    return f"{town.name}（{words.area_name(district)}）" if district else town.name


def table(view: AssessmentView) -> Iterator[Artifact]:
    """Yield the table: for each town its name, middle and people of 65 and older, and per need the metres to the nearest resource now (null: not known)."""
    towns = view.coverages.towns[view.coverages.whole]
    data = {
        "near": NEAR,
        "far": FAR,
        "towns": [
            [town_name(view, town.id), town.lat, town.lng, town.population.age_65 if town.population else None]
            for town in towns
        ],
        "metres": [
            [round(found[town.id][0]) if town.id in found else None for town in towns]
            for found in (view.coverages.distances[term.id] for term in view.coverages.needs)
        ],
    }
    yield Artifact.json(TABLE, data)

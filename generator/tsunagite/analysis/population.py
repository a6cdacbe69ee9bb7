"""People: who lives in an area, as its own numbers or as the sum over its towns. What a town does not tell is counted as not known, never as zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tsunagite.records.model.area import Area, Population

AGES = ("total", "households", "age_65", "age_75", "age_85")
"""What is counted; ages are counted from that age upwards."""


@dataclass(frozen=True)
class Figure:
    """A number of people or households, and of how many towns it is not known: the number is then too small."""

    count: int = 0
    unknown_towns: int = 0

    @property
    def whole(self) -> int | None:
        """The number where every town tells it, else None."""
        return None if self.unknown_towns else self.count


@dataclass(frozen=True)
class People:
    """Who lives in an area. ``towns`` are those whose numbers are added: 0 where the area tells its own.

    ``parts`` are towns of which the area holds a part alone: nobody knows how many of their people live in it, so none are counted.
    """

    total: Figure = Figure(0, 1)
    households: Figure = Figure(0, 1)
    age_65: Figure = Figure(0, 1)
    age_75: Figure = Figure(0, 1)
    age_85: Figure = Figure(0, 1)
    first_day: date | None = None
    last_day: date | None = None
    towns: int = 0
    parts: int = 0

    @property
    def older(self) -> int | None:
        """People of 65 and older, where every town tells them and at least one lives there."""
        return self.age_65.whole or None


def people_in(area: Area, towns: Sequence[Area]) -> People:
    """Return who lives in an area: what the area itself tells, else the sum over its towns."""
    parts = len(area.parts_of)
    return add_people([area.population], parts=parts, towns=0) if area.population else sum_towns(towns, parts=parts)


def sum_towns(towns: Sequence[Area], *, parts: int = 0) -> People:
    """Return who lives in some towns. No towns: nothing is known."""
    told = [town.population for town in towns]
    return add_people(told, parts=parts, towns=len(told)) if told else People(parts=parts)


def add_people(told: list[Population | None], *, parts: int, towns: int) -> People:
    """Return the sums of what some towns tell."""
    days = [one.on for one in told if one]
    figures = {
        age: Figure(
            sum(getattr(one, age) or 0 for one in told if one),
            sum(one is None or getattr(one, age) is None for one in told),
        )
        for age in AGES
    }
    return People(
        **figures,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        towns=towns,
        parts=parts,
    )

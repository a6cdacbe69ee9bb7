"""The good site shows every field once, so that a new field cannot stay without an example that works."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from mini_sites import GOOD, TODAY
from tsunagite.check.load import load
from tsunagite.records.load.tree import read_tree
from tsunagite.records.model.area import Area
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.features.finder import Assignment, Concern
from tsunagite.records.model.features.tie import Tie
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.professional import Professional
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import SiteSettings
from tsunagite.records.model.source import Source

PRIVATE = (Professional | None,)


def keys_of(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys_of(value)
    elif isinstance(data, list):
        for item in data:
            yield from keys_of(item)


def fields_of(model: Any) -> Iterator[str]:
    for inner in (model, *getattr(model, "__args__", ())):
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            for name, field in inner.model_fields.items():
                if field.annotation in PRIVATE:  # an error in a public site: tests/publishing/test_overlay.py writes it
                    continue
                yield name
                yield from fields_of(field.annotation)
        elif inner is not model:
            yield from fields_of(inner)


@pytest.mark.parametrize(
    ("sort", "model"),
    [
        ("resource", Resource), ("organization", Organization), ("area", Area), ("source", Source), ("trouble", Concern), ("duty", Assignment),
        ("event", Event), ("tie", Tie),
    ],
)  # fmt: skip
def test_every_field_of_a_record_has_an_example(sort: str, model: type[BaseModel]) -> None:
    written = {key for raw in read_tree(GOOD).records if raw.sort == sort for key in keys_of(raw.data)}
    assert set(fields_of(model)) - written == set()


def test_every_setting_has_an_example() -> None:
    settings = read_tree(GOOD).settings
    assert settings is not None
    assert set(fields_of(SiteSettings)) - set(keys_of(settings.data)) == set()


def test_the_site_reads_as_it_is_meant() -> None:
    directory = load(GOOD, TODAY).directory
    assert {r.id for r in directory.listed} == {
        "sakura-taiso", "mihon-madoguchi", "kaigo-taxi", "aed-shiyakusho", "park-1", "park-2",
    }  # fmt: skip
    assert directory.resources["yube-no-kai"].is_idea
    assert directory.resources["ume-taiso"].is_closed
    assert [area.id for area in directory.lineage("sakura-cho")] == [
        "sakura-cho",
        "sakura-chiku",
        "kita",
        "higashi-chugakkoku",
        "mihon",
    ]
    assert {r.id for r in directory.by_area["mihon"]} == {"sakura-taiso", "mihon-madoguchi", "kaigo-taxi"}
    assert "aed-shiyakusho" not in {r.id for found in directory.by_need.values() for r in found}
    assert directory.vocabularies["support_level"]["social_insurance"].definition.startswith("見本市では")
    assert directory.vocabularies["support_level"]["social_insurance"].label == "共助"
    assert directory.vocabularies["kind"].find("屋台") == "night_stall"
    assert directory.vocabularies["kind"].find("銭湯・入浴施設") is None

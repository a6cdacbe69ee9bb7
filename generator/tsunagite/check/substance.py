"""Substance: what a reader needs on the page: reading, needs, support level, one sentence, an area for windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tsunagite.directory import Directory
from tsunagite.findings import Finding, error, warning
from tsunagite.model.resource import Resource
from tsunagite.sources.records import Placed


def names_have_readings(directory: Directory, _today: date) -> Iterator[Finding]:
    """R401 for hand-written records; R402 once per list for imported ones without or with a suggested reading."""
    missing: Counter[str] = Counter()
    suggested: Counter[str] = Counter()
    for placed in directory.placed:
        resource = placed.record
        if not resource.sources:
            if not resource.name_kana:
                yield error("R401", placed.place.at("name"), name=resource.name)
        elif not resource.name_kana:
            missing[resource.sources[0].source] += 1
        elif resource.kana_source == "suggested":
            suggested[resource.sources[0].source] += 1
    for source in directory.placed_sources:
        count = {"missing": missing[source.record.id], "suggested": suggested[source.record.id]}
        if any(count.values()):
            yield warning("R402", source.place, name=source.record.name, **count)


def needs_and_levels_are_given(directory: Directory, _today: date) -> Iterator[Finding]:
    """R403, R404: every resource but equipment is found by need and by support level."""
    for placed in directory.placed:
        resource = placed.record
        if directory.is_equipment(resource):
            continue
        if not resource.needs:
            yield error("R403", placed.place.at("needs"), name=resource.name)
        if not resource.support_level:
            yield error("R404", placed.place.at("support_level"), name=resource.name)


def something_says_what_it_is(directory: Directory, _today: date) -> Iterator[Finding]:
    """R405: a hand-written record has a sentence that decides."""
    for placed in directory.placed:
        resource = placed.record
        if not resource.sources and not (resource.summary or resource.summary_easy or resource.description):
            yield warning("R405", placed.place.at("summary"), name=resource.name)


def ideas_are_not_services(directory: Directory, _today: date) -> Iterator[Finding]:
    """R406: a proposal (すぐできる, 時間がかかる) has nothing to call yet."""
    for placed in directory.placed:
        if placed.record.is_idea and placed.record.phones:
            stage = directory.vocabularies["stage"][placed.record.stage].label
            yield warning("R406", placed.place.at("phones"), stage=stage)


def windows_name_their_area(directory: Directory, _today: date) -> Iterator[Finding]:
    """R407: a window says whom it serves. Imported lists rarely know: one finding per list."""
    per_source: Counter[str] = Counter()
    for placed in directory.placed:
        resource: Resource = placed.record
        if not directory.kind(resource).consultation or resource.service_areas or resource.is_closed:
            continue
        if resource.sources:
            per_source[resource.sources[0].source] += 1
        else:
            yield _without_area(placed)
    for source in directory.placed_sources:
        if count := per_source[source.record.id]:
            yield warning("R408", source.place, name=source.record.name, count=count)


def _without_area(placed: Placed[Resource]) -> Finding:
    return warning("R407", placed.place.at("service_areas"), name=placed.record.name)

"""Substance: what a reader needs on the page: reading, needs, support level, one sentence, an area for windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tsunagite.findings import Finding, error, warning
from tsunagite.records.directory import Directory, RuleContext
from tsunagite.records.load.records import Located
from tsunagite.records.model.resource import Resource, hours_agree


def names_have_readings(_ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R401: a hand-written record has a reading."""
    if not placed.record.sources and not placed.record.name_kana:
        yield error("R401", placed.place.at("name"), name=placed.record.name)


def lists_have_readings(directory: Directory, _today: date) -> Iterator[Finding]:
    """R402: once per list whose records have no reading, or a suggested one."""
    missing: Counter[str] = Counter()
    suggested: Counter[str] = Counter()
    for placed in directory.placed:
        resource = placed.record
        if not resource.sources:
            continue
        if not resource.name_kana:
            missing[resource.sources[0].source] += 1
        elif resource.kana_source == "suggested":
            suggested[resource.sources[0].source] += 1
    for source in directory.placed_sources:
        count = {"missing": missing[source.record.id], "suggested": suggested[source.record.id]}
        if any(count.values()):
            yield warning("R402", source.place, name=source.record.name, **count)


def needs_and_levels_are_given(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R403, R404: every resource but equipment is found by need (not the kinds that serve none) and by support level (unless its kind is unconfirmed)."""
    resource = placed.record
    if (resource.needs and resource.support_level) or ground.is_equipment(resource):
        return
    if not resource.needs and not ground.kind(resource).needless:
        yield error("R403", placed.place.at("needs"), name=resource.name)
    if not resource.support_level and not ground.kind(resource).unconfirmed:
        yield error("R404", placed.place.at("support_level"), name=resource.name)


def something_says_what_it_is(_ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R405: a hand-written record has a sentence that decides."""
    resource = placed.record
    if not resource.sources and not (resource.summary or resource.summary_easy or resource.description):
        yield warning("R405", placed.place.at("summary"), name=resource.name)


def ideas_are_not_services(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R406: a proposal (すぐできる, 時間がかかる) has nothing to call yet."""
    if placed.record.is_idea and placed.record.phones:
        stage = ground.vocabularies["stage"][placed.record.stage].label
        yield warning("R406", placed.place.at("phones"), stage=stage)


def windows_name_their_area(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R407: a window says whom it serves. Of imported lists, which rarely know, R408 speaks once."""
    if not placed.record.sources and _is_without_area(ground, placed.record):
        yield warning("R407", placed.place.at("service_areas"), name=placed.record.name)


def _is_without_area(ground: RuleContext, resource: Resource) -> bool:
    return not resource.service_areas and not resource.is_closed and ground.kind(resource).consultation


def lists_name_areas(directory: Directory, _today: date) -> Iterator[Finding]:
    """R408: once per list whose windows do not say whom they serve."""
    per_source: Counter[str] = Counter()
    for resource in (placed.record for placed in directory.placed):
        if resource.sources and _is_without_area(directory, resource):
            per_source[resource.sources[0].source] += 1
    for source in directory.placed_sources:
        if count := per_source[source.record.id]:
            yield warning("R408", source.place, name=source.record.name, count=count)


def notes_agree_with_hours(_ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R411: what is written beside the hours narrows none of them (土曜は午前のみ beside 月-土 9:00-18:00)."""
    resource = placed.record
    if resource.hours and resource.hours_note and not hours_agree(resource):
        yield warning("R411", placed.place.at("hours_note"), note=" ".join(resource.hours_note.split())[:60])

"""Ids, references and files: every record is one thing, found where people look for it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath

from tsunagite.findings import Finding, SourceLocation, error, notice, warning
from tsunagite.records.directory import Directory, RuleContext
from tsunagite.records.load.contact import is_shared
from tsunagite.records.load.past_ids import LEDGER, identity_of
from tsunagite.records.load.records import Located
from tsunagite.records.model.resource import Resource

Reference = tuple[str, Mapping[str, object], str, SourceLocation]
"""What is pointed at, among what, the id as it is written, and where."""


def ids_are_unique(directory: Directory, _today: date) -> Iterator[Finding]:
    """R101: an id names one record of its sort."""
    for placed in (
        directory.placed, directory.placed_organizations, directory.placed_areas, directory.placed_sources,
        directory.placed_troubles, directory.placed_duties, directory.placed_events,
        directory.placed_pamphlets, directory.placed_print_runs, directory.placed_ties,
    ):  # fmt: skip
        copies: dict[str, list[SourceLocation]] = defaultdict(list)
        for one in placed:
            copies[one.record.id].append(one.place)
        for record_id, places in copies.items():
            for place in places if len(places) > 1 else ():
                others = "、".join(sorted({p.file for p in places if p.file != place.file})) or place.file
                yield error("R101", place.at("id"), id=record_id, count=len(places), others=others)


def ids_are_not_lost(directory: Directory, _today: date) -> Iterator[Finding]:
    """R107: a record that was removed instead of closed. R108: only a part of the history is at hand, so nobody can tell."""
    if directory.past.is_partial:
        yield notice("R108", SourceLocation(LEDGER))
    lost = {one.id: one for one in reversed(directory.lost_records)}
    for record_id in directory.gone:
        if record_id in directory.past.given_up:
            continue
        if one := lost.get(record_id):
            yield warning(
                "R107",
                SourceLocation(one.file),
                id=record_id,
                name=one.identity.name,
                file=one.file,
                revision=one.revision,
            )
        elif directory.past.ledger:
            yield warning("R110", directory.past.ledger[record_id], id=record_id)


def ids_are_not_given_again(directory: Directory, _today: date) -> Iterator[Finding]:
    """R109: an id that another place had. R112: an id that was given up on purpose."""
    places = {placed.record.id: placed for placed in reversed(directory.placed)}
    told = set()
    for one in directory.past.records:
        placed = places.get(one.id)
        if placed and one.id not in told and identity_of(placed.record).is_other_than(one.identity):
            told.add(one.id)
            yield error(
                "R109",
                placed.place.at("id"),
                id=one.id,
                name=placed.record.name,
                before=one.identity.name,
                file=one.file,
                revision=one.revision,
            )
    for record_id in sorted(directory.past.given_up & places.keys()):
        yield error("R112", places[record_id].place.at("id"), id=record_id, name=places[record_id].record.name)


def references_resolve(directory: Directory, _today: date) -> Iterator[Finding]:
    """R103: what a record points at exists: another record, or anything that something else than a record names."""
    yield from _unresolved(_references(directory), directory)


def references_of_records_resolve(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R103: the organisation, the areas and the sources that a record names exist."""
    yield from _unresolved(_own_references(ground, placed), ground)


def _unresolved(references: Iterable[Reference], ground: RuleContext) -> Iterator[Finding]:
    for title, known, written, place in references:
        if written not in known and written not in ground.unreadable:
            near = difflib.get_close_matches(written, known, n=1, cutoff=0.6)
            yield error("R103", place, title=title, written=written, suggestion=near[0] if near else "")


def _own_references(ground: RuleContext, placed: Located[Resource]) -> Iterator[Reference]:
    resource, place = placed.record, placed.place
    if resource.organization:
        yield "団体", ground.organizations, resource.organization, place.at("organization")
    for index, area in enumerate(resource.service_areas):
        yield "地域", ground.areas, area, place.at("service_areas", index)
    for index, row in enumerate(resource.sources):
        yield "出典", ground.sources, row.source, place.at("sources", index, "source")


def _references(directory: Directory) -> Iterator[Reference]:
    for placed in directory.placed:
        resource, place = placed.record, placed.place
        if resource.replaced_by:
            yield "代わりの記録", directory.resources, resource.replaced_by, place.at("replaced_by")
        for index, relation in enumerate(resource.relations):
            yield "相手の記録", directory.resources, relation.to, place.at("relations", index, "to")
    yield from _finder_references(directory)
    yield from _event_references(directory)
    for inner in directory.placed_areas:
        if inner.record.parent:
            yield "親の地域", directory.areas, inner.record.parent, inner.place.at("parent")
        for key in ("towns", "parts_of"):
            for index, town in enumerate(getattr(inner.record, key)):
                yield "町字", directory.areas, town, inner.place.at(key, index)
    yield from _references_of_papers(directory)
    yield from _references_of_ties(directory)
    if directory.settings.main_window:
        yield (
            "まず聞く窓口",
            directory.resources,
            directory.settings.main_window,
            SourceLocation("resources/site.yml", ("main_window",)),
        )
    if directory.settings.area:
        yield "市の地域", directory.areas, directory.settings.area, SourceLocation("resources/site.yml", ("area",))


def _finder_references(directory: Directory) -> Iterator[Reference]:
    for trouble in directory.placed_troubles:
        for index, step in enumerate(trouble.record.windows):
            if (
                step.duty and step.duty not in directory.vocabularies["duty"].terms and not is_shared(trouble.place)
            ):  # R713 speaks of these
                yield "担当表", directory.duties, step.duty, trouble.place.at("windows", index, "duty")
            if step.window:
                yield "窓口", directory.resources, step.window, trouble.place.at("windows", index, "window")
    for duty in directory.placed_duties:
        for index, served in enumerate(duty.record.rows):
            yield "窓口", directory.resources, served.window, duty.place.at("rows", index, "window")
            for number, area in enumerate(served.areas):
                yield "地域", directory.areas, area, duty.place.at("rows", index, "areas", number)


def _event_references(directory: Directory) -> Iterator[Reference]:
    sheets = {sheet.id: sheet for sheet in directory.worksheets.sheets}
    for placed in directory.placed_events:
        event, place = placed.record, placed.place
        if event.resource:
            yield "関係する記録", directory.resources, event.resource, place.at("resource")
        if event.organization:
            yield "主催", directory.organizations, event.organization, place.at("organization")
        for index, area in enumerate(event.areas):
            yield "地域", directory.areas, area, place.at("areas", index)
        for index, sheet in enumerate(event.sheets):
            yield "使う用紙", sheets, sheet, place.at("sheets", index)


def _references_of_papers(directory: Directory) -> Iterator[Reference]:
    for paper in directory.placed_pamphlets:
        if paper.record.area:
            yield "地域", directory.areas, paper.record.area, paper.place.at("area")
        for index, pinned in enumerate(paper.record.pinned):
            yield "かならずのせる記録", directory.resources, pinned, paper.place.at("pinned", index)
        for index, out in enumerate(paper.record.left_out):
            yield "のせない記録", directory.resources, out.id, paper.place.at("left_out", index, "id")
    for run in directory.placed_print_runs:
        yield "紙", directory.pamphlets, run.record.pamphlet, run.place.at("pamphlet")


def _references_of_ties(directory: Directory) -> Iterator[Reference]:
    roles = {guide.id: guide for guide in directory.guides.written if guide.section == "roles"}
    known: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("organization", "団体", directory.organizations),
        ("resource", "記録", directory.resources),
        ("role", "役割の手引き", roles),
    )
    for placed in directory.placed_ties:
        for end in ("party", "partner"):
            for key, title, among in known:
                written = getattr(getattr(placed.record, end), key)
                if written and not (key == "role" and written in directory.guides.unread):
                    yield title, among, written, placed.place.at(end, key)
        if placed.record.area:
            yield "地域", directory.areas, placed.record.area, placed.place.at("area")


def areas_do_not_hold_themselves(directory: Directory, _today: date) -> Iterator[Finding]:
    """R104: following parents comes to an end."""
    for placed in directory.placed_areas:
        line = directory.lineage(placed.record.id)
        if line and line[-1].parent == placed.record.id:
            yield error("R104", placed.place.at("parent"), name=placed.record.name)


def parents_of_towns_agree_with_layers(directory: Directory, _today: date) -> Iterator[Finding]:
    """R210: a town whose parent somebody wrote lies, by the districts of the same layer, in another one or is divided between several.

    A parent that was worked out (``basis: derived``), or that no list of a layer speaks of, is never asked about.
    """
    files = {placed.record.id: placed.place.file for placed in directory.placed_areas}
    for placed in directory.placed_areas:
        town = placed.record
        parent = directory.areas.get(town.parent or "")
        if town.basis == "derived" or parent is None or parent.level in ("city", "town"):
            continue
        holding = [
            (area, part)
            for area, part in directory.layers_of(town.id)
            if (area.level, area.layer) == (parent.level, parent.layer) and area.basis == "official"
        ]
        if holding and [(area.id, part) for area, part in holding] != [(parent.id, False)]:
            said = "、".join(f"{area.name}{'（一部）' if part else ''}" for area, part in holding)
            others = "、".join(dict.fromkeys(files[area.id] for area, _ in holding))
            yield warning(
                "R210",
                placed.place.at("parent"),
                town=town.name,
                parent=parent.name,
                layer=parent.layer or directory.vocabularies["area_level"][parent.level].label,
                said=said,
                files=others,
            )


def no_town_lies_whole_in_two_areas_of_a_layer(directory: Directory, _today: date) -> Iterator[Finding]:
    """R211: districts of one layer do not overlap: a town that one of them lists whole is in no other of the layer, not even in part."""
    for placed in directory.placed_areas:
        area = placed.record
        for index, town in enumerate(area.towns):
            others = [
                other.name
                for other, _ in directory.layers_of(town)
                if other.id != area.id and (other.level, other.layer) == (area.level, area.layer)
            ]
            if others and town in directory.areas:
                yield error(
                    "R211",
                    placed.place.at("towns", index),
                    town=directory.areas[town].name,
                    name=area.name,
                    others="、".join(others),
                )


def files_are_where_people_look(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R105, R106: a single-record file is called like its id and lies in the folder of its kind group."""
    if placed.place.loc:
        return
    path = PurePosixPath(placed.place.file)
    if path.stem != placed.record.id:
        yield warning("R105", placed.place.at("id"), id=placed.record.id, file=path.name)
    group = ground.kind(placed.record).group
    if placed.folder != group:
        label = ground.vocabularies["kind_group"][group].label
        yield warning("R106", placed.place.at("kind"), folder=placed.folder, right=group, label=label)

"""The contact finder: every town has its window, every window can be called, and no path ends in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tsunagite.analysis.finder import WHOLE, Finder
from tsunagite.findings import Finding, SourceLocation, error, notice, warning
from tsunagite.records.directory import Directory
from tsunagite.records.load.contact import is_shared
from tsunagite.records.load.records import Located
from tsunagite.records.model.features.finder import Assignment, Concern
from tsunagite.text import phones

_TELLING = re.compile(r"violence|abuse|dv(?![a-z])|gyakutai|boryoku|bouryoku", re.IGNORECASE)
HOTLINES = SourceLocation("resources/vocabulary/hotline.yml", ("terms",))
SETTINGS = SourceLocation("resources/site.yml", ("shared_troubles",))
DUTIES = SourceLocation("resources/vocabulary/duty.yml", ("terms",))
EMERGENCIES = SourceLocation("resources/vocabulary/emergency.yml", ("terms",))


def windows_can_be_called(directory: Directory, _today: date) -> Iterator[Finding]:
    """R701 a window is not listed (ended, an idea, declined), R702 it has no telephone."""
    finder = Finder(directory)
    listed = {resource.id for resource in directory.listed}
    for window_id, place in _windows(directory):
        resource = directory.resources.get(window_id)
        if resource is None:
            continue  # R103 says so
        if window_id not in listed:
            yield error("R701", place, name=resource.name)
        elif not finder.phones_of(resource):
            yield error("R702", place, name=resource.name)


def _windows(directory: Directory) -> Iterator[tuple[str, SourceLocation]]:
    for trouble in directory.placed_troubles:
        for index, step in enumerate(trouble.record.windows):
            if step.window:
                yield step.window, trouble.place.at("windows", index, "window")
    for duty in directory.placed_duties:
        for index, row in enumerate(duty.record.rows):
            yield row.window, duty.place.at("rows", index, "window")


def every_town_has_one_first_window(directory: Directory, _today: date) -> Iterator[Finding]:
    """R703 towns without a first window, R704 an area given to two windows, where a trouble claims full cover.

    ``cover: shared`` allows several first windows, ``cover: partial`` also none. Where only troubles that come with tsunagite
    ask for it, a table may be filled bit by bit: then both are warnings, and the pages say what is not written yet.
    """
    finder = Finder(directory)
    for duty in directory.placed_duties:
        first_for = [placed for placed in _troubles(directory) if placed.record.windows[0].duty == duty.record.id]
        covering = [placed for placed in first_for if placed.record.cover != "partial"]
        if covering and (missing := finder.without_window(duty.record.id)):
            values = {
                "title": duty.record.title,
                "count": len(missing),
                "towns": _some([area.name for area in missing]),
                "labels": _labels(covering),
            }
            place = duty.place.at("rows")
            yield warning("R703", place, **values) if _are_shared(covering) else error("R703", place, **values)
        if single := [placed for placed in first_for if placed.record.cover == "full"]:
            yield from _given_twice(directory, duty, shared=_are_shared(single))


def _troubles(directory: Directory) -> list[Located[Concern]]:
    """Return the troubles that count, in the order they are shown."""
    return list({placed.record.id: placed for placed in reversed(directory.placed_troubles)}.values())[::-1]


def _labels(troubles: list[Located[Concern]]) -> str:
    return "」「".join(placed.record.label for placed in troubles)


def _are_shared(troubles: list[Located[Concern]]) -> bool:
    return all(is_shared(placed.place) for placed in troubles)


def _given_twice(directory: Directory, duty: Located[Assignment], *, shared: bool) -> Iterator[Finding]:
    whole = Finder(directory).whole
    first: dict[str, str] = {}
    for index, row in enumerate(duty.record.rows):
        for number, area_id in enumerate(row.areas or (WHOLE,)):
            known = area_id or whole
            other = first.setdefault(known, row.window)
            if other != row.window and (known in directory.areas or not area_id):
                names = [directory.resources[w].name if w in directory.resources else w for w in (other, row.window)]
                place = duty.place.at("rows", index, "areas", number) if row.areas else duty.place.at("rows", index)
                name = directory.areas[known].name if known in directory.areas else "市の全体"
                values = {"area": name, "one": names[0], "other": names[1]}
                yield warning("R704", place, **values) if shared else error("R704", place, **values)


def no_path_ends_in_silence(directory: Directory, _today: date) -> Iterator[Finding]:
    """R705 a trouble has no window somewhere, R706 nobody answers at night and a window does not say when it opens."""
    finder = Finder(directory)
    for placed in directory.placed_troubles:
        trouble = placed.record
        places = [(area.id, area.name) for area in finder.places] or [(finder.whole, "")]
        if is_shared(placed.place):
            continue  # R713 says which duties are empty, once each
        if trouble.cover == "partial" or not finder.places:  # else R703 speaks of it
            silent = [name for area_id, name in places if not finder.is_written(trouble, area_id)]
            if silent:
                yield error("R705", placed.place.at("windows"), label=trouble.label, towns=_some(silent))
        if not _answered_at_night(directory, trouble):
            called = {window.id: 0 for area_id, _ in places for window in finder.windows(trouble, area_id)}
            if unknown := [
                directory.resources[window_id] for window_id in called if not directory.resources[window_id].hours
            ]:
                yield error("R706", placed.place.at("label"), label=trouble.label, window=unknown[0].name)


def _answered_at_night(directory: Directory, trouble: Concern) -> bool:
    lines = (directory.vocabularies["hotline"][line] for line in trouble.after_hours)
    return any(term.always and not term.hidden for term in lines)


def tables_are_used_and_checked(directory: Directory, _today: date) -> Iterator[Finding]:
    """R708 no trouble uses a table, R710 nobody has checked who is responsible."""
    used = {step.duty for trouble in directory.troubles.values() for step in trouble.windows}
    for placed in directory.placed_duties:
        duty = placed.record
        if duty.id not in used and not directory.unreadable:  # the trouble that uses it may have a mistake
            yield warning("R708", placed.place.at("id"), title=duty.title)
        if not duty.sample and duty.verified_on is None:
            yield warning("R710", placed.place, title=duty.title)


def duties_are_filled(directory: Directory, _today: date) -> Iterator[Finding]:
    """R713: troubles ask for a duty of the vocabulary, and no table says who that is (once for each duty)."""
    for duty in Finder(directory).empty_duties:
        if duty not in directory.unreadable:
            yield notice("R713", SETTINGS, label=directory.vocabularies["duty"][duty].label, id=duty)


def delicate_addresses_tell_nothing(directory: Directory, _today: date) -> Iterator[Finding]:
    """R709: the id of a delicate trouble stands in addresses that others in the house may see."""
    for placed in directory.placed_troubles:
        if placed.record.sensitive and _TELLING.search(placed.record.id):
            yield error("R709", placed.place.at("id"), label=placed.record.label, id=placed.record.id)


def hotlines_have_numbers(directory: Directory, _today: date) -> Iterator[Finding]:
    """R707 a hotline without number (a local one may wait for it); R301 a number that cannot be."""
    for term in directory.vocabularies["hotline"]:
        if not term.number and not term.local and not term.hidden:
            yield error("R707", HOTLINES, label=term.label)
        for number in (term.number, term.direct):
            if number and not phones.is_possible(number):
                yield error("R301", HOTLINES, number=number)


def emergencies_lead_to_numbers(directory: Directory, _today: date) -> Iterator[Finding]:
    """R712 an emergency or a duty names a telephone that the vocabulary ``hotline`` does not have."""
    hotlines = directory.vocabularies["hotline"]
    naming = [(EMERGENCIES, term) for term in directory.vocabularies["emergency"]] + [
        (DUTIES, term) for term in directory.vocabularies["duty"]
    ]
    for place, term in naming:
        for line in term.calls:
            if line not in hotlines.terms:
                yield error("R712", place, label=term.label, line=line, known="、".join(hotlines.terms))


def _some(names: list[str]) -> str:
    return "、".join(names[:5]) + (" ほか" if len(names) > 5 else "")

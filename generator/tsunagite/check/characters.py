"""Characters: nothing in a record was lost on its way through other programs, and everything is stored as search and paper need it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tsunagite.findings import Finding, Loc, SourceLocation, warning
from tsunagite.records.directory import Directory, RuleContext
from tsunagite.records.load.records import Located
from tsunagite.records.model.base.fields import Part, explicit_values
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.resource import Resource
from tsunagite.text.characters import clean, is_plain, lost, shown

_SHOWN_OF_A_LIST = ("name", "owner", "licence", "credit", "label", "no_contact_reason", "constants")


def characters_are_whole(
    _ground: RuleContext, placed: Located[Resource] | Located[Organization], _today: date
) -> Iterator[Finding]:
    """R409: no private-use or replacement character. R410: nothing decomposed, invisible, or left of HTML and spreadsheets."""
    yield from _findings_of(placed.place, placed.record)


def characters_of_towns_lists_and_events_are_whole(directory: Directory, _today: date) -> Iterator[Finding]:
    """R409, R410: the same of areas, of events, and of what pages show of a list (its headers are as they stand in its file)."""
    whole: tuple[Located[Any], ...] = (*directory.placed_areas, *directory.placed_events, *directory.placed_ties)
    for placed in whole:
        yield from _findings_of(placed.place, placed.record)
    for source in directory.placed_sources:
        for field in _SHOWN_OF_A_LIST:
            yield from _findings_of(source.place, getattr(source.record, field), (field,))


def _findings_of(place: SourceLocation, value: Any, at: Loc = ()) -> Iterator[Finding]:
    for loc, text in _texts(value, at):
        if is_plain(text):
            continue
        if character := lost(text):
            yield warning("R409", place.at(*loc), text=text[:40], character=shown(character))
        if (whole := clean(text)[0]) != text:
            yield warning("R410", place.at(*loc), text=text[:40], whole=whole[:40])


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield every text that somebody wrote in a part, with where it stands."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, Part):
        _, names, values = explicit_values(value)
        for name, inner in zip(names, values, strict=True):
            yield from _texts(inner, (*loc, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*loc, key))
    elif isinstance(value, tuple | list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*loc, index))

"""Which windows answer for a trouble in an area: the tables of responsible windows (担当), resolved.

A window is responsible because somebody wrote so, never because it is near. Where nobody wrote it, the window that can
always be asked (``main_window`` of the site) answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.records.directory import Directory
from tsunagite.records.model.area import Area
from tsunagite.records.model.features.finder import Assignment, Concern
from tsunagite.records.model.resource import Resource

WHOLE = ""
"""In a table of responsible windows: the whole municipality, written as a row without areas."""


@dataclass(frozen=True)
class ContactPoint:
    """A window to call: the id of its record, why (「」 for the first), and the duty table that named it ("" = none)."""

    id: str
    why: str
    duty: str = ""


@dataclass(frozen=True)
class Finder:
    """Answers for one directory. Cost: a walk up from an area to the city per duty table."""

    directory: Directory

    @cached_property
    def places(self) -> tuple[Area, ...]:
        """The areas a reader chooses from, in 五十音 order: the towns of the site; districts where it has no towns."""
        for level in ("town", "district"):
            if found := tuple(area for area in self.directory.areas.values() if area.level == level):
                return found
        return ()

    @cached_property
    def whole(self) -> str:
        """The id of the whole municipality, for readers who do not know the town ("" where none is set)."""
        return self.directory.settings.area or ""

    @cached_property
    def _tables(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {duty.id: _by_area(duty) for duty in self.directory.duties.values()}

    def on_duty(self, duty_id: str, area_id: str) -> tuple[str, ...]:
        """Return the windows a table names for an area: those of the smallest area around it that the table knows."""
        table = self._tables.get(duty_id, {})
        return next(
            (table[around.id] for around in self.directory.lineage(area_id) if around.id in table), table.get(WHOLE, ())
        )

    def windows(self, trouble: Concern, area_id: str) -> tuple[ContactPoint, ...]:
        """Return the windows for a trouble in an area (or "" for nowhere in particular), in the order to call."""
        found: dict[str, ContactPoint] = {}
        for window in self._written(trouble, area_id):
            if self.can_be_called(window.id):
                found.setdefault(window.id, window)
        main = self.directory.settings.main_window
        if main and not found and self.can_be_called(main):
            return (ContactPoint(main, ""),)
        return tuple(found.values())

    def unfilled(self, trouble: Concern, area_id: str) -> tuple[str, ...]:
        """Return the duties a trouble asks for that nobody has written: without any table, and the first one where its table leaves out the area."""
        known = self.directory.vocabularies["duty"].terms
        asked = [(number, step.duty) for number, step in enumerate(trouble.windows) if step.duty in known]
        return tuple(
            duty
            for number, duty in asked
            if duty and (duty not in self._tables or (number == 0 and not self.on_duty(duty, area_id)))
        )

    @cached_property
    def empty_duties(self) -> tuple[str, ...]:
        """The duties (vocabulary ``duty``) that troubles ask for and for which the site has no table, in the order of the vocabulary."""
        asked = {step.duty for trouble in self.directory.troubles.values() for step in trouble.windows}
        return tuple(
            term.id for term in self.directory.vocabularies["duty"] if term.id in asked and term.id not in self._tables
        )

    def is_written(self, trouble: Concern, area_id: str) -> bool:
        """Tell whether somebody wrote a window for a trouble in an area, or one that can always be asked."""
        return bool(self.directory.settings.main_window) or any(self._written(trouble, area_id))

    def _written(self, trouble: Concern, area_id: str) -> Iterator[ContactPoint]:
        for step in trouble.windows:
            if step.window:
                yield ContactPoint(step.window, step.why)
            for window_id in self.on_duty(step.duty, area_id) if step.duty else ():
                yield ContactPoint(window_id, step.why, step.duty or "")

    def can_be_called(self, window_id: str) -> bool:
        """Tell whether a record is listed and has a number somebody answers (its own or its organisation's)."""
        return window_id in self._listed and bool(self.phones_of(self._listed[window_id]))

    def phones_of(self, resource: Resource) -> bool:
        """Tell whether a record or its organisation has a voice number."""
        if resource.voice_phones:
            return True
        organization = self.directory.organizations.get(resource.organization or "")
        return not resource.no_contact_reason and bool(
            organization and any(p.type == "voice" for p in organization.phones)
        )

    @cached_property
    def _listed(self) -> Mapping[str, Resource]:
        return {resource.id: resource for resource in self.directory.listed}

    def without_window(self, duty_id: str) -> tuple[Area, ...]:
        """Return the places for which a table names no window."""
        return tuple(area for area in self.places if not self.on_duty(duty_id, area.id))


def _by_area(duty: Assignment) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, dict[str, int]] = {}
    for row in duty.rows:
        for area in row.areas or (WHOLE,):
            table.setdefault(area, {})[row.window] = 0
    return {area: tuple(windows) for area, windows in table.items()}

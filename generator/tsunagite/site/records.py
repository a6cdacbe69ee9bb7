"""Records: what the page of each record is made from, its guides and its neighbours among it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from tsunagite.geo.nearest import Place, nearest
from tsunagite.guides.view import KnowledgeBase
from tsunagite.records.directory import Directory
from tsunagite.records.load.photos import photos_of
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import RecordParts
from tsunagite.worksheets.view import WorksheetBook


class Records:
    """The parts of every record page. No page is made here, so that memory does not grow with the number of records."""

    def __init__(self, directory: Directory, knowledge: KnowledgeBase, worksheets: WorksheetBook) -> None:
        self._directory, self._worksheets = directory, worksheets
        self._guides = {kind.id: knowledge.of_kind(kind.id) for kind in directory.vocabularies["kind"]}
        self._published = {resource.id: resource for resource in directory.published}

    def parts(self) -> Iterator[RecordParts]:
        """Yield what each record's page is made from, without making it."""
        return map(self.parts_of, self._directory.published)

    def parts_of(self, resource: Resource) -> RecordParts:
        """Return what a record's page is made from."""
        replacement = self._published.get(resource.replaced_by or "")
        guides = (*self._guides[resource.kind], *self._worksheets.of_record(resource.id))
        photos = photos_of(resource, self._directory.photos)
        return RecordParts(resource, replacement, self._similar(resource), guides, photos)

    def _similar(self, resource: Resource) -> tuple[Resource, ...]:
        """Return up to three records of the same kind, nearest first: none of equipment, of an unconfirmed kind, or where nobody knows what is near."""
        if self._directory.is_equipment(resource) or self._directory.kind(resource).unconfirmed:
            return ()
        return tuple(map(self._directory.resources.__getitem__, self._neighbours.get(resource.id, ())))

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """The nearest three of its kind for every record with a point."""
        asked: dict[str, list[Place]] = {}
        for resource in self._directory.published:
            if resource.point:
                asked.setdefault(resource.kind, []).append((resource.id, *resource.point))
        listed = {kind: {r.id for r in found} for kind, found in self._directory.by_kind.items()}
        found: dict[str, tuple[str, ...]] = {}
        for kind, places in asked.items():
            found |= nearest([place for place in places if place[0] in listed.get(kind, ())], places, 3)
        return found

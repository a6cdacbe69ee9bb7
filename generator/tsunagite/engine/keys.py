"""Keys: what stands for what a product is made from, so that a build does not make again what an earlier one published."""

from __future__ import annotations

from tsunagite.engine.digest import Digests
from tsunagite.records.directory import Directory


class Keys(Digests):
    """Makes the keys of one site. Records are known by what was written of them."""

    def __init__(self, directory: Directory, surroundings: object, pages: object = ()) -> None:
        """``surroundings`` is all that any page may show besides records, settings, words and areas: the day; ``pages`` are the layout's own, without their texts."""
        super().__init__()
        for resource in directory.published:
            self.know(resource, directory.digests[resource.id])
        self._records = directory.digests
        self._surroundings = self.of(directory.surroundings_digest, surroundings)
        self.sketch = self.of(self._surroundings, directory.sketch_digest, pages)
        """Stands for everything, but for the words of records and the prose of guides: most edits leave it as it is."""

    def page(self, *parts: object) -> bytes:
        """Return the key of what is made from some parts and the surroundings of all records."""
        return self.of(self._surroundings, *parts)

    def wordless(self, *parts: object, named: tuple[str, ...] = ()) -> bytes:
        """Return the key of what shows no words of records (``records.model.resource.WORDS``), but for those ``named`` (ids)."""
        return self.of(self.sketch, [self._records.get(record_id) for record_id in named], *parts)

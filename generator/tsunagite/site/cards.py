"""Cards: every published record as a card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tsunagite.engine.digest import Digests
from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import CardView


class Cards(Mapping[str, CardView]):
    """Every published record as a card, by id, in 五十音 order. A card is made when it is asked for: after an edit few are."""

    def __init__(self, directory: Directory, keys: Digests, today: date) -> None:
        """``keys`` gets to know each card by what it is made from."""
        self._directory, self._keys, self._today = directory, keys, today
        self._resources = {resource.id: resource for resource in directory.published}
        self._made: dict[str, CardView] = {}

    def __getitem__(self, record_id: str) -> CardView:
        if (card := self._made.get(record_id)) is None:
            card = self._made[record_id] = CardView.of(self._directory, self._resources[record_id], self._today)
            self._keys.know(card, "card", self._directory.digests[record_id], card.pause, card.fresh)
        return card

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._resources

    def __iter__(self) -> Iterator[str]:
        return iter(self._resources)

    def __len__(self) -> int:
        return len(self._resources)

    def of(self, resource: Resource) -> CardView:
        """Return the card of any resource, those that have no page too."""
        return self.get(resource.id) or CardView.of(self._directory, resource, self._today)

"""PaperSource: what papers are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import SiteSettings
from tsunagite.site.cards import Cards
from tsunagite.site.record import RecordViews
from tsunagite.text.one_line import one_line

SAID_OF_MANY = 3
"""A sentence that so many records share describes their kind, not one of them."""


@dataclass(frozen=True)
class PaperSource:
    """The records that may stand on the web and on paper (the site offers its PDFs), with their cards, on one day."""

    directory: Directory
    cards: Cards
    today: date

    @property
    def settings(self) -> SiteSettings:
        """What the municipality decided about its site."""
        return self.directory.settings

    @cached_property
    def views(self) -> RecordViews:
        """Makes the view of a record."""
        return RecordViews(self.directory, self.cards.of, self.today)

    @cached_property
    def printable(self) -> frozenset[str]:
        """The ids of all records that may stand on paper today."""
        every = self.directory.resources
        return frozenset(key for key, one in every.items() if may_be_printed(self.directory, one, self.today))

    @cached_property
    def place_in_list(self) -> dict[str, int]:
        """The place of every listed record, by id."""
        return {resource.id: place for place, resource in enumerate(self.directory.listed)}

    @cached_property
    def shared_sentences(self) -> frozenset[str]:
        """Sentences that so many records share that a paper need not say them of one."""
        return shared_sentences(self.directory.published)


def may_be_printed(directory: Directory, resource: Resource, today: date) -> bool:
    """Tell whether a record may stand on paper, which nobody can take back: it runs.

    What a consent leaves out is not in the directory of a paper (``records.visibility``). A pause whose end is known is printed with its
    days; one of which nobody knows the end keeps a record off paper. So does a check that is too long ago (``Directory.trusted_until``).
    """
    trusted = directory.trusted_until(resource)
    if trusted and trusted < today:
        return False
    pause = resource.pause_after(None)
    runs = resource.status == "open" or (resource.status == "suspended" and pause is not None)
    return runs and (pause is None or pause.until is not None)


def sentence_of(resource: Resource) -> str:
    """Return the sentence that says what a record does, on one line."""
    return one_line(resource.summary or resource.summary_easy)


def shared_sentences(resources: Iterable[Resource]) -> frozenset[str]:
    """Return the sentences that so many records share that they describe a kind."""
    counted = Counter(map(sentence_of, resources))
    return frozenset(text for text, count in counted.items() if count >= SAID_OF_MANY)

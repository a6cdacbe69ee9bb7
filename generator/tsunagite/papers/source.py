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
    def shared_sentences(self) -> frozenset[str]:
        """Sentences that so many records share that a paper need not say them of one."""
        return shared_sentences(self.directory.published)


def sentence_of(resource: Resource) -> str:
    """Return the sentence that says what a record does, on one line."""
    return one_line(resource.summary or resource.summary_easy)


def shared_sentences(resources: Iterable[Resource]) -> frozenset[str]:
    """Return the sentences that so many records share that they describe a kind."""
    counted = Counter(map(sentence_of, resources))
    return frozenset(text for text, count in counted.items() if count >= SAID_OF_MANY)

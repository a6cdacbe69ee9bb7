"""Whom a branch of a tree says to call: the numbers of the vocabulary and the site's own windows of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tsunagite.contact.emergency import EmergencyView, LineView
from tsunagite.records.directory import Directory
from tsunagite.records.model.features.guide import Branch
from tsunagite.site.record import CardView, Link

FEW = 3
"""Windows of one kind that are named with their numbers; of more, the reader chooses from the list of that kind."""


@dataclass(frozen=True)
class WindowView:
    """The windows of one kind. Every card has a telephone number.

    ``list`` leads to all records of the kind where not every one is named here. A kind without any record is named with its
    national register ("" where none is known).
    """

    label: str
    cards: tuple[CardView, ...] = ()
    list: Link | None = None
    register: str = ""
    url: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the site has no record of the kind."""
        return not self.cards and not self.list


@dataclass(frozen=True)
class BranchCalls:
    """Whom to call at one branch. ``instead`` is the main window, where a kind has no record and it is not named anyway."""

    lines: tuple[LineView, ...] = ()
    windows: tuple[WindowView, ...] = ()
    instead: CardView | None = None

    def __bool__(self) -> bool:
        return bool(self.lines or self.windows)

    @property
    def has_no_number(self) -> bool:
        """Whether nothing here leads to a telephone: no number, no record, no main window."""
        return not self.lines and not self.instead and all(window.is_missing for window in self.windows)


@dataclass(frozen=True)
class Windows:
    """Finds whom to call in the records of a site."""

    directory: Directory
    cards: Mapping[str, CardView]

    def of(self, branch: Branch) -> BranchCalls:
        """Return whom to call at a branch."""
        windows = tuple(map(self._window, branch.kinds))
        named = {card.id for window in windows for card in window.cards}
        main = self._main if any(window.is_missing for window in windows) else None
        lines = tuple(self._lines[line] for line in branch.hotlines if line in self._lines)
        return BranchCalls(lines, windows, main if main and main.id not in named else None)

    @cached_property
    def _lines(self) -> Mapping[str, LineView]:
        return EmergencyView(self.directory.vocabularies).lines

    @cached_property
    def _main(self) -> CardView | None:
        card = self.cards.get(self.directory.settings.main_window or "")
        return card if card and _answers(card) else None

    def _window(self, kind: str) -> WindowView:
        term = self.directory.vocabularies["kind"][kind]
        found = [self.cards[resource.id] for resource in self.directory.by_kind.get(kind, ())]
        answering = tuple(card for card in found if _answers(card))
        if not found:
            return WindowView(term.label, register=term.source, url=term.url)
        if answering == tuple(found) and len(found) <= FEW:
            return WindowView(term.label, answering)
        named = answering if len(answering) <= FEW else tuple(card for card in answering if card == self._main)
        return WindowView(term.label, named, Link(f"{term.label}（{len(found)}件）", f"search/?kind={kind}"))


def _answers(card: CardView) -> bool:
    """Whether a card has a number one can speak to."""
    return card.phone is not None

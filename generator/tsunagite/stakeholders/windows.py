"""Windows of teams, and the nine cells of layers and terms: who hangs on one role, and in which cell nothing is agreed yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tsunagite.analysis.network import Network
from tsunagite.records.directory import Directory
from tsunagite.records.model.organization import Organization
from tsunagite.site.record import Link
from tsunagite.stakeholders.view import ROOT

LEVELS = "levels-and-terms"
MOST = 8
"""Entries of one cell."""


@dataclass(frozen=True)
class TeamRow:
    """An organisation with fewer than two roles that answer: its link, and what is written of them."""

    organization: Link
    state: str
    sample: bool


@dataclass(frozen=True)
class Entry:
    """What stands in a cell: the words, and the sheet or the map that they come from."""

    text: str
    origin: Link
    sample: bool


@dataclass(frozen=True)
class Cell:
    """One of the nine cells: the first entries, and how many more there are."""

    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True)
class WindowsView:
    """The page of windows and layers."""

    organizations: int
    """Those that a shown record, relation or sheet names: nobody else stands on a page."""
    teams: tuple[TeamRow, ...]
    layers: tuple[str, ...]
    terms: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    blank: tuple[str, ...]
    unplaced: int
    """Relations of which nobody wrote the layer or the term."""
    meetings: tuple[Link, ...]

    @classmethod
    def of(cls, network: Network) -> WindowsView:
        """Collect what is written."""
        directory = network.directory
        layers, terms = directory.vocabularies["team_layer"], directory.vocabularies["time_scale"]
        held: dict[tuple[str, str], list[Entry]] = {}
        for layer, term, entry in (*_of_relations(network), *_of_sheets(directory)):
            held.setdefault((layer, term), []).append(entry)
        kinds = directory.vocabularies["event_kind"]
        shown = tuple(one for one in directory.organizations.values() if ("organization", one.id) in network.nodes)
        return cls(
            organizations=len(shown),
            teams=tuple(_teams(shown)),
            layers=tuple(layer.label for layer in layers),
            terms=tuple(term.label for term in terms),
            cells=tuple(
                tuple(_cell(held.get((layer.id, term.id), [])) for term in terms) for layer in layers
            ),
            blank=tuple(
                f"{layer.label}の、{term.label}" for layer in layers for term in terms if (layer.id, term.id) not in held
            ),
            unplaced=sum(1 for e in network.edges if e.origin != "runs" and not (e.layer and e.term)),
            meetings=tuple(
                Link(event.title, f"events/{event.id}/") for event in directory.events.values() if kinds[event.kind].for_workers
            ),
        )  # fmt: skip


def _cell(found: list[Entry]) -> Cell:
    return Cell(tuple(found[:MOST]), max(0, len(found) - MOST))


def _teams(shown: tuple[Organization, ...]) -> Iterator[TeamRow]:
    for one in shown:
        if len(one.contact_roles) < 2:
            state = f"一つだけ（{one.contact_roles[0].role}）" if one.contact_roles else "書かれていません"
            yield TeamRow(Link(one.name, f"{ROOT}org/{one.id}/"), state, one.sample)


def _of_relations(network: Network) -> Iterator[tuple[str, str, Entry]]:
    kinds = network.directory.vocabularies["relation"]
    for edge in network.edges:
        if edge.layer and edge.term and not edge.planned:
            party, partner = (network.nodes[key].label for key in edge.ends)
            path = f"{ROOT}{edge.districts[0]}/" if edge.districts else ROOT
            yield edge.layer, edge.term, Entry(f"{party}と{partner}の{kinds[edge.kind].label}", Link("関わる相手の地図", path), edge.sample)  # fmt: skip


def _of_sheets(directory: Directory) -> Iterator[tuple[str, str, Entry]]:
    layers, terms = directory.vocabularies["team_layer"], directory.vocabularies["time_scale"]
    for one in directory.worksheets.filled:
        if one.sheet.id != LEVELS or not one.may_be_shown:
            continue
        origin = Link(one.head.title, f"worksheets/{LEVELS}/{one.head.id}/")
        for line in one.values["items"]:
            layer, term = layers.find(line["layer"]), terms.find(line["term"])
            if layer and term:
                yield layer, term, Entry("：".join(filter(None, (line["who"], line["what"]))), origin, one.head.sample)

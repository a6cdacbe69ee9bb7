"""Network: the relations of a directory as one graph, and what can be measured on it. Nobody is ranked.

Written relations (``resources/relations/``), the partners of shown sheets (関わる相手の表), the relations of records and who runs a record
become one sort of edge. What a record states already is derived here and written nowhere a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from tsunagite.records.directory import Directory
from tsunagite.records.load.worksheets import Filled, Line
from tsunagite.records.model.base.vocabulary import Term
from tsunagite.records.model.features.tie import TieEnd
from tsunagite.records.model.service import Relation
from tsunagite.text.dates import add_months
from tsunagite.text.normalize import compare_key

SHEET = "stakeholders"
NO_RELATION = frozenset({"leads_to"})
"""Kinds of relation between two records that join no stakeholders: an idea and the idea that follows it."""
DEPENDENCE = {1: "低い", 2: "中", 3: "高い"}
Key = tuple[str, str]
"""A stakeholder: what it is (organization, resource, role, name) and its id or name."""
Origin = Literal["tie", "sheet", "relation", "runs"]


@dataclass(frozen=True)
class Edge:
    """A relation of two stakeholders. None and "" mean: nobody wrote it."""

    party: Key
    partner: Key
    origin: Origin
    written: str
    """The id of the relation, of the sheet, or of the record that states it."""
    kind: str = ""
    one_way: bool = False
    planned: bool = False
    """Whether it is only wished for: it joins nobody yet."""
    depends: str = ""
    relied_on: str = ""
    meets: str = ""
    contacts: int | None = None
    layer: str = ""
    term: str = ""
    since: date | None = None
    seen_on: date | None = None
    """The last day of which somebody wrote that the two met, or that the relation was checked."""
    gain: str = ""
    next_step: str = ""
    note: str = ""
    districts: tuple[str, ...] = ()
    place: str = ""
    sample: bool = False

    @property
    def ends(self) -> tuple[Key, Key]:
        """Both stakeholders."""
        return self.party, self.partner


@dataclass(frozen=True)
class Node:
    """A stakeholder. ``sort`` is a term of ``partner_sort`` ("" where it is not known)."""

    key: Key
    label: str
    sort: str = ""
    sample: bool = False


@dataclass(frozen=True)
class Network:
    """Every relation that may be shown, of a directory that holds what may be shown."""

    directory: Directory

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All relations, in the order of their files, those of records last. One with a partner that is closed or not shown is left out."""
        found = [*self._ties(), *self._of_sheets(), *self._of_records()]
        return tuple(edge for edge in found if edge.party != edge.partner and all(map(self._is_there, edge.ends)))

    @cached_property
    def nodes(self) -> Mapping[Key, Node]:
        """Every stakeholder of the relations by key, in the order of its first relation."""
        real = {key for edge in self.edges if not edge.sample for key in edge.ends}
        return {key: self._node(key, only_in_samples=key not in real) for edge in self.edges for key in edge.ends}

    def _is_there(self, key: Key) -> bool:
        if key[0] == "resource":
            return key[1] in self._usable
        return key[1] in {"organization": self.directory.organizations, "role": self._roles}.get(key[0], (key[1],))

    @cached_property
    def _usable(self) -> frozenset[str]:
        return frozenset(r.id for r in self.directory.published if not r.is_closed)

    @cached_property
    def _roles(self) -> Mapping[str, Any]:
        return {guide.id: guide.head for guide in self.directory.guides.written if guide.section == "roles"}

    @cached_property
    def _named(self) -> Mapping[str, Key]:
        """The organisation or record that a name stands for: written the same way, and alone with that name."""
        known: dict[str, list[Key]] = {}
        for organization in self.directory.organizations.values():
            known.setdefault(compare_key(organization.name), []).append(("organization", organization.id))
        for resource in self.directory.published:
            known.setdefault(compare_key(resource.name), []).append(("resource", resource.id))
        return {name: keys[0] for name, keys in known.items() if len(keys) == 1}

    def _key(self, name: str) -> Key:
        return self._named.get(compare_key(name), ("name", name))

    @cached_property
    def _sorts(self) -> Mapping[str, str]:
        return {covered: term.id for term in self.directory.vocabularies["partner_sort"] for covered in term.covers}

    @cached_property
    def _written_sorts(self) -> Mapping[Key, str]:
        """The sort of a stakeholder as a relation or a sheet says it."""
        words = self.directory.vocabularies["partner_sort"]
        found: dict[Key, str] = {}
        for placed in self.directory.placed_ties:
            for end in (placed.record.party, placed.record.partner):
                if end.sort:
                    found.setdefault(self._end(end), end.sort)
        for one in self.sheets:
            for line in one.values["partners"]:
                if sort := words.find(line["sort"] or ""):
                    found.setdefault(self._key(line["who"]), sort)
        return found

    def _node(self, key: Key, *, only_in_samples: bool) -> Node:
        sort = self._written_sorts.get(key, "")
        what, written = key
        if what == "organization":
            one = self.directory.organizations[written]
            return Node(key, one.name, sort or self._sorts.get(one.type, ""), one.sample)
        if what == "resource":
            record = self.directory.resources[written]
            return Node(key, record.name, sort or self._sort_of_kind(self.directory.kind(record)), record.sample)
        if what == "role":
            kinds = (self.directory.vocabularies["kind"].terms.get(kind) for kind in self._roles[written].kinds)
            derived = next(filter(None, (self._sort_of_kind(kind) for kind in kinds if kind)), "")
            return Node(key, self._roles[written].title, sort or derived)
        return Node(key, written, sort, only_in_samples)

    def _sort_of_kind(self, kind: Term) -> str:
        return self._sorts.get(kind.id) or self._sorts.get(kind.group, "")

    @cached_property
    def _districts(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for district, resources in self.directory.by_district.items():
            for resource in resources:
                found.setdefault(resource.id, []).append(district)
        return {record: tuple(districts) for record, districts in found.items()}

    def _districts_of(self, area: str | None, ends: Iterable[Key]) -> tuple[str, ...]:
        if area:
            district = self.directory.district_of(area)
            return (district.id,) if district else ()
        return tuple(dict.fromkeys(one for what, key in ends if what == "resource" for one in self._districts.get(key, ())))  # fmt: skip

    def _end(self, end: TieEnd) -> Key:
        return self._key(end.name) if end.name else end.key

    def _is_planned(self, meets: str | None) -> bool:
        return bool(meets and self.directory.vocabularies["meeting_frequency"][meets].planned)

    def _ties(self) -> Iterator[Edge]:
        for placed in self.directory.placed_ties:
            tie = placed.record
            ends = self._end(tie.party), self._end(tie.partner)
            seen = max(filter(None, (tie.last_met, tie.verified_on)), default=None)
            yield Edge(
                *ends, "tie", tie.id, tie.kind, tie.direction == "one_way", self._is_planned(tie.meets), tie.depends or "", tie.relied_on or "",
                tie.meets or "", tie.contacts, tie.layer or "", tie.term or "", tie.since, seen, tie.gain, tie.next_step, tie.note,
                self._districts_of(tie.area, ends), tie.place, tie.sample,
            )  # fmt: skip

    @cached_property
    def sheets(self) -> tuple[Filled, ...]:
        """The filled sheets 関わる相手の表 that somebody allowed on the site."""
        return tuple(one for one in self.directory.worksheets.filled if one.sheet.id == SHEET and one.may_be_shown)

    def _of_sheets(self) -> Iterator[Edge]:
        for one in self.sheets:
            yield from (self._of_line(one, line) for line in one.values["partners"])

    def _of_line(self, one: Filled, line: Line) -> Edge:
        head = one.head
        meets = self.directory.vocabularies["meeting_frequency"].find(line["now"] or "") or ""
        ends = self._key(head.made_by), self._key(line["who"])
        return Edge(
            *ends, "sheet", head.id, planned=self._is_planned(meets), depends=line["ours"] or "", relied_on=line["theirs"] or "", meets=meets,
            contacts=line["windows"], seen_on=head.made_on, gain=line["gain"], next_step=line["next"],
            districts=self._districts_of(head.area, ends), place=head.place, sample=head.sample,
        )  # fmt: skip

    def _of_records(self) -> Iterator[Edge]:
        for resource in self.directory.listed:
            key = ("resource", resource.id)
            for relation in resource.relations:
                if relation.kind not in NO_RELATION:
                    yield self._of_relation(key, relation, resource.verified_on, sample=resource.sample)
            if resource.organization and not self.directory.is_equipment(resource):
                runs = Edge(("organization", resource.organization), key, "runs", resource.id, "runs", sample=resource.sample)  # fmt: skip
                yield replace(runs, districts=self._districts_of(None, (key,)), seen_on=resource.verified_on)

    def _of_relation(self, key: Key, relation: Relation, seen: date | None, *, sample: bool) -> Edge:
        partner = ("resource", relation.to)
        strength = DEPENDENCE.get(relation.dependence or 0, "")
        edge = Edge(
            key, partner, "relation", key[1], relation.kind, depends=strength, note=relation.note, sample=sample
        )
        return replace(edge, seen_on=seen, districts=self._districts_of(None, (key, partner)))


@dataclass(frozen=True)
class Measures:
    """What can be said of some relations. Every list keeps the order of the relations: it ranks nobody."""

    missing: tuple[str, ...]
    """Terms of ``partner_sort`` that no stakeholder has."""
    unknown_sort: tuple[Key, ...]
    one_contact: tuple[Edge, ...]
    """Relations with one contact role: they end when that person is replaced."""
    unknown_contacts: int
    cuts: tuple[tuple[Key, tuple[Key, ...]], ...]
    """Stakeholders without whom others lose every way to the rest, and those others."""
    one_sided: tuple[Edge, ...]
    """Relations in which one side alone depends on the other, or acts."""
    stale: tuple[Edge, ...]
    undated: tuple[Edge, ...]
    in_no_meeting: tuple[Key, ...]
    planned: tuple[Edge, ...]


def measure(network: Network, edges: tuple[Edge, ...], today: date, months: int) -> Measures:
    """Measure some relations. Whether they are old is asked of what people keep up (not of who runs a record); old is ``months`` without a word."""
    words = network.directory.vocabularies
    joined = tuple(edge for edge in edges if not edge.planned)
    kept = tuple(edge for edge in joined if edge.origin != "runs")
    keys = tuple(dict.fromkeys(key for edge in joined for key in edge.ends))
    present = {network.nodes[key].sort for key in keys}
    meeting = {key for edge in kept if edge.meets or edge.kind == "meets_with" for key in edge.ends}
    meeting |= _hosts(network.directory)
    return Measures(
        missing=tuple(term.id for term in words["partner_sort"] if term.id not in present) if joined else (),
        unknown_sort=tuple(key for key in keys if not network.nodes[key].sort),
        one_contact=tuple(edge for edge in kept if edge.contacts == 1),
        unknown_contacts=sum(1 for edge in kept if edge.contacts is None),
        cuts=cut_vertices(kept, {edge.party for edge in kept if edge.origin == "sheet"}),
        one_sided=tuple(edge for edge in kept if _is_one_sided(edge, words["relation"].terms.get(edge.kind))),
        stale=tuple(edge for edge in kept if is_stale(edge, today, months)),
        undated=tuple(edge for edge in kept if edge.seen_on is None),
        in_no_meeting=tuple(dict.fromkeys(key for edge in kept for key in edge.ends if key not in meeting)),
        planned=tuple(edge for edge in edges if edge.planned),
    )


def is_stale(edge: Edge, today: date, months: int) -> bool:
    """Tell whether the last day that is known of a relation is more than some months ago. Of one that is planned, or stated by who runs a record, no day is asked."""
    asked = not edge.planned and edge.origin != "runs"
    return asked and edge.seen_on is not None and edge.seen_on < add_months(today, -months)


def _is_one_sided(edge: Edge, kind: Term | None) -> bool:
    unlike = {edge.depends, edge.relied_on} == {"高い", "低い"}
    return unlike or (edge.one_way and kind is not None and kind.mutual)


def _hosts(directory: Directory) -> set[Key]:
    """Return who holds, or is the place of, a meeting of people who support others."""
    kinds, hosts = directory.vocabularies["event_kind"], set[Key]()
    for event in directory.events.values():
        if kinds[event.kind].for_workers:
            hosts |= {(what, key) for what, key in (("organization", event.organization), ("resource", event.resource)) if key}  # fmt: skip
    return hosts


def cut_vertices(edges: Iterable[Edge], centres: Iterable[Key] = ()) -> tuple[tuple[Key, tuple[Key, ...]], ...]:
    """Return the stakeholders without whom others are cut off, and those others: all but the largest part that would remain.

    ``centres`` are not named: a sheet is drawn around its own team, so that all lines lead to it.
    """
    import networkx as nx  # noqa: PLC0415 - 0.2 s: loaded where a map is made

    graph = nx.Graph()
    graph.add_edges_from(edge.ends for edge in edges)
    order = {key: number for number, key in enumerate(graph)}
    found = []
    for key in sorted(set(nx.articulation_points(graph)) - set(centres), key=lambda key: order[key])[:MOST_CUTS]:
        near = nx.node_connected_component(graph, key) - {key}
        parts = list(nx.connected_components(graph.subgraph(near)))
        rest = max(parts, key=lambda part: (len(part), -min(order[one] for one in part)))
        cut = near - rest if len(rest) > 1 else near
        found.append((key, tuple(sorted(cut, key=lambda one: order[one]))))
    return tuple(found)


MOST_CUTS = 20
"""Stakeholders that hold others to the rest: for so many the others are named."""


def positions(keys: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> list[dict[Key, tuple[float, float]]]:
    """Return where the stakeholders of each connected part may stand (in units around 0; -1 to 1), the same for the same input.

    Spring layout of Fruchterman and Reingold, begun on a circle: nothing in it is random.
    """
    import networkx as nx  # noqa: PLC0415 - as above

    graph = nx.Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from(pairs)
    placed = []
    for part in nx.connected_components(graph):
        inside = graph.__class__()
        inside.add_nodes_from(key for key in graph if key in part)
        inside.add_edges_from(edge for edge in graph.edges if edge[0] in part)
        begin = nx.circular_layout(inside)
        at = nx.spring_layout(inside, pos=begin, seed=1, iterations=80) if len(part) > 2 else begin
        placed.append({key: (float(x), float(y)) for key, (x, y) in at.items()})
    return placed

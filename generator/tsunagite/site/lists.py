"""Lists: every static way in — by need, kind, support level, organisation, district, and need within a district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tsunagite.analysis.population import people_in
from tsunagite.calendar.view import CalendarView
from tsunagite.contact.view import FinderView
from tsunagite.guides.view import KnowledgeBase
from tsunagite.news.feeds import feed_of
from tsunagite.records.directory import Directory, Index
from tsunagite.records.discretion import is_secret
from tsunagite.records.model.area import Area
from tsunagite.records.model.base.vocabulary import Term
from tsunagite.records.model.resource import Resource
from tsunagite.site.record import CardView, Fact, Link
from tsunagite.text.dates import japanese_month
from tsunagite.text.kana import ROWS, row_of

PAGE_SIZE = 60  # cards on one list page: about 60 kB of HTML, 6 kB when compressed


@dataclass(frozen=True)
class Tile:
    """A way in: an icon, a word, how many records stand behind it."""

    id: str
    label: str
    path: str
    count: int
    icon: str = ""
    definition: str = ""
    note: str = ""


@dataclass(frozen=True)
class CardGroup:
    """Cards under one heading of a list (a 五十音 row). ``anchor`` is the id of the heading."""

    heading: str
    anchor: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class Paper:
    """Something to print: what it is, on which paper, its files as (address, label), the list page that offers it, its own page."""

    title: str
    layout: str
    size: str
    shown_on: str
    files: tuple[tuple[str, str], ...]
    page: str = ""

    @property
    def path(self) -> str:
        """Where its first file lies."""
        return self.files[0][0]


@dataclass(frozen=True)
class IndexView:
    """A page of tiles: all needs, all kinds, all areas; ``further`` are tiles below headings (中学校区)."""

    path: str
    title: str
    title_short: str
    lead: str
    tiles: tuple[Tile, ...]
    further: tuple[tuple[str, tuple[Tile, ...]], ...] = ()


@dataclass(frozen=True)
class ListHead:
    """What the pages of a list share. ``tiles`` lead on to narrower lists; ``rows`` jump to a 五十音 row.

    ``guides``, ``windows``, ``papers``, ``tiles``, ``facts``, ``profile`` and ``calendar`` stand on the first page alone.
    """

    path: str
    title: str
    parents: tuple[Link, ...] = ()
    lead: str = ""
    tiles: tuple[Tile, ...] = ()
    facts: tuple[Fact, ...] = ()
    level: Term | None = None
    map_path: str = ""
    search_path: str = ""
    guides: tuple[Link, ...] = ()
    windows: tuple[Link, ...] = ()
    calendar: Link | None = None
    delicate: bool = False
    total: int = 0
    pages: tuple[Link, ...] = ()
    rows: tuple[Link, ...] = ()
    papers: tuple[Paper, ...] = ()
    feed: str = ""
    """Where the feeds of the list lie, without their endings; "" where it has none."""
    profile: str = ""
    """The page that tells all that is known of its area; "" where the list is of no area, or of a town."""


@dataclass(frozen=True)
class ListCut:
    """All that one page of a list is made from."""

    head: ListHead
    path: str
    number: int
    records: tuple[Resource, ...]


@dataclass(frozen=True)
class ListView:
    """One page of one list."""

    head: ListHead
    path: str
    page: int
    groups: tuple[CardGroup, ...]
    note: str


Outline = tuple[ListHead, tuple[Resource, ...]]
"""A list before it is cut into pages: what stands above its records, and the records."""


@dataclass(frozen=True)
class Lists:
    """Makes all lists of a site from its directory, its cards by id, its papers and its guides."""

    directory: Directory
    cards: Mapping[str, CardView]
    papers: tuple[Paper, ...]
    knowledge: KnowledgeBase
    finder: FinderView
    calendar: CalendarView
    has_feeds: bool = False
    """Whether what is new is told in feeds (``news/feeds.py``)."""

    def needs(self) -> tuple[Tile, ...]:
        """Tiles of the needs that have records, in the order of the vocabulary."""
        return self._tiles("need", "needs/", self.directory.by_need)

    def levels(self) -> tuple[Tile, ...]:
        """Tiles of the support levels that have records."""
        return self._tiles("support_level", "levels/", self.directory.by_support_level)

    def groups(self) -> tuple[Tile, ...]:
        """Tiles of the kind groups that have records."""
        return self._tiles("kind_group", "kinds/", self.directory.by_group)

    def districts(self) -> tuple[Tile, ...]:
        """Tiles of the districts in 五十音 order; of all towns and areas that something serves or lies in where a site has no districts."""
        index = self.directory.by_district or self.directory.by_place
        return tuple(
            Tile(area.id, area.name, f"areas/{area.id}/", len(index[area.id]), note=_reading(area))
            for area in self.directory.areas.values()
            if area.id in index
        )

    def layers(self) -> tuple[tuple[str, tuple[Tile, ...]], ...]:
        """Further layers (中学校区) with the tiles of their areas."""
        index, found = self.directory.by_layer, defaultdict[str, list[Tile]](list)
        for area in self.directory.areas.values():
            if area.id in index:
                found[area.layer or "ほかの区分"].append(
                    Tile(area.id, area.name, f"areas/{area.id}/", len(index[area.id]))
                )
        return tuple((layer, tuple(tiles)) for layer, tiles in sorted(found.items()))

    def indexes(self) -> Iterator[IndexView]:
        """Yield the pages that lead to lists; one without any list would be a dead end."""
        views = (
            IndexView("needs/", "困りごとからさがす", "困りごと", "いまの困りごとに近いものを選んでください。", self.needs()),
            IndexView("kinds/", "種類からさがす", "種類", "場所や活動の種類で選べます。", self.groups()),
            IndexView("levels/", "助け合いのかたちからさがす", "助け合い", "だれが支えるかで分けた、四つの見方です。", self.levels()),
            IndexView("areas/", "地区からさがす", "地区", "その地区にあるもの、その地区を対象にしているものが見つかります。", self.districts(), self.layers()),
        )  # fmt: skip
        yield from (view for view in views if view.tiles or view.further)

    def pages(self) -> Iterator[ListView]:
        """Yield every page of every list."""
        return map(self.page, self.cuts())

    def cuts(self) -> Iterator[ListCut]:
        """Yield what every page of every list is made from, without making it."""
        for head, found in self._outlines():
            yield from self._cut(head, found)

    def paths(self) -> Iterator[str]:
        """Yield the address of every page of every list."""
        for head, found in self._outlines():
            yield from _addresses(head, found)

    def feeds(self) -> Iterator[Link]:
        """Yield the lists that have feeds of their own: those of areas, groups of kinds, and kinds."""
        yield from (Link(head.title, head.path) for head, found in self._outlines() if head.feed and found)

    def _outlines(self) -> Iterator[Outline]:
        directory = self.directory
        for term in directory.vocabularies["need"]:
            head = ListHead(
                f"needs/{term.id}/",
                term.label,
                (Link("困りごと", "needs/"),),
                _lead(term),
                search_path=f"search/?need={term.id}",
                guides=self.knowledge.of_need(term.id)[:4],
                delicate=is_secret(term),
            )
            yield head, directory.by_need.get(term.id, ())
        for term in directory.vocabularies["support_level"]:
            parents, search = (Link("助け合いのかたち", "levels/"),), f"search/?level={term.id}"
            head = ListHead(f"levels/{term.id}/", term.label, parents, _lead(term), level=term, search_path=search)
            yield head, directory.by_support_level.get(term.id, ())
        yield from self._kinds()
        yield from self._areas()
        for organization in directory.organizations.values():
            path, lead = f"organizations/{organization.id}/", "この団体が運営しているもの。"
            head = ListHead(path, organization.name, lead=lead)
            yield head, directory.by_organization.get(organization.id, ())
        yield ListHead("all/", "すべて（五十音順）", lead="のっているものすべて。"), directory.listed

    def _kinds(self) -> Iterator[Outline]:
        inside, parents = self.directory.by_kind, (Link("種類", "kinds/"),)
        kinds = self.directory.vocabularies["kind"]
        for group in self.directory.vocabularies["kind_group"]:
            path = f"kinds/{group.id}/"
            tiles = tuple(
                Tile(kind.id, kind.label, f"{path}{kind.id}/", len(inside[kind.id]))
                for kind in kinds
                if kind.group == group.id and kind.id in inside
            )
            shown = tiles if len(tiles) > 1 else ()
            head = ListHead(
                path, group.label, parents, group.definition, shown,
                map_path=f"map/?kind={group.id}", search_path=f"search/?group={group.id}", feed=feed_of(path),
            )  # fmt: skip
            yield head, self.directory.by_group.get(group.id, ())
            for tile in shown:
                head = ListHead(
                    tile.path,
                    tile.label,
                    (*parents, Link(group.label, path)),
                    search_path=f"search/?kind={tile.id}",
                    guides=self.knowledge.of_kind(tile.id),
                    feed="" if is_secret(kinds[tile.id]) else feed_of(tile.path),
                    delicate=is_secret(kinds[tile.id]),
                )
                yield head, inside[tile.id]

    def _areas(self) -> Iterator[Outline]:
        directory, parents = self.directory, (Link("地区", "areas/"),)
        for area_id, found in directory.by_district.items():
            area, path, by_need = directory.areas[area_id], f"areas/{area_id}/", _by_need(found)
            tiles = self._tiles("need", path, by_need)
            lead = f"{area.name}を対象にしているものと、{area.name}にあるもの（町の名前から見た目安）です。"
            head = ListHead(
                path, f"{area.name}地区", parents, lead, tiles, self._facts(area), map_path=f"map/?area={area_id}",
                search_path=f"search/?area={area_id}", windows=self.finder.towns_of(area_id), calendar=self.calendar.of_area(area_id), feed=feed_of(path), profile=_profile(area),
            )  # fmt: skip
            yield head, found
            for tile in tiles:
                head = ListHead(
                    tile.path,
                    f"{area.name}地区の「{tile.label}」",
                    (*parents, Link(f"{area.name}地区", path)),
                    search_path=f"search/?area={area_id}&need={tile.id}",
                    delicate=is_secret(directory.vocabularies["need"][tile.id]),
                )
                yield head, by_need[tile.id]
        for area_id, found in directory.by_layer.items():
            area, path = directory.areas[area_id], f"areas/{area_id}/"
            origin = directory.list_of_layer(area)
            lead = f"{area.layer or '区分'}「{area.name}」の町にあるものと、この地域を対象にしているものです{'（町の名前から見た目安）' if area.basis == 'derived' else ''}。{f'町の分け方は、{origin.as_of}のものです。' if origin else ''}"
            yield (
                ListHead(
                    path, area.name, parents, lead, facts=self._facts(area), feed=feed_of(path), profile=_profile(area)
                ),
                found,
            )
        for area_id, found in directory.by_place.items():
            area, path = directory.areas[area_id], f"areas/{area_id}/"
            lead = "この地域にあるもの、この地域を対象にしているもの。"
            yield (
                ListHead(
                    path, area.name, parents, lead, facts=self._facts(area), feed=feed_of(path), profile=_profile(area)
                ),
                found,
            )
        listed = directory.by_district.keys() | directory.by_layer.keys() | directory.by_place.keys()
        for area_id, found in directory.by_area.items():
            if area_id not in listed:
                lead = "この地域を対象にしているもの。"
                area = directory.areas[area_id]
                yield ListHead(f"areas/{area_id}/", area.name, parents, lead, profile=_profile(area)), found

    def _facts(self, area: Area) -> tuple[Fact, ...]:
        """Return what is known of a district or an area of a further layer: its towns, as a sum over them how many people live there, and other layers."""
        areas = self.directory.areas
        listed = tuple(town for town in areas.values() if town.id in area.towns)
        towns = self.directory.children(area.id) or listed
        facts = (
            [
                Fact(
                    "町" if listed and area.basis == "official" else "町（目安）",
                    "、".join(town.name for town in towns),
                )
            ]
            if towns
            else []
        )
        if parts := [town.name for town in areas.values() if town.id in area.parts_of]:
            facts.append(Fact("一部だけがふくまれる町", "、".join(parts)))
        facts += self._layer_facts(towns, area)
        people = people_in(area, towns)
        if people.total.count and people.last_day:
            total, older = people.total, people.age_65
            share = f"（{older.count / total.count:.0%}）" if older.whole is not None and total.whole else ""
            known = f"{older.count:,}人{share}" if older.count or not older.unknown_towns else "わかりません"
            if older.count and older.unknown_towns:
                known += f"（ほかに{older.unknown_towns}町はわかりません）"
            missing = f"人口のわからない町が{total.unknown_towns}あります。" if total.unknown_towns else ""
            facts.append(
                Fact(
                    "人口（目安。一部だけの町をのぞく）" if parts else "人口（目安）",
                    f"{total.count:,}人。65歳以上は{known}。{missing}{japanese_month(people.last_day)}時点",
                )
            )
        if area.body:
            facts.insert(0, Fact("地区の団体", area.body))
        if origin := self.directory.list_of_layer(area):
            facts.append(Fact("もとの一覧", f"{origin.name}（{origin.as_of}）。{origin.note}"))
        return tuple(facts)

    def _layer_facts(self, towns: tuple[Area, ...], area: Area) -> Iterator[Fact]:
        """Yield the areas of every further layer that hold the towns of an area; those that hold a part of its towns say so."""
        layers: dict[str, dict[str, bool]] = {}
        for town in towns:
            for above, part in self.directory.layers_of(town.id):
                if above.id != area.id and above.level != "district":
                    origin = self.directory.list_of_layer(above)
                    label = above.layer or self.directory.vocabularies["area_level"][above.level].label
                    found = layers.setdefault(f"{label}（{origin.as_of}）" if origin else label, {})
                    found[above.name] = found.get(above.name, False) or part
        for layer, found in layers.items():
            yield Fact(
                layer, "、".join(f"{name}（一部だけの町があります）" if part else name for name, part in found.items())
            )

    def _tiles(self, vocabulary: str, folder: str, index: Index) -> tuple[Tile, ...]:
        return tuple(
            Tile(
                term.id,
                term.label,
                f"{folder}{term.id}/",
                len(index[term.id]),
                term.icon,
                term.definition,
                term.official,
            )
            for term in self.directory.vocabularies[vocabulary]
            if term.id in index
        )

    def _cut(self, head: ListHead, found: tuple[Resource, ...]) -> Iterator[ListCut]:
        """Cut one list into pages (none for an empty list)."""
        links = tuple(Link(str(number), path) for number, path in enumerate(_addresses(head, found), start=1))
        long = len(found) > PAGE_SIZE // 3
        whole = replace(
            head,
            total=len(found),
            pages=links if len(links) > 1 else (),
            rows=self._rows(found, links) if long else (),
            map_path=head.map_path if any(r.point for r in found) else "",
            search_path=head.search_path if long else "",
            papers=tuple(paper for paper in self.papers if paper.shown_on == head.path),
            feed=head.feed if self.has_feeds else "",
        )
        later = replace(whole, tiles=(), facts=(), guides=(), windows=(), calendar=None, papers=(), profile="")
        for at, link in enumerate(links):
            records = found[at * PAGE_SIZE : (at + 1) * PAGE_SIZE]
            yield ListCut(later if at else whole, link.path, at + 1, records)

    def page(self, cut: ListCut) -> ListView:
        """Make one page of a list. It looks at nothing but ``cut`` and the cards of its records."""
        unread = any(not r.name_kana for r in cut.records)
        note = "ふりがなのない記録は、名前の順であとに並びます。" if unread else ""
        return ListView(cut.head, cut.path, cut.number, self._by_row(cut.records), note)

    def _rows(self, found: tuple[Resource, ...], links: tuple[Link, ...]) -> tuple[Link, ...]:
        """Return a link to the first record of each 五十音 row."""
        row_by_id = self._row_by_id
        rows = [row_by_id[resource.id] for resource in found]
        first = {row: rows.index(row) for row in ROWS if row in rows}
        return (
            tuple(Link(row, f"{links[place // PAGE_SIZE].path}#{_anchor(row)}") for row, place in first.items())
            if len(first) > 1
            else ()
        )

    @cached_property
    def _row_by_id(self) -> dict[str, str]:
        return {resource.id: row_of(resource.name_kana) for resource in self.directory.listed}

    def _by_row(self, part: tuple[Resource, ...]) -> tuple[CardGroup, ...]:
        rows: dict[str, list[CardView]] = {}
        for resource in part:
            rows.setdefault(row_of(resource.name_kana), []).append(self.cards[resource.id])
        order = [*ROWS, ""]
        return tuple(
            CardGroup(f"{row}行" if row else "", _anchor(row), tuple(rows[row])) for row in order if row in rows
        )


def _addresses(head: ListHead, found: tuple[Resource, ...]) -> Iterator[str]:
    for start in range(0, len(found), PAGE_SIZE):
        yield f"{head.path}{start // PAGE_SIZE + 1}/" if start else head.path


def _anchor(row: str) -> str:
    return f"row-{ROWS.index(row) + 1}" if row else ""


def _by_need(found: tuple[Resource, ...]) -> Index:
    index: dict[str, list[Resource]] = {}
    for resource in found:
        for need in dict.fromkeys(resource.needs):
            index.setdefault(need, []).append(resource)
    return {need: tuple(resources) for need, resources in index.items()}


def _profile(area: Area) -> str:
    return "" if area.level == "town" else f"profiles/{area.id}/"


def _reading(area: Area) -> str:
    return area.name_kana if area.kana_source == "confirmed" else ""


def _lead(term: Term) -> str:
    if term.definition:
        return term.definition
    return f"専門職のことばでは「{term.official}」。" if term.official else ""

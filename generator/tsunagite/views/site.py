"""SiteView: the whole site as pages see it: home, lists, and one record view at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.directory import Directory, Index
from tsunagite.geometry import Neighbours
from tsunagite.model.resource import Resource
from tsunagite.model.site import SiteSettings
from tsunagite.model.vocabulary import Term
from tsunagite.text import phones
from tsunagite.text.dates import japanese_date, japanese_month
from tsunagite.text.kana import ROWS, row_of
from tsunagite.views.record import CardView, Link, PhoneView, RecordView, record_path

PAGE_SIZE = 60  # cards on one list page: about four screens of a phone, 60 kB of HTML


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
    """Cards under one heading of a list (a 五十音 row)."""

    heading: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class Paper:
    """A printable sheet: its address, what it is, on which paper, and the list page that offers it."""

    path: str
    title: str
    size: str
    shown_on: str


@dataclass(frozen=True)
class ListView:
    """One page of one list."""

    path: str
    title: str
    lead: str
    note: str
    parent: Link
    total: int
    groups: tuple[CardGroup, ...]
    page: int
    pages: tuple[Link, ...]
    level: Term | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class IndexView:
    """A page of tiles: all needs, all kinds, all areas."""

    path: str
    title: str
    title_short: str
    lead: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class HomeView:
    """The first page."""

    needs: tuple[Tile, ...]
    levels: tuple[Tile, ...]
    groups: tuple[Tile, ...]
    areas: tuple[Tile, ...]
    main_window: CardView | None
    total: int
    data_month: str


@dataclass(frozen=True)
class SourceRow:
    """A list that records were imported from."""

    name: str
    owner: str
    data_date: str
    licence: str
    licence_url: str
    credit: str
    url: str


@dataclass(frozen=True)
class SiteView:
    """Everything that pages and papers are made from."""

    directory: Directory
    today: date
    guides: tuple[Link, ...] = ()

    @classmethod
    def of(cls, directory: Directory, today: date, guides: tuple[Link, ...] = ()) -> SiteView:
        """Wrap a directory for one day. ``guides`` are the hand-written pages."""
        return cls(directory, today, guides)

    @property
    def settings(self) -> SiteSettings:
        """What the municipality decided about its site."""
        return self.directory.settings

    @cached_property
    def has_map(self) -> bool:
        """Whether any listed record has a point."""
        return any(r.location and r.location.has_point for r in self.directory.listed)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The printable sheets of the site (one leaflet for the whole municipality so far)."""
        if all(self.directory.is_equipment(resource) for resource in self.directory.listed):
            return ()
        title = f"{self.settings.municipality}　暮らしの相談と居場所".strip()
        return (Paper(f"papers/{self.settings.area or 'city'}.pdf", title, "A4", "all/"),)

    @cached_property
    def emergency(self) -> tuple[PhoneView, ...]:
        """The numbers of the emergency strip."""
        return tuple(PhoneView(e.number, phones.tel_href(e.number), e.label, "") for e in self.settings.emergency)

    @cached_property
    def cards(self) -> dict[str, CardView]:
        """Every published record as a card, by id, in 五十音 order."""
        return {resource.id: CardView.of(self.directory, resource) for resource in self.directory.published}

    def records(self) -> Iterator[RecordView]:
        """Yield one record view after another, so that memory does not grow with the number of records."""
        for resource in self.directory.published:
            yield RecordView.of(self.directory, resource, self.today, self._similar(resource))

    def _similar(self, resource: Resource) -> tuple[CardView, ...]:
        """Return up to three records of the same kind, nearest first (equipment has no neighbours)."""
        if self.directory.is_equipment(resource):
            return ()
        location = resource.location
        if location is None or location.lat is None or location.lng is None:
            return tuple(self.cards[r.id] for r in self._by_kind.get(resource.kind, ())[:4] if r.id != resource.id)[:3]
        near = self._neighbours[resource.kind] if resource.kind in self._neighbours else None
        found = near.near(location.lat, location.lng, 3, leave_out=resource.id) if near else ()
        return tuple(self.cards[record_id] for record_id in found)

    @cached_property
    def _by_kind(self) -> Index:
        index: dict[str, list[Resource]] = {}
        for resource in self.directory.listed:
            index.setdefault(resource.kind, []).append(resource)
        return {kind: tuple(found) for kind, found in index.items()}

    @cached_property
    def _neighbours(self) -> dict[str, Neighbours]:
        points: dict[str, list[tuple[str, float, float]]] = {}
        for resource in self.directory.listed:
            location = resource.location
            if location and location.lat is not None and location.lng is not None:
                points.setdefault(resource.kind, []).append((resource.id, location.lat, location.lng))
        return {kind: Neighbours(found) for kind, found in points.items()}

    @cached_property
    def home(self) -> HomeView:
        """The first page: needs, levels, kinds, areas, and the windows that can always be asked."""
        dates = [source.data_date for source in self.directory.sources.values()]
        return HomeView(
            needs=self._need_tiles,
            levels=self._level_tiles,
            groups=self._group_tiles,
            areas=self._area_tiles,
            main_window=self.cards.get(self.settings.main_window or ""),
            total=len(self.directory.listed),
            data_month=japanese_month(max(dates)) if dates else "",
        )

    @cached_property
    def _need_tiles(self) -> tuple[Tile, ...]:
        return self._tiles("need", "needs", self.directory.by_need)

    @cached_property
    def _level_tiles(self) -> tuple[Tile, ...]:
        return self._tiles("support_level", "levels", self.directory.by_support_level)

    @cached_property
    def _group_tiles(self) -> tuple[Tile, ...]:
        return self._tiles("kind_group", "kinds", self.directory.by_group)

    @cached_property
    def _area_tiles(self) -> tuple[Tile, ...]:
        return tuple(
            Tile(area.id, area.name, f"areas/{area.id}/", len(self.directory.by_area[area.id]), note=area.name_kana)
            for area in self.directory.areas.values()
            if area.id in self.directory.by_area
        )

    def _tiles(self, vocabulary: str, folder: str, index: Index) -> tuple[Tile, ...]:
        return tuple(
            Tile(term.id, term.label, f"{folder}/{term.id}/", len(index[term.id]), term.icon, term.definition, term.official)
            for term in self.directory.vocabularies[vocabulary]
            if term.id in index
        )

    def indexes(self) -> Iterator[IndexView]:
        """Yield the pages that lead to lists; one without any list would be a dead end."""
        views = (
            IndexView("needs/", "困りごとからさがす", "困りごと", "いまの困りごとに近いものを選んでください。", self._need_tiles),
            IndexView("kinds/", "種類からさがす", "種類", "場所や活動の種類で選べます。", self._group_tiles),
            IndexView("levels/", "助け合いのかたちからさがす", "助け合い", "だれが支えるかで分けた、四つの見方です。", self._level_tiles),
            IndexView("areas/", "地域からさがす", "地域", "その地域を対象にしているものが見つかります。", self._area_tiles),
        )
        yield from (view for view in views if view.tiles)

    def lists(self) -> Iterator[ListView]:
        """Yield every page of every list."""
        terms: tuple[tuple[str, str, Link, Index], ...] = (
            ("need", "needs", Link("困りごと", "needs/"), self.directory.by_need),
            ("kind_group", "kinds", Link("種類", "kinds/"), self.directory.by_group),
            ("support_level", "levels", Link("助け合いのかたち", "levels/"), self.directory.by_support_level),
        )
        for vocabulary, folder, parent, index in terms:
            for term in self.directory.vocabularies[vocabulary]:
                if term.id in index:
                    level = term if vocabulary == "support_level" else None
                    yield from self._pages(f"{folder}/{term.id}/", term.label, _lead(term), parent, index[term.id], level)
        for area_id, found in self.directory.by_area.items():
            area = self.directory.areas[area_id]
            yield from self._pages(f"areas/{area_id}/", area.name, "この地域を対象にしているもの。", Link("地域", "areas/"), found)
        yield from self._pages("all/", "すべて（五十音順）", "のっているものすべて。", Link("ホーム", ""), self.directory.listed)

    def _pages(
        self, path: str, title: str, lead: str, parent: Link, found: tuple[Resource, ...], level: Term | None = None
    ) -> Iterator[ListView]:
        count = max(1, math.ceil(len(found) / PAGE_SIZE))
        links = tuple(Link(str(n), path if n == 1 else f"{path}{n}/") for n in range(1, count + 1))
        for number in range(count):
            part = found[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
            yield ListView(
                path=links[number].path,
                title=title,
                lead=lead,
                note="ふりがなのない記録は、名前の順であとに並びます。" if any(not r.name_kana for r in part) else "",
                parent=parent,
                total=len(found),
                groups=self._by_row(part),
                page=number + 1,
                pages=links,
                level=level,
                papers=tuple(paper for paper in self.papers if paper.shown_on == path),
            )

    def _by_row(self, part: tuple[Resource, ...]) -> tuple[CardGroup, ...]:
        rows: dict[str, list[CardView]] = {}
        for resource in part:
            rows.setdefault(row_of(resource.name_kana), []).append(self.cards[resource.id])
        order = [*ROWS, ""]
        return tuple(
            CardGroup(f"{row}行" if row else "", tuple(cards)) for row, cards in sorted(rows.items(), key=lambda i: order.index(i[0]))
        )

    def source_rows(self) -> tuple[SourceRow, ...]:
        """Return every list that records come from, for the page of sources."""
        return tuple(
            SourceRow(s.name, s.owner, japanese_date(s.data_date), s.licence, s.licence_url or "", s.credit, s.url or "")
            for s in self.directory.sources.values()
        )

    def paths(self) -> Iterator[str]:
        """Yield the address of every page made from records, for the sitemap."""
        yield ""
        yield from (guide.path for guide in self.guides)
        yield from (index.path for index in self.indexes())
        yield from (["map/", "sources/"] if self.has_map else ["sources/"])
        yield from (page.path for page in self.lists())
        yield from (record_path(resource.id) for resource in self.directory.published)


def _lead(term: Term) -> str:
    if term.definition:
        return term.definition
    return f"専門職のことばでは「{term.official}」。" if term.official else ""

"""SiteView: the whole site as pages see it: home, lists, and one record view at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tsunagite.calendar.view import CalendarView
from tsunagite.contact.emergency import EmergencyView
from tsunagite.contact.view import FinderView
from tsunagite.engine.digest import Digests
from tsunagite.geo.nearest import Place, nearest
from tsunagite.guides.view import KnowledgeBase
from tsunagite.news.history import History
from tsunagite.news.view import NewsView, month_path
from tsunagite.papers.pamphlets import Pamphlets
from tsunagite.papers.parts.entry import shared_sentences
from tsunagite.records.directory import Directory
from tsunagite.records.load.photos import photos_of
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import SiteSettings
from tsunagite.search.facets import FacetsView
from tsunagite.search.view import SearchView
from tsunagite.site.lists import Lists, Paper, Tile
from tsunagite.site.record import CardView, Link, PhoneView, RecordParts, RecordView, RecordViews, record_path
from tsunagite.text import phones
from tsunagite.text.dates import NO_DAY, japanese_date, japanese_month
from tsunagite.worksheets.matrix import matrix_paths
from tsunagite.worksheets.view import WorksheetBook


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
class SourceView:
    """A list that records were imported from, or a layer of areas."""

    name: str
    owner: str
    data_date: str
    licence: str
    licence_url: str
    credit: str
    url: str


@dataclass(frozen=True)
class GuidePage(Link):
    """A hand-written page: its title, its address and all its words."""

    text: str = ""


class Cards(Mapping[str, CardView]):
    """Every published record as a card, by id, in 五十音 order. A card is made when it is asked for: after an edit few are."""

    def __init__(self, directory: Directory, prints: Digests, today: date) -> None:
        self._directory, self._prints, self._today = directory, prints, today
        self._resources = {resource.id: resource for resource in directory.published}
        self._made: dict[str, CardView] = {}

    def __getitem__(self, record_id: str) -> CardView:
        if (card := self._made.get(record_id)) is None:
            card = self._made[record_id] = CardView.of(self._directory, self._resources[record_id], self._today)
            self._prints.know(card, "card", self._directory.digests[record_id], card.pause, card.fresh)
        return card

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._resources

    def __iter__(self) -> Iterator[str]:
        return iter(self._resources)

    def __len__(self) -> int:
        return len(self._resources)


@dataclass(frozen=True)
class SiteView:
    """Everything that pages and papers are made from."""

    directory: Directory
    today: date
    guides: tuple[GuidePage, ...] = ()
    history: History = field(default_factory=History)

    @classmethod
    def of(
        cls, directory: Directory, today: date, guides: tuple[GuidePage, ...] = (), history: History | None = None
    ) -> SiteView:
        """Wrap what a site may show of a directory on one day. ``guides`` are the hand-written pages, ``history`` is what git knows of the records."""
        return cls(directory.visible_in("web", today), today, guides, history or History())

    @cached_property
    def printed(self) -> SiteView:
        """The site as its papers show it: what may stand on the web and on paper, since the site offers their PDFs."""
        directory = self.directory.visible_in("print", self.today)
        return self if directory is self.directory else SiteView(directory, self.today, self.guides, self.history)

    @property
    def settings(self) -> SiteSettings:
        """What the municipality decided about its site."""
        return self.directory.settings

    @cached_property
    def has_map(self) -> bool:
        """Whether any listed record has a point."""
        return any(r.location and r.location.has_point for r in self.directory.listed)

    @cached_property
    def outline(self) -> list[list[tuple[float, float]]]:
        """The outline of the municipality (N03) as rings of (lat, lng), drawn where a map has no tiles; none where it is not at hand."""
        city = self.directory.areas.get(self.settings.area or "")
        return self.directory.boundaries.drawn(city.lg_code) if city and city.lg_code else []

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """What can be printed of an area: papers that need no description, then those with one; the municipality's first."""
        papers = Pamphlets(self.printed)
        return tuple(view.paper for view in (*papers.undescribed, *papers.views()) if view.shown_on)

    @cached_property
    def shared_sentences(self) -> frozenset[str]:
        """Sentences that so many records share that a paper need not say them of one."""
        return shared_sentences(self.directory.published)

    @property
    def has_papers(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.papers or self.directory.pamphlets or self.knowledge)

    @cached_property
    def emergency(self) -> tuple[PhoneView, ...]:
        """The numbers of the emergency strip, without a national one that the municipality does not have."""
        absent = {term.number for term in self.directory.vocabularies["hotline"] if term.hidden}
        return tuple(
            PhoneView(e.number, phones.tel_href(e.number), e.label, "")
            for e in self.settings.emergency
            if e.number not in absent
        )

    @cached_property
    def prints(self) -> Digests:
        """Tells whether something is made from the same as in another build. Records are known by what was written of them."""
        prints = Digests()
        for resource in self.directory.published:
            prints.know(resource, self.directory.digests[resource.id])
        return prints

    @cached_property
    def surroundings_print(self) -> bytes:
        """What stands for all that any record's page may be made from besides records: settings, words, areas, the day."""
        return self.prints.of(self.directory.surroundings_digest, self.today, self.guides, self.news.has_feeds)

    @cached_property
    def sketch_print(self) -> bytes:
        """What stands for all records and their surroundings, but for the words of records: most edits leave it as it is."""
        return self.prints.of(self.surroundings_print, self.directory.sketch_digest)

    @cached_property
    def cards(self) -> Cards:
        """Every published record as a card."""
        return Cards(self.directory, self.prints, self.today)

    def records(self) -> Iterator[RecordView]:
        """Yield one record view after another, so that memory does not grow with the number of records."""
        return map(self.record, self.record_parts())

    def record(self, parts: RecordParts) -> RecordView:
        """Return the view of one record."""
        return self._record_views.of(parts)

    @cached_property
    def _record_views(self) -> RecordViews:
        return RecordViews(self.directory, self.card, self.today)

    def card(self, resource: Resource) -> CardView:
        """Return the card of any resource, those that have no page too."""
        return self.cards.get(resource.id) or CardView.of(self.directory, resource, self.today)

    def record_parts(self) -> Iterator[RecordParts]:
        """Yield what each record's page is made from, without making it."""
        return (self.parts_of(resource, self.neighbours) for resource in self.directory.published)

    def parts_of(self, resource: Resource, neighbours: Mapping[str, Sequence[str]]) -> RecordParts:
        """Return what a record's page is made from. ``neighbours`` are those of this site."""
        guides = (*self._guides_of_kinds[resource.kind], *self.worksheets.of_record(resource.id))
        ended = resource.replaced_by or ""
        replacement = self.directory.resources[ended] if ended in self.cards else None
        return RecordParts(
            resource,
            replacement,
            self._similar(resource, neighbours),
            guides,
            photos_of(resource, self.directory.photos),
        )

    @cached_property
    def _guides_of_kinds(self) -> Mapping[str, tuple[Link, ...]]:
        return {kind.id: self.knowledge.of_kind(kind.id) for kind in self.directory.vocabularies["kind"]}

    def _similar(self, resource: Resource, neighbours: Mapping[str, Sequence[str]]) -> tuple[Resource, ...]:
        """Return up to three records of the same kind, nearest first (equipment has no neighbours)."""
        if self.directory.is_equipment(resource):
            return ()
        location = resource.location
        if location is None or location.lat is None or location.lng is None:
            return tuple(r for r in self.directory.by_kind.get(resource.kind, ())[:4] if r.id != resource.id)[:3]
        return tuple(map(self.directory.resources.__getitem__, neighbours.get(resource.id, ())))

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """The nearest three of its kind for every record with a point."""
        asked: dict[str, list[Place]] = {}
        for resource in self.directory.published:
            location = resource.location
            if location and location.lat is not None and location.lng is not None:
                asked.setdefault(resource.kind, []).append((resource.id, location.lat, location.lng))
        listed = {kind: {r.id for r in found} for kind, found in self.directory.by_kind.items()}
        found: dict[str, tuple[str, ...]] = {}
        for kind, places in asked.items():
            found |= nearest([place for place in places if place[0] in listed.get(kind, ())], places, 3)
        return found

    @cached_property
    def home(self) -> HomeView:
        """The first page: needs, levels, kinds, areas, and the windows that can always be asked."""
        dates = [source.data_date for source in self.directory.sources.values() if source.data_date]
        return HomeView(
            needs=self.lists.needs(),
            levels=self.lists.levels(),
            groups=self.lists.groups(),
            areas=self.lists.districts(),
            main_window=self.cards.get(self.settings.main_window or ""),
            total=len(self.directory.listed),
            data_month=japanese_month(max(dates)) if dates else "",
        )

    @cached_property
    def lists(self) -> Lists:
        """Every static list of the site."""
        return Lists(
            self.directory, self.cards, self.papers, self.knowledge, self.finder, self.calendar, self.news.has_feeds
        )

    @cached_property
    def news(self) -> NewsView:
        """What has become of the records lately."""
        return NewsView(self.directory, self.history, self.today, self.card)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """The guides to roles, processes and words."""
        return KnowledgeBase(self.directory, self.cards)

    @cached_property
    def worksheets(self) -> WorksheetBook:
        """The sheets that meetings use, blank and filled."""
        return WorksheetBook(self.directory, self.cards, self.knowledge.links)

    @cached_property
    def finder(self) -> FinderView:
        """The contact finder (false where the site has no troubles)."""
        return FinderView(self.directory, self.cards)

    @cached_property
    def calendar(self) -> CalendarView:
        """Meetings and events (false where nothing meets)."""
        return CalendarView(self.directory, self.cards, self.today)

    @property
    def emergencies(self) -> EmergencyView:
        """What an emergency is, whom to call and what to do."""
        return self.finder.emergency

    @cached_property
    def aed_list(self) -> str:
        """Where the AEDs are listed ("" where none is)."""
        found = self.directory.by_kind.get("aed", ())
        if not found:
            return ""
        kinds = {resource.kind for resource in self.directory.by_group[self.directory.kind(found[0]).group]}
        folder = f"kinds/{self.directory.kind(found[0]).group}/"
        return f"{folder}aed/" if len(kinds) > 1 else folder

    @cached_property
    def search(self) -> SearchView:
        """Everything that can be found."""
        return SearchView.of(self.directory, self.guides, self.finder.troubles if self.finder else ())

    @cached_property
    def facets(self) -> FacetsView:
        """What a search can be narrowed by, in the order of its documents."""
        return FacetsView.of(self.directory, self.search.records)

    def source_rows(self) -> tuple[SourceView, ...]:
        """Return every list that records and layers of areas come from, for the page of sources."""
        records = [
            SourceView(
                s.name,
                s.owner,
                f"{japanese_date(s.data_date)}時点" if s.data_date else NO_DAY,
                s.licence,
                s.licence_url or "",
                s.credit,
                s.url or "",
            )
            for s in self.directory.sources.values()
        ]
        layers = [
            SourceView(one.name, placed.record.municipality, one.as_of, one.licence, "", one.credit, one.url or "")
            for placed in self.directory.placed_area_lists for one in placed.record.layers.values()
        ]  # fmt: skip
        return (*records, *layers)

    def paths(self) -> Iterator[str]:
        """Yield the address of every page made from records, for the sitemap."""
        yield ""
        yield from (guide.path for guide in self.guides)
        yield from (index.path for index in self.lists.indexes())
        yield from (["map/"] if self.has_map else [])
        yield "search/"
        yield "list/"
        yield from ("offline/", "offline/record/")
        yield "emergency/"
        yield from self.finder.paths()
        yield from self.calendar.paths()
        yield from self.knowledge.paths()
        yield from self.worksheets.paths()
        yield from matrix_paths(self)
        yield from ("news/", *map(month_path, self.news.months()))
        yield from ("sources/", "opendata/", "embed/make/", "quality/", "fields/")
        yield from self.lists.paths()
        yield from (["pamphlets/"] if self.has_papers else [])
        yield from (f"pamphlets/{paper}/" for paper in self.directory.pamphlets)
        yield from (record_path(resource.id) for resource in self.directory.published)

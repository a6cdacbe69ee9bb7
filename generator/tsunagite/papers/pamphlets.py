"""PamphletView: a described paper as a page of the site: what it holds, in which editions it can be printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tsunagite.findings import SourceLocation
from tsunagite.guides.view import KnowledgeBase
from tsunagite.papers.parts.areas import areas_with_papers, is_whole
from tsunagite.papers.parts.cover import Cover, cover_of, full_title
from tsunagite.papers.parts.entry import Entries, PaperEntry
from tsunagite.papers.parts.fit import PaperPart
from tsunagite.papers.parts.map import PaperMap
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.parts.words import Imprint, imprint, map_credit
from tsunagite.papers.source import PaperSource
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.records.model.resource import Resource
from tsunagite.site.lists import Paper
from tsunagite.site.record import record_path
from tsunagite.text import phones

MAP_SIZE, MAP_TYPE = (90.0, 100.0), 11.0
"""Millimetres and points, before the page scales it to a phone's width: there 14 pixels are the smallest."""
TITLE = "暮らしの相談と居場所"
OF_A_DISTRICT: dict[str, dict[str, Any]] = {
    "": {
        "title": TITLE,
        "layout": "leaflet",
        "lead": "窓口、集まるところ、医院、買い物と手伝いを、うらおもてに。",
        "order": "near",
        "large": False,
    },
    "-large": {
        "title": "暮らしの案内",
        "layout": "three_fold",
        "lead": "相談の電話、集まるところ、近くの医院、買い物と手伝い。",
        "order": "near",
        "large": True,
    },
}
"""Papers that need no description, by the end of their file's name: one in normal and one in large type, so that a build stays short."""
OF_THE_CITY: dict[str, dict[str, Any]] = {"": {"title": TITLE, "layout": "leaflet", "lead": "迷ったら、まず電話で聞いてみてください。", "large": False, "kinds": (
    "social_welfare_council", "city_office", "health_center", "life_support_coordinator", "telephone_advice", "livelihood_support",
    "disability_support_center", "guardianship_center", "consumer_center", "gathering_place", "exercise_group", "dementia_cafe", "rest_house", "library",
    "bath", "community_center", "public_facility", "senior_club", "hobby_circle", "children_cafeteria", "meal_delivery", "household_help", "watch_over",
    "mobile_shop", "visiting_barber", "community_bus", "welfare_transport", "care_taxi", "volunteer_group",
)}}  # fmt: skip
LONGEST_RUBY = 8  # kana that stand over a name on a phone


@dataclass(frozen=True)
class Edition:
    """A PDF of a paper. ``imposed`` is the file for printing, folding and stapling."""

    path: str
    label: str
    large: bool
    imposed: bool = False


@dataclass(frozen=True)
class PageEntry:
    """A record on the page of a paper. ``path`` is its own page; ``calls`` are (number, what a tap dials).

    ``reading`` is the whole reading where it is too long to stand over the name on a phone.
    """

    entry: PaperEntry
    reading: str
    path: str
    calls: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageSection:
    """Records under one heading of the page."""

    heading: str
    official: str
    entries: tuple[PageEntry, ...]


@dataclass(frozen=True)
class PamphletView:
    """A described paper."""

    id: str
    path: str
    title: str
    lead: str
    layout: str
    size: str
    about: str
    audience: str
    editions: tuple[Edition, ...]
    place: SourceLocation
    selection: Selection
    shown_on: str = ""

    @classmethod
    def of(cls, selection: Selection, place: SourceLocation) -> PamphletView:
        """Return a described paper with its editions."""
        paper = selection.pamphlet
        path = f"pamphlets/{paper.id}/"
        editions = [Edition(f"{path}{paper.id}.pdf", "ふつうの文字", large=False)]
        if paper.layout == "booklet":
            editions.append(Edition(f"{path}{paper.id}-duplex.pdf", "両面印刷してとじる用", large=False, imposed=True))
        if paper.large:
            editions.append(Edition(f"{path}{paper.id}-large.pdf", "大きな文字", large=True))
            if paper.layout == "booklet":
                editions.append(
                    Edition(
                        f"{path}{paper.id}-large-duplex.pdf",
                        "大きな文字・両面印刷してとじる用",
                        large=True,
                        imposed=True,
                    )
                )
        return cls._of(selection, place, path, tuple(editions), f"areas/{paper.area}/" if paper.area else "")

    @classmethod
    def undescribed(cls, selection: Selection, place: SourceLocation, path: str, shown_on: str) -> PamphletView:
        """Return a paper that every area has, in one edition; ``path`` is that of its PDF, ``shown_on`` the page that offers it."""
        large = selection.pamphlet.large
        return cls._of(
            selection, place, "", (Edition(path, "大きな文字" if large else "ふつうの文字", large=large),), shown_on
        )

    @classmethod
    def _of(
        cls, selection: Selection, place: SourceLocation, path: str, editions: tuple[Edition, ...], shown_on: str
    ) -> PamphletView:
        paper = selection.pamphlet
        layout = selection.directory.vocabularies["paper_layout"][paper.layout]
        return cls(
            paper.id, path, full_title(selection), paper.lead, layout.label, layout.official, layout.definition, paper.audience, editions,
            place, selection, shown_on,
        )  # fmt: skip

    @property
    def paper(self) -> Paper:
        """The paper as a list of papers offers it."""
        return Paper(
            self.title,
            self.layout,
            self.size,
            self.shown_on,
            tuple((e.path, e.label) for e in self.editions),
            self.path,
        )

    def without(self, lost: set[str]) -> PamphletView:
        """Return the paper without the editions (by path) that could not be made."""
        return replace(self, editions=tuple(edition for edition in self.editions if edition.path not in lost))

    def page(self) -> PamphletPage:
        """Return everything the paper is about, as a page: nothing has to fit there."""
        return PamphletPage.of(self)


@dataclass(frozen=True)
class PamphletPage:
    """The HTML edition of a paper."""

    cover: Cover
    sections: tuple[PageSection, ...]
    map: PaperMap | None
    map_note: str
    back: Imprint

    @classmethod
    def of(cls, view: PamphletView) -> PamphletPage:
        """Gather the windows and all records of the selection."""
        selection = view.selection
        cards_only = selection.pamphlet.layout in ("fridge_card", "window_sheet")
        groups = () if cards_only else selection.groups
        found = tuple(r for group in groups for r in group.records)
        taken = {r.id for r in found}
        windows = tuple(r for r in selection.windows if r.id not in taken)
        order = (*windows, *found)
        entries = Entries.of(selection.source, order)
        has_map = not selection.is_whole and selection.middle is not None
        numbers = {r.id: at for at, r in enumerate((r for r in order if has_map and selection.on_map(r)), start=1)}
        parts = [PaperPart("相談するところ", "", tuple(entries.by_id[r.id] for r in windows))] if windows else []
        parts += [PaperPart(g.heading, g.official, tuple(entries.by_id[r.id] for r in g.records)) for g in groups]
        drawn = selection.map(numbers, *MAP_SIZE, MAP_TYPE) if has_map and numbers else None
        return cls(
            cover=cover_of(selection, selection.windows, entries)
            if windows
            else Cover("", (), selection.pamphlet.lead, None),
            sections=tuple(
                PageSection(
                    p.heading, p.official, tuple(_entry(selection, e.numbered(numbers.get(e.id, 0))) for e in p.entries)
                )
                for p in parts
            ),
            map=drawn,
            map_note=f"番号は一覧の番号、点線は歩く時間の目安（1分80m）です。{map_credit(selection, drawn)}",
            back=imprint(selection, order, entries),
        )


def _entry(selection: Selection, entry: PaperEntry) -> PageEntry:
    """Return a record with the links a page can have and paper cannot."""
    resource: Resource = selection.directory.resources[entry.id]
    calls = tuple((p.number, "" if phones.is_sample(p.number) else phones.tel_href(p.number)) for p in entry.phones)
    long = any(len(over) > LONGEST_RUBY for _, over in entry.name)
    return PageEntry(entry, resource.name_kana if long else entry.reading, record_path(resource.id), calls)


@dataclass(frozen=True)
class PaperShelf:
    """Papers for one kind of reader."""

    heading: str
    lead: str
    papers: tuple[PamphletView, ...]


@dataclass(frozen=True)
class Pamphlets:
    """All papers of a site."""

    source: PaperSource
    knowledge: KnowledgeBase

    def __bool__(self) -> bool:
        return bool(self.offered or self.source.directory.pamphlets or self.knowledge)

    def views(self) -> tuple[PamphletView, ...]:
        """Return every described paper, in the order of the files."""
        directory = self.source.directory
        first = {placed.record.id: placed for placed in reversed(directory.placed_pamphlets)}
        return tuple(
            PamphletView.of(Selection(self.source, paper), first[i].place) for i, paper in directory.pamphlets.items()
        )

    def shelves(self, views: tuple[PamphletView, ...]) -> tuple[PaperShelf, ...]:
        """Return papers grouped by whom they are for, in the order of the vocabulary."""
        terms = self.source.directory.vocabularies["paper_audience"]
        shelves = (
            PaperShelf(term.label, term.definition, tuple(v for v in views if v.audience == term.id)) for term in terms
        )
        return tuple(shelf for shelf in shelves if shelf.papers)

    @cached_property
    def undescribed(self) -> tuple[PamphletView, ...]:
        """The papers that the municipality and its districts have without a description."""
        return undescribed(self.source)

    @cached_property
    def offered(self) -> tuple[Paper, ...]:
        """What can be printed of an area: papers that need no description, then those with one; the municipality's first."""
        return tuple(view.paper for view in (*self.undescribed, *self.views()) if view.shown_on)

    @property
    def by_area(self) -> tuple[tuple[str, tuple[Paper, ...]], ...]:
        """Everything to print of an area, by the page of the area."""
        found: dict[str, list[Paper]] = {}
        for paper in self.offered:
            found.setdefault(paper.shown_on, []).append(paper)
        return tuple((page, tuple(papers)) for page, papers in found.items())

    @property
    def sheets(self) -> tuple[tuple[str, tuple[Paper, ...]], ...]:
        """The sheets of guides, by section."""
        found: dict[str, list[Paper]] = {}
        for guide in self.knowledge.pages():
            if guide.paper:
                found.setdefault(guide.section.label, []).append(
                    Paper(guide.head.title, "一枚", "A4", guide.path, ((guide.paper, "ふつうの文字"),))
                )
        return tuple((section, tuple(papers)) for section, papers in found.items())


def undescribed(source: PaperSource) -> tuple[PamphletView, ...]:
    """Return a leaflet of the municipality; a leaflet and a large three-fold of each district, unless a description makes that one."""
    directory, views = source.directory, []
    places = {placed.record.id: placed.place for placed in directory.placed_areas}
    described = {(paper.area, paper.layout) for paper in directory.pamphlets.values()}
    for area_id in areas_with_papers(directory, source.today):
        whole = is_whole(directory, area_id)
        shown_on = "all/" if whole else f"areas/{area_id}/"
        for name, data in (OF_THE_CITY if whole else OF_A_DISTRICT).items():
            if (area_id, data["layout"]) in described:
                continue
            said = {**data, "id": area_id or "city"} if whole else {**data, "id": area_id, "area": area_id}
            if whole:
                said["title"] = f"{directory.settings.municipality}　{data['title']}"[:30].strip()
                said["kinds"] = [kind for kind in data["kinds"] if kind in directory.vocabularies["kind"].terms]
            pamphlet = Pamphlet.model_validate(said, context={"vocabularies": directory.vocabularies})
            selection = Selection(source, pamphlet, opens="" if whole else shown_on)
            views.append(
                PamphletView.undescribed(
                    selection,
                    places.get(area_id, SourceLocation("resources/site.yml")),
                    f"papers/{area_id or 'city'}{name}.pdf",
                    shown_on,
                )
            )
    return tuple(views)

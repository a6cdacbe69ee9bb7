"""assemble: the views of every feature, from the directory to the pages of it, in the order in which they read one another.

Only this module and its callers (products, commands) see all views; a feature is handed the few that it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tsunagite.assessment.cases import FROM_SHEETS
from tsunagite.assessment.files import SLEEPING
from tsunagite.assessment.profile import Profiles
from tsunagite.assessment.report import ReportParts
from tsunagite.assessment.report_files import REPORT
from tsunagite.assessment.view import AssessmentView
from tsunagite.assessment.what_if import WHAT_IF
from tsunagite.calendar.view import CalendarView
from tsunagite.contact.view import FinderView
from tsunagite.engine.keys import Keys
from tsunagite.guides.view import KnowledgeBase
from tsunagite.languages.view import EditionViews
from tsunagite.map.points import has_map
from tsunagite.news.history import History
from tsunagite.news.view import NewsView, month_path
from tsunagite.papers.pamphlets import Pamphlets
from tsunagite.papers.source import PaperSource
from tsunagite.records.directory import Directory
from tsunagite.search.facets import FacetsView
from tsunagite.search.view import SearchView
from tsunagite.site.cards import Cards
from tsunagite.site.home import HomeView
from tsunagite.site.lists import Lists
from tsunagite.site.quality import known_shares
from tsunagite.site.record import GuidePage, RecordViews, record_path
from tsunagite.site.records import Records
from tsunagite.site.trend import months_of
from tsunagite.stakeholders.view import StakeholdersView
from tsunagite.worksheets.matrix import matrix_paths
from tsunagite.worksheets.view import WorksheetBook


def assemble(
    directory: Directory, today: date, guides: tuple[GuidePage, ...] = (), history: History | None = None
) -> Views:
    """Return the views of what a site may show of a directory on one day.

    ``guides`` are the pages that the layout writes itself, ``history`` is what git knows of the records.
    """
    return Views(directory.visible_in("web", today), today, guides, history or History())


@dataclass(frozen=True)
class Views:
    """Every view of a site. Each is made when somebody reads it, and reads only those above it."""

    directory: Directory
    today: date
    guides: tuple[GuidePage, ...]
    history: History

    @cached_property
    def printed(self) -> Views:
        """The same of what may stand on the web and on paper: the site offers the PDFs of its papers."""
        directory = self.directory.visible_in("print", self.today)
        return self if directory is self.directory else Views(directory, self.today, self.guides, self.history)

    @cached_property
    def news(self) -> NewsView:
        """What has become of the records lately."""
        return NewsView(self.directory, self.history, self.today)

    @cached_property
    def keys(self) -> Keys:
        """What stands for what a product is made from."""
        return Keys(
            self.directory, (self.today, self.news.has_feeds), [(page.label, page.path) for page in self.guides]
        )

    @cached_property
    def cards(self) -> Cards:
        """Every published record as a card."""
        return Cards(self.directory, self.keys, self.today)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """The guides to roles, processes and words."""
        return KnowledgeBase(self.directory, self.cards)

    @cached_property
    def worksheets(self) -> WorksheetBook:
        """The sheets that meetings use, blank and filled."""
        return WorksheetBook(self.directory, self.cards, self.knowledge.links)

    @cached_property
    def stakeholders(self) -> StakeholdersView:
        """Who is connected with whom."""
        return StakeholdersView(self.directory, self.today)

    @cached_property
    def finder(self) -> FinderView:
        """The contact finder (false where the site has no troubles)."""
        return FinderView(self.directory, self.cards)

    @cached_property
    def calendar(self) -> CalendarView:
        """Meetings and events (false where nothing meets)."""
        return CalendarView(self.directory, self.cards, self.today)

    @cached_property
    def records(self) -> Records:
        """What the page of each record is made from."""
        return Records(self.directory, self.knowledge, self.worksheets)

    @cached_property
    def record_views(self) -> RecordViews:
        """Makes the view of a record."""
        return RecordViews(self.directory, self.cards.of, self.today)

    @cached_property
    def papers(self) -> Pamphlets:
        """What can be printed (false where there is nothing)."""
        printed = self.printed
        return Pamphlets(PaperSource(printed.directory, printed.cards, self.today), printed.knowledge)

    @cached_property
    def lists(self) -> Lists:
        """Every static list of the site."""
        return Lists(
            self.directory,
            self.cards,
            self.papers.offered,
            self.knowledge,
            self.finder,
            self.calendar,
            self.news.has_feeds,
        )

    @cached_property
    def assessment(self) -> AssessmentView:
        """What each area has for each need, and what is missing."""
        return AssessmentView(self.directory, self.today)

    @cached_property
    def profiles(self) -> Profiles:
        """All that is known of each area."""
        return Profiles(self.assessment, self.worksheets, self.calendar, self.news)

    @cached_property
    def editions(self) -> EditionViews:
        """The pages in other languages (false where the site is Japanese alone)."""
        return EditionViews(self.directory, self.finder, self.lists, self.today, self.records, self.record_views)

    @cached_property
    def report(self) -> ReportParts:
        """What the municipal report is made from."""
        shares = known_shares(self.directory)
        months = months_of(self.directory, self.history, self.today)
        return ReportParts(
            self.assessment,
            self.profiles.cases,
            self.news,
            months,
            self.printed.stakeholders.overview,
            *shares,
            self.printed.directory.resources,
        )

    @cached_property
    def home(self) -> HomeView:
        """The first page."""
        return HomeView.of(self.lists)

    @cached_property
    def search(self) -> SearchView:
        """Everything that can be found."""
        return SearchView.of(self.directory, self.guides, self.finder.troubles if self.finder else ())

    @cached_property
    def facets(self) -> FacetsView:
        """What a search can be narrowed by, in the order of its documents."""
        return FacetsView.of(self.directory, self.search.records)

    def paths(self) -> Iterator[str]:
        """Yield the address of every page made from records, for the sitemap."""
        yield ""
        yield from (guide.path for guide in self.guides)
        yield from (index.path for index in self.lists.indexes())
        yield from (["map/"] if has_map(self.directory) else [])
        yield from ("search/", "list/", "offline/", "offline/record/", "emergency/")
        yield from self.finder.paths()
        yield from self.calendar.paths()
        yield from self.knowledge.paths()
        yield from self.worksheets.paths()
        yield from matrix_paths(self.directory)
        yield from self.assessment.paths()
        yield from (SLEEPING, WHAT_IF, FROM_SHEETS, REPORT, *self.profiles.paths())
        yield from self.stakeholders.paths()
        yield from ("news/", *map(month_path, self.news.months()))
        yield from ("sources/", "opendata/", "embed/make/", "quality/", "fields/", "accessibility/")
        yield from self.lists.paths()
        yield from self.editions.paths()
        yield from (["pamphlets/"] if self.papers else [])
        yield from (f"pamphlets/{paper}/" for paper in self.directory.pamphlets)
        yield from (record_path(resource.id) for resource in self.directory.published)

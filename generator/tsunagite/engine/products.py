"""The written list of everything a site publishes besides hand-written guides, and which views each product reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from tsunagite.assessment import files as assessment
from tsunagite.assessment import report_files as report
from tsunagite.calendar.files import calendars, year_plans
from tsunagite.contact.files import contact
from tsunagite.embed.files import embed
from tsunagite.engine.artifact import Bundle, Frame, Made
from tsunagite.engine.assemble import Views
from tsunagite.findings import Finding
from tsunagite.furigana.files import readings
from tsunagite.guides.files import guides
from tsunagite.languages.files import languages
from tsunagite.map.files import ground_data, map_page
from tsunagite.news import machines
from tsunagite.news.files import news
from tsunagite.offline.files import app
from tsunagite.opendata.files import open_data
from tsunagite.papers.files import pamphlets
from tsunagite.papers.undescribed import leaflets, one_sheets
from tsunagite.search import files as search
from tsunagite.search.facet_files import facets
from tsunagite.site import files, pages
from tsunagite.site.opening import known_days
from tsunagite.site.record_pages import record_pages
from tsunagite.site.share import share_images
from tsunagite.site.style import style_page
from tsunagite.stakeholders.files import stakeholders
from tsunagite.web_editor.files import admin
from tsunagite.worksheets import files as worksheets
from tsunagite.worksheets.book_files import worksheet_books

Make = Callable[[Views, Frame], Iterable[Made | Bundle | Finding]]
"""Yields files, and findings about what could not be made of records that are right."""


@dataclass(frozen=True)
class Product:
    """Some files of a site. ``make`` hands the views that they are made from to the function of a feature."""

    name: str
    make: Make
    named: Callable[[Views], Iterable[str]] | None = None
    """Of a product that shows no words of records (``records.model.resource.WORDS``): the ids of those whose words it shows all
    the same. It is made only where more has changed than the words of others."""
    heavy: bool = False
    """Whether it loads NumPy and lxml (30 MB): made when the second process has ended, so that both are never held at once."""
    public: bool = False
    """Whether it leads people and programs to a site, shows it in pages of others, or changes the public repository: the edition for
    professionals has none of them."""

    def files(self, views: Views, frame: Frame) -> Iterator[Made | Bundle | Finding]:
        """Yield what a build publishes: all files, or one bundle of them where they show no words of records."""
        if self.named is None:
            yield from self.make(views, frame)
        else:
            key = views.keys.wordless(named=tuple(self.named(views)))
            yield Bundle(self.name, key, partial(self._make, views, frame))

    def _make(self, views: Views, frame: Frame) -> Iterator[Made | Finding]:
        return (made for made in self.make(views, frame) if not isinstance(made, Bundle))


def _nobody(_views: Views) -> tuple[str, ...]:
    return ()


PRODUCTS: tuple[Product, ...] = (
    Product("records", lambda v, frame: record_pages(v.directory, v.records, v.record_views, v.keys, frame)),
    Product(
        "pages",
        lambda v, frame: pages.pages(v.directory, v.home, v.lists, frame),
        named=lambda v: pages.named(v.directory),
    ),
    Product("share_images", lambda v, _: share_images(v.directory, v.lists), public=True),
    Product("quality", lambda v, frame: pages.quality(v.directory, v.today, v.history, v.keys, frame)),
    Product("lists", lambda v, frame: pages.all_lists(v.lists, v.keys, frame)),
    Product("guides", lambda v, frame: guides(v.knowledge, v.finder.emergency, v.lists, v.keys, frame)),
    Product(
        "worksheets",
        lambda v, frame: worksheets.worksheets(v.worksheets, has_guides=bool(v.knowledge), keys=v.keys, frame=frame),
        named=lambda v: v.worksheets.of_records,
    ),
    Product("languages", lambda v, frame: languages(v.editions, v.keys, frame), public=True),
    Product("assessment", lambda v, frame: assessment.assessment(v.profiles, v.keys, frame)),
    Product("report", lambda v, frame: report.report_page(v.report, v.keys, frame)),
    Product(
        "search",
        lambda v, frame: search.search(
            v.search,
            v.finder.emergency,
            v.lists.indexes(),
            known_days(v.directory, v.today),
            has_finder=bool(v.finder),
            frame=frame,
        ),
        named=_nobody,
    ),
    Product("index", lambda v, _: search.index(v.search, v.keys)),
    Product("facets", lambda v, _: facets(v.facets), named=_nobody),
    Product("contact", lambda v, frame: contact(v.finder, v.knowledge.links.get("emergency-response"), v.keys, frame)),
    Product("calendars", lambda v, frame: calendars(v.calendar, v.keys, frame)),
    Product(
        "open_data",
        lambda v, frame: open_data(v.directory, v.today, has_calendar=bool(v.calendar), keys=v.keys, frame=frame),
    ),
    Product("browser_files", lambda v, _: files.browser_files(v.directory.settings.tiles), named=_nobody),
    Product("readings", lambda v, _: readings(v.directory), named=_nobody),
    Product("holidays", lambda v, _: files.holidays(v.directory, v.today), named=_nobody),
    Product("app", lambda v, frame: app(v.directory, frame), named=_nobody),
    Product("sitemap", lambda v, _: machines.sitemap(v.news, v.lists, v.paths, v.keys), public=True),
    Product("llms", lambda v, _: machines.llms(v.news, v.lists, v.keys), public=True),
    Product("news", lambda v, frame: news(v.news, v.lists, v.keys, frame), public=True),
    Product("embed", lambda v, frame: embed(v.directory, v.lists, v.news.site_url, frame), named=_nobody, public=True),
    Product("admin", lambda v, _: admin(v.directory), named=_nobody, public=True),
    Product("profile_papers", lambda v, _: assessment.papers(v.printed.profiles, v.printed.keys)),
    Product("report_papers", lambda v, _: report.report_papers(v.report, v.keys)),
    Product("leaflets", lambda v, _: leaflets(v.papers, v.printed.keys)),
    Product("one_sheets", lambda v, _: one_sheets(v.papers, v.keys)),
    Product("year_plans", lambda v, _: year_plans(v.printed.calendar)),
    Product("worksheet_papers", lambda v, _: worksheets.papers(v.printed.worksheets, v.today, v.printed.keys)),
    Product("pamphlets", lambda v, frame: pamphlets(v.papers, v.printed.keys, frame)),
    Product("style", lambda v, frame: style_page(v.directory, frame), named=_nobody, public=True),
    Product("ground", lambda v, _: ground_data(v.directory, v.keys), named=_nobody),
    Product("map", lambda v, frame: map_page(v.directory, v.keys, frame), named=_nobody, heavy=True),
    Product("stakeholders", lambda v, frame: stakeholders(v.stakeholders, v.keys, frame), named=_nobody, heavy=True),
    Product("report_books", lambda v, _: report.report_books(v.report, v.keys), heavy=True),
    Product("worksheet_books", lambda v, _: worksheet_books(v.worksheets, v.today), named=_nobody, heavy=True),
)


def folders(names: Iterable[str]) -> Product:
    """Return the product that goes last: a page for each folder that has none, of the files that all others make."""
    return Product(
        "folders",
        lambda v, frame: pages.folders(names, frozenset(map(str.lower, v.directory.settings.languages)), v.keys, frame),
    )


def product(name: str) -> Product:
    """Return a product by its name. Raises KeyError."""
    return {one.name: one for one in PRODUCTS}[name]

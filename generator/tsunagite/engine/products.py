"""The written list of everything a site publishes besides hand-written guides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial, wraps

from tsunagite.calendar import files as calendars
from tsunagite.contact import files as contact
from tsunagite.embed import files as embed
from tsunagite.engine.artifact import Artifact, Bundle, Frame, Made
from tsunagite.findings import Finding
from tsunagite.guides import files as guides
from tsunagite.map.files import map_page
from tsunagite.news import files as news
from tsunagite.news import machines
from tsunagite.offline import files as offline
from tsunagite.opendata import files as open_data
from tsunagite.papers import files as pamphlets
from tsunagite.papers import undescribed as pdf
from tsunagite.search import facet_files as facets
from tsunagite.search import files as search
from tsunagite.site import files, pages
from tsunagite.site import record_pages as records
from tsunagite.site.view import SiteView
from tsunagite.web_editor import files as web_editor
from tsunagite.worksheets import book_files as worksheet_books
from tsunagite.worksheets import files as worksheets

Makes = Callable[[SiteView, Frame], Iterator[Made] | Iterator[Made | Finding]]
Output = Makes | Callable[[SiteView, Frame], Iterator[Bundle] | Iterator[Artifact | Bundle | Finding]]
"""Yields files, and findings about what could not be made of records that are right."""


def _nobody(_site: SiteView) -> tuple[str, ...]:
    return ()


def wordless(output: Makes, named: Callable[[SiteView], Iterable[str]] = _nobody) -> Output:
    """Make an output only where more has changed than the words of records (``records.model.resource.WORDS``): it looks at none, but for those of records ``named`` (their ids)."""

    @wraps(output)
    def bundle(site: SiteView, frame: Frame) -> Iterator[Bundle]:
        key = site.prints.of(site.sketch_print, [site.directory.digests.get(record_id) for record_id in named(site)])
        yield Bundle(f"{output.__module__}.{output.__name__}", key, partial(output, site, frame))

    return bundle


HEAVY: tuple[Output, ...] = (wordless(map_page), wordless(worksheet_books.worksheet_books))
"""Those that load NumPy and lxml (30 MB): made when the second process has ended, so that both are never held at once."""

PUBLIC: tuple[Output, ...] = (
    machines.sitemap,
    machines.llms,
    news.news,
    wordless(embed.embed),
    wordless(web_editor.admin),
)
"""Those that lead people and programs to a site, show it in pages of others, or change the public repository: the edition for professionals has none of them."""

OUTPUTS: tuple[Output, ...] = (
    records.records, wordless(pages.pages, pages.named), pages.all_lists, guides.guides, wordless(worksheets.worksheets, worksheets.named),
    wordless(search.search), search.index, wordless(facets.facets), contact.contact, calendars.calendars, open_data.open_data,
    wordless(files.browser_files), wordless(files.holidays), wordless(offline.app), *PUBLIC,
    pdf.leaflets, pdf.one_sheets, calendars.year_plans, worksheets.papers, pamphlets.pamphlets, *HEAVY,
)  # fmt: skip

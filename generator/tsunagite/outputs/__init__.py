"""The written list of everything a site publishes besides hand-written guides."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tsunagite.findings import Finding
from tsunagite.outputs import (
    calendars,
    contact,
    facets,
    files,
    guides,
    offline,
    open_data,
    pages,
    pamphlets,
    pdf,
    records,
    search,
    worksheet_books,
    worksheets,
)
from tsunagite.outputs.artifact import Frame, Made
from tsunagite.outputs.map import map_page
from tsunagite.views.site import SiteView

Output = Callable[[SiteView, Frame], Iterator[Made] | Iterator[Made | Finding]]
"""Yields files, and findings about what could not be made of records that are right."""

OUTPUTS: tuple[Output, ...] = (
    records.records, pages.pages, guides.guides, worksheets.worksheets,
    search.search, facets.facets, map_page, contact.contact, calendars.calendars, open_data.open_data,
    files.browser_files, files.holidays, files.sitemap, offline.app,
    pdf.leaflets, pdf.one_sheets, calendars.year_plans, worksheets.papers, worksheet_books.worksheet_books,
    pamphlets.pamphlets,
)  # fmt: skip

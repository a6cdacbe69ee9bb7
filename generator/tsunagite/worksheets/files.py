"""Worksheets: their pages, and the papers of blank and filled ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from tsunagite.engine.artifact import Artifact, Bundle, Frame, Made, Page, PageDraft
from tsunagite.findings import Finding, SourceLocation
from tsunagite.papers.editions import set_alone
from tsunagite.site.layout.templates import PINS, Templates, copies, script_data
from tsunagite.site.view import SiteView
from tsunagite.worksheets.form import FormView
from tsunagite.worksheets.matrix import SHEET, MatrixView, matrices, matrix_links, matrix_of
from tsunagite.worksheets.paper import WorksheetPaper

STYLE = '<link rel="stylesheet" href="{base}assets/tsunagite/worksheet.css">'


def worksheets(site: SiteView, frame: Frame) -> Iterator[Made]:
    """Yield the index, the page of every sheet and the page of every filled one."""
    for page in _pages(site, Templates()):
        yield page.framed(frame) if isinstance(page, PageDraft) else frame(page)


def named(site: SiteView) -> Iterable[str]:
    """Return the ids of the records whose words stand on a page of a filled sheet."""
    return site.worksheets.of_records


def _pages(site: SiteView, templates: Templates) -> Iterator[Page | PageDraft]:
    book = site.worksheets
    lead = "話し合いで使う用紙です。白紙を印刷して書けます。個人のことは書かずに、地域のことを書きます。"
    yield _page(
        templates,
        "worksheets",
        "worksheets/",
        "話し合いの用紙",
        lead,
        shelves=tuple(book.shelves()),
        filled=book.recent(),
        has_guides=bool(site.knowledge),
    )
    for view in book.sheets:
        yield _page(
            templates,
            "worksheet",
            view.path,
            view.sheet.title,
            view.sheet.summary,
            view=view,
            now=matrix_links(site) if view.sheet.id == SHEET else None,
        )
    for view in book.sheets:
        yield _form(templates, FormView.of(site, view))
    for parts in matrices(site):
        table = matrix_of(site, parts)  # it shows a few of the records it is made from: most edits leave it as it is
        yield PageDraft(
            table.path, "worksheet", site.prints.of(site.surroundings_print, table), partial(_matrix, templates, table)
        )
    for filled in book.filled():
        yield _page(
            templates,
            "worksheet_filled",
            filled.path,
            filled.title,
            f"{filled.sheet.label}に書かれたこと。",
            view=filled,
            numbered=filled.is_stepper,
            copies=copies(filled.starts),
        )


def _page(templates: Templates, template: str, path: str, title: str, lead: str, **values: object) -> Page:
    window = f"{title}（用紙）" if template == "worksheet" else title  # a guide may have the name of its sheet
    page = Page(path, "worksheet", window, lead, "")
    body = templates.render(template, base=page.base, title=title, lead=lead, **values)
    head = STYLE.format(base=page.base) + (PINS.format(base=page.base) if values.get("copies") else "")
    return Page(path, page.section, window, lead, body, head)


def _matrix(templates: Templates, view: MatrixView) -> Page:
    page = Page(view.path, "worksheet", view.title, view.lead, "")
    body = templates.render(
        "worksheet_matrix",
        base=page.base,
        title=view.title,
        view=view,
        sheet=SHEET,
        script=script_data({SHEET: view.copy}),
    )
    head = STYLE.format(base=page.base) + PINS.format(base=page.base)
    return Page(page.path, page.section, page.title, page.description, body, head)


def _form(templates: Templates, view: FormView) -> Page:
    title = f"{view.sheet.title}に書く"
    page = Page(view.path, "worksheet", title, view.sheet.summary, "")
    body = templates.render("worksheet_form", base=page.base, title=title, view=view, script=script_data(view.script))
    head = (
        STYLE.format(base=page.base)
        + f'<script type="module" src="{page.base}assets/tsunagite/worksheet_form.js"></script>'
    )
    return Page(page.path, page.section, page.title, page.description, body, head)


def papers(site: SiteView, frame: Frame) -> Iterator[Artifact | Bundle | Finding]:  # noqa: ARG001 - every output is called alike
    """Yield the PDF of every blank sheet, of every filled one, and of the tables made from records; findings where one cannot be set."""
    site = site.printed
    sheets = {sheet.id: sheet for sheet in site.directory.worksheets.sheets}
    for view in site.worksheets.sheets:
        place = SourceLocation(f"tsunagite/worksheets/sheets/{view.sheet.id}.yml")
        yield from _paper(WorksheetPaper.blank_of(site, view), place)
        if view.poster:
            yield from _paper(WorksheetPaper.poster_of(site, view), place)
    for one in site.worksheets.shown:
        filled = site.worksheets.filled_view(one)
        yield from _paper(
            WorksheetPaper.filled_of(site, filled, sheets[filled.sheet.path.split("/")[1]]), one.place, one.head.id
        )
    for parts in matrices(site) if SHEET in sheets else ():
        table = matrix_of(site, parts)
        if table.paper:
            key = site.prints.of(site.surroundings_print, table)
            yield Bundle(table.paper, key, partial(_matrix_paper, site, table))


def _matrix_paper(site: SiteView, table: MatrixView) -> Iterator[Artifact | Finding]:
    return _paper(WorksheetPaper.matrix_of(site, table), SourceLocation("resources/"))


def _paper(paper: WorksheetPaper, place: SourceLocation, record: str = "") -> Iterator[Artifact | Finding]:
    return set_alone("worksheets/sheets/sheet", paper, place, record)

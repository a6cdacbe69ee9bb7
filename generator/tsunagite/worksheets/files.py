"""Worksheets: their pages, and the papers of blank and filled ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from tsunagite.engine.artifact import Artifact, Bundle, Frame, Made, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.findings import Finding, SourceLocation
from tsunagite.papers.editions import set_alone
from tsunagite.papers.typesetting.typeset import typesetter_digest
from tsunagite.records.discretion import is_secret
from tsunagite.site.layout.templates import DELICATE_HEAD, PINS, Templates, copies, script, script_data, stylesheet
from tsunagite.worksheets.form import FormView
from tsunagite.worksheets.matrix import SHEET, MatrixView, matrices, matrix_links, matrix_of
from tsunagite.worksheets.paper import WorksheetPaper
from tsunagite.worksheets.view import SheetView, WorksheetBook

SECTION = "worksheet"
STYLE = stylesheet("worksheet")


def worksheets(book: WorksheetBook, *, has_guides: bool, keys: Keys, frame: Frame) -> Iterator[Made]:
    """Yield the index, the page of every sheet and the page of every filled one. ``has_guides``: whether the site has guides too."""
    templates = Templates()
    pages = _pages(book, templates, has_guides=has_guides)
    yield from map(frame, pages)
    for parts in matrices(book):
        table = matrix_of(book.directory, parts)  # of a few of its records: most edits leave it as it is
        make = partial(_matrix, templates, table)
        yield page_draft(table.path, SECTION, keys.page(table), make, frame)


def _pages(book: WorksheetBook, templates: Templates, *, has_guides: bool) -> Iterator[Page]:
    lead = "話し合いで使う用紙です。白紙を印刷して書けます。個人のことは書かずに、地域のことを書きます。"
    yield templates.page(
        "worksheets",
        "worksheets/",
        SECTION,
        "話し合いの用紙",
        lead,
        head=STYLE,
        shelves=tuple(book.shelves()),
        filled=book.recent(),
        has_guides=has_guides,
    )
    exit_url = book.directory.settings.exit_url
    for view in book.sheets:
        title, about, head = _named(book, view, "（用紙）")  # a guide may have the name of its sheet
        yield templates.page(
            "worksheet",
            view.path,
            SECTION,
            title,
            about,
            head=head,
            heading=view.sheet.title,
            lead=view.sheet.summary,
            exit_url=exit_url,
            view=view,
            now=matrix_links(book.directory) if view.sheet.id == SHEET else None,
        )
    for view in book.sheets:
        form = FormView.of(book, view)
        title, about, head = _named(book, view, "に書く")
        yield templates.page(
            "worksheet_form",
            form.path,
            SECTION,
            title,
            about,
            head=head + script("worksheet_form"),
            heading=f"{form.sheet.title}に書く",
            exit_url=exit_url,
            view=form,
            script=script_data(form.script),
        )
    for filled in book.filled():
        begun = copies(filled.starts)
        yield templates.page(
            "worksheet_filled",
            filled.path,
            SECTION,
            filled.title,
            f"{filled.sheet.label}に書かれたこと。",
            head=STYLE + (PINS if begun else ""),
            view=filled,
            numbered=filled.is_stepper,
            copies=begun,
        )


def _named(book: WorksheetBook, view: SheetView, what: str) -> tuple[str, str, str]:
    """Return title, description and head of a page of a sheet; one that others should not find has a number for its name."""
    if not is_secret(view.sheet):
        return f"{view.sheet.title}{what}", view.sheet.summary, STYLE
    return f"用紙{book.sheets.index(view) + 1}{what}", "話し合いで使う用紙です。", STYLE + DELICATE_HEAD


def _matrix(templates: Templates, view: MatrixView) -> Page:
    return templates.page(
        "worksheet_matrix",
        view.path,
        SECTION,
        view.title,
        view.lead,
        head=STYLE + PINS,
        view=view,
        sheet=SHEET,
        script=script_data({SHEET: view.copy}),
    )


def papers(book: WorksheetBook, today: date, keys: Keys) -> Iterator[Bundle]:
    """Yield the PDF of every blank sheet, of every filled one, and of the tables made from records, each made where what it prints has changed."""
    directory = book.directory
    sheets = {sheet.id: sheet for sheet in directory.worksheets.sheets}

    def bundle(paper: WorksheetPaper, place: SourceLocation, record: str = "") -> Bundle:
        return Bundle(paper.path, keys.page(typesetter_digest(), paper), partial(_paper, paper, place, record))

    for view in book.sheets:
        place = SourceLocation(f"tsunagite/worksheets/sheets/{view.sheet.id}.yml")
        yield bundle(WorksheetPaper.blank_of(directory.settings, view), place)
        if view.poster:
            yield bundle(WorksheetPaper.poster_of(directory.settings, view), place)
    for one in book.shown:
        filled = book.filled_view(one)
        paper = WorksheetPaper.filled_of(directory.settings, filled, sheets[filled.sheet.path.split("/")[1]])
        yield bundle(paper, one.place, one.head.id)
    for parts in matrices(book) if SHEET in sheets else ():
        table = matrix_of(directory, parts)
        if table.paper:
            yield Bundle(table.paper, keys.page(table), partial(_matrix_paper, book, today, table))


def _matrix_paper(book: WorksheetBook, today: date, table: MatrixView) -> Iterator[Artifact | Finding]:
    return _paper(WorksheetPaper.matrix_of(book, today, table), SourceLocation("resources/"))


def _paper(paper: WorksheetPaper, place: SourceLocation, record: str = "") -> Iterator[Artifact | Finding]:
    return set_alone("worksheets/sheets/sheet", paper, place, record)

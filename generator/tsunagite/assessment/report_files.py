"""The municipal report: its page, its PDF and its workbook. None is made where what it tells is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tsunagite.assessment.files import SECTION, STYLE, counted_key
from tsunagite.assessment.report import ReportParts
from tsunagite.assessment.report_model import Report
from tsunagite.assessment.report_paper import BOOK, PDF, ReportPaper, report_book
from tsunagite.engine.artifact import Artifact, Bundle, Draft, Frame, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.findings import Finding, SourceLocation
from tsunagite.papers.editions import set_alone
from tsunagite.papers.typesetting.typeset import typesetter_digest
from tsunagite.site.layout.templates import Templates

REPORT = "report/"


def report_page(parts: ReportParts, keys: Keys, frame: Frame) -> Iterator[Bundle]:
    """The page that leads to the report and tells what it holds."""
    yield Bundle("report_page", _key(parts, keys), partial(_page, parts, keys, frame))


def report_papers(parts: ReportParts, keys: Keys) -> Iterator[Bundle]:
    """The PDF."""
    yield Bundle("report_paper", _key(parts, keys, typesetter_digest()), partial(paper, parts))


def report_books(parts: ReportParts, keys: Keys) -> Iterator[Bundle]:
    """The workbook."""
    yield Bundle("report_book", _key(parts, keys, "xlsx"), partial(book, parts))


def _key(parts: ReportParts, keys: Keys, *more: object) -> bytes:
    """Return what stands for all that the report tells."""
    return counted_key(parts.assessment, keys, parts.told, *more)


def paper(parts: ReportParts) -> Iterator[Artifact | Finding]:
    """Set the PDF."""
    made = ReportPaper.of(parts.report)
    yield from set_alone("assessment/templates/report", made, SourceLocation("resources/"))


def book(parts: ReportParts) -> Iterator[Artifact]:
    """Write the workbook."""
    from tsunagite.spreadsheets.write import write_workbook  # noqa: PLC0415 - openpyxl is large

    yield Artifact(BOOK, write_workbook(report_book(parts.report)))


def _page(parts: ReportParts, keys: Keys, frame: Frame) -> Iterator[Draft]:
    report = parts.report
    yield page_draft(REPORT, SECTION, keys.page(report), partial(_shown, report), frame)


def _shown(report: Report) -> Page:
    lead = "介護保険事業計画などに使える、表と図のまとめです。ページと同じ数字です。"
    return Templates().page("report", REPORT, SECTION, report.title, lead, head=STYLE, view=report, pdf=PDF, book=BOOK)

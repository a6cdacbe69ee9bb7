"""WorksheetPaper: a blank or filled sheet as it is printed; every text decided before typesetting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tsunagite.papers.parts.words import LOST_GLYPH_NOTE, spoken_address
from tsunagite.records.model.features.worksheet import Section, WorksheetTemplate, letters_of
from tsunagite.records.model.site import SiteSettings
from tsunagite.site.record import Link
from tsunagite.text.dates import japanese_date
from tsunagite.worksheets.matrix import SHEET, MatrixView
from tsunagite.worksheets.view import FilledView, GridView, SectionView, SheetView, WorksheetBook

HEAD = ("書いた日", "地域", "会議・部署", "次に見直す日")
HEAD_OF_ONE = ("書いた日", "書いた人", "次に見直す日")
"""On a sheet about one person, which stays where it was written."""
LABELS = {"a4": 40, "a3": 48}
"""Width of the labels of boxes in mm (sheet.typ)."""


@dataclass(frozen=True)
class PaperSection:
    """A section on paper. Each row is its cells; a blank sheet has rows with nothing but their letters."""

    number: str
    title: str
    help: str
    side: str
    weight: float
    is_table: bool
    keys: tuple[str, ...]
    """The key of the field in each column."""
    titles: tuple[str, ...]
    helps: tuple[str, ...]
    """Help in the heads of a table, or in the boxes; "" where it would leave no room to write."""
    widths: tuple[float, ...]
    lines: tuple[int, ...]
    printed: tuple[bool, ...]
    """Whether the words of a column are ours even on a blank sheet (else they are there to be circled)."""
    rows: tuple[tuple[str, ...], ...]
    grid: dict[str, object] | None


@dataclass(frozen=True)
class WorksheetPaper:
    """Everything a sheet prints."""

    path: str
    title: str
    label: str
    subtitle: str
    size: str
    turned: bool
    blank: bool
    stepper: bool
    head: tuple[tuple[str, str], ...]
    tips: tuple[str, ...]
    sections: tuple[PaperSection, ...]
    history: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    site_url: str
    site_name: str
    qr_alt: str
    lost_glyph_note: str
    made: str = ""
    crowded: bool = False
    """Whether much stands on it, so that it is set a little smaller."""

    @classmethod
    def poster_of(cls, settings: SiteSettings, view: SheetView) -> WorksheetPaper:
        """Decide every text of the blank sheet as a poster (A1), whose cells take sticky notes of 75 x 75 mm."""
        return replace(cls.blank_of(settings, view), path=view.poster, size="a1")

    @classmethod
    def blank_of(cls, settings: SiteSettings, view: SheetView) -> WorksheetPaper:
        """Decide every text of the blank sheet."""
        sheet = view.sheet
        sections = tuple(
            _section(sheet, *_for_a_pencil(section, shown), blank=True)
            for section, shown in zip(sheet.sections, view.sections, strict=True)
        )
        keep = (
            "書いたものは、事業所の決まりで保管します。" if sheet.blank_only else "人の名前・年齢・住まいは書きません。"
        )
        notes = (keep, f"もとにした考え方：{sheet.method}" if sheet.method and sheet.paper.turned else "")
        return cls(view.paper, sheet.title, view.purpose, sheet.summary, blank=True, head=tuple((one, "") for one in (HEAD_OF_ONE if sheet.blank_only else HEAD)), sections=sections, history=(),
                   notes=tuple(filter(None, notes)), **_common(settings, sheet, view.path))  # fmt: skip

    @classmethod
    def filled_of(cls, settings: SiteSettings, view: FilledView, sheet: WorksheetTemplate) -> WorksheetPaper:
        """Decide every text of a filled sheet."""
        sections = tuple(
            _section(sheet, _only(section, shown), shown, blank=False)
            for section, shown in zip(sheet.sections, view.sections, strict=True)
        )
        review = ("次に見直す日", view.next_review or "　　　　年　　月　　日")
        head = (
            *((fact.label, fact.text) for fact in view.facts),
            review,
            *((("公開を認めたところ", view.allowed.partition("：")[2]),) if view.allowed else ()),
        )
        sample = "見本です。実在の地区・人・団体ではありません。" if view.sample else ""
        history = tuple((japanese_date(one.on), one.phase, one.text, one.effect) for one in view.history)
        return cls(view.paper, view.title, view.sheet.label, "", blank=False, head=head, sections=sections, history=history,
                   notes=tuple(filter(None, (sample,))), **_common(settings, sheet, view.path) | {"tips": (), "made": view.made})  # fmt: skip

    @classmethod
    def matrix_of(cls, book: WorksheetBook, today: date, view: MatrixView) -> WorksheetPaper:
        """Decide every text of the table made from records, with room to write what the meeting chooses."""
        cells = tuple(tuple(tuple(view.words_of(cell)) for cell in row) for row in view.cells)
        grid = {
            "down_title": "支えるかたち",
            "across_title": "段階",
            "down": view.levels,
            "across": view.stages,
            "cells": cells,
            "big": True,
        }
        sheet = book.directory.worksheets.sheet(SHEET)
        assert sheet, "there is no table without its sheet"  # noqa: S101 - told to the type checker
        table, first = (sheet.section(key) for key in ("items", "first"))
        assert table, "the sheet has its table"  # noqa: S101 - told to the type checker
        assert first, "and what to do first"  # noqa: S101 - told to the type checker
        shown = next(
            section for one in book.sheets if one.sheet is sheet for section in one.sections if section.id == "first"
        )
        room = _section(sheet, first, shown, blank=True)
        held = replace(
            room,
            number="1",
            title=table.title,
            help="",
            is_table=True,
            keys=(),
            titles=(),
            helps=(),
            widths=(),
            lines=(),
            printed=(),
            rows=((),),
            grid=grid,
        )
        head = (
            ("いつの記録か", japanese_date(today)),
            ("すでにあるもの", f"{view.total}件"),
            ("使われていないもの", f"{view.asleep}件"),
            ("これからの案", f"{view.ideas}件"),
        )
        note = "このサイトの記録から作りました。ここにないことは、地域にないことではありません。"
        common = _common(book.directory.settings, sheet, view.path) | {
            "tips": (),
            "crowded": True,
            "made": today.isoformat(),
        }
        return cls(
            view.paper,
            view.title,
            view.parent.label,
            "",
            blank=False,
            head=head,
            sections=(held, room),
            history=(),
            notes=(note,),
            **common,
        )


def _common(settings: SiteSettings, sheet: WorksheetTemplate, path: str) -> dict[str, Any]:
    url = settings.address_of(path)
    shown = spoken_address(url)
    return {
        "size": sheet.paper.size,
        "turned": sheet.paper.turned,
        "stepper": sheet.shape == "stepper",
        "tips": sheet.tips,
        "site_url": url,
        "site_name": shown,
        "qr_alt": f"QRコード。{shown} を開きます。",
        "lost_glyph_note": LOST_GLYPH_NOTE,
    }  # fmt: skip


def _for_a_pencil(section: Section, shown: SectionView) -> tuple[Section, SectionView]:
    """Return a section without the columns that name lines of other sheets: nobody writes an id by hand."""
    away = {field.id for field in section.fields if field.kind == "lines"}
    shown = replace(shown, columns=tuple(column for column in shown.columns if column.id not in away))
    return _only(section, shown), shown


def _only(section: Section, shown: SectionView) -> Section:
    """Return a section with the fields that are shown."""
    ids = {column.id for column in shown.columns}
    return section.model_copy(update={"fields": tuple(field for field in section.fields if field.id in ids)})


def _section(sheet: WorksheetTemplate, section: Section, shown: SectionView, *, blank: bool) -> PaperSection:
    rows = (
        _blank_rows(sheet, section)
        if blank
        else (*(tuple(_text(cell) for cell in row) for row in shown.rows), *_next_rows(section, shown))
    )
    return PaperSection(
        number=str(shown.number),
        title=section.title,
        help=section.help,
        side=section.side,
        weight=section.weight,
        is_table=section.is_table,
        keys=tuple(column.id for column in shown.columns),
        titles=tuple(column.title for column in shown.columns),
        helps=tuple(
            column.help if not section.is_table or _lines(column.help, wide) <= 2 else ""
            for column, wide in zip(shown.columns, _widths(sheet, section, shown), strict=True)
        ),
        widths=tuple(column.width for column in shown.columns),
        lines=tuple(column.lines for column in shown.columns),
        printed=tuple(bool(column.printed) for column in shown.columns),
        rows=rows,
        grid=_grid(shown.grid) if shown.grid else None,
    )


NEXT_ROWS = 2
"""Empty rows below a filled table: the next hand goes on where the last one ended."""


def _next_rows(section: Section, shown: SectionView) -> tuple[tuple[str, ...], ...]:
    """Return empty rows for the next hand; none in a table whose rows are given (by another table or by printed words)."""
    given = (
        section.each
        or (section.grid and section.grid.show != "letter")
        or any(field.printed for field in section.fields)
    )
    if not section.is_table or given or not shown.rows:
        return ()
    written = len(shown.rows)
    letters = letters_of(section, written + NEXT_ROWS)[written:] if section.has_letters else ("",) * NEXT_ROWS
    return tuple(((letter,) if section.has_letters else ()) + ("",) * len(section.fields) for letter in letters)


def _blank_rows(sheet: WorksheetTemplate, section: Section) -> tuple[tuple[str, ...], ...]:
    """Return empty rows; those of a table about another table repeat its letters. Choices are printed to be circled."""
    source = sheet.section(section.each) if section.each else section
    count = source.rows if source else 0
    letters = letters_of(source, count) if source and section.has_letters else ("",) * count
    wide = _widths(sheet, section, None)
    words = tuple(
        "　".join(field.options) if field.kind == "choice" and not field.printed else "" for field in section.fields
    )
    circled = tuple(
        one if _lines(one, mm) <= (1 if section.each else 2) else "" for one, mm in zip(words, wide, strict=True)
    )
    if not section.is_table:
        return (circled,)
    given = [
        tuple(field.printed[row] if row < len(field.printed) else "" for field in section.fields)
        for row in range(len(letters))
    ]
    rows = [tuple(words or mark for words, mark in zip(row, circled, strict=True)) for row in given]
    return tuple(((letter,) if section.has_letters else ()) + row for letter, row in zip(letters, rows, strict=True))


def _widths(sheet: WorksheetTemplate, section: Section, shown: SectionView | None) -> tuple[float, ...]:
    """Return how wide each column is on paper, in mm (with the column of letters where ``shown`` has it)."""
    short, long = (210, 297) if sheet.paper.size == "a4" else (297, 420)
    room = float(long if sheet.paper.turned else short) - 24 - (10 if section.has_letters else 0)
    room = (room - 6) / 2 if section.side != "full" else room
    room -= 61 if section.grid and section.grid.show == "letter" else 0
    if not section.is_table:
        return tuple(room - LABELS[sheet.paper.size] - 3.2 for _ in section.fields)
    total = sum(field.width for field in section.fields)
    letter = (10.0,) if shown and section.has_letters else ()
    return (*letter, *(room * field.width / total - 3.2 for field in section.fields))


def _lines(words: str, wide: float) -> int:
    """Return about how many lines small words take in a column ``wide`` mm wide."""
    return -(-len(words) // max(1, int(wide / 3.75)))


def _text(cell: tuple[Link, ...]) -> str:
    return "、".join(one.label for one in cell)


def _grid(grid: GridView) -> dict[str, object]:
    cells = tuple(tuple(tuple(one.label for one in cell) for cell in row) for row in grid.cells)
    return {
        "down_title": grid.down_title,
        "across_title": grid.across_title,
        "down": grid.down,
        "across": grid.across,
        "cells": cells,
        "big": grid.big,
    }

"""RecordBook: the records of a site as sheets that people edit in a spreadsheet, one sheet for each group of kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tsunagite.records.columns.cells import Names, cell_text, help_of
from tsunagite.records.columns.columns import (
    ANSWER,
    ASK,
    CALL,
    COPY,
    FREE,
    MARK,
    VERSION,
    RecordColumn,
    Sort,
    left_out,
    record_columns,
    words_of,
)
from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource
from tsunagite.text.dates import japanese_date

GUIDE, WORDS = "使い方", "ことば"
_WIDTHS = {
    "id": 24, "name": 30, "name_kana": 26, "kind": 22, "summary": 42, "description": 52, "location.address": 34,
    "helpful_for": 40, "linking_tips": 40, "hours_note": 40, "memo": 30, "url": 30, "needs": 24, "service_areas": 24,
    "how_to_use": 36, "services": 30,
}  # fmt: skip
_WIDTH_OF_SORT = {Sort.WHOLE: 10, Sort.DECIMAL: 13, Sort.DAY: 13, Sort.YES_NO: 10, Sort.HOURS: 30, Sort.TERMS: 22}


@dataclass(frozen=True)
class EditedColumn:
    """A column of a sheet. ``sort`` is text, whole, decimal or day; ``folded`` columns are empty and out of sight."""

    title: str
    help: str
    section: str
    sort: str
    width: int
    words: tuple[str, ...]
    strict: bool
    prompt: str
    locked: bool
    folded: bool


@dataclass(frozen=True)
class BookSheet:
    """The records of one group of kinds; every cell is text as ``record_cells`` writes it."""

    name: str
    columns: tuple[EditedColumn, ...]
    rows: tuple[tuple[str, ...], ...]

    def kept(self) -> Iterator[tuple[str, str, str]]:
        """Yield (id, title, text) of every cell that says something, the id's own first."""
        for row in self.rows:
            for column, text in zip(self.columns, row, strict=True):
                if text and column.title not in (CALL, ASK, ANSWER):
                    yield row[0], column.title, text


@dataclass(frozen=True)
class RecordBook:
    """A workbook of records. ``words`` are the lists of words that cells may hold, by title."""

    name: str
    title: str
    made_on: str
    day: date
    sheets: tuple[BookSheet, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: tuple[str, ...]

    copy_sheet = COPY

    @property
    def mark(self) -> tuple[str, str, str]:
        """The first row of the hidden sheet, by which an import knows the book."""
        return MARK, VERSION, self.made_on

    @property
    def total(self) -> int:
        """How many records are in the book."""
        return sum(len(sheet.rows) for sheet in self.sheets)


def record_books(directory: Directory, today: date, *, together: bool) -> Iterator[RecordBook]:
    """Yield a book for each group of kinds that has records, or one with all of them ``together``."""
    sheets = [(group.id, _sheet(directory, group.id, group.label)) for group in directory.vocabularies["kind_group"]]
    sheets = [(group, sheet) for group, sheet in sheets if sheet.rows]
    town = directory.settings.municipality or directory.settings.name
    if together:
        yield records_book(directory, "records", f"{town} 地域資源の一覧", today, [sheet for _, sheet in sheets])
        return
    for group, sheet in sheets:
        yield records_book(directory, group, f"{town} {sheet.name}の一覧", today, [sheet])


def names_of(directory: Directory) -> Names:
    """Return what the ids of a site are called in cells."""
    places = {area.id: area.name for area in directory.areas.values()}
    return Names(directory.vocabularies, places, {one.id: one.name for one in directory.organizations.values()})


def records_book(directory: Directory, name: str, title: str, today: date, sheets: list[BookSheet]) -> RecordBook:
    """Return a book with some sheets, and the words that their cells may hold."""
    vocabularies = directory.vocabularies
    lists = [(c.title, words_of(c, vocabularies)) for c in record_columns({}) if c.vocabulary and c.sort is Sort.TERMS]
    areas = tuple(area.name for area in directory.areas.values() if area.level != "town")
    words = dict([*lists, ("対象の地域", areas), ("団体", tuple(o.name for o in directory.organizations.values()))])
    shown = tuple((key, value) for key, value in words.items() if value)
    return RecordBook(name, title, japanese_date(today), today, tuple(sheets), shown, left_out())


def _sheet(directory: Directory, group: str, label: str) -> BookSheet:
    return sheet_of(
        directory, [r for r in directory.resources.values() if directory.kind(r).group == group], group, label
    )


def sheet_of(directory: Directory, records: Sequence[Resource], group: str, label: str) -> BookSheet:
    """Return a sheet with some records. ``group``: that of their kinds, "" where they are of many."""
    columns = record_columns({name: _labels(getattr(r, name) for r in records) for name in FREE})
    names = names_of(directory)
    rows = [_texts(record, columns, names) for record in records]
    used = [any(row[index] not in ("", _default(c, names)) for row in rows) for index, c in enumerate(columns)]
    shown = tuple(
        _column(directory, group, c, folded=not c.common and not filled)
        for c, filled in zip(columns, used, strict=True)
    )
    return BookSheet(label, shown, tuple(rows))


def _texts(record: Resource, columns: tuple[RecordColumn, ...], names: Names) -> tuple[str, ...]:
    data = record.model_dump(mode="json")
    return tuple(cell_text(column, data, names) for column in columns)


def _default(column: RecordColumn, names: Names) -> str:
    """Return what a cell says where a record leaves the field to its default (状態：営業中)."""
    if column.sort is not Sort.TERM or not isinstance(column.default, str):
        return ""
    terms = names.vocabularies[column.vocabulary].terms
    return terms[column.default].label if column.default in terms else ""


def _labels(maps: Iterable[dict[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for one in maps for label in one))


def _column(directory: Directory, group: str, column: RecordColumn, *, folded: bool) -> EditedColumn:
    name = ".".join(map(str, column.path))
    words: tuple[str, ...] = ()
    if column.path == ("kind",):
        words = tuple(kind.label for kind in directory.vocabularies["kind"] if group in ("", kind.group))
    elif column.sort in (Sort.TERM, Sort.CHOICE, Sort.YES_NO):
        words = words_of(column, directory.vocabularies)
    elif column.sort is Sort.ORGANIZATION:
        words = tuple(one.name for one in directory.organizations.values())
    prompt = ""
    if column.sort in (Sort.TERMS, Sort.CHOICES):
        prompt = "「、」で区切ります。" + "、".join(words_of(column, directory.vocabularies))
    sort = str(column.sort) if column.sort in (Sort.WHOLE, Sort.DECIMAL, Sort.DAY) else "text"
    width = _WIDTHS.get(name, _WIDTH_OF_SORT.get(column.sort, 18))
    return EditedColumn(
        column.title, help_of(column, directory.vocabularies), column.section, sort, width, words,
        column.sort is not Sort.ORGANIZATION, prompt, column.path == ("id",), folded,
    )  # fmt: skip

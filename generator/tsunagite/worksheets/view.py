"""Worksheets as pages see them: the index by purpose, each sheet with its papers, each filled sheet with where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tsunagite.records.directory import Directory
from tsunagite.records.load.worksheets import Filled, Line
from tsunagite.records.model.features.worksheet import MARK, HistoryEntry, Section, SheetField, WorksheetTemplate
from tsunagite.site.record import CardView, Fact, Link, record_path
from tsunagite.text.dates import japanese_date
from tsunagite.worksheets.links import LineLinks, LineTrail
from tsunagite.worksheets.start import StartView, starts_of

PURPOSES = {
    "notice": ("気づきを集める", "声や見たことを、忘れないうちに。"),
    "analyse": ("なぜを考え、課題を見つける", "一人の困りごとを、地域の課題へ。"),
    "decide": ("決まりと提案をつくる", "話し合って決めたことを、だれが見てもわかるように。"),
    "act": ("取り組んで、確かめる", "計画し、試し、見直します。"),
    "meet": ("会議をひらく", "次第と、公開できる結果。"),
    "partner": ("相手とつながる", "関わる相手を書き出し、お礼を伝えます。"),
    "person": ("一人ひとりと使う（白紙だけ）", "書いたものは、このサイトに置きません。"),
    "learn": ("学ぶ・研修する", "配る用紙と、進める人の覚え書き。"),
}
SIZES = {"a4": "A4", "a3": "A3"}


@dataclass(frozen=True)
class GridView:
    """A table of cells; each cell holds short texts."""

    down_title: str
    across_title: str
    down: tuple[str, ...]
    across: tuple[str, ...]
    cells: tuple[tuple[tuple[Link, ...], ...], ...]
    big: bool = False


@dataclass(frozen=True)
class SectionView:
    """A section with its lines. Each cell is a tuple of words, some of them links."""

    id: str
    number: int
    title: str
    help: str
    is_table: bool
    letters: bool
    columns: tuple[SheetField, ...]
    rows: tuple[tuple[tuple[Link, ...], ...], ...]
    grid: GridView | None


@dataclass(frozen=True)
class SheetView:
    """The page of a sheet."""

    sheet: WorksheetTemplate
    path: str
    form_path: str
    paper: str
    poster: str
    """The file of the poster (A1), "" where there is none."""
    workbook: str
    paper_size: str
    purpose: str
    sections: tuple[SectionView, ...]
    guides: tuple[Link, ...]
    next: tuple[Link, ...]
    filled: tuple[Link, ...]


@dataclass(frozen=True)
class FilledView:
    """The page of a filled sheet."""

    path: str
    title: str
    sample: bool
    sheet: Link
    facts: tuple[Fact, ...]
    allowed: str
    sections: tuple[SectionView, ...]
    history: tuple[HistoryEntry, ...]
    before: tuple[Link, ...]
    after: tuple[Link, ...]
    lines: tuple[LineTrail, ...]
    cards: tuple[CardView, ...]
    needs: tuple[Link, ...]
    starts: tuple[StartView, ...]
    made: str
    """The last day of which it tells, as YYYY-MM-DD."""
    paper: str
    workbook: str
    paper_size: str
    next_review: str
    is_stepper: bool


@dataclass(frozen=True)
class SheetShelf:
    """Sheets for one purpose."""

    heading: str
    lead: str
    sheets: tuple[SheetView, ...]


def sheet_path(sheet_id: str) -> str:
    """Return the address of a sheet."""
    return f"worksheets/{sheet_id}/"


def filled_path(one: Filled) -> str:
    """Return the address of a filled sheet."""
    return f"worksheets/{one.sheet.id}/{one.head.id}/"


@dataclass(frozen=True)
class WorksheetBook:
    """Makes every page of the worksheets from the directory and its cards."""

    directory: Directory
    cards: Mapping[str, CardView]
    guides: Mapping[str, Link]

    @cached_property
    def shown(self) -> tuple[Filled, ...]:
        """Filled sheets that somebody allowed on the site, newest first."""
        allowed = [one for one in self.directory.worksheets.filled if one.may_be_shown]
        return tuple(sorted(allowed, key=lambda one: (-one.head.made_on.toordinal(), one.head.id)))

    @cached_property
    def _by_id(self) -> dict[str, Filled]:
        return {one.head.id: one for one in self.shown}

    @cached_property
    def _line_links(self) -> LineLinks:
        return LineLinks(self.shown, {one.head.id: filled_path(one) for one in self.shown}, self.cards)

    @cached_property
    def _grown(self) -> dict[str, list[Filled]]:
        grown: dict[str, list[Filled]] = {}
        for one in self.shown:
            for parent in _parents(one):
                grown.setdefault(parent, []).append(one)
        return grown

    @cached_property
    def sheets(self) -> tuple[SheetView, ...]:
        """Every sheet in the order of the index."""
        return tuple(map(self._sheet, self.directory.worksheets.sheets))

    def shelves(self) -> Iterator[SheetShelf]:
        """Yield the sheets by what they are for."""
        for purpose, (heading, lead) in PURPOSES.items():
            if found := tuple(view for view in self.sheets if view.sheet.purpose == purpose):
                yield SheetShelf(heading, lead, found)

    def recent(self) -> tuple[Link, ...]:
        """Return the newest filled sheets, for the index."""
        return tuple(map(_sheet_link, self.shown[:12]))

    def _sheet(self, sheet: WorksheetTemplate) -> SheetView:
        links = {other.id: Link(other.title, sheet_path(other.id)) for other in self.directory.worksheets.sheets}
        filled = tuple(Link(one.head.title, filled_path(one)) for one in self.shown if one.sheet.id == sheet.id)
        return SheetView(
            sheet=sheet,
            path=sheet_path(sheet.id),
            form_path=f"{sheet_path(sheet.id)}form/",
            paper=f"papers/worksheets/{sheet.id}.pdf",
            poster=f"papers/worksheets/{sheet.id}-poster.pdf" if sheet.paper.poster else "",
            workbook=f"papers/worksheets/{sheet.id}.xlsx",
            paper_size=SIZES[sheet.paper.size],
            purpose=PURPOSES[sheet.purpose][0],
            sections=tuple(
                self._section(section, number, ()) for number, section in enumerate(sheet.sections, start=1)
            ),
            guides=tuple(self.guides[guide] for guide in sheet.guides if guide in self.guides),
            next=tuple(links[other] for other in sheet.next if other in links),
            filled=filled,
        )

    def filled(self) -> Iterator[FilledView]:
        """Yield every filled sheet that may be shown."""
        for one in self.shown:
            yield self.filled_view(one)

    def filled_view(self, one: Filled) -> FilledView:
        """Return the page of one filled sheet."""
        head = one.head
        needs = self.directory.vocabularies["need"]
        area = self.directory.areas.get(head.area or "")
        facts = (
            ("地域", area.name if area else ""),
            ("場所", head.place),
            ("書いた日", japanese_date(head.made_on)),
            ("書いたところ", head.made_by),
            ("書いた人", "、".join(head.members)),
        )
        named = dict.fromkeys((*head.resources, *_records_in(one)))
        return FilledView(
            path=filled_path(one),
            title=head.title,
            sample=head.sample,
            sheet=Link(one.sheet.title, sheet_path(one.sheet.id)),
            facts=tuple(Fact(label, text) for label, text in facts if text),
            allowed="".join(
                (
                    f"公開を認めたところ：{head.publishable_by}",
                    f"（{japanese_date(head.publishable_on)}）" if head.publishable_on else "",
                )
            ),
            sections=tuple(
                self._section(_used_columns(section, one.values[section.id]), number, one.values[section.id])
                for number, section in enumerate(one.sheet.sections, start=1)
            ),
            history=tuple(sorted(head.history, key=lambda one: one.on)),
            before=tuple(_sheet_link(self._by_id[other]) for other in _parents(one) if other in self._by_id),
            after=tuple(map(_sheet_link, self._grown.get(head.id, ()))),
            lines=self._line_links.of(one),
            cards=tuple(self.cards[record_id] for record_id in named if record_id in self.cards),
            needs=tuple(Link(needs[n].label, f"needs/{n}/") for n in head.needs if n in self.directory.by_need),
            starts=tuple(starts_of(self.directory, one)),
            made=max((head.made_on, *(event.on for event in head.history))).isoformat(),
            paper=f"papers/worksheets/{one.sheet.id}/{head.id}.pdf",
            workbook=f"papers/worksheets/{one.sheet.id}/{head.id}.xlsx",
            paper_size=SIZES[one.sheet.paper.size],
            next_review=japanese_date(head.next_review) if head.next_review else "",
            is_stepper=one.sheet.shape == "stepper",
        )

    def paths(self) -> Iterator[str]:
        """Yield the address of every page of the worksheets."""
        yield "worksheets/"
        yield from (path for view in self.sheets for path in (view.path, view.form_path))
        yield from (filled_path(one) for one in self.shown)

    def of_record(self, record_id: str) -> tuple[Link, ...]:
        """Return the filled sheets that name a record."""
        return self.of_records.get(record_id, ())

    @cached_property
    def of_records(self) -> dict[str, tuple[Link, ...]]:
        """The filled sheets that name a record, by its id."""
        found: dict[str, tuple[Link, ...]] = {}
        for one in self.shown:
            for record_id in dict.fromkeys((*one.head.resources, *_records_in(one))):
                found[record_id] = (*found.get(record_id, ()), _sheet_link(one))
        return found

    def _section(self, section: Section, number: int, lines: tuple[Line, ...]) -> SectionView:
        letter = (
            (
                SheetField(
                    id="letter", title="記号" if section.letters != "1" else "番号", kind="line", width=0.6, lines=1
                ),
            )
            if section.has_letters
            else ()
        )
        rows = tuple(
            (
                *([(Link(line["letter"], ""),)] if section.has_letters else []),
                *(self.words(field, line[field.id]) for field in section.fields),
            )
            for line in lines
        )
        return SectionView(
            section.id,
            number,
            section.title,
            section.help,
            section.is_table,
            section.has_letters,
            (*letter, *section.fields),
            rows,
            self._grid(section, lines),
        )

    def _grid(self, section: Section, lines: tuple[Line, ...]) -> GridView | None:
        grid = section.grid
        down, across = (section.field(grid.down), section.field(grid.across)) if grid else (None, None)
        if not grid or not down or not across:
            return None
        down_words, across_words = self.choices(down), self.choices(across)
        shown = section.field(grid.show)
        cells = tuple(
            tuple(
                tuple(
                    self._in_cell(section, shown, line)
                    for line in lines
                    if line[down.id] == row and line[across.id] == column
                )
                for column in across_words
            )
            for row in down_words
        )
        return GridView(
            down.title,
            across.title,
            tuple(down_words.values()),
            tuple(across_words.values()),
            cells,
            big=shown is not None,
        )

    def _in_cell(self, section: Section, shown: SheetField | None, line: Line) -> Link:
        """Return what stands in a cell: the letter, or a text with a link to its record."""
        if shown is None:
            return Link(line["letter"], "")
        text = str(line[shown.id])
        asleep = next((line[f.id] for f in section.fields if f.kind == "term" and f.of == "use_status"), None)
        why = next((f"。{line[f.id]}" for f in section.fields if asleep and f.id == "why" and line[f.id]), "")
        marks = {"little_known": f"【眠：知られていない{why}】", "hard_to_use": f"【眠：使いにくい{why}】"}
        votes = next((f"（印{line[f.id]}）" for f in section.fields if f.id == "votes" and line[f.id]), "")
        leads = next((line[f.id] for f in section.fields if f.kind == "rows" and f.of == section.id), ())
        record = next((line[f.id] for f in section.fields if f.kind == "resource"), None)
        number = f"{line['letter']} " if section.has_letters else ""
        return Link(
            f"{number}{text}{marks.get(asleep or '', '')}{votes}{' → ' + '・'.join(leads) if leads else ''}",
            record_path(str(record)) if record in self.cards else "",
        )

    def choices(self, field: SheetField) -> dict[str, str]:
        """Return the words of a choice or a term, by their value in a record."""
        if field.kind == "term":
            return {term.id: term.label for term in self.directory.vocabularies[field.of]}
        return {option: option for option in field.options}

    def words(self, field: SheetField, value: Any) -> tuple[Link, ...]:
        """Return what a field says, as words and links."""
        if value in (None, "", ()) or value is False:
            return ()
        if field.kind in ("resource", "resources"):
            ids = value if isinstance(value, tuple) else (value,)
            return tuple(
                Link(
                    self.directory.resources[i].name if i in self.directory.resources else i,
                    record_path(i) if i in self.cards else "",
                )
                for i in ids
            )
        if field.kind == "term":
            return (Link(self.directory.vocabularies[field.of][value].label, ""),)
        if isinstance(value, tuple):
            return tuple(self._line_name(one) if field.kind == "lines" else Link(str(one), "") for one in value)
        if isinstance(value, bool):
            return (Link(MARK, ""),)
        return (Link(japanese_date(value) if isinstance(value, date) else str(value), ""),)

    def _line_name(self, name: str) -> Link:
        """Return the way to a line of another sheet: 「課題整理表 A」."""
        sheet, _, letter = name.partition("#")
        one = self._by_id.get(sheet)
        return (
            Link(f"{one.sheet.short or one.sheet.title} {letter}", f"{filled_path(one)}#line-{letter}")
            if one
            else Link(name, "")
        )


def _parents(one: Filled) -> tuple[str, ...]:
    """Return the sheets that a sheet grew from: those it says itself, then those that its lines name."""
    lines = (
        name.partition("#")[0]
        for s in one.sheet.sections
        for f in s.fields
        if f.kind == "lines"
        for line in one.values[s.id]
        for name in line[f.id]
    )
    return tuple(dict.fromkeys((*one.head.grew_from, *(name for name in lines if name != one.head.id))))


def _used_columns(section: Section, lines: tuple[Line, ...]) -> Section:
    """Return a section without the columns that only name lines of other sheets, where no line names any."""
    fields = tuple(field for field in section.fields if field.kind != "lines" or any(line[field.id] for line in lines))
    return section if len(fields) == len(section.fields) else section.model_copy(update={"fields": fields})


def _sheet_link(one: Filled) -> Link:
    return Link(f"{one.head.title}（{one.sheet.short or one.sheet.title}）", filled_path(one))


def _records_in(one: Filled) -> Iterator[str]:
    """Yield the ids of records that the lines of a filled sheet name."""
    for section in one.sheet.sections:
        for field in section.fields:
            for line in one.values[section.id]:
                if field.kind == "resource" and line[field.id]:
                    yield line[field.id]
                elif field.kind == "resources":
                    yield from line[field.id]

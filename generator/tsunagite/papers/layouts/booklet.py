"""BookletView: any selection as a booklet: contents, records by need, 五十音 index, windows on the back cover."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

from tsunagite.papers.parts.entry import Entries, PaperEntry
from tsunagite.papers.parts.facts import closing_note
from tsunagite.papers.parts.fit import PaperPart, first_of
from tsunagite.papers.parts.head import PaperHead, data_of
from tsunagite.papers.parts.pages import Page, PageFit
from tsunagite.papers.parts.selection import Group, Selection
from tsunagite.papers.parts.words import BLANKS
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource
from tsunagite.text.kana import row_of, sort_key

WINDOWS_ON_BACK, WINDOWS_ON_LARGE_BACK = 4, 1
MOST_KINDS = 4  # of a section, on the cover
NO_READING = "読みのないもの"


@dataclass(frozen=True)
class Indexed:
    """A line of the index."""

    name: str
    id: str


@dataclass(frozen=True)
class IndexRow:
    """A row of the 五十音 with its records."""

    row: str
    records: tuple[Indexed, ...]


@dataclass(frozen=True)
class Covered:
    """A section as the cover tells it: how many records it has, and of which kinds."""

    heading: str
    count: str
    kinds: str


@dataclass(frozen=True)
class BookletPage:
    """A page of records. ``parts`` that go on from the page before have no heading; ``sections`` at its foot says what it holds.

    ``air`` are points between two records; ``has_lines``: what is left of the page are lines to write on.
    """

    sections: str
    parts: tuple[PaperPart, ...]
    air: float
    has_lines: bool


@dataclass(frozen=True)
class BookletView:
    """Everything a booklet prints. ``covered`` are its sections, as its cover tells them."""

    head: PaperHead
    count: str
    covered: tuple[Covered, ...]
    contents_heading: str
    guide: tuple[str, ...]
    pages: tuple[BookletPage, ...]
    index_heading: str
    index: tuple[IndexRow, ...]
    notes_page: str
    windows_heading: str
    windows: tuple[PaperEntry, ...]


@dataclass(frozen=True)
class Booklet:
    """A booklet before anybody knows how high its records are."""

    view: BookletView
    groups: tuple[Group, ...]
    entries: Entries
    in_order: bool

    @classmethod
    def of(cls, selection: Selection, *, large: bool) -> Booklet:
        """Decide every text of a booklet."""
        groups = first_of(selection.groups, selection.pamphlet.most or len(selection.records))
        records = tuple(r for group in groups for r in group.records)
        windows = selection.windows[: WINDOWS_ON_LARGE_BACK if large else WINDOWS_ON_BACK]
        entries = Entries.of(selection.source, (*windows, *records))
        head = PaperHead.of(
            selection,
            entries,
            windows,
            (*records, *windows),
            large=large,
            left=len(selection.records) - len(records),
            blanks=BLANKS,
        )
        guide = _guide(entries, records)
        back = replace(head.back, notes=tuple(note for note in head.back.notes if note not in guide))
        view = BookletView(
            head=replace(head, back=back),
            count=f"{len(records)}件をのせています。{head.more}",
            covered=tuple(
                Covered(g.heading, f"{len(g.records)}件", _kinds(g, selection.directory.vocabularies)) for g in groups
            ),
            contents_heading="もくじ",
            guide=guide,
            pages=(),
            index_heading="五十音のさくいん",
            index=_index(records),
            notes_page="書きとめる",
            windows_heading="迷ったら、まず電話",
            windows=tuple(entries.by_id[r.id] for r in windows),
        )
        return cls(view, groups, entries, in_order=selection.pamphlet.order == "near")

    def measuring(self) -> dict[str, Any]:
        """Return the data by which the template says how high each record and heading is."""
        return data_of(self.view) | {
            "entries": [asdict(self.entries.by_id[r.id]) for g in self.groups for r in g.records],
            "parts": [{"heading": g.heading, "official": g.official} for g in self.groups],
        }

    def fitted(self, heights: dict[str, Any]) -> BookletView:
        """Divide the records to pages, by heights in points as the template measured them."""
        records = (r for g in self.groups for r in g.records)
        fit = PageFit(
            {r.id: height for r, height in zip(records, heights["entries"], strict=True)},
            {g.id: height for g, height in zip(self.groups, heights["parts"], strict=True)},
            heights["room"],
            heights["between"],
            self.in_order,
        )
        pages = fit.pages(self.groups)
        printed = [r.id for page in pages for section in page for r in section.records]
        head = replace(
            self.view.head, printed=tuple(dict.fromkeys((*printed, *(entry.id for entry in self.view.windows))))
        )
        return replace(
            self.view,
            head=head,
            pages=tuple(
                BookletPage(
                    " / ".join(s.group.heading for s in page), self._parts(page), fit.air(page), fit.has_lines(page)
                )
                for page in pages
            ),
        )

    def _parts(self, page: Page) -> tuple[PaperPart, ...]:
        return tuple(
            PaperPart(
                section.group.heading if section.starts else "",
                section.group.official if section.starts else "",
                tuple(self.entries.by_id[r.id] for r in section.records),
            )
            for section in page
        )


def _kinds(group: Group, vocabularies: Vocabularies) -> str:
    """Return the most frequent kinds of the records of a section."""
    counted = Counter(r.kind for r in group.records)
    kinds = sorted(counted, key=lambda kind: -counted[kind])
    return "、".join(vocabularies["kind"][kind].label for kind in kinds[:MOST_KINDS]) + "など" * (
        len(kinds) > MOST_KINDS
    )


def _guide(entries: Entries, records: tuple[Resource, ...]) -> tuple[str, ...]:
    words = ["困りごとの順に並んでいます。名前からさがすときは、五十音のさくいんを見てください。"]
    if any(r.sample for r in records):
        words.append("「見本」の印があるものは、実在しません。")
    words += [f"ことわりのないものは{entries.common}です。"] if entries.common else []
    return (*words, *filter(None, [closing_note(records, entries.year_end)]))


def _index(records: tuple[Resource, ...]) -> tuple[IndexRow, ...]:
    """Return the records in 五十音 order under their rows; those without a reading come last."""
    rows: dict[str, list[Indexed]] = {}
    for r in sorted(records, key=lambda r: (not r.name_kana, *sort_key(r.name_kana, r.name), r.id)):
        rows.setdefault(row_of(r.name_kana) or NO_READING, []).append(Indexed(r.name, r.id))
    return tuple(IndexRow(row if row == NO_READING else f"{row}行", tuple(found)) for row, found in rows.items())

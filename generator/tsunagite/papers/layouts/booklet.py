"""BookletView: any selection as a booklet: contents, records by need, 五十音 index, windows on the back cover."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tsunagite.papers.parts.entry import Entries, PaperEntry
from tsunagite.papers.parts.facts import closing_note
from tsunagite.papers.parts.fit import PaperPart, first_of
from tsunagite.papers.parts.head import PaperHead
from tsunagite.papers.parts.words import BLANKS
from tsunagite.papers.selection import Selection
from tsunagite.records.model.resource import Resource
from tsunagite.text.kana import row_of, sort_key

WINDOWS_ON_BACK, WINDOWS_ON_LARGE_BACK = 4, 1
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
class BookletView:
    """Everything a booklet prints."""

    head: PaperHead
    count: str
    contents_heading: str
    guide: tuple[str, ...]
    parts: tuple[PaperPart, ...]
    index_heading: str
    index: tuple[IndexRow, ...]
    notes_page: str
    windows_heading: str
    windows: tuple[PaperEntry, ...]

    @classmethod
    def of(cls, selection: Selection, *, large: bool) -> BookletView:
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
            blanks=BLANKS[: 3 if large else 5],
        )
        guide = _guide(entries, records)
        back = replace(head.back, notes=tuple(note for note in head.back.notes if note not in guide))
        return cls(
            head=replace(head, back=back),
            count=f"{len(records)}件をのせています。{head.more}",
            contents_heading="もくじ",
            guide=guide,
            parts=tuple(
                PaperPart(g.heading, g.official, tuple(entries.by_id[r.id] for r in g.records)) for g in groups
            ),
            index_heading="五十音のさくいん",
            index=_index(records),
            notes_page="書きとめる",
            windows_heading="迷ったら、まず電話",
            windows=tuple(entries.by_id[r.id] for r in windows),
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

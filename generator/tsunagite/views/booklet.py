"""BookletView: any selection as a booklet: contents, records by need, 五十音 index, windows on the back cover."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from tsunagite.model.resource import Resource
from tsunagite.text.kana import row_of, sort_key
from tsunagite.views.paper_cover import Cover, cover_of, full_title
from tsunagite.views.paper_entry import Entries, PaperEntry
from tsunagite.views.paper_fit import Part, turns
from tsunagite.views.paper_words import (
    LOST_GLYPH_NOTE,
    Imprint,
    Urgent,
    imprint,
    paper_address,
    printed_on,
    spoken_address,
    urgent,
)
from tsunagite.views.selection import Group, Selection

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
    """Everything a booklet prints. ``printed`` are its records in their order."""

    title: str
    large: bool
    demonstration: str
    printed_on: str
    cover: Cover
    count: str
    contents_heading: str
    guide: tuple[str, ...]
    parts: tuple[Part, ...]
    index_heading: str
    index: tuple[IndexRow, ...]
    notes_page: str
    windows_heading: str
    windows: tuple[PaperEntry, ...]
    urgent: Urgent
    back: Imprint
    site_url: str
    qr_alt: str
    lost_glyph_note: str
    printed: tuple[str, ...]

    @classmethod
    def of(cls, selection: Selection, *, large: bool) -> BookletView:
        """Decide every text of a booklet."""
        site, most = selection.site, selection.pamphlet.most
        groups = _first(selection.groups, most) if most else selection.groups
        records = tuple(r for group in groups for r in group.records)
        windows = selection.windows[: WINDOWS_ON_LARGE_BACK if large else WINDOWS_ON_BACK]
        entries = Entries.of(site, (*windows, *records))
        url = paper_address(selection)
        left = len(selection.records) - len(records)
        more = f"ほか{left}件は{'サイトで' if url else 'ここにのせていません'}" if left else ""
        return cls(
            title=full_title(selection),
            large=large,
            demonstration=site.settings.demonstration,
            printed_on=printed_on(site),
            cover=cover_of(selection, selection.windows, entries),
            count=f"{len(records)}件をのせています。{more}",
            contents_heading="もくじ",
            guide=_guide(entries, records),
            parts=tuple(Part(g.heading, g.official, tuple(entries.by_id[r.id] for r in g.records)) for g in groups),
            index_heading="五十音のさくいん",
            index=_index(records),
            notes_page="書きとめる",
            windows_heading="迷ったら、まず電話",
            windows=tuple(entries.by_id[r.id] for r in windows),
            urgent=urgent(site, 0),
            back=imprint(selection, (*windows, *records), entries.common, short=True),
            site_url=url,
            qr_alt=f"QRコード。{spoken_address(url)} を開きます。",
            lost_glyph_note=LOST_GLYPH_NOTE,
            printed=tuple(dict.fromkeys(r.id for r in (*records, *windows))),
        )


def _first(groups: tuple[Group, ...], most: int) -> tuple[Group, ...]:
    """Return as many records as there may be, some of each need."""
    chosen = {r.id for r in islice(turns(groups), most)}
    kept = (Group(g.id, g.heading, g.official, tuple(r for r in g.records if r.id in chosen)) for g in groups)
    return tuple(group for group in kept if group.records)


def _guide(entries: Entries, records: tuple[Resource, ...]) -> tuple[str, ...]:
    words = ["困りごとの順に並んでいます。名前からさがすときは、五十音のさくいんを見てください。"]
    if any(r.sample for r in records):
        words.append("「見本」の印があるものは、実在しません。")
    return (*words, f"ことわりのないものは{entries.common}です。") if entries.common else tuple(words)


def _index(records: tuple[Resource, ...]) -> tuple[IndexRow, ...]:
    """Return the records in 五十音 order under their rows; those without a reading come last."""
    rows: dict[str, list[Indexed]] = {}
    for r in sorted(records, key=lambda r: (not r.name_kana, *sort_key(r.name_kana, r.name), r.id)):
        rows.setdefault(row_of(r.name_kana) or NO_READING, []).append(Indexed(r.name, r.id))
    return tuple(IndexRow(row if row == NO_READING else f"{row}行", tuple(found)) for row, found in rows.items())

"""The cover of a paper: whose it is, its title with furigana, one sentence, and the number to call when in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagite.papers.parts.entry import Entries
from tsunagite.papers.parts.selection import Selection
from tsunagite.records.model.resource import Resource
from tsunagite.text.ruby import Ruby, ruby


@dataclass(frozen=True)
class Call:
    """A number to call, and whose it is."""

    first: str
    number: str
    name: str
    hours: str


@dataclass(frozen=True)
class Cover:
    """``title`` is lines of pieces with their readings."""

    place: str
    title: tuple[Ruby, ...]
    lead: str
    call: Call | None


def cover_of(selection: Selection, windows: tuple[Resource, ...], entries: Entries) -> Cover:
    """Return the cover; its number is that of the main window, else of the first window that has one."""
    settings = selection.source.settings
    ordered = sorted(windows, key=lambda r: (r.sample, r.id != settings.main_window))
    entry = next((entries.by_id[r.id] for r in ordered if entries.by_id[r.id].phones), None)
    call = (
        Call("迷ったら、まず電話", entry.phones[0].number, "".join(text for text, _ in entry.name), entry.hours)
        if entry
        else None
    )
    return Cover(settings.municipality, _title(selection), selection.pamphlet.lead, call)


def full_title(selection: Selection) -> str:
    """Return the title with its area: 「屋島地区　暮らしの案内」."""
    return "　".join("".join(text for text, _ in line) for line in _title(selection))


def _title(selection: Selection) -> tuple[Ruby, ...]:
    area, words = selection.directory.areas.get(selection.area_id), selection.pamphlet.title
    if area is None or selection.pamphlet.area is None or area.name in words:
        return (((words, ""),),)
    known = area.name_kana if area.kana_source == "confirmed" else ""
    pieces = (ruby(area.name, known) if known else None) or ((area.name, ""),)
    rest = selection.area_name.removeprefix(area.name)
    return ((*pieces, *(((rest, ""),) if rest else ())), ((words, ""),))

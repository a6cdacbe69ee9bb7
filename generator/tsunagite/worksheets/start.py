"""What a new sheet begins with: the head and the lines that it takes over from a filled sheet, or from a meeting in the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tsunagite.records.directory import Directory
from tsunagite.records.load.worksheets import Filled
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.features.worksheet import MOST_LINE, WorksheetTemplate, letters_of

MINUTES = "meeting-minutes"
"""The sheet on which a meeting keeps its minutes."""


@dataclass(frozen=True)
class StartView:
    """A sheet that can be begun from what is there. ``copy`` becomes the draft of its form."""

    sheet: str
    title: str
    form_path: str
    paper: str
    workbook: str
    copy: dict[str, Any]


def starts_of(directory: Directory, one: Filled) -> Iterator[StartView]:
    """Yield every sheet that takes over lines from this one, then those that follow it."""
    follow = [
        sheet for sheet in directory.worksheets.sheets if any(carry.sheet == one.sheet.id for carry in sheet.carries)
    ]
    follow += [sheet for sheet in directory.worksheets.sheets if sheet.id in one.sheet.next and sheet not in follow]
    for sheet in follow:
        if not sheet.blank_only:
            yield start_of(sheet, _copy_lines(directory, sheet, one))


def minutes_of(directory: Directory, event: Event) -> StartView | None:
    """Return the minutes of a meeting of those who support; None for other events."""
    sheet = directory.worksheets.sheet(MINUTES)
    if sheet is None or not directory.vocabularies["event_kind"][event.kind].for_workers:
        return None
    area = event.areas[0] if len(event.areas) == 1 and event.areas[0] in directory.areas else ""
    copy = {
        "title": event.title,
        "area": area,
        "place": event.place[:60],
        "made_by": event.title,
        "sample": event.sample,
    }
    return start_of(sheet, {key: value for key, value in copy.items() if value})


def start_of(sheet: WorksheetTemplate, copy: dict[str, Any]) -> StartView:
    """Return how a sheet is begun from a copy."""
    papers = f"papers/worksheets/{sheet.id}"
    return StartView(sheet.id, sheet.title, f"worksheets/{sheet.id}/form/", f"{papers}.pdf", f"{papers}.xlsx", copy)


def _copy_lines(directory: Directory, sheet: WorksheetTemplate, one: Filled) -> dict[str, Any]:
    head = one.head
    needs = [directory.vocabularies["need"][need].label for need in head.needs]
    copy: dict[str, Any] = {
        "title": head.title,
        "area": head.area,
        "place": head.place,
        "needs": needs,
        "made_by": head.made_by,
        "grew_from": [head.id],
        "sample": head.sample,
    }
    copy = {key: value for key, value in copy.items() if value}
    for carry in sheet.carries:
        into, section = sheet.section(carry.into), one.sheet.section(carry.section)
        if carry.sheet != one.sheet.id or not into or not section:
            continue
        target, origin = into.field(carry.write), next((field.id for field in into.fields if field.kind == "lines"), "")
        row = next((field.id for field in section.fields if field.kind == "row"), "")
        lines: list[dict[str, Any]] = []
        for line in one.values[section.id]:
            if not line[carry.field]:
                continue
            text, letter = str(line[carry.field]), str(line.get("letter") or (row and line[row]) or "")
            taken = {carry.write: text[:MOST_LINE] if target and target.kind == "line" else text}
            lines.append(taken | ({origin: [f"{head.id}#{letter}"]} if origin and letter else {}))
        letters = letters_of(into, len(lines))
        if lines:
            copy[into.id] = (
                [{"letter": letter, **line} for letter, line in zip(letters, lines, strict=False)]
                if into.letters
                else lines
            )
    return copy

"""The call sheet: records past their review, by who runs them or where they lie, as a workbook whose answers come back by import-xlsx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tsunagite.editing.books.view import BookSheet, EditedColumn, RecordBook, records_book, sheet_of
from tsunagite.records.columns.columns import ANSWER, ANSWERS, ASK, CALL
from tsunagite.records.directory import Directory
from tsunagite.records.model.resource import Resource
from tsunagite.text.dates import japanese_date
from tsunagite.text.phones import plain_phone

By = Literal["owner", "area"]
_NOBODY: dict[By, str] = {"owner": "団体の書かれていない記録", "area": "地区のわからない記録"}
_SHEET_NAME = 31  # characters: Excel allows no more, and none of []:*?/\


@dataclass(frozen=True)
class Call:
    """One record to ask about: whom to call ("" where no number is known) and what to ask."""

    group: str
    resource: Resource
    whom: str
    ask: str


def calls(directory: Directory, today: date, by: By) -> tuple[Call, ...]:
    """Return the records whose check is past due, or that nobody has ever checked, longest ago first within a group.

    Records of an official list answer with their list; ideas, closed and made-up records are not asked about.
    """
    found = []
    for resource in directory.listed:
        due = directory.review_due(resource)
        never = due is None and directory.source_of(resource) is None
        if not resource.sample and (never or (resource.verified_on and due and due < today)):
            found.append(Call(group_of(directory, resource, by), resource, _whom(directory, resource), _ask(resource)))
    return tuple(
        sorted(
            found,
            key=lambda call: (
                call.group == _NOBODY[by],
                call.group,
                str(call.resource.verified_on or ""),
                call.resource.id,
            ),
        )
    )


def call_book(directory: Directory, today: date, by: By) -> RecordBook:
    """Return the calls as a book with a sheet for each group."""
    groups: dict[str, list[Call]] = {}
    for call in calls(directory, today, by):
        groups.setdefault(re.sub(r"[\[\]:*?/\\]", " ", call.group)[:_SHEET_NAME], []).append(call)
    town = directory.settings.municipality or directory.settings.name
    return records_book(
        directory,
        "calls",
        f"{town} 電話で確かめる記録",
        today,
        [_sheet(directory, name, found) for name, found in groups.items()],
    )


def _sheet(directory: Directory, name: str, found: list[Call]) -> BookSheet:
    plain = sheet_of(directory, [call.resource for call in found], "", name)
    columns = (*plain.columns[:2], *_columns(), *plain.columns[2:])
    rows = tuple((*row[:2], call.whom, call.ask, "", *row[2:]) for row, call in zip(plain.rows, found, strict=True))
    return BookSheet(name, columns, rows)


def _columns() -> Iterator[EditedColumn]:
    about = "「変わりなし」か「変わった」と答えると、確認した日と方法（電話）が記録に入ります。変わったところは、その欄を書きかえます。"
    for title, width, words, text in (
        (CALL, 30, (), "だれに、何番へかけるか。"),
        (ASK, 36, (), "たずねること。"),
        (ANSWER, 14, ANSWERS, about),
    ):
        yield EditedColumn(title, text, "電話", "text", width, words, True, "", not words, False)


def group_of(directory: Directory, resource: Resource, by: By) -> str:
    """Return the name of who runs a resource, or of the area it lies in or serves; a name for all of which neither is known."""
    if by == "owner":
        organization = directory.organizations.get(resource.organization or "")
        return organization.name if organization else _NOBODY[by]
    served = (directory.district_of(area) for area in resource.service_areas)
    area = directory.district_at(resource) or next(filter(None, served), None)
    return area.name if area else _NOBODY[by]


def _whom(directory: Directory, resource: Resource) -> str:
    organization = directory.organizations.get(resource.organization or "")
    if resource.voice_phones:
        phone = resource.voice_phones[0]
        return f"{phone.label or resource.name} {plain_phone(phone.number)}"
    voice = [phone for phone in organization.phones if phone.type == "voice"] if organization else []
    return f"{organization.name} {plain_phone(voice[0].number)}" if organization and voice else ""


def _ask(resource: Resource) -> str:
    checked = f"{japanese_date(resource.verified_on)}に確認" if resource.verified_on else "まだ確認されていません"
    return f"電話番号・時間・場所・費用は、いまもこのとおりですか（{checked}）"

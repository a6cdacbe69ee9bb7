"""Worksheets in workbooks: the tabs, the headings, and how a value stands in a cell. Writer and reader share this page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.worksheet import MARK, Section, SheetField, WorksheetTemplate
from tsunagite.text.dates import guess_date, parse_iso
from tsunagite.text.normalize import compare_key, nfkc

HEAD_TAB, HISTORY_TAB, MARK_TAB, GRID_TAB = "はじめに", "その後", "つなぎ手", "ます"
HEADER_ROW = 3
"""On every tab: its name, how to fill it in, then the headings."""
BOX_TITLES = ("こと", "書くところ", "書き方")
LETTER = SheetField(id="letter", title="記号", kind="line", help="ほかの表から指すときの記号。", width=0.6)
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\]")
_PARTS = re.compile(r"[・（）()／/、]")
_BETWEEN = re.compile(r"[、，,\n]+")
LISTS = ("choices", "rows", "resources", "lines")


def tab_of(sheet: WorksheetTemplate, section: Section) -> str:
    """Return the name of the tab of a section (Excel allows 31 characters)."""
    number = next(number for number, one in enumerate(sheet.sections, start=1) if one.id == section.id)
    return f"{number} {_NOT_IN_TABS.sub(' ', section.title)}"[:31]


def fields_of(section: Section) -> tuple[SheetField, ...]:
    """Return the columns of a section: its letter, where it has one, then its fields."""
    return ((LETTER,) if section.has_letters else ()) + section.fields


def grid_of(sheet: WorksheetTemplate) -> Section | None:
    """Return the section whose lines stand in cells (the twelve of the matrix), where a sheet has one."""
    return next((section for section in sheet.sections if section.grid and section.grid.show != "letter"), None)


def chosen(options: tuple[str, ...], written: str) -> str | None:
    """Return the one option that somebody means: spelled alike, or named by one of its parts (「商店」 is 「商店・会社」)."""
    key = compare_key(written)
    alike = [option for option in options if compare_key(option) == key]
    named = [option for option in options if key in map(compare_key, _PARTS.split(option))]
    return alike[0] if alike else named[0] if key and len(named) == 1 else None


def words_of(field: SheetField, vocabularies: Vocabularies) -> tuple[str, ...]:
    """Return the words that a cell may hold (empty: anything)."""
    if field.id == "needs" or field.kind == "term":
        return tuple(term.label for term in vocabularies[field.of])
    if field.kind == "mark":
        return (MARK,)
    return field.options if field.kind in ("choice", "choices") else ()


def cell_of(field: SheetField, value: Any, vocabularies: Vocabularies) -> str | int | None:
    """Return what stands in the cell of a value; None where nothing is written."""
    if value in (None, "", ()) or value is False:
        return None
    if field.kind == "term":
        return vocabularies[field.of][value].label
    if field.id == "needs":
        return "、".join(vocabularies["need"][one].label for one in value)
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, bool):
        return MARK
    return value.isoformat() if isinstance(value, date) else value


def value_of(field: SheetField, text: str, *, is_number: bool) -> tuple[Any, str]:
    """Return (what a record says, "") for what stands in a cell, or (None, code) where it cannot be read.

    The value is as it is written in YAML; the model reads it as it reads every record.
    """
    plain = nfkc(text)
    if field.kind == "mark":
        known = {MARK: True, "〇": True, "◯": True, "O": True, "TRUE": True, "FALSE": False}
        return (known[plain.upper()], "") if plain.upper() in known else (None, "I409")
    if field.kind == "number":
        return (int(plain), "") if re.fullmatch(r"[0-9]{1,6}", plain) else (None, "I410")
    if field.kind == "date":
        if is_number:  # Excel keeps days as numbers of days: which day is meant, nobody can tell for sure
            return None, "I411"
        day = parse_iso(plain) or guess_date(plain)
        return (day.isoformat(), "") if day else (text, "")
    if field.kind in LISTS:
        return [
            chosen(field.options, part.strip()) or part.strip() for part in _BETWEEN.split(text) if part.strip()
        ], ""
    return (chosen(field.options, text) or text if field.kind == "choice" else text), ""

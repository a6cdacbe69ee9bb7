"""Which published form a table has, how sure that is, and a description of the list drafted from it. Pure.

A form is known by its headers alone (NFKC, aliases, never their position). How sure it is: the share of the table's columns
that the form knows. A table of no known form gets a draft in which every column's field is guessed from its header and its
cells, with samples beside it, for a person to correct (``import draft``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tsunagite.importing.forms.model import ListForm
from tsunagite.importing.mapping.rows import key_of, with_entries_only
from tsunagite.importing.mapping.table import ROW
from tsunagite.importing.tables.table_file import Grid, Table
from tsunagite.text.cells import decimal, is_exponent, one_line, phones_in, postal_code, says_nothing, web_addresses_in
from tsunagite.text.dates import parse_days, parse_time
from tsunagite.text.kana import as_reading, is_reading
from tsunagite.text.normalize import nfkc

SURE = 0.5  # share of known columns from which a form is taken without asking
HEADER_WITHIN = 30  # rows: metadata above a header is never longer
SAMPLES = 3


@dataclass(frozen=True)
class Recognised:
    """The form of a table, the row of its header, the headers it knows by their name in the form, and the unknown ones."""

    form: ListForm
    table: Table
    known: Mapping[str, str]
    unknown: tuple[str, ...]

    def is_sign(self, header: str) -> bool:
        """Tell whether a header of the table is one by which the form is known."""
        return any(key_of(header) in _spellings(self.form, sign) for sign in self.form.signs)

    @property
    def share(self) -> float:
        """The share of named columns that the form knows, 0 to 1."""
        named = sum(1 for header in self.table.header if header.strip())
        return (named - len(self.unknown)) / named if named else 0.0


def match_form(grids: Sequence[Grid], forms: Sequence[ListForm]) -> Recognised | None:
    """Return the form that knows most columns of the first sheet with a list, None where no form's signs are there."""
    found = [one for grid in grids if not grid.hidden for one in _in_grid(grid, forms)]
    return max(found, key=lambda one: (len(one.form.signs) + one.share, -one.table.header_row), default=None)


def _in_grid(grid: Grid, forms: Sequence[ListForm]) -> Iterator[Recognised]:
    for row in grid.rows[:HEADER_WITHIN]:
        keys = {key_of(cell) for cell in row.cells if cell.strip()}
        for form in forms:
            has_signs = all(_spellings(form, sign) & keys for sign in form.signs)
            if has_signs and not any(_spellings(form, other) & keys for other in form.without):
                yield known_columns(form, grid.table(row.number))


def _spellings(form: ListForm, header: str) -> set[str]:
    return {key_of(name) for name in (header, *form.aliases.get(header, ()))}


def known_columns(form: ListForm, table: Table) -> Recognised:
    """Return which columns of a table a form knows, whether the table has its signs or not."""
    names = {key: name for name in form.columns for key in _spellings(form, name)}
    ignored = {key_of(name) for name in form.ignore} | {key for name in form.ignore for key in _spellings(form, name)}
    ignored |= {key for sign in (*form.signs, *form.numbers) for key in _spellings(form, sign)}
    known: dict[str, str] = {}
    unknown = []
    for header in table.header:
        key = key_of(header)
        if not key:
            continue
        if key in names and names[key] not in known.values():
            known[one_line(header)] = names[key]
        elif key not in ignored:
            unknown.append(one_line(header))
    return Recognised(form, table, known, tuple(unknown))


def header_row_of(grid: Grid) -> int:
    """Guess the row of the header: the first with most named cells among the first rows."""
    first = grid.rows[:HEADER_WITHIN]
    widest = max((sum(bool(cell.strip()) for cell in row.cells) for row in first), default=0)
    return next((row.number for row in first if sum(bool(c.strip()) for c in row.cells) >= max(widest * 0.8, 1)), 1)


def draft_columns(found: Recognised) -> dict[str, Any]:
    """Return the part of a description that the form and the table decide: columns, ids, constants."""
    form, table = found.form, with_entries_only(found.table)
    columns = {header: form.columns[name] for header, name in found.known.items() if is_used(table, header)}
    by_name = {name: header for header, name in found.known.items()}
    if "location.address" not in columns.values() and "location.point" not in columns.values():
        columns |= address_in_parts(table)
    used = set(columns.values())
    data: dict[str, Any] = {"sheet": table.sheet, "header_row": table.header_row, "into": form.into}
    data["id_rule"] = {"prefix": form.prefix, **number_rule(table, form)}
    data["columns"] = columns
    data["ignore"] = [
        one_line(h)
        for h in table.header
        if h.strip() and one_line(h) not in columns and one_line(h) not in found.unknown
    ]
    data["constants"] = dict(form.constants)
    choices = []
    for choice in form.choose:
        header = by_name.get(choice.column) or (choice.column if _has(table, choice.column) else "")
        if header:
            choices.append(
                {"column": header, **choice.model_dump(exclude={"column"}, exclude_defaults=True, mode="json")}
            )
    data["choose"] = choices
    data["label"], data["priority"] = form.label, form.priority
    data["no_contact_reason"] = "" if "phones" in used else form.no_contact_reason
    return {key: value for key, value in data.items() if value not in ("", [], {})}


def _has(table: Table, header: str) -> bool:
    return key_of(header) in map(key_of, table.header)


def _cells(table: Table, header: str) -> list[str]:
    key = key_of(header)
    index = next((i for i, one in enumerate(table.header) if key_of(one) == key), None)
    return [] if index is None else [row.cells[index] for row in table.rows]


def is_used(table: Table, header: str) -> bool:
    """Tell whether any row says something in a column."""
    return any(cell.strip() and not says_nothing(cell) for cell in _cells(table, header))


def address_in_parts(table: Table) -> dict[str, str]:
    """Join the address of its columns where the column with the whole of it is empty."""
    parts = [
        name
        for name in ("所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下")
        if _has(table, name) and is_used(table, name)
    ]
    return dict.fromkeys(parts, "location.address")


def number_rule(table: Table, form: ListForm) -> dict[str, Any]:
    """Choose the column that tells rows apart: filled in every row, and never twice unless rows are services of an office."""
    rows = table.rows
    for name in form.numbers:
        header = next((one_line(h) for h in table.header if key_of(h) in _spellings(form, name)), "")
        values = [nfkc(cell).strip() for cell in _cells(table, header)] if header else []
        filled = [value for value in values if value and not says_nothing(value)]
        if any(map(is_exponent, filled)):
            continue
        if form.several_rows and len(filled) >= len(rows) * 0.9 and filled:
            return {"number": header, "otherwise": ROW, "several_rows": True}
        if filled and len(set(filled)) == len(filled) and len(filled) >= len(rows) * 0.9:
            return {"number": header} if len(filled) == len(rows) else {"number": header, "otherwise": ROW}
    return {"number": ROW}


# A table of no known form.

PERSON = "-"
"""A column that may name persons: it is not to be read."""
_HEADERS: tuple[tuple[str, str], ...] = (
    (r"代表者|氏名|担当者|開設者|設置者|園長|理事長|owner|representative", PERSON),
    (r"名称|施設名|事業所名|店名|店舗名|団体名|会の名|会名|屋号|教室名|サロン名|サークル名|^名前$|^name$|タイトル", "name"),
    (r"カナ|かな|ふりがな|フリガナ|よみ|kana", "name_kana"),
    (r"郵便|〒|zip|postal", "location.postal_code"),
    (r"建物|方書|building", "location.building"),
    (r"住所|所在地|場所|会場|address|add", "location.address"),
    (r"緯度|^lat|latitude|^y$", "location.lat"),
    (r"経度|^lng|^lon|longitude|^x$", "location.lng"),
    (r"fax|ファ[ック]*ス", "fax"),
    (r"電話|tel|phone|連絡先", "phones"),
    (r"mail|メール", "email"),
    (r"url|ホームページ|サイト|https?", "url"),
    (r"曜日|開催日|活動日", "hours.days"),
    (r"開始|^open$|始業", "hours.open"),
    (r"終了|^close$|終業", "hours.close"),
    (r"時間|日時", "hours_note"),
    (r"定員|^full$|capacity", "capacity"),
    (r"対象|年齢", "eligibility.note"),
    (r"費用|料金|会費|参加費|price|fee", "fee.note"),
    (r"説明|内容|紹介|活動内容|memo|description", "description"),
)  # fmt: skip


def _share(values: list[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(value)) for value in values) / len(values) if values else 0.0


_CELLS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("url", web_addresses_in),
    ("location.postal_code", postal_code),
    ("email", lambda cell: re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", nfkc(cell))),
    ("location.lat", lambda cell: (degree := decimal(cell)) is not None and 20 <= degree <= 46 and "." in cell),
    ("location.lng", lambda cell: (degree := decimal(cell)) is not None and 122 <= degree <= 154 and "." in cell),
    ("phones", lambda cell: phones_in(cell)[0]),
    ("hours.days", parse_days),
    ("location.address", lambda cell: re.match(r"[^市区町村]*+.[^0-9]*+[0-9]", nfkc(cell), re.DOTALL)),
)
_TIME = ("hours.open", "hours.close")


def guess_columns(table: Table, known: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """Return (header, field or "" where nothing is likely, samples) for every named column; no field is guessed twice.

    ``known`` are fields of columns that need no guess, by header.
    """
    taken: set[str] = set(known.values())
    result = []
    table = with_entries_only(table)
    for header in table.header:
        if not header.strip():
            continue
        name = one_line(header)
        values = [cell.strip() for cell in _cells(table, header) if cell.strip()]
        target = known.get(name) or _guess(nfkc(name), values, taken)
        taken.add(target)
        samples = list(dict.fromkeys(" ".join(value.split())[:40] for value in values))[:SAMPLES]
        result.append((name, target, samples))
    return result


def _guess(header: str, values: list[str], taken: set[str]) -> str:
    for pattern, target in _HEADERS:
        if (
            (target not in taken or target == PERSON)
            and re.search(pattern, header, re.IGNORECASE)
            and _fits(target, values)
        ):
            return target
    if values and "hours.open" not in taken and _share(values, parse_time) > 0.8:
        return "hours.open"
    for target, fits in _CELLS:
        if target not in taken and _share(values, fits) > 0.7:
            return target
    if "name_kana" not in taken and "name" in taken and values and _share(values, _is_kana) > 0.9:
        return "name_kana"
    return ""


def _is_kana(cell: str) -> bool:
    return is_reading(as_reading(cell)) and not cell.isascii()


def _like_phone(cell: str) -> bool:
    return bool(phones_in(cell)[0]) or bool(re.match(r"[0-9]{1,4}[-( ][0-9]{4}(?![0-9])", nfkc(cell).strip()))


def _fits(target: str, values: list[str]) -> bool:
    """Tell whether the cells of a column can be what its header promises."""
    fits = dict(_CELLS).get(target)
    if target in _TIME:
        fits = parse_time
    if target in ("phones", "fax"):
        fits = _like_phone  # what has no area code is refused and told; an attribute would hide that there is a number
    return fits is None or target == "location.address" or not values or _share(values, fits) > 0.3

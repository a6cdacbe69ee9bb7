"""Ids of a list that nobody has described yet, and of its rows: readable, made from the file alone, shared by no other list. Pure."""

from __future__ import annotations

import hashlib
import re
from os.path import commonprefix
from typing import Any

from tsunagite.importing.forms.model import ListForm
from tsunagite.importing.mapping.table import ROW
from tsunagite.importing.tables.table_file import Table
from tsunagite.records.load.municipalities import of_name
from tsunagite.text.cells import one_line
from tsunagite.text.file_names import is_japanese, slug_of
from tsunagite.text.kana import as_reading, is_reading
from tsunagite.text.romaji import romaji


def list_id(title: str, owner: str, form: ListForm | None) -> str:
    """Return a readable id that depends on the file alone: Latin words of its name, else owner and form (yanai-medical).

    A Japanese title that is not that of the form ends in four characters made from it, so that two such lists never share an id.
    """
    if not is_japanese(title) and (slug := slug_of(title)):
        return slug
    municipality = of_name(owner.partition("郡")[2] or owner)
    town = romaji(re.sub("(し|ちょう|まち|むら|そん|く)$", "", municipality.reading)) if municipality else ""
    usual = form is not None and title.removesuffix("一覧") in (form.name.partition("（")[0].removesuffix("一覧"), "")
    mark = (
        hashlib.blake2b(title.encode(errors="surrogatepass"), digest_size=2).hexdigest()
        if is_japanese(title) and not usual
        else ""
    )
    return "-".join(filter(None, (town, form.prefix if form else "list", mark)))[:60]


def id_rule(table: Table, list_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return how ids are made: the list's id, then its own numbers without what they all begin with, else reading or name.

    The count of a row tells nothing: it changes with the next edition.
    """
    rule = {**data["id_rule"], "prefix": list_id, **_without(table, data["id_rule"]["number"])}
    if ROW not in (rule["number"], rule.get("otherwise")):
        return rule
    name = next((header for header, target in data["columns"].items() if target == "name"), "")
    kana = next((header for header, target in data["columns"].items() if target == "name_kana"), "")
    if rule["number"] != ROW:
        return {**rule, "otherwise": name, "several_rows": True}
    readings = [as_reading(cell) for cell in _cells(table, kana) if cell.strip()] if kana else []
    if readings and sum(map(is_reading, readings)) >= len(readings) * 0.9:
        return {**rule, "number": kana, "otherwise": name, "several_rows": True}
    return {**rule, "number": name, "several_rows": True} if name else rule


def _cells(table: Table, header: str) -> list[str]:
    index = next((i for i, one in enumerate(table.header) if one_line(one) == header), None)
    return [row.cells[index] for row in table.rows] if index is not None else []


def _without(table: Table, number: str) -> dict[str, str]:
    """Return the part that all numbers begin with (jp.city.medical.), which no id needs."""
    numbers = [one_line(cell) for cell in _cells(table, number) if cell.strip()]
    alike = re.match(r".{3,}[.:/_-]", commonprefix(numbers)) if len(numbers) > 1 else None  # noqa: RUF071 - characters, no paths
    return {"without": alike[0]} if alike else {}

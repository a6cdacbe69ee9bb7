"""What a catalogue of open data says of a list: its day, its licence and whose it is. Pure.

Catalogues are オープンデータ一覧 of the standard (正式版 データセット_タイトル … and the older データ名称 …) and what CKAN and BODIK answer
(``package_show``, ``package_search``). A list is found in it by the name of its file, else by its title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from tsunagite.importing.mapping.rows import key_of
from tsunagite.importing.tables.table_file import Table
from tsunagite.text.cells import one_line, says_nothing
from tsunagite.text.dates import guess_date
from tsunagite.text.file_names import title_of
from tsunagite.text.normalize import compare_key

SIGNS = ("データセット_タイトル", "データ名称")
"""A table with one of these headers is a catalogue."""
_TITLES = (*SIGNS, "ファイル_タイトル", "ファイル名")
_ADDRESSES = ("ファイル_ダウンロードURL", "ダウンロードURL", "URL", "ファイル名")
_DAYS = ("ファイル_最終更新日", "データセット_最終更新日", "最終更新日")  # the file's own day comes first
_LICENCES = ("ファイル_ライセンス", "ライセンス")
_OWNERS = ("地方公共団体名", "市区町村名")
_JAPAN = timedelta(hours=9)  # CKAN writes UTC without saying so
MAX_DEPTH = 6


@dataclass(frozen=True)
class CatalogueEntry:
    """One file of a catalogue; "" and None where the catalogue does not tell. ``file`` is the name under which it is downloaded."""

    file: str = ""
    titles: tuple[str, ...] = ()
    day: date | None = None
    licence: str = ""
    owner: str = ""


def entries_of_table(table: Table) -> Iterator[CatalogueEntry]:
    """Yield the files of a catalogue in a table."""
    columns = {key_of(header): index for index, header in enumerate(table.header)}

    def cells(row: Sequence[str], names: Iterable[str]) -> Iterator[str]:
        found = (one_line(row[columns[name]]) for name in names if name in columns)
        return (cell for cell in found if cell and not says_nothing(cell))

    for row in table.rows:
        titles = tuple(cells(row.cells, _TITLES))
        files = [name for cell in cells(row.cells, _ADDRESSES) if (name := _file_of(cell))]
        if titles:
            day = next((day for cell in cells(row.cells, _DAYS) if (day := guess_date(cell))), None)
            licence, owner = (next(cells(row.cells, names), "") for names in (_LICENCES, _OWNERS))
            yield CatalogueEntry(files[0] if files else "", titles, day, licence, owner)


def entries_of_packages(value: object, depth: int = 0) -> Iterator[CatalogueEntry]:
    """Yield the files of every data set (an object with ``resources``) in an answer of CKAN or BODIK."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict) and isinstance(value.get("resources"), list):
        yield from (_entry(one, value) for one in value["resources"] if isinstance(one, dict))
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from entries_of_packages(inner, depth + 1)


def _entry(resource: Mapping[str, Any], package: Mapping[str, Any]) -> CatalogueEntry:
    days = (resource.get("last_modified"), resource.get("metadata_modified"), resource.get("created"),
            package.get("metadata_modified"))  # fmt: skip
    organization = package.get("organization")
    return CatalogueEntry(
        _file_of(str(resource.get("url") or "")),
        tuple(str(one) for one in (resource.get("name"), package.get("title")) if one),
        next((day for written in days if (day := _day_in_japan(written))), None),
        str(package.get("license_title") or package.get("license_id") or ""),
        str(organization.get("title") or "") if isinstance(organization, dict) else "",
    )


def _day_in_japan(written: object) -> date | None:
    """Return the day of a moment that CKAN wrote."""
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return guess_date(str(written)) if written else None
    return (moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta()) + _JAPAN).date()


def _file_of(address: str) -> str:
    """Return the name of the file that an address, or a cell with the name itself, leads to."""
    name = PurePosixPath(unquote(urlsplit(address.strip()).path)).name
    return name if "." in name else ""


def entry_of(name: str, catalogue: Sequence[CatalogueEntry]) -> CatalogueEntry | None:
    """Return what a catalogue says of a file; None where it does not name it, or names it twice with different days."""
    by_file = [one for one in catalogue if one.file and compare_key(one.file) == compare_key(name)]
    title = compare_key(title_of(name.rpartition(".")[0] or name))
    found = by_file or [one for one in catalogue if title in {compare_key(title_of(title)) for title in one.titles}]
    return found[0] if len({(one.day, one.licence, one.owner) for one in found}) == 1 else None

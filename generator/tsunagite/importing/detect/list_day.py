"""The day of a list, from the list alone: its columns, its notes, the name of its file. Never today, and never guessed. Pure."""

from __future__ import annotations

import re
from datetime import date

from tsunagite.importing.tables.table_file import Table
from tsunagite.text.dates import day_in_name, guess_date
from tsunagite.text.normalize import nfkc

_DAYS = frozenset({
    "データ更新日", "更新日", "最終更新日", "更新年月日", "基準日", "データ基準日", "時点", "データの日付", "データセット_最終更新日", "調査年月日", "公開日", "作成日", "データ作成日",
})  # fmt: skip
_AS_OF = re.compile("現在|時点")


def day_in_list(table: Table, stem: str, catalogued: date | None = None) -> tuple[date | None, str]:
    """Return the day of a list and where it stands; (None, "") where nothing tells it.

    It is the newest of a column for it (its header), that of a note above or below that says 現在 or 時点 (``note``), that of a catalogue
    (``catalogued``, ``catalogue``), or of the file's name (``file_name``).
    """
    columns = [(index, header) for index, header in enumerate(table.header) if nfkc(header) in _DAYS]
    if found := [
        (day, header) for row in table.rows for index, header in columns if (day := guess_date(row.cells[index]))
    ]:
        return max(found)
    below = (cells[0] for row in table.rows if len(cells := [cell for cell in row.cells if cell.strip()]) == 1)
    if as_of := next(
        (day for text in (*table.above, *below) if _AS_OF.search(text) and (day := guess_date(text))), None
    ):
        return as_of, "note"
    if catalogued:
        return catalogued, "catalogue"
    day = day_in_name(stem)
    return (day, "file_name") if day else (None, "")

"""DataTable: rows for spreadsheets and programs, as csv and as JSON with the meaning of its words beside. An empty cell is what nobody knows."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tsunagite.engine.artifact import Artifact
from tsunagite.spreadsheets.csv_text import csv_bytes

Value = str | int | float | None


@dataclass(frozen=True)
class DataTable:
    """A table: the path of its files without ending, what it is, its columns and rows; ``note`` and ``definitions`` say how to read it."""

    path: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str
    definitions: tuple[tuple[str, str], ...]

    def csv(self) -> Artifact:
        """Return it as csv that Excel opens (UTF-8 with a mark)."""
        return Artifact(f"{self.path}.csv", csv_bytes(self.columns, self.rows)[0])

    def json(self, day: str) -> Artifact:
        """Return it as data, with the meaning of its words beside."""
        data = {
            "title": self.title,
            "day": day,
            "note": self.note,
            "definitions": [{"word": word, "text": text} for word, text in self.definitions],
            "columns": self.columns,
        }
        head = json.dumps(data, ensure_ascii=False, indent=1)[:-2]
        rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in self.rows)
        return Artifact(f"{self.path}.json", f'{head},\n "rows": [\n{rows}\n]}}\n'.encode())

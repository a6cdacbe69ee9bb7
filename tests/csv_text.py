"""The text of a csv file as a table, for tests that begin after the file is decoded."""

from __future__ import annotations

from tsunagite.findings import Finding
from tsunagite.importing.tables.table_file import Table, choose_table, grid_of


def table_of(text: str, name: str) -> tuple[Table | None, list[Finding]]:
    """Return what ``read_table`` returns for a file of this text."""
    grid, findings = grid_of(text, name)
    return choose_table([] if grid is None else [grid], findings, name)

"""Any file a list may come in (csv, xlsx, json, geojson) as rows, and the row of it that is the header."""

from __future__ import annotations

from pathlib import Path

from tsunagite.findings import Finding, Place, error, has_errors
from tsunagite.importing.tables.json_table import is_json, read_json_grid
from tsunagite.importing.tables.table_file import Grid, Table, read_grids, read_table

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".json", ".geojson")


def grids_in(path: Path, name: str, encoding: str = "auto") -> tuple[list[Grid], list[Finding]]:
    """Return the rows of a file, one grid a sheet. Empty exactly when an error was found."""
    if is_json(path):
        grid, findings = read_json_grid(path, name)
        return ([grid] if grid else []), findings
    return read_grids(path, name, encoding)


def list_table(
    path: Path, name: str, encoding: str = "auto", sheet: str = "", header_row: int = 1
) -> tuple[Table | None, list[Finding]]:
    """Read a list as its description says. The table is None exactly when a finding is an error."""
    if not is_json(path) and header_row == 1:
        return read_table(path, name, encoding, sheet)
    grids, findings = grids_in(path, name, encoding)
    if has_errors(findings):
        return None, findings
    chosen = [grid for grid in grids if (grid.sheet == sheet if sheet else not grid.hidden)]
    if not chosen:
        return None, [error("I161", Place(name), sheet=sheet, known=[grid.sheet for grid in grids])]
    grid = chosen[0]
    if header_row > len(grid.rows) or grid.rows[header_row - 1].is_blank:
        return None, [error("I105", Place(name, line=header_row, column=1))]
    return grid.table(header_row), findings

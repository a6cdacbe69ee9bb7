"""Any file a list may come in (csv, xlsx, xls, ods, json, geojson, kml, a zip of one) as rows, and the row of it that is the header."""

from __future__ import annotations

from pathlib import Path

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.importing.tables.containers import LIST_SUFFIXES, is_kml, list_inside
from tsunagite.importing.tables.json_table import is_json, read_json_grid
from tsunagite.importing.tables.kml_table import read_kml_grid
from tsunagite.importing.tables.table_file import Grid, Table, choose_table, read_grids

OTHER_SUFFIXES = (
    ".zip",
    ".kmz",
    ".numbers",
    ".pdf",
    ".html",
    ".htm",
    ".xml",
    ".gz",
    ".7z",
    ".rar",
    ".lzh",
    ".docx",
    ".doc",
    ".shp",
)
"""Files that people take for lists: opened, or named with what to do."""
SUFFIXES = (*LIST_SUFFIXES, *OTHER_SUFFIXES)


def grids_in(path: Path, name: str, encoding: str = "auto") -> tuple[list[Grid], list[Finding]]:
    """Return the rows of a file, one grid a sheet; of a zip those of the list in it. Empty exactly when an error was found."""
    with list_inside(path, name) as (inner, called, refused):
        if inner is None:
            return [], refused
        if is_json(inner) or is_kml(inner):
            grid, findings = (read_json_grid if is_json(inner) else read_kml_grid)(inner, called)
            return ([grid] if grid else []), findings
        return read_grids(inner, called, encoding)


def list_table(
    path: Path, name: str, encoding: str = "auto", sheet: str = "", header_row: int = 1
) -> tuple[Table | None, list[Finding]]:
    """Read a list as its description says. The table is None exactly when a finding is an error; a list without rows is one."""
    return table_in(*grids_in(path, name, encoding), name, sheet, header_row)


def table_in(
    grids: list[Grid], findings: list[Finding], name: str, sheet: str = "", header_row: int = 1
) -> tuple[Table | None, list[Finding]]:
    """Take the list out of what ``grids_in`` read of a file, as ``list_table`` does."""
    table, findings = choose_table(grids, findings, name, sheet, header_row)
    if table is not None and all(row.is_blank for row in table.rows):
        return None, [*findings, error("I227", SourceLocation(name))]
    return table, findings

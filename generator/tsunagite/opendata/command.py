"""Open data as csv files on request, also in CP932 for programs that know nothing else, with what does not fit told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tsunagite.check.load import load
from tsunagite.errors import UsageError
from tsunagite.findings import has_errors
from tsunagite.opendata.files import DataFile, csv_files
from tsunagite.opendata.view import OpenDataView
from tsunagite.records.yaml.staged_files import write_whole
from tsunagite.spreadsheets.csv_text import Encoding


def export_csv(root: Path, folder: Path, today: date, encoding: Encoding) -> list[tuple[Path, DataFile]]:
    """Write the csv files of ``/opendata/`` into a folder. Raises UsageError where the records have errors."""
    loaded = load(root, today)
    if has_errors(loaded.findings):
        raise UsageError("記録にまちがいがあるため、書き出せません。→ tsunagite check で直すところを見てください。")
    written = []
    for file in csv_files(OpenDataView.of(loaded.directory, today), encoding):
        path = folder / file.name
        write_whole(path, file.content)
        written.append((path, file))
    return written

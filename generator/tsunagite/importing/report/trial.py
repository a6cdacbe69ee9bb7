"""How far the lists in a folder can be read: a row of a table for every file, with what each of its rows would become."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from tsunagite.findings import SourceLocation, has_errors
from tsunagite.i18n import message_of
from tsunagite.importing.detect.intake import Intake, Said, detect_list
from tsunagite.importing.draft import Draft
from tsunagite.importing.events.events import events_of
from tsunagite.importing.mapping.table import read
from tsunagite.importing.tables.list_file import SUFFIXES, list_table
from tsunagite.records.load.records import Records, records_of
from tsunagite.records.load.tree import read_tree
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.resource import Resource

_HEAD = ("| ファイル | 形 | わかる列 | 行 | 記録 | まとめた行 | 除いた行 | 直したセル |", "|---|---|--:|--:|--:|--:|--:|--:|")


def try_data(folder: Path, root: Path, on: date) -> str:
    """Return a Markdown table of every list below ``folder``. Nothing is imported. Raises UsageError when ``root`` is no site.

    Rows are judged one by one by the model; whether two lists speak of one facility is not asked.
    """
    records, _ = records_of(read_tree(root))
    lines = list(_HEAD)
    files = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    for path in sorted(files, key=lambda found: found.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix().replace("|", "\\|")
        lines.append(f"| {name} | " + " | ".join(_try_file(path, records, root, on)) + " |")
    return "\n".join(lines) + "\n"


def _try_file(path: Path, records: Records, root: Path, on: date) -> tuple[str, ...]:
    intake = detect_list(path, records.source, records.vocabularies, root, Said(on, owner="?"))
    told = next((one for one in intake.findings if one.code in ("I189", "I185", "I188")), None)
    form = str(told.values["form"]) if told else ""
    if intake.events:
        events = list(events_of(intake.events, records.vocabularies))
        made = [row for row in events if isinstance(row, Draft)]
        counts = (len(events), len(made), 0, len(events) - len(made), sum(len(row.repairs) for row in made))
        return form, f"{told.values['percent'] if told else ''}%", *(f"{number:,}" for number in counts)
    if intake.taken is None:
        problem = next((one for one in intake.findings if one.code != "I185"), None)
        text = message_of(problem)[0][:60] if problem else form
        rows = len(intake.dropped)
        return text.replace("|", "\\|"), "", *((str(rows), "0", "0", str(rows), "0") if rows else ("", "", "", "", ""))
    return form, f"{told.values['percent'] if told else ''}%", *_counts(path, intake, records)


def _counts(path: Path, intake: Intake, records: Records) -> tuple[str, ...]:
    assert intake.taken is not None  # noqa: S101 - the caller asks for counts of a list that was understood
    source = intake.taken.placed.record
    table, findings = list_table(path, path.name, "auto", source.sheet, source.header_row)
    if table is None or has_errors(findings):
        return ("", "", "", "", "")
    counts: Counter[str] = Counter()
    ids = set()
    for row in read(table, source):
        fate = "dropped"
        if isinstance(row, Draft):
            record, _ = validate(Resource, row.data, SourceLocation(path.name, line=row.row, column=1), records.vocabularies)
            fate = "dropped" if record is None else "merged" if row.id in ids else "records"
            ids.add(row.id)
            counts["repairs"] += len(row.repairs)
        counts[fate] += 1
    numbers = (len(table.rows), counts["records"], counts["merged"], counts["dropped"], counts["repairs"])
    return tuple(f"{number:,}" for number in numbers)

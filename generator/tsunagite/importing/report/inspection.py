"""What a file is, how it would be read, and its first rows as the records they would become, as lines of text. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from tsunagite.i18n import catalogue, message_of
from tsunagite.i18n.report import one_line
from tsunagite.importing.detect.evidence import Evidence
from tsunagite.importing.draft import Draft, Dropped, Reason
from tsunagite.importing.plan.list_report import ListReport, ReadAs
from tsunagite.importing.plan.plan import Plan
from tsunagite.importing.plan.three_way import name_of
from tsunagite.importing.report.entries import Fate
from tsunagite.importing.report.report import ImportReport, flat
from tsunagite.records.model.base.fields import title_of
from tsunagite.records.model.features.event import Event
from tsunagite.records.model.resource import Resource
from tsunagite.text.dates import NO_DAY

ROWS = 10
"""Rows that are shown as the records they would become."""
_OWN = (
    "id",
    "sources",
    "verify_method",
    "verified_by",
    "consent",
)  # fields of every imported record, which no row tells
_ENCODINGS = {
    "utf-8-sig": "CSV（UTF-8）",
    "cp932": "CSV（Shift_JIS）",
    "json": "JSON",
    "kml": "KML",
    "xlsx": "Excel",
    "xls": "Excel（.xls）",
    "xlsb": "Excel（.xlsb）",
    "ods": "OpenDocument（.ods）",
}


@dataclass(frozen=True)
class ShownRow:
    """What becomes of one row: ``id`` is that of its record, ``data`` its values where it has any, ``why`` what a reason says."""

    row: int
    name: str
    fate: Fate
    id: str = ""
    data: Mapping[str, Any] | None = None
    why: str = ""
    file: str = ""


def inspection_lines(report: ImportReport, language: str = "ja", most: int = ROWS) -> Iterator[str]:
    """Yield what is known of every file: form and evidence, owner, day, columns, counts, and the first ``most`` rows as records."""
    words: Mapping[str, Any] = catalogue(language)["import"]["inspect"]
    lists = [one for one in report.lists if one.source_id in report.evidence or not report.evidence]
    for finding in report.findings:
        if finding.code != "I189":  # said below, with its evidence
            yield one_line(finding, language)
    for one in lists:
        yield one.file
        evidence = report.evidence.get(one.source_id, Evidence(one.name, owner_from="list", day_from="list"))
        if one.source_id not in report.evidence:
            yield "  " + words["described"].format(name=one.name, id=one.source_id)
        for line in _list_lines(one, evidence, words, language):
            yield f"  {line}"
        for line in row_lines(one, language, most):
            yield f"  {line}"
    if lists:
        yield words["nothing_written"]


def _list_lines(one: ListReport, evidence: Evidence, words: Mapping[str, Any], language: str) -> Iterator[str]:
    read_as = one.read_as
    if read_as:
        yield words["container"].format(
            container=_container(one.file, read_as, words),
            header_row=read_as.header_row,
            columns=len(read_as.columns),
            rows=one.rows_read,
        )
    yield from _form_lines(evidence, words)
    if read_as:
        source = read_as.source
        places = words["places"]
        place = places.get(evidence.owner_from) or (
            places["column"].format(column=evidence.owner_from) if evidence.owner_from else places["nobody"]
        )
        yield words["owner"].format(owner=source.owner, place=place)
        place = places.get(evidence.day_from) or (
            places["column"].format(column=evidence.day_from) if evidence.day_from else places["nobody"]
        )
        yield words["day"].format(day=source.data_date or NO_DAY, place=place)
        yield words["licence"].format(licence=source.licence)
        yield from _column_lines(read_as, words, language)
    for finding in one.findings:
        if finding.code not in ("I189", "I115"):  # both are said with the columns
            yield one_line(finding, language)
    if one.plan:
        yield from _count_lines(one, one.plan, words)


def _container(file: str, read_as: ReadAs, words: Mapping[str, Any]) -> str:
    name = _ENCODINGS.get(read_as.encoding, read_as.encoding)
    name += str(words["sheet"]).format(sheet=read_as.sheet) if read_as.sheet else ""
    return str(words["zipped"]).format(container=name) if file.lower().endswith(".zip") else name


def _form_lines(evidence: Evidence, words: Mapping[str, Any]) -> Iterator[str]:
    shares = {
        "known": evidence.known,
        "named": evidence.named,
        "percent": round(100 * evidence.known / evidence.named) if evidence.named else 0,
    }
    if evidence.edition_of:
        yield words["edition_of"].format(
            form=evidence.form, id=evidence.edition_of, rows=round(evidence.shared * 100), **shares
        )
    elif evidence.form and evidence.named:
        yield words["form"].format(form=evidence.form, signs="・".join(evidence.signs), **shares)
    elif evidence.named:
        yield words["by_draft"].format(**shares)


def _column_lines(read_as: ReadAs, words: Mapping[str, Any], language: str) -> Iterator[str]:
    yield words["columns"]
    unused: list[str] = []
    unknown: list[str] = []
    for column in read_as.columns:
        parts = [field_name(tuple(column.target.split(".")), language)] if column.target else []
        parts += [words["tells_rows"]] if column.tells_rows else []
        parts += [words["tells_kinds"]] if column.tells_kinds else []
        if parts:
            yield f"  {column.header} → {'・'.join(parts)}"
        else:
            (unused if column.is_known else unknown).append(column.header)
    if unused:
        yield words["unused"].format(columns="・".join(unused))
    if unknown:
        yield words["unknown"].format(columns="・".join(unknown))


def _count_lines(one: ListReport, plan: Plan, words: Mapping[str, Any]) -> Iterator[str]:
    counts = Counter(row.fate for row in rows_of(plan))
    told = "・".join(f"{words['fates'][fate]} {count}" for fate in Fate if (count := counts[fate]))
    yield words["rows"].format(rows=one.rows_read, told=told or 0)
    drafts = plan.drafts
    outside = sum(row.why is Reason.OTHER_TOWN for row in plan.dropped)
    if outside:
        yield words["outside"].format(count=outside)
    kinds = Counter(str(draft.data.get("kind", "")) for draft in drafts if "kind" in draft.data)
    unsure = sum(repair.why is Reason.KIND_UNSURE for draft in drafts for repair in draft.repairs)
    if kinds:
        shown = "・".join(f"{kind} {count}" for kind, count in kinds.most_common(6))
        yield words["kinds"].format(kinds=shown + ("…" if len(kinds) > 6 else ""), unsure=unsure)


def rows_of(plan: Plan) -> list[ShownRow]:
    """Return what becomes of every row, in the order of the rows."""
    shown = [
        _of_draft(draft, fate)
        for fate, drafts in ((Fate.NEW, plan.new), (Fate.UNCHANGED, plan.unchanged))
        for draft in drafts
    ]
    for fate, updates in ((Fate.UPDATED, plan.changed), (Fate.KEPT, plan.kept)):
        shown += [
            _of_draft(update.draft, Fate.CONFLICT if update.conflicts or update.problems else fate)
            for update in updates
        ]
    shown += [ShownRow(row.row, row.name, Fate.MERGED, row.into, row.data, file=row.file) for row in plan.merged]
    shown += [
        ShownRow(row.row, row.name, Fate.ASKED, row.id, why="・".join(pair.first for pair in row.pairs), file=row.file)
        for row in plan.asked
    ]
    shown += [
        ShownRow(held.row, held.name, fate, held.id)
        for fate, several in ((Fate.HELD, plan.held), (Fate.REMOVED, plan.removed))
        for held in several
    ]
    shown += [ShownRow(row.row, row.name, Fate.DROPPED, row.id, file=row.file) for row in plan.dropped]
    return sorted(shown, key=lambda row: (row.file, row.row))


def _of_draft(draft: Draft, fate: Fate) -> ShownRow:
    return ShownRow(draft.row, draft.name, fate, draft.id, draft.data, file=draft.file)


def row_lines(one: ListReport, language: str = "ja", most: int = ROWS) -> Iterator[str]:
    """Yield the first rows as the records they would become, empty rows left out; a row that makes none with the reason."""
    if one.plan is None:
        return
    words: Mapping[str, Any] = catalogue(language)["import"]
    why = {(row.file, row.row): reason_of(row, words, language) for row in one.plan.dropped}
    blank = {(row.file, row.row) for row in one.plan.dropped if row.why is Reason.BLANK_ROW}
    rows = [row for row in rows_of(one.plan) if (row.file, row.row) not in blank][:most]
    if rows:
        yield words["inspect"]["first_rows"].format(count=len(rows))
    for row in rows:
        fate = words["inspect"]["fates"][row.fate]
        yield "  " + words["inspect"]["row"].format(row=row.row, name=row.name or "―", fate=fate, id=row.id).rstrip(
            " 　→"
        )
        for line in (
            record_lines(row.data, language) if row.data else filter(None, (why.get((row.file, row.row)) or row.why,))
        ):
            yield f"    {line}"


def reason_of(row: Dropped, words: Mapping[str, Any], language: str) -> str:
    """Return why a row is left out, as a sentence."""
    problems = " ".join(message_of(finding, language)[0] for finding in row.findings)
    return str(words["why"][row.why]).format(detail=row.detail, problems=problems)


def record_lines(data: Mapping[str, Any], language: str = "ja") -> Iterator[str]:
    """Yield the values of a record, one a line, without those that every imported record has."""
    model = Event if {"title", "days"} <= set(data) else Resource
    for key, value in data.items():
        if key in _OWN:
            continue
        if isinstance(value, dict):
            yield from (f"{field_name((key, inner), language, model)}: {flat(one, '')}" for inner, one in value.items())
        else:
            shown = "・".join(_item(one) for one in value) if isinstance(value, list) else flat(value, "")
            yield f"{field_name((key,), language, model)}: {shown}"


def _item(value: object) -> str:
    """Return one of several values: 月-金 9:00～17:00, 受付 087-839-2811."""
    if not isinstance(value, dict):
        return flat(value, "")
    span = [f"{value['open']}～{value['close']}"] if {"open", "close"} <= set(value) else []
    return " ".join([*(flat(inner, "") for key, inner in value.items() if key not in ("open", "close")), *span])


def field_name(path: tuple[str, ...], language: str, model: type[BaseModel] = Resource) -> str:
    """Return how a field is called: its title (場所の住所), in English its path (location.address)."""
    return title_of(model, path) if language == "ja" else name_of(path)

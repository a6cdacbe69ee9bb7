"""The report of an import: what became of every row, as a value and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tsunagite.findings import Finding, has_errors
from tsunagite.i18n import catalogue, message_of
from tsunagite.i18n.report import one_line
from tsunagite.model.draft import Draft, Dropped, Merged, Pair, Repair
from tsunagite.sources.record_writer import Plan

LONGEST_CELL = 80  # characters of a cell shown in one line of the report


@dataclass(frozen=True)
class ListReport:
    """What became of one list. ``plan`` is None when the list could not be imported; ``findings`` then say why.

    ``rows_read`` counts the rows below the header (0 when the file could not be read).
    """

    source_id: str
    name: str
    file: str
    rows_read: int
    plan: Plan | None
    findings: tuple[Finding, ...] = ()

    @property
    def is_accounted_for(self) -> bool:
        """Whether every row read is a record, belongs to the record of another row, or was dropped with a reason."""
        plan = self.plan
        return plan is not None and self.rows_read == plan.records + len(plan.merged) + len(plan.dropped)


@dataclass(frozen=True)
class ImportReport:
    """What became of all lists of one import."""

    lists: tuple[ListReport, ...]
    findings: tuple[Finding, ...] = ()
    dry_run: bool = False
    uncertain: tuple[Pair, ...] = ()
    """Pairs of records that may be one, still without a person's word."""
    without_reader: bool = False
    """Whether readings could not be suggested for want of SudachiPy."""
    more_files: int = 0
    """Files beside the lists' own (the pairs to decide)."""

    @property
    def files(self) -> int:
        """How many files were (in a dry run: would be) written."""
        return sum(len(one.plan.files) for one in self.lists if one.plan) + self.more_files

    @property
    def exit_code(self) -> int:
        """0 when every row of every list is accounted for, 1 when a list could not be imported."""
        complete = all(one.is_accounted_for for one in self.lists) and not has_errors(list(self.findings))
        return 0 if complete else 1


def lines(report: ImportReport, language: str = "ja") -> Iterator[str]:
    """Yield the report line by line: per list its findings, one line per row that is not simply taken, the total."""
    words: Mapping[str, Any] = catalogue(language)["import"]
    for finding in report.findings:
        yield one_line(finding, language)
    for one in report.lists:
        yield f"{one.name}（{one.source_id}） {one.file}"
        for finding in one.findings:
            yield "  " + one_line(finding, language)
        if one.plan is None:
            yield "  " + words["not_imported"]
            continue
        for line in _row_lines(one.plan, words, language):
            yield "  " + line
        counts = {"records": one.plan.records, "merged": len(one.plan.merged), "dropped": len(one.plan.dropped)}
        yield "  " + words["total"].format(read=one.rows_read, **counts)
    for pair in report.uncertain:
        far = words["metres"].format(metres=pair.metres) if pair.metres is not None else words["no_metres"]
        names = {
            "a": pair.first,
            "a_name": _short(pair.first_name),
            "b": pair.second,
            "b_name": _short(pair.second_name),
        }
        yield words["uncertain"].format(**names, distance=far)
    if report.uncertain:
        yield words["decide"].format(count=len(report.uncertain))
    if report.without_reader:
        yield words["without_reader"]
    if report.files:
        yield words["would_write" if report.dry_run else "wrote"].format(count=report.files)
    else:
        yield words["nothing_to_write"]


def _row_lines(plan: Plan, words: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield one line per row that was repaired, dropped, has changed or is held back, in row order; then the rest."""
    repaired = [(*_at(draft), _repaired_line(draft, words)) for draft in (*plan.new, *plan.unchanged) if draft.repairs]
    merged = [(*_at(row), _merged_line(row, words)) for row in plan.merged]
    dropped = [(*_at(row), _dropped_line(row, words, language)) for row in plan.dropped]
    changed = [
        ("", one.row, words[key].format(row=one.row, id=one.id, name=_short(one.name), fields="・".join(one.fields)))
        for key, several in (("changed", plan.changed), ("held", plan.held))
        for one in several
    ]
    for file, _, line in sorted([*repaired, *merged, *dropped, *changed]):
        yield f"{file} {line}".strip()
    for record_id in plan.gone:
        yield words["gone"].format(id=record_id)
    if plan.new:
        yield words["new"].format(count=len(plan.new), first=plan.new[0].id, last=plan.new[-1].id)


def _at(row: Draft | Merged | Dropped) -> tuple[str, int]:
    return row.file, row.row


def _merged_line(row: Merged, words: Mapping[str, Any]) -> str:
    line = str(words["merged"]).format(row=row.row, name=_short(row.name), id=row.into)
    return line + "".join("；" + _repair_text(repair, words) for repair in row.repairs)


def _repaired_line(draft: Draft, words: Mapping[str, Any]) -> str:
    repairs = "；".join(_repair_text(repair, words) for repair in draft.repairs)
    return str(words["repaired"]).format(row=draft.row, id=draft.id, name=_short(draft.name), repairs=repairs)


def _repair_text(repair: Repair, words: Mapping[str, Any]) -> str:
    why = words["why"][repair.why]
    if not repair.became:
        return str(words["left_out"]).format(column=repair.column, read=_short(repair.read), why=why)
    text = str(words["became"]).format(
        column=repair.column, read=_short(repair.read), became=_short(repair.became), why=why
    )
    return text + (str(words["rest"]).format(rest=_short(repair.rest)) if repair.rest else "")


def _dropped_line(row: Dropped, words: Mapping[str, Any], language: str) -> str:
    problems = " ".join(message_of(finding, language)[0] for finding in row.findings)
    why = str(words["why"][row.why]).format(detail=_short(row.detail), problems=_short(problems, 200))
    return str(words["dropped"]).format(row=row.row, name=_short(row.name) or "―", why=why)


def _short(text: str, longest: int = LONGEST_CELL) -> str:
    """Return a cell fit for one line of a terminal: no control characters, not too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"

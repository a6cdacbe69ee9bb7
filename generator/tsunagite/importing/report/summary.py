"""The summary of an import for a pull request: what is new, changed, gone and to decide of every list, as Markdown of one screen. Pure.

It is written for the section of a city that owns a list: names and labels, no ids and codes. What has more than FOLD_FROM lines
is folded (``<details>``), and more is folded until at most VISIBLE lines are seen at once; every row stays in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tsunagite.findings import Severity
from tsunagite.i18n import catalogue, message_of
from tsunagite.importing.draft import Draft, Merged, Reason
from tsunagite.importing.plan.list_report import ListReport
from tsunagite.importing.plan.plan import Plan, Update
from tsunagite.importing.plan.three_way import FieldChange
from tsunagite.importing.report.inspection import field_name, reason_of
from tsunagite.importing.report.report import ImportReport, question, shortened, values_side_by_side
from tsunagite.text.dates import NO_DAY
from tsunagite.text.markdown import count_visible, folded, plain, table_head, table_row
from tsunagite.text.names import address_key
from tsunagite.text.normalize import nfkc

VISIBLE = 60
"""Lines of text that are seen before anything is unfolded."""
FOLD_FROM = 6


@dataclass(frozen=True)
class Section:
    """One part of a list: its title with a count, and its lines (a table where ``head`` names columns)."""

    title: str
    lines: tuple[str, ...]
    head: tuple[str, ...] = ()
    folded: bool = False

    def text(self, *, fold: bool) -> list[str]:
        """Return the lines of Markdown; folded they are one line until somebody opens it."""
        body = [*table_head(self.head), *self.lines]
        if fold or self.folded or len(self.lines) >= FOLD_FROM:
            return ["", *folded(self.title, body)]
        return ["", f"**{self.title}**", "", *body]


def as_summary(report: ImportReport, language: str = "ja") -> str:
    """Return the summary: the counts of all lists, then every list with anything to tell, at last those without."""
    words: Mapping[str, Any] = catalogue(language)["import"]
    blocks = [(one, list(_sections(one, words, language))) for one in report.lists]
    told = [(one, sections) for one, sections in blocks if sections or one.plan is None]
    for fold in (partial(_listed, fold=False), partial(_listed, fold=True), _lists_folded):
        lines = [
            *_head(report, words, language),
            *(line for one, sections in told for line in fold(one, sections, words, language)),
            *_quiet(blocks, words),
        ]
        if count_visible(lines) <= VISIBLE:
            return "\n".join(lines) + "\n"
    rest = [line for one, sections in told for line in _lists_folded(one, sections, words, language)]
    lists = folded(words["summary"]["lists"].format(count=len(told)), rest)
    return "\n".join([*_head(report, words, language), "", *lists, *_quiet(blocks, words)]) + "\n"


def _listed(
    one: ListReport, sections: list[Section], words: Mapping[str, Any], language: str, *, fold: bool
) -> list[str]:
    told = (line for section in sections for line in section.text(fold=fold))
    return ["", f"## {_title(one, words)}", "", *_about(one, words, language), *told]


def _lists_folded(one: ListReport, sections: list[Section], words: Mapping[str, Any], language: str) -> list[str]:
    inner = [*_about(one, words, language), *(line for section in sections for line in section.text(fold=True))]
    counts = "・".join(section.title for section in sections) or words["summary"]["not_imported"]
    return ["", *folded(f"{_title(one, words)} {counts}", inner)]


def _head(report: ImportReport, words: Mapping[str, Any], language: str) -> list[str]:
    plans = [one.plan for one in report.lists if one.plan]
    counts = {
        "new": sum(len(plan.new) for plan in plans), "changed": sum(len(_changed(plan)) for plan in plans), "gone": sum(len(plan.gone) for plan in plans),
        "questions": len(report.doubts) + sum(len(plan.conflicts) + len(plan.held) for plan in plans),
    }  # fmt: skip
    lines = [f"# {words['summary']['title']}", "", words["summary"]["total"].format(lists=len(report.lists), **counts)]
    lines += ["", words["summary"]["dry_run"]] if report.dry_run else []
    findings = tuple(
        f"- {plain(one.place.file)}: {plain(' '.join(message_of(one, language)).strip())}"
        for one in report.findings
        if one.code != "I189"
    )
    lines += (
        Section(words["summary"]["findings"].format(count=len(findings)), findings).text(fold=False) if findings else []
    )
    if report.uncertain:
        lines += Section(
            words["summary"]["pairs"].format(count=len(report.uncertain)),
            tuple(f"- {plain(question(pair, language))}" for pair in report.uncertain),
        ).text(fold=False)
    return lines


def _title(one: ListReport, words: Mapping[str, Any]) -> str:
    owner = one.read_as.source.owner if one.read_as else ""
    return plain(words["summary"]["list"].format(name=one.name, owner=owner) if owner else one.name)


def _about(one: ListReport, words: Mapping[str, Any], language: str) -> list[str]:
    day = one.read_as.source.data_date if one.read_as else None
    if one.plan is None:
        told = [f"- {plain(' '.join(filter(None, message_of(finding, language))))}" for finding in one.findings]
        return [f"{plain(one.file)}: {words['not_imported']}", *([""] if told else []), *told]
    return [words["summary"]["about"].format(file=plain(one.file), day=day or NO_DAY, rows=one.rows_read)]


def _quiet(blocks: list[tuple[ListReport, list[Section]]], words: Mapping[str, Any]) -> list[str]:
    quiet = [plain(one.name) for one, sections in blocks if one.plan and not sections]
    return ["", words["summary"]["quiet"].format(lists="・".join(quiet))] if quiet else []


def _sections(one: ListReport, words: Mapping[str, Any], language: str) -> Iterator[Section]:
    plan = one.plan
    if plan is None:
        return
    own = words["summary"]
    questions = list(_questions(plan, words, language))
    if questions:
        yield Section(own["questions"].format(count=len(questions)), tuple(f"- {line}" for line in questions))
    changed = _changed(plan)
    for key, same in (("changed", False), ("rewritten", True)):
        told = [
            tuple(_change_rows(update, words, language, only_written=same))
            for update in sorted(changed, key=lambda one: one.draft.row)
        ]
        if count := sum(map(bool, told)):
            lines = tuple(line for several in told for line in several)
            yield Section(own[key].format(count=count, fields=len(lines)), lines, tuple(own["change_head"]), same)
    if plan.new:
        rows = tuple(
            _row((draft.name, _where(draft), str(draft.data.get("kind", draft.data.get("date", "")))))
            for draft in plan.new
        )
        yield Section(own["new"].format(count=len(plan.new)), rows, tuple(own["new_head"]))
    if plan.gone:
        gone = (
            own["gone_closed" if one.closed else "gone_still" if one.still_in else "gone_line"].format(
                name=plain(one.name), lists="・".join(one.still_in)
            )
            for one in plan.gone
        )
        yield Section(own["gone"].format(count=len(plan.gone)), tuple(f"- {line}" for line in gone))
    if plan.joined:
        yield Section(
            own["joined"].format(count=len(plan.joined)),
            tuple(f"- {own['joined_line'].format(name=plain(one.name), into=one.into)}" for one in plan.joined),
        )
    dropped = [row for row in plan.dropped if row.why is not Reason.BLANK_ROW]
    if dropped and (plan.new or changed or plan.gone or questions):
        rows = tuple(_row((str(row.row), row.name, reason_of(row, words, language))) for row in dropped)
        yield Section(own["dropped"].format(count=len(dropped)), rows, tuple(own["dropped_head"]), folded=True)
    warnings = tuple(
        f"- {plain(' '.join(message_of(found, language)).strip())}"
        for found in one.findings
        if found.severity is not Severity.NOTICE
    )
    if warnings:
        yield Section(own["findings"].format(count=len(warnings)), warnings, folded=True)
    doubtful = tuple(_doubtful_cells(plan, words))
    if doubtful and (plan.new or changed or plan.gone or questions):
        yield Section(own["cells"].format(count=len(doubtful)), doubtful, tuple(own["cells_head"]), folded=True)


def _changed(plan: Plan) -> list[Update]:
    return [one for one in plan.changed if one.changes and not one.problems and not one.is_renumbering]


def _change_rows(update: Update, words: Mapping[str, Any], language: str, *, only_written: bool) -> Iterator[str]:
    """Yield the changed fields of a record: those that say something else, or those that say the same in other characters."""
    changes = [one for one in update.changes if one.path[0] != "sources" and _says_the_same(one) == only_written]
    for number, change in enumerate(changes):
        both = values_side_by_side(change.before, change.after, words)
        yield _row(
            ("" if number else update.draft.name, field_name(change.path, language), both["before"], both["after"])
        )


def _says_the_same(change: FieldChange) -> bool:
    """Tell whether two values differ in their characters alone: ２番町１ and 2番町1, 一丁目16-20 and 一丁目16番20号."""
    before, after = change.before, change.after
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    if change.path[-1] == "address":
        return address_key(before) == address_key(after)
    return "".join(nfkc(before).split()) == "".join(nfkc(after).split())


def _questions(plan: Plan, words: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield what a person must decide of a list: conflicts, rows that may be a known record, records that cannot be written."""
    own = words["summary"]
    for update in (*plan.changed, *plan.kept):
        for conflict in update.conflicts:
            both = values_side_by_side(conflict.here, conflict.proposed, words)
            yield own["conflict"].format(
                name=plain(update.draft.name),
                field=field_name(conflict.path, language),
                here=plain(both["before"]),
                list=plain(both["after"]),
            )
        for finding in update.problems:
            yield own["problem"].format(name=plain(update.draft.name), problem=plain(message_of(finding, language)[0]))
    for row in plan.asked:
        for pair in row.pairs:
            yield own["asked"].format(row=row.row, name=plain(row.name), known=plain(pair.first_name))
    for held in plan.held:
        yield own["held"].format(name=plain(held.name))


def _doubtful_cells(plan: Plan, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield the cells that were not taken and that whoever keeps the list should look at."""
    rows: list[Draft | Merged] = [*plan.drafts, *plan.merged]
    for row in sorted(rows, key=lambda one: (one.file, one.row)):
        for repair in row.repairs:
            if repair.proposal or (not repair.became and repair.why is not Reason.NOTHING):
                yield _row(
                    (
                        str(row.row),
                        row.name,
                        f"{repair.column}「{shortened(repair.read)}」",
                        words["why"][repair.why] + (f" → {repair.proposal}" if repair.proposal else ""),
                    )
                )


def _where(draft: Draft) -> str:
    return str((draft.data.get("location") or {}).get("address", ""))


def _row(values: tuple[str, ...]) -> str:
    return table_row(map(plain, values))

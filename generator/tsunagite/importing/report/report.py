"""The report of an import: what became of every row, as a value and as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import takewhile
from typing import Any

from tsunagite.findings import Finding, has_errors
from tsunagite.i18n import catalogue, message_of
from tsunagite.i18n.report import one_line
from tsunagite.importing.detect.evidence import Evidence
from tsunagite.importing.draft import Draft, Dropped, Merged, Pair, Repair
from tsunagite.importing.plan.list_report import ListReport
from tsunagite.importing.plan.plan import Plan, RemovedUpstream, Update
from tsunagite.importing.plan.three_way import name_of
from tsunagite.importing.snapshots import SNAPSHOTS
from tsunagite.records.model.base.fields import title_of
from tsunagite.records.model.resource import Resource
from tsunagite.text.dates import NO_DAY

LONGEST_CELL = 80  # characters of a cell shown in one line of the report


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
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """Why files without a description were read as they were, by the id of their list."""

    @property
    def doubts(self) -> tuple[Pair, ...]:
        """Everything a person must say: pairs of records that may be one, and rows that may be a known record."""
        return self.uncertain + tuple(
            pair for one in self.lists if one.plan for row in one.plan.asked for pair in row.pairs
        )

    @property
    def files(self) -> int:
        """How many files were (in a dry run: would be) written."""
        return sum(len(one.plan.files) for one in self.lists if one.plan) + self.more_files

    @property
    def exit_code(self) -> int:
        """0 when every row of every list is accounted for, 1 when a list could not be imported."""
        complete = all(one.is_accounted_for for one in self.lists) and not has_errors(list(self.findings))
        return 0 if complete else 1


def lines(report: ImportReport, language: str = "ja", most: int | None = None) -> Iterator[str]:
    """Yield the report for a person at a terminal: what became of every list first, then its rows, most urgent ones first.

    ``most`` is how many rows of each kind are told one by one (None: all of them); the rest is counted.
    """
    words: Mapping[str, Any] = catalogue(language)["import"]
    for finding in report.findings:
        yield one_line(finding, language)
    for one in report.lists:
        yield f"{one.name}（{one.source_id}） {one.file}"
        if one.plan is not None:
            counts = {"records": one.plan.records, "merged": len(one.plan.merged), "dropped": len(one.plan.dropped)}
            yield "  " + words["total"].format(read=one.rows_read, **counts)
            if told := _count_line(one.plan, words):
                yield "  " + told
        for finding in one.findings:
            yield "  " + one_line(finding, language)
        if one.plan is None:
            yield "  " + words["not_imported"]
            continue
        for line in _row_lines(one.plan, words, language, most):
            yield "  " + line
    yield from _some([words["uncertain"].format(**_names(pair, words)) for pair in report.doubts], words, most)
    if report.doubts:
        yield words["decide"].format(count=len(report.doubts))
    if report.without_reader:
        yield words["without_reader"]
    if total := sum(len(one.plan.conflicts) for one in report.lists if one.plan):
        yield words["conflicts"].format(count=total)
    if report.files:
        yield words["would_write" if report.dry_run else "wrote"].format(count=report.files)
    else:
        yield words["nothing_to_write" if all(one.plan for one in report.lists) else "nothing_written"]


def _count_line(plan: Plan, words: Mapping[str, Any]) -> str:
    """Return in one line how many rows are new, changed and so on, those there are none of left out."""
    updated = sum(bool(one.changes) and not one.problems and not one.is_renumbering for one in plan.changed)
    counts = {
        "new": len(plan.new),
        "updated": updated,
        "conflicts": len(plan.conflicts),
        "asked": len(plan.asked),
        "gone": len(plan.gone),
    }
    return "・".join(f"{words['report'][key]} {count}" for key, count in counts.items() if count)


def _some(told: list[str], words: Mapping[str, Any], most: int | None) -> Iterator[str]:
    """Yield the first lines of one kind, and how many more there are."""
    yield from (
        told if most is None or len(told) <= most + 1 else [*told[:most], words["more"].format(count=len(told) - most)]
    )


def question(pair: Pair, language: str = "ja") -> str:
    """Ask whether two records are one."""
    words: Mapping[str, Any] = catalogue(language)["import"]
    return str(words["question"]).format(**_names(pair, words))


def _names(pair: Pair, words: Mapping[str, Any]) -> dict[str, str]:
    far = words["metres"].format(metres=pair.metres) if pair.metres is not None else words["no_metres"]
    names = {
        "a": pair.first,
        "a_name": shortened(pair.first_name),
        "b": pair.second,
        "b_name": shortened(pair.second_name),
    }
    return {**names, "distance": far}


def diff(report: ImportReport, most_new: int = 20) -> Iterator[str]:
    """Yield the unified diff of every record that changes, and of the first new ones (the rest is counted)."""
    plans = [one.plan for one in report.lists if one.plan]
    texts = [(name, plan.before.get(name), text) for plan in plans for name, text in plan.files.items()
             if not name.startswith(SNAPSHOTS)]  # fmt: skip
    new = [text for text in texts if text[1] is None]
    for name, before, text in [*(one for one in texts if one[1] is not None), *new[:most_new]]:
        lines = unified_diff(
            (before or "").splitlines(),
            (text or "").splitlines(),
            f"a/{name}" if before else "/dev/null",
            f"b/{name}" if text is not None else "/dev/null",
            lineterm="",
        )
        yield from lines
    if len(new) > most_new:
        yield f"... +{len(new) - most_new}"


def _row_lines(plan: Plan, words: Mapping[str, Any], language: str, most: int | None) -> Iterator[str]:
    """Yield the rows that are not simply taken, kind by kind: what waits for a person, what is not in, what changed, what was mended."""
    drafts: list[Draft | Merged] = [*plan.new, *plan.unchanged]
    updates = [one for one in plan.changed if not one.is_renumbering]
    waiting = [(*_at(one.draft), line) for one in updates for line in _waiting_lines(one, words, language)]
    waiting += [
        (one.file, one.row, words["asked"].format(row=one.row, name=shortened(one.name), known=pair.first,
                                                  known_name=shortened(pair.first_name)))
        for one in plan.asked for pair in one.pairs
    ]  # fmt: skip
    dropped = [(*_at(row), _dropped_line(row, words, language)) for row in plan.dropped]
    held = [
        ("", one.row, words[key].format(row=one.row, id=one.id, name=shortened(one.name)))
        for key, several in (("held", plan.held), ("removed", plan.removed))
        for one in several
    ]
    changed = [(*_at(one.draft), line) for one in updates for line in _changed_lines(one, words)]
    merged = [(*_at(row), _merged_line(row, words)) for row in plan.merged]
    repaired = [(*_at(draft), _repaired_line(draft, words)) for draft in (*plan.new, *plan.unchanged) if draft.repairs]
    for kind in (waiting, dropped, held, changed):
        yield from _some([f"{file} {line}".strip() for file, _, line in sorted(kind)], words, most)
    yield from _some([_gone_line(one, words) for one in plan.gone], words, most)
    yield from _some(
        [str(words["joined"]).format(id=one.id, name=shortened(one.name), into=one.into) for one in plan.joined],
        words,
        most,
    )
    if plan.new:
        yield words["new"].format(count=len(plan.new), first=plan.new[0].id, last=plan.new[-1].id)
    if count := sum(one.is_renumbering for one in plan.changed):
        yield words["renumbered"].format(count=count)
    if plan.kept:
        ids = [one.id for one in plan.kept[:most]]
        yield words["kept"].format(
            count=len(plan.kept), ids="・".join(ids) + ("…" if len(plan.kept) > len(ids) else "")
        )
    for kind in (merged, repaired):
        yield from _some([f"{file} {line}".strip() for file, _, line in sorted(kind)], words, most)
    repairs = [repair for row in (*drafts, *plan.merged) for repair in row.repairs]
    reasons = Counter(repair.why for repair in repairs)
    if reasons and most is not None:
        told = "、".join(
            words["reason"].format(why=words["why"][why], count=count) for why, count in reasons.most_common()
        )
        yield words["reasons"].format(count=reasons.total(), reasons=told)


def _head(update: Update) -> dict[str, Any]:
    return {"row": update.draft.row, "id": update.id, "name": shortened(update.draft.name)}


def _changed_lines(update: Update, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the list changed in a record, and under which name it was known before."""
    if update.changes and not update.problems:
        moved = "；".join(
            words["moved"].format(field=field_label(one.path), **values_side_by_side(one.before, one.after, words))
            for one in update.changes
        )
        yield words["changed"].format(**_head(update), changes=moved)
    if update.name_before:
        yield words["renamed"].format(**_head(update), before=shortened(update.name_before))


def _waiting_lines(update: Update, words: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield what both people and the list changed, and why nothing of a row could be written."""
    for one in update.conflicts:
        values = {"base": one.base, "here": one.here, "proposed": one.proposed}
        shown = {key: _value(value, words) for key, value in values.items()}
        yield words["conflict"].format(**_head(update), field=field_label(one.path), path=name_of(one.path), **shown)
    for finding in update.problems:
        yield words["not_updated"].format(**_head(update), problem=one_line(finding, language))


def _gone_line(gone: RemovedUpstream, words: Mapping[str, Any]) -> str:
    values = {
        "id": gone.id,
        "name": shortened(gone.name),
        "date": gone.on.isoformat() if gone.on else NO_DAY,
        "into": gone.into,
    }
    key = "gone_closed" if gone.closed else "gone_still" if gone.still_in else "gone_into" if gone.into else "gone"
    return str(words[key]).format(**values, lists="・".join(gone.still_in))


def field_label(path: tuple[str, ...]) -> str:
    """Return the Japanese name of a value: 場所の住所, 電話 087-839-2811."""
    return title_of(Resource, path)


def values_side_by_side(before: object, after: object, words: Mapping[str, Any]) -> dict[str, str]:
    """Return two values as people read them on one line; of long texts only what differs."""
    old, new = _text(before, words), _text(after, words)
    if max(len(old), len(new)) > LONGEST_CELL and before is not None and after is not None:
        first = _alike(old, new)
        last = _alike(old[first:][::-1], new[first:][::-1])
        start, more = max(first - 10, 0), max(last - 10, 0)
        old, new = ("…" * bool(start) + one[start : len(one) - more] + "…" * bool(more) for one in (old, new))
    return {"before": shortened(old), "after": shortened(new)}


def _alike(one: str, other: str) -> int:
    """Count the characters with which two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _value(value: object, words: Mapping[str, Any]) -> str:
    return shortened(_text(value, words))


def _text(value: object, words: Mapping[str, Any]) -> str:
    return flat(value, str(words["nothing"]))


def flat(value: object, nothing: str) -> str:
    """Return a value as people read it on one line; ``nothing`` stands for an absent one."""
    if value in (None, {}, []):
        return nothing
    if isinstance(value, dict):
        return "、".join(f"{key} {flat(inner, nothing)}" for key, inner in value.items())
    if isinstance(value, list):
        return "・".join(flat(item, nothing) for item in value)
    return str(value)


def _at(row: Draft | Merged | Dropped) -> tuple[str, int]:
    return row.file, row.row


def _merged_line(row: Merged, words: Mapping[str, Any]) -> str:
    line = str(words["merged"]).format(row=row.row, name=shortened(row.name), id=row.into)
    return line + "".join("；" + _repair_text(repair, words) for repair in row.repairs)


def _repaired_line(draft: Draft, words: Mapping[str, Any]) -> str:
    repairs = "；".join(_repair_text(repair, words) for repair in draft.repairs)
    return str(words["repaired"]).format(row=draft.row, id=draft.id, name=shortened(draft.name), repairs=repairs)


def _repair_text(repair: Repair, words: Mapping[str, Any]) -> str:
    why = words["why"][repair.why] + (
        str(words["proposal"]).format(proposal=shortened(repair.proposal)) if repair.proposal else ""
    )
    if not repair.became:
        return str(words["left_out"]).format(column=repair.column, read=shortened(repair.read), why=why)
    text = str(words["became"]).format(
        column=repair.column, read=shortened(repair.read), became=shortened(repair.became), why=why
    )
    return text + (str(words["rest"]).format(rest=shortened(repair.rest)) if repair.rest else "")


def _dropped_line(row: Dropped, words: Mapping[str, Any], language: str) -> str:
    problems = " ".join(message_of(finding, language)[0] for finding in row.findings)
    why = str(words["why"][row.why]).format(detail=shortened(row.detail), problems=shortened(problems, 200))
    return str(words["dropped"]).format(row=row.row, name=shortened(row.name) or "―", why=why)


def shortened(text: str, longest: int = LONGEST_CELL) -> str:
    """Return a cell fit for one line of a terminal: no control characters, not too long."""
    plain = " ".join((text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"

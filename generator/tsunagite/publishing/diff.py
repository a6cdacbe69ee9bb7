"""`tsunagite diff`: reads two revisions of a site and says what the change between them means."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tsunagite.check.load import Loaded, load, open_store
from tsunagite.engine.assemble import assemble
from tsunagite.engine.git import ChangedFile, Repository
from tsunagite.engine.program import CACHE
from tsunagite.findings import Finding, has_errors
from tsunagite.publishing.changes import RecordChange, compare
from tsunagite.publishing.pages import (
    PageChanges,
    PaperChange,
    PrintedChange,
    compare_pages,
    compare_papers,
    compare_print_runs,
)


@dataclass(frozen=True)
class Difference:
    """What a change means. ``base`` is the commit at which both sides went apart, ``head`` "" for the work tree."""

    base: str
    head: str
    base_name: str
    records: tuple[RecordChange, ...]
    findings: tuple[Finding, ...]
    """Those of the head that the base has not."""
    solved: int
    """How many findings of the base are gone."""
    files: tuple[ChangedFile, ...]
    stopped: bool
    """Whether mistakes of the head forbid publishing: then nobody knows its pages and papers."""
    pages: PageChanges
    papers: tuple[PaperChange, ...]
    printed: tuple[PrintedChange, ...]
    changed_on_both: tuple[str, ...] = ()
    """Files that the branch of the base changed too since both went apart."""
    added_on_both: tuple[tuple[str, str, str], ...] = ()
    """Ids that both sides added in different files: id, file of the head, file of the base."""


def compare_revisions(root: Path, base: str, head: str | None, today: date) -> Difference:
    """Compare the point at which ``head`` (None: the work tree) left ``base`` with ``head``. Raises GitProblem, or UsageError where there is no site."""
    repository = Repository(root)
    tip = repository.commit(base)
    end = repository.commit(head or "HEAD")
    start = repository.common(tip, end)
    with ExitStack() as stack:
        stack.enter_context(open_store(root, lambda _: None, use_cache=(root / CACHE).is_dir()))
        before = _load(repository, start, today, stack)
        after = _load(repository, end, today, stack) if head else load(root, today)
        files = repository.changed_files(start, end if head else None)
        theirs = repository.changed_files(start, tip) if tip != start else ()
        elsewhere = _load(repository, tip, today, stack) if theirs else before
        return difference_of((before, after, elsewhere), (files, theirs), (start, end if head else "", base), today)


def _load(repository: Repository, commit: str, today: date, stack: ExitStack) -> Loaded:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tsunagite-")))
    repository.export(commit, folder)
    return load(folder, today)


def difference_of(
    loaded: tuple[Loaded, Loaded, Loaded],
    files: tuple[tuple[ChangedFile, ...], tuple[ChangedFile, ...]],
    ends: tuple[str, str, str],
    today: date,
) -> Difference:
    """Return what differs between two states of a site, and what a third, the base as it is now, changed too. ``files`` are those of the head and of the base."""
    before, after, elsewhere = loaded
    stopped = has_errors(after.findings)
    base, head = (assemble(one.directory, today) for one in (before, after))
    new, gone = new_findings(before.findings, after.findings), new_findings(after.findings, before.findings)
    theirs = {file.name for file in files[1]}
    return Difference(
        ends[0], ends[1], ends[2], compare(before.directory, after.directory), tuple(new), len(gone), files[0], stopped,
        PageChanges() if stopped else compare_pages(base, head), () if stopped else compare_papers(base, head), () if stopped else compare_print_runs(base, head),
        tuple(file.name for file in files[0] if file.name in theirs), tuple(_added_on_both(before, after, elsewhere)),
    )  # fmt: skip


def new_findings(known: list[Finding], found: list[Finding]) -> list[Finding]:
    """Return the findings that were not known; a line that only moved makes no new one."""
    left = Counter(_key(finding) for finding in known)
    new = []
    for finding in found:
        if left[_key(finding)]:
            left[_key(finding)] -= 1
        else:
            new.append(finding)
    return new


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.place.file, str(sorted(finding.values.items(), key=lambda item: item[0]))


def _added_on_both(before: Loaded, after: Loaded, elsewhere: Loaded) -> list[tuple[str, str, str]]:
    known = before.directory.resources
    theirs = {row.record.id: row.place.file for row in elsewhere.directory.placed if row.record.id not in known}
    ours = {row.record.id: row.place.file for row in after.directory.placed if row.record.id not in known}
    return [
        (record_id, file, theirs[record_id]) for record_id, file in ours.items() if theirs.get(record_id, file) != file
    ]

"""What has to be checked again, as one issue of a forge for each owner: which to open, to update and to close. Pure.

An issue is known by the mark in its first line, so that one that is open is brought up to date instead of a second one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tsunagite.editing.books.calls import By, Call, calls, group_of
from tsunagite.engine.digest import digest
from tsunagite.i18n import catalogue
from tsunagite.papers.print_runs import PrintRunView
from tsunagite.publishing.links import LinkState, broken
from tsunagite.records.directory import Directory
from tsunagite.site.record import record_path
from tsunagite.text.dates import japanese_date
from tsunagite.text.markdown import plain, table_head, table_row

APRIL = (4, 5)
"""The months in which fees and guides are asked about: fees, staff and rules of municipalities change with the fiscal year (1 April)."""
MOST_ROWS = 100
_MARK = "<!-- tsunagite-overdue {key} -->"
_MARKED = re.compile(r"<!-- tsunagite-overdue (?P<key>[0-9a-f]{12}) -->")


@dataclass(frozen=True)
class Issue:
    """An issue: what it is known by, its title, its text in Markdown."""

    key: str
    title: str
    body: str


@dataclass(frozen=True)
class Plan:
    """What is done about issues. The open ones are named by their numbers."""

    create: tuple[Issue, ...]
    edit: tuple[tuple[int, Issue], ...]
    close: tuple[int, ...]


def overdue_issues(  # noqa: PLR0913 - what an issue may be about, each part named at the call
    directory: Directory,
    today: date,
    by: By,
    *,
    links: Mapping[str, LinkState],
    runs: Iterable[PrintRunView],
    language: str = "ja",
) -> tuple[Issue, ...]:
    """Return an issue for each owner (or area) with records to call about or broken addresses, one of papers, and in April one of fees and guides."""
    words: Mapping[str, Any] = catalogue(language)["overdue"]
    asked: dict[str, list[Call]] = {}
    for call in calls(directory, today, by):
        asked.setdefault(call.group, []).append(call)
    lost: dict[str, list[tuple[str, str, LinkState]]] = {}
    for row in broken(directory, links):
        lost.setdefault(group_of(directory, directory.resources[row[0]], by), []).append(row)
    found = [
        _issue(
            f"{by} {group}",
            words["title"].format(group=group),
            _group(directory, asked.get(group, []), lost.get(group, []), words),
        )
        for group in dict.fromkeys((*asked, *lost))
    ]
    if wrong := [run for run in runs if run.changed and not run.replaced]:
        found.append(_issue("papers", words["papers_title"], _papers(wrong, words)))
    if today.month in APRIL and (rows := list(_april(directory, today, words))):
        found.append(
            _issue(
                "april",
                words["april_title"].format(year=today.year),
                [words["april"], "", *table_head(words["april_head"]), *_limited(rows, words)],
            )
        )
    return tuple(found)


def plan_issues(wanted: Iterable[Issue], opened: Sequence[Mapping[str, Any]]) -> Plan:
    """Return what to do. ``opened`` are the open issues as ``gh issue list --json number,title,body`` or GitLab's API gives them."""
    known: dict[str, tuple[int, str, str]] = {}
    doubled = []
    for row in opened:
        body = str(row.get("body", row.get("description")) or "").replace("\r\n", "\n")
        number = row.get("number", row.get("iid"))
        if isinstance(number, int) and (match := _MARKED.match(body)):
            if match["key"] in known:
                doubled.append(number)
            else:
                known[match["key"]] = (number, str(row.get("title", "")), body)
    issues = {issue.key: issue for issue in wanted}
    edit = [
        (known[key][0], issue)
        for key, issue in issues.items()
        if key in known and (known[key][1], known[key][2].strip()) != (issue.title, issue.body.strip())
    ]
    close = [number for key, (number, _, _) in known.items() if key not in issues]
    return Plan(
        tuple(issue for key, issue in issues.items() if key not in known),
        tuple(edit),
        tuple(sorted([*close, *doubled])),
    )


def _issue(name: str, title: str, lines: Iterable[str]) -> Issue:
    key = digest(name).hex()[:12]
    return Issue(key, title, "\n".join([_MARK.format(key=key), "", *lines, ""]))


def _group(
    directory: Directory, asked: Sequence[Call], lost: Sequence[tuple[str, str, LinkState]], words: Mapping[str, Any]
) -> Iterator[str]:
    if asked:
        yield from (words["calls"].format(count=len(asked)), "", *table_head(words["call_head"]))
        yield from _limited(
            [
                table_row((_record(directory, call.resource.id), plain(call.whom or words["nobody"]), plain(call.ask)))
                for call in asked
            ],
            words,
        )
    if lost:
        yield from ("", words["links"].format(count=len(lost)), "", *table_head(words["link_head"]))
        rows = [
            table_row(
                (
                    _record(directory, one),
                    plain(url),
                    plain(_reason(state, words)),
                    japanese_date(date.fromisoformat(state.failed[0])),
                )
            )
            for one, url, state in lost
        ]
        yield from _limited(rows, words)


def _reason(state: LinkState, words: Mapping[str, Any]) -> str:
    return str(words["reasons"].get(state.reason, state.reason))


def _papers(runs: Sequence[PrintRunView], words: Mapping[str, Any]) -> Iterator[str]:
    yield from (words["papers"], "", *table_head(words["paper_head"]))
    yield from _limited(paper_rows(runs, words), words)


def paper_rows(runs: Iterable[PrintRunView], words: Mapping[str, Any]) -> list[str]:
    """Return a row for each thing that a handed-out paper says and that is no longer true, with where the paper lies."""
    return [
        table_row(map(plain, (run.title, run.day, words["copies"].format(copies=run.copies), "、".join(run.placed_at) or words["no_place"], changed.name, f"{one.about}：{one.printed or words['none']} → {one.now or words['none']}")))
        for run in runs for changed in run.changed for one in changed.changes
    ]  # fmt: skip


def _april(directory: Directory, today: date, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield a row for each record that names an amount, and for each guide of the site's own, that nobody looked at since 1 April."""
    begin = date(today.year, 4, 1)
    for resource in directory.listed:
        amount = resource.fee is not None and resource.fee.amount
        if (
            amount
            and not resource.sample
            and directory.source_of(resource) is None
            and (resource.verified_on is None or resource.verified_on < begin)
        ):
            yield table_row(
                (
                    plain(resource.name),
                    words["fee"],
                    japanese_date(resource.verified_on) if resource.verified_on else words["never"],
                )
            )
    for guide in directory.guides.written:
        if not guide.is_shared and guide.head.reviewed_on < begin:
            yield table_row((plain(guide.head.title), words["guide"], japanese_date(guide.head.reviewed_on)))


def _limited(rows: Sequence[str], words: Mapping[str, Any]) -> Iterator[str]:
    yield from rows[:MOST_ROWS]
    if len(rows) > MOST_ROWS:
        yield from ("", words["more"].format(count=len(rows) - MOST_ROWS))


def _record(directory: Directory, record_id: str) -> str:
    name, url = plain(directory.resources[record_id].name), directory.settings.address_of(record_path(record_id))
    return f"[{name}]({url})" if url else name

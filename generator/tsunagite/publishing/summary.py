"""What a change means as a text: the sections of the summary, and the summary as Markdown (a comment of a forge), HTML and JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from tsunagite.findings import visible
from tsunagite.i18n import catalogue, message_of, ui
from tsunagite.publishing.changes import Change, RecordChange
from tsunagite.publishing.diff import Difference
from tsunagite.publishing.fields import FieldChange
from tsunagite.text.markdown import count_visible, folded, plain, table_head, table_row

VISIBLE = 60
"""Lines of text that are seen before anything is unfolded."""
FOLD_FROM = 13
"""A section with so many rows is folded; all are where together they would be more than VISIBLE."""
MOST_LETTERS = 60_000
"""A comment on GitHub may have 65,536 characters."""
LONGEST = 160
"""Characters of a value that are shown; the whole stands in the file."""
MARK = "<!-- tsunagite diff -->"
"""Begins every summary in Markdown, so that a program can find the comment again that holds it."""


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere."""

    text: str
    url: str


Cell = str | Link


@dataclass(frozen=True)
class Section:
    """One part of the summary: a title with its count, and rows of a table (where ``head`` names columns) or of a list."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[str, ...] = ()


def as_markdown(difference: Difference, language: str = "ja") -> str:
    """Return the summary as Markdown: at most VISIBLE lines are seen at once, and every text is shown as it is written."""
    words = catalogue(language)["diff"]
    sections = tuple(_sections(difference, words, language))
    lead = [plain(line) for line in _lead(difference, sections, words)]
    lines: list[str] = []
    for fold_from, most_rows in ((FOLD_FROM, None), (1, None), (1, 200), (1, 50), (1, 10)):
        lines = [MARK, f"## {words['title']}", *(part for line in lead for part in ("", line))]
        for section in sections:
            lines += _markdown_section(section, words, fold_from, most_rows)
        if count_visible(lines) <= VISIBLE and sum(map(len, lines)) <= MOST_LETTERS:
            break
    return "\n".join(lines) + "\n"


def _markdown_section(section: Section, words: Mapping[str, Any], fold_from: int, most_rows: int | None) -> list[str]:
    shown = section.rows[:most_rows]
    cells = [[_markdown_cell(cell) for cell in row] for row in shown]
    body = [*table_head(section.head), *(table_row(row) if section.head else "- " + " ".join(row) for row in cells)]
    if more := len(section.rows) - len(shown):
        body += ["", words["more"].format(count=more)]
    if len(section.rows) >= fold_from:
        return ["", *folded(escape(section.title), body)]
    return ["", f"**{plain(section.title)}**", "", *body]


def _markdown_cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f"[{plain(cell.text)}](<{cell.url}>)"
    return plain(visible(_shortened(cell)))


def as_html(difference: Difference, language: str = "ja") -> str:
    """Return the summary as one page that needs no other file and no script."""
    words = catalogue(language)["diff"]
    sections = tuple(_sections(difference, words, language))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    style = "body{font-family:sans-serif;line-height:1.6;max-width:70rem;margin:1rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}summary{font-weight:bold}"
    lines = [
        f'<!doctype html><html lang="{language}"><head>{head}<title>{escape(words["title"])}</title><style>{style}</style></head><body><h1>{escape(words["title"])}</h1>'
    ]
    lines += [f"<p>{escape(line)}</p>" for line in _lead(difference, sections, words)]
    for section in sections:
        lines.append(
            f"<details{'' if len(section.rows) >= FOLD_FROM else ' open'}><summary>{escape(section.title)}</summary>"
        )
        if section.head:
            lines.append("<table><tr>" + "".join(f"<th>{escape(title)}</th>" for title in section.head) + "</tr>")
            lines += [
                "<tr>" + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row) + "</tr>" for row in section.rows
            ]
            lines.append("</table></details>")
        else:
            lines.append(
                "<ul>"
                + "".join(f"<li>{' '.join(map(_html_cell, row))}</li>" for row in section.rows)
                + "</ul></details>"
            )
    return "\n".join([*lines, "</body></html>"]) + "\n"


def _html_cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f'<a href="{escape(cell.url)}" rel="noopener noreferrer">{escape(cell.text)}</a>'
    return escape(visible(" ".join(cell.split())))


def as_json(difference: Difference, language: str = "ja") -> str:
    """Return everything as data, with whole values. Keys are English and stay; labels and messages are in the language."""
    data = asdict(difference)
    data["findings"] = [
        {"code": one.code, "severity": str(one.severity), "file": visible(one.place.file), "line": one.place.line, "column": one.place.column,
         "message": message_of(one, language)[0], "hint": message_of(one, language)[1]}
        for one in difference.findings
    ]  # fmt: skip
    data["printed"] = [
        {"id": one.run.id, "title": one.run.title, "day": one.run.day, "copies": one.run.copies, "placed_at": one.run.placed_at, "changed": [asdict(each) for each in one.changed]}
        for one in difference.printed
    ]  # fmt: skip
    data["added_on_both"] = [
        dict(zip(("id", "file", "base_file"), row, strict=True)) for row in difference.added_on_both
    ]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _lead(difference: Difference, sections: tuple[Section, ...], words: Mapping[str, Any]) -> Iterator[str]:
    """Yield the sentences that everybody should read."""
    counts = {change: sum(one.change is change for one in difference.records) for change in Change}
    lost = counts[Change.REMOVED] + counts[Change.LOST_ADDRESS]
    yield words["total"].format(
        added=counts[Change.ADDED], changed=counts[Change.CHANGED], closed=counts[Change.CLOSED], renamed=counts[Change.RENAMED], lost=lost,
        pages=len(difference.pages.added) + len(difference.pages.changed) + len(difference.pages.removed), papers=len(difference.papers),
    )  # fmt: skip
    if difference.stopped:
        yield words["stopped"]
    if difference.solved:
        yield words["solved"].format(count=difference.solved)
    if not sections:
        yield words["nothing"]


def _sections(difference: Difference, words: Mapping[str, Any], language: str) -> Iterator[Section]:
    yield from _warnings(difference, words, language)
    by_change = {change: [one for one in difference.records if one.change is change] for change in Change}
    for change in (
        Change.UNREADABLE,
        Change.LOST_ADDRESS,
        Change.REMOVED,
        Change.RENAMED,
        Change.CLOSED,
        Change.CHANGED,
        Change.ADDED,
    ):
        found = by_change[change]
        if change is Change.CHANGED:  # with what is different besides the id
            found = [
                *(one for other in (Change.LOST_ADDRESS, Change.RENAMED) for one in by_change[other] if one.fields),
                *found,
            ]
        if not found:
            continue
        title = words["changes"][change].format(count=len(found))
        if change in (Change.CHANGED, Change.CLOSED):
            rows = tuple(row for one in found for row in _field_rows(one, words))
            yield Section(title, rows, tuple(words["change_head"]))
        elif change is Change.ADDED:
            yield Section(
                title,
                tuple((_named(one, words), _facts(one.fields), one.file) for one in found),
                tuple(words["new_head"]),
            )
        else:
            yield Section(
                title,
                tuple(
                    (_named(one, words), one.id + (f" → {one.new_id}" if one.new_id else ""), one.file) for one in found
                ),
                tuple(words["id_head"]),
            )
    yield from _published(difference, words)
    if difference.files:
        rows = tuple(
            (words["letters"].get(one.letter, one.letter), one.name + (f"（{one.before}）" if one.before else ""))
            for one in difference.files
        )
        yield Section(words["files"].format(count=len(rows)), rows, tuple(words["file_head"]))


def _warnings(difference: Difference, words: Mapping[str, Any], language: str) -> Iterator[Section]:
    if difference.findings:
        rows = tuple(
            (
                f"{visible(one.place.file)}:{one.place.line}",
                f"{one.code} {ui(f'severity_{one.severity}', language)}",
                " → ".join(filter(None, message_of(one, language))),
            )
            for one in difference.findings
        )
        yield Section(words["findings"].format(count=len(rows)), rows, tuple(words["finding_head"]))
    if difference.added_on_both:
        twice = tuple(
            (words["same_id"].format(id=record_id, file=file, other=other, base=difference.base_name),)
            for record_id, file, other in difference.added_on_both
        )
        yield Section(words["same_ids"].format(count=len(twice)), twice)
    if difference.changed_on_both:
        title = words["both"].format(count=len(difference.changed_on_both), base=difference.base_name)
        yield Section(title, tuple((name,) for name in difference.changed_on_both))


def _published(difference: Difference, words: Mapping[str, Any]) -> Iterator[Section]:
    if difference.printed:
        rows = tuple(
            (
                words["run"].format(title=one.run.title, day=one.run.day, copies=one.run.copies, places="、".join(one.run.placed_at) or words["no_place"]),
                changed.name, what.about, what.printed, what.now,
            )
            for one in difference.printed for changed in one.changed for what in changed.changes
        )  # fmt: skip
        yield Section(words["printed"].format(count=len(difference.printed)), rows, tuple(words["printed_head"]))
    papers = tuple((one.title, one.path, "、".join(one.records) or words["surroundings"]) for one in difference.papers)
    if papers:
        yield Section(words["papers"].format(count=len(papers)), papers, tuple(words["paper_head"]))
    pages = difference.pages
    found = tuple(
        (words["page_letters"][key], f"/{path}")
        for key in ("added", "changed", "removed")
        for path in getattr(pages, key)
    )
    if found:
        yield Section(words["pages"].format(count=len(found)), found, tuple(words["page_head"]))


def _field_rows(one: RecordChange, words: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for number, field in enumerate(one.fields):
        moved: Cell = ""
        if field.metres is not None:
            far = words["metres"].format(metres=f"{field.metres:,}")
            moved = Link(far, field.map_url) if field.map_url else far
        yield (
            "" if number else _named(one, words),
            field.label or words["text"],
            *_apart(field.before or words["empty"], field.after or words["empty"]),
            moved,
        )


def _named(one: RecordChange, words: Mapping[str, Any]) -> str:
    return one.name if one.sort == "resource" else words["sort"].format(sort=words["sorts"][one.sort], name=one.name)


def _facts(fields: tuple[FieldChange, ...]) -> str:
    return "、".join(f"{one.label}：{one.after}" for one in fields if one.after)


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return two values; of long ones only the part in which they differ, with a little around it."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    first = next(
        (i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    start = max(first - 15, 0)
    return "…" * bool(start) + _shortened(before[start:]), "…" * bool(start) + _shortened(after[start:])


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST + 2 else f"{text[:LONGEST]}…"

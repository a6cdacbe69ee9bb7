"""What became of the files of ``inbox/`` as the description of a pull request, in Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tsunagite.findings import Finding, Severity, visible
from tsunagite.i18n import catalogue, message_of
from tsunagite.publishing.inbox import InboxRun, Taken
from tsunagite.publishing.summary import MOST_LETTERS, as_markdown
from tsunagite.text.markdown import folded, plain, table_head, table_row

MOST_CELLS = 50
"""Refused cells of a file that are named; the rest is counted. The output of the command names all."""
FOLD_FROM = 6


def as_description(run: InboxRun, language: str = "ja") -> str:
    """Return the description: every file with what became of it, then what the site says differently."""
    words: Mapping[str, Any] = catalogue(language)["inbox"]
    refused = len(run.refused)
    lines = [words["total" if run.files else "nothing"].format(taken=len(run.files) - refused, refused=refused)]
    for one in (*run.refused, *(one for one in run.files if one.done)):
        lines += ["", *_file(one, words, language)]
    text = "\n".join(lines) + "\n"
    if len(text) > MOST_LETTERS:
        text = text[: text.rindex("\n", 0, MOST_LETTERS)] + f"\n\n{words['cut']}\n"
    if run.difference:
        change = "\n" + as_markdown(run.difference, language)
        text += change if len(text) + len(change) <= MOST_LETTERS else f"\n{words['long_change']}\n"
    return text


def _file(one: Taken, words: Mapping[str, Any], language: str) -> Iterator[str]:
    name = plain(visible(one.file))
    yield "### " + words["taken" if one.done else "refused"].format(
        name=name, sort=words["sorts"][one.sort], done=plain(visible(one.done))
    )
    if one.reason:
        yield from ("", words["reasons"][one.reason])
    shown = [
        found
        for found in one.findings
        if found.severity is not Severity.NOTICE and (one.done or found.severity is Severity.ERROR)
    ]
    if shown:
        rows = [table_row(map(plain, _cells(found, one.file, words, language))) for found in shown[:MOST_CELLS]]
        more = ["", words["more"].format(count=len(shown) - MOST_CELLS)] if len(shown) > MOST_CELLS else []
        body = [*table_head(words["head"]), *rows, *more]
        yield ""
        yield from (
            folded(words["warnings"].format(count=len(shown)), body) if one.done and len(shown) >= FOLD_FROM else body
        )
    if one.summary:
        yield from (
            "",
            *folded(
                words["list"], [f"###{line}" if line.startswith("#") else line for line in one.summary.splitlines()]
            ),
        )


def _cells(found: Finding, file: str, words: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    """Return where (the cell, or the line), what is true, and what to do, said for somebody who has no command line."""
    message, hint = message_of(found, language)
    if own := words["hints"].get(found.code):
        hint = own.format_map({key: visible(str(value)) for key, value in found.values.items()})
    return _where(visible(found.place.file), found.place.line, visible(file), words), message, hint


def _where(place: str, line: int, file: str, words: Mapping[str, Any]) -> str:
    """Return a place as short as it is clear: the cell, the row of this file, or another file with its line."""
    if place == file:
        return str(words["row"]).format(row=line) if line > 1 else ""
    if place.startswith(f"{file}［"):
        return place.removeprefix(file).strip("［］")
    return f"{place}:{line}" if line else place

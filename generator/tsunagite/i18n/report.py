"""Findings as text, JSON and CI annotations: the same values for terminals, machines and pull requests."""

from __future__ import annotations

import errno
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator

from tsunagite.findings import Finding, Severity, SourceLocation, visible
from tsunagite.i18n import message_of, ui

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def text_lines(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """Yield two lines a finding: place, code and message; then what to do."""
    for finding in findings:
        message, hint = message_of(finding, language)
        word = ui(f"severity_{finding.severity}", language)
        yield f"{_where(finding.place)}  {finding.code} {word}  {message}"
        if hint:
            yield f"    → {hint}"


MOST_OF_A_KIND = 10
"""Findings of one code that a person reads before they begin to mend; a column of a thousand wrong words is one mistake."""


def first_lines(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """Yield the lines of the first findings of each code, then how many more there are of each."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= MOST_OF_A_KIND:
            yield from text_lines((finding,), language)
    more = [(code, count - MOST_OF_A_KIND) for code, count in sorted(seen.items()) if count > MOST_OF_A_KIND]
    if more:
        words = ", ".join(f"{code} {count:,}" for code, count in more)
        yield ui("more_findings", language, count=f"{sum(count for _, count in more):,}", codes=words)


def _where(place: SourceLocation) -> str:
    """Return the place as editors jump to it; of a workbook its cell says it all: ``book.xlsx［施設!B12］``."""
    file = visible(place.file)
    return file if file.endswith("］") or not place.line else f"{file}:{place.line}:{place.column}"


def one_line(finding: Finding, language: str) -> str:
    """Return a finding on one line: its place as far as it is known, code and message, what to do."""
    message, hint = message_of(finding, language)
    place = finding.place
    return f"{_where(place)}  {finding.code}  {message}" + (f" → {hint}" if hint else "")


def summary(findings: list[Finding], records: int, language: str) -> str:
    """Return the closing line: how many records were read and what was found."""
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    return ui("check_summary", language, records=records, errors=counts[Severity.ERROR],
              warnings=counts[Severity.WARNING], notices=counts[Severity.NOTICE])  # fmt: skip


def as_json(findings: list[Finding], records: int, language: str) -> str:
    """Return ``{"records": N, "findings": [{code, severity, file, line, column, message, hint}]}``."""
    rows = []
    for finding in findings:
        message, hint = message_of(finding, language)
        place = finding.place
        rows.append(
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "file": visible(place.file),
                "line": place.line,
                "column": place.column,
                "message": message,
                "hint": hint,
            }
        )
    return json.dumps({"records": records, "findings": rows}, ensure_ascii=False, indent=1)


def system_problem(problem: OSError | UnicodeError, language: str) -> str:
    """Return in one sentence what the system refused, and where."""
    if isinstance(problem, UnicodeError):
        return ui("system_letters", language, reason=visible(str(problem)))
    path = visible(os.fsdecode(problem.filename)) if isinstance(problem.filename, (str, bytes)) else "―"
    kind = {
        errno.ENOSPC: "full",
        errno.EDQUOT: "full",
        errno.EACCES: "denied",
        errno.EPERM: "denied",
        errno.EROFS: "denied",
    }.get(problem.errno or 0, "other")
    return ui(
        f"system_{kind}",
        language,
        path=path,
        **({"reason": visible(problem.strerror or str(problem))} if kind == "other" else {}),
    )


def github_lines(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """Yield workflow commands that a forge shows beside the changed line."""
    for finding in findings:
        message, hint = message_of(finding, language)
        place = finding.place
        text = _escaped(f"{message} → {hint}" if hint else message)
        at = f"file={_property(visible(place.file))},line={place.line},col={place.column},title={finding.code}"
        yield f"::{_GITHUB[finding.severity]} {at}::{text}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")

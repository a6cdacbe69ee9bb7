"""Finding: the only way a data problem leaves the engine. Printers, CI notes and pages all read these."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Loc = tuple[str | int, ...]


class Severity(StrEnum):
    """How bad a finding is. Only ``ERROR`` stops a build; ``NOTICE`` says what was not checked or may be written better."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """Where a value stands. ``loc`` is the path inside the file; ``line`` and ``column`` count from 1, 0 = unknown.

    Readers give ``loc`` only; lines are worked out for findings alone (see ``records.load.tree.locate_findings``),
    because composing every file with marks would double the time of a build without any mistake.
    """

    file: str
    loc: Loc = ()
    on_key: bool = False
    line: int = 0
    column: int = 0

    def at(self, *steps: str | int, on_key: bool = False) -> SourceLocation:
        """Return the place of a value (or its key) further inside this one."""
        return replace(self, loc=self.loc + steps, on_key=on_key)


@dataclass(frozen=True)
class Finding:
    """One problem: a stable code, its place, and the values its message speaks of.

    The words stand in ``i18n/<language>.toml`` under ``findings.<code>``, so that one finding can be printed in
    several languages.
    """

    code: str
    severity: Severity
    place: SourceLocation
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of reports: file, line, column, code, then the values (so that two runs print the same)."""
        return (self.place.file, self.place.line, self.place.column, self.code, str(sorted(self.values.items())))


def error(code: str, place: SourceLocation, **values: object) -> Finding:
    """Make a finding that forbids publishing."""
    return Finding(code, Severity.ERROR, place, values)


def warning(code: str, place: SourceLocation, **values: object) -> Finding:
    """Make a finding that a person should look at, but which does not stop the build."""
    return Finding(code, Severity.WARNING, place, values)


def notice(code: str, place: SourceLocation, **values: object) -> Finding:
    """Make a finding that only tells: what could not be checked, or what somebody may write better."""
    return Finding(code, Severity.NOTICE, place, values)


def once_per_record(findings: Iterable[Finding], code: str) -> list[Finding]:
    """Leave of the findings with ``code`` only the first about each record: what is true of a name is true on every paper."""
    first: dict[object, Finding] = {}
    return [one for one in findings if one.code != code or first.setdefault(one.values["record"], one) is one]


def visible(text: str) -> str:
    r"""Return a text on one line, with control characters as ``\x1b``: data never moves a terminal or begins a command of a CI log."""
    return text if text.isprintable() else "".join(_escaped(one) if _is_control(one) else one for one in text)


def _is_control(character: str) -> bool:
    """Tell whether a character ends a line, steers a terminal, turns the direction of writing, or stands for a byte that is no text."""
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def _escaped(character: str) -> str:
    byte = ord(character) - 0xDC00  # a byte of a file's name that is not UTF-8 (PEP 383)
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else character.encode("unicode_escape").decode()


def has_errors(findings: list[Finding]) -> bool:
    """Tell whether any finding forbids publishing."""
    return any(finding.severity is Severity.ERROR for finding in findings)

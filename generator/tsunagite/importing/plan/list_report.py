"""What became of one list, as a value: how it was read, the plan of its rows, and why it could not be imported."""

from __future__ import annotations

from dataclasses import dataclass

from tsunagite.findings import Finding
from tsunagite.importing.mapping.table import ReadColumn
from tsunagite.importing.plan.plan import Plan
from tsunagite.records.model.source import Source


@dataclass(frozen=True)
class ReadAs:
    """How a table was read: by which description, out of what (``utf-8-sig``, ``xlsx``, …), and what became of every column."""

    source: Source
    encoding: str
    sheet: str
    header_row: int
    columns: tuple[ReadColumn, ...]


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
    read_as: ReadAs | None = None

    @property
    def is_accounted_for(self) -> bool:
        """Whether every row read is a record, belongs to the record of another row, or was dropped with a reason."""
        plan = self.plan
        return plan is not None and self.rows_read == plan.records + len(plan.merged) + len(plan.dropped)

"""Readings that a person accepted in ``resources/vocabulary/suggested_readings.yml``."""

from __future__ import annotations

from collections.abc import Sequence

from tsunagite.findings import Finding, error
from tsunagite.records.load.tree import RawRecord
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.features.suggested_reading import SuggestedReading
from tsunagite.text.furigana import readings_of_runs

NAME = "suggested_readings"
"""The name of the file, without ``.yml``."""


def accepted_readings(raw: Sequence[RawRecord]) -> tuple[dict[str, str], list[Finding]]:
    """Return the accepted words with the reading of each run of kanji, and what is wrong with the file."""
    findings: list[Finding] = []
    accepted: dict[str, str] = {}
    for record in raw:
        word, found = validate(SuggestedReading, record.data, record.place, {})
        findings += found
        if word is None or word.decision != "採用":
            continue
        if reading := readings_of_runs(word.word, word.reading):
            accepted[word.word] = reading
        else:
            findings.append(error("F119", record.place.at("reading"), word=word.word, written=word.reading))
    return accepted, findings

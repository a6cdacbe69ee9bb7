"""Worksheets from the files that the form in the browser writes (YAML). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tsunagite.check.worksheets import tells_of_a_case
from tsunagite.findings import SourceLocation, error, has_errors
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.worksheet import HEAD_KEYS, WorksheetTemplate, record_model
from tsunagite.records.yaml.reader import YamlText
from tsunagite.worksheets.importing.read import Read, default_id


def read_form_file(
    text: YamlText, name: str, sheets: Mapping[str, WorksheetTemplate], vocabularies: Vocabularies
) -> Read:
    """Read a record that a form wrote; its sections say which of ``sheets`` it is."""
    read = Read(findings=[*text.findings])
    data: Any = text.value
    whole = SourceLocation(name, line=1, column=1)
    if has_errors(read.findings):
        return read
    read.sheet = _sheet_of(data, sheets)
    if read.sheet is None:
        read.findings.append(error("I401", whole))
        return read
    if read.sheet.blank_only:
        read.findings.append(error("W103", whole, title=read.sheet.title))
        return read
    data.setdefault("id", default_id(read.sheet, data))
    _, found = validate(record_model(read.sheet), data, whole, vocabularies)
    read.findings += found
    read.findings += [found for one in _texts(data) for found in tells_of_a_case(one, whole)]
    if not has_errors(read.findings):
        read.data = data
    return read


def _sheet_of(data: object, sheets: Mapping[str, WorksheetTemplate]) -> WorksheetTemplate | None:
    """Return the one sheet that has all sections of a record; of several, the one whose id its id begins with."""
    if not isinstance(data, dict):
        return None
    written = set(data) - set(HEAD_KEYS)
    fitting = [sheet for sheet in sheets.values() if written <= {section.id for section in sheet.sections}]
    named = [sheet for sheet in fitting if str(data.get("id", "")).startswith(sheet.id)]
    return named[0] if len(named) == 1 else fitting[0] if len(fitting) == 1 else None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)

"""Worksheets: the declarations that come with the program, and the filled records below resources/worksheets/."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel

from tsunagite.errors import SetupError
from tsunagite.findings import Finding, SourceLocation, error, visible
from tsunagite.records.load.tree import WORKSHEETS
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.features.worksheet import (
    HEAD_KEYS,
    Section,
    SheetField,
    WorksheetHead,
    WorksheetTemplate,
    record_model,
)
from tsunagite.records.yaml.reader import read_file

FOLDER = Path(__file__).parents[2] / "worksheets" / "sheets"
_HEAD = FOLDER.parent / "head.yml"
Line = Mapping[str, Any]
"""One line of a table (or one set of boxes): values by the keys of the fields."""


@dataclass(frozen=True)
class Filled:
    """A filled sheet: what it says of itself, and its lines by section."""

    sheet: WorksheetTemplate
    head: WorksheetHead
    values: Mapping[str, tuple[Line, ...]]
    place: SourceLocation

    @property
    def may_be_shown(self) -> bool:
        """Whether somebody allowed it on the site."""
        return bool(self.head.publishable_by)

    def line_place(self, section: Section, index: int) -> SourceLocation:
        """Return the place of a line."""
        return self.place.at(section.id, index) if section.is_table else self.place.at(section.id)


@dataclass(frozen=True)
class Worksheets:
    """Every sheet in the order of the index, and every filled one."""

    sheets: tuple[WorksheetTemplate, ...] = ()
    filled: tuple[Filled, ...] = ()
    unread: frozenset[str] = field(default_factory=frozenset)
    """Ids of filled sheets with mistakes: references to them are not reported a second time."""

    def sheet(self, sheet_id: str) -> WorksheetTemplate | None:
        """Return a sheet by id."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)


@cache
def built_in_sheets() -> tuple[WorksheetTemplate, ...]:
    """Return the sheets that come with the program. Raises SetupError where a declaration cannot be read."""
    sheets = [read_sheet(path) for path in sorted(FOLDER.glob("*.yml"))]
    return tuple(sorted(sheets, key=lambda sheet: (sheet.order, sheet.id)))


@cache
def head_fields(part: str = "head") -> tuple[SheetField, ...]:
    """Return the fields of what every sheet says of itself, or (``history``) of what became of it."""
    fields = read_file(_HEAD, _HEAD.name).value[part]
    return tuple(map(SheetField.model_validate, fields))


def read_sheet(path: Path) -> WorksheetTemplate:
    """Read one declaration. Raises SetupError that names every mistake in it."""
    read = read_file(path, path.name)
    findings = list(read.findings)
    sheet = None
    if isinstance(read.value, dict):
        sheet, findings = validate(WorksheetTemplate, {"id": path.stem, **read.value}, SourceLocation(path.name), {})
    if sheet is None:
        raise SetupError(
            f"{path}: " + "; ".join(f"{f.code} {f.place.loc or f.place.line} {dict(f.values)}" for f in findings)
        )
    if wrong := "; ".join(_mistakes(sheet)):
        raise SetupError(f"{path}: {wrong}")
    return sheet


def _mistakes(sheet: WorksheetTemplate) -> list[str]:
    """Return where a declaration names a key that is not there, or one key twice."""
    wrong = []
    keys = [section.id for section in sheet.sections]
    if len({*keys, *HEAD_KEYS}) != len(keys) + len(HEAD_KEYS):
        wrong.append("two sections have one key, or the key of a head field")
    lettered = [section.letters for section in sheet.sections if section.letters]
    if len(set(lettered)) != len(lettered):
        wrong.append("two sections have the same letters: a line could not be named from another sheet")
    for section in sheet.sections:
        own = [field.id for field in section.fields]
        if len({*own, "letter"}) != len(own) + 1:
            wrong.append(f"{section.id}: two fields have one key")
        if section.each and section.each not in keys:
            wrong.append(f"{section.id}: no section {section.each}")
        for one in section.fields:
            wrong += _field_mistakes(f"{section.id}.{one.id}", one.kind, one.of, one.options, keys)
        named = (section.grid.down, section.grid.across, section.grid.show) if section.grid else ()
        wrong += [f"{section.id}.grid: no field {key}" for key in named if key not in (*own, "letter")]
    for carry in sheet.carries:
        into = sheet.section(carry.into)
        wrong += (
            [] if into and into.field(carry.write) else [f"carries {carry.sheet}: no field {carry.into}.{carry.write}"]
        )
    for rule in sheet.rules:
        found = sheet.section(rule.section)
        known = [one.id for one in found.fields] if found else []
        wrong += [
            f"rule {rule.rule}: no field {rule.section}.{key}" for key in (*rule.when, *rule.needs) if key not in known
        ]
    return wrong


def _field_mistakes(name: str, kind: str, of: str, options: tuple[str, ...], sections: list[str]) -> list[str]:
    wrong = []
    if kind in ("choice", "choices") and not options:
        wrong.append(f"{name}: no options")
    if kind in ("row", "rows") and of not in sections:
        wrong.append(f"{name}: no section {of}")
    if kind == "term" and not of:
        wrong.append(f"{name}: no vocabulary")
    return wrong


@cache
def _model(sheet: WorksheetTemplate) -> type[WorksheetHead]:
    return record_model(sheet)


def read_worksheets(root: Path, vocabularies: Vocabularies) -> tuple[Worksheets, list[Finding]]:
    """Read every filled sheet of the site in ``root``, in order of their path. One with a mistake is left out; its findings say why."""
    sheets = {sheet.id: sheet for sheet in built_in_sheets()}
    filled: list[Filled] = []
    unread: set[str] = set()
    findings: list[Finding] = []
    folder = root / WORKSHEETS
    for path in sorted(
        (*folder.rglob("*.yml"), *folder.rglob("*.yaml")), key=lambda path: path.relative_to(folder).as_posix()
    ):
        if (
            path.is_symlink() or not path.is_file() or visible(str(path)) != str(path)
        ):  # links out of the site are not followed
            continue
        place = SourceLocation(f"{WORKSHEETS}{path.relative_to(folder).as_posix()}")
        read = read_file(path, place.file)
        one, found = (
            filled_of(read.value, place, sheets, vocabularies) if not read.findings else (None, list(read.findings))
        )
        findings.extend(found)
        if one is None:
            unread.add(path.stem)
        else:
            filled.append(one)
    return Worksheets(tuple(sheets.values()), tuple(filled), frozenset(unread)), findings


def filled_of(
    data: Any, place: SourceLocation, sheets: Mapping[str, WorksheetTemplate], vocabularies: Vocabularies
) -> tuple[Filled | None, list[Finding]]:
    """Validate one filled sheet: its folder says which sheet it is."""
    parts = PurePosixPath(place.file).parts  # resources/worksheets/<sheet>/<id>.yml
    if len(parts) != 4:
        return None, [error("W104", place)]
    sheet = sheets.get(parts[2])
    if sheet is None:
        near = difflib.get_close_matches(parts[2], sheets, n=1, cutoff=0.6)
        return None, [error("W105", place, folder=parts[2], suggestion=near[0] if near else "")]
    if sheet.blank_only:
        return None, [error("W103", place, title=sheet.title)]
    if not isinstance(data, dict):
        return None, [error("F104" if data is None else "F102", place)]
    record, found = validate(_model(sheet), data, place, vocabularies)
    if record is None:
        return None, found
    head = WorksheetHead.model_construct(**{key: getattr(record, key) for key in HEAD_KEYS})
    return Filled(
        sheet, head, {section.id: _lines(getattr(record, section.id)) for section in sheet.sections}, place
    ), []


def _lines(value: Any) -> tuple[Line, ...]:
    """Return the lines of a section as plain data; a set of boxes is one line."""
    parts: tuple[BaseModel, ...] = value if isinstance(value, tuple) else (value,) if value is not None else ()
    return tuple({key: getattr(part, key) for key in type(part).model_fields} for part in parts)

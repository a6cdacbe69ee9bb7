"""FieldsView: every field of a record with its meaning, made from the model (記録の項目)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tsunagite.records.model.base.fields import TermOf
from tsunagite.records.model.base.problems import example_of, model_inside
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource


@dataclass(frozen=True)
class FieldRow:
    """One field: its key as written (``location.lat``), what it means, an example, the words it accepts."""

    key: str
    title: str
    description: str
    example: str
    words: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class FieldGroup:
    """Fields that stand together: those of the record itself, or those inside one of its parts."""

    key: str
    title: str
    rows: tuple[FieldRow, ...]


def field_groups(vocabularies: Vocabularies, model: type[BaseModel] = Resource) -> tuple[FieldGroup, ...]:
    """Return the fields of a sort of record in canonical order: the record first, then each of its parts."""
    own, parts = [], []
    for key, field in model.model_fields.items():
        own.append(_row(model, key, field, vocabularies))
        inside = model_inside(field.annotation)
        if inside:
            rows = tuple(_row(inside, name, part, vocabularies) for name, part in inside.model_fields.items())
            parts.append(FieldGroup(key, field.title or key, rows))
    return (FieldGroup("", "記録", tuple(own)), *parts)


def _row(model: type[BaseModel], key: str, field: FieldInfo, vocabularies: Vocabularies) -> FieldRow:
    name = _vocabulary_of(field.annotation, field.metadata)
    words = tuple(term.label for term in vocabularies[name]) if name else ()
    return FieldRow(
        key, field.title or key, field.description or "", example_of(model, key), words, field.is_required()
    )


def _vocabulary_of(annotation: Any, metadata: list[Any]) -> str:
    """Return the vocabulary that a field, or the items of its list, take their words from ("" for none)."""
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, TermOf):
            return mark.vocabulary
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := _vocabulary_of(inner, []))), "")

"""JSON Schemas of the record files, so that an editor completes fields and terms while somebody types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tsunagite.records.load.records import MODELS
from tsunagite.records.load.worksheets import built_in_sheets
from tsunagite.records.model.base.vocabulary import Term, Vocabularies, Vocabulary
from tsunagite.records.model.features.suggested_reading import SuggestedReading
from tsunagite.records.model.features.suggested_word import SuggestedWord
from tsunagite.records.model.features.worksheet import record_model
from tsunagite.records.model.site import SiteSettings
from tsunagite.records.yaml.staged_files import write_whole

TITLES = {
    "resource": "資源",
    "organization": "団体",
    "area": "地域",
    "source": "出典の一覧",
    "trouble": "相談の困りごと",
    "duty": "窓口の担当表",
    "event": "集まりと行事",
    "pamphlet": "印刷するもの",
    "print_run": "刷った紙",
    "tie": "関わる相手との関係",
    "site": "サイトの設定",
    "vocabulary": "語彙",
}
RECORDS: dict[str, type[BaseModel]] = {sort: model for sort, model in MODELS.items() if sort in TITLES}
_DATE = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DAYS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 1}}]}


class _Generator(GenerateJsonSchema):
    """Describes what may be *written*: an empty value is no value, a date is its text, weekdays are one word."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        shown = super().default_schema(schema)
        if shown.get("default") in (None, "", [], {}):
            shown.pop("default", None)
        return shown

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic passes it
        return dict(_DATE)

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        return dict(_DAYS) if inner.get("type") == "array" else inner


def schemas(vocabularies: Vocabularies) -> dict[str, str]:
    """Return the text of every schema by name: one for each sort of record file, site and vocabulary."""
    result = {name: _record_schema(model, vocabularies) for name, model in RECORDS.items()}
    result |= {
        f"worksheet-{sheet.id}": _schema(record_model(sheet), vocabularies)
        for sheet in built_in_sheets()
        if not sheet.blank_only
    }
    result["site"] = _schema(SiteSettings, vocabularies)
    result["vocabulary"] = _schema(
        create_model("Terms", terms=(list[_OverridingTerm | SuggestedWord | SuggestedReading], ...)), vocabularies
    )
    return {name: _text(name, schema) for name, schema in result.items()}


def write_schemas(folder: Path, vocabularies: Vocabularies) -> list[Path]:
    """Write ``<name>.schema.json`` files into ``folder`` and return their paths."""
    paths = []
    for name, text in sorted(schemas(vocabularies).items()):
        path = folder / f"{name}.schema.json"
        write_whole(path, text)
        paths.append(path)
    return paths


class _OverridingTerm(Term):
    """A term of a site: one that changes a built-in term says only what is different."""

    label: str = Field("", title="名前", description="ページに出ることば。新しい語には要ります。")


def _record_schema(model: type[BaseModel], vocabularies: Vocabularies) -> dict[str, Any]:
    """Return the schema of a file with one record, or with ``records:``, a list of them."""
    record = _schema(model, vocabularies)
    parts = record.pop("$defs", {})
    parts["record"] = record
    many = {
        "type": "object",
        "properties": {"records": {"type": "array", "items": {"$ref": "#/$defs/record"}, "title": "記録の一覧"}},
        "required": ["records"],
        "additionalProperties": False,
    }
    # if/then/else and not anyOf: editors then complain about the record that was meant
    return {"if": {"required": ["records"]}, "then": many, "else": {"$ref": "#/$defs/record"}, "$defs": parts}


def _schema(model: type[BaseModel], vocabularies: Vocabularies) -> dict[str, Any]:
    schema = model.model_json_schema(schema_generator=_Generator)
    _fill_in_terms(schema, vocabularies)
    return schema


def _fill_in_terms(node: Any, vocabularies: Vocabularies) -> None:
    """Replace every ``x-vocabulary`` by the words a record may write, and drop class names from parts."""
    if isinstance(node, list):
        for item in node:
            _fill_in_terms(item, vocabularies)
    elif isinstance(node, dict):
        if isinstance(name := node.get("x-vocabulary"), str):
            del node["x-vocabulary"]
            node["enum"] = _words(vocabularies[name])
        if "properties" in node:
            node.pop("title", None)  # the name and docstring of a class are for programmers
            node.pop("description", None)
        for value in node.values():
            _fill_in_terms(value, vocabularies)


def _words(vocabulary: Vocabulary) -> list[str]:
    """Return labels first, as an editor offers them in this order; then ids and aliases."""
    terms = list(vocabulary)
    return list(
        dict.fromkeys([*(t.label for t in terms), *(t.id for t in terms), *(a for t in terms for a in t.aliases)])
    )


def _title(name: str) -> str:
    return TITLES.get(name) or next(sheet.title for sheet in built_in_sheets() if name == f"worksheet-{sheet.id}")


def _text(name: str, schema: dict[str, Any]) -> str:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": _title(name)}
    return json.dumps({**head, **schema}, ensure_ascii=False, indent=1) + "\n"

"""Validate one raw record: pydantic's errors become findings with our codes, places and suggestions."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from tsunagite.findings import Finding, Loc, SourceLocation, error
from tsunagite.records.model.base.fields import LINE_PATTERN, MAIL_PATTERN, SLUG_PATTERN, WEB_PATTERN
from tsunagite.records.model.base.vocabulary import Vocabularies

RecordT = TypeVar("RecordT", bound=BaseModel)

# pydantic error type -> our code. Types that mean the same to a publisher share a code.
CODES = {
    "missing": "M101",
    "extra_forbidden": "M102",
    "string_type": "M103", "string_unicode": "M103",
    "unknown_term": "M104",
    "not_a_date": "M105",
    "not_a_time": "M106",
    "not_days": "M107",
    "not_kana": "M108",
    "not_a_postal_code": "M109",
    "int_type": "M110", "int_parsing": "M110", "int_from_float": "M110", "int_parsing_size": "M110",
    "float_type": "M110", "float_parsing": "M110", "finite_number": "M110",
    "bool_type": "M111", "bool_parsing": "M111",
    "model_type": "M112", "dict_type": "M112", "model_attributes_type": "M112", "mapping_type": "M112",
    "tuple_type": "M113", "list_type": "M113",
    "literal_error": "M114",
    "string_pattern_mismatch": "M115",
    "string_too_long": "M116",
    "string_too_short": "M117", "too_short": "M117",
    "greater_than_equal": "M118", "greater_than": "M118",
    "less_than_equal": "M127", "less_than": "M127",
    "period_reversed": "M119",
    "ages_reversed": "M120",
    "step_needs_one": "M129",
    "not_a_recurrence": "M130",
    "event_needs_when": "M131",
    "tie_end_needs_one": "M133",
}  # fmt: skip
OTHER = "M115"  # a type of error no field of ours can raise today

# A pattern says nothing to a publisher; the common ones have a sentence of their own (i18n: findings.<code>).
PATTERN_CODES = {SLUG_PATTERN: "M121", WEB_PATTERN: "M122", MAIL_PATTERN: "M123", LINE_PATTERN: "M132"}


# A rule over two fields points at the second one of the two.
_SECOND_FIELD = {"period_reversed": "valid_to", "ages_reversed": "age_max"}
_BOUNDS = ("max_length", "ge", "gt", "le", "lt")
_FOR_ONE_VALUE = {"M103", "M105", "M106", "M108", "M109", "M110", "M111", "M114"}


def validate(
    model: type[RecordT], data: Any, place: SourceLocation, vocabularies: Vocabularies
) -> tuple[RecordT | None, list[Finding]]:
    """Return (record, findings): the record is None exactly when findings were made."""
    try:
        return model.model_validate(data, context={"vocabularies": vocabularies}, strict=None), []
    except ValidationError as problem:
        details = problem.errors(include_url=False)
        wrong_items = {detail["loc"][:depth] for detail in details for depth in range(1, len(detail["loc"]))}
        # A list is only called empty where nothing stands in it: items that are wrong are reported themselves.
        told = [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in wrong_items]
        return None, [_finding(model, detail, place) for detail in told]


def _finding(model: type[BaseModel], detail: Any, place: SourceLocation) -> Finding:
    kind, loc = str(detail["type"]), tuple(detail["loc"])
    context: Mapping[str, Any] = detail.get("ctx") or {}
    key = str(next((step for step in reversed(loc) if isinstance(step, str)), ""))
    owner = _owner(model, loc)
    field = owner.model_fields.get(key) if owner else None
    code = _code(kind, loc, detail.get("input"), context, field)
    values: dict[str, object] = {
        "key": key,
        "title": title_of(owner, key),
        "written": _quote_value(detail.get("input")),
        "suggestion": context.get("suggestion", ""),
        "known": context.get("known") or "、".join(map(str, choices_of(field.annotation if field else None))),
        "limit": next((f"{context[bound]:g}" for bound in _BOUNDS if bound in context), ""),
        "example": example_of(owner, key),
        "about": (field.description if field else None) or "",
        **{name: context[name] for name in ("start", "end", "low", "high") if name in context},
    }
    if code == "M124":
        values["key_example"] = _first_key(model_inside(field.annotation if field else None))
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key.strip(), list(owner.model_fields) if owner else [], n=1, cutoff=0.6)
        values["suggestion"] = f"{near[0]}（{title_of(owner, near[0])}）" if near else _by_title(owner, key)
    if kind in _SECOND_FIELD:
        return error(code, place.at(*loc, _SECOND_FIELD[kind]), **values)
    return error(code, place.at(*_known_location(loc, kind), on_key=kind == "extra_forbidden"), **values)


def _code(kind: str, loc: Loc, given: object, context: Mapping[str, Any], field: FieldInfo | None) -> str:
    """Choose the sentence by what went wrong, and by what was written instead."""
    code = CODES.get(kind, OTHER)
    if kind == "string_pattern_mismatch":
        code = PATTERN_CODES.get(context.get("pattern", ""), code)
    if kind == "missing":
        return code
    if given is None or (isinstance(given, str) and not given.strip()):
        return "M101" if field is not None and field.is_required() else "M117"
    if code == "M112" and loc and isinstance(loc[-1], int):
        return "M124"
    if code in _FOR_ONE_VALUE and isinstance(given, (list, dict)):
        return "M125"
    if loc[-1:] in (("lat",), ("lng",)) and code in ("M110", "M127"):
        return "M126" if code == "M110" else "M128"
    return code


def choices_of(annotation: Any) -> tuple[object, ...]:
    """Return the words a Literal field accepts, at any depth of its annotation."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for inner in get_args(annotation) if (found := choices_of(inner))), ())


def _known_location(loc: Loc, kind: str) -> Loc:
    return loc[:-1] if kind == "missing" else loc


def _by_title(owner: type[BaseModel] | None, written: str) -> str:
    """Find the key of a field somebody named in Japanese (名前: さくら -> name)."""
    for key, field in (owner.model_fields if owner else {}).items():
        if field.title == written:
            return f"{key}（{field.title}）"
    return ""


def _owner(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """Return the model that holds the last key of ``loc`` (needs, 1 -> the model with ``needs``)."""
    owner: type[BaseModel] | None = model
    last = max((index for index, step in enumerate(loc) if isinstance(step, str)), default=0)
    for step in loc[:last]:
        if isinstance(step, str) and owner is not None and step in owner.model_fields:
            owner = model_inside(owner.model_fields[step].annotation)
    return owner


def model_inside(annotation: Any) -> type[BaseModel] | None:
    """Return the model a field holds, alone or in a list (``tuple[Phone, ...]`` -> Phone), else None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := model_inside(inner):
            return found
    return None


def _first_key(model: type[BaseModel] | None) -> str:
    """Return the key a part is begun with: its first required field."""
    fields = model.model_fields if model else {}
    return next((key for key, field in fields.items() if field.is_required()), next(iter(fields), ""))


def title_of(owner: type[BaseModel] | None, key: str) -> str:
    """Return the Japanese title of a field, or its key where the field is unknown."""
    field = owner.model_fields.get(key) if owner else None
    return (field.title if field else None) or key


def example_of(owner: type[BaseModel] | None, key: str) -> str:
    """Return the example of a field as text, or ""."""
    field = owner.model_fields.get(key) if owner else None
    if not field or not field.examples:
        return ""
    example = field.examples[0]
    return "[" + ", ".join(map(str, example)) + "]" if isinstance(example, list) else str(example)


def _quote_value(value: object) -> str:
    """Return a value as it may stand in the file, shortened to 40 characters."""
    text = _flow(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _flow(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)

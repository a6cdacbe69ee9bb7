"""Fields of the web editor, made from the model of a record: label, help, choices, patterns, groups that repeat.

The source is the JSON Schema that pydantic makes of the model, with ``x-vocabulary`` where a field holds terms. Every field of a model
becomes one field here: what has no field nobody could correct.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from tsunagite.i18n import ui
from tsunagite.records.model.base.vocabulary import Term, Vocabularies

Field = dict[str, Any]
HIDDEN = frozenset({"sample", "professional"})
"""Fields that keep their value and are not shown: invented records are made with ``tsunagite new``, private parts stand elsewhere."""
_DATE: Field = {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
_ONE_LINE = 120  # characters: longer texts get a box of several lines, which also keeps their line breaks
_MEANING = re.compile(r"(?<!\w)(\w{1,40})＝([^、。＝]{1,40})")
"""How a description says what a fixed word means: voice＝電話、fax＝FAX。"""


def fields_of(
    model: type[BaseModel],
    vocabularies: Vocabularies,
    fits: Callable[[str, Term], bool] = lambda _vocabulary, _term: True,
) -> list[Field]:
    """Return the fields of a model in its order. ``fits`` tells which terms of a vocabulary are offered."""
    schema = _schema(model)
    return _Fields(schema.get("$defs", {}), vocabularies, fits).of(schema)


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()  # 25 ms, and resources stand in twenty folders


class _Fields:
    """Turns the parts of one JSON Schema into fields."""

    def __init__(self, parts: Mapping[str, Any], vocabularies: Vocabularies, fits: Callable[[str, Term], bool]) -> None:
        self._parts, self._vocabularies, self._fits = parts, vocabularies, fits

    def of(self, schema: Mapping[str, Any]) -> list[Field]:
        """Return the fields of an object."""
        required = schema.get("required", ())
        return [self._field(name, about, required) for name, about in schema["properties"].items()]

    def _field(self, name: str, about: Mapping[str, Any], required: Collection[str]) -> Field:
        if name in HIDDEN:
            return {"name": name, "label": about["title"], "widget": "hidden"}
        head: Field = {"name": name, "label": about["title"]}
        if help_text := _help(about):
            head["hint"] = help_text
        if about.get("x-picture"):
            return {
                **head,
                "required": True,
                "widget": "image",
                "choose_url": False,
                "accept": "image/jpeg,image/png,image/webp",
            }
        return {**head, "required": name in required, **self._kind(self._inner(about), about)}

    def _inner(self, about: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a field holds when it holds something: without null, and with the part that it refers to."""
        held: Mapping[str, Any] = next((one for one in about.get("anyOf", ()) if one.get("type") != "null"), about)
        return self._parts[held["$ref"].rpartition("/")[2]] if "$ref" in held else held

    def _kind(self, held: Mapping[str, Any], about: Mapping[str, Any]) -> Field:
        if held["type"] == "array" and not _is_written_as_text(about):
            return self._list(self._inner(held["items"]), about)
        if held["type"] == "object":
            return (
                {"widget": "object", "collapsed": "auto", "fields": self.of(held)}
                if "properties" in held
                else {"widget": "keyvalue"}
            )
        if options := self._options(held, about):
            return {"widget": "select", "options": options}
        return _one_value(held, about)

    def _list(self, item: Mapping[str, Any], about: Mapping[str, Any]) -> Field:
        if options := self._options(item, about):
            return {"widget": "select", "multiple": True, "options": options}
        if "properties" in item:
            shown = next(iter(item["properties"]))
            return {"widget": "list", "collapsed": False, "summary": f"{{{{fields.{shown}}}}}", "fields": self.of(item)}
        if item.get("format") == "date":
            return {"widget": "list", "field": {"name": "on", "label": about["title"], **_DATE}}
        return {"widget": "list", **_pattern(item, about)}

    def _options(self, held: Mapping[str, Any], about: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the choices of a field. A term is saved as its label: so do records of people, of the import and of ``tsunagite new``."""
        if vocabulary := held.get("x-vocabulary"):
            return [
                {"label": term.label, "value": term.label}
                for term in self._vocabularies[vocabulary]
                if self._fits(vocabulary, term)
            ]
        if held["type"] == "boolean":  # three choices with "none": a switch would write false where nothing is known
            return [{"label": ui("web_editor_yes"), "value": True}, {"label": ui("web_editor_no"), "value": False}]
        meanings = dict(_MEANING.findall(about.get("description", "")))
        return [{"label": meanings.get(str(word), str(word)), "value": word} for word in held.get("enum", ())]


def _one_value(held: Mapping[str, Any], about: Mapping[str, Any]) -> Field:
    if held["type"] in ("integer", "number"):
        return {"widget": "number", "value_type": "int" if held["type"] == "integer" else "float", **_bounds(held)}
    if held.get("format") == "date":
        return _DATE
    is_line = "pattern" in held or held["type"] == "array" or held.get("maxLength", 0) <= _ONE_LINE
    return {"widget": "string" if is_line else "text", **_pattern(held, about)}


def _pattern(held: Mapping[str, Any], about: Mapping[str, Any]) -> Field:
    return (
        {"pattern": [_for_browsers(held["pattern"]), ui("web_editor_wrong", title=about["title"], about=_help(about))]}
        if "pattern" in held
        else {}
    )


def _is_written_as_text(about: Mapping[str, Any]) -> bool:
    """Tell whether a list is written as one text (days: 月-金): its example is one."""
    return isinstance(next(iter(about.get("examples", ())), None), str)


def _help(about: Mapping[str, Any]) -> str:
    example = next(iter(about.get("examples", ())), "")
    shown = "、".join(map(str, example)) if isinstance(example, list) else example
    return " ".join(
        filter(None, (about.get("description", ""), ui("web_editor_example", example=shown) if shown != "" else ""))
    )


def _bounds(held: Mapping[str, Any]) -> Field:
    return {name: held[key] for name, key in (("min", "minimum"), ("max", "maximum")) if key in held}


def _for_browsers(pattern: str) -> str:
    """Return a pattern of ours as JavaScript reads it in Unicode mode, where a quotation mark must not be escaped."""
    return pattern.replace('\\"', '"')

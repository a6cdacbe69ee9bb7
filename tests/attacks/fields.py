"""Every field of every type of file, read from the models: a new field is attacked without a change here.

A *document* is the plain data of one file (or of one record in it). ``filled`` makes one that has every field of its schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[str | int, ...]
Schema = dict[str, Any]
Choose = Callable[[Path, Schema], Any]
_DEEP = 6
"""How many objects may lie inside each other: branches of a tree have branches."""


class Key(str):
    """A key of a table that somebody chose, in a path."""

    __slots__ = ()


def resolved(schema: Schema, whole: Schema) -> Schema:
    """Return the schema that a reference leads to, with what is said beside the reference; of several possibilities the first."""
    while True:
        if "$ref" in schema:
            rest = {key: value for key, value in schema.items() if key != "$ref"}
            schema = whole["$defs"][schema["$ref"].rpartition("/")[2]] | rest
        elif "else" in schema:
            schema = schema["else"]
        elif "anyOf" in schema:
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            schema = next(one for one in schema["anyOf"] if one.get("type") != "null") | rest
        else:
            return schema


def is_text(schema: Schema) -> bool:
    """Tell whether a field takes words that somebody chooses: a string that is no term of a vocabulary."""
    return schema.get("type") == "string" and not {"enum", "const", "x-vocabulary"} & schema.keys()


def text_paths(
    schema: Schema, whole: Schema | None = None, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Yield the path of each field that takes words; items of lists and values of tables are ``*``."""
    whole = whole or schema
    schema = resolved(schema, whole)
    if len(path) > 2 * _DEEP or path.count("children") > 1:
        return
    for name, part in schema.get("properties", {}).items():
        yield from text_paths(part, whole, (*path, name))
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from text_paths(schema[key], whole, (*path, "*"))
    if is_text(schema):
        yield path, schema


def filled(schema: Schema, choose: Choose, base: Any = None, whole: Schema | None = None, path: Path = ()) -> Any:
    """Return a document with every field of a schema: words from ``choose``, all else from ``base`` or an example."""
    whole = whole or schema
    schema = resolved(schema, whole)
    if is_text(schema):
        return choose(path, schema)
    if "properties" in schema and path.count("children") < 2:
        known = base if isinstance(base, dict) else {}
        made = {
            name: filled(part, choose, known.get(name), whole, (*path, name))
            for name, part in schema["properties"].items()
        }
        return {name: value for name, value in made.items() if value is not None}
    if isinstance(schema.get("additionalProperties"), dict):
        keys = [Key(choose((*path, Key("*")), {"type": "string"})), *(base if isinstance(base, dict) else ())]
        made = {
            key: filled(schema["additionalProperties"], choose, value_at(base, (key,)), whole, (*path, Key(key)))
            for key in keys
        }
        return {str(key): value for key, value in made.items() if value is not None}
    if schema.get("type") == "array" and "items" in schema:
        if path.count("children") >= 2:
            return None
        items = base if isinstance(base, list) and base else [None] * max(1, schema.get("minItems", 1))
        made = [filled(schema["items"], choose, item, whole, (*path, index)) for index, item in enumerate(items)]
        return [item for item in made if item is not None] or None
    return base if base is not None else example(schema)


def example(schema: Schema) -> Any:
    """Return a value that a schema takes, or None where it names none."""
    if schema.get("examples"):
        return schema["examples"][0]
    for key in ("const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    if schema.get("enum"):
        return schema["enum"][0]
    return {"boolean": False, "integer": schema.get("minimum", 1), "number": schema.get("minimum", 1)}.get(
        schema.get("type", "")
    )


def value_at(document: Any, path: Path) -> Any:
    """Return what stands at a path, or None."""
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def put(document: Any, path: Path, value: Any) -> None:
    """Write a value at a path; None takes it away, from a list as well."""
    inside = value_at(document, path[:-1])
    if value is not None:
        inside[path[-1]] = value
    elif isinstance(inside, (dict, list)) and value_at(inside, path[-1:]) is not None:
        del inside[path[-1]]

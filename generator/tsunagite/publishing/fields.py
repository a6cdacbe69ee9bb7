"""Two versions of a part of a record, field by field, in the words of the model: labels, terms and names instead of ids. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tsunagite.geo.nearest import metres_between
from tsunagite.records.columns.cells import span_text
from tsunagite.records.columns.columns import SAID
from tsunagite.records.directory import Directory
from tsunagite.records.model.base.fields import TermOf
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.place import Location

MOST_LISTED = 6
"""Values of a list that are shown on each side; of a longer list only those that were added or taken away."""


@dataclass(frozen=True)
class FieldChange:
    """One value: how it is called, its path in YAML, what it said and says ("" for nothing), and how far a point has moved (metres)."""

    label: str
    path: str
    before: str
    after: str
    metres: int | None = None
    map_url: str = ""


@dataclass(frozen=True)
class Names:
    """What ids and terms of one revision are called."""

    vocabularies: Vocabularies
    ids: Mapping[str, str]
    place_url: str = ""
    """The address of a map that shows a point, with ``{lat}`` and ``{lng}``; "" where the site has none."""

    @classmethod
    def of(cls, directory: Directory) -> Names:
        """Collect the names of areas, organisations, lists, papers and resources."""
        named = (directory.resources, directory.sources, directory.organizations, directory.areas)
        ids = {record_id: record.name for records in named for record_id, record in records.items()}
        papers = {paper.id: paper.title for paper in directory.pamphlets.values()}
        return cls(directory.vocabularies, ids | papers, directory.settings.tiles.place_url)


Sides = tuple[object, object]
"""A value before and after a change."""
BothNames = tuple[Names, Names]
"""The names before and after it."""
Steps = tuple[tuple[str, str], ...]
"""The way to a value: keys with their titles."""


def compare_fields(model: type[BaseModel], sides: Sides, names: BothNames, steps: Steps = ()) -> Iterator[FieldChange]:
    """Yield the fields of a model in which two values of it differ; ``None`` stands for no part at all. ``steps`` lead to the part."""
    moved = _moved(sides, names, steps) if model is Location else None
    if moved:
        yield moved
    for name, field in model.model_fields.items():
        old, new = (_value(side, name, field) for side in sides)
        if old == new or (moved and name in ("lat", "lng")):
            continue
        path = (*steps, (name, field.title or name))
        part = next((type(one) for one in (new, old) if isinstance(one, BaseModel)), None)
        if part:
            yield from compare_fields(part, (old, new), names, path)
        elif isinstance(old, Mapping) or isinstance(new, Mapping):
            one, other = old or {}, new or {}
            for key in dict.fromkeys((*one, *other)):
                if one.get(key) != other.get(key):
                    yield _field_change((*path, (key, key)), str(one.get(key, "")), str(other.get(key, "")))
        else:
            yield _field_change(path, *_both((old, new), name, field, names))


def _field_change(steps: Steps, before: str, after: str) -> FieldChange:
    return FieldChange("の".join(title for _, title in steps), ".".join(key for key, _ in steps), before, after)


def _value(side: object, name: str, field: FieldInfo) -> Any:
    if isinstance(side, BaseModel) and (value := getattr(side, name, None)) is not None:
        return value
    return None if field.is_required() else field.get_default(call_default_factory=True)


def _moved(sides: Sides, names: BothNames, steps: Steps) -> FieldChange | None:
    """Return how far a point has moved, None where one side has none or both are the same."""
    before, after = sides
    if not isinstance(before, Location) or not isinstance(after, Location):
        return None
    if before.point is None or after.point is None or before.point == after.point:
        return None
    titles = "・".join(str(Location.model_fields[key].title) for key in ("lat", "lng"))
    change = _field_change((*steps, ("lat,lng", titles)), f"{before.lat}, {before.lng}", f"{after.lat}, {after.lng}")
    metres = round(metres_between(*before.point, *after.point))
    place = names[1].place_url.replace("{lat}", f"{after.lat}").replace("{lng}", f"{after.lng}")
    return replace(change, metres=metres, map_url=place)


def _both(sides: Sides, name: str, field: FieldInfo, names: BothNames) -> tuple[str, str]:
    """Return two values as texts; of lists that are long, or made of parts, only what one side has and the other has not."""
    texts: list[str] = []
    for side, other, own in ((sides[0], sides[1], names[0]), (sides[1], sides[0], names[1])):
        if isinstance(side, tuple) and isinstance(other, tuple) and set(map(repr, side)) != set(map(repr, other)):
            long = max(len(side), len(other)) > MOST_LISTED or any(
                isinstance(item, BaseModel) for item in (*side, *other)
            )
            texts.append(_text(tuple(item for item in side if item not in other) if long else side, name, field, own))
        else:
            texts.append(_text(side, name, field, own))
    return texts[0], texts[1]


def _text(value: object, name: str, field: FieldInfo | None, names: Names) -> str:  # noqa: PLR0911 - one line a sort of value
    """Return a value as people read it: terms and ids by their names, days as they are written, parts on one line."""
    if value is None or value == "":
        return ""
    if isinstance(value, Hours):
        return span_text(value.model_dump(mode="json"))
    if isinstance(value, BaseModel):
        inner = {key: getattr(value, key) for key in type(value).model_fields if key in value.model_fields_set}
        said = {key: _text(one, key, type(value).model_fields[key], names) for key, one in inner.items()}
        first, *rest = [(key, text) for key, text in said.items() if text] or [("", "")]
        more = "、".join(f"{type(value).model_fields[key].title}：{text}" for key, text in rest)
        return f"{first[1]}（{more}）" if more else first[1]
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list, frozenset)):
        return "、".join(_text(item, name, field, names) for item in value)
    written = str(value)
    if (vocabulary := _vocabulary(field)) and written in names.vocabularies[vocabulary].terms:
        return names.vocabularies[vocabulary].terms[written].label
    if written in SAID.get(name, {}):
        return SAID[name][written]
    return (
        f"{names.ids[written]}（{written}）"
        if name != "id" and isinstance(value, str) and written in names.ids
        else written
    )


def _vocabulary(field: FieldInfo | None) -> str:
    """Return the vocabulary of a field that holds a term or a list of terms."""
    marks = [*field.metadata, *_inner_marks(field.annotation)] if field else []
    return next((mark.vocabulary for mark in marks if isinstance(mark, TermOf)), "")


def _inner_marks(annotation: Any) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for one in getattr(annotation, "__args__", ()):
        yield from _inner_marks(one)

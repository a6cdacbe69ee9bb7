"""The kinds of value a field may hold: term, date, time, weekdays, reading, slug. Each says what was wrong by a code.

Every validator raises ``PydanticCustomError`` whose type is a key of ``model.problems.CODES``; the words are in i18n.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from tsunagite.model.vocabulary import Vocabulary
from tsunagite.text import dates, kana
from tsunagite.text.normalize import nfkc

MAX_TEXT = 4_000  # characters; a field longer than this is a mistake (a pasted page), and breaks every layout
PartT = TypeVar("PartT", bound="Part")
_set = object.__setattr__


class Part(BaseModel):
    """Base of all records and their parts: unknown keys are refused, values cannot change after reading."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, str_max_length=MAX_TEXT, allow_inf_nan=False,
        defer_build=True,  # most parts are only validated inside of others, and many sorts of record stand in no site
    )  # fmt: skip

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what was written alone, each value once and no names: caches of many records are half as large and as slow."""
        values, written = self.__dict__, self.__pydantic_fields_set__
        return made_part, (type(self), _in_order(type(self), frozenset(written)), tuple([values[name] for name in values if name in written]))


@cache
def _in_order(model: type[Part], written: frozenset[str]) -> tuple[str, ...]:
    """Return the names of some fields in the order of the model: one tuple for all records that have written the same fields."""
    return tuple(name for name in model.model_fields if name in written)


@cache
def _written(names: tuple[str, ...]) -> set[str]:
    return set(names)


@cache
def _defaults(model: type[Part]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Return the values of fields nobody has written (required ones too: they are always written), and those made anew for each."""
    fields = model.model_fields
    made = tuple((name, field.default_factory) for name, field in fields.items() if field.default_factory)
    return {name: field.default for name, field in fields.items()}, made  # type: ignore[return-value]  # ours take no arguments


def made_part(model: type[PartT], names: tuple[str, ...], values: tuple[Any, ...]) -> PartT:
    """Make a part of valid values again, as it was: what ``Part.__reduce__`` asks for."""
    part = model.__new__(model)
    defaults, made = _defaults(model)
    held = defaults.copy()
    for name, make in made:
        held[name] = make()
    held.update(zip(names, values, strict=True))
    _set(part, "__dict__", held)
    _set(part, "__pydantic_fields_set__", _written(names))
    _set(part, "__pydantic_extra__", None)
    _set(part, "__pydantic_private__", None)
    return part


class TermOf:
    """Marks a string field whose values are terms of one vocabulary; the validated value is always the id."""

    def __init__(self, vocabulary: str) -> None:
        self.vocabulary = vocabulary

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "x-vocabulary": self.vocabulary}

    def _validate(self, value: Any, info: core_schema.ValidationInfo) -> str:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "not a string", {"written": str(value)})
        vocabulary: Vocabulary = (info.context or {})["vocabularies"][self.vocabulary]
        if (found := vocabulary.find(value.strip())) is not None:
            return found
        known = "、".join(term.label for term in list(vocabulary)[:12])
        context = {"written": value, "suggestion": vocabulary.nearest(value) or "", "known": known}
        raise PydanticCustomError("unknown_term", "unknown term", context)


def _parsed(error: str, parse: Callable[[str], Any], guess: Callable[[str], Any] | None = None) -> BeforeValidator:
    def read(value: Any) -> Any:
        if isinstance(value, (str, int)) and not isinstance(value, bool):  # 7600074 without quotes is a number
            result = parse(str(value))
            if result is not None:
                return result
        proposal = guess(str(value)) if guess else None
        raise PydanticCustomError(error, "{written}", {"written": str(value), "suggestion": str(proposal or "")})

    return BeforeValidator(read)


def _reading(value: str) -> str:
    if kana.is_hiragana(value):
        return value
    plain = kana.as_reading(value)
    if not kana.is_reading(plain):
        raise PydanticCustomError("not_kana", "{written}", {"written": value})
    return plain


def _days(value: Any) -> Any:
    days = dates.parse_days("".join(value) if isinstance(value, list) and all(isinstance(d, str) for d in value)
                            and all(len(d) == 1 for d in value) else value if isinstance(value, str) else "")  # fmt: skip
    if days is None:
        raise PydanticCustomError("not_days", "{written}", {"written": str(value)})
    return days


def _postal_code(value: str) -> str | None:
    digits = "".join(c for c in nfkc(value) if c.isdigit())
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 else None


def title_of(model: type[BaseModel], path: tuple[str, ...]) -> str:
    """Return the Japanese titles along the path of a value, joined with の; keys that are no fields stay as they are."""
    titles: list[str] = []
    part: type[BaseModel] | None = model
    for step in path:
        fields = part.model_fields if part else {}
        names = [fields[one].title or one if one in fields else one for one in step.split("・")]
        titles.append("・".join(names) if len(names) > 1 and all(one in fields for one in step.split("・")) else names[0] if step in fields else step)
        part = _part_in(fields[step].annotation) if step in fields else part
    return "の".join(titles)


def _part_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as ``Location | None`` or ``tuple[Phone, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _part_in(one))), None)


SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*#[A-Za-z0-9]{1,3}$"
"""A line of another filled worksheet: the id of the sheet, then its letter (``shiosai-issues#A``)."""
WEB_PATTERN = r"^https?://[^\s<>\"]+$"
MAIL_PATTERN = r"^[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
LineName = Annotated[str, StringConstraints(pattern=LINE_PATTERN)]
Reading = Annotated[str, AfterValidator(_reading)]
Day = Annotated[date, _parsed("not_a_date", dates.parse_iso, dates.guess_date)]
Time = Annotated[str, _parsed("not_a_time", dates.parse_time, dates.guess_time)]
Days = Annotated[tuple[str, ...], BeforeValidator(_days)]
PostalCode = Annotated[str, _parsed("not_a_postal_code", _postal_code)]
WebAddress = Annotated[str, StringConstraints(pattern=WEB_PATTERN, max_length=500)]
Mail = Annotated[str, StringConstraints(pattern=MAIL_PATTERN, max_length=200)]

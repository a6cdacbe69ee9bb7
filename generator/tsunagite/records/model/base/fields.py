"""The kinds of value a field may hold: term, date, time, weekdays, reading, slug. Each says what was wrong by a code.

Every validator raises ``PydanticCustomError`` whose type is a key of ``model.problems.CODES``; the words are in i18n.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from tsunagite.records.model.base.vocabulary import Vocabulary
from tsunagite.text import dates, kana
from tsunagite.text.normalize import nfkc

MAX_TEXT = 4_000  # characters; a field longer than this is a mistake (a pasted page), and breaks every layout
PartT = TypeVar("PartT", bound="Part")
Written = tuple[type[PartT], tuple[str, ...], tuple[Any, ...]]
"""A part as it was written: its model, names of fields, and their values."""


class Part(BaseModel):
    """Base of all records and their parts: unknown keys are refused, values cannot change after reading."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, str_max_length=MAX_TEXT, allow_inf_nan=False,
        defer_build=True,  # most parts are only validated inside of others, and many sorts of record stand in no site
    )  # fmt: skip

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what was written alone, each value once and no names: stored records are half as large and as slow."""
        return restore_part, explicit_values(self)


def explicit_values(part: PartT) -> Written[PartT]:
    """Return what somebody wrote: the names of fields, in the order of the model, and their values."""
    model = type(part)
    names, values = _in_order(model, frozenset(part.model_fields_set))
    return model, names, values(part)


@cache
def _in_order(
    model: type[Part], names_set: frozenset[str]
) -> tuple[tuple[str, ...], Callable[[Part], tuple[Any, ...]]]:
    """Return the names of some fields in the order of the model (one tuple for all records that have written the same), and what gets their values."""
    names = tuple(name for name in model.model_fields if name in names_set)
    return names, attrgetter(*names) if len(names) > 1 else lambda part: tuple([getattr(part, name) for name in names])


@cache
def _set_of(names: tuple[str, ...]) -> set[str]:
    """Return one set for all records that have written the same fields: a set takes more memory than most records."""
    return set(names)


@cache
def _defaults(model: type[Part]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """Return every field in the order of the model with its default (None where it has none or makes one), and what makes defaults."""
    made = {name: field.default_factory for name, field in model.model_fields.items() if field.default_factory}
    return {
        name: None if name in made or field.is_required() else field.default
        for name, field in model.model_fields.items()
    }, made  # type: ignore[return-value]


def restore_part(model: type[PartT], names: tuple[str, ...], values: tuple[Any, ...]) -> PartT:
    """Make a part of values that were valid before, as unpickling does: what was written, and the defaults of all else.

    (``model_construct`` gives the same part in four times the time.)
    """
    defaults, made = _defaults(model)
    fields = defaults | {name: make() for name, make in made.items()} if made else defaults.copy()
    fields.update(zip(names, values, strict=True))
    part: PartT = model.__new__(model)
    part.__setstate__(
        {
            "__dict__": fields,
            "__pydantic_fields_set__": _set_of(names),
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
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
        titles.append(
            "・".join(names)
            if len(names) > 1 and all(one in fields for one in step.split("・"))
            else names[0]
            if step in fields
            else step
        )
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
WEB_PATTERN = r"^https?://[^\s<>\"@/?#]+(?:[/?#][^\s<>\"]*)?$"
"""An address of a page. What stands before an @ in the name of a host is a user, and hides the host (RFC 3986, 7.6): it is refused."""
MAIL_PATTERN = r"^[A-Za-z0-9._+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
"""One address, of characters that mean nothing in ``mailto:`` (RFC 6068): with ? & % , or : it would write to somebody else as well."""

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
LineName = Annotated[str, StringConstraints(pattern=LINE_PATTERN)]
Reading = Annotated[str, AfterValidator(_reading)]
Day = Annotated[date, _parsed("not_a_date", dates.parse_iso, dates.guess_date)]
Time = Annotated[str, _parsed("not_a_time", dates.parse_time, dates.guess_time)]
Days = Annotated[tuple[str, ...], BeforeValidator(_days)]
PostalCode = Annotated[str, _parsed("not_a_postal_code", _postal_code)]
WebAddress = Annotated[str, StringConstraints(pattern=WEB_PATTERN, max_length=500)]
Mail = Annotated[str, StringConstraints(pattern=MAIL_PATTERN, max_length=200)]
Licence = Annotated[
    str,
    Field(min_length=1, max_length=60, title="利用条件", description="ライセンスの名前。", examples=["CC BY 4.0"]),
]
Credit = Annotated[
    str,
    Field(
        min_length=1,
        max_length=300,
        title="出典の書き方",
        description="ページに出す出典。",
        examples=["見本市オープンデータ（加工）"],
    ),
]
Encoding = Annotated[
    Literal["utf-8-sig", "cp932", "auto"], Field(title="文字コード", description="auto なら自動で見分けます。")
]

"""The columns under which a record is edited in a spreadsheet: made from the model, so that a new field is a new column.

One column holds one value (``location.address``), one of the first few parts of a list (``phones.0.number``), or a list
written in a cell: terms with 、 between them, steps on lines of their own, opening hours as 月-金 9:00-17:00.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tsunagite.records.model.base.fields import TermOf
from tsunagite.records.model.base.problems import choices_of, example_of, model_inside
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource

Steps = tuple[str | int, ...]

# How a workbook of records is known: the first cells of a hidden sheet that also holds what every cell said when the book
# was made. An edit is a cell that says something else.
COPY, MARK, VERSION = "控え", "tsunagite-records", "1"


# Columns of a call sheet that are no fields of a record: whom to call, what to ask, and what came of it.
CALL, ASK, ANSWER = "かける先", "たずねること", "たずねた結果"
RIGHT, CHANGED, NOT_REACHED = "変わりなし", "変わった", "つながらない"
ANSWERS = (RIGHT, CHANGED, NOT_REACHED)


class Sort(StrEnum):
    """How a value is written in a cell."""

    TEXT = "text"
    LINES = "lines"
    TERM = "term"
    TERMS = "terms"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    HOURS = "hours"
    AREAS = "areas"
    ORGANIZATION = "organization"


@dataclass(frozen=True)
class RecordColumn:
    """One column. ``title`` is its header and names it, wherever people move it; ``about`` is the note of the header.

    ``common`` columns are always in sight; the others are folded away while no record of the sheet fills them in.
    """

    path: Steps
    title: str
    about: str
    section: str
    sort: Sort
    vocabulary: str = ""
    choices: tuple[str, ...] = ()
    default: object = None
    """What a record says that leaves the field out."""
    required: bool = False
    common: bool = False


# The sections of a sheet with the fields that stand in them, in the order of the columns. A field of the model that is
# named nowhere stands in the last one.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("基本", ("id", "name", "name_kana", "kana_source", "kind", "summary", "needs", "support_level", "services", "alt_names", "name_en")),
    ("連絡先", ("phones", "contact_roles", "email", "url", "form_url", "contact_note", "no_contact_reason", "organization")),
    ("場所", ("location", "service_areas")),
    ("時間", ("hours", "hours_note", "closed_on_days", "by_appointment")),
    ("使うには", ("how_to_use", "booking", "referral_needed", "required_docs", "eligibility", "fee", "capacity", "capacity_note", "vacancy", "access", "languages")),
    ("くわしく", ("description", "helpful_for", "linking_tips", "summary_easy", "alert")),
    ("確認", ("verified_on", "verified_by", "verify_method", "review_due", "pause", "status", "closed_date", "replaced_by", "memo")),
    ("その他", ()),
)  # fmt: skip
COMMON = frozenset({
    "id", "name", "name_kana", "kind", "summary", "needs", "support_level", "phones.0.number", "phones.0.label", "url", "location.postal_code",
    "location.address", "hours", "hours_note", "fee.type", "fee.amount", "description", "verified_on", "verified_by", "verify_method", "status", "memo",
})  # fmt: skip
# Lists of parts of which the first few have columns of their own, and which of their fields have one.
REPEATED: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "phones": (3, ("number", "type", "label", "hours")),
    "contact_roles": (3, ("role", "department")),
}
PRIVATE = ("professional",)  # stands in no workbook: it is written in a folder of its own
UNCLEAR = ("access", "alert", "consent", "vacancy")  # parts whose fields are called いつまで, 補足, 根拠
FREE = {"external_ids": "番号", "attributes": "そのほか"}  # maps of labels: a column each, 番号：事業所番号
_AREAS, _ORGANIZATIONS = ("service_areas",), ("organization",)


def record_columns(labels: Mapping[str, tuple[str, ...]]) -> tuple[RecordColumn, ...]:
    """Return the columns of a sheet. ``labels`` gives the labels its records have in each map of FREE."""
    free = (free_column(name, label) for name in FREE for label in labels.get(name, ()))
    return (*_plain_columns(), *free)


@cache
def _plain_columns() -> tuple[RecordColumn, ...]:
    plain = [column for name, section in _order() for column in _columns(name, section)]
    taken = Counter(column.title for column in plain)
    return tuple(_unique(column, taken) for column in plain)


def left_out() -> tuple[str, ...]:
    """Return the titles of the fields that have no columns: lists of parts that no cell can hold."""
    have = {str(column.path[0]) for column in record_columns({})} | set(FREE)
    return tuple(field.title or name for name, field in Resource.model_fields.items() if name not in (*have, *PRIVATE))


def free_column(name: str, label: str) -> RecordColumn:
    """Return the column of one label of a map of FREE."""
    about = Resource.model_fields[name].description or ""
    return RecordColumn((name, label), f"{FREE[name]}：{label}", about, "そのほかの項目", Sort.TEXT)


def free_column_of(title: str) -> RecordColumn | None:
    """Return the column that a header such as そのほか：診療科目 names, or None."""
    for name, word in FREE.items():
        label = title.removeprefix(f"{word}：").strip()
        if label and label != title:
            return free_column(name, label)
    return None


def _order() -> Iterator[tuple[str, str]]:
    named = {name: section for section, names in SECTIONS for name in names}
    yield from named.items()
    yield from (
        (name, SECTIONS[-1][0])
        for name in Resource.model_fields
        if name not in named and name not in FREE and name not in PRIVATE
    )


def _columns(name: str, section: str) -> Iterator[RecordColumn]:
    field = Resource.model_fields[name]
    part = model_inside(field.annotation)
    if part is None or name == "hours":
        yield _column((name,), Resource, name, field.title or name, section)
    elif name in REPEATED:
        count, keys = REPEATED[name]
        for index in range(count):
            title = f"{field.title}{index + 1}"
            for key in keys:
                inner = title if key == keys[0] else f"{title}：{part.model_fields[key].title}"
                yield _column((name, index, key), part, key, inner, section)
    elif not _is_list(field.annotation):
        for key, inside in part.model_fields.items():
            if model_inside(inside.annotation) is None:
                yield _column((name, key), part, key, inside.title or key, section)


def _column(path: Steps, owner: type[BaseModel], key: str, title: str, section: str) -> RecordColumn:
    field = owner.model_fields[key]
    sort, vocabulary, choices = _sort(field)
    if path == _AREAS:
        sort = Sort.AREAS
    elif path == _ORGANIZATIONS:
        sort = Sort.ORGANIZATION
    elif path == ("hours",):
        sort = Sort.HOURS
    about = field.description or ""
    example = example_of(owner, key).strip("[]").replace(", ", "、")
    if example and sort is not Sort.HOURS:
        about += f"\n例：{example}"
    name = ".".join(map(str, path))
    required = field.is_required() and len(path) == 1
    default = None if field.is_required() else field.default
    return RecordColumn(path, title, about, section, sort, vocabulary, choices, default, required, name in COMMON)


def _unique(column: RecordColumn, taken: Mapping[str, int]) -> RecordColumn:
    """Put the title of the part before that of the field where the field's alone does not say whose it is (お知らせ：いつまで)."""
    part = Resource.model_fields[str(column.path[0])].title
    clear = taken[column.title] == 1 and column.path[0] not in UNCLEAR
    if clear or len(column.path) != 2 or column.title == part:
        return column
    return RecordColumn(**{**column.__dict__, "title": f"{part}：{column.title}"})


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


def _sort(field: FieldInfo) -> tuple[Sort, str, tuple[str, ...]]:
    """Return (sort, vocabulary, words) of a plain field."""
    vocabulary = _vocabulary(field.annotation, field.metadata)
    many = _is_list(field.annotation)
    if vocabulary:
        return (Sort.TERMS if many else Sort.TERM), vocabulary, ()
    choices = choices_of(field.annotation)
    if choices:
        return (Sort.CHOICES if many else Sort.CHOICE), "", tuple(map(str, choices))
    if many:
        return Sort.LINES, "", ()
    for kind, sort in ((bool, Sort.YES_NO), (int, Sort.WHOLE), (float, Sort.DECIMAL), (date, Sort.DAY)):
        if field.annotation is kind or kind in get_args(field.annotation) or _inner(field.annotation) is kind:
            return sort, "", ()
    return Sort.TEXT, "", ()


def _inner(annotation: Any) -> Any:
    """Return the type inside ``Annotated[...] | None``."""
    for inside in get_args(annotation):
        if get_args(inside):
            return get_args(inside)[0]
    return None


def _vocabulary(annotation: Any, metadata: Any) -> str:
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, TermOf):
            return mark.vocabulary
    return next((found for inner in get_args(annotation) if (found := _vocabulary(inner, ()))), "")


# Words for the values of the model that are English: what a cell says, and back.
SAID: Mapping[str, Mapping[str, str]] = {
    "kana_source": {"confirmed": "確かめた", "suggested": "機械が付けた"},
    "type": {"voice": "電話", "fax": "FAX"},
    "basis": {"written": "書面の同意", "oral": "口頭の同意", "official_list": "公的な一覧"},
    "scope": {"web": "サイト", "print": "印刷物", "opendata": "オープンデータ"},
}


def words_of(column: RecordColumn, vocabularies: Vocabularies) -> tuple[str, ...]:
    """Return the words a cell of a column may hold, in order; () where it may hold anything."""
    if column.vocabulary:
        return tuple(term.label for term in vocabularies[column.vocabulary])
    said = SAID.get(str(column.path[-1]), {})
    if column.choices:
        return tuple(said.get(choice, choice) for choice in column.choices)
    return ("はい", "いいえ") if column.sort is Sort.YES_NO else ()

"""Lists in the forms of the 自治体標準オープンデータセット: which records go into which, and what each column says.

Forms and columns stand in ``standard_forms.yml``; here is what a column needs a rule for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from tsunagite.opendata.view import OpenDataView, OpenRecord, OpenRecords
from tsunagite.records.yaml.reader import read_file
from tsunagite.text.normalize import katakana

FILE = Path(__file__).with_suffix(".yml")
City = Mapping[str, str]
Cell = Callable[[OpenRecord, City], str]


@dataclass(frozen=True)
class StandardForm:
    """A standard list: its file name, its title, its columns, and the kinds and groups of kinds that belong in it."""

    id: str
    title: str
    columns: tuple[str, ...]
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    source: str = "自治体標準オープンデータセット"

    def holds(self, record: OpenRecord) -> bool:
        """Tell whether a record belongs in this list."""
        return record.kind.id in self.kinds or record.group.id in self.groups

    def is_needed(self, view: OpenDataView) -> bool:
        """Tell whether any record belongs in this list."""
        kinds = {resource.kind for resource in view.chosen}
        terms = view.directory.vocabularies["kind"]
        return any(kind in self.kinds or terms[kind].group in self.groups for kind in kinds)


@cache
def _written() -> dict[str, Any]:
    value: dict[str, Any] = read_file(FILE, FILE.name).value
    return value


@cache
def forms() -> tuple[StandardForm, ...]:
    """Return every form, in the order of the page."""
    return tuple(map(_form, _written()["forms"]))


def _form(written: Mapping[str, Any]) -> StandardForm:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}
    return StandardForm(**values)


@cache
def cells() -> Mapping[str, Cell]:
    """Return what each column says that says anything."""
    written = _written()
    return {
        **{column: partial(_value, _several(paths)) for column, paths in written["values"].items()},
        **{column: partial(_flag, labels) for column, labels in written["flags"].items()},
        **{column: partial(_access, term) for column, term in written["access"].items()},
        **_RULES,
    }


def rows_of(form: StandardForm, view: OpenRecords) -> list[tuple[str, ...]]:
    """Return the rows of a list, without its header."""
    makers = [cells().get(column) for column in form.columns]
    city = {"code": view.city_code, "name": view.municipality}
    return [
        tuple(make(record, city) if make else "" for make in makers) for record in view.records if form.holds(record)
    ]


def _several(paths: str | list[str]) -> list[str]:
    return [paths] if isinstance(paths, str) else paths


def _value(paths: list[str], record: OpenRecord, city: City) -> str:
    """Return the first of some values of a record (or of the city) that says something."""
    for path in paths:
        value: object = city if path.startswith("city.") else record
        for name in path.removeprefix("city.").split("."):
            value = value.get(name) if isinstance(value, Mapping) else getattr(value, name)
        if text := "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value):
            return text
    return ""


def _access(term: str, record: OpenRecord, _: City) -> str:
    """Say 有 or 無 of what a place has or lacks, nothing where it is not known."""
    if any(one.id == term for one in record.access):
        return "有"
    return "無" if any(one.id == term for one in record.missing) else ""


def _flag(labels: list[str], record: OpenRecord, _: City) -> str:
    """Say 1 of a danger that a shelter is made for, where the list of the city marks it as usable (○)."""
    return "1" if any(record.attributes.get(one, "").strip() in _MARKED for one in labels) else ""


_MARKED = frozenset({"○", "◯", "1"})


def _phone(record: OpenRecord, _: City, *, fax: bool = False, part: int = 0) -> str:
    return next((str(phone[part]) for phone in record.phones if phone[3] is fax), "")


def _other_contacts(record: OpenRecord, _: City) -> str:
    """Return numbers after the first telephone and fax, and who answers, for the column of remarks."""
    met: set[bool] = set()
    texts = []
    for number, label, _extension, fax in record.phones:
        if fax in met:
            texts.append(f"{'FAX' if fax else '電話'} {number}" + (f"（{label}）" if label else ""))
        elif label:
            texts.append(label)
        met.add(fax)
    return "、".join(filter(None, [*texts, record.contact_note]))


def _ages(record: OpenRecord, _: City) -> str:
    if record.age_min is None and record.age_max is None:
        return ""
    low = "" if record.age_min is None else f"{record.age_min}歳"
    return f"{low}～{record.age_max}歳" if record.age_max is not None else f"{low}以上"


def _reading(record: OpenRecord, _: City) -> str:
    return katakana(record.kana)


@cache
def _dangers() -> frozenset[str]:
    return frozenset(label for labels in _written()["flags"].values() for label in labels)


@cache
def _in_columns() -> frozenset[str]:
    """Return the attributes that have a column of their own; who runs a place is its organization."""
    paths = (path for paths in _written()["values"].values() for path in _several(paths))
    named = (path.removeprefix("attributes.") for path in paths if path.startswith("attributes."))
    return frozenset((*named, "運営する法人"))


def _remarks(record: OpenRecord, _: City) -> str:
    """Return what no column of a form has room for: 避難できる場所：2階以上／洪水（計画規模）：△."""
    kept = (
        f"{label}：{' '.join(text.split())}"
        for label, text in record.attributes.items()
        if label not in _in_columns() and not (label in _dangers() and text.strip() in _MARKED)
    )
    return "／".join(kept)


_RULES: dict[str, Cell] = {
    "所在地_全国地方公共団体コード": lambda record, city: city["code"] if record.place.city else "",
    "名称_カナ": _reading,
    "介護サービス事業所名称_カナ": _reading,
    "電話番号": _phone,
    "内線番号": partial(_phone, part=2),
    "FAX番号": partial(_phone, fax=True),
    "連絡先備考（その他、SNSなど）": _other_contacts,
    "受入年齢": _ages,
    "備考": _remarks,
}

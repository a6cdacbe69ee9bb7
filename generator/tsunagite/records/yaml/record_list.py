"""Lists of records in one file (``records:``): what people changed stays, only what is missing is added.

Lines are added to the text, so that comments and the order people chose stay too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.records.yaml.reader import Positions, dump, read_file, read_text
from tsunagite.records.yaml.rewrite import CannotRewriteError, rewritten

Record = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A field that says something else than what is proposed: it is left as it is, or was of an earlier day and is replaced."""

    id: str
    name: str
    field: str
    here: object
    proposed: object


@dataclass
class MergedText:
    """What became of the proposed records: the new ones, the added and renewed fields by record, what differs, what is not proposed."""

    new: list[Record] = field(default_factory=list)
    added: dict[int, Record] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    renewed: dict[int, Record] = field(default_factory=dict)
    """Numbers of a later day, by record: they take the place of those of an earlier one."""
    replaced: list[Difference] = field(default_factory=list)
    not_proposed: list[Record] = field(default_factory=list)


def read_list(path: Path, name: str) -> tuple[str, list[Record], list[Finding]]:
    """Return (text, records, findings) of a list file; a file that does not exist is an empty list."""
    if not path.exists():
        return "", [], []
    read = read_file(path, name)
    if read.findings:
        return "", [], list(read.findings)
    records = read.value.get("records") if isinstance(read.value, dict) and set(read.value) == {"records"} else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        return "", [], [error("F105", SourceLocation(name, ("records",)))]
    return path.read_text(encoding="utf-8-sig"), records, []


def merge(
    existing: Sequence[Record], proposed: Sequence[Record], together: Mapping[str, str], dated: Sequence[str] = ()
) -> MergedText:
    """Compare proposed records with those of a file, by id, else by name.

    ``together`` names fields that only speak of another one (``kana_source`` of ``name_kana``): they are added only
    with it, since a person who has checked a value deletes the line that doubts it. ``dated`` names fields that say of which
    day they are (``on``): one of a later day replaces what is there.
    """
    merged = MergedText()
    by_id = {str(record.get("id")): index for index, record in reversed(list(enumerate(existing)))}
    by_name = {str(record.get("name")): index for index, record in reversed(list(enumerate(existing)))}
    met: set[int] = set()
    for record in proposed:
        index = by_id.get(record["id"], by_name.get(record["name"]))
        if index is None:
            merged.new.append(record)
            continue
        met.add(index)
        here = existing[index]
        missing = {key: value for key, value in record.items() if here.get(together.get(key, key)) is None}
        missing = {key: value for key, value in missing.items() if key not in here}
        if missing:
            merged.added[index] = missing
        for key, value in record.items():
            if key not in here or key in together or here[key] == value:
                continue
            difference = Difference(str(here.get("id")), str(here.get("name")), key, here[key], value)
            if key in dated and _is_later(value, here[key]):
                merged.renewed.setdefault(index, {})[key] = value
                merged.replaced.append(difference)
            else:
                merged.differences.append(difference)
    merged.not_proposed = [record for index, record in enumerate(existing) if index not in met]
    return merged


def _is_later(proposed: object, here: object) -> bool:
    days = [str(one.get("on", "")) if isinstance(one, dict) else "" for one in (proposed, here)]
    return days[0] > days[1] != ""


def merged_text(text: str, existing: Sequence[Record], merged: MergedText) -> str:
    """Return the text of the file with the new records and fields; the same text where there are none."""
    if merged.renewed:
        existing = [{**record, **merged.renewed.get(index, {})} for index, record in enumerate(existing)]
        text = rewritten(text, {"records": existing})
    if not merged.new and not merged.added:
        return text
    records = [{**record, **merged.added.get(index, {})} for index, record in enumerate(existing)] + merged.new
    if existing:
        patched = _patched(text, len(existing), merged)
        read = read_text(patched, "")
        if not read.findings and read.value == {"records": records}:
            return patched
        with suppress(CannotRewriteError):  # a layout that lines cannot be added to
            return rewritten(text, {"records": records})
    return dump({"records": records})


def _patched(text: str, count: int, merged: MergedText) -> str:
    """Add lines behind the records they belong to, from the last record to the first."""
    lines = text.splitlines()
    places = Positions(text)
    starts = [places.of(("records", index), on_key=False) for index in range(count)]
    ends = [line - 1 for line, _ in starts[1:]] + [len(lines)]
    indent = " " * (starts[0][1] - 1)
    new = [indent[:-2] + line if line else "" for record in merged.new for line in _item(record)]
    lines[_end_of_text(lines, ends[-1]) : _end_of_text(lines, ends[-1])] = new
    for index in sorted(merged.added, reverse=True):
        end = _end_of_text(lines, ends[index])
        lines[end:end] = [indent + line for line in dump(merged.added[index]).splitlines()]
    return "\n".join(lines) + "\n"


def _item(record: Record) -> Iterator[str]:
    for number, line in enumerate(dump(record).splitlines()):
        yield ("  " if number else "- ") + line


def _end_of_text(lines: Sequence[str], end: int) -> int:
    """Step back over blank lines and comments, which belong to the record that follows."""
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end

"""What differs between two revisions of a site's records, field by field, in the words of the model. Pure.

Records are compared as they were understood: another order, other quotation marks or line ends are no change, and a term that is
written by its id is the same as by its label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from tsunagite.publishing.fields import BothNames, FieldChange, Names, compare_fields
from tsunagite.records.directory import Directory
from tsunagite.records.load.records import Located
from tsunagite.records.model.base.vocabulary import Vocabularies
from tsunagite.records.model.resource import Resource


class Change(StrEnum):
    """What became of a record."""

    ADDED = "added"
    CHANGED = "changed"
    CLOSED = "closed"
    RENAMED = "renamed"
    """It has another id, and its old address leads to the new one."""
    LOST_ADDRESS = "lost_address"
    """It has another id, and its old address leads nowhere."""
    REMOVED = "removed"
    UNREADABLE = "unreadable"
    """It is there and has a mistake, so nobody knows what it says."""


@dataclass(frozen=True)
class RecordChange:
    """One record of some sort (``resource``, ``area`` …), its file, and its fields; ``new_id`` where it has another one now."""

    sort: str
    change: Change
    id: str
    name: str
    file: str
    fields: tuple[FieldChange, ...] = ()
    new_id: str = ""


@dataclass(frozen=True)
class _Written:
    """A record, and the file it is written in."""

    record: BaseModel
    file: str
    more: tuple[tuple[str, str], ...] = ()
    """Texts beside its fields, such as the prose of a guide: what they are called, and what they say."""


def compare(base: Directory, head: Directory) -> tuple[RecordChange, ...]:
    """Return every record that differs: resources first, in the order of their names, then the other sorts."""
    names = (Names.of(base), Names.of(head))
    before, after = _sorts(base), _sorts(head)
    unread = (
        base.unreadable | base.worksheets.unread | base.guides.unread,
        head.unreadable | head.worksheets.unread | head.guides.unread,
    )
    changes = [change for sort in after for change in _compare_sort(sort, (before[sort], after[sort]), names, unread)]
    return (*changes, *_compare_terms(base.vocabularies, head.vocabularies, names))


def _sorts(directory: Directory) -> dict[str, dict[str, _Written]]:
    placed: dict[str, tuple[Located[Any], ...]] = {
        "resource": directory.placed, "organization": directory.placed_organizations, "area": directory.placed_areas, "event": directory.placed_events,
        "trouble": directory.placed_troubles, "duty": directory.placed_duties, "pamphlet": directory.placed_pamphlets,
        "print_run": directory.placed_print_runs, "tie": directory.placed_ties, "source": directory.placed_sources,
    }  # fmt: skip
    sorts: dict[str, dict[str, _Written]] = {}
    for sort, rows in placed.items():
        sorts[sort] = {
            row.record.id: _Written(row.record, row.place.file) for row in reversed(rows)
        }  # of two with one id the first counts
    sorts["worksheet"] = {
        one.head.id: _Written(
            one.head, one.place.file, tuple((one.sheet.title, _lines(rows)) for rows in one.values.values())
        )
        for one in directory.worksheets.filled
    }
    sorts["guide"] = {
        f"{one.section}/{one.id}": _Written(one.head, one.place.file, (("", one.body.strip()),))
        for one in directory.guides.written
        if not one.is_shared
    }
    sorts["settings"] = {"site": _Written(directory.settings, "resources/site.yml")}
    return sorts


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join("、".join(str(value) for value in row.values()) for row in rows)


def _compare_sort(
    sort: str,
    sides: tuple[dict[str, _Written], dict[str, _Written]],
    names: BothNames,
    unread: tuple[frozenset[str], frozenset[str]],
) -> Iterator[RecordChange]:
    base, head = sides
    short = {record_id: record_id.rpartition("/")[2] for record_id in (*base, *head)}
    gone = [i for i in base if i not in head and short[i] not in unread[1]]
    new = [i for i in head if i not in base and short[i] not in unread[0]]
    renamed = _renamed(base, head, gone, new)
    for record_id in head:
        written = head[record_id]
        if record_id in renamed.values():
            continue
        if record_id in new:
            yield RecordChange(
                sort,
                Change.ADDED,
                record_id,
                name_of(written.record, record_id),
                written.file,
                _first_fields(written, names[1]),
            )
        elif record_id in base:
            if record_id in renamed:
                yield _other_id(sort, Change.RENAMED, record_id, (base[record_id], head[renamed[record_id]]), names)
            elif change := _changed(sort, record_id, (base[record_id], written), names):
                yield change
        else:
            yield RecordChange(sort, Change.UNREADABLE, record_id, name_of(written.record, record_id), written.file)
    for record_id in base:
        written, name = base[record_id], name_of(base[record_id].record, record_id)
        if record_id in renamed and record_id in gone:
            yield _other_id(sort, Change.LOST_ADDRESS, record_id, (written, head[renamed[record_id]]), names)
        elif record_id in gone:
            yield RecordChange(sort, Change.REMOVED, record_id, name, written.file)
        elif record_id not in head:
            yield RecordChange(sort, Change.UNREADABLE, record_id, name, written.file)


def _renamed(base: dict[str, _Written], head: dict[str, _Written], gone: list[str], new: list[str]) -> dict[str, str]:
    """Return old id: new id, of records that lead to a new one of the same name, and of those gone while one of the same content came."""
    found: dict[str, str] = {}
    for record_id, written in head.items():
        record = written.record
        if isinstance(record, Resource) and record.is_closed and record.replaced_by in new and record_id in base:
            before = base[record_id].record
            if (
                isinstance(before, Resource)
                and not before.is_closed
                and name_of(head[record.replaced_by].record, "") == before.name
            ):
                found[record_id] = record.replaced_by
    contents = {record_id: _content(head[record_id]) for record_id in new if record_id not in found.values()}
    for record_id in gone:
        same = [
            one
            for one, content in contents.items()
            if content == _content(base[record_id]) and one not in found.values()
        ]
        if len(same) == 1:
            found[record_id] = same[0]
    return found


def _content(written: _Written) -> tuple[object, ...]:
    return (written.record.model_dump(exclude={"id"}), written.more)


def _other_id(
    sort: str, change: Change, record_id: str, sides: tuple[_Written, _Written], names: BothNames
) -> RecordChange:
    """Return a record that has another id now, with what else is different."""
    before, after = sides
    fields = tuple(one for one in _fields(before, after, names) if one.path != "id")
    return RecordChange(
        sort,
        change,
        record_id,
        name_of(before.record, record_id),
        after.file,
        fields,
        str(getattr(after.record, "id", "")),
    )


def _changed(sort: str, record_id: str, sides: tuple[_Written, _Written], names: BothNames) -> RecordChange | None:
    before, after = sides
    if before.record == after.record and before.more == after.more:
        return None
    name = name_of(after.record, record_id)
    fields = tuple(_fields(before, after, names))
    closed = (
        isinstance(before.record, Resource)
        and isinstance(after.record, Resource)
        and after.record.is_closed
        and not before.record.is_closed
    )
    return (
        RecordChange(sort, Change.CLOSED if closed else Change.CHANGED, record_id, name, after.file, fields)
        if fields
        else None
    )


def name_of(record: BaseModel, record_id: str) -> str:
    """Return what people call a record."""
    return str(next((value for key in ("name", "title", "label") if (value := getattr(record, key, ""))), record_id))


def _first_fields(written: _Written, names: Names) -> tuple[FieldChange, ...]:
    """Return what everything new says, but for its name: every value that somebody wrote."""
    record = written.record
    empty = type(record).model_construct()
    return tuple(
        one
        for one in compare_fields(type(record), (empty, record), (names, names))
        if one.path not in ("id", "name", "title")
    )


def _fields(before: _Written, after: _Written, names: BothNames) -> Iterator[FieldChange]:
    yield from compare_fields(type(after.record), (before.record, after.record), names)
    for (label, old), (_, new) in zip(before.more, after.more, strict=False):
        if old != new:
            lost, added = _differing_lines(old, new)
            yield FieldChange(label, "", lost, added)
    if len(before.more) != len(after.more):
        yield FieldChange("", "", str(len(before.more)), str(len(after.more)))


def _differing_lines(old: str, new: str) -> tuple[str, str]:
    one, other = old.splitlines(), new.splitlines()
    return "\n".join(line for line in one if line not in set(other)), "\n".join(
        line for line in other if line not in set(one)
    )


def _compare_terms(base: Vocabularies, head: Vocabularies, names: BothNames) -> Iterator[RecordChange]:
    for vocabulary, after in head.items():
        before = base[vocabulary].terms if vocabulary in base else {}
        file = f"resources/vocabulary/{vocabulary}.yml"
        for term in after:
            old = before.get(term.id)
            if old is None:
                yield RecordChange("term", Change.ADDED, f"{vocabulary}/{term.id}", term.label, file)
            elif old != term:
                yield RecordChange(
                    "term",
                    Change.CHANGED,
                    f"{vocabulary}/{term.id}",
                    term.label,
                    file,
                    tuple(compare_fields(type(term), (old, term), names)),
                )
        for term_id in before:
            if term_id not in after.terms:
                yield RecordChange("term", Change.REMOVED, f"{vocabulary}/{term_id}", before[term_id].label, file)

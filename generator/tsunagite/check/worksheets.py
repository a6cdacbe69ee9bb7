"""Worksheets: what the meeting skipped, where a letter leads nowhere, and whatever would tell whose case it is.

The rules of a sheet stand in its declaration (worksheets/sheets/<sheet>.yml); here is what each of them says.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error, notice, warning
from tsunagite.records.directory import Directory
from tsunagite.records.load.worksheets import Filled, Line
from tsunagite.records.model.features.worksheet import RULE_CODES, Section, SheetRule
from tsunagite.text.case_free import few_with_detail, personal_detail, small_count

FEW = 10
"""Counts below this are not published (地域課題の公開: 少数の秘匿)."""
FORBIDDING = ("analysis",)
"""A 課題 without a 要因 is a wish: nothing built on it is published. The others are asked about."""


def sheets_have_one_name(directory: Directory, _today: date) -> Iterator[Finding]:
    """R101, R105: a filled sheet has an id of its own, and its file is called like it."""
    counts = Counter(one.head.id for one in directory.worksheets.filled)
    for one in directory.worksheets.filled:
        if counts[one.head.id] > 1:
            others = "、".join(
                other.place.file
                for other in directory.worksheets.filled
                if other.head.id == one.head.id and other is not one
            )
            yield error("R101", one.place.at("id"), id=one.head.id, count=counts[one.head.id], others=others)
        if not one.place.loc and PurePosixPath(one.place.file).stem != one.head.id:
            yield warning("R105", one.place.at("id"), id=one.head.id, file=PurePosixPath(one.place.file).name)


def sheets_lead_somewhere(directory: Directory, _today: date) -> Iterator[Finding]:
    """R103: areas, sheets and records that a filled sheet names exist."""
    sheets = {one.head.id: one for one in directory.worksheets.filled}
    for one in directory.worksheets.filled:
        for title, known, written, place in _references(one, directory, sheets):
            if (
                written not in known
                and written not in directory.unreadable
                and written not in directory.worksheets.unread
            ):
                near = difflib.get_close_matches(written, known, n=1, cutoff=0.6)
                yield error("R103", place, title=title, written=written, suggestion=near[0] if near else "")


def _references(
    one: Filled, directory: Directory, sheets: Mapping[str, object]
) -> Iterator[tuple[str, Mapping[str, object], str, SourceLocation]]:
    if one.head.area:
        yield "地域", directory.areas, one.head.area, one.place.at("area")
    for index, other in enumerate(one.head.grew_from):
        yield "もとになった用紙", sheets, other, one.place.at("grew_from", index)
    for index, other in enumerate(one.head.resources):
        yield "生まれた資源・案", directory.resources, other, one.place.at("resources", index)
    for section, _, line, place in lines_of(one):
        for field in section.fields:
            if field.kind == "resource" and line[field.id]:
                yield field.title, directory.resources, line[field.id], place.at(field.id)
            elif field.kind == "resources":
                yield from (
                    (field.title, directory.resources, each, place.at(field.id, at))
                    for at, each in enumerate(line[field.id])
                )
            elif field.kind == "lines":
                yield from (
                    (field.title, sheets, each.partition("#")[0], place.at(field.id, at))
                    for at, each in enumerate(line[field.id])
                )


def lines_of(one: Filled) -> Iterator[tuple[Section, int, Line, SourceLocation]]:
    """Yield every line of a filled sheet with its section, number and place."""
    for section in one.sheet.sections:
        for index, line in enumerate(one.values[section.id]):
            yield section, index, line, one.line_place(section, index)


def letters_lead_to_lines(directory: Directory, _today: date) -> Iterator[Finding]:
    """W101, W102, W106: a letter names one line of its table, and a reference to a letter finds it, in its sheet or another."""
    everywhere = {one.head.id: _own_letters(one) for one in directory.worksheets.filled}
    for one in directory.worksheets.filled:
        known = {s.id: [str(line["letter"]) for line in one.values[s.id]] for s in one.sheet.sections if s.has_letters}
        for section, index, line, place in lines_of(one):
            if section.has_letters and line["letter"] in known[section.id][:index]:
                yield error("W101", place.at("letter"), letter=line["letter"], section=section.title)
            for key, of, letter, at in _named_letters(section, line):
                if letter not in known[of]:
                    title = getattr(one.sheet.section(of), "title", of)
                    yield error(
                        "W102", place.at(key, *at), letter=letter, section=title, known="、".join(known[of]) or "―"
                    )
            for field in (field for field in section.fields if field.kind == "lines"):
                for number, named in enumerate(line[field.id]):
                    sheet, _, letter = named.partition("#")
                    if sheet in everywhere and letter not in everywhere[sheet]:
                        yield error(
                            "W106",
                            place.at(field.id, number),
                            id=sheet,
                            letter=letter,
                            known="、".join(everywhere[sheet]) or "―",
                        )


def _own_letters(one: Filled) -> list[str]:
    """Return the letters of the lines by which other sheets may name them."""
    return [str(line["letter"]) for section in one.sheet.sections if section.letters for line in one.values[section.id]]


def _named_letters(section: Section, line: Line) -> Iterator[tuple[str, str, str, tuple[int, ...]]]:
    """Yield (key, section named, letter, place in a list) of what a line names."""
    if section.each:
        yield "letter", section.each, line["letter"], ()
    for field in section.fields:
        if field.kind == "row" and line[field.id]:
            yield field.id, field.of, line[field.id], ()
        elif field.kind == "rows":
            yield from ((field.id, field.of, letter, (at,)) for at, letter in enumerate(line[field.id]))


def nothing_was_skipped(directory: Directory, _today: date) -> Iterator[Finding]:
    """W111-W116: the rules of each sheet."""
    for one in directory.worksheets.filled:
        for rule in one.sheet.rules:
            section = one.sheet.section(rule.section)
            for index, line in enumerate(one.values[rule.section] if section else ()):
                if section and (missing := broken(rule, line)):
                    make = error if rule.rule in FORBIDDING else warning
                    titles = [field.title for field in section.fields if field.id in missing]
                    place = one.line_place(section, index)
                    yield make(
                        RULE_CODES[rule.rule],
                        place,
                        section=section.title,
                        line=_name_of(section, index, line),
                        missing=titles,
                    )


def broken(rule: SheetRule, line: Line) -> tuple[str, ...]:
    """Return the keys that a line lacks by a rule of its sheet (none where the rule does not speak of it)."""
    written = [line[key] for key in rule.when if is_written(line[key])]
    if not written or (rule.equals and rule.equals not in written):
        return ()
    if rule.enough and isinstance(count := line[rule.enough], int) and count >= 2:
        return ()
    return tuple(key for key in rule.needs if not is_written(line[key]))


def is_written(value: Any) -> bool:
    """Tell whether anything stands in a field (a 0 is something)."""
    return value not in (None, "", (), False) or (value == 0 and not isinstance(value, bool))


def _name_of(section: Section, index: int, line: Line) -> str:
    return str(line["letter"]) if section.has_letters else str(index + 1)


def sheets_speak_of_no_single_case(directory: Directory, _today: date) -> Iterator[Finding]:
    """W131: nothing tells whose case it is (介護保険法 第115条の48第5項: 守秘義務). W132: small counts may. W133: so does a count of one or two with age, illness or need."""
    for one in directory.worksheets.filled:
        for text, place in _texts(one):
            for found in tells_of_a_case(text, place):
                if found.code != "W133" or not one.head.sample:
                    yield found
        for section, _, line, place in lines_of(one):
            for field in section.fields if not one.head.sample else ():
                value = line[field.id]
                few = (
                    str(value)
                    if isinstance(value, int) and 0 < value < FEW
                    else small_count(value)
                    if isinstance(value, str)
                    else ""
                )
                if field.people and few:
                    yield warning("W132", place.at(field.id), written=few, field=field.title)


def tells_of_a_case(text: str, place: SourceLocation) -> Iterator[Finding]:
    """Yield W131 or W133 for a text of a sheet, wherever it was written: in a record, a workbook or a form."""
    if found := personal_detail(text):
        yield error("W131", place, written=found[1])
    elif few := few_with_detail(text):
        yield warning("W133", place, written=few[:40])


def _texts(one: Filled) -> Iterator[tuple[str, SourceLocation]]:
    head = one.head
    for key in ("title", "place", "made_by", "publishable_by", "memo"):
        yield getattr(head, key), one.place.at(key)
    for index, member in enumerate(head.members):
        yield member, one.place.at("members", index)
    for index, entry in enumerate(head.history):
        yield entry.text, one.place.at("history", index, "text")
        yield entry.effect, one.place.at("history", index, "effect")
    for _, _, line, place in lines_of(one):
        for key, value in line.items():
            if isinstance(value, str):
                yield value, place.at(key)


def sheets_are_allowed_on_the_site(directory: Directory, _today: date) -> Iterator[Finding]:
    """W121: a sheet that nobody allowed is not shown. W122: whoever allowed it says when."""
    for one in directory.worksheets.filled:
        if not one.may_be_shown:
            yield notice("W121", one.place.at("publishable_by"), title=one.head.title)
        elif one.head.publishable_on is None:
            yield warning("W122", one.place.at("publishable_by"), by=one.head.publishable_by)

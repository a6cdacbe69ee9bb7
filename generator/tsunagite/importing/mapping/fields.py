"""From the cells of one row to the values of fields, with a note of everything that was not taken as it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from tsunagite.importing.draft import HIDDEN, Reason, Repair
from tsunagite.records.model.base.fields import MAIL_PATTERN, MAX_TEXT
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.service import Access
from tsunagite.text.cells import (
    SHARED,
    compact_days,
    decimal,
    degrees,
    is_same_number,
    one_line,
    phones_in,
    postal_code,
    web_addresses_in,
    whole_number,
    with_area_code,
    with_zero,
    without_controls,
)  # fmt: skip
from tsunagite.text.dates import cell_time, parse_days, parse_time
from tsunagite.text.free_text import closings_in, read_ages, read_fee, read_hours
from tsunagite.text.hours_notes import closes_on_holidays, ruled_by
from tsunagite.text.kana import as_reading, is_reading
from tsunagite.text.normalize import nfkc, usual_letters

Cells = list[tuple[str, str]]
"""The non-empty cells of one target: (header, cell)."""
Values = dict[str, Any]
"""Values by target; a target that is absent stays out of the record."""

VERBATIM = ("description", "memo", "fee.note")
HOURS = ("hours.days", "hours.open", "hours.close", "hours_note")
POINT = ("location.lat", "location.lng")
SEVERAL = ("phones", "fax")  # targets that may be named by more than one column
_TOGETHER = frozenset((*HOURS, *POINT, *SEVERAL))
JOINED = ("location.address",)  # the same: the texts of the columns stand one behind the other
POINT_IN_ONE = "location.point"  # latitude and longitude in one cell
TEXT_LISTS = ("services", "alt_names")  # a cell is one item
OPERATOR = "operator"  # the legal body that runs a place; a cell that names no legal body may name a person
OPEN_FIELDS = ("attributes", "external_ids")
OWN_FIELDS = ("id", "sources", "professional")  # made from id_rule and the source, or private: never from a column

_LEGAL_BODY = re.compile(
    r"会社|法人|組合|協会|協議会|機構|連合会?|財団|事業団|企業団|公社|日本赤十字社|[(](?:株|有|合|同|資|医|社|社福|社医|福|学|宗|財|一社|一財|公社|公財|特非|独)[)]"
    r"|[都道府県市区町村省庁]$"
)
_OFFICER = re.compile(
    r"\s(?:代表)?(?:理事長|取締役(?:社長|会長)?|代表者?|代表社員|業務執行社員|理事|会長|社長|院長|所長|施設長|園長|支店長)[\s:：].*",
    re.DOTALL,
)
"""An officer and the name behind it: 医療法人 桜会 理事長 見本 花子."""
EVERY_DAY = "毎日"
_DAYS_AND_TIME = re.compile(r"(?<![月火水木金土日・~-])[・~-]*+([月火水木金土日・~-]++):(\d{1,2}:\d{2})")
_DOMAIN = re.compile(r"(?:(https?)[:.;]?/{0,2})?((?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:/[!-~]*)?)", re.IGNORECASE)
_MAIL = re.compile(MAIL_PATTERN)
_FLAGS = {
    "有": "features",
    "あり": "features",
    "○": "features",
    "1": "features",
    "無": "missing",
    "なし": "missing",
    "0": "missing",
}

_CLOSINGS = {"holidays": "祝日休み"}

SHOWN = 60  # characters of a cell that is too long, in the report

Reader = Callable[..., tuple[Values, list[Repair]]]
"""Reads the cells of targets that belong together; that of telephones takes the area code, too."""


def values_of(by_target: Mapping[str, Cells], area_code: str = "") -> tuple[Values, list[Repair]]:
    """Read all cells of a row, given by target. Empty cells must have been left out.

    ``area_code`` is put before a number that is none without it. A cell longer than any field may be is not looked at.
    """
    values: Values = {}
    too_long = [
        (target, column)
        for target, columns in by_target.items()
        for column in columns
        if len(column[1]) > MAX_TEXT and target != "name"
    ]
    repairs = [Repair(header, f"{cell[:SHOWN]}…", "", Reason.TOO_LONG) for _, (header, cell) in too_long]
    left = (
        {
            target: [column for column in columns if (target, column) not in too_long]
            for target, columns in by_target.items()
        }
        if too_long
        else by_target
    )
    readable = {target: columns for target, columns in left.items() if columns}
    for targets, reader in _readers(tuple(readable)):
        cells = tuple((target, tuple(readable[target])) for target in targets if target in readable)
        found, done = _read(reader, cells, area_code)
        values |= found
        repairs += done
    return values, repairs


@lru_cache(maxsize=8_000)  # the rows of one office say the same
def _read(
    reader: Reader, cells: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], area_code: str
) -> tuple[Values, list[Repair]]:
    """Read the cells of the targets that belong together. Nobody changes what comes back: other rows share it."""
    by_target = {target: list(columns) for target, columns in cells}
    return _phones(by_target, area_code) if reader is _phones else reader(by_target)


@lru_cache(maxsize=200)  # few lists of targets, and every row has one of them
def _readers(targets: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], Reader], ...]:
    """Return the targets that are read together, each group once, with their reader."""
    flags = tuple(filter(_is_flag, targets))
    groups = ((HOURS, _hours), (POINT, _point), (SEVERAL, _phones), (flags, _access))
    together = tuple((group, reader) for group, reader in groups if set(group) & set(targets))
    return together + tuple(
        ((target,), _single) for target in targets if target not in _TOGETHER and target not in flags
    )


def _single(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read a field that one column fills, or several whose texts are joined."""
    [(target, columns)] = cells.items()
    header = "・".join(one for one, _ in columns)
    cell = columns[0][1] if len(columns) == 1 else "".join(one.strip() for _, one in columns)
    if target in _OF_THEIR_OWN:
        return _OF_THEIR_OWN[target](header, cell)
    written = cell.strip()
    if target == "location.postal_code":
        return _postal_code(header, written)
    if target.partition(".")[0] not in OPEN_FIELDS and _holds_whole_number(target):
        number = whole_number(cell)
        if target == "capacity" and number is None:
            return {"capacity_note": one_line(cell)}, [
                Repair(header, written, one_line(cell), Reason.CAPACITY_AS_WRITTEN)
            ]
        return _converted(target, header, written, number, Reason.NUMBER_UNREADABLE)
    return (_as_written if target in VERBATIM else _one_line)(target, header, cell)


def _as_written(target: str, header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Take a text with its line ends."""
    text, written = without_controls(cell), cell.strip()
    changed = text != written.replace("\r\n", "\n")
    return {target: text} if text else {}, [Repair(header, written, text, Reason.BLANKS)] if changed else []


_OF_SHELTERS = ("災害種別_", "指定避難所との重複")
_MARKS = {"1": "○", "0": "×"}
"""What the standard form of shelters writes for yes and no: 「地震 1」 tells a reader nothing."""


def _one_line(target: str, header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Take a text on one line, in usual letters unless it is the number of another register."""
    text, written = one_line(cell), cell.strip()
    if header.startswith(_OF_SHELTERS) and text in _MARKS:
        return {target: _MARKS[text]}, [Repair(header, written, _MARKS[text], Reason.FORM)]
    if target in TEXT_LISTS:
        usual, repairs = _in_usual_letters(header, text)
        return {target: [usual]}, repairs
    repairs = [] if text == written else [Repair(header, written, text, Reason.BLANKS)]
    if target.startswith("external_ids."):
        return {target: text} if text else {}, repairs
    usual, changed = _in_usual_letters(header, text)
    return {target: usual} if usual else {}, [*repairs, *changed]


def _in_usual_letters(header: str, text: str) -> tuple[str, list[Repair]]:
    """Return a text without half-width kana, and what was changed for that."""
    usual = usual_letters(text)
    return usual, [] if usual == text else [Repair(header, text, usual, Reason.FORM)]


def _postal_code(header: str, written: str) -> tuple[Values, list[Repair]]:
    """Read a postal code; one of six digits has probably lost its 0, and is proposed with it."""
    target = "location.postal_code"
    if postal_code(written) is None and (whole := postal_code(f"0{nfkc(written)}")) is not None:
        return {}, [Repair(header, written, "", Reason.ZERO_LOST, proposal=whole)]
    return _converted(target, header, written, postal_code(written), Reason.POSTAL_CODE_UNREADABLE)


_ENDS_IN_A_DAY = re.compile(
    r"(\d{1,2})月(\d{1,2})日$|(?<!\d)(\d{1,2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _address(header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Take an address; where a spreadsheet made a day of its house number (本町1月2日), only what stands before it."""
    text = one_line(cell)
    match = _ENDS_IN_A_DAY.search(nfkc(text))
    if not match:
        return _one_line("location.address", header, cell)
    original = f"{match[1]}-{match[2]}" if match[1] else f"{_MONTHS.index(match[4]) + 1}-{match[3]}"
    before = nfkc(text)[: match.start()].strip()
    return ({"location.address": before} if before else {}), [
        Repair(header, text, before, Reason.ADDRESS_DATE, proposal=original)
    ]


def _converted(target: str, header: str, written: str, value: object, otherwise: Reason) -> tuple[Values, list[Repair]]:
    if value is None:
        return {}, [Repair(header, written, "", otherwise)]
    if target == "capacity" and value == 0:
        return {}, [Repair(header, written, "", Reason.ZERO_UNKNOWN)]
    same = str(value) == written
    return {target: value}, [] if same else [Repair(header, written, str(value), Reason.FORM)]


def _url(header: str, cell: str) -> tuple[Values, list[Repair]]:
    written, addresses = cell.strip(), web_addresses_in(cell)
    if not addresses and (match := _DOMAIN.fullmatch(written)):
        address = f"{(match[1] or 'http').lower()}://{match[2]}"
        return {"url": address}, [Repair(header, written, address, Reason.SCHEME_ADDED)]
    if not addresses or len(addresses[0]) > 500:
        return {}, [Repair(header, written, "", Reason.URL_UNREADABLE)]
    first, *others = addresses
    if first == written:
        return {"url": first}, []
    return {"url": first}, [Repair(header, written, first, Reason.URLS_SPLIT, " ".join(others))]


def _mail(header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Take one mail address; several, or one with more than an address, are left out: a record has one field for one."""
    written, address = cell.strip(), nfkc(cell).strip()
    if not _MAIL.fullmatch(address):
        return {}, [Repair(header, written, "", Reason.MAIL_UNREADABLE)]
    return {"email": address}, [] if address == written else [Repair(header, written, address, Reason.FORM)]


def _reading(header: str, cell: str) -> tuple[Values, list[Repair]]:
    reading = one_line(as_reading(cell))
    known = is_reading(reading)
    return (
        ({"name_kana": reading}, []) if known else ({}, [Repair(header, cell.strip(), "", Reason.READING_UNREADABLE)])
    )


def _operator(header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Take the name of a legal body; the name of a person is not even quoted in the report."""
    if not _LEGAL_BODY.search(nfkc(cell)):
        return {}, [Repair(header, HIDDEN, "", Reason.NO_BODY)]
    text, repairs = _in_usual_letters(header, one_line(cell))
    body = _OFFICER.sub("", text)
    if body != text:
        return {"attributes.運営する法人": body.strip()}, [Repair(header, HIDDEN, body.strip(), Reason.OFFICER)]
    return {"attributes.運営する法人": text}, repairs


def _point_in_one(header: str, cell: str) -> tuple[Values, list[Repair]]:
    parts = re.split(r"[,、\s]+", nfkc(cell).strip("() "))
    if len(parts) != 2:
        return {}, [Repair(header, cell.strip(), "", Reason.COORDINATES_UNREADABLE)]
    values, repairs = _point({target: [(header, part)] for target, part in zip(POINT, parts, strict=True)})
    return values, repairs if values else repairs[:1]


def _town_id(header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Take a 町字ID of the Address Base Registry: seven digits, the zeros in front often lost."""
    number = nfkc(cell).strip()
    if not re.fullmatch(r"\d{1,7}", number):
        return {}, [Repair(header, cell.strip(), "", Reason.NUMBER_UNREADABLE)]
    whole = number.zfill(7)
    return {"location.machiaza_id": whole}, [] if whole == cell.strip() else [
        Repair(header, cell.strip(), whole, Reason.FORM)
    ]


def _access(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read flags such as 有/無 for what a place has or lacks; anything else is left out."""
    values: Values = {}
    repairs = []
    for target, [(header, cell)] in cells.items():
        if key := _FLAGS.get(nfkc(cell)):
            values.setdefault(f"access.{key}", []).append(target.partition(".")[2])
        else:
            repairs.append(Repair(header, cell.strip(), "", Reason.NUMBER_UNREADABLE))
    return values, repairs


def _phones(cells: dict[str, Cells], area_code: str) -> tuple[Values, list[Repair]]:
    phones: list[dict[str, str]] = []
    repairs: list[Repair] = []
    for target, columns in cells.items():
        for header, cell in columns:
            if target == "fax" and phones and is_same_number(cell):
                phones[-1].setdefault("label", SHARED)
                repairs.append(Repair(header, cell.strip(), phones[-1]["number"], Reason.FORM))
                continue
            found, rest = phones_in(cell)
            completed, more = phones_in(with_area_code(cell, area_code)) if area_code else ((), "")
            if added := len(completed) > len(found):
                found, rest = completed, more
            for phone in found:
                entry = {"number": phone.number}
                entry |= {"type": "fax"} if target == "fax" or phone.fax else {}
                entry |= {key: text for key, text in (("label", phone.label), ("extension", phone.extension)) if text}
                known = next((one for one in phones if one["number"] == entry["number"]), None)
                if known is None:
                    phones.append(entry)
                elif entry.get("type") != known.get("type"):
                    known.setdefault("label", SHARED)
            became = "、".join(
                " ".join(filter(None, (phone.label, phone.number, phone.extension and f"内線{phone.extension}")))
                for phone in found
            )
            if not found and (whole := with_zero(cell)):
                repairs.append(Repair(header, cell.strip(), "", Reason.PHONE_ZERO_LOST, proposal=whole))
            elif not found:
                repairs.append(Repair(header, cell.strip(), "", Reason.PHONE_UNREADABLE))
            elif became != cell.strip():
                why = (
                    Reason.PHONES_SPLIT
                    if len(found) > 1 or found[0].label or found[0].extension or rest
                    else Reason.FORM
                )
                repairs.append(Repair(header, cell.strip(), became, Reason.CODE_ADDED if added else why, rest))
    return {"phones": phones} if phones else {}, repairs


def _hours(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read weekdays, opening and closing as one span; where one of the three cannot be read, all stay text."""
    raw = {target: (header, without_controls(cell)) for target, [(header, cell)] in cells.items()}
    days, opening, closing, note = (raw.get(target, ("", "")) for target in HOURS)
    values: Values = {}
    repairs = []
    week, opens, closes = parse_days(days[1]), cell_time(opening[1]), cell_time(closing[1])
    text = note[1]
    if week and opens and closes:
        values["hours"] = [{"days": compact_days(week), "open": opens, "close": closes}]
        taken = ((*days, nfkc(days[1])), (*opening, opens), (*closing, closes))
        repairs += [
            Repair(header, cell, text, Reason.FORM) for header, cell, text in taken if text not in (cell, f"0{cell}")
        ]
    elif spans := _spans(opening[1], closing[1]):
        values["hours"] = spans
        written, read = (
            f"{opening[1]}～{closing[1]}",
            "、".join(f"{s['days']} {s['open']}～{s['close']}" for s in spans),
        )
        repairs.append(Repair(f"{opening[0]}・{closing[0]}", written, read, Reason.FORM))
    elif days[1] or opening[1] or closing[1]:
        whole_day = (opens, closes) == ("00:00", "24:00")
        times = "24時間" if whole_day else "～".join(filter(None, (opening[1], closing[1])))
        every_day = week is not None and compact_days(week) == EVERY_DAY
        as_written = " ".join(filter(None, (EVERY_DAY if every_day else days[1], times)))
        headers = "・".join(header for header, cell in (days, opening, closing) if cell)
        repairs.append(Repair(headers, as_written, as_written, Reason.HOURS_INCOMPLETE))
        text = "\n".join(filter(None, (as_written, text)))
    if text and "hours" in values and ruled_by(values["hours"], text) is None:
        as_written = "、".join(f"{span['days']} {span['open']}～{span['close']}" for span in values.pop("hours"))
        repairs.append(Repair(note[0] or "hours_note", text, as_written, Reason.HOURS_RULED))
        whole_text = f"{as_written}\n{text}"
        return values | {"hours_note": whole_text} | {
            f"closed_on_days.{key}": value for key, value in closings_in(text).values.items()
        }, repairs
    if text:
        found, done = _from_sentences(values, note[0] or "hours_note", text)
        values |= found
        repairs += done
    return values | ({"hours_note": text} if text else {}), repairs


def _from_sentences(values: Values, header: str, text: str) -> tuple[Values, list[Repair]]:
    """Take from a note what it says for certain: hours where there are none, other ends of weekdays, closings. The note stays."""
    found: Values = {}
    spans = values.get("hours")
    closings = closings_in(text)
    if spans:
        changed = ruled_by(spans, text) or spans
        found = {"hours": changed} if changed != spans else {}
    elif whole := read_hours(text):
        found, closings = {"hours": [dict(span) for span in whole.spans]}, whole.closings
    if spans and not closings.holidays and closes_on_holidays(text):
        closings = replace(closings, holidays=True)
    found |= {f"closed_on_days.{key}": value for key, value in closings.values.items()}
    told = [*(f"{span['days']} {span['open']}～{span['close']}" for span in found.get("hours", ())),
            *(_CLOSINGS[key] if value is True else str(value) for key, value in closings.values.items())]  # fmt: skip
    return found, [Repair(header, text, "、".join(told), Reason.SENTENCE_READ)] if found else []


def _fee(header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Read a price written as a sentence; the sentence stays beside it."""
    text, read = without_controls(cell), read_fee(cell)
    values: Values = {"fee.note": text} | {f"fee.{key}": value for key, value in (read or {}).items()}
    told = [Repair(header, cell.strip(), " ".join(map(str, read.values())), Reason.SENTENCE_READ)] if read else []
    return values, told


def _ages(header: str, cell: str) -> tuple[Values, list[Repair]]:
    """Read for what ages something is; the sentence stays beside it."""
    text, read = one_line(cell), read_ages(cell)
    values: Values = {"eligibility.note": text} | {f"eligibility.{key}": value for key, value in (read or {}).items()}
    told = "～".join(str(one) for one in (read or {}).values())
    return values, [Repair(header, cell.strip(), told, Reason.SENTENCE_READ)] if read else []


_OF_THEIR_OWN = {
    "fee.note": _fee,
    "eligibility.note": _ages,
    "location.machiaza_id": _town_id,
    "location.address": _address,
    POINT_IN_ONE: _point_in_one,
    "url": _url,
    "email": _mail,
    "name_kana": _reading,
    OPERATOR: _operator,
}


def _spans(opening: str, closing: str) -> list[dict[str, str]]:
    """Read times that differ by weekday, 月・木：14:00、火・金：10:30 in both cells; [] where the two do not match."""
    opens, closes = (
        [(parse_days(part[1]), parse_time(part[2])) for part in _DAYS_AND_TIME.finditer(nfkc(cell))]
        for cell in (opening, closing)
    )
    both = list(zip(opens, closes, strict=False))
    if not both or len(opens) != len(closes) or any(one[0] != other[0] for one, other in both):
        return []
    spans = [(week, opens_at, closes_at) for (week, opens_at), (_, closes_at) in both]
    if not all(all(span) for span in spans):
        return []
    return [
        {"days": compact_days(week or ()), "open": str(opens), "close": str(closes)} for week, opens, closes in spans
    ]


_IN_JAPAN = (lambda degree: 20 <= degree <= 46, lambda degree: 122 <= degree <= 154)
"""Whether a number is a latitude, or a longitude, of Japan; none is both."""


def _point(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read a point; without two believable degrees there is no point."""
    point = {target: degrees(cell) for target, [(_, cell)] in cells.items()}
    lat, lng = (point.get(target) for target in POINT)
    if lat is not None and lng is not None and _IN_JAPAN[1](lat) and _IN_JAPAN[0](lng):
        headers = "・".join(dict.fromkeys(cells[target][0][0] for target in POINT))
        swapped = Repair(headers, f"{lat}, {lng}", f"{lng}, {lat}", Reason.COORDINATES_SWAPPED)
        return {POINT[0]: lng, POINT[1]: lat}, [
            swapped
        ]  # kept only where an outline proves it: mapping.town.settle_swapped
    why = None
    if lat is None or lng is None or abs(lat) > 90 or abs(lng) > 180:
        why = Reason.COORDINATES_UNREADABLE
    elif lat == 0 and lng == 0:
        why = Reason.COORDINATES_ZERO
    if why:
        return {}, [Repair(header, cell.strip(), "", why) for [(header, cell)] in cells.values()]
    changed = [(h, c.strip(), point[t]) for t, [(h, c)] in cells.items() if nfkc(c) != c.strip() or decimal(c) is None]
    return dict(point), [Repair(header, written, str(value), Reason.FORM) for header, written, value in changed]


def is_understood(target: str) -> bool:
    """Tell whether a column may become ``target`` (the table in ``importing.mapping.table``)."""
    if target in (*SEVERAL, "url", *HOURS, *TEXT_LISTS, OPERATOR, POINT_IN_ONE) or _is_flag(target):
        return True
    first, _, rest = target.partition(".")
    if first in OPEN_FIELDS:
        return bool(rest)
    if first in OWN_FIELDS or first not in Resource.model_fields:
        return False
    annotation = Resource.model_fields[first].annotation
    part = part_of(annotation)
    if rest:
        return part is not None and rest in part.model_fields and _is_plain(part.model_fields[rest].annotation)
    return _is_plain(annotation)


@lru_cache(maxsize=1_000)
def _is_flag(target: str) -> bool:
    """Tell whether a target is a term of the vocabulary of access, as in ``access.車いすトイレ``."""
    first, _, rest = target.partition(".")
    return first == "access" and rest not in ("", *Access.model_fields)


def part_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model of a field that holds one part (``Location | None``), else None."""
    choices = get_args(annotation) or (annotation,)
    is_list = get_origin(annotation) in (tuple, dict)
    return next((c for c in choices if isinstance(c, type) and issubclass(c, BaseModel)), None) if not is_list else None


def _is_plain(annotation: Any) -> bool:
    return get_origin(annotation) not in (tuple, dict) and part_of(annotation) is None


@cache
def _holds_whole_number(target: str) -> bool:
    first, _, rest = target.partition(".")
    annotation = Resource.model_fields[first].annotation
    part = part_of(annotation)
    if rest and part is not None:
        annotation = part.model_fields[rest].annotation
    return annotation is int or int in get_args(annotation)


def in_model_order(data: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Put keys into the order of the model; unknown keys come last, so that the model can name them."""
    keys, parts = _order_of(model, tuple(data))
    result = {key: data[key] for key in keys}
    for key, part in parts:
        if isinstance(value := result[key], dict):
            result[key] = in_model_order(value, part)
    return result


@lru_cache(maxsize=2_000)  # the rows of a list have few sets of fields
def _order_of(
    model: type[BaseModel], keys: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, type[BaseModel]], ...]]:
    """Return keys in the order of a model, and those that are parts with the model of each."""
    places = {key: place for place, key in enumerate(model.model_fields)}
    parts = ((key, part_of(model.model_fields[key].annotation)) for key in keys if key in places)
    return tuple(sorted(keys, key=lambda key: places.get(key, len(places)))), tuple(
        (key, part) for key, part in parts if part
    )


def copy_plain(value: Any) -> Any:
    """Return plain data (dicts and lists of text, numbers, flags) that shares nothing with ``value``."""
    if isinstance(value, dict):
        return {key: copy_plain(inner) if isinstance(inner, dict | list) else inner for key, inner in value.items()}
    if isinstance(value, list):
        return [copy_plain(inner) for inner in value]
    return value

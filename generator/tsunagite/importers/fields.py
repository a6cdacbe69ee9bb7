"""From the cells of one row to the values of fields, with a note of everything that was not taken as it is. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from tsunagite.model.draft import Repair, Why
from tsunagite.model.resource import Resource
from tsunagite.text.cells import (
    compact_days,
    decimal,
    one_line,
    phones_in,
    postal_code,
    web_addresses_in,
    whole_number,
    without_controls,
)  # fmt: skip
from tsunagite.text.dates import parse_days, parse_time
from tsunagite.text.normalize import nfkc

Cells = list[tuple[str, str]]
"""The non-empty cells of one target: (header, cell)."""
Values = dict[str, Any]
"""Values by target; a target that is absent stays out of the record."""

VERBATIM = ("hours_note", "description", "memo")
HOURS = ("hours.days", "hours.open", "hours.close")
POINT = ("location.lat", "location.lng")
SEVERAL = ("phones", "fax")  # targets that may be named by more than one column
OPEN_FIELDS = ("attributes", "external_ids")
OWN_FIELDS = ("id", "sources")  # made from id_rule and the source, never from a column

Reader = Callable[[dict[str, Cells]], tuple[Values, list[Repair]]]


def values_of(by_target: Mapping[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read all cells of a row, given by target. Empty cells must have been left out."""
    values: Values = {}
    repairs: list[Repair] = []
    for targets, reader in _readers(by_target):
        found, done = reader({target: by_target[target] for target in targets if target in by_target})
        values |= found
        repairs += done
    return values, repairs


def _readers(by_target: Mapping[str, Cells]) -> Iterator[tuple[tuple[str, ...], Reader]]:
    """Yield the targets that are read together, each group once, with their reader."""
    if any(target in by_target for target in HOURS):
        yield HOURS, _hours
    if any(target in by_target for target in POINT):
        yield POINT, _point
    if any(target in by_target for target in SEVERAL):
        yield SEVERAL, _phones
    for target in by_target:
        if target not in (*HOURS, *POINT, *SEVERAL):
            yield (target,), _single


def _single(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read a field that one column fills."""
    [(target, [(header, cell)])] = cells.items()
    if target == "url":
        return _url(header, cell)
    written = cell.strip()
    if target == "location.postal_code":
        return _converted(target, header, written, postal_code(cell), Why.POSTAL_CODE_UNREADABLE)
    if target.partition(".")[0] not in OPEN_FIELDS and _holds_whole_number(target):
        return _converted(target, header, written, whole_number(cell), Why.NUMBER_UNREADABLE)
    text = without_controls(cell) if target in VERBATIM else one_line(cell)
    changed = text != written.replace("\r\n", "\n") if target in VERBATIM else text != written
    return {target: text} if text else {}, [Repair(header, written, text, Why.BLANKS)] if changed else []


def _converted(target: str, header: str, written: str, value: object, otherwise: Why) -> tuple[Values, list[Repair]]:
    if value is None:
        return {}, [Repair(header, written, "", otherwise)]
    same = str(value) == written
    return {target: value}, [] if same else [Repair(header, written, str(value), Why.FORM)]


def _url(header: str, cell: str) -> tuple[Values, list[Repair]]:
    written, addresses = cell.strip(), web_addresses_in(cell)
    if not addresses or len(addresses[0]) > 500:
        return {}, [Repair(header, written, "", Why.URL_UNREADABLE)]
    first, *others = addresses
    if first == written:
        return {"url": first}, []
    return {"url": first}, [Repair(header, written, first, Why.URLS_SPLIT, " ".join(others))]


def _phones(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    phones: list[dict[str, str]] = []
    repairs: list[Repair] = []
    for target, columns in cells.items():
        for header, cell in columns:
            found, rest = phones_in(cell)
            for phone in found:
                entry = {"number": phone.number}
                entry |= {"type": "fax"} if target == "fax" or phone.fax else {}
                entry |= {"label": phone.label} if phone.label else {}
                if entry["number"] not in {known["number"] for known in phones}:
                    phones.append(entry)
            became = "、".join(" ".join(filter(None, (phone.label, phone.number))) for phone in found)
            if not found:
                repairs.append(Repair(header, cell.strip(), "", Why.PHONE_UNREADABLE))
            elif became != cell.strip():
                why = Why.PHONES_SPLIT if len(found) > 1 or found[0].label or rest else Why.FORM
                repairs.append(Repair(header, cell.strip(), became, why, rest))
    return {"phones": phones} if phones else {}, repairs


def _hours(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read weekdays, opening and closing as one span; when one of the three cannot be read, none is taken."""
    days = opening = closing = None
    for target, [(_, cell)] in cells.items():
        if target == "hours.days":
            days = parse_days(cell)
        elif target == "hours.open":
            opening = parse_time(cell)
        else:
            closing = parse_time(cell)
    if not (days and opening and closing):
        return {}, [Repair(header, cell.strip(), "", Why.HOURS_INCOMPLETE) for [(header, cell)] in cells.values()]
    span = {"days": compact_days(days), "open": opening, "close": closing}
    changed = [(header, cell.strip()) for [(header, cell)] in cells.values() if nfkc(cell) != cell.strip()]
    return {"hours": [span]}, [Repair(header, written, nfkc(written), Why.FORM) for header, written in changed]


def _point(cells: dict[str, Cells]) -> tuple[Values, list[Repair]]:
    """Read a point; without two believable degrees there is no point."""
    degrees = {target: decimal(cell) for target, [(_, cell)] in cells.items()}
    lat, lng = (degrees.get(target) for target in POINT)
    why = None
    if lat is None or lng is None or abs(lat) > 90 or abs(lng) > 180:
        why = Why.COORDINATES_UNREADABLE
    elif lat == 0 and lng == 0:
        why = Why.COORDINATES_ZERO
    if why:
        return {}, [Repair(header, cell.strip(), "", why) for [(header, cell)] in cells.values()]
    changed = [(h, c.strip(), degrees[t]) for t, [(h, c)] in cells.items() if nfkc(c) != c.strip()]
    return dict(degrees), [Repair(header, written, str(value), Why.FORM) for header, written, value in changed]


def is_understood(target: str) -> bool:
    """Tell whether a column may become ``target`` (the table in ``importers.table``)."""
    if target in (*SEVERAL, "url", *HOURS):
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


def part_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model of a field that holds one part (``Location | None``), else None."""
    choices = get_args(annotation) or (annotation,)
    is_list = get_origin(annotation) in (tuple, dict)
    return next((c for c in choices if isinstance(c, type) and issubclass(c, BaseModel)), None) if not is_list else None


def _is_plain(annotation: Any) -> bool:
    return get_origin(annotation) not in (tuple, dict) and part_of(annotation) is None


def _holds_whole_number(target: str) -> bool:
    first, _, rest = target.partition(".")
    annotation = Resource.model_fields[first].annotation
    part = part_of(annotation)
    if rest and part is not None:
        annotation = part.model_fields[rest].annotation
    return annotation is int or int in get_args(annotation)

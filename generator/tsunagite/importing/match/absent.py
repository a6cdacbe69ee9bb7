"""What a list cannot tell today (a column it has no more, a cell that cannot be read or was lost) stays as it was last time. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tsunagite.importing.draft import Draft, Reason
from tsunagite.importing.facility import POINT
from tsunagite.importing.mapping.fields import copy_plain, in_model_order
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source
from tsunagite.text.cells import SHARED

UNREAD = frozenset(
    (
        Reason.PHONE_UNREADABLE,
        Reason.PHONE_ZERO_LOST,
        Reason.MAIL_UNREADABLE,
        Reason.URL_UNREADABLE,
        Reason.NUMBER_UNREADABLE,
        Reason.POSTAL_CODE_UNREADABLE,
    )
)
"""Why a cell that is not empty gave no value: that is no word of the list against the value of last time."""


def without_absent(source: Source) -> Source:
    """Return the description as far as the present edition has its columns."""
    if not source.absent:
        return source
    columns = {header: target for header, target in source.columns.items() if header not in source.absent}
    choose = tuple(rule for rule in source.choose if rule.column not in source.absent)
    rule = source.id_rule
    if rule.number in source.absent:  # known rows keep their ids; a new one gets it from what is left
        name = next((header for header, target in columns.items() if target == "name"), rule.number)
        number = rule.otherwise if rule.otherwise and rule.otherwise not in source.absent else name
        rule = rule.model_copy(
            update={"number": number, "otherwise": "", "several_rows": rule.several_rows or number == name}
        )
    elif rule.otherwise in source.absent:
        rule = rule.model_copy(update={"otherwise": ""})
    return source.model_copy(update={"columns": columns, "choose": choose, "id_rule": rule})


def with_last_values(draft: Draft, source: Source, before: Mapping[str, Any] | None) -> Draft:
    """Return the draft with what absent columns, and cells that cannot be read or whose value a spreadsheet has lost, said last time.

    A reading goes with its name alone.
    """
    unread = [repair.column for repair in draft.repairs if repair.why in UNREAD and not repair.became]
    if not (source.absent or unread or draft.lost) or before is None:
        return draft
    data = copy_plain(draft.data)
    for header in (*source.absent, *unread, *draft.lost):
        target = source.columns.get(header, "")
        if target == "name_kana" and before.get("name") != draft.name:
            continue
        if target in ("phones", "fax"):
            _phones(data, before, fax=target == "fax")
        known = [(place, value) for place in _places_of(target) if (value := _value(before, *place)) is not None]
        for first, rest in (
            _places_of(target) if known and header in draft.lost else ()
        ):  # read from half of the cells, or of constants alone
            if not rest:
                data.pop(first, None)
            elif isinstance(data.get(first), dict):
                data[first].pop(rest, None)
        for (first, rest), value in known:
            data[first] = {rest: value, **(data.get(first) or {})} if rest else data.get(first, value)
    for key in {key for choice in source.choose if choice.column in draft.lost for key in choice.constants} & set(
        before
    ):
        data[key] = copy_plain(before[key])  # what the lost word told: nobody knows that it is another one now
    return replace(draft, data=in_model_order(data, Resource))


def _value(data: Mapping[str, Any], first: str, rest: str) -> Any:
    """Return a copy of the value of a field, or of a field of its part; None where there is none."""
    found = data.get(first)
    if rest:
        found = found.get(rest) if isinstance(found, dict) else None
    return copy_plain(found)


_HOURS = (("hours", ""), ("hours_note", ""), ("closed_on_days", ""))
_POINT = tuple(("location", key) for key in POINT)
_SEVERAL_PLACES: dict[str, tuple[tuple[str, str], ...]] = {
    "hours.days": _HOURS, "hours.open": _HOURS, "hours.close": _HOURS, "hours_note": _HOURS, "location.lat": _POINT, "location.lng": _POINT,
    "location.point": _POINT, "phones": (("consent", ""),), "fax": (("consent", ""),), "fee.note": (("fee", ""),), "eligibility.note": (("eligibility", ""),),
    "capacity": (("capacity", ""), ("capacity_note", "")), "operator": (("attributes", "運営する法人"),),
}  # fmt: skip
"""Fields that a column fills besides, or instead of, the one it is called after; telephones are kept one by one."""


def _places_of(target: str) -> tuple[tuple[str, str], ...]:
    """Return (field, field of its part or "") of everything that a column may fill."""
    first, _, rest = target.partition(".")
    if first == "access":
        return (("access", ""),)
    return _SEVERAL_PLACES.get(target) or (((first, rest),) if target else ())


def without_losses(theirs: dict[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record's lists say today, with everything they said last time and do not contradict.

    For records that rows of other lists are a part of, where a spreadsheet has lost a cell of such a row: which of the record's values
    it was is not known, so that none is taken out.
    """
    result = dict(theirs)
    for key, was in base.items():
        now = result.get(key)
        if now is None:
            result[key] = was
        elif isinstance(was, dict) and isinstance(now, dict):
            result[key] = without_losses(now, was)
        elif isinstance(was, list) and isinstance(now, list):
            result[key] = was if all(item in was for item in now) else now
        elif isinstance(was, str) and isinstance(now, str) and set(now.split("、")) < set(was.split("、")):
            result[key] = was
    return result


def _phones(data: dict[str, Any], before: Mapping[str, Any], *, fax: bool) -> None:
    """Add the numbers of an absent column (in place). That a telephone takes faxes was told by the column of faxes."""
    if fax:
        shared = {phone["number"] for phone in before.get("phones", ()) if phone.get("label") == SHARED}
        for phone in data.get("phones", ()):
            if phone["number"] in shared:
                phone.setdefault("label", SHARED)
    numbers = {phone["number"] for phone in data.get("phones", ())}
    kept = [
        copy_plain(phone)
        for phone in before.get("phones", ())
        if (phone.get("type") == "fax") == fax and phone["number"] not in numbers
    ]
    if kept:
        data["phones"] = [*data.get("phones", ()), *kept]

"""What a list cannot tell today (a column it has no more, a cell that cannot be read) stays as it was last time. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tsunagite.importing.draft import Draft, Reason
from tsunagite.importing.mapping.fields import copy_plain, in_model_order
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source
from tsunagite.text.cells import SHARED

UNREAD = frozenset((Reason.PHONE_UNREADABLE, Reason.PHONE_ZERO_LOST, Reason.MAIL_UNREADABLE, Reason.URL_UNREADABLE, Reason.NUMBER_UNREADABLE, Reason.POSTAL_CODE_UNREADABLE))
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
        rule = rule.model_copy(update={"number": number, "otherwise": "", "several_rows": rule.several_rows or number == name})
    elif rule.otherwise in source.absent:
        rule = rule.model_copy(update={"otherwise": ""})
    return source.model_copy(update={"columns": columns, "choose": choose, "id_rule": rule})


def with_last_values(draft: Draft, source: Source, before: Mapping[str, Any] | None) -> Draft:
    """Return the draft with the values that absent columns and cells now unreadable gave last time. A reading goes with its name alone."""
    unread = [repair.column for repair in draft.repairs if repair.why in UNREAD and not repair.became]
    if not (source.absent or unread) or before is None:
        return draft
    data = copy_plain(draft.data)
    for header in (*source.absent, *unread):
        target = source.columns.get(header, "")
        first, _, rest = target.partition(".")
        if target in ("phones", "fax"):
            _phones(data, before, fax=target == "fax")
        elif rest and rest in (before.get(first) or {}):
            data[first] = {rest: before[first][rest], **(data.get(first) or {})}
        elif target and not rest and target in before and (target != "name_kana" or before.get("name") == draft.name):
            data.setdefault(target, copy_plain(before[target]))
    return replace(draft, data=in_model_order(data, Resource))


def _phones(data: dict[str, Any], before: Mapping[str, Any], *, fax: bool) -> None:
    """Add the numbers of an absent column (in place). That a telephone takes faxes was told by the column of faxes."""
    if fax:
        shared = {phone["number"] for phone in before.get("phones", ()) if phone.get("label") == SHARED}
        for phone in data.get("phones", ()):
            if phone["number"] in shared:
                phone.setdefault("label", SHARED)
    numbers = {phone["number"] for phone in data.get("phones", ())}
    kept = [copy_plain(phone) for phone in before.get("phones", ()) if (phone.get("type") == "fax") == fax and phone["number"] not in numbers]
    if kept:
        data["phones"] = [*data.get("phones", ()), *kept]

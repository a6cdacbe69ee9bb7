"""The opening hours of a record as the browser reads them (site/browser/hours.js decides from them what is open now)."""

from __future__ import annotations

import json
from collections.abc import Hashable
from datetime import date

from tsunagite.records.directory import Directory
from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource, excepted_days, hours_agree
from tsunagite.records.model.service import Pause
from tsunagite.text.holidays import holidays_from


def known_days(directory: Directory, today: date) -> dict[str, object]:
    """Return the type ``Holidays`` of site/browser/hours.js: the national holidays, and the newest day of which the data tell.

    A device whose clock stands before that day is wrong: nothing can be told from it (the day of the build would make each build another).
    """
    days = [*(one.verified_on for one in directory.published), *(one.data_date for one in directory.sources.values())]
    newest = max((day for day in days if day and day <= today), default=None)
    return {**({"from": newest.isoformat()} if newest else {}), **holidays_from(today.year)}


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def opening_json(resource: Resource, trusted: date | None) -> str:
    """Return the hours of a resource as JSON (the type ``Opening`` of site/browser/hours.js), or "" where none are known.

    Ideas, ended resources and those that pause without a known day have none: nobody may be sent there. A pause with a day is
    part of the hours, whatever day it is: the reader's clock decides; so is ``trusted`` (``Directory.trusted_until``). Hours that their own note narrows are for people
    to read: no page may say that a place is open while its note says that it is not.
    """
    if not resource.hours or not hours_agree(resource) or resource.is_idea or resource.is_closed:
        return ""
    pause = resource.pause_after(None)
    if pause and pause.is_whole:
        return ""
    closing = resource.closed_on_days
    opening = {
        "spans": [_span(span) for span in resource.hours],
        "holidays": closing.holidays if closing else None,
        "yearEnd": closing.year_end if closing else "",
        "note": bool(resource.hours_note or (closing and closing.note)),
        "appointment": bool(resource.by_appointment),
        "pause": _pause(pause) if pause else None,
        "doubt": list(excepted_days(resource)),
        "trusted": trusted.isoformat() if trusted else "",
    }
    opening = {key: value for key, value in opening.items() if value or (value is False and key == "holidays")}
    return _json(opening)


def _pause(pause: Pause) -> dict[str, str]:
    return {key: day.isoformat() for key, day in (("from", pause.since), ("to", pause.until)) if day}


def _span(span: Hours) -> dict[str, object]:
    data: dict[str, object] = {"days": "".join(span.days), "open": span.open, "close": span.close}
    if span.nth:
        data["nth"] = list(span.nth)
    if span.valid_from:
        data["from"] = span.valid_from.isoformat()
    if span.valid_to:
        data["to"] = span.valid_to.isoformat()
    return data


def hours_entry(resource: Resource, trusted: date | None) -> str | bool | None:
    """Return the hours as JSON; False where nobody can go (an idea, a pause), None where no hours are known."""
    pause = resource.pause_after(None)
    if resource.is_idea or (pause and pause.is_whole):
        return False
    return opening_json(resource, trusted) or None


def hours_source(resource: Resource, trusted: date | None) -> Hashable:
    """Return what ``hours_entry`` is made from, the parts of a record by identity: records with the same have the same hours."""
    pause = resource.pause_after(None)
    days = (pause.since, pause.until) if pause else None
    return (
        id(resource.hours),
        id(resource.closed_on_days),
        resource.hours_note,
        resource.by_appointment,
        resource.stage,
        resource.status,
        days,
        trusted,
    )


def opening_of(entry: object) -> object:
    """Return what ``hours_entry`` gave as data."""
    return json.loads(entry) if isinstance(entry, str) else entry

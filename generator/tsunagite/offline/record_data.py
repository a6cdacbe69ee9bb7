"""What a device keeps of a record: enough for a list of one's own, for paper, and for a page where there is no network.

The records are dealt to files by their ids alone. So a browser knows the file of any record without asking, a list of
twenty costs at most twenty small files, and an edited record changes one file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from tsunagite.records.model.hours import Hours
from tsunagite.records.model.resource import Resource
from tsunagite.site import words
from tsunagite.site.record import RecordView

PER_FILE = 16
"""Records in one file, about: a list then fetches some 5 kB per record, and a whole city is a few hundred files."""
MOST_DAYS = 3
"""A place that is open on more days a week is open all week: how often somebody goes there is theirs to say."""

Data = dict[str, object]


def file_count(records: int, per_file: int = PER_FILE) -> int:
    """Return how many files hold the records: a power of two, so that few records move when there are more."""
    count = 1
    while count * per_file < records:
        count *= 2
    return count


def file_of(record_id: str, files: int) -> int:
    """Return the number of the file that holds a record: 32-bit FNV-1a of its id (as ``fileOf`` of offline/browser/record_data.js)."""
    value = 0x811C9DC5
    for byte in record_id.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value % files


def record_files(published: Sequence[Resource], per_file: int = PER_FILE) -> Iterator[tuple[int, list[Resource]]]:
    """Yield (number, its records in order of id) of every file that holds any."""
    files: dict[int, list[Resource]] = {}
    count = file_count(len(published), per_file)
    for resource in sorted(published, key=lambda one: one.id):
        files.setdefault(file_of(resource.id, count), []).append(resource)
    yield from sorted(files.items(), key=lambda file: file[0])


def record_data(view: RecordView, resource: Resource) -> Data:
    """Return a record as the type ``RecordData`` of offline/browser/record_data.js; what is empty is left out."""
    card = view.card
    data: Data = {
        "name": card.name,
        "reading": card.reading,
        "sentence": card.sentence,
        "kind": card.kind,
        "levels": [level.label for level in card.levels],
        "badges": card.dated_badges,
        "place": card.place,
        "phones": [[phone.number, phone.href, phone.label, phone.note, int(phone.is_fax)] for phone in view.phones],
        "reach": [text for text in (view.no_contact_reason, view.contact_note) if text],
        "opening": json.loads(view.opening) if view.opening else None,
        "hours": [[row.days, row.span, row.label] for row in view.hours],
        "hours_notes": view.hours_notes,
        "often": often(resource.hours) if view.opening else "",
        "facts": [[fact.label, fact.text] for fact in view.facts],
        "services": resource.services,
        "helpful": view.helpful_for,
        "about": view.description,
        "steps": view.how_to_use,
        "tips": view.linking_tips,
        "address": view.address,
        "directions": view.directions,
        "point": [view.lat, view.lng] if view.lat is not None else None,
        "areas": [area.label for area in view.areas],
        "links": [[link.label, link.path] for link in view.links],
        "organization": view.organization,
        "alert": [view.alert, view.alert_day, view.alert_until] if view.alert else None,
        "pause": [view.pause, card.pause[1]] if view.pause and card.pause else None,
        "ended": view.ended,
        "instead": view.replacement.id if view.replacement else "",
        "idea": view.idea,
        "verified": [view.verification.text, view.verification.day, view.verification.due],
        "sources": [source.label for source in view.sources],
    }
    return {name: value for name, value in data.items() if value}


def often(hours: tuple[Hours, ...]) -> str:
    """Return how often a meeting takes place: 「週1回（火 13時30分から15時まで）」, or "" where the hours do not say."""
    if not hours or any(span.valid_from or span.valid_to for span in hours):
        return ""
    weekly = {day for span in hours if not span.nth for day in span.days if day != "祝"}
    monthly = {(week, day) for span in hours for week in span.nth for day in span.days}
    if (weekly and monthly) or len(weekly) > MOST_DAYS or len(monthly) > MOST_DAYS:
        return ""
    times = {words.spoken_span(span) for span in hours}
    days = "、".join(dict.fromkeys(words.spoken_days(span) for span in hours))
    when = f"{days} {times.pop()}" if len(times) == 1 else days
    return f"週{len(weekly)}回（{when}）" if weekly else f"月{len(monthly)}回（{when}）"

"""Meetings and events: some day lies ahead, and their numbers can be dialled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tsunagite.analysis.calendar import Calendar
from tsunagite.findings import Finding, error, warning
from tsunagite.records.directory import Directory
from tsunagite.text import phones


def events_lie_ahead(directory: Directory, today: date) -> Iterator[Finding]:
    """R711: an event without a day in the coming year is over, or written wrongly."""
    calendar = Calendar(directory, today)
    ahead = {meeting.id: meeting for meeting in calendar.meetings if meeting.event}
    for placed in directory.placed_events:
        meeting = ahead.get(placed.record.id)
        if meeting and not any(calendar.occurrences(meeting, today, calendar.last)):
            yield warning("R711", placed.place.at("when" if placed.record.when else "days"), title=placed.record.title)


def phones_are_possible(directory: Directory, _today: date) -> Iterator[Finding]:
    """R301, R302, R305: as for records (check/contacts.py): a number can exist, and made-up events have made-up numbers."""
    for placed in directory.placed_events:
        for index, phone in enumerate(placed.record.phones):
            place = placed.place.at("phones", index, "number")
            made_up = phones.is_sample(phone.number)
            if not made_up and not phones.is_possible(phone.number):
                yield error("R301", place, number=phone.number)
            elif made_up and not placed.record.sample:
                yield error("R302", place, number=phone.number)
            elif placed.record.sample and not made_up and not phones.is_short(phone.number):
                yield error("R305", place, number=phone.number)

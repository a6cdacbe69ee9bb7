"""Freshness: when was it true, and who says so? Old records are labelled, never hidden; official lists answer for their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tsunagite.findings import Finding, SourceLocation, error, warning
from tsunagite.records.directory import Directory, RuleContext
from tsunagite.records.load.records import Located
from tsunagite.records.model.resource import Resource
from tsunagite.text.dates import add_months, japanese_date


def records_are_verified(ground: RuleContext, placed: Located[Resource], today: date) -> Iterator[Finding]:
    """R501 never verified, R502 overdue; of the records of an official list, R503 and R509 speak once."""
    resource = placed.record
    if _needs_no_check(resource):
        return
    due = ground.review_due(resource)
    if due is None and ground.source_of(resource) is None:
        yield warning("R501", placed.place.at("verified_on"), name=resource.name)
    elif due and due < today and resource.verified_on:
        yield warning(
            "R502", placed.place.at("verified_on"), day=japanese_date(resource.verified_on), due=japanese_date(due)
        )


def _needs_no_check(resource: Resource) -> bool:
    return resource.is_closed or resource.is_idea or resource.sample


def lists_are_renewed(directory: Directory, today: date) -> Iterator[Finding]:
    """R503: once per official list whose data are old. R509: once per list of which nobody knows the day."""
    overdue: Counter[str] = Counter()
    for placed in directory.placed:
        resource = placed.record
        source = None if resource.verified_on or _needs_no_check(resource) else directory.source_of(resource)
        if source and source.review_due and source.review_due < today:
            overdue[source.id] += 1
    for placed_source in directory.placed_sources:
        source = placed_source.record
        if source.data_date is None:
            yield warning("R509", placed_source.place, name=source.name)
        elif count := overdue[source.id]:
            yield warning("R503", placed_source.place.at("data_date"), name=source.name, count=count,
                          day=japanese_date(source.data_date))  # fmt: skip


def terms_of_office_are_renewed(directory: Directory, today: date) -> Iterator[Finding]:
    """R513: the terms of office of a kind end within three months, or have ended and nobody wrote the next end."""
    for kind in directory.vocabularies["kind"]:
        count = sum(1 for resource in directory.by_kind.get(kind.id, ()) if not resource.sample)
        if kind.term_ends and count and add_months(today, 3) >= kind.term_ends:
            place = SourceLocation("resources/vocabulary/kind.yml")
            yield warning("R513", place, kind=kind.label, id=kind.id, day=japanese_date(kind.term_ends), count=count)


def publishers_of_lists_are_known(directory: Directory, _today: date) -> Iterator[Finding]:
    """R510: a list names who publishes it and under which licence; words in brackets hold the place of one that nobody has looked up."""
    for placed in directory.placed_sources:
        for key in placed.record.left_open:
            yield warning("R510", placed.place.at(key), name=placed.record.name, written=getattr(placed.record, key))


def dates_are_not_ahead(_ground: RuleContext, placed: Located[Resource], today: date) -> Iterator[Finding]:
    """R504: nothing was verified tomorrow."""
    resource = placed.record
    for key, day in (("verified_on", resource.verified_on), ("closed_date", resource.closed_date)):
        if day and day > today and not (key == "closed_date" and resource.status != "closed"):
            yield error("R504", placed.place.at(key), day=japanese_date(day), today=japanese_date(today))
    if resource.vacancy and resource.vacancy.on > today:
        yield error(
            "R504", placed.place.at("vacancy", "on"), day=japanese_date(resource.vacancy.on), today=japanese_date(today)
        )


def notices_have_not_passed(_ground: RuleContext, placed: Located[Resource], today: date) -> Iterator[Finding]:
    """R505: a notice whose last day has passed is shown no more and can go."""
    alert = placed.record.alert
    if alert and alert.until < today:
        yield warning("R505", placed.place.at("alert", "until"), day=japanese_date(alert.until))


def pauses_end(_ground: RuleContext, placed: Located[Resource], today: date) -> Iterator[Finding]:
    """R511: a pause begins before it ends. R512: one that is over is shown no more and can go."""
    pause = placed.record.pause
    if pause is None or pause.until is None:
        return
    if pause.since and pause.until < pause.since:
        yield error(
            "R511",
            placed.place.at("pause", "until"),
            since=japanese_date(pause.since),
            until=japanese_date(pause.until),
        )
    elif pause.until < today and not placed.record.is_closed:
        yield warning(
            "R512", placed.place.at("pause", "until"), name=placed.record.name, until=japanese_date(pause.until)
        )


def endings_are_dated(_ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R506: a closed record says since when. R507: a replacement belongs to a closed record."""
    resource = placed.record
    if resource.is_closed and resource.closed_date is None:
        yield warning("R506", placed.place.at("status"), name=resource.name)
    if resource.replaced_by and not resource.is_closed:
        yield warning("R507", placed.place.at("replaced_by"), name=resource.name)
    if resource.replaced_by == resource.id:
        yield error("R508", placed.place.at("replaced_by"), name=resource.name)

"""Relations between stakeholders: each joins two, is written once, leads to somebody who is there, and names no person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tsunagite.findings import Finding, error, warning
from tsunagite.records.directory import Directory
from tsunagite.records.model.features.tie import TieEnd
from tsunagite.text.case_free import personal_detail
from tsunagite.text.dates import japanese_date
from tsunagite.text.private_text import names_a_person

_TEXTS = ("gain", "next_step", "note", "place", "source", "verified_by", "memo")
_DAYS = ("last_met", "verified_on")


def ties_join_two_stakeholders(directory: Directory, _today: date) -> Iterator[Finding]:
    """R721: a relation joins two."""
    for placed in directory.placed_ties:
        if placed.record.party.key == placed.record.partner.key:
            yield error("R721", placed.place.at("partner"), name=_name(directory, placed.record.partner))


def ties_are_written_once(directory: Directory, _today: date) -> Iterator[Finding]:
    """R722: the same relation of the same two (in whichever order, where both sides do it) in one area, layer and term."""
    known: dict[object, str] = {}
    for placed in directory.placed_ties:
        tie = placed.record
        ends = (tie.party.key, tie.partner.key)
        kind = directory.vocabularies["relation"][tie.kind]
        key = (
            tuple(sorted(ends)) if kind.mutual and tie.direction != "one_way" else ends,
            tie.kind, tie.area, tie.place, tie.layer, tie.term,
        )  # fmt: skip
        if other := known.get(key):
            yield error(
                "R722",
                placed.place.at("partner"),
                party=_name(directory, tie.party),
                partner=_name(directory, tie.partner),
                kind=kind.label,
                other=other,
            )
        known.setdefault(key, f"{placed.place.file}（{tie.id}）")


def partners_are_open(directory: Directory, _today: date) -> Iterator[Finding]:
    """R723: nobody is related to a record that has closed."""
    for placed in directory.placed_ties:
        for key in ("party", "partner"):
            end: TieEnd = getattr(placed.record, key)
            resource = directory.resources.get(end.resource or "")
            if resource and resource.is_closed:
                yield warning("R723", placed.place.at(key, "resource"), name=resource.name)


def ties_name_no_person(directory: Directory, _today: date) -> Iterator[Finding]:
    """R306: an end is an organisation or a role. W131: no text tells of one person."""
    for placed in directory.placed_ties:
        tie = placed.record
        for key in ("party", "partner"):
            name = getattr(tie, key).name
            if name and names_a_person(name):
                yield error("R306", placed.place.at(key, "name"), written=name)
            elif name and (found := personal_detail(name)):
                yield error("W131", placed.place.at(key, "name"), written=found[1])
        for field in _TEXTS:
            text = getattr(tie, field)
            if text and (found := personal_detail(text)):
                yield error("W131", placed.place.at(field), written=found[1])


def days_of_ties_are_not_ahead(directory: Directory, today: date) -> Iterator[Finding]:
    """R504: nobody met, and nothing was verified, tomorrow."""
    for placed in directory.placed_ties:
        for field in _DAYS:
            day = getattr(placed.record, field)
            if day and day > today:
                yield error("R504", placed.place.at(field), day=japanese_date(day), today=japanese_date(today))


def _name(directory: Directory, end: TieEnd) -> str:
    key, written = end.key
    known = {"organization": directory.organizations, "resource": directory.resources}.get(key, {})
    return str(getattr(known.get(written), "name", written))

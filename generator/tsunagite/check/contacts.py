"""Contacts: numbers that can be dialled, and somebody to reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tsunagite.findings import Finding, SourceLocation, error, warning
from tsunagite.records.directory import Directory, RuleContext
from tsunagite.records.load.records import Located
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.resource import Resource
from tsunagite.text import phones

Reached = Located[Resource] | Located[Organization]


def phones_are_possible(_ground: RuleContext, placed: Reached, _today: date) -> Iterator[Finding]:
    """R301: a number can exist in Japan, area code included."""
    for index, phone in enumerate(placed.record.phones):
        if not phones.is_sample(phone.number) and not phones.is_possible(phone.number):
            yield error("R301", placed.place.at("phones", index, "number"), number=phone.number)


def emergency_numbers_are_possible(directory: Directory, _today: date) -> Iterator[Finding]:
    """R301: the same of the emergency strip."""
    for index, line in enumerate(directory.settings.emergency):
        if not phones.is_possible(line.number):
            yield error(
                "R301", SourceLocation("resources/site.yml", ("emergency", index, "number")), number=line.number
            )


def sample_numbers_stay_in_samples(_ground: RuleContext, placed: Reached, _today: date) -> Iterator[Finding]:
    """R302, R305: a number such as 087-000-xxxx marks made-up records, and made-up records have no other number."""
    for index, phone in enumerate(placed.record.phones):
        made_up = phones.is_sample(phone.number)
        if made_up and not placed.record.sample:
            yield error("R302", placed.place.at("phones", index, "number"), number=phone.number)
        elif placed.record.sample and not made_up and not phones.is_short(phone.number):
            yield error("R305", placed.place.at("phones", index, "number"), number=phone.number)


def somebody_can_be_reached(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R303: a contact, or the reason why there is none (in the record or in its source)."""
    resource = placed.record
    if resource.is_idea or resource.is_closed or resource.no_contact_reason:
        return
    organization = ground.organizations.get(resource.organization or "")
    reachable = resource.voice_phones or resource.email or resource.form_url or resource.url
    through = organization and (organization.phones or organization.url)
    source = ground.source_of(resource)
    if not reachable and not through and not (source and source.no_contact_reason):
        yield error("R303", placed.place, name=resource.name)


def reasons_have_no_contact_beside_them(
    _ground: RuleContext, placed: Located[Resource], _today: date
) -> Iterator[Finding]:
    """R312: who can be reached needs no reason why there is no contact. A closed record leads elsewhere."""
    resource = placed.record
    contact = (
        next((phone.number for phone in resource.voice_phones), "")
        or resource.email
        or resource.form_url
        or resource.url
    )
    if resource.no_contact_reason and contact and not resource.is_closed:
        yield warning(
            "R312",
            placed.place.at("no_contact_reason"),
            reason=resource.no_contact_reason[:60],
            contact=str(contact)[:60],
        )


def windows_are_teams(_ground: RuleContext, placed: Reached, _today: date) -> Iterator[Finding]:
    """R304: a window that hangs on one person closes when that person is away (窓口はチームで)."""
    roles = placed.record.contact_roles
    if len(roles) == 1:
        yield warning("R304", placed.place.at("contact_roles"), name=placed.record.name, role=roles[0].role)

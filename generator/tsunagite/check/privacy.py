"""Privacy: git keeps every line for ever, so private persons' details are refused before they are published.

Law: 個人情報保護法 (since 2017-05-30 also for 町内会, NPO and sole traders). Addresses of refuges: DV防止法.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from tsunagite.findings import Finding, Loc, error, warning
from tsunagite.records.directory import RuleContext
from tsunagite.records.load.records import Located
from tsunagite.records.model.base.fields import title_of
from tsunagite.records.model.organization import Organization
from tsunagite.records.model.resource import Resource
from tsunagite.text import phones
from tsunagite.text.dates import guess_date, japanese_date, parse_iso
from tsunagite.text.person_names import is_personal_mail, person_names
from tsunagite.text.private_text import home_in_address, home_named_in, names_a_person, person_named_in

_LEADING_THERE = ("address", "postal_code", "building", "machiaza_id", "lat", "lng", "directions")
_NUMBERS = ("number", "external_ids", "sources", "machiaza_id", "url", "form_url")  # other digits than a person's
_NAMED_PLACES = ("location", "service_areas", "id", "name_kana")  # hold names of towns, which are surnames as well


Reached = Located[Resource] | Located[Organization]


def refuges_stay_secret(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R206: a refuge has no address, no coordinates and nothing else that leads there, whatever the consent."""
    location = placed.record.location
    if location is None or not ground.kind(placed.record).secret_place:
        return
    telling = next((key for key in _LEADING_THERE if getattr(location, key) not in (None, "")), None)
    if telling:
        yield error("R206", placed.place.at("location", telling), kind=ground.kind(placed.record).label)


def private_persons_are_not_named(_ground: RuleContext, placed: Reached, _today: date) -> Iterator[Finding]:
    """R306: contacts are roles and departments; a person's name needs consent."""
    for loc, text in _role_texts(placed.record):
        if text and not _has_consent(placed.record, loc) and names_a_person(text):
            yield error("R306", placed.place.at(*loc), written=text)


def _has_consent(record: Resource | Organization, loc: Loc) -> bool:
    """Tell whether somebody agreed to publish what stands at a place in a record."""
    return isinstance(record, Resource) and record.consent is not None and record.consent.covers(str(loc[0]))


def _role_texts(record: Resource | Organization) -> Iterator[tuple[Loc, str]]:
    for index, role in enumerate(record.contact_roles):
        yield ("contact_roles", index, "role"), role.role
        yield ("contact_roles", index, "department"), role.department
    for index, phone in enumerate(record.phones):
        yield ("phones", index, "label"), phone.label
    if isinstance(record, Resource):
        yield ("verified_by",), record.verified_by
        yield ("contact_note",), record.contact_note


def mobile_numbers_have_a_basis(_ground: RuleContext, placed: Reached, _today: date) -> Iterator[Finding]:
    """R307: a mobile number, in any text, belongs to a person unless consent or an official list says otherwise."""
    if placed.record.sample:
        return
    for index, phone in enumerate(placed.record.phones):
        if phones.is_mobile(phone.number) and not _has_consent(placed.record, ("phones",)):
            yield error("R307", placed.place.at("phones", index, "number"), number=phone.number)
    for loc, text in _free_texts(placed.record, ()):
        for number in phones.mobile_numbers_in(text) if not _has_consent(placed.record, loc) else ():
            yield error("R307", placed.place.at(*loc), number=number)


def _free_texts(part: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield every text of a record but its numbers of telephones and of other registers."""
    if isinstance(part, str):
        yield loc, part
    elif isinstance(part, BaseModel):
        for key in type(part).model_fields:
            if key not in _NUMBERS and key != "professional":
                yield from _free_texts(getattr(part, key), (*loc, key))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _free_texts(value, (*loc, key))
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            yield from _free_texts(value, (*loc, index))


def people_on_photographs_have_agreed(
    _ground: RuleContext, placed: Located[Resource], _today: date
) -> Iterator[Finding]:
    """R317: who can be recognised on a photograph has agreed, and ``consent`` says so: then its end and its scope count, too."""
    for index, photo in enumerate(placed.record.photos):
        if photo.people == "agreed" and not _has_consent(placed.record, ("photos",)):
            yield error("R317", placed.place.at("photos", index, "people"), file=photo.file)


def private_parts_stay_private(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R316: what only professionals may see is not written in the public repository."""
    if placed.record.professional is not None and not ground.professional:
        yield error("R316", placed.place.at("professional", on_key=True), name=placed.record.name)


def texts_name_no_person(ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R313: no text names a person. The names are likely, not certain: a person looks at each. What R306 refuses is left to it."""
    town = ground.settings.municipality[:-1]
    refused = {loc for loc, text in _role_texts(placed.record) if text and names_a_person(text)}
    for loc, text in _free_texts(placed.record, ()):
        if loc[0] in _NAMED_PLACES or loc in refused or _has_consent(placed.record, loc):
            continue
        if loc[0] in ("name", "alt_names"):
            found = next(iter(person_names(text, town)), "")
        else:
            found = person_named_in(text, town, str(loc[1]) if loc[0] == "attributes" else "")
        if found:
            yield warning("R313", placed.place.at(*loc), written=found)


def mail_addresses_belong_to_groups(_ground: RuleContext, placed: Reached, _today: date) -> Iterator[Finding]:
    """R314: a mail address is that of a group, not one person's own."""
    mail = placed.record.email if isinstance(placed.record, Resource) else None
    if mail and is_personal_mail(mail) and not _has_consent(placed.record, ("email",)):
        yield warning("R314", placed.place.at("email"), written=mail)


def texts_lead_to_no_home(_ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R315: no text sends somebody to the home of a person."""
    for loc, text in _free_texts(placed.record, ()):
        if (
            loc[:2] not in (("location", "address"), ("location", "building"))
            and not _has_consent(placed.record, loc)
            and (found := home_named_in(text))
        ):
            yield warning("R315", placed.place.at(*loc), written=found)


def homes_are_not_addresses(_ground: RuleContext, placed: Located[Resource], _today: date) -> Iterator[Finding]:
    """R308: a private home is not printed as an address without consent."""
    location = placed.record.location
    if not location or _has_consent(placed.record, ("location",)):
        return
    for key, text in (("address", location.address), ("building", location.building)):
        if text and home_in_address(text):
            yield error("R308", placed.place.at("location", key), written=text)


def consent_has_not_ended(_ground: RuleContext, placed: Located[Resource], today: date) -> Iterator[Finding]:
    """R309 the consent has ended: nothing that it covers is shown any more. R310, R311: it has readable dates."""
    consent = placed.record.consent
    if not consent:
        return
    for key, text in (("on", consent.on), ("expires", consent.expires)):
        if text and parse_iso(text) is None:
            guess = guess_date(text)
            yield error("R310", placed.place.at("consent", key), written=text, suggestion=str(guess or ""))
    expires = parse_iso(consent.expires) if consent.expires else None
    if expires and expires < today:
        yield warning(
            "R309",
            placed.place.at("consent", "expires"),
            day=japanese_date(expires),
            what="・".join(title_of(Resource, (field,)) for field in consent.fields) or "記録",
        )
    if consent.basis != "official_list" and not consent.on:
        yield warning("R311", placed.place.at("consent"), name=placed.record.name)

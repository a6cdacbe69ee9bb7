"""Records as services of the Human Services Data Specification 3.0 (openreferral.org), each with all that belongs to it.

Ids are UUIDs made from the first address of the site and the id of the record: the same in every build, also of a site that moved, other for another site.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from tsunagite.opendata.view import CatalogueTerm, OpenRecord, OpenRecords, Span

_DAYS = {"月": "MO", "火": "TU", "水": "WE", "木": "TH", "金": "FR", "土": "SA", "日": "SU"}
Uuid = Callable[[str], str]
Data = dict[str, Any]


def services(view: OpenRecords) -> Iterator[Data]:
    """Yield every record as a service in the shape of the published schema (schema/compiled/service_package.json)."""
    space = uuid.uuid5(uuid.NAMESPACE_URL, view.first_address or f"tsunagite:{view.municipality or view.site_name}")

    def made(name: str) -> str:
        return str(uuid.uuid5(space, name))

    for record in view.records:
        yield _service(record, made, view)


def _service(record: OpenRecord, made: Uuid, view: OpenRecords) -> Data:
    key = f"service/{record.id}"
    own = made(key)
    service: Data = {
        "id": own,
        "organization_id": made(f"organization/{record.organization.label}") if record.organization.label else None,
        "name": record.name,
        "alternate_name": "、".join(record.alt_names),
        "description": "\n".join(filter(None, (record.summary, record.description))),
        "url": record.url,
        "email": record.email,
        "status": "active",
        "application_process": "\n".join(record.how_to_use),
        "fees_description": record.fee,
        "eligibility_description": record.conditions,
        "minimum_age": record.age_min,
        "maximum_age": record.age_max,
        "assured_date": record.verified_on,
        "phones": [_phone(made, own, f"{key}/phone/{i}", phone) for i, phone in enumerate(record.phones)],
        "schedules": _schedules(record, made, own, key),
        "service_areas": [
            {"id": made(f"{key}/area/{area.id}"), "service_id": own, "name": area.label} for area in record.areas
        ],
        "service_at_locations": _locations(record, made, own, key),
        "languages": [
            {"id": made(f"{key}/language/{one.id}"), "service_id": own, "name": one.label, "code": one.id}
            for one in record.languages
        ],
        "organization": _organization(record, made),
        "cost_options": _costs(record, made, own, key),
        "required_documents": [
            {"id": made(f"{key}/document/{i}"), "service_id": own, "document": text}
            for i, text in enumerate(record.documents)
        ],
        "attributes": list(_attributes(record, made, own, key, view)),
    }
    return _without_unknown(service)


def _without_unknown(data: Data) -> Data:
    """Leave out what is not known: a missing key says so, an empty text would be a statement."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _phone(made: Uuid, owner: str, key: str, phone: tuple[str, str, str, bool]) -> Data:
    number, label, extension, fax = phone
    return _without_unknown(
        {
            "id": made(key),
            "service_id": owner,
            "number": number,
            "extension": int(extension) if extension.isascii() and extension.isdigit() else None,
            "type": "fax" if fax else "voice",
            "description": label,
        }
    )


def _schedules(record: OpenRecord, made: Uuid, owner: str, key: str) -> list[Data]:
    found = [_schedule(span, made(f"{key}/schedule/{i}"), owner) for i, span in enumerate(record.spans)]
    if record.hours_note:
        found.append({"id": made(f"{key}/schedule/note"), "service_id": owner, "notes": record.hours_note})
    return found


def _schedule(span: Span, own: str, owner: str) -> Data:
    """Return a span as iCalendar says it: WEEKLY on MO,TH or MONTHLY on 2WE,4WE. Holidays have no day of their own there."""
    days = [_DAYS[day] for day in span.days if day in _DAYS]
    by_day = ",".join(f"{n}{day}" for n in span.nth for day in days) if span.nth else ",".join(days)
    return _without_unknown(
        {
            "id": own,
            "service_id": owner,
            "valid_from": span.valid_from,
            "valid_to": span.valid_to,
            "freq": "MONTHLY" if span.nth else "WEEKLY",
            "byday": by_day,
            "opens_at": span.opens,
            "closes_at": span.closes,
            "description": span.label,
            "notes": "祝日も開きます" if "祝" in span.days else "",
        }
    )


def _locations(record: OpenRecord, made: Uuid, owner: str, key: str) -> list[Data]:
    place = record.place
    if not place.address and place.lat is None:
        return []
    own = made(f"location/{record.id}")
    address = {
        "id": made(f"{key}/address"),
        "location_id": own,
        "address_1": f"{place.town}{place.block}" or place.address,
        "address_2": place.building,
        "city": place.city,
        "state_province": place.prefecture,
        "postal_code": place.postal_code,
        "country": "JP",
        "address_type": "physical",
    }
    access = "、".join(term.label for term in record.access)
    missing = "、".join(term.label for term in record.missing)
    location = _without_unknown(
        {
            "id": own,
            "location_type": "physical",
            "name": record.name,
            "latitude": place.lat,
            "longitude": place.lng,
            "transportation": place.directions,
            "addresses": [address] if place.address else [],
            "accessibility": [
                _without_unknown(
                    {
                        "id": made(f"{key}/access"),
                        "location_id": own,
                        "description": access,
                        "details": missing and f"ない：{missing}",
                    }
                )
            ]
            if access or missing
            else [],
        }
    )
    return [{"id": made(f"{key}/at"), "service_id": owner, "location_id": own, "location": location}]


def _organization(record: OpenRecord, made: Uuid) -> Data:
    name = record.organization.label
    if not name:
        return {}
    own = made(f"organization/{name}")
    number = record.corporate_number
    identifier = {
        "id": made(f"organization/{name}/number"),
        "organization_id": own,
        "identifier_type": "法人番号",
        "identifier": number,
    }
    return _without_unknown(
        {"id": own, "name": name, "description": name, "organization_identifiers": [identifier] if number else []}
    )


def _costs(record: OpenRecord, made: Uuid, owner: str, key: str) -> list[Data]:
    if record.fee_amount is None:
        return []
    return [
        {
            "id": made(f"{key}/cost"),
            "service_id": owner,
            "currency": "JPY",
            "amount": record.fee_amount,
            "amount_description": record.fee,
        }
    ]


def _attributes(record: OpenRecord, made: Uuid, owner: str, key: str, view: OpenRecords) -> Iterator[Data]:
    """Yield the words of our vocabularies that speak of a service, then its licence, credit and page."""
    words: tuple[tuple[str, tuple[CatalogueTerm, ...]], ...] = (
        ("種類", (record.kind,)), ("困りごと", record.needs), ("助け合いのかたち", record.levels)
    )  # fmt: skip
    for taxonomy, terms in words:
        for term in terms:
            yield {
                "id": made(f"{key}/{taxonomy}/{term.id}"),
                "link_id": owner,
                "link_entity": "service",
                "link_type": taxonomy,
                "taxonomy_term": {
                    "id": made(f"term/{taxonomy}/{term.id}"),
                    "code": term.id,
                    "name": term.label,
                    "description": term.label,
                    "taxonomy": taxonomy,
                },
            }
    page = f"{view.site_url}/{record.page}" if view.site_url else ""
    for link_type, value in (("licence", record.licence), ("credit", record.credit), ("page", page)):
        if value:
            yield {
                "id": made(f"{key}/{link_type}"),
                "link_id": owner,
                "link_entity": "service",
                "link_type": link_type,
                "value": value,
            }

"""What of a record may be shown where: visibility, consent (its scope, its fields, its end), and a refusal. Everything that shows records asks here."""

from __future__ import annotations

from datetime import date
from typing import Literal

from tsunagite.records.model.resource import Resource

Medium = Literal["web", "print", "opendata"]
"""The site with everything in it (search, offline, calendars, PDFs that it offers), paper, and open data."""
CLOSED: dict[str, tuple[Medium, ...]] = {"print_only": ("web", "opendata"), "no_opendata": ("opendata",)}
"""The outputs that a visibility keeps a record out of."""
COARSE = 2
"""Decimals of a degree that are left of a delicate position: about one kilometre."""


def visible_in(resource: Resource, medium: Medium, today: date | None) -> Resource | None:
    """Return a record as an output may show it: whole, without the fields that its consent leaves out, or None.

    Without ``today``, ends of consents are not asked.
    """
    if resource.status == "declined" or medium in CLOSED.get(resource.visibility, ()):
        return None
    consent = resource.consent
    if consent is None or (medium in consent.scope and not (today and consent.has_ended(today))):
        return resource
    return without_fields(resource, consent.fields) if consent.fields else None


def without_fields(resource: Resource, fields: tuple[str, ...]) -> Resource:
    """Return a record without some fields: itself where none of them is written."""
    empty = {key: Resource.model_fields[key].get_default(call_default_factory=True) for key in fields}
    written = {key: value for key, value in empty.items() if getattr(resource, key) != value}
    return resource.model_copy(update=written) if written else resource


def with_coarse_place(resource: Resource) -> Resource:
    """Return a delicate record whose point says no more than its address: one without a house number has none that is exact."""
    place = resource.location
    if place is None or place.point is None or any(character.isdigit() for character in place.address):
        return resource
    lat, lng = place.point
    rough = place.model_copy(update={"lat": round(lat, COARSE), "lng": round(lng, COARSE), "geo_precision": "town"})
    return resource if rough == place else resource.model_copy(update={"location": rough})

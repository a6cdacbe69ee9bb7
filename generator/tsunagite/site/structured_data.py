"""What search engines read of a record: schema.org data, as a script element of its page holds them."""

from __future__ import annotations

import json
from datetime import date

from tsunagite.records.directory import RecordContext
from tsunagite.records.model.resource import Resource
from tsunagite.text import phones


def json_ld(directory: RecordContext, resource: Resource, path: str) -> str:
    """Return schema.org data of a record whose page lies at ``path``. Made-up, ended and proposed records say nothing there."""
    if resource.sample or resource.is_idea or resource.is_closed:
        return ""
    location = resource.location
    data: dict[str, object] = {"@context": "https://schema.org", "@type": "Place", "name": resource.name}
    if url := directory.settings.address_of(path):
        data["url"] = url
    if resource.summary:
        data["description"] = resource.summary
    if resource.voice_phones:
        data["telephone"] = phones.tel_href(resource.voice_phones[0].number).removeprefix("tel:")
    if location and location.address:
        data["address"] = {"@type": "PostalAddress", "addressCountry": "JP", "streetAddress": location.address}
    if location and location.point:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": location.lat, "longitude": location.lng}
    english = dict(
        zip(
            "月火水木金土日",
            ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
            strict=True,
        )
    )
    trusted = directory.trusted_until(
        resource
    )  # after it the hours hold for nobody, whoever reads the page's data then
    spans: list[dict[str, object]] = [
        {
            "@type": "OpeningHoursSpecification", "dayOfWeek": [english[d] for d in span.days if d in english],
            "opens": span.open, "closes": span.close,
            **({"validFrom": span.valid_from.isoformat()} if span.valid_from else {}),
            **_last_day(span.valid_to, trusted),
        }
        for span in resource.hours
        if not span.nth
    ]  # fmt: skip
    if (pause := resource.pause_after(None)) and pause.until:
        # schema.org: a day that opens and closes at 00:00 is a closed one.
        since = {"validFrom": pause.since.isoformat()} if pause.since else {}
        spans.append(
            {
                "@type": "OpeningHoursSpecification",
                "opens": "00:00",
                "closes": "00:00",
                **since,
                "validThrough": pause.until.isoformat(),
            }
        )
    elif pause:
        spans = []
    if spans:
        data["openingHoursSpecification"] = spans
    text = json.dumps(data, ensure_ascii=False, sort_keys=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _last_day(*days: date | None) -> dict[str, str]:
    last = min(filter(None, days), default=None)
    return {"validThrough": last.isoformat()} if last else {}

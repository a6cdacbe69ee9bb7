"""What a second list says about a facility becomes missing values and one attribute; nothing of the record is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tsunagite.importing.facility import POINT, FacilityPlace, is_estimated, together
from tsunagite.records.load.municipalities import municipalities, prefectures
from tsunagite.records.model.source import Source
from tsunagite.text.kana import as_reading
from tsunagite.text.name_notes import pause_in
from tsunagite.text.names import name_key, plain_characters
from tsunagite.text.normalize import nfkc

_UNMARKED = re.compile(r"[\s、。，．,・]+")
LABEL = 60
"""The longest label of a telephone, as ``Phone`` has it."""
_PARTS = {"体育館": "たいいくかん"}
"""Parts of a name whose reading is known, so that the reading of the rest gives that of the whole."""


def enrich(data: dict[str, Any], source: Source, more: dict[str, Any]) -> dict[str, Any]:
    """Return the record with what a row of another list adds; fields stand in any order.

    A list with a ``label`` (AED, 避難所) speaks of equipment at the place: it gives a point and a reading at most.
    """
    result = dict(data)
    if "name_kana" not in result and (reading := reading_of(data["name"], more)):
        result["name_kana"] = reading
    location, other = dict(result.get("location") or {}), more.get("location") or {}
    better = "lat" in other and ("lat" not in location or (is_estimated(location) and not is_estimated(other)))
    if better and not _other_house(data, more):
        location = {key: value for key, value in location.items() if key not in POINT} | {
            key: other[key] for key in POINT if key in other
        }
    if not source.label:
        location = {**{key: value for key, value in other.items() if key in ("postal_code", "building")}, **location}
        for key in ("phones", "url", "email", "organization", "capacity", "capacity_note"):
            of_service = key.startswith("capacity") and "services" in more and "services" not in data
            if key not in result and key in more and not of_service:  # 20 places of day care are none of the clinic
                result[key] = more[key]
                if key == "phones" and "consent" in more:
                    result["consent"] = more["consent"]
        if "hours" not in result and "hours_note" not in result:
            result |= {key: more[key] for key in ("hours", "hours_note") if key in more}
        result["services"] = list(dict.fromkeys((*result.get("services", ()), *more.get("services", ()))))
        numbers = dict(result.get("external_ids") or {})
        for label, number in (more.get("external_ids") or {}).items():
            numbers[label] = "・".join(dict.fromkeys((*numbers.get(label, number).split("・"), number)))
        result["external_ids"] = numbers
        names = [*result.get("alt_names", ()), *more.get("alt_names", ())]
        if name_key(more["name"]) != name_key(data["name"]):
            names.append(more["name"])
        result["alt_names"] = list(dict.fromkeys(names))
    if location:
        result["location"] = location
    attributes = dict(result.get("attributes") or {})
    if text := "、".join(_facts(result, more)):
        label = source.label or next(iter(more.get("services", ())), "") or source.name
        attributes[_free(label, attributes)] = text
    result["attributes"] = attributes
    row = more["sources"][0]
    result["sources"] = result["sources"] + ([row] if row not in result["sources"] else [])
    return {key: value for key, value in result.items() if value not in ([], {}, "")}


def tell_whose_phones(data: dict[str, Any], giver: dict[str, Any], rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the record with a label at numbers that may not be those of the whole place. ``giver`` is the row they come from.

    A number of a row with another name gets that name: a clinic is not called where only its visiting nurses have a telephone. Where
    the services of one office have different telephones, the number gets the first service that it was written beside.
    """
    phones = data.get("phones", ())
    own = {phone["number"] for phone in phones}
    others = any(phone["number"] not in own for row in rows if "services" in row for phone in _voice(row))
    services = giver.get("services", ()) if others else ()
    other_name = giver["name"] if name_key(giver["name"]) != name_key(data["name"]) else ""
    who = other_name or next(iter(services), "")
    if not who:
        return data
    return data | {
        "phones": [
            {**phone, "label": who[:LABEL]} if "label" not in phone and (other_name or phone in _voice(data)) else phone
            for phone in phones
        ]
    }


def _voice(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [phone for phone in data.get("phones", ()) if phone.get("type") != "fax"]


def reading_of(name: str, more: dict[str, Any]) -> str:
    """Return the reading of ``name`` where the other list reads the same name, with or without its owner."""
    whole, other = "".join(plain_characters(name).split()), "".join(plain_characters(more["name"]).split())
    reading = as_reading(more.get("name_kana", ""))
    for part, part_reading in _PARTS.items():
        if other.endswith(part) and not whole.endswith(part) and reading.endswith(part_reading):
            other, reading = other.removesuffix(part), reading.removesuffix(part_reading)
    if not reading or not other or not whole.endswith(other):
        return ""
    owner = whole.removesuffix(other)
    return reading if not owner else owner_read + reading if (owner_read := _owner_reading(owner)) else ""


@cache
def _owner_reading(owner: str) -> str:
    """Return the reading of a municipality or prefecture, with 立 behind it or not; "" where it is none, or read in two ways."""
    name = owner.removesuffix("立")
    readings = {one.reading for one in municipalities() if one.name == name} | {
        read for prefecture, read in prefectures().items() if prefecture == name
    }
    return readings.pop() + ("りつ" if name != owner else "") if len(readings) == 1 else ""


def _facts(data: dict[str, Any], more: dict[str, Any]) -> Iterator[str]:
    """Yield what the row says that the record does not, as short texts."""
    known = data.get("attributes") or {}
    if (pause := pause_in(more["name"])) and not pause_in(data["name"]):
        yield pause.removeprefix("※")
    yield from (f"{label} {text}" for label, text in (more.get("attributes") or {}).items()
                if (own := known.get(label, "")) != text and not _say_the_same(own, text))  # fmt: skip
    access = more.get("access") or {}
    yield from (f"{label} 有" for label in access.get("features", ()))
    if more.get("capacity") not in (None, data.get("capacity")):
        yield f"定員 {more['capacity']}人"
    if more.get("capacity_note") not in (None, data.get("capacity_note")):
        yield f"定員 {more['capacity_note']}"
    if "hours" in more and more["hours"] != data.get("hours"):
        yield from (f"{span['days']} {span['open']}～{span['close']}" for span in more["hours"])
    for key in ("hours_note", "description"):
        if key in more and not _say_the_same(more[key], data.get(key)):
            yield " ".join(str(more[key]).split())
    for part in ("fee", "eligibility"):
        note = (more.get(part) or {}).get("note", "")
        if note and not _say_the_same(note, (data.get(part) or {}).get("note")):
            yield " ".join(str(note).split())
    if "services" in data and "services" in more and _other_house(data, more):
        yield f"住所 {more['location']['address']}"
    numbers = {phone["number"] for phone in data.get("phones", ())}
    yield from (f"電話 {phone['number']}" for phone in _voice(more) if phone["number"] not in numbers)


def _other_house(data: dict[str, Any], more: dict[str, Any]) -> bool:
    """Tell whether the row names another house: both have an address, these differ, and no two points say that they are one place."""
    own, other = FacilityPlace.of_data(data), FacilityPlace.of_data(more)
    return bool(own.address and other.address) and not together(own, other)


def _say_the_same(one: object, other: object) -> bool:
    """Tell whether two sentences differ in blanks, line ends and marks at most."""
    return all(isinstance(text, str) for text in (one, other)) and _UNMARKED.sub("", nfkc(str(one))) == _UNMARKED.sub(
        "", nfkc(str(other))
    )


def _free(label: str, attributes: dict[str, str]) -> str:
    """Return the label, or label（2）… where it is taken."""
    count = 1
    while (free := label if count == 1 else f"{label}（{count}）") in attributes:
        count += 1
    return free

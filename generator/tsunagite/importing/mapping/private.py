"""What a list tells of private persons stays out of records: columns of persons, names, homes, mobile numbers in sentences. Pure.

The values are not quoted in the report either: it says which row and which column was left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from tsunagite.importing.draft import HIDDEN, Draft, Dropped, Reason, Repair
from tsunagite.records.model.source import Source
from tsunagite.text.normalize import nfkc
from tsunagite.text.person_names import is_personal_mail, person_names
from tsunagite.text.phones import mobile_numbers_in
from tsunagite.text.private_text import home_in_address, is_persons_column, private_in

_NEVER = ("name", "name_kana", "name_en")  # a list of names is refused by its description, not emptied
_OF_HISTORY = ("文化財", "観光施設")  # may be called after somebody
_TEXTS = ("summary", "description", "memo", "contact_note", "hours_note", "capacity_note")
_TEXTS_IN = {"fee": ("note",), "eligibility": ("note",), "access": ("note",), "location": ("directions",)}
_private_in = lru_cache(maxsize=20_000)(private_in)  # the same operators and remarks stand in many rows


def without_person_columns(source: Source) -> tuple[Source, tuple[str, ...]]:
    """Return the description without the columns that hold nothing but persons, and the headers of those."""
    left_out = tuple(
        header for header, target in source.columns.items() if target not in _NEVER and is_persons_column(header)
    )
    if not left_out:
        return source, ()
    columns = {header: target for header, target in source.columns.items() if header not in left_out}
    return source.model_copy(update={"columns": columns, "ignore": (*source.ignore, *left_out)}), left_out


def without_private(draft: Draft, source: Source, town: str) -> Draft | Dropped:
    """Return the draft without the values that tell of a private person, Dropped where its name is one (a sole trader in a list of shops).

    ``town`` is the municipality: its name is a surname, too.
    Nothing is taken out where the description says that the persons agreed (``constants: consent``).
    """
    if "consent" in source.constants:
        return draft
    if _is_person(draft.name, town) and draft.data.get("kind") not in _OF_HISTORY:
        return Dropped(draft.row, HIDDEN, Reason.PRIVATE, file=draft.file, id=draft.id)
    found = list(_found_in(draft.data, town, has_basis="consent" in draft.data))
    if not found:
        return draft
    data = dict(draft.data)
    for path, _text in found:
        _take_out(data, path)
    headers = {target: header for header, target in source.columns.items()}
    texts = [text for _, text in found]
    repairs = [_hidden(repair) if any(text in repair.read for text in texts) else repair for repair in draft.repairs]
    told = dict.fromkeys((headers.get(_target(path), path[-1]), _left(draft.data, path)) for path, _ in found)
    return replace(
        draft, data=data, repairs=(*repairs, *(Repair(one, HIDDEN, left, Reason.PRIVATE) for one, left in told))
    )


@lru_cache(maxsize=20_000)
def _is_person(name: str, town: str) -> bool:
    """Tell whether a name is that of a person, and of nothing else."""
    return any(len("".join(one.split())) == len("".join(nfkc(name).split())) for one in person_names(name, town))


def _found_in(data: dict[str, Any], town: str, *, has_basis: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield where a private value stands, and the text. With a basis for its number (``has_basis``) a mobile number may stand in sentences."""
    for path, text, heading in _texts_of(data):
        if (private := _private_in(text, town, heading, is_role=path == ("contact_note",))) and not (
            has_basis and mobile_numbers_in(private)
        ):
            yield path, text
    for index, phone in enumerate(data.get("phones", ())):
        if (label := phone.get("label", "")) and _private_in(label, town, is_role=True):
            yield ("phones", str(index), "label"), label
    if (mail := data.get("email")) and is_personal_mail(mail):
        yield ("email",), mail
    location = data.get("location") or {}
    for key in ("address", "building"):
        if (words := location.get(key)) and home_in_address(words):
            yield ("location",), words


def _texts_of(data: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield every sentence of a draft: its place, itself, and the heading it stands under ("" for none)."""
    for key in _TEXTS:
        if text := data.get(key):
            yield (key,), text, ""
    for key, inner in _TEXTS_IN.items():
        part = data.get(key) or {}
        for name in inner:
            if text := part.get(name):
                yield (key, name), text, ""
    for label, text in (data.get("attributes") or {}).items():
        yield ("attributes", label), str(text), label


def _take_out(data: dict[str, Any], path: tuple[str, ...]) -> None:
    """Remove one value (``data`` is changed, its parts are copied)."""
    first, *rest = path
    part = data.get(first)
    if first == "phones" and isinstance(part, list):
        number = int(rest[0])
        data[first] = [
            {k: v for k, v in one.items() if k != "label"} if i == number else one for i, one in enumerate(part)
        ]
    elif rest and isinstance(part, dict):
        left = {key: value for key, value in part.items() if key != rest[0]}
        if left:
            data[first] = left
        else:
            del data[first]
    else:
        data.pop(first, None)


def _left(data: dict[str, Any], path: tuple[str, ...]) -> str:
    """Return what of a cell is still taken: the number beside the name of a person, else nothing."""
    return str(data["phones"][int(path[1])]["number"]) if path[0] == "phones" else ""


def _target(path: tuple[str, ...]) -> str:
    """Return the target of a column that fills a place in a record."""
    return path[0] if path[0] == "phones" else "location.address" if path == ("location",) else ".".join(path)


def _hidden(repair: Repair) -> Repair:
    """Return a repair that quotes nothing."""
    return replace(repair, read=HIDDEN, became=HIDDEN if repair.became else "", rest="", proposal="")

"""Rows of one list that share a number: one office with several services, or two places that somebody gave one number. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tsunagite.importing.draft import Draft, Pair
from tsunagite.importing.facility import FacilityPlace, together
from tsunagite.records.model.source import Source
from tsunagite.text.phones import plain_phone

_OF_NAMES = ("name", "name_kana")


@dataclass
class Apart:
    """The drafts with an id for every place, and the pairs of places that share a number."""

    drafts: list[Draft] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)


@dataclass(frozen=True)
class _Seen:
    place: FacilityPlace
    phones: frozenset[str]
    draft: Draft

    @classmethod
    def of(cls, draft: Draft) -> _Seen:
        phones = frozenset(
            plain_phone(str(phone["number"])) for phone in draft.data.get("phones", ()) if phone.get("type") != "fax"
        )
        return cls(FacilityPlace.of_data(draft.data), phones, draft)

    def agrees(self, other: _Seen, *, wholly: bool) -> bool:
        """Tell whether two rows are one place: name, address and telephone, or, ``wholly`` not asked, one of the three."""
        name = self.place.name == other.place.name
        if wholly:
            return name and self.place.address == other.place.address and self.phones == other.phones
        return name or together(self.place, other.place) or bool(self.phones & other.phones)


def set_apart(drafts: Sequence[Draft], source: Source, decided: Mapping[frozenset[str], bool]) -> Apart:
    """Give rows that share an id, but neither name nor address nor telephone, ids of their own, and ask about them.

    Where a list has no number the id comes from the name: then all three must agree, and there is nothing to ask.
    ``decided`` is what people said of pairs of ids.
    """
    of_names = source.columns.get(source.id_rule.number) in _OF_NAMES
    places: dict[str, list[list[_Seen]]] = {}
    for draft in drafts:
        known, seen = places.setdefault(draft.id, []), _Seen.of(draft)
        wholly = of_names or draft.data["sources"][0].get("row") == draft.name
        found = next((place for place in known if any(seen.agrees(one, wholly=wholly) for one in place)), None)
        if found is None:
            known.append([seen])
        else:
            found.append(seen)
    ids: dict[int, str] = {}
    result = Apart()
    for shared, several in places.items():
        first, *others = sorted(several, key=lambda place: min(map(_mark, place))) if len(several) > 1 else several
        for place in others:
            own = f"{shared}-{min(map(_mark, place))}"
            said = decided.get(frozenset((shared, own)))
            if said is None and not of_names:
                metres = first[0].place.metres_to(place[0].place)
                result.pairs.append(
                    Pair(
                        shared, first[0].draft.name, own, place[0].draft.name, None if metres is None else round(metres)
                    )
                )
            ids |= {} if said else {id(seen.draft): own for seen in place}
    result.drafts = [
        replace(draft, data={**draft.data, "id": ids[id(draft)]}) if id(draft) in ids else draft for draft in drafts
    ]
    return result


def _mark(seen: _Seen) -> str:
    """Return four characters made from what a place is, so that its id does not hang on the order of rows."""
    facts = "|".join((seen.place.name, seen.place.address, *sorted(seen.phones)))
    return hashlib.blake2b(facts.encode(errors="surrogatepass"), digest_size=2).hexdigest()

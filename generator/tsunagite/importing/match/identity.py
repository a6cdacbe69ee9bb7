"""Which row of today's list is which row of the last one, though lists are renumbered, renamed and moved. Pure.

Numbers such as 1, 2, 3 count rows: one row put in between renumbers all below it. So a row is known again by a number of a
register, by its name at its place, by its name and telephone, by its number and name, and, under another name, by its
number or telephone at the same place. What is only like a known row is asked of a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz

from tsunagite.importing.draft import Draft, Pair
from tsunagite.importing.facility import FacilityPlace, together
from tsunagite.text.ids import free_id
from tsunagite.text.names import plain_characters
from tsunagite.text.phones import plain_phone

ALIKE = 90  # of 100: two spellings of one name
PERHAPS = 80  # of 100: one name with a word more (○○歯科医院, ○○歯科矯正歯科医院), enough to ask
SHORTEST = 4  # characters of a name that may stand in a longer one (春日幼稚園 in 旧春日幼稚園)
_OF_A_REGISTER = 7  # digits: a row counter never has so many
_NUMBERS = ("事業所番号", "医療機関コード")  # numbers of an office; 法人番号 is that of its owner


@dataclass(frozen=True)
class IdentityRow:
    """What a row is known by. ``number`` is as the list writes it."""

    id: str
    name: str
    number: str
    place: FacilityPlace
    phones: frozenset[str]
    offices: frozenset[str]

    @classmethod
    def of(cls, record_id: str, data: Mapping[str, Any], number: str) -> IdentityRow:
        """Read it from the values of a record or draft."""
        phones = (phone["number"] for phone in data.get("phones", ()) if phone.get("type") != "fax")
        ids = data.get("external_ids") or {}
        offices = {one for label in _NUMBERS for one in str(ids.get(label, "")).split("・") if one}
        numbers = frozenset(re.sub(r"\D", "", plain_phone(str(number))) for number in phones)
        return cls(
            record_id, str(data.get("name", "")), number, FacilityPlace.of_data(data), numbers, frozenset(offices)
        )

    @property
    def is_registered(self) -> bool:
        """Whether the number is that of a register and not a count of rows."""
        return sum(character.isdigit() for character in self.number) >= _OF_A_REGISTER


@dataclass
class Identified:
    """The drafts under their ids, how rows were known again under another name, place or number, and what to ask."""

    drafts: list[Draft] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    """The name before, by id."""
    asked: list[tuple[Draft, tuple[Pair, ...]]] = field(default_factory=list)
    """Drafts that may be a known row; first in a pair is the known one."""


def assign_ids(
    drafts: Sequence[Draft],
    known: Sequence[IdentityRow],
    decided: Mapping[frozenset[str], bool],
) -> Identified:
    """Give every draft the id of the row it is, or a free one."""
    if not known:
        return Identified(list(drafts))
    rows: dict[str, IdentityRow] = {}
    for draft in drafts:
        if draft.id not in rows:
            rows[draft.id] = IdentityRow.of(draft.id, draft.data, str(draft.data["sources"][0].get("row", "")))
    match = _Match(list(rows.values()), list(known))
    match.run()
    ids = {row_id: found.id for row_id, found in match.found.items()}
    used = {one.id for one in known} | set(ids.values())
    for row_id in rows:
        if row_id not in ids:
            ids[row_id] = free_id(row_id, used)
            used.add(ids[row_id])
    asked = _doubts(match, ids, decided)
    result = Identified(renamed={
        found.id: found.name for row_id, found in match.found.items() if found.name != rows[row_id].name
    })  # fmt: skip
    for draft in drafts:
        named = replace(draft, data={**draft.data, "id": ids[draft.id]})
        if draft.id in asked:
            result.asked.append((named, asked[draft.id]))
        else:
            result.drafts.append(named)
    return result


Keys = Callable[[IdentityRow], Iterable[object]]
Same = Callable[[IdentityRow, IdentityRow], bool]


class _Match:
    """Pairs new rows with known ones, the surest signs first; each is used once."""

    def __init__(self, rows: list[IdentityRow], known: list[IdentityRow]) -> None:
        self.rows, self.known = rows, known
        self.found: dict[str, IdentityRow] = {}
        self._used: set[str] = set()

    @property
    def new(self) -> list[IdentityRow]:
        """Rows not known again yet."""
        return [row for row in self.rows if row.id not in self.found]

    @property
    def left(self) -> list[IdentityRow]:
        """Known rows not found yet."""
        return [row for row in self.known if row.id not in self._used]

    def is_used(self, known: IdentityRow) -> bool:
        """Tell whether a known row was found."""
        return known.id in self._used

    def take(self, row: IdentityRow, known: IdentityRow) -> None:
        """Say that a row is a known one."""
        self.found[row.id] = known
        self._used.add(known.id)

    def run(self) -> None:
        """Go through the signs, the surest first."""
        signs: tuple[tuple[Keys, Same], ...] = (
            (lambda row: (row.id,), _as_it_was),
            (_registered, _agree),
            (lambda row: row.offices, _agree),
            (_alone(self, _registered), lambda _row, _known: True),
            (_alone(self, lambda row: row.offices), lambda _row, _known: True),
            (_number, lambda row, known: _same_words(row, known) and (_near(row, known) or _phone(row, known))),
            (_words, _near),
            (_words, _phone),
            (_number, lambda row, known: _same_name(row, known) and (_near(row, known) or _phone(row, known))),
            (_name, _near),
            (_name, _phone),
            (_number, _same_name),
            (_number, lambda row, known: _near(row, known) and (_alike(row, known) or _phone(row, known))),
            (_number, lambda row, known: _phone(row, known) and _alike(row, known)),
            (_phones, lambda row, known: _near(row, known) and _ratio(row, known)),
            (_address, _ratio),
        )
        for keys, same in signs:
            self._pass(keys, same)

    def _pass(self, keys: Keys, same: Same) -> None:
        left: dict[object, list[IdentityRow]] = defaultdict(list)
        for known in self.left:
            for key in keys(known):
                left[key].append(known)
        for row in self.new:
            fitting = (known for key in keys(row) for known in left.get(key, ())
                       if known.id not in self._used and same(row, known))  # fmt: skip
            ranked = sorted(fitting, key=lambda known: known.number != row.number)
            if ranked:
                self.take(row, ranked[0])


def _registered(row: IdentityRow) -> tuple[str, ...]:
    return (row.number,) if row.is_registered else ()


def _as_it_was(row: IdentityRow, known: IdentityRow) -> bool:
    """Tell whether a row with the id it had says what it said: rows of one name and house keep their own records."""
    return _same_name(row, known) and row.place.address == known.place.address and row.phones == known.phones


def _agree(row: IdentityRow, known: IdentityRow) -> bool:
    """Tell whether more than the number speaks for one place: two offices may share a number."""
    return _same_name(row, known) or _near(row, known) or _phone(row, known)


def _alone(match: _Match, keys: Keys) -> Keys:
    """Return the keys that one row and one known row have: there is nobody to mix them up with."""
    counts = [Counter(key for row in rows for key in set(keys(row))) for rows in (match.rows, match.known)]
    return lambda row: [key for key in keys(row) if all(count[key] <= 1 for count in counts)]


def _number(row: IdentityRow) -> Iterator[str]:
    if row.number:
        yield row.number


def _name(row: IdentityRow) -> Iterator[str]:
    yield row.place.name


def _words(row: IdentityRow) -> Iterator[str]:
    """Yield the whole name, brackets too: なかよしクラブ（第1） and （第2） are two classes with one telephone."""
    yield "".join(plain_characters(row.name).split())


def _phones(row: IdentityRow) -> Iterable[str]:
    return sorted(row.phones)


def _address(row: IdentityRow) -> Iterator[str]:
    if row.place.address:
        yield row.place.address


def _same_words(row: IdentityRow, known: IdentityRow) -> bool:
    return set(_words(row)) == set(_words(known))


def _same_name(row: IdentityRow, known: IdentityRow) -> bool:
    return row.place.name == known.place.name


def _near(row: IdentityRow, known: IdentityRow) -> bool:
    return together(row.place, known.place)


def _phone(row: IdentityRow, known: IdentityRow) -> bool:
    return bool(row.phones & known.phones)


def _ratio(row: IdentityRow, known: IdentityRow, least: int = ALIKE) -> bool:
    return fuzz.ratio(row.place.name, known.place.name) >= least


def _alike(row: IdentityRow, known: IdentityRow) -> bool:
    short, long = sorted((row.place.name, known.place.name), key=len)
    return _ratio(row, known) or (len(short) >= SHORTEST and short in long)


def _doubts(match: _Match, ids: dict[str, str], decided: Mapping[frozenset[str], bool]) -> dict[str, tuple[Pair, ...]]:
    """Return what to ask by the draft's first id; what people said before is done (``match`` and ``ids`` change)."""
    names = defaultdict(list)
    numbers, places = defaultdict(list), defaultdict(list)
    for known in match.left:
        names[known.place.name].append(known)
        numbers[known.number].append(known)
        for key in (*_address(known), *_phones(known)):
            places[key].append(known)
    asked: dict[str, tuple[Pair, ...]] = {}
    for row in match.new:
        candidates = [
            *names.get(row.place.name, ()),
            *(known for known in numbers.get(row.number, ()) if row.number and _near(row, known)),
            *(known for key in (*_address(row), *_phones(row)) for known in places.get(key, ())
              if _near(row, known) and (_alike(row, known) or _phone(row, known))),
            *(known for key in _phones(row) for known in places.get(key, ()) if _ratio(row, known, PERHAPS)),
        ]  # fmt: skip
        pairs: list[Pair] = []
        for known in {known.id: known for known in candidates if not match.is_used(known)}.values():
            said = decided.get(frozenset((known.id, ids[row.id])))
            if said:
                match.take(row, known)
                ids[row.id] = known.id
                pairs = []
                break
            if said is None:
                metres = row.place.metres_to(known.place)
                pairs.append(
                    Pair(known.id, known.name, ids[row.id], row.name, None if metres is None else round(metres))
                )
        if pairs:
            asked[row.id] = tuple(pairs)
    return asked

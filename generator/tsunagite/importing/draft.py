"""Draft: a record as a published list proposes it, before the model has judged it, and what was done to its row."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tsunagite.findings import Finding


class Reason(StrEnum):
    """Why a cell was read differently from what it says, or a row was left out (words: i18n ``import.why``)."""

    BLANKS = "blanks"
    SENTENCE_READ = "sentence_read"
    TOWN_POINT = "town_point"
    POINT_FAR = "point_far"
    FORM = "form"
    PHONES_SPLIT = "phones_split"
    PHONE_UNREADABLE = "phone_unreadable"
    URLS_SPLIT = "urls_split"
    MAIL_UNREADABLE = "mail_unreadable"
    TOO_LONG = "too_long"
    URL_UNREADABLE = "url_unreadable"
    COORDINATES_ZERO = "coordinates_zero"
    COORDINATES_UNREADABLE = "coordinates_unreadable"
    COORDINATES_SWAPPED = "coordinates_swapped"
    HOURS_RULED = "hours_ruled"
    HOURS_INCOMPLETE = "hours_incomplete"
    NUMBER_UNREADABLE = "number_unreadable"
    POSTAL_CODE_UNREADABLE = "postal_code_unreadable"
    BLANK_ROW = "blank_row"
    NOTE_ROW = "note_row"
    HEADER_AGAIN = "header_again"
    TOTAL_ROW = "total_row"
    ROW_LONGER = "row_longer"
    ROW_SHORTER = "row_shorter"
    NOTHING = "nothing"
    FORMULA_UNSAVED = "formula_unsaved"
    CELL_ERROR = "cell_error"
    DATE_CELL = "date_cell"
    NAME_DATE = "name_date"
    ADDRESS_DATE = "address_date"
    EXPONENT = "exponent"
    PHONE_ZERO_LOST = "phone_zero_lost"
    ZERO_LOST = "zero_lost"
    NO_NAME = "no_name"
    PLACEHOLDER = "placeholder"
    NO_NUMBER = "no_number"
    ENDED = "ended"
    REPEATED_NUMBER = "repeated_number"
    CAPACITY_AS_WRITTEN = "capacity_as_written"
    SCHEME_ADDED = "scheme_added"
    CODE_ADDED = "code_added"
    CITY_ADDED = "city_added"
    READING_UNREADABLE = "reading_unreadable"
    ZERO_UNKNOWN = "zero_unknown"
    POINT_OUTSIDE = "point_outside"
    BUILDING_REPEATED = "building_repeated"
    MOBILE = "mobile"
    NO_BODY = "no_body"
    OFFICER = "officer"
    PRIVATE = "private"
    OTHER_TOWN = "other_town"
    OUTSIDE_KEPT = "outside_kept"
    INVALID = "invalid"
    ID_TAKEN = "id_taken"
    KIND_UNSURE = "kind_unsure"
    NOT_A_RESOURCE = "not_a_resource"
    EVENT_PAST = "event_past"
    EVENT_NO_YEAR = "event_no_year"
    EVENT_DAYS_UNREADABLE = "event_days_unreadable"
    EVENT_YEAR_BY_WEEKDAY = "event_year_by_weekday"
    EVENT_CUT = "event_cut"
    EVENT_MOBILE = "event_mobile"


LOST = frozenset((Reason.FORMULA_UNSAVED, Reason.CELL_ERROR))
"""What a spreadsheet lost of a cell: the list says something there, and nobody knows what."""


class Take(StrEnum):
    """Whose value is taken where people and a list changed one apart."""

    LIST = "list"
    RECORD = "record"


HIDDEN = "＊"
"""Stands in the report for what it does not quote."""


@dataclass(frozen=True)
class Repair:
    """One cell that was not taken as it is. ``became`` is empty where it was left out; ``rest`` was not taken over.

    ``proposal`` is what was probably meant, for a person to decide.
    """

    column: str
    read: str
    became: str
    why: Reason
    rest: str = ""
    proposal: str = ""


@dataclass(frozen=True)
class Draft:
    """The proposed record of one row. ``data`` is plain (text, numbers, lists, dicts) in the order of the model.

    Nothing changes ``data`` or a part of it in place: drafts share the values that the description gives to all of them.

    ``row`` counts as a spreadsheet does: the header is row 1. ``file`` is set where a list comes in several files;
    ``rank`` is the place of the row's rule among the rules of its list (the main service of an office comes first).
    """

    row: int
    data: dict[str, Any]
    repairs: tuple[Repair, ...] = ()
    file: str = ""
    rank: int = 0
    lost: tuple[str, ...] = ()
    """Headers of the cells whose value a spreadsheet has lost: what the list said there before is still true for all anybody knows."""
    poi: str = ""
    """The POI codes of the row as they are written (evidence of its kind), "" without any."""
    parts_lost: bool = False
    """Whether cells are lost in rows of other lists that are a part of the record."""

    @property
    def id(self) -> str:
        """The id the record will have."""
        return str(self.data["id"])

    @property
    def name(self) -> str:
        """The name as it was written."""
        return str(self.data.get("name") or self.data.get("title", ""))


@dataclass(frozen=True)
class Dropped:
    """A row that becomes no record, and why. ``detail`` is what the reason speaks of (a number, a file).

    ``id`` is that of the draft it was, "" where it was none.
    """

    row: int
    name: str
    why: Reason
    detail: str = ""
    findings: tuple[Finding, ...] = ()
    file: str = ""
    id: str = ""


@dataclass(frozen=True)
class Merged:
    """A row that says more about a record another row makes. ``repairs`` and ``data`` are those of the row itself."""

    row: int
    name: str
    into: str
    repairs: tuple[Repair, ...] = ()
    file: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id the row would have as a record of its own."""
        return str(self.data.get("id", ""))


@dataclass(frozen=True)
class Pair:
    """Two records that may be one. ``metres`` is None where a point is missing."""

    first: str
    first_name: str
    second: str
    second_name: str
    metres: int | None

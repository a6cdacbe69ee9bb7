"""Why a file was read as it was: its form or its list, how sure that is, and where its owner and its day stand. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """``form`` is the name of the form or list, "" where the table is read by a draft; ``known`` of the ``named`` columns are known."""

    form: str = ""
    known: int = 0
    named: int = 0
    signs: tuple[str, ...] = ()
    """Headers, as the table writes them, that only this form has."""
    edition_of: str = ""
    """The id of the list of the site whose next edition the file is, "" for a new list."""
    shared: float = 0.0
    """The share of names that the file and that list both have, 0 to 1."""
    owner_from: str = ""
    """``said``, ``form``, ``list``, ``catalogue``, ``file_name``, the header of a column, or "" where nobody tells whose list it is."""
    day_from: str = ""
    """``said``, ``note``, ``catalogue``, ``file_name``, the header of a column, or "" where nobody tells the day."""

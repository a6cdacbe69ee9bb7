"""Form: a published form of lists (a standard, a register) that is known by its headers, and how its columns are read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Part, Slug
from tsunagite.records.model.source import Choice


class ListForm(Part):
    """One form. Columns and aliases as in a Source; ``signs`` are headers that only this form has, ``without`` none it has."""

    id: Slug
    name: str
    signs: tuple[str, ...] = Field(min_length=1)
    without: tuple[str, ...] = ()
    becomes: Literal["records", "events", "population", "areas"] = "records"
    into: str = ""
    prefix: Slug = "list"
    numbers: tuple[str, ...] = ()
    several_rows: bool = False
    owner: str = ""
    licence: str = ""
    credit: str = ""
    label: str = ""
    priority: int = 50
    no_contact_reason: str = ""
    columns: dict[str, str] = Field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    constants: dict[str, Any] = Field(default_factory=dict)
    choose: tuple[Choice, ...] = ()

"""Which records a query must find: rules over record fields, judged without the search engine's own normalisation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Record = Mapping[str, Any]
QUERIES = Path(__file__).with_name("queries.yml")
KEPT = Path(__file__).with_name("queries_kept.yml")
"""The questions that nobody who tunes the search opens, and of which only figures are told."""
VOCABULARY = Path(__file__).parents[2] / "generator" / "tsunagite" / "records" / "vocabulary"
GUIDE = "guide:"
"""Before the name of a guide, where record ids and guides stand in one list."""
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True)
class Query:
    """One thing somebody types, and the ids it must find. ``fine`` may be found too without being wrong.

    An emergency finds nothing: ``number`` must stand first above the results.
    """

    text: str
    half: str
    by: str
    typo: bool
    find: frozenset[str]
    fine: frozenset[str]
    group: str = ""
    number: str = ""


def read_records(resources: Path) -> list[Record]:
    """Read every record below a folder ``resources/`` (one a file, or ``records:``)."""
    records: list[Record] = []
    for path in sorted(resources.rglob("*.yml")):
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        found = data.get("records", [data]) if isinstance(data, dict) else []
        records += [record for record in found if isinstance(record, dict) and "id" in record]
    return records


def read_queries(records: list[Record], content: Path) -> list[Query]:
    """Read the queries and judge their rules. Ideas and closed records are never asked for, and never wrong."""
    resources = [
        r
        for r in records
        if {"kind", "name"} <= r.keys() and r.get("visibility") != "印刷物のみ" and r.get("status") != "掲載辞退"
    ]
    usable = {r["id"] for r in resources if r.get("stage", "すでにある") == "すでにある" and r.get("status") != "終了"}
    districts = Districts(records)
    guides = {path.stem for path in content.rglob("*.md")}
    numbers = first_numbers()
    queries = []
    for half, group, entry in read_entries():
        wanted = {
            key: {r["id"] for rule in rules_of(entry.get(key)) for r in found_by(rule, resources, districts)}
            | {GUIDE + name for rule in rules_of(entry.get(key)) for name in rule.get("guide", ()) if name in guides}
            for key in ("find", "fine")
        }
        find = {found for found in wanted["find"] if found in usable or found.startswith(GUIDE)}
        fine = (wanted["fine"] | wanted["find"]) - find
        number = numbers[entry["emergency"]] if "emergency" in entry else ""
        ids = (frozenset(find), frozenset(fine))
        queries.append(Query(entry["query"], half, entry["by"], bool(entry.get("typo")), *ids, group, number))
    return queries


def read_entries() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield the half, the group ("" where the half has none) and the entry of every query of both files."""
    for path in (QUERIES, KEPT):
        for half, groups in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            for group, entries in (groups if isinstance(groups, dict) else {"": groups}).items():
                yield from ((half, group, entry) for entry in entries)


def first_numbers() -> dict[str, str]:
    """Return the number that each entry of the list of emergencies calls first."""
    terms = {
        name: yaml.load((VOCABULARY / f"{name}.yml").read_bytes(), Loader=yaml.CSafeLoader)["terms"]
        for name in ("emergency", "hotline")
    }
    numbers = {term["id"]: term["number"] for term in terms["hotline"] if "number" in term}
    return {term["id"]: numbers[term["calls"][0]] for term in terms["emergency"] if "calls" in term}


def rules_of(entry: object) -> list[dict[str, list[str]]]:
    """Return the rules of one entry: none, one, or several of which one must hold."""
    return entry if isinstance(entry, list) else [entry] if isinstance(entry, dict) else []


def found_by(rule: Mapping[str, list[str]], records: list[Record], districts: Districts) -> list[Record]:
    """Return the records that meet a rule: every field named, each with one of its values. KeyError: no such field."""
    if "guide" in rule:
        return []
    for field in sorted(rule, key=EQUAL.__contains__, reverse=True):  # comparing is quicker than looking into texts
        if field in EQUAL:
            values = {*rule[field]}
            records = [r for r in records if not values.isdisjoint(EQUAL[field](r, districts))]
        else:
            parts = [plain(value) for value in rule[field]]
            records = [r for r in records if any(part in plain(text) for text in CONTAINS[field](r) for part in parts)]
    return records


def holds(rule: Mapping[str, list[str]], record: Record, districts: Districts) -> bool:
    """Tell whether a record meets a rule."""
    return bool(found_by(rule, [record], districts))


def attributes(record: Record) -> Mapping[str, Any]:
    """Return what a list told besides the fields that every record has."""
    return record.get("attributes") or {}


CONTAINS: Mapping[str, Callable[[Record], list[str]]] = {
    "name": lambda r: [r["name"], r.get("name_kana", ""), *r.get("alt_names", [])],
    "address": lambda r: [(r.get("location") or {}).get("address", "")],
    "services": lambda r: r.get("services") or [],
    "attribute": lambda r: list(attributes(r)),
    "departments": lambda r: [attributes(r).get("診療科目", "")],
    "text": lambda r: [whole_text(r)],
}
"""Fields in which one of the values must be contained."""
EQUAL: Mapping[str, Callable[[Record, Districts], list[Any]]] = {
    "ids": lambda r, _: [r["id"]],
    "kinds": lambda r, _: [r["kind"]],
    "needs": lambda r, _: r.get("needs") or [],
    "offers": lambda r, _: [name for name, value in attributes(r).items() if value != "無"],
    "organization": lambda r, _: [r.get("organization")],
    "district": lambda r, districts: [*(r.get("service_areas") or []), districts.of(r)],
    "phone": lambda r, _: [re.sub(r"\D", "", phone["number"]) for phone in r.get("phones") or []],
}
"""Fields of which one must be one of the values."""


@cache
def plain(text: str) -> str:
    """Return a text without differences of width, case and spaces, and nothing else."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


_WHOLE: dict[int, tuple[Record, str]] = {}


def whole_text(record: Record) -> str:
    """Return every string inside a record, with a NUL between them; it is made once for each record object."""
    kept = _WHOLE.get(id(record))
    if kept is None:  # the record is kept beside its text, so that no other object gets its id
        kept = _WHOLE[id(record)] = (record, "\0".join(strings(record)))
    return kept[1]


def strings(value: object) -> Iterator[str]:
    """Yield every string inside a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside)


class Districts:
    """The district of an address by the table of towns, read anew here: the longest town the address begins with."""

    def __init__(self, records: list[Record]) -> None:
        """Take the towns of all records."""
        towns = [(town_form(r["name"]), r["parent"]) for r in records if r.get("level") == "町字" and r.get("parent")]
        parents: dict[str, set[str]] = {}
        for name, parent in towns:
            parents.setdefault(name, set()).add(parent)
            parents.setdefault(re.sub(r"\d+丁目$", "", name), set()).add(parent)
        self._parents = {name: next(iter(found)) for name, found in parents.items() if len(found) == 1}

    def of(self, record: Record) -> str | None:
        """Return the id of the district a record lies in, None where its address does not tell."""
        address = re.sub(r"^(香川県)?高松市", "", town_form((record.get("location") or {}).get("address", "")))
        readings = (re.sub(r"^(\D+)(\d+)-", r"\1\2丁目", address), address)
        found = [text[:end] for text in readings for end in range(1, len(text) + 1) if text[:end] in self._parents]
        return self._parents[max(found, key=len)] if found else None


def town_form(name: str) -> str:
    """Write 二丁目 as 2丁目, and 籠 and ケ in one way."""
    text = plain(name).replace("籠", "篭").replace("ヶ", "ケ")
    return re.sub(f"([{_DIGITS}])丁目", lambda match: f"{_DIGITS.index(match[1]) + 1}丁目", text)

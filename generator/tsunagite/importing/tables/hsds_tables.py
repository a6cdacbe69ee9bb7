"""HSDS 3.0 and 3.1 as a tabular data package: csv files joined on their ids into the services of the JSON form."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, has_errors, warning
from tsunagite.importing.tables.table_file import read_table

PACKAGE = "datapackage.json"
# Tables that say something about a service, an organization or a location; publishers call them in the singular, too.
_TABLES = ("service", "organization", "location", "service_at_location", "address", "phone", "schedule", "cost_option")
_PLURALS = {"addresses": "address", "service_at_locations": "service_at_location"}
Rows = dict[str, list[dict[str, str]]]


def table_of(path: Path) -> str:
    """Return the HSDS table (in the singular) that a csv file holds by its name, "" for any other file."""
    stem = path.stem.lower()
    name = _PLURALS.get(stem, stem if stem in _TABLES else stem.removesuffix("s"))
    return name if path.suffix.lower() == ".csv" and name in _TABLES else ""


def packages_in(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return (tables of one package, other files). A package is services.csv with more, or its ``datapackage.json``.

    A services.csv alone is a list like any other.
    """
    tables = [path for path in files if table_of(path)]
    described = [path for path in files if path.name == PACKAGE]
    for path in described:
        tables += (one for one in _resources(path) if table_of(one) and one not in tables)
    if "service" not in map(table_of, tables) or len(tables) < 2:
        return [], list(files)
    return tables, [
        path for path in files if path not in tables and path not in described and not _is_other_table(path)
    ]


def _resources(path: Path) -> Iterator[Path]:
    """Yield the files a data package names, those in its own folder alone."""
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig")) if path.stat().st_size < 1_000_000 else {}
    except (OSError, ValueError, RecursionError):
        return
    for one in value.get("resources") or () if isinstance(value, dict) else ():
        name = str(one.get("path", "")) if isinstance(one, dict) else ""
        inner = path.parent / name
        if (
            name
            and ".." not in Path(name).parts
            and not Path(name).is_absolute()
            and inner.is_file()
            and not inner.is_symlink()
        ):
            yield inner


def _is_other_table(path: Path) -> bool:
    """Tell whether a file is a table of HSDS that says nothing our records have a place for."""
    known = ("program", "taxonom", "attribute", "accessibilit", "contact", "funding", "language", "meta", "required_document",
             "service_area", "service_capacit", "unit", "url", "organization_identifier")  # fmt: skip
    return path.suffix.lower() == ".csv" and path.stem.lower().startswith(known)


def join_tables(tables: Sequence[Path]) -> tuple[str, list[Finding]]:
    """Return the services of a package as JSON text with everything that hangs on them; "" where a table cannot be read.

    Warnings name the rows of other tables that hang on no service.
    """
    rows: Rows = {}
    findings: list[Finding] = []
    for path in tables:
        table, found = read_table(path, path.name)
        findings += found
        if table is not None:
            header = [one.strip() for one in table.header]
            rows.setdefault(table_of(path), []).extend(
                {key: cell.strip() for key, cell in zip(header, row.cells, strict=True) if key and cell.strip()}
                for row in table.rows
                if not row.is_blank
            )
    if has_errors(findings):
        return "", findings
    services, used = _services(rows)
    for path in tables:
        left = sum(id(row) not in used for row in rows[table_of(path)])
        if left:
            findings.append(warning("I190", SourceLocation(path.name), count=left))
    return json.dumps({"contents": services}, ensure_ascii=False, indent=1), findings


def _services(rows: Rows) -> tuple[list[dict[str, Any]], set[int]]:
    """Return the services with what hangs on them, and which rows (by identity) were used."""
    used: set[int] = set()

    def by(table: str, key: str) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows.get(table, ()):
            if row.get(key):
                found[row[key]].append(row)
        return found

    def take(found: Iterable[dict[str, str]]) -> list[dict[str, str]]:
        taken = list(found)
        used.update(map(id, taken))
        return taken

    organizations, locations = by("organization", "id"), by("location", "id")
    addresses, places = by("address", "location_id"), by("service_at_location", "service_id")
    phones = {
        key: by("phone", key) for key in ("service_id", "location_id", "organization_id", "service_at_location_id")
    }
    schedules = {key: by("schedule", key) for key in ("service_id", "location_id", "service_at_location_id")}
    costs = by("cost_option", "service_id")
    services = []
    for row in take(rows.get("service", ())):
        service: dict[str, Any] = {**row}
        numbers: list[dict[str, str]] = []
        hours: list[dict[str, str]] = []
        of = row.get("id", "")
        at: list[dict[str, Any]] = []
        for place in take(places.get(of, ())):
            where = place.get("location_id", "")
            for location in take(locations.get(where, ())):
                inner = {
                    **location,
                    "addresses": take(addresses.get(where, ())),
                    "phones": take(phones["location_id"].get(where, ())),
                }
                at.append({"id": place.get("id", ""), "location": inner})
            numbers += take(phones["service_at_location_id"].get(place.get("id", ""), ()))
            hours += take(schedules["service_at_location_id"].get(place.get("id", ""), ()))
            hours += take(schedules["location_id"].get(where, ()))
        owner = row.get("organization_id", "")
        service["service_at_locations"] = at
        numbers = take(phones["service_id"].get(of, ())) + numbers
        if not numbers and not any(one["location"]["phones"] for one in at):
            numbers = take(phones["organization_id"].get(owner, ()))
        service["phones"], service["schedules"] = numbers, take(schedules["service_id"].get(of, ())) + hours
        if organization := take(organizations.get(owner, ())):
            service["organization"] = organization[0]
        priced = take(costs.get(of, ()))
        if priced and not row.get("fees_description"):
            service["fees_description"] = "、".join(
                " ".join(
                    filter(
                        None, (one.get("option"), one.get("amount"), one.get("currency"), one.get("amount_description"))
                    )
                )
                for one in priced
            )
        services.append(service)
    for found in (*phones["organization_id"].values(), *phones["location_id"].values()):
        take(found)  # known, though the service has a number of its own
    return services, used


def with_packages(files: Sequence[Path], folder: Path) -> tuple[list[Path], list[Finding]]:
    """Return the files with the tables of a package replaced by one JSON list, written to ``folder``."""
    tables, others = packages_in(files)
    if not tables:
        return list(files), []
    text, findings = join_tables(tables)
    if not text:
        return others, findings
    path = folder / "hsds.json"
    path.write_text(text, encoding="utf-8")
    return [path, *others], findings

"""What we publish is judged by those who made the formats: HTML by the checker of the W3C (Nu), structured data by the types of schema.org."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from mini_sites import demonstration
from node import node
from small_site import resource, site_view
from tsunagite.records.directory import Directory
from tsunagite.site.structured_data import json_ld

MODULES = Path(__file__).parents[2] / "node_modules"
KINDS = {"404.html", "about", "accessibility", "all", "calendar", "contact", "easy", "embed", "emergency", "fields", "gaps", "guide", "index.html", "kinds", "levels", "list", "map",
         "needs", "news", "offline", "opendata", "organizations", "p", "pamphlets", "profiles", "quality", "r", "report", "search", "sources", "stakeholders", "worksheets"}  # fmt: skip


def judged(*places: Path) -> list[str]:
    """Return what the checker says of pages, each error with its place."""
    command = ["java", "-jar", MODULES / "vnu-jar/build/dist/vnu.jar", "--skip-non-html", "--errors-only", "--format", "json", *places]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(told.stderr)["messages"]  # what is no JSON is no judgement: a test without Java fails
    return [f"{one.get('url')}:{one.get('lastLine')} {one['message']}" for one in found]


def test_no_page_has_an_error_of_html(built_faces: Path) -> None:
    kinds = {path.relative_to(built_faces).parts[0] for path in built_faces.rglob("*.html")}
    assert kinds >= KINDS
    assert judged(built_faces) == []


def test_the_judge_of_html_sees_an_error(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<!doctype html><html lang=ja><title>a</title><p><div id=a></div><div id=a></div>", encoding="utf-8"
    )
    assert any("Duplicate ID" in one for one in judged(page))


def typed(folder: Path, things: list[dict[str, Any]]) -> list[str]:
    """Return the errors of things whose types are those of schema.org's vocabulary."""
    lines = [
        f"export const a{at}: WithContext<Thing> = {json.dumps(thing, ensure_ascii=False)};"
        for at, thing in enumerate(things)
    ]
    (folder / "a.ts").write_text("\n".join(['import type { Thing, WithContext } from "schema-dts";', *lines]), "utf-8")
    options = {"strict": True, "noEmit": True, "module": "esnext", "moduleResolution": "bundler", "types": [], "paths": {"schema-dts": [f"{MODULES}/schema-dts"]}}  # fmt: skip
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["a.ts"]}), "utf-8")
    command = [node(), MODULES / "typescript/bin/tsc", "-p", folder]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode == 0) == (not told.stdout), told.stderr
    return [line for line in told.stdout.splitlines() if "error TS" in line]


def things_of(directory: Directory) -> list[dict[str, Any]]:
    """Return the structured data of all records, of those that have the same parts only a few."""
    found: dict[str, list[dict[str, Any]]] = {}
    for record in directory.published:
        if text := json_ld(directory, record, f"r/{record.id}/"):
            data = json.loads(text)
            spans = data.get("openingHoursSpecification", [])
            found.setdefault(f"{[*data]} {sorted({str([*span]) for span in spans})}", []).append(data)
    return [one for alike in found.values() for one in alike[:5]]


def test_structured_data_hold_what_schema_org_knows(tmp_path: Path) -> None:
    hours = [{"days": "平日", "open": "09:00", "close": "17:00", "valid_to": "2027-03-31"}]
    paused = resource("paused", hours=hours, pause={"since": "2026-12-01", "until": "2026-12-20"})
    town = site_view(tmp_path / "town", paused, site={"site_url": "https://tsunagite.example/"}).directory
    things = [*things_of(town), *things_of(demonstration().directory)]
    assert len(things) > 20
    assert {part for thing in things for part in thing} >= {"telephone", "address", "geo", "openingHoursSpecification"}
    assert typed(tmp_path, things) == []


def test_the_judge_of_structured_data_sees_mistakes(tmp_path: Path) -> None:
    place = {"@context": "https://schema.org", "@type": "Place"}
    day = {"@type": "OpeningHoursSpecification", "dayOfWeek": ["Mon"]}
    assert (
        len(typed(tmp_path, [place | {"geoo": 1}, place | {"openingHoursSpecification": [day]}, {"@type": "Plaice"}]))
        == 3
    )

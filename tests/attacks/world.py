"""A site whose every field of every type holds a hostile string, but for those that the check refuses with their place."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from attacks.fields import Key, Schema, example, filled, put, text_paths, value_at
from attacks.fields import Path as Place
from attacks.strings import strings
from mini_sites import GOOD, TODAY
from tsunagite.adapters.json_schema import _Generator, schemas
from tsunagite.check.load import load
from tsunagite.findings import Severity
from tsunagite.records.load.guides import SECTIONS
from tsunagite.records.load.tree import sort_of
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.model.features.guide import Act, GlossaryTerm, Redirect, SystemRow
from tsunagite.records.yaml.reader import read_file, read_text

FOLDERS = {
    "resource": "resources/clubs/",
    "organization": "resources/organizations/",
    "area": "resources/areas/",
    "source": "resources/sources/",
    "trouble": "resources/contact/",
    "duty": "resources/contact/duties/",
    "event": "resources/events/",
    "pamphlet": "resources/pamphlets/",
    "print_run": "resources/pamphlets/prints/",
    "tie": "resources/relations/",
}
SETTINGS = "resources/site.yml"
TERMS = "resources/vocabulary/need.yml"
LISTS = {"acts": Act, "glossary": GlossaryTerm, "redirects": Redirect, "systems": SystemRow}
UNSHOWN = "CANARY-"
"""What begins the text of each field that no page may show."""
PRIVATE = ("memo",)
SAME = "the id of the document itself"
# What is written where a hostile string is refused and the good site has no example: something that a reference finds.
CALM = {
    ("guide-processes", "steps", "*", "who", "*"): "「世話人」",
    ("list-glossary", "reading"): "みほんご",
    ("print_run", "pamphlet"): SAME,
    ("print_run", "records", "*", "id"): "sakura-taiso",
    ("print_run", "records", "*", "name"): "さくら体操クラブ",
}
ONE_OF_SEVERAL = {
    *(("tie", end, name) for end in ("party", "partner") for name in ("organization", "resource", "role")), ("tie", "party", "name"),
    ("trouble", "windows", "*", "duty"), ("trouble", "windows", "*", "window"),
}  # fmt: skip
"""Fields that stay calm: exactly one of them may be written, and what they take is the id of a record."""
# Fields whose words steer what is made: with another word the site would have fewer pages to attack.
STEERING = {"status", "visibility", "sample", "shared_guides", "shared_troubles", "booking"}


@dataclass
class Document:
    """One hostile file: its type, its name below the site, its data, and the calm values to go back to."""

    sort: str
    name: str
    schema: Schema
    data: Any
    calm: Any
    prose: str = ""

    def write(self, site: Path) -> None:
        """Write it as a person would."""
        path = site / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(self.data, allow_unicode=True, sort_keys=False, width=10_000)
        path.write_text(f"---\n{text}---\n{self.prose}\n" if path.suffix == ".md" else text, encoding="utf-8")


@dataclass
class Result:
    """What was tried: pairs of a field and a string, by what became of them."""

    tried: set[tuple[str, tuple[str, ...], str]] = field(default_factory=set)
    refused: set[tuple[str, tuple[str, ...], str]] = field(default_factory=set)
    never: list[str] = field(default_factory=list)
    """Documents that the check refuses as a whole, whatever is taken back: a fault of this tool."""


@cache
def types() -> dict[str, Schema]:
    """Return the schema of every type of file that people write."""
    import json  # noqa: PLC0415 - here alone

    known = {name: json.loads(text) for name, text in schemas(built_in_vocabularies()).items()}
    known |= {f"guide-{name}": model.model_json_schema(schema_generator=_Generator) for name, model in SECTIONS.items()}
    return known | {
        f"list-{name}": model.model_json_schema(schema_generator=_Generator) for name, model in LISTS.items()
    }


@cache
def _good() -> dict[str, Any]:
    """Return the first record of each sort in the good site: what has references that lead somewhere."""
    found: dict[str, Any] = {}
    for path in sorted((GOOD / "resources").rglob("*.yml"), key=lambda path: (-path.stat().st_size, path)):
        data = read_file(path, path.name).value
        below = path.relative_to(GOOD / "resources").as_posix()
        sort = "site" if below == "site.yml" else sort_of(below)
        found.setdefault(sort, data["records"][0] if set(data) == {"records"} else data)
    for path in sorted((GOOD / "content").rglob("*.md")):
        found[f"guide-{path.parent.name}"] = read_text(
            path.read_text(encoding="utf-8").split("---\n")[1], path.name
        ).value
    return found


def field_of(path: Place) -> tuple[str, ...]:
    """Return a path with ``*`` for places in lists."""
    return tuple("*" if isinstance(step, (int, Key)) else step for step in path)


@cache
def _can_be_written(text: str) -> bool:
    """Tell whether the reader of records takes a file with a string in it: control characters are refused with their place."""
    return not read_text(yaml.safe_dump({"a": text}, allow_unicode=True), "a.yml").findings


class Attack:
    """Chooses strings for fields: in round r the field number j gets the string number j + r."""

    def __init__(self, round_: int) -> None:
        self.next = round_
        self.result = Result()

    def text(self, sort: str, of: tuple[str, ...], longest: int) -> str:
        """Return the next string that a file can hold, cut to the length of the field; those that no file can hold are refused."""
        while True:
            text = strings()[self.next % len(strings())]
            self.next += 1
            self.result.tried.add((sort, of, text))
            if _can_be_written(text):
                return text[:longest]
            self.result.refused.add((sort, of, text))

    def references(self, sort: str) -> dict[str, Any]:
        """Return what a document of a type says of others: exactly one of several fields may be written there."""
        if sort == "tie":
            return {
                "party": {"organization": "mihon-shakyo"},
                "partner": {"name": self.text(sort, ("partner", "name"), 60)},
            }
        if sort == "trouble":
            return {"windows": [{"window": "mihon-madoguchi", "why": self.text(sort, ("windows", "*", "why"), 60)}]}
        return {}

    def document(self, sort: str, name: str, record_id: str, own: dict[str, Any] | None = None) -> Document:
        """Return a hostile document of a type; ``own`` values stay as they are."""
        schema, base = types()[sort], {**_good().get(sort, {}), "id": record_id, **(own or {})}
        if "id" not in {path[0] for path, _ in text_paths(schema)}:
            del base["id"]
        keep = {"id", *(own or {}), *STEERING}
        calm: dict[Place, Any] = {}

        def choose(path: Place, at: Schema) -> Any:
            before = value_at(base, path)
            known = CALM.get((sort, *field_of(path)))
            calm[path] = record_id if known is SAME else known or (before if before is not None else example(at))
            if path[0] in keep:
                return before
            if path[-1] in PRIVATE:
                return f"{UNSHOWN}{sort}-{record_id}"
            return self.text(sort, field_of(path), at.get("maxLength", 4000))

        data = filled(schema, choose, base)
        return Document(sort, name, schema, data, calm)


def _step_back(document: Document, path: Place, result: Result) -> bool:
    """Take back what the check refuses: a hostile string becomes calm, what is still refused goes; tells whether anything changed."""
    while path and value_at(document.data, path) is None:
        path = path[:-1]
    if not path:
        return False
    now, calm = value_at(document.data, path), document.calm.get(path)
    inside = [one for one in document.calm if one[: len(path)] == path]
    for one in inside:
        result.refused |= {
            tried
            for tried in result.tried
            if tried[:2] == (document.sort, field_of(one))
            and tried[2].startswith(str(value_at(document.data, one))[:40])
        }
    put(document.data, path, calm if calm is not None and calm != now else None)
    return True


def hostile_site(site: Path, round_: int = 0, copies: int = 1) -> tuple[list[Document], Result]:
    """Write the good site with ``copies`` hostile documents of every type beside it. Return them, and what was tried and refused."""
    shutil.copytree(GOOD, site, dirs_exist_ok=True)
    faces = GOOD.parent / "faces"
    shutil.copy(faces / "mkdocs.yml", site)
    shutil.copytree(faces / "content", site / "content", dirs_exist_ok=True)
    attack = Attack(round_)
    documents = [attack.document("site", SETTINGS, "")]
    documents += [attack.document("vocabulary", TERMS, "")]
    documents[1].data["terms"][0].update(id="hostile", icon="heart")
    documents[1].data["terms"] = documents[1].data["terms"][:1]
    for number in range(copies):
        for sort in types():
            name = f"hostile-{number}"
            if sort in FOLDERS:
                own = attack.references(sort)
                documents.append(attack.document(sort, f"{FOLDERS[sort]}{name}.yml", name, own))
            elif sort.startswith("worksheet-"):
                sheet = sort.removeprefix("worksheet-")
                documents.append(
                    attack.document(sort, f"resources/worksheets/{sheet}/{sheet}-{number}.yml", f"{sheet}-{number}")
                )
            elif sort.startswith("guide-"):
                section = sort.removeprefix("guide-")
                document = attack.document(sort, f"content/{section}/{section}-{number}.md", name)
                document.prose = "\n\n".join(
                    one for one in strings() if _can_be_written(one) and not one.startswith("---")
                )
                documents.append(document)
    for name in LISTS:
        own = {"need": "体を動かす"} if name == "redirects" else None
        document = attack.document(f"list-{name}", f"content/{name}.yml", "hostile", own)
        document.data, document.calm = [document.data], {(0, *path): value for path, value in document.calm.items()}
        documents.append(document)
    for document in documents:
        document.write(site)
    settle(site, documents, attack.result)
    return documents, attack.result


def settle(site: Path, documents: list[Document], result: Result) -> None:
    """Take back what the check refuses until it refuses nothing."""
    by_name = {document.name: document for document in documents}
    for _ in range(40):
        errors = [one for one in load(site, TODAY).findings if one.severity is Severity.ERROR]
        changed = set()
        places = {(one.place.file, one.place.loc): None for one in errors}
        for name, place in reversed(places):  # of a list the last item first: what goes moves those behind it
            if name in by_name and _step_back(by_name[name], place, result):
                changed.add(name)
        if not errors:
            return
        for name in changed:
            by_name[name].write(site)
        if not changed:
            break
    stuck = Counter(f"{one.place.file} {one.code} {one.place.loc} {dict(one.values)}"[:200] for one in errors)
    result.never = sorted(stuck)

"""The full floor: the least any generator must do (read YAML in C, validate, fill small templates, lists too, write)."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import yaml
from jinja2 import Environment
from pydantic import BaseModel

PAGES = Environment(autoescape=True)
RECORD = PAGES.from_string(
    "<!doctype html><html lang=ja><head><meta charset=utf-8><meta name=viewport content='width=device-width'><title>{{ r.name }}</title>"
    "<link rel=stylesheet href=/site.css></head><body><header><a href=/>はじめ</a></header><main><h1>{{ r.name }}</h1><p>{{ r.name_kana }}</p>"
    "<p>{{ r.kind }}</p><p>{{ r.summary }}</p><p>{{ r.description }}</p><p>{{ r.helpful_for }}</p>"
    "{% for p in r.phones %}<p>{{ p.label }} <a href='tel:{{ p.number }}'>{{ p.number }}</a> {{ p.hours }}</p>{% endfor %}"
    "<ol>{% for step in r.how_to_use %}<li>{{ step }}</li>{% endfor %}</ol>"
    "<ul>{% for n in r.needs %}<li><a href='/list/{{ n }}/'>{{ n }}</a></li>{% endfor %}</ul><p>{{ r.location.address }}</p>"
    "<p>{{ r.verified_on }} {{ r.verified_by }}</p></main></body></html>"
)
LIST = PAGES.from_string(
    "<!doctype html><html lang=ja><head><meta charset=utf-8><title>{{ name }}</title></head><body><h1>{{ name }}</h1>"
    "<ul>{% for r in records %}<li><a href='/r/{{ r.id }}/'>{{ r.name }}</a> {{ r.summary }}</li>{% endfor %}</ul></body></html>"
)


class Phone(BaseModel, extra="ignore"):
    """A phone."""

    number: str
    label: str
    hours: str


class Place(BaseModel, extra="ignore"):
    """An address."""

    address: str
    lat: float
    lng: float


class Record(BaseModel, extra="ignore"):
    """A record with the fields the floor's template shows."""

    id: str
    name: str
    name_kana: str
    kind: str
    summary: str
    description: str
    helpful_for: str
    how_to_use: list[str]
    needs: list[str]
    phones: list[Phone]
    location: Place
    service_areas: list[str]
    verified_on: object
    verified_by: str


def build_floor(root: Path, site: Path) -> None:
    """Read, validate, render and write every record of a synthetic site, and a list for each kind, need and area."""
    lists: dict[str, list[Record]] = defaultdict(list)
    for path in sorted((root / "resources").rglob("record-*.yml")):
        record = Record.model_validate(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        write(site / "r" / record.id, RECORD.render(r=record))
        for name in (record.kind, *record.needs, *record.service_areas):
            lists[name].append(record)
    for name, records in sorted(lists.items()):
        write(site / "list" / name.replace("/", " "), LIST.render(name=name, records=records))


def write(folder: Path, text: str) -> None:
    """Write one page."""
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    build_floor(Path(sys.argv[1]), Path(sys.argv[2]))

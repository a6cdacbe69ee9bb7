"""The floor: the least any generator must do (read YAML in C, validate, render one small template, write)."""

from __future__ import annotations

from pathlib import Path

import yaml
from jinja2 import Environment
from pydantic import BaseModel

TEMPLATE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang=ja><title>{{ r.name }}</title><h1>{{ r.name }}</h1><p>{{ r.summary }}</p>"
    "<p>{{ r.description }}</p>{% for p in r.phones %}<a href='tel:{{ p.number }}'>{{ p.number }}</a>{% endfor %}"
    "<ul>{% for n in r.needs %}<li>{{ n }}</li>{% endfor %}</ul><p>{{ r.location.address }}</p></html>"
)


class Phone(BaseModel, extra="ignore"):
    """A phone."""

    number: str


class Place(BaseModel, extra="ignore"):
    """An address."""

    address: str
    lat: float
    lng: float


class Record(BaseModel, extra="ignore"):
    """A record with the fields the floor's template shows."""

    id: str
    name: str
    summary: str
    description: str
    needs: list[str]
    phones: list[Phone]
    location: Place


def build_floor(root: Path, site: Path) -> None:
    """Read, validate, render and write every record of a synthetic site."""
    for path in sorted((root / "resources").rglob("record-*.yml")):
        record = Record.model_validate(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        folder = site / "r" / record.id
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(TEMPLATE.render(r=record), encoding="utf-8")


if __name__ == "__main__":
    import sys

    build_floor(Path(sys.argv[1]), Path(sys.argv[2]))

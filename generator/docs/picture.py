"""Draw docs/images/architecture.svg: the packages in layers, as the first contract of [tool.importlinter] names them."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = ROOT / "docs" / "images" / "architecture.svg"

# Sizes in pixels.
WIDTH, MARGIN, GAP = 720, 16, 10
BOX, SPACE, PER_ROW = 36, 17, 4
FONT = "font-family='BIZ UDPGothic, Noto Sans JP, sans-serif'"


def draw() -> str:
    """Return the picture: one band a layer, the highest first; a package may import what stands below it."""
    layers = [layer.replace("|", ":").split(":") for layer in _contract()["layers"]]
    shapes, top = [], MARGIN
    for layer in layers:
        names = [name.strip() for name in layer]
        rows = [names[start : start + PER_ROW] for start in range(0, len(names), PER_ROW)]
        height = len(rows) * (BOX + GAP) + GAP
        shapes.append(
            f"<rect x='{MARGIN}' y='{top}' width='{WIDTH - 2 * MARGIN}' height='{height}' rx='8' fill='#eef3f1'/>"
        )
        for number, row in enumerate(rows):
            width = (WIDTH - 2 * MARGIN - GAP * (len(row) + 1)) / len(row)
            for column, name in enumerate(row):
                left = MARGIN + GAP + column * (width + GAP)
                shapes += _box(name, left, top + GAP + number * (BOX + GAP), width)
        top += height + SPACE
        if layer is not layers[-1]:
            shapes.append(
                f"<path d='M{WIDTH / 2:g} {top - SPACE + 3} v8 m-5 -5 l5 6 l5 -6' fill='none' stroke='#476' stroke-width='2'/>"
            )
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {top}' role='img' {FONT}>"
    title = "<title>Layers of tsunagite: a package may import the packages below it</title>"
    return "\n".join([head, title, *shapes, "</svg>"]) + "\n"


def _contract() -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return next(contract for contract in settings["tool"]["importlinter"]["contracts"] if contract["type"] == "layers")


def _box(module: str, left: float, top: float, width: float) -> list[str]:
    name = module.removeprefix("tsunagite.")
    box = f"<rect x='{left:g}' y='{top}' width='{width:g}' height='{BOX}' rx='6' fill='#fff' stroke='#9bb'/>"
    return [
        box,
        f"<text x='{left + width / 2:g}' y='{top + 23}' font-size='15' text-anchor='middle' fill='#143'>{name}</text>",
    ]


def write() -> None:
    """Write the picture where the documentation shows it."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8", newline="\n")

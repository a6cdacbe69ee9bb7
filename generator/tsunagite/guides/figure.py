"""Figures of guides as SVG: boxes in order with arrows between them, for a column as narrow as a telephone.

One unit is one CSS pixel at a width of 340 pixels; wider columns enlarge the drawing. Colours are those of the text around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from tsunagite.records.model.features.guide import Figure, FigureStep
from tsunagite.text.phrases import phrases
from tsunagite.text.width import ems

WIDTH = 340
GAP = 28
"""Between boxes: room for an arrow."""
HALF = (WIDTH - GAP) / 2
SIZE = 15
"""Of the letters; 14 pixels remain where the column is 320 pixels wide."""
LINE, PAD, HEAD = 22, 10, 7
FULL = 0.87
"""How much of a box lines may fill by the widths of ``ems``: in a font with kana as wide as kanji they still fit."""


@dataclass(frozen=True)
class Box:
    """A box with its lines; ``strong`` of them, from the first, are bold. x, y, width and height are in units of the drawing."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    strong: int
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2


def drawing(figure: Figure) -> Markup:
    """Return the drawing of a figure as one SVG element whose name is the title of the figure."""
    placed, heads = _placed(figure)
    height = max(box.y + box.height for box in placed) + 1
    parts = [*heads, *(part for box in placed for part in _box(box)), *_arrows(figure, placed)]
    return Markup(
        '<svg role="img" aria-label="{title}" viewBox="0 0 {w} {h:g}" font-size="{size}" fill="currentColor"><title>{title}</title>{parts}</svg>'
    ).format(title=figure.title, w=WIDTH, h=height, size=SIZE, parts=Markup("").join(parts))


def wrapped(text: str, width: float) -> tuple[str, ...]:
    """Break a text between phrases into lines that are no wider than ``width`` units; a phrase that is wider is cut."""
    most = width * FULL / SIZE
    lines = [""]
    for phrase in phrases(text) if text else ():
        if lines[-1] and ems(lines[-1] + phrase) > most:
            lines.append("")
        for letter in phrase:
            if lines[-1] and ems(lines[-1] + letter) > most:
                lines.append("")
            lines[-1] += letter
    return tuple(line for line in lines if line)


def _sized(step: FigureStep, number: int, width: float) -> tuple[tuple[str, ...], int]:
    """Return the lines of a step in a box of a width, and how many of them are its label."""
    label = wrapped(f"{number} {step.label}", width - 2 * PAD)
    return (*label, *wrapped(step.text, width - 2 * PAD)), len(label)


def _placed(figure: Figure) -> tuple[list[Box], list[Markup]]:
    """Return the boxes in the order of the steps, and the headings of columns."""
    steps = list(enumerate(figure.steps, start=1))
    if figure.shape == "row":
        return _stacked([[(number - 1, number, step, 0.0, WIDTH)] for number, step in steps], 0), []
    if figure.shape == "circle":
        return _stacked(list(_round(figure.steps)), 0), []
    return _in_columns(figure)


def _round(steps: tuple[FigureStep, ...]) -> Iterator[list[tuple[int, int, FigureStep, float, float]]]:
    """Yield the rows of a round: down on the right, up on the left; of an odd number the lowest box is as wide as both."""
    count, right = len(steps), HALF + GAP
    for row in range(count // 2):
        left = (count - row) % count
        yield [(left, left + 1, steps[left], 0.0, HALF), (row + 1, row + 2, steps[row + 1], right, HALF)]
    if count % 2:
        lowest = count // 2 + 1
        yield [(lowest, lowest + 1, steps[lowest], 0.0, WIDTH)]


def _in_columns(figure: Figure) -> tuple[list[Box], list[Markup]]:
    groups = list(dict.fromkeys(step.group for step in figure.steps))
    width = (WIDTH - GAP * (len(groups) - 1)) / len(groups)
    boxes: dict[int, Box] = {}
    headings = [wrapped(group, width) for group in groups]
    top = max(map(len, headings)) * LINE + PAD if any(groups) else 0
    parts = []
    for at, (group, lines) in enumerate(zip(groups, headings, strict=True)):
        x = at * (width + GAP)
        own = [(number, step) for number, step in enumerate(figure.steps, start=1) if step.group == group]
        rows = [[(place, number, step, x, width)] for place, (number, step) in enumerate(own)]
        boxes |= {number: box for (number, _), box in zip(own, _stacked(rows, top), strict=True)}
        parts += [_line(line, x + width / 2, LINE * (row + 1) - 6, bold=True) for row, line in enumerate(lines)]
    return [boxes[number] for number in sorted(boxes)], parts


def _stacked(rows: list[list[tuple[int, int, FigureStep, float, float]]], top: float) -> list[Box]:
    """Place rows of (place, number, step, x, width) below each other, boxes of a row equally high; return them by place."""
    placed: dict[int, Box] = {}
    y = top + 1
    for row in rows:
        sized = [_sized(step, number, width) for _, number, step, _, width in row]
        height = max(len(lines) for lines, _ in sized) * LINE + 2 * PAD
        for (place, _, _, x, width), (lines, strong) in zip(row, sized, strict=True):
            placed[place] = Box(x + 1, y, width - 2, lines, strong, height)
        y += height + GAP
    return [placed[place] for place in sorted(placed)]


def _box(box: Box) -> Iterator[Markup]:
    yield Markup(
        '<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="8" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    ).format(box.x, box.y, box.width, box.height)
    first = box.middle[1] - len(box.lines) * LINE / 2 + LINE * 0.72
    for at, line in enumerate(box.lines):
        yield _line(line, box.middle[0], first + at * LINE, bold=at < box.strong)


def _line(text: str, x: float, y: float, *, bold: bool) -> Markup:
    weight = Markup(' font-weight="700"') if bold else ""
    return Markup('<text x="{:g}" y="{:g}" text-anchor="middle"{}>{}</text>').format(x, y, weight, text)


def _arrows(figure: Figure, boxes: list[Box]) -> Iterator[Markup]:
    """Yield an arrow from each step to the next one; in columns only within a column, in a round from the last to the first."""
    pairs = list(zip(boxes, boxes[1:] + boxes[:1] if figure.shape == "circle" else boxes[1:], strict=False))
    for at, (start, end) in enumerate(pairs):
        if figure.shape == "columns" and figure.steps[at].group != figure.steps[at + 1].group:
            continue
        if start.y == end.y:
            forward = 1 if end.x > start.x else -1
            y = start.middle[1]
            yield _arrow(
                (start.x + (start.width if forward > 0 else 0), y),
                (end.x + (0 if forward > 0 else end.width), y),
                (forward, 0),
            )
        else:
            down = 1 if end.y > start.y else -1
            x = min(start, end, key=lambda box: box.width).middle[0]
            yield _arrow(
                (x, start.y + (start.height if down > 0 else 0)),
                (x, end.y + (0 if down > 0 else end.height)),
                (0, down),
            )


def _arrow(start: tuple[float, float], end: tuple[float, float], way: tuple[int, int]) -> Markup:
    """Draw an arrow with a small gap at both ends. ``way`` is its direction."""
    (x1, y1), (x2, y2), (dx, dy) = start, end, way
    x1, y1, x2, y2 = x1 + 4 * dx, y1 + 4 * dy, x2 - 3 * dx, y2 - 3 * dy
    x3, y3 = x2 - HEAD * dx, y2 - HEAD * dy
    return Markup(
        '<path d="M{:g} {:g}L{:g} {:g}" stroke="currentColor" stroke-width="2"/><path d="M{:g} {:g}L{:g} {:g}L{:g} {:g}z"/>'
    ).format(x1, y1, x3, y3, x2, y2, x3 - 5 * dy, y3 - 5 * dx, x3 + 5 * dy, y3 + 5 * dx)

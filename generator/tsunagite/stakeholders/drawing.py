"""The map of relations as SVG: a box with its name for each stakeholder, a line for each two that are related.

One unit is one CSS pixel. Names stand inside of boxes, and boxes are moved apart until none lies on another, so no name lies on a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot, sqrt

from markupsafe import Markup

from tsunagite.analysis.network import Edge, Key, positions
from tsunagite.guides.figure import wrapped

WIDTH, LINE, SIZE, PAD = 168, 20, 15, 9
BETWEEN_X, BETWEEN_Y = 34, 40
"""Room between boxes, for lines to be seen."""
WIDEST = 940
"""Parts that are not connected stand beside each other up to this width, then below."""
SHAPES = {"organization": "団", "resource": "記", "role": "役", "name": "名"}
"""The letter of each shape: shape and letter say the same, colour nothing."""
OFTEN = frozenset({"weekly", "monthly"})


@dataclass(frozen=True)
class DrawnNode:
    """What a box says and where it leads (``path`` from the root of the site; "" leads nowhere)."""

    key: Key
    number: int
    label: str
    path: str
    sample: bool = False


@dataclass
class _Box:
    node: DrawnNode
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def height(self) -> float:
        return LINE * (len(self.lines) + 1) + PAD


def drawing(nodes: Iterable[DrawnNode], edges: Iterable[Edge], title: str, base: str) -> Markup:
    """Return the map as one SVG element. ``base`` stands before every path."""
    shown = {node.key: node for node in nodes}
    lines = _lines(edge for edge in edges if all(end in shown for end in edge.ends))
    boxes = _boxes(shown, lines)
    width = max(box.x for box in boxes) + WIDTH / 2 + 2
    height = max(box.y + box.height / 2 for box in boxes) + 2
    by_key = {box.node.key: box for box in boxes}
    parts = [_line(by_key[party], by_key[partner], edge) for (party, partner), edge in lines.items()]
    parts += [_box(box, base) for box in boxes]
    return Markup(
        '<svg class="ts-net__map" role="group" aria-label="{title}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" font-size="{size}">{parts}</svg>'
    ).format(title=title, w=round(width), h=round(height), size=SIZE, parts=Markup("").join(parts))


def _lines(edges: Iterable[Edge]) -> Mapping[tuple[Key, Key], tuple[Edge, ...]]:
    """Return the relations of each two that are related."""
    lines: dict[tuple[Key, Key], tuple[Edge, ...]] = {}
    for edge in edges:
        pair = edge.ends if edge.ends in lines or edge.ends[::-1] not in lines else edge.ends[::-1]
        lines[pair] = (*lines.get(pair, ()), edge)
    return lines


def _boxes(shown: Mapping[Key, DrawnNode], pairs: Iterable[tuple[Key, Key]]) -> list[_Box]:
    """Return every box with its place: each connected part laid out by itself, the parts set into rows."""
    boxes: list[_Box] = []
    left, top, row = 2.0, 2.0, 0.0
    for part in positions(shown, pairs):
        scale = 150 * sqrt(len(part)) if len(part) > 1 else 0
        found = [_Box(shown[key], wrapped(shown[key].label, WIDTH - 2 * PAD), x * scale, y * scale * 0.7) for key, (x, y) in part.items()]  # fmt: skip
        _move_apart(found)
        x0, y0 = min(box.x for box in found) - WIDTH / 2, min(box.y - box.height / 2 for box in found)
        width = max(box.x for box in found) + WIDTH / 2 - x0
        if left > 2 and left + width > WIDEST:
            left, top, row = 2.0, top + row + BETWEEN_Y, 0.0
        for box in found:
            box.x, box.y = round(box.x - x0 + left), round(box.y - y0 + top)
        boxes += found
        left += width + BETWEEN_X
        row = max(row, max(box.y + box.height / 2 for box in found) - top)
    return boxes


def _move_apart(boxes: list[_Box]) -> None:
    """Move boxes until each has room around it; where that takes too long, set them into rows."""
    for _ in range(300):
        moved = False
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                dx = WIDTH + BETWEEN_X - abs(one.x - other.x)
                dy = (one.height + other.height) / 2 + BETWEEN_Y - abs(one.y - other.y)
                if dx > 0.5 and dy > 0.5:
                    moved = True
                    if dx < dy:
                        step = dx / 2 if one.x >= other.x else -dx / 2
                        one.x, other.x = one.x + step, other.x - step
                    else:
                        step = dy / 2 if one.y >= other.y else -dy / 2
                        one.y, other.y = one.y + step, other.y - step
        if not moved:
            return
    across = max(2, round(sqrt(len(boxes))))
    tall = max(box.height for box in boxes) + BETWEEN_Y
    for index, box in enumerate(boxes):
        box.x, box.y = (index % across) * (WIDTH + BETWEEN_X), (index // across) * tall


def _line(party: _Box, partner: _Box, edges: tuple[Edge, ...]) -> Markup:
    """Return the line of two: thick where they meet every month, dotted where it is only wished for, with a head where one side alone acts."""
    joined = [edge for edge in edges if not edge.planned]
    look = " ts-net__line--planned" if not joined else " ts-net__line--often" if any(e.meets in OFTEN for e in joined) else ""  # fmt: skip
    line = Markup('<path class="ts-net__line{}" d="M{:.0f} {:.0f}L{:.0f} {:.0f}"/>').format(
        look, party.x, party.y, partner.x, partner.y
    )
    heads = {edge.ends == (party.node.key, partner.node.key) for edge in joined if edge.one_way}
    for forward in sorted(heads):
        line += _head(party, partner) if forward else _head(partner, party)
    return line


def _head(start: _Box, end: _Box) -> Markup:
    """Return the head of an arrow where a line reaches the box of its end."""
    dx, dy = end.x - start.x, end.y - start.y
    inside = min(
        (WIDTH / 2 + 3) / abs(dx) if dx else 9.0,
        (end.height / 2 + 3) / abs(dy) if dy else 9.0,
    )
    length = hypot(dx, dy) or 1.0
    x, y, ux, uy = end.x - dx * inside, end.y - dy * inside, dx / length, dy / length
    points = ((x, y), (x - 13 * ux - 6 * uy, y - 13 * uy + 6 * ux), (x - 13 * ux + 6 * uy, y - 13 * uy - 6 * ux))
    return Markup('<path class="ts-net__head" d="M{:.0f} {:.0f}L{:.0f} {:.0f}L{:.0f} {:.0f}z"/>').format(
        *(value for point in points for value in point)
    )


def _box(box: _Box, base: str) -> Markup:
    node, left, top = box.node, box.x - WIDTH / 2, box.y - box.height / 2
    first = f"{SHAPES[node.key[0]]} {node.number}{'（見本）' if node.sample else ''}"
    text = Markup("").join(
        Markup('<tspan x="{:.0f}" y="{:.0f}"{}>{}</tspan>').format(
            box.x,
            top + LINE * (number + 1) - 1,
            Markup(' class="ts-net__mark"') if number == 0 else "",
            line,
        )
        for number, line in enumerate((first, *box.lines))
    )
    inside = _shape(node.key[0], left, top, box.height) + Markup('<text text-anchor="middle">{}</text>').format(text)
    return Markup('<a href="{}{}">{}</a>').format(base, node.path, inside) if node.path else Markup("<g>{}</g>").format(inside)  # fmt: skip


def _shape(what: str, left: float, top: float, height: float) -> Markup:
    """Return the outline of a box: a rectangle (organisation), round ends (record), cut corners (role), a dashed one (no record)."""
    if what == "role":
        x, y, cut = left + WIDTH, top + height, 16
        return Markup(
            '<path class="ts-net__box" d="M{:.0f} {:.0f}H{:.0f}L{:.0f} {:.0f}V{:.0f}L{:.0f} {:.0f}H{:.0f}L{:.0f} {:.0f}V{:.0f}z"/>'
        ).format(left + cut, top, x - cut, x, top + cut, y - cut, x - cut, y, left + cut, left, y - cut, top + cut)
    return Markup('<rect class="ts-net__box{}" x="{:.0f}" y="{:.0f}" width="{}" height="{:.0f}"{}/>').format(
        " ts-net__box--name" if what == "name" else "",
        left, top, WIDTH, height, Markup(' rx="24"') if what == "resource" else "",
    )  # fmt: skip

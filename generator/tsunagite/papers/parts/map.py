"""A map for paper, drawn from open data alone: coast and borders, numbered places, landmarks, minutes on foot, scale, north.

Streets, railways and stops are drawn where the site has an extract of them (``geo/ways.py``). Everything is decided in millimetres, and no label covers another or a number; a label that
finds no room is left out, a number that finds none moves aside and points to its place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from tsunagite.geo.ways import BUS_STOP, RAIL, ROAD, STATION, Way, Ways
from tsunagite.text.width import ems

if TYPE_CHECKING:  # where there is no outline, shapely is not loaded
    from tsunagite.geo.outlines import Outline

METRES_PER_DEGREE = 111_320.0
METRES_PER_MINUTE = 80  # 不動産の表示に関する公正競争規約施行規則: 1 minute on foot per 80 m
MINUTES = (5, 10, 15, 30)
POINT = 25.4 / 72  # millimetres
SCALES = (100, 200, 500, 1000, 2000, 5000)  # metres a scale bar may stand for
MOST_STOPS = 12  # bus stops that are tried on one map
LEAST_RADIUS = 700.0  # metres around the middle that are always shown

Sight = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True)
class Numbered:
    """A place of the list, by its number there."""

    number: int
    at: Sight


@dataclass(frozen=True)
class Named:
    """Something one can orient oneself by. ``mark`` is whether something stands at its point (a building) or not (a town).

    A square is a building, a triangle one to flee to (``shelter``), a ring a bus stop.
    """

    name: str
    at: Sight
    mark: bool = True
    shelter: bool = False
    stop: bool = False


@dataclass(frozen=True)
class Rectangle:
    """What something covers of the map, in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rectangle) -> bool:
        """Tell whether two boxes share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the box."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def within(self, other: Rectangle) -> bool:
        """Tell whether this box lies in another."""
        return (
            other.left <= self.left
            and other.top <= self.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Drawn:
    """Something on the map: what it says ("" for a mark), and what it covers."""

    text: str
    box: Rectangle


@dataclass(frozen=True)
class PaperMap:
    """A map as SVG text, its size in millimetres, the words for those who cannot see it, and what covers which part.

    ``shelters``: triangles stand on it.
    """

    svg: str
    width: float
    height: float
    alt: str
    drawn: tuple[Drawn, ...]
    shelters: bool = False


@dataclass
class _Sheet:
    """The paper while it is drawn on."""

    width: float
    height: float
    middle: Sight
    metres: float  # per millimetre
    size: float  # of type, in millimetres
    shelters: bool = False
    taken: list[Drawn] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def frame(self) -> Rectangle:
        return Rectangle(0.6, 0.6, self.width - 0.6, self.height - 0.6)

    def at(self, point: Sight) -> tuple[float, float]:
        """Return where a point lies on the paper."""
        east = (point[1] - self.middle[1]) * METRES_PER_DEGREE * math.cos(math.radians(self.middle[0]))
        north = (point[0] - self.middle[0]) * METRES_PER_DEGREE
        return self.width / 2 + east / self.metres, self.height / 2 - north / self.metres

    def degrees(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the paper."""
        north = self.height / 2 * self.metres / METRES_PER_DEGREE
        east = self.width / 2 * self.metres / METRES_PER_DEGREE / math.cos(math.radians(self.middle[0]))
        return self.middle[1] - east, self.middle[0] - north, self.middle[1] + east, self.middle[0] + north

    def free(self, box: Rectangle) -> bool:
        return box.within(self.frame) and not any(box.meets(drawn.box) for drawn in self.taken)

    def take(self, text: str, box: Rectangle) -> None:
        self.taken.append(Drawn(text, box))

    def write(self, text: str, box: Rectangle, *, colour: str, bold: bool = False) -> None:
        self.take(text, box)
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{box.left + 0.2:.2f}" y="{box.bottom - self.size * 0.2:.2f}" fill="{colour}"{weight}'
            f' stroke="#fff" stroke-width="0.7" stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
        )

    def label(self, text: str, at: tuple[float, float], away: float, colour: str) -> bool:
        """Write a text beside a point (mm), where there is room; tell whether there was."""
        x, y = at
        wide, high = ems(text) * self.size * 1.02 + 0.4, self.size * 1.08
        for left, top in _beside(x, y, away, wide, high):
            box = Rectangle(left, top, left + wide, top + high)
            if self.free(box):
                self.write(text, box, colour=colour)
                return True
        return False


def draw(  # noqa: PLR0913 - each is a layer of the map, named at the call
    width: float, height: float, *, points: tuple[Numbered, ...], landmarks: tuple[Named, ...], towns: tuple[Named, ...],
    middle: Sight | None, land: tuple[Outline, ...], city: Outline | None, ways: Ways, title: str, type_size: float = 8.0,
) -> PaperMap | None:  # fmt: skip
    """Draw a map of ``width`` by ``height`` millimetres with all ``points``, in type of ``type_size`` points.

    ``middle`` is where the rings of minutes on foot begin. Returns None without a single place to draw.
    """
    seen = [point.at for point in points] or [town.at for town in towns]
    if middle:
        seen.append(middle)
    if not seen:
        return None
    size = type_size * POINT
    sheet = _sheet(width, height, seen, middle, size)
    _ground(sheet, land, city)
    _lines(sheet, ways)
    _corner(sheet)
    if middle:
        below = len(sheet.parts)
    _numbers(sheet, points)
    for landmark in (*_stations(sheet, ways), *landmarks):
        _landmark(sheet, landmark)
    if middle:
        _ring_words(sheet, middle)
    for stop in _bus_stops(sheet, ways):
        _landmark(sheet, stop)
    for town in towns:
        sheet.label(town.name, sheet.at(town.at), 0.0, "#5B564D")
    if middle:
        sheet.parts.insert(below, _minutes(sheet, middle))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}mm" height="{height:g}mm"'
        f' font-family="BIZ UDPGothic, sans-serif" font-size="{size:.2f}">'
        f'<clipPath id="edge"><rect width="{width:g}" height="{height:g}"/></clipPath>'
        f'<g clip-path="url(#edge)">{"".join(sheet.parts)}</g>'
        f'<rect x="0.15" y="0.15" width="{width - 0.3:g}" height="{height - 0.3:g}" fill="none" stroke="#4A463F" stroke-width="0.3"/></svg>'
    )
    return PaperMap(svg, width, height, _alt(sheet, title, len(points)), tuple(sheet.taken), sheet.shelters)


def _sheet(width: float, height: float, seen: list[Sight], middle: Sight | None, size: float) -> _Sheet:
    """Return a sheet on which all that must be seen has room."""
    south, north = min(p[0] for p in seen), max(p[0] for p in seen)
    west, east = min(p[1] for p in seen), max(p[1] for p in seen)
    if middle:
        around = LEAST_RADIUS / METRES_PER_DEGREE
        south, north = min(south, middle[0] - around), max(north, middle[0] + around)
        west, east = min(west, middle[1] - around), max(east, middle[1] + around)
    centre = ((south + north) / 2, (west + east) / 2)
    high = max((north - south) * METRES_PER_DEGREE, LEAST_RADIUS)
    wide = max((east - west) * METRES_PER_DEGREE * math.cos(math.radians(centre[0])), LEAST_RADIUS)
    edge = 3.4 * size  # room for half a number on each side, and for the scale below
    return _Sheet(width, height, centre, max(wide / (width - 2 * edge), high / (height - 2 * edge)), size)


def _ground(sheet: _Sheet, land: tuple[Outline, ...], city: Outline | None) -> None:
    """Draw sea, land and the municipality's border."""
    if not land:
        sheet.parts.append(f'<rect width="{sheet.width:g}" height="{sheet.height:g}" fill="#fff"/>')
        return
    box, detail = sheet.degrees(), 0.3 * sheet.metres / METRES_PER_DEGREE
    sheet.parts.append(f'<rect width="{sheet.width:g}" height="{sheet.height:g}" fill="#DDE7EC"/>')
    for outline in land:
        if path := _path(sheet, outline, box, detail):
            fill = "#fff" if outline is city or city is None else "#F1EEE7"
            dashes = "" if outline is city or city is None else ' stroke-dasharray="1.2 0.6"'
            sheet.parts.append(
                f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="#6F7F86" stroke-width="0.25"{dashes}/>'
            )


def _lines(sheet: _Sheet, ways: Ways) -> None:
    """Draw streets thin and grey, railways as a line with white dashes in it: below everything that is read."""
    box = sheet.degrees()
    roads = "".join(_line(sheet, way) for way in ways.within(box, ROAD))
    rails = "".join(_line(sheet, way) for way in ways.within(box, RAIL))
    joined = 'fill="none" stroke-linejoin="round"'
    if roads:
        sheet.parts.append(f'<path d="{roads}" {joined} stroke="#C4BEB2" stroke-width="0.45"/>')
    if rails:
        sheet.parts.append(
            f'<path d="{rails}" {joined} stroke="#6B665C" stroke-width="0.7"/>'
            f'<path d="{rails}" {joined} stroke="#fff" stroke-width="0.35" stroke-dasharray="1.4 1.4"/>'
        )


def _line(sheet: _Sheet, way: Way) -> str:
    return "M" + "L".join("{:.2f} {:.2f}".format(*sheet.at(point)) for point in way.points)


def _stations(sheet: _Sheet, ways: Ways) -> Iterator[Named]:
    """Yield the stations on the paper, each name once."""
    named = {way.name: way.points[0] for way in ways.within(sheet.degrees(), STATION)}
    yield from (Named(f"{name.removesuffix('駅')}駅", at) for name, at in sorted(named.items()))


def _bus_stops(sheet: _Sheet, ways: Ways) -> Iterator[Named]:
    """Yield the bus stops on the paper, those nearest to its middle first; both sides of a street bear one name."""
    found = sorted(
        ways.within(sheet.degrees(), BUS_STOP),
        key=lambda way: (math.dist(sheet.at(way.points[0]), (sheet.width / 2, sheet.height / 2)), way.name),
    )
    named: dict[str, Sight] = {}
    for way in found:
        named.setdefault(way.name, way.points[0])
    yield from (Named(f"{name}（バス）", at, stop=True) for name, at in list(named.items())[:MOST_STOPS])


def _path(sheet: _Sheet, outline: Outline, box: tuple[float, float, float, float], detail: float) -> str:
    west, south, east, north = box
    margin = (east - west) / 10  # so that the cut edge lies outside the paper
    rings = outline.rings_in((west - margin, south - margin, east + margin, north + margin), detail)
    return "".join(
        "M" + "L".join("{:.2f} {:.2f}".format(*sheet.at((lat, lng))) for lng, lat in ring) + "Z" for ring in rings
    )


def _corner(sheet: _Sheet) -> None:
    """Draw the scale bar and the arrow to the north, on ground of their own in the lower left corner."""
    longest = [length for length in SCALES if length / sheet.metres <= sheet.width * 0.3] or [SCALES[0]]
    metres, bar, size = longest[-1], longest[-1] / sheet.metres, sheet.size
    text = f"{metres}m" if metres < 1000 else f"{metres // 1000}km"
    wide, high = max(bar + ems(text) * size * 1.3 + 2.5, 4 * size) + 2.4 * size, size * 1.9
    box = Rectangle(0.6, sheet.height - high - 0.6, 0.6 + wide, sheet.height - 0.6)
    sheet.take("", box)
    x, y = box.left + 2.6 * size, box.bottom - size * 0.75
    arrow = box.left + size
    sheet.parts.append(
        f'<rect x="{box.left:.2f}" y="{box.top:.2f}" width="{wide:.2f}" height="{high:.2f}" fill="#fff"/>'
        f'<path d="M{arrow:.2f} {box.bottom - 0.4:.2f}V{box.top + 0.4:.2f}m{-size * 0.3:.2f} {size * 0.5:.2f}l{size * 0.3:.2f} {-size * 0.5:.2f}l{size * 0.3:.2f} {size * 0.5:.2f}"'
        ' fill="none" stroke="#1F1D1A" stroke-width="0.35"/>'
        f'<text x="{arrow + size * 0.4:.2f}" y="{box.bottom - size * 0.45:.2f}" fill="#1F1D1A">北</text>'
        f'<path d="M{x:.2f} {y - size * 0.5:.2f}v{size * 0.5:.2f}h{bar:.2f}v{-size * 0.5:.2f}" fill="none" stroke="#1F1D1A" stroke-width="0.35"/>'
        f'<text x="{x + bar + 0.8:.2f}" y="{y + size * 0.15:.2f}" fill="#1F1D1A">{text}</text>'
    )


def _rings(sheet: _Sheet, middle: Sight) -> Iterator[tuple[int, float, float, float]]:
    """Yield the minutes, the middle and the radius (mm) of the rings that can be told apart and are seen."""
    x, y = sheet.at(middle)
    farthest = max(
        math.dist((x, y), corner)
        for corner in ((0, 0), (sheet.width, 0), (0, sheet.height), (sheet.width, sheet.height))
    )
    for minutes in MINUTES:
        radius = minutes * METRES_PER_MINUTE / sheet.metres
        if 2.2 * sheet.size < radius < farthest * 0.8:
            yield minutes, x, y, radius


def _minutes(sheet: _Sheet, middle: Sight) -> str:
    """Return the rings of minutes on foot, which are open wherever something is written."""
    written = [drawn.box for drawn in sheet.taken if drawn.text]
    parts = []
    for _, x, y, radius in _rings(sheet, middle):
        steps = max(72, int(radius * 8))  # a point for every 0.8 mm or closer
        turns = (2 * math.pi * step / steps for step in range(steps + 1))
        circle = [(x + radius * math.cos(turn), y - radius * math.sin(turn)) for turn in turns]
        begun = False
        for at in circle:
            seen = not any(box.holds(*at) for box in written)
            if seen:
                parts.append("{}{:.2f} {:.2f}".format("L" if begun else "M", *at))
            begun = seen
    return (
        f'<path d="{"".join(parts)}" fill="none" stroke="#0F5B4A" stroke-width="0.3" stroke-dasharray="1.6 1"/>'
        if parts
        else ""
    )


def _ring_words(sheet: _Sheet, middle: Sight) -> None:
    for minutes, x, y, radius in _rings(sheet, middle):
        text = f"歩いて{minutes}分"
        wide, high = ems(text) * sheet.size * 1.12 + 0.4, sheet.size * 1.08  # bold digits are wider
        for angle in (90, 45, 135, 60, 120, 20, 160, 270, 225, 315):
            at_x, at_y = x + radius * math.cos(math.radians(angle)), y - radius * math.sin(math.radians(angle))
            box = Rectangle(at_x - wide / 2, at_y - high / 2, at_x + wide / 2, at_y + high / 2)
            if sheet.free(box):
                sheet.write(text, box, colour="#0F5B4A", bold=True)
                break


def _numbers(sheet: _Sheet, points: tuple[Numbered, ...]) -> None:
    """Draw every number at its place, or beside it with a line to it where another one stands there."""
    half = sheet.size * 0.78
    lines, marks = [], []  # a line may pass under a number and never over one
    for point in points:
        x, y = sheet.at(point.at)
        for at_x, at_y in _around(x, y, half * 1.15):
            box = Rectangle(at_x - half, at_y - half, at_x + half, at_y + half)
            if sheet.free(box):
                break
        sheet.take(str(point.number), box)
        if math.dist((x, y), (at_x, at_y)) > 0.05:
            lines.append(
                f'<path d="M{x:.2f} {y:.2f}L{at_x:.2f} {at_y:.2f}" stroke="#1F1D1A" stroke-width="0.3"/><circle cx="{x:.2f}" cy="{y:.2f}" r="0.5" fill="#1F1D1A"/>'
            )
        marks.append(
            f'<circle cx="{at_x:.2f}" cy="{at_y:.2f}" r="{half:.2f}" fill="#1F1D1A" stroke="#fff" stroke-width="0.25"/>'
            f'<text x="{at_x:.2f}" y="{at_y + sheet.size * 0.36:.2f}" fill="#fff" font-weight="bold" text-anchor="middle">{point.number}</text>'
        )
    sheet.parts += lines + marks


def _around(x: float, y: float, step: float) -> Iterator[tuple[float, float]]:
    """Yield a point, then points further and further around it."""
    yield x, y
    for far in range(1, 40):
        for turn in range(16):
            angle = math.radians(turn * 22.5 + (11 if far % 2 else 0))
            yield x + far * step * math.cos(angle), y - far * step * math.sin(angle)


def _landmark(sheet: _Sheet, landmark: Named) -> None:
    x, y = sheet.at(landmark.at)
    half = sheet.size * 0.28
    box = Rectangle(x - half, y - half, x + half, y + half)
    if not sheet.free(box):  # a number stands there: the name would be taken for the number's
        return
    before = len(sheet.parts)
    sheet.take("", box)
    if not sheet.label(landmark.name, (x, y), half + 0.3, "#1F1D1A"):
        sheet.taken.pop()
        return
    shape = (
        f'<rect x="{box.left:.2f}" y="{box.top:.2f}" width="{2 * half:.2f}" height="{2 * half:.2f}" fill="#1F1D1A"/>'
    )
    if landmark.shelter:
        sheet.shelters = True
        shape = f'<path d="M{x:.2f} {y - half * 1.5:.2f}L{x + half * 1.4:.2f} {y + half:.2f}H{x - half * 1.4:.2f}Z" fill="#1F1D1A"/>'
    if landmark.stop:
        shape = (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{half * 0.8:.2f}" fill="#fff" stroke="#1F1D1A" stroke-width="0.3"/>'
        )
    sheet.parts.insert(before, shape)


def _beside(x: float, y: float, away: float, wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Yield the upper left corners of a label beside a point: right and left first, as the eye reads."""
    if away == 0.0:  # the name of an area stands on its point, or near it
        for down in (0.0, -1.2, 1.2, -2.4, 2.4):
            for aside in (0.0, 0.4, -0.4):
                yield x - wide / 2 + aside * wide, y - high / 2 + down * high
        return
    yield from ((x + away, y - high / 2), (x - away - wide, y - high / 2))
    yield from ((x - wide / 2, y - away - high), (x - wide / 2, y + away))
    yield from (
        (x + away, y - away - high),
        (x + away, y + away),
        (x - away - wide, y - away - high),
        (x - away - wide, y + away),
    )


def _alt(sheet: _Sheet, title: str, count: int) -> str:
    named = [
        drawn.text for drawn in sheet.taken if drawn.text and not drawn.text.isdigit() and "歩いて" not in drawn.text
    ]
    where = f"目印は、{'、'.join(named[:12])}です。" if named else ""
    return f"{title}の略図。一覧の番号 1 から {count} の場所を示します。{where}" if count else f"{title}の略図。{where}"


def locate(outline: Outline, at: Sight, width: float, height: float, *, title: str) -> PaperMap:
    """Draw the outline of a municipality, as large as ``width`` by ``height`` millimetres hold, with a dot at one place."""
    west, south, east, north = outline.bounds
    middle = ((south + north) / 2, (west + east) / 2)
    east_metres = (east - west) * METRES_PER_DEGREE * math.cos(math.radians(middle[0]))
    north_metres = (north - south) * METRES_PER_DEGREE
    metres = max(east_metres / (width - 2), north_metres / (height - 2))
    sheet = _Sheet(east_metres / metres + 2, north_metres / metres + 2, middle, metres, 1.0)
    path = _path(sheet, outline, outline.bounds, 0.4 * metres / METRES_PER_DEGREE)
    x, y = sheet.at(at)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:.2f} {sheet.height:.2f}" width="{sheet.width:.2f}mm" height="{sheet.height:.2f}mm">'
        f'<path d="{path}" fill="#E8F2EE" fill-rule="evenodd" stroke="#6F7F86" stroke-width="0.3" stroke-linejoin="round"/>'
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="3.4" fill="none" stroke="#0F5B4A" stroke-width="0.9"/>'
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.5" fill="#0F5B4A"/></svg>'
    )
    return PaperMap(svg, round(sheet.width, 2), round(sheet.height, 2), title, ())

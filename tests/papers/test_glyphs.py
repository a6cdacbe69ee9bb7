"""Every PDF of the demonstration, glyph by glyph: nothing covers anything, leaves its panel, is too small, or stands alone on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pdf_page import EDGE, MM, Glyph, covering, glyphs_of
from pdf_space import columns_of

SMALLEST, SMALLEST_LARGE = 9.0, 14.0
SMALLEST_READING, SMALLEST_LARGE_READING = 6.0, 9.0
FOLDS = ((97, 197), (100, 200))  # millimetres from the left, outside and inside of a three-fold
ROUNDED = 0.05
WHOLE = frozenset({"内科", "外科", "歯科", "眼科", "司会", "無休", "通町"})
"""Short lines that are a fact of their own: what a clinic treats, a part in a meeting, open all year, a town below a landmark of a map."""

Page = tuple[str, int, float, float, list[Glyph]]


@cache
def pages(site: Path) -> tuple[Page, ...]:
    found = sorted(site.rglob("*.pdf"))
    assert len(found) > 200
    return tuple(
        (str(file.relative_to(site)), at, *page)
        for file in found
        for at, page in enumerate(glyphs_of(file.read_bytes()))
    )


def is_large(path: str) -> bool:
    return "-large" in path


def is_three_fold(path: str, width: float, height: float) -> bool:
    return (round(width / MM), round(height / MM)) == (297, 210) and not re.search("worksheets/|report/|duplex", path)


def test_no_two_letters_cover_each_other(built_demo: Path) -> None:
    found = [
        f"{path} {at + 1}: {one.text}{other.text} {one[1:5]}"
        for path, at, _, _, glyphs in pages(built_demo)
        for one, other in covering(glyphs)
    ]
    assert not found, "\n".join(found[:20])


def test_every_letter_keeps_away_from_edges_and_folds(built_demo: Path) -> None:
    found = []
    for path, at, width, height, glyphs in pages(built_demo):
        edges = [0.0, width]
        if is_three_fold(path, width, height):
            edges += [fold * MM for fold in FOLDS[at]]
        if "duplex" in path:
            edges.append(width / 2)
        for one in glyphs:
            near = any(one.left < edge + EDGE and edge - EDGE < one.right for edge in edges)
            if near or one.bottom < EDGE or one.top > height - EDGE:
                found.append(f"{path} {at + 1}: {one.text} {one[1:5]}")
    assert not found, "\n".join(found[:20])


def test_no_letter_is_too_small(built_demo: Path) -> None:
    found = []
    for path, at, _, _, glyphs in pages(built_demo):
        least, reading = (SMALLEST_LARGE, SMALLEST_LARGE_READING) if is_large(path) else (SMALLEST, SMALLEST_READING)
        small = "".join(
            one.text
            for one in glyphs
            if one.size < least - ROUNDED and one.text != "●" and not is_reading(one, reading)
        )
        if small:
            found.append(f"{path} {at + 1}: {small[:40]}")
    assert not found, "\n".join(found[:20])


def is_reading(one: Glyph, least: float) -> bool:
    return bool(re.fullmatch("[ぁ-んー]", one.text)) and one.size >= least - ROUNDED


def test_no_line_has_one_or_two_left_over_letters(built_demo: Path) -> None:
    found = [
        f"{path} {at + 1}: {above} / {left}"
        for path, at, _, _, glyphs in pages(built_demo)
        for above, left in left_over(glyphs)
    ]
    assert not found, "\n".join(found[:20])


def left_over(glyphs: list[Glyph]) -> Iterator[tuple[str, str]]:
    """Yield a line that is full and the letter or two below its beginning in the same type: the end of its paragraph."""
    lines = list(lines_of(glyphs))
    for line in lines:
        text = "".join(one.text for one in line)
        if len(text) > 2 or text in WHOLE or not re.search(r"[ぁ-んァ-ン一-龥]", text):
            continue
        same = [
            other
            for other in lines
            if len(other) > 9 and abs(other[0].left - line[0].left) < 2 and abs(other[0].size - line[0].size) < 0.1
        ]
        full = max((other[-1].right for other in same), default=0.0) - line[0].size
        for other in same:
            down = other[0].bottom - line[0].bottom
            if (
                line[0].size * 0.5 < down < line[0].size * 1.9
                and other[-1].right + line[-1].right - line[0].left > full
            ):
                yield "".join(one.text for one in other), text


def lines_of(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield runs of letters of one size that stand beside each other without a gap."""
    line: list[Glyph] = []
    for one in glyphs:
        if line and not (
            abs(one.size - line[-1].size) < 0.1 and -1 < one.left - line[-1].right < one.size * 1.2
            and min(one.top, line[-1].top) - max(one.bottom, line[-1].bottom) > -one.size * 0.5
        ):  # fmt: skip
            yield line
            line = []
        line.append(one)
    if line:
        yield line


LEAST_USED = 0.75


def test_three_quarters_of_every_leaflet_and_three_fold_and_of_every_page_of_a_booklet_are_used(
    built_demo: Path,
) -> None:
    papers = [*(built_demo / "papers").glob("*.pdf"), *(built_demo / "pamphlets").rglob("*.pdf")]
    found = []
    for file in papers:
        if "duplex" in file.name:  # each half of a sheet is one object
            continue
        path = file.relative_to(built_demo).as_posix()
        sides = list(columns_of(file.read_bytes(), columns_in(path)))
        used = [column.used for side in sides for column in side]
        if sum(used) / len(used) < LEAST_USED:
            found.append(f"{path}: {[round(one, 2) for one in used]}")
        if "going-out" in path:  # every page of a booklet by itself
            found += [f"{path} {at}: {one:.2f}" for at, one in enumerate(used, start=1) if one < LEAST_USED]
    assert len(papers) > 100
    assert not found, "\n".join(found)


def columns_in(path: str) -> int:
    """The columns of a paper of the demonstration by its path."""
    if re.search(r"year-plan|fridge|going-out", path):
        return 1
    folded = is_large(path) if path.startswith("papers/") else re.search(r"/(kinashi|yashima)(-large)?\.pdf$", path)
    return 3 if folded else 2

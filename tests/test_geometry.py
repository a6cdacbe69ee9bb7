"""Nearest points agree with comparing all of them; outlines hold what lies inside."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagite.geometry import Neighbours, Outline

near_takamatsu = st.tuples(st.floats(34.0, 34.5), st.floats(133.8, 134.3))


@given(st.lists(near_takamatsu, min_size=2, max_size=60, unique=True))
def test_the_nearest_points_are_those_found_by_comparing_all(points: list[tuple[float, float]]) -> None:
    named = [(f"p{index:02}", lat, lng) for index, (lat, lng) in enumerate(points)]
    scale = cos(radians(sum(lat for lat, _ in points) / len(points)))
    lat, lng = points[0]
    by_hand = sorted(((a - lat) ** 2 + ((b - lng) * scale) ** 2) ** 0.5 for name, a, b in named if name != "p00")
    found = Neighbours(named).near(lat, lng, 3, leave_out="p00")
    place = {name: (a, b) for name, a, b in named}
    distances = [((place[n][0] - lat) ** 2 + ((place[n][1] - lng) * scale) ** 2) ** 0.5 for n in found]
    assert distances == pytest.approx(by_hand[:3])


def test_nothing_is_near_where_nothing_is() -> None:
    assert Neighbours([("tokyo", 35.68, 139.76)]).near(34.34, 134.05, 3) == ()


def test_an_outline_holds_points_inside_and_within_its_tolerance() -> None:
    square = {"type": "Polygon", "coordinates": [[[134, 34], [134.1, 34], [134.1, 34.1], [134, 34.1], [134, 34]]]}
    outline = Outline([square], tolerance=0.01)
    assert outline.holds(34.05, 134.05)
    assert outline.holds(34.105, 134.05)
    assert not outline.holds(34.12, 134.05)


def test_an_outline_that_cannot_be_read_says_so() -> None:
    with pytest.raises(ValueError, match=r".+"):
        Outline([{"type": "Polygon", "coordinates": "no"}], tolerance=0)

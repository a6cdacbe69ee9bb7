"""The nearest places are those found by comparing all of them, however they lie."""

from __future__ import annotations

from math import cos, radians

from hypothesis import given
from hypothesis import strategies as st

from tsunagite.geo.nearest import Place, nearest

ANYWHERE = st.tuples(st.floats(34.0, 34.5), st.floats(133.8, 134.3))
CROWDED = st.tuples(st.floats(34.3, 34.3005), st.floats(134.0, 134.0005))
ON_A_LATTICE = st.tuples(
    st.integers(0, 5).map(lambda n: 34.0 + n / 8), st.integers(0, 5).map(lambda n: 134.0 + n / 8)
)  # many equally near, many on one spot


def by_hand(among: list[Place], asked: Place) -> tuple[str, ...]:
    scale = cos(radians(sum(lat for _, lat, _ in among) / len(among)))
    own, lat, lng = asked
    x, y = lng * scale, lat
    ranked = sorted(
        ((x - b * scale) * (x - b * scale) + (y - a) * (y - a), other) for other, a, b in among if other != own
    )
    return tuple(other for distance, other in ranked[:3] if distance <= 0.64**2)


@given(st.lists(ANYWHERE | CROWDED | ON_A_LATTICE, min_size=1, max_size=80), st.lists(ANYWHERE | CROWDED, max_size=5))
def test_the_nearest_places_are_those_found_by_comparing_all(
    points: list[tuple[float, float]], others: list[tuple[float, float]]
) -> None:
    among = [(f"p{index:02}", lat, lng) for index, (lat, lng) in enumerate(points)]
    asked = among + [
        (f"q{index:02}", lat, lng) for index, (lat, lng) in enumerate(others)
    ]  # ended records are asked for, never found
    assert nearest(among, asked, 3) == {place[0]: by_hand(among, place) for place in asked}


def test_nothing_is_near_where_nothing_is() -> None:
    takamatsu = ("takamatsu", 34.34, 134.05)
    assert nearest([("tokyo", 35.68, 139.76)], [takamatsu], 3) == {"takamatsu": ()}
    assert nearest([], [takamatsu], 3) == {}

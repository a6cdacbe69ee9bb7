"""Degrees of maps before 2002 become those of today where surveyors published both."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest

from tsunagite.geo.tokyo_datum import from_tokyo_datum


def degree(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


# Both values of the origin stand in the order on surveying (測量法施行令第2条 before and since April 2002); the two others are
# examples of ports of TKY2JGD, the grid of 国土地理院 (the libraries tky2jgd and BLconverter).
@pytest.mark.parametrize(
    ("tokyo", "today"),
    [
        ((degree(35, 39, 17.5148), degree(139, 44, 40.5020)), (degree(35, 39, 29.1572), degree(139, 44, 28.8759))),
        ((36.103774791666666, 140.08785504166664), (36.10696628160147, 140.08457686629436)),
        ((degree(35, 43, 18), degree(138, 44, 36.1809)), (degree(35, 43, 29.55634), degree(138, 44, 24.90110))),
    ],
    ids=["origin of latitude and longitude in 麻布台", "つくば", "山梨"],
)
def test_points_that_surveyors_published_in_both_datums_agree_within_two_metres(
    tokyo: tuple[float, float], today: tuple[float, float]
) -> None:
    lat, lng = from_tokyo_datum(*tokyo)
    assert hypot(lat - today[0], (lng - today[1]) * cos(radians(lat))) * 111_320 < 2
    assert (
        400 < hypot(lat - tokyo[0], (lng - tokyo[1]) * cos(radians(lat))) * 111_320 < 500
    )  # unconverted, a place is as far away

"""Outlines hold what lies inside."""

from __future__ import annotations

import pytest

from tsunagite.geo.outlines import Outline


def test_an_outline_holds_points_inside_and_within_its_tolerance() -> None:
    square = {"type": "Polygon", "coordinates": [[[134, 34], [134.1, 34], [134.1, 34.1], [134, 34.1], [134, 34]]]}
    outline = Outline([square], tolerance=0.01)
    assert outline.holds(34.05, 134.05)
    assert outline.holds(34.105, 134.05)
    assert not outline.holds(34.12, 134.05)


def test_an_outline_that_cannot_be_read_says_so() -> None:
    with pytest.raises(ValueError, match=r".+"):
        Outline([{"type": "Polygon", "coordinates": "no"}], tolerance=0)

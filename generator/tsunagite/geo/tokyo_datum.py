"""Degrees of the Tokyo Datum (EPSG:4301), by which maps of Japan counted until 2002, as degrees of today. Pure."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin, sqrt

# Semi-major axis in metres and flattening. Bessel 1841: https://epsg.io/4301; GRS 1980: https://epsg.io/4612.
_BESSEL = (6_377_397.155, 1 / 299.1528128)
_GRS80 = (6_378_137.0, 1 / 298.257222101)
# Metres from the middle of the one ellipsoid to that of the other, as 国土地理院 gave them with the change of 2002:
# EPSG:15483 "Tokyo to JGD2000 (1)", which EPSG also takes for WGS 84 (https://epsg.io/3095).
_SHIFT = (-146.414, 507.337, 680.507)


def from_tokyo_datum(lat: float, lng: float) -> tuple[float, float]:
    """Return latitude and longitude of JGD2000 (WGS 84) for those of the Tokyo Datum, all in degrees, by three parameters.

    The nets of old surveys were bent: the result lies up to 9 m from that of the grid TKY2JGD of 国土地理院, near Tokyo 2 m.
    """
    x, y, z = _geocentric(lat, lng, *_BESSEL)
    return _geographic(x + _SHIFT[0], y + _SHIFT[1], z + _SHIFT[2], *_GRS80)


def _geocentric(lat: float, lng: float, axis: float, flattening: float) -> tuple[float, float, float]:
    """Return the point at height 0 in metres from the middle of the ellipsoid."""
    phi, along = radians(lat), radians(lng)
    squared = flattening * (2 - flattening)  # of the eccentricity
    radius = axis / sqrt(1 - squared * sin(phi) ** 2)
    return radius * cos(phi) * cos(along), radius * cos(phi) * sin(along), radius * (1 - squared) * sin(phi)


def _geographic(x: float, y: float, z: float, axis: float, flattening: float) -> tuple[float, float]:
    """Return latitude and longitude in degrees (Bowring's formula, exact to less than a millimetre near the ground)."""
    squared = flattening * (2 - flattening)
    short, across = axis * (1 - flattening), hypot(x, y)
    reduced = atan2(z * axis, across * short)
    rise = z + squared / (1 - squared) * short * sin(reduced) ** 3
    return degrees(atan2(rise, across - squared * axis * cos(reduced) ** 3)), degrees(atan2(y, x))

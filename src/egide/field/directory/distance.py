"""How far two points are, as the crow flies: a river or a border may lie between. Pure functions."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH = 12742.0  # twice the mean radius, in kilometres
KM_IN_A_DEGREE = 111.0  # at most, so that a box around a point holds the whole circle


@dataclass(frozen=True)
class Place:
    """A point in degrees."""

    latitude: float
    longitude: float


def great_circle(one: Place, other: Place) -> float:
    """Kilometres between two points, by the haversine formula."""
    south, north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return EARTH * asin(sqrt(min(1.0, half)))

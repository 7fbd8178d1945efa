"""A map drawn here, without any outside server: points on a plane, a scale, the north. The list beside it says the same.

Within a département the plane is fair enough: degrees east are shortened by the cosine of the latitude.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from egide.field.directory.distance import KM_IN_A_DEGREE

WIDTH, HEIGHT, EDGE, CLOSE = 640, 420, 46, 20
SCALES = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Dot:
    """A point of the map and the numbers of the list that stand there; `here`: the commune asked about."""

    x: float
    y: float
    label: str
    here: bool = False


@dataclass(frozen=True)
class Drawing:
    """What the theme draws: dots and a scale of `scale_km` kilometres that is `scale_x` wide."""

    dots: tuple[Dot, ...]
    scale_km: int
    scale_x: float
    width: int = WIDTH
    height: int = HEIGHT


def draw(points: Iterable[tuple[str, float, float]], here: tuple[str, float, float] | None = None) -> Drawing | None:
    """The map of labelled points (label, latitude, longitude); None when there is none. Those too close share a dot."""
    placed = list(points)
    if not placed:
        return None
    every = [*placed, *([here] if here else [])]
    wide = cos(radians(sum(each[1] for each in every) / len(every)))
    plane = [
        (label, longitude * wide * KM_IN_A_DEGREE, -latitude * KM_IN_A_DEGREE) for label, latitude, longitude in every
    ]
    left, top = min(x for _label, x, _y in plane), min(y for _label, _x, y in plane)
    across = max(x for _label, x, _y in plane) - left
    down = max(y for _label, _x, y in plane) - top
    pixels = min((WIDTH - 2 * EDGE) / max(across, 4.0), (HEIGHT - 2 * EDGE) / max(down, 4.0))
    dots = [
        Dot(
            round(WIDTH / 2 + (x - left - across / 2) * pixels, 1), round(HEIGHT / 2 + (y - top - down / 2) * pixels, 1), label,
            here is not None and number == len(placed),
        )
        for number, (label, x, y) in enumerate(plane)
    ]  # fmt: skip
    scale = max((km for km in SCALES if km * pixels <= WIDTH / 3), default=SCALES[0])
    return Drawing(tuple(_together(dots)), scale, round(scale * pixels, 1))


def _together(dots: Sequence[Dot]) -> list[Dot]:
    apart: list[Dot] = []
    for dot in dots:
        for place, other in enumerate(apart):
            if not dot.here and not other.here and abs(dot.x - other.x) < CLOSE and abs(dot.y - other.y) < CLOSE:
                apart[place] = Dot(other.x, other.y, f"{other.label}, {dot.label}")
                break
        else:
            apart.append(dot)
    return apart

"""A series as a curve with a gap at its break. What lives here: coordinates; the theme draws them (components/serieschart)."""

from collections.abc import Sequence
from dataclasses import dataclass

from egide.web.components.words import whole

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 88, 16, 34, 40
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Tick:
    """A mark of an axis: where, and the words beside it."""

    place: float
    words: str


@dataclass(frozen=True)
class Curve:
    """Two paths that never touch, the band of the gap between them, and the marks of both axes."""

    before: str
    after: str
    gap: float
    gap_width: float
    gap_words: str
    levels: tuple[Tick, ...]
    years: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    floor: int = HEIGHT - BOTTOM


def draw(values: Sequence[tuple[str, float]], place: int, words: str) -> Curve:
    """Draw [(period, value)] from zero up; the values from `place` on are another curve."""
    highest = max(value for _, value in values) or 1.0
    step = _step(highest)
    top = step * -(-highest // step)
    across = (WIDTH - LEFT - RIGHT) / max(1, len(values) - 1)
    points = [
        (LEFT + index * across, HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM))
        for index, (_, value) in enumerate(values)
    ]
    levels = [Tick(_height(level * step, top), whole(round(level * step))) for level in range(int(top / step) + 1)]
    return Curve(
        _path(points[:place]), _path(points[place:]), round(points[place - 1][0], 1), round(across, 1), words,
        tuple(levels), _years(values, across),
    )  # fmt: skip


def _height(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)


def _step(highest: float) -> float:
    """Give the distance between levels so that there are three to six of them, at round numbers."""
    power = 10.0 ** (len(str(int(highest))) - 1)
    return next((power * each / 2 for each in STEPS if highest / (power * each / 2) <= 5), power * 5)


def _years(values: Sequence[tuple[str, float]], across: float) -> tuple[Tick, ...]:
    starts = [
        (index, period[:4])
        for index, (period, _) in enumerate(values)
        if not index or period[:4] != values[index - 1][0][:4]
    ]
    every = -(-len(starts) // 6)
    return tuple(Tick(round(LEFT + index * across, 1), year) for index, year in starts[::every])


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)

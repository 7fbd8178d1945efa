"""How often the detector of breaks cries wolf, and how often it sees one: the figures of `detection.calibration`.

Each null series has a level, a slope and seasons, and no break; `noise` says how it strays from them. Run:
`python -m bench.breaks` (about two minutes); copy what it prints into the tables.
"""

from __future__ import annotations

import math
import sys

import numpy as np
from numpy.typing import NDArray

from egide.core.period import Period
from egide.methods.comparability.detection import Series, find_shifts, profile

_SIGMA = 0.08  # of a month's logarithm, as the larger indexes of recorded crime have


def periods(length: int, per_year: int) -> tuple[Period, ...]:
    """Consecutive periods from 2000 on."""
    step = 12 // per_year
    months = [2000 * 12 + place * step for place in range(length)]
    starts = [f"{month // 12}-{month % 12 + 1:02}" for month in months]
    ends = [f"{(month + step - 1) // 12}-{(month + step - 1) % 12 + 1:02}" for month in months]
    return tuple(Period.parse(f"{start}/{end}") for start, end in zip(starts, ends, strict=True))


def noise(kind: str, length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Noise of unit variance about the level: white, autocorrelated, wandering, heavy-tailed or a random walk."""
    white = rng.standard_normal(length + 50)
    if kind.startswith("ar "):
        phi = float(kind.split()[1])
        for place in range(1, white.size):
            white[place] = phi * white[place - 1] + math.sqrt(1 - phi**2) * white[place]
    if kind.startswith("wander "):
        white[50:] += np.cumsum(rng.standard_normal(length) * float(kind.split()[1]))
    if kind == "heavy":
        white = rng.standard_t(5, length + 50) / math.sqrt(5 / 3)
    return np.asarray(white[50:])


def one(length: int, per_year: int, kind: str, rng: np.random.Generator, *, at: int = 0, size: float = 0.0) -> Series:
    """A series with or without one break: its logarithm, or a Poisson count when the kind says `count MEAN`."""
    place = np.arange(length)
    if per_year == 1:
        steps = noise(kind, length, rng) * _SIGMA + 0.02
        level = 8 + np.cumsum(steps)
    else:
        level = 6 + 0.03 * place / per_year + 0.1 * np.sin(2 * np.pi * place / per_year)
        level = level + (0 if kind.startswith("count") else noise(kind, length, rng) * _SIGMA)
    level = level + (place >= at) * math.log1p(size) * (at > 0)
    values = np.exp(level)
    if kind.startswith("count"):
        values = rng.poisson(float(kind.split()[1]) * values / values.mean()).astype(float)
    return Series("s", periods(length, per_year), tuple(values))


def false_alarms(length: int, per_year: int, kind: str, runs: int) -> float:
    """Share of the runs in which a break was announced that is not there."""
    rng = np.random.default_rng(20261122)
    return sum(bool(find_shifts(profile(one(length, per_year, kind, rng)))) for _ in range(runs)) / runs


def found(size: float, kind: str, runs: int, length: int = 180) -> float:
    """Share of the runs in which a monthly jump was announced within two months of its date."""
    rng = np.random.default_rng(20261123)
    seen = 0
    for _ in range(runs):
        at = int(rng.integers(30, length - 30))
        shifts = find_shifts(profile(one(length, 12, kind, rng, at=at, size=size)))
        seen += any(abs(shift.index - at) <= 2 for shift in shifts)
    return seen / runs


def main(runs: int) -> None:
    """Print both tables."""
    for per_year, lengths, kinds in (
        (12, (120, 262), ("white", "ar 0.3", "ar 0.5", "wander 0.15", "heavy", "count 10")),
        (4, (40, 80), ("white", "ar 0.3", "wander 0.15", "heavy")),
        (1, (10, 15, 30), ("white", "heavy")),
    ):
        for length in lengths:
            for kind in kinds:
                print(
                    f'FalseAlarm({per_year}, {length}, "{kind}", {runs}, {false_alarms(length, per_year, kind, runs):.3f}),'
                )
    for size in (0.1, 0.15, 0.2, 0.25, 0.35):
        print(f'Power(12, {size}, "ar 0.3", {runs}, {found(size, "ar 0.3", runs):.2f}),')


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

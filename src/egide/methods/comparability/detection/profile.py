"""How a series jumps at each date. What lives here: the measures of one series, by window; no decision."""

from dataclasses import dataclass

import numpy as np

from egide.methods.comparability.detection.calibration import CRITICAL
from egide.methods.comparability.detection.scale import scale
from egide.methods.comparability.detection.series import NotDetectable, Numbers, Series
from egide.methods.comparability.detection.windows import jumps

LEAST = {12: 48, 4: 16, 1: 8}  # values without which no window has two sides


@dataclass(frozen=True)
class Reading:
    """The jump of a series at one date: the logarithm of the ratio, its standard error and their quotient."""

    jump: float
    error: float
    statistic: float


@dataclass(frozen=True)
class View:
    """One window: `side` values on each side, the relative jumps (logarithms), their errors and the critical value."""

    side: int
    jump: Numbers
    error: Numbers
    statistic: Numbers
    critical: float


@dataclass(frozen=True)
class Profile:
    """A series seen through each of its windows."""

    series: Series
    views: tuple[View, ...]

    def at(self, index: int, side: int) -> Reading | None:
        """Read the jump at a date through the window of `side`, or the widest that has room; None when none has."""
        for view in sorted(self.views, key=lambda each: (each.side != side, -each.side)):
            if 0 <= index < view.jump.size and np.isfinite(view.statistic[index]):
                return Reading(float(view.jump[index]), float(view.error[index]), float(view.statistic[index]))
        return None


def profile(series: Series) -> Profile:
    """Measure the jumps of a series. Raises NotDetectable when it is too short or never varies."""
    least = LEAST[series.per_year]
    if len(series.values) < least:
        raise NotDetectable(
            f"The series {series} has {len(series.values)} values, and {least} are needed: nothing can be said of its breaks."
        )
    if len(set(series.values)) == 1:
        raise NotDetectable(f"The series {series} never varies: there is nothing to search.")
    return Profile(series, _yearly(series) if series.per_year == 1 else _seasonal(series))


def _seasonal(series: Series) -> tuple[View, ...]:
    scaled = scale(series.array, series.per_year)
    views = []
    for side, critical in CRITICAL[series.per_year].items():
        found = jumps(scaled.values, series.per_year, side)
        relative = scaled.relative(found.level, found.jump)
        ratio = np.divide(relative, found.jump, out=np.ones_like(relative), where=np.abs(found.jump) > 1e-9)
        views.append(View(side, relative, found.error * np.abs(ratio), found.statistic, critical))
    return tuple(views)


def _yearly(series: Series) -> tuple[View, ...]:
    """Set each difference of logarithms against the median one; a difference undone the next year is a passing outlier."""
    scaled = scale(series.array, 1)
    steps = np.diff(scaled.values)
    apart = steps - np.median(steps)
    spread = max(1.4826 * float(np.median(np.abs(apart))), 1e-7)
    undone = np.flatnonzero(apart[1:] * -np.sign(apart[:-1]) > np.abs(apart[:-1]) / 2)
    for place in undone:
        apart[place], apart[place + 1] = 0.0, apart[place] + apart[place + 1]
    jump = np.concatenate([[np.nan], scaled.relative(scaled.values[:-1], apart)])
    error = np.concatenate([[np.nan], np.full(apart.size, spread)])
    statistic = np.concatenate([[np.nan], apart / spread])
    return (View(1, jump, error, statistic, CRITICAL[1][1]),)

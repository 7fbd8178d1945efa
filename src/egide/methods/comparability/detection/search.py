"""Where a series breaks. What lives here: the peaks above the critical value; their cause is read beside (`evidence`)."""

import math
from dataclasses import dataclass

import numpy as np

from egide.core.period import Period
from egide.methods.comparability.detection.profile import Profile
from egide.methods.comparability.detection.series import Numbers

_WIDE = 1.96


@dataclass(frozen=True)
class Shift:
    """A jump in the level of a series, from `at` on.

    `size` is relative (0.24 for +24 %), between `low` and `high` at 95 % for that date and window; the interval does not know
    that the date was searched for. `statistic` is compared with `critical`; `side` is the number of values on each side.
    """

    at: Period
    index: int
    size: float
    low: float
    high: float
    statistic: float
    critical: float
    side: int


def find_shifts(profile: Profile) -> tuple[Shift, ...]:
    """List the breaks of a series in order of date: the highest peak first, none within a year of a higher one."""
    heights = np.array([np.abs(np.nan_to_num(view.statistic)) / view.critical for view in profile.views])
    best = heights.max(axis=0)
    found = []
    while best.max() > 1:
        index = int(best.argmax())
        found.append(_shift(profile, index, int(heights[:, index].argmax())))
        _forget(best, index, profile.series.per_year)
    return tuple(sorted(found, key=lambda shift: shift.index))


def _forget(heights: Numbers, index: int, per_year: int) -> None:
    reach = per_year if per_year > 1 else 0
    heights[max(0, index - reach) : index + reach + 1] = 0


def _shift(profile: Profile, index: int, view_index: int) -> Shift:
    view = profile.views[view_index]
    jump, error = float(view.jump[index]), float(view.error[index])
    return Shift(
        at=profile.series.periods[index],
        index=index,
        size=math.expm1(jump),
        low=math.expm1(jump - _WIDE * error),
        high=math.expm1(jump + _WIDE * error),
        statistic=float(view.statistic[index]),
        critical=view.critical,
        side=view.side,
    )

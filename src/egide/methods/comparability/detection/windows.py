"""The jump in the middle of a window, for every window at once. What lives here: one regression as a matrix product.

Every window of one length has the same regressors up to the phase of the seasons, and the seasons' columns span the same space
at any phase: one projection therefore serves all of them.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from egide.methods.comparability.detection.series import Numbers

_PHIS = np.round(np.arange(0, 0.91, 0.05), 2)  # autocorrelation is read on this grid; beyond 0.9 a level is not one
_NOTHING = 1e-7


@dataclass(frozen=True)
class Jumps:
    """For each date: the jump, its standard error and the level just before; NaN where a side lacks room."""

    jump: Numbers
    error: Numbers
    level: Numbers

    @property
    def statistic(self) -> Numbers:
        """The jump in standard errors."""
        return np.asarray(self.jump / np.maximum(self.error, _NOTHING), dtype=np.float64)


@dataclass(frozen=True)
class _Projection:
    jump: Numbers
    variance: float
    residual: Numbers
    freedom: int


def jumps(values: Numbers, per_year: int, side: int) -> Jumps:
    """Measure the jump at each date that has `side` values before it and `side` from it on."""
    found = [np.full(values.size, np.nan) for _ in range(3)]
    if values.size < 2 * side:
        return Jumps(*found)
    windows = sliding_window_view(values, 2 * side)
    phis = _autocorrelation(windows, per_year, side)
    for index in np.unique(phis):
        here = np.flatnonzero(phis == index)
        projection = _projection(per_year, side, float(_PHIS[index]))
        errors = windows[here] @ projection.residual.T
        variance = (errors**2).sum(axis=1) / projection.freedom
        found[0][here + side] = windows[here] @ projection.jump
        found[1][here + side] = np.sqrt(variance * projection.variance)
        found[2][here + side] = windows[here][:, max(0, side - per_year) : side].mean(axis=1)
    return Jumps(*found)


def _autocorrelation(windows: Numbers, per_year: int, side: int) -> NDArray[np.intp]:
    """Find, for each window, the index on the grid of the autocorrelation that its residuals betray, bias removed."""
    errors = windows @ _projection(per_year, side, 0.0).residual.T
    squares = np.maximum((errors**2).sum(axis=1), _NOTHING**2)
    seen = (errors[:, 1:] * errors[:, :-1]).sum(axis=1) / squares
    places = np.searchsorted(_expected(per_year, side), seen)
    return np.asarray(np.minimum(places, len(_PHIS) - 1), dtype=np.intp)


@lru_cache(maxsize=64)
def _expected(per_year: int, side: int) -> Numbers:
    """Give the autocorrelation of residuals expected under each value of the grid: fitting makes it smaller."""
    design = _design(per_year, side)
    off = np.eye(2 * side) - design @ np.linalg.pinv(design)
    lags = np.abs(np.subtract.outer(np.arange(2 * side), np.arange(2 * side)))
    covariances = (off @ np.power(phi, lags) @ off for phi in _PHIS)
    return np.array([np.trace(each, 1) / np.trace(each) for each in covariances])


@lru_cache(maxsize=512)
def _projection(per_year: int, side: int, phi: float) -> _Projection:
    design, size = _design(per_year, side), 2 * side
    whitening = np.eye(size) - np.diag(np.full(size - 1, phi), -1)
    whitening[0, 0] = np.sqrt(1 - phi**2)
    white = whitening @ design
    inverse = np.linalg.inv(white.T @ white)
    fit = inverse @ white.T @ whitening
    return _Projection(fit[-1], float(inverse[-1, -1]), whitening - white @ fit, size - design.shape[1])


def _design(per_year: int, side: int) -> Numbers:
    """Give the regressors of a window: level, slope, change of slope, seasons and, last, the jump at its middle."""
    place = np.arange(2 * side)
    years = (place - side + 0.5) / per_year
    columns = [np.ones(2 * side), years, np.abs(years)]
    for turn in range(1, per_year // 2 + 1):
        angle = 2 * np.pi * turn * place / per_year
        columns.append(np.cos(angle))
        if 2 * turn < per_year:
            columns.append(np.sin(angle))
    return np.array([*columns, (place >= side).astype(np.float64)]).T

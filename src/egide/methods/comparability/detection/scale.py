"""The scale on which a jump is a jump. What lives here: the transformation and the drawing in of passing outliers."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from egide.methods.comparability.detection.series import Numbers

_LEAST_FOR_LOG = 20  # below this median a month's count is mostly chance, and its logarithm is not near normal
_FAR = 3.5  # Hampel's identifier: deviations from the running median, in robust standard deviations


@dataclass(frozen=True)
class Scaled:
    """Values on the scale of the search: logarithms, or square roots (Anscombe 1948) where counts are small."""

    values: Numbers
    logarithm: bool

    def relative(self, level: Numbers, step: Numbers) -> Numbers:
        """Give the logarithm of the ratio that a `step` up from a `level` means on the scale of the counts."""
        if self.logarithm:
            return step
        floor = 2 * np.sqrt(0.375)
        low, high = np.maximum(level, floor), np.maximum(level + step, floor)
        return np.asarray(2 * np.log(high / low), dtype=np.float64)


def scale(values: Numbers, per_year: int) -> Scaled:
    """Transform the values, then draw in those that stand alone far from their neighbours (a strike, a lockdown)."""
    logarithm = bool(np.median(values) >= _LEAST_FOR_LOG and values.min() > 0) or not _are_counts(values)
    least = values[values > 0].min(initial=1.0)
    scaled = np.log(np.maximum(values, least / 2)) if logarithm else 2 * np.sqrt(values + 0.375)
    return Scaled(_draw_in(scaled, per_year) if per_year > 1 else scaled, logarithm)


def _are_counts(values: Numbers) -> bool:
    return bool(np.all(values == np.round(values)))


def _draw_in(values: Numbers, per_year: int) -> Numbers:
    """Bring values that stand out of a year's running median back to its edge; a lasting step moves the median itself."""
    seasonal = _seasons(values - _running_median(values, per_year), per_year)
    plain = values - seasonal
    middle = _running_median(plain, per_year)
    far = plain - middle
    spread = 1.4826 * float(np.median(np.abs(far)))
    if spread <= 1e-9:
        return values
    return np.asarray(middle + np.clip(far, -_FAR * spread, _FAR * spread) + seasonal, dtype=np.float64)


def _running_median(values: Numbers, per_year: int) -> Numbers:
    half = per_year // 2
    inside = np.median(sliding_window_view(values, 2 * half + 1), axis=1)
    before = [np.median(values[: place + half + 1]) for place in range(half)]
    after = [np.median(values[place - half :]) for place in range(values.size - half, values.size)]
    return np.concatenate([before, inside, after])


def _seasons(deviations: Numbers, per_year: int) -> Numbers:
    usual = np.array([np.median(deviations[start::per_year]) for start in range(per_year)])
    return np.resize(usual - usual.mean(), deviations.size)

"""Series of known truth."""

import numpy as np

from egide.core.period import Period
from egide.methods.comparability.detection import Series


def months(length, start=2000):
    return tuple(Period.parse(f"{start + place // 12}-{place % 12 + 1:02}") for place in range(length))


def made(seed, *, length=150, at=0, size=0.0, noise=0.05, phi=0.3, code="x", territory="", units=()):
    """A monthly series with a slope, seasons and autocorrelated noise, whose level jumps by `size` at the place `at`."""
    rng = np.random.default_rng(seed)
    white = rng.standard_normal(length)
    for place in range(1, length):
        white[place] = phi * white[place - 1] + np.sqrt(1 - phi**2) * white[place]
    place = np.arange(length)
    level = 7 + 0.002 * place + 0.1 * np.sin(2 * np.pi * place / 12) + noise * white
    level += np.log1p(size) * (place >= at) * (at > 0)
    return Series(code, months(length), tuple(float(v) for v in np.round(np.exp(level))), territory, units)

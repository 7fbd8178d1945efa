"""Chance that can be had again: one stream for each seed, block and purpose, and identifiers that depend on nothing else.

Only uniform numbers are drawn, and turned into the rest by tables: their stream is fixed by the generator, where the library's
other distributions may change with its version. Lives here: drawing. Not here: what is drawn.
"""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Dates = Any  # arrays of days, whose arithmetic numpy does not type


class Stream:
    """Uniform numbers of one purpose ("ages", "complaints"…) in one block of one seed."""

    def __init__(self, seed: int, block: int, purpose: str) -> None:
        words = [seed, block, zlib.crc32(purpose.encode())]
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))

    def uniform(self, size: int) -> Floats:
        """Numbers in [0, 1)."""
        return self._generator.random(size)

    def happens(self, chance: float | Floats, size: int) -> Bools:
        """True with the given chance, one for all or one for each."""
        return self.uniform(size) < chance

    def choose(self, shares: Sequence[float] | Mapping[str, float], size: int) -> Ints:
        """Places in a list, each as often as its share; shares need not add up to one."""
        weights = list(shares.values()) if isinstance(shares, Mapping) else list(shares)
        steps = np.cumsum(weights)
        return np.searchsorted(steps / steps[-1], self.uniform(size), side="right").astype(np.int64)

    def below(self, limit: int | Ints, size: int) -> Ints:
        """Whole numbers from 0 to just below the limit, one for all or one for each."""
        return np.floor(self.uniform(size) * limit).astype(np.int64)

    def repeats(self, chance: float, size: int, most: int = 60) -> Ints:
        """How many times something happens again, each time with the same chance."""
        steps = 1 - np.cumprod(np.full(most, chance))
        return np.searchsorted(steps, self.uniform(size), side="right").astype(np.int64)

    def counts(self, mean: float, size: int, most: int = 40) -> Ints:
        """Numbers of independent events of a given mean (Poisson's law, by its table)."""
        terms = np.cumprod(np.concatenate([[1.0], mean / np.arange(1, most)]))
        steps = np.cumsum(terms)
        return np.searchsorted(steps / steps[-1], self.uniform(size), side="right").astype(np.int64)

    def order(self, size: int) -> Ints:
        """An order of `size` things."""
        return np.argsort(self.uniform(size), kind="stable").astype(np.int64)

    def words(self, size: int) -> NDArray[np.uint8]:
        """Sixteen bytes for each of `size` things, marked as identifiers of RFC 9562's free version."""
        raw = self._generator.bytes(16 * size)
        found = np.frombuffer(raw, dtype=np.uint8).reshape(size, 16).copy()
        found[:, 6] = found[:, 6] & 0x0F | 0x80
        found[:, 8] = found[:, 8] & 0x3F | 0x80
        return found

"""A series of values without a hole. What lives here: what a series must be to be searched; no statistics."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from egide.core.period import Period

Numbers: TypeAlias = NDArray[np.float64]

_PER_YEAR = {1: 12, 3: 4, 12: 1}


class NotDetectable(ValueError):
    """A series that cannot be searched for breaks; the message says why and what to do."""


@dataclass(frozen=True)
class Series:
    """Values of one code in one territory, one a month, quarter or year, in order and without a hole.

    `territory` is empty when the series says nothing of it. `units` gives the counting unit of each value where it is
    delivered, and is empty otherwise. `survey` marks an estimate from a survey: it is never searched, it is evidence.
    """

    code: str
    periods: tuple[Period, ...]
    values: tuple[float, ...]
    territory: str = ""
    units: tuple[str, ...] = ()
    survey: bool = False

    def __post_init__(self) -> None:
        if len(self.periods) != len(self.values) or len(self.units) not in (0, len(self.periods)):
            raise NotDetectable(f"The series {self} has not one value (and one unit or none) for each period.")
        if not self.periods:
            raise NotDetectable(f"The series {self} is empty.")
        self._check_periods()
        for period, value in zip(self.periods, self.values, strict=True):
            if not (np.isfinite(value) and value >= 0):
                raise NotDetectable(f"The series {self} holds {value} in {period}: a value is a number, zero or more.")

    def __str__(self) -> str:
        return f"{self.territory}:{self.code}" if self.territory else self.code

    @property
    def per_year(self) -> int:
        """Number of values in a year: 12, 4 or 1."""
        return _PER_YEAR[self.periods[0].months or 0]

    @property
    def array(self) -> Numbers:
        """The values as floating-point numbers."""
        return np.asarray(self.values, dtype=np.float64)

    def _check_periods(self) -> None:
        months = {period.months for period in self.periods}
        if len(months) != 1 or next(iter(months)) not in _PER_YEAR:
            found = ", ".join(dict.fromkeys(str(period) for period in self.periods[:3]))
            raise NotDetectable(f"The series {self} mixes periods ({found}…): give months, quarters or years only.")
        step = self.periods[0].months or 0
        for before, after in zip(self.periods, self.periods[1:], strict=False):
            distance = _month(after) - _month(before)
            if distance == 0:
                raise NotDetectable(f"The series {self} has two values in {after}: keep one.")
            if distance < 0:
                raise NotDetectable(f"The series {self} is not in order: {after} follows {before}.")
            if distance > step:
                raise NotDetectable(
                    f"The series {self} has no value between {before} and {after}: a hole is not a zero. Give the missing "
                    "values, or cut the series there."
                )


def _month(period: Period) -> int:
    return period.first.year * 12 + period.first.month

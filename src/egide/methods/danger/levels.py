"""The five levels of a situation at a date. What lives here: their order; not their words or tasks (catalogue)."""

from enum import Enum
from functools import total_ordering


@total_ordering
class Level(Enum):
    """From nothing known to act now, in this order. A level is a word, never a number; none of them says "no danger"."""

    NOT_ASSESSED = "NOT_ASSESSED"
    VIGILANCE = "VIGILANCE"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    IMMEDIATE = "IMMEDIATE"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Level):
            return NotImplemented
        order = list(Level)
        return order.index(self) < order.index(other)

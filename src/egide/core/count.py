"""A whole number of one thing. What lives here: adding counts, and the sentences with which they refuse.

Not here: tables of counts (`egide.methods.tabulate`) and ratios (`egide.methods.comparability`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from egide.core.units import CountingUnit


class NotACount(ValueError):
    """A value that is not a whole number of things, or a sum of nothing."""


class UnlikeUnits(ValueError):
    """An addition of counts that do not count the same thing, or of which one counts an unknown thing."""


class NotAdditive(ValueError):
    """A sum over a dimension over which the unit is not additive."""


@dataclass(frozen=True)
class Count:
    """`value` things of the kind `unit`; zero is a value, an absent count is a `Missing`."""

    value: int
    unit: CountingUnit

    def __post_init__(self) -> None:
        if type(self.value) is not int or self.value < 0:
            raise NotACount(
                f"A count is a whole number of things, zero or more; got {self.value!r} for “{self.unit.code}”. "
                "Give an absent value as Missing, and an estimate or a share as such."
            )

    def __str__(self) -> str:
        return self.unit.words(self.value)

    def __add__(self, other: object) -> "Count":
        if not isinstance(other, Count):
            return NotImplemented
        check_addable(self, other)
        return Count(self.value + other.value, self.unit)

    @staticmethod
    def sum(counts: Iterable["Count"], *, over: str) -> "Count":
        """Sum the counts of the parts of a whole along the dimension `over`, exactly.

        Raises NotAdditive when the unit is not additive over that dimension, UnlikeUnits when the units differ, and
        NotACount when there is nothing to sum (no count is not a count of zero).
        """
        parts = list(counts)
        if not parts:
            raise NotACount(f"There is nothing to sum over “{over}”: no count is an absent value, not zero.")
        for part in parts:
            if part.unit != parts[0].unit:
                check_addable(part, parts[0])
        check_additive(parts[0].unit, over)
        return Count(sum(part.value for part in parts), parts[0].unit)


def check_addable(one: Count, other: Count) -> None:
    """Raise UnlikeUnits, naming both units, unless the two counts count the same known thing."""
    for count in (one, other):
        if not count.unit.known:
            raise UnlikeUnits(
                f"Cannot add {other} to {one}: nobody has established what “{count.unit.code}” counts. "
                "Publish the two apart, or bring the proof of their common unit into the catalogue."
            )
    if one.unit != other.unit:
        raise UnlikeUnits(
            f"Cannot add {other} to {one}: they do not count the same thing, and a sum of the two would count nothing. "
            "Show them side by side."
        )


def check_additive(unit: CountingUnit, over: str) -> None:
    """Raise NotAdditive unless counts of `unit` may be summed over the dimension `over`."""
    if over in unit.additive_over:
        return
    if not unit.known:
        reason = "nobody has established what it counts, so it is additive over nothing"
    elif unit.additive_over:
        reason = f"the same one may be counted under several values of it (it is additive over {_listed(unit)})"
    else:
        reason = "it is additive over nothing"
    raise NotAdditive(
        f"The unit “{unit.code}” is not additive over “{over}”: {reason}. "
        "Keep that dimension in the table, fix it to one code, or use the total which the producer delivers."
    )


def _listed(unit: CountingUnit) -> str:
    return ", ".join(sorted(unit.additive_over))

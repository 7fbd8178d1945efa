"""Growth between two periods of one series. What lives here: breaks, back-casts and the refusals they cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from egide.core.period import Period
from egide.methods.comparability.described import (
    Derived,
    Described,
    NotComparable,
    check_count,
    differences,
    refuse,
)

Kind = Literal["artefact", "real", "declared"]
_SAME_SERIES = ("unit", "population", "source", "nature", "scope", "definition")


@dataclass(frozen=True)
class Break:
    """A break of a series on the first day of `at`.

    `artefact` (a software, a method) and `declared` (a definition) forbid a growth across it; a `real` change of the
    world does not, and is told beside the growth.
    """

    at: Period
    kind: Kind
    cause: str
    effect: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise NotComparable(f"A break is artefact, real or declared, not “{self.kind}”.")

    def __str__(self) -> str:
        return f"{self.at.text}, {self.cause}" + (f" ({self.effect})" if self.effect else "")


@dataclass(frozen=True)
class Backcast:
    """The earlier figure as it would be under the later method; `method` says how it was recomputed, and by whom."""

    figure: Described
    method: str


@dataclass(frozen=True)
class Growth(Derived):
    """A relative growth (1/10 for +10 %).

    `crossed` are the breaks between the two periods. With a `backcast`, `value` is computed from it and `as_published`
    from the figures as they were published: the two are shown together.
    """

    crossed: tuple[Break, ...] = ()
    backcast: Backcast | None = None
    as_published: Fraction | None = None


def growth(a: Described, b: Described, breaks: Iterable[Break], backcast: Backcast | None = None) -> Growth:
    """Give the growth from `a` to the later `b`, two figures of one series over the same months of their years.

    `breaks` are those of the series; one that is crossed and not real needs the `backcast` of `a` (which is left aside
    where none is crossed). Raises NotComparable: unlike figures or spans, a break crossed, a start of zero.
    """
    check_count(a, b)
    refuse(f"compute a growth from {a} to {b}", differences(a, b, _SAME_SERIES))
    before, after = _periods(a, b)
    crossed = tuple(each for each in breaks if before.first < each.at.first <= after.last)
    artificial = [each for each in crossed if each.kind != "real"]
    if not artificial:
        return Growth(_relative(a, b), "growth", (a, b), crossed)
    if backcast is None:
        raise NotComparable(
            f"Cannot compute a growth from {a} to {b}: the series breaks in {' and in '.join(map(str, artificial))}. "
            "Show the two figures apart, or attach a back-cast of the earlier one."
        )
    check_count(backcast.figure)
    refuse(
        f"use {backcast.figure} as the back-cast of {a}",
        differences(a, backcast.figure, ("unit", "population", "scope", "facts")),
    )
    return Growth(_relative(backcast.figure, b), "growth", (a, b), crossed, backcast, _relative(a, b))


def _periods(a: Described, b: Described) -> tuple[Period, Period]:
    if a.facts is None or b.facts is None:
        raise NotComparable(f"Cannot compute a growth from {a} to {b}: the period of the facts is unknown.")
    spans = f"from {a} in {_span(a.facts)} to {b} in {_span(b.facts)}"
    if _length(a.facts) != _length(b.facts):
        raise NotComparable(
            f"Cannot compute a growth {spans}: periods of unequal length rise and fall by the calendar alone. "
            "Compare the same months of both years, or wait for the whole period."
        )
    if a.facts.first >= b.facts.first:
        raise NotComparable(f"Cannot compute a growth {spans}: give the earlier figure first.")
    if (a.facts.first.month, a.facts.first.day) != (b.facts.first.month, b.facts.first.day):
        raise NotComparable(f"Cannot compute a growth {spans}: seasons differ. Compare the same months of both years.")
    return a.facts, b.facts


def _length(period: Period) -> tuple[str, int]:
    return ("months", period.months) if period.months else ("days", period.days)


def _span(period: Period) -> str:
    step, length = _length(period)
    return f"{period.text} ({length} {step})"


def _relative(a: Described, b: Described) -> Fraction:
    if not a.value:
        raise NotComparable(f"Cannot compute a growth from {a} to {b}: nothing grows in proportion to zero.")
    return b.number() / a.number() - 1

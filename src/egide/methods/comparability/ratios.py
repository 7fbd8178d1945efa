"""Totals, ratios, shares and intervals. What lives here: figures of one period; growth between periods is beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from egide.core.count import NotAdditive, check_additive
from egide.methods.comparability.described import (
    Derived,
    Described,
    NotComparable,
    check_count,
    differences,
    refuse,
)

_SAME_WORLD = ("population", "cohort", "source", "nature", "facts", "scope", "definition")
# Parts along one of these dimensions differ by it; along any other they differ by their population only.
_VARIES = {"territory": {"scope"}, "period": {"facts", "cohort"}}


@dataclass(frozen=True)
class Interval(Derived):
    """Days between two events; `value` is an exact number of days, `days` the length of the period observed."""

    days: int


def total(parts: Sequence[Described], *, over: str) -> Derived:
    """Add the counts of the parts of a whole along the dimension `over`.

    The parts share unit, source, nature and definition, and scope, facts and cohort unless they vary along `over`.
    Raises NotComparable, naming both units where they differ.
    """
    if not parts:
        raise NotComparable("There is nothing to add: no figure is an absent value, not zero.")
    aspects = [a for a in ("unit", *_SAME_WORLD) if a not in {"population"} | _VARIES.get(over, set())]
    check_count(*parts)
    for one, other in combinations(parts, 2):
        reasons = differences(one, other, aspects)
        if other.population in one.inside or one.population in other.inside:
            reasons.append(f"one is a part of the other (“{one.population}” and “{other.population}”)")
        refuse(f"add {one} and {other}", reasons)
    try:
        check_additive(parts[0].unit, over)
    except NotAdditive as error:
        raise NotComparable(str(error)) from error
    return Derived(sum((part.number() for part in parts), Fraction(0)), f"total over {over}", tuple(parts))


def ratio(a: Described, b: Described) -> Derived:
    """Divide one count by another of the same population (or one it is declared inside), cohort, source and facts.

    The units may differ (calls by victim). Raises NotComparable with every aspect that differs.
    """
    _check_divisible(a, b, _SAME_WORLD)
    return Derived(a.number() / b.number(), "ratio", (a, b))


def share_of(part: Described, whole: Described) -> Derived:
    """Give the share that a part is of its whole, between 0 and 1: as `ratio`, and of the same unit."""
    _check_divisible(part, whole, ("unit", *_SAME_WORLD))
    if part.number() > whole.number():
        raise NotComparable(f"Cannot take {part} as a share of {whole}: the part is larger than its whole.")
    return Derived(part.number() / whole.number(), "share", (part, whole))


def part_of(share: Described, base: Described) -> Derived:
    """Apply a published share to a base count, only where the share was measured on that very base.

    Raises NotComparable: 15 % of the victims of one survey question says nothing of another population.
    """
    if share.kind != "share":
        raise NotComparable(f"The figure {share} is not a share: give a share, with the population it was measured on.")
    check_count(base)
    refuse(f"take {share} of {base}", differences(share, base, ("unit", *_SAME_WORLD)))
    return Derived(share.number() * base.number(), "part", (share, base))


def days_between(events: Described) -> Interval:
    """Give the mean number of days between events of a period: its days (366 in a leap year) divided by the count."""
    check_count(events)
    if events.facts is None:
        raise NotComparable(f"Cannot space {events} in time: the period of the facts is unknown.")
    if not events.value:
        raise NotComparable(f"Cannot space {events} in time: there are zero events.")
    return Interval(events.facts.days / events.number(), "days between events", (events,), events.facts.days)


def _check_divisible(a: Described, b: Described, aspects: Sequence[str]) -> None:
    check_count(a, b)
    refuse(f"divide {a} by {b}", differences(a, b, aspects))
    if not b.value:
        raise NotComparable(f"Cannot divide {a} by {b}: the divisor is zero.")

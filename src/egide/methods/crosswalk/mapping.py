"""One line of a crosswalk and its resolution. What lives here: dates and weights; not tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from egide.core.period import Period


class BadMapping(ValueError):
    """A line, or a set of lines, that would lose or invent a part of what it maps."""


@dataclass(frozen=True)
class Mapping:
    """Code `source` becomes `target`, for the part `weight` of its value, from `valid_from` until before `valid_to`.

    `weight` is exact (a whole 1 or a Fraction); None as a date means without limit. `unit` is the counting unit which
    the target is proven to have when the source's own is unknown; it is accepted only with its `evidence`.
    """

    source: str
    target: str
    weight: int | Fraction = 1
    valid_from: date | None = None
    valid_to: date | None = None
    unit: str | None = None
    evidence: str = ""

    def __post_init__(self) -> None:
        line = f"The mapping of “{self.source}” to “{self.target}”"
        if isinstance(self.weight, float):
            raise BadMapping(f"{line} has the weight {self.weight!r}: weights are exact, write a fraction such as 1/2.")
        if not 0 < self.weight <= 1:
            raise BadMapping(f"{line} has the weight {self.weight}: a weight is above 0 and at most 1.")
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise BadMapping(
                f"{line} ends before it begins: it holds from {self.valid_from} until before {self.valid_to}."
            )
        if self.unit and not self.evidence:
            raise BadMapping(f"{line} claims the unit “{self.unit}” without evidence: say where it was proven.")

    def holds_in(self, period: Period) -> bool:
        """Say whether the mapping holds on every day of the period."""
        begun = self.valid_from is None or self.valid_from <= period.first
        return begun and (self.valid_to is None or period.last < self.valid_to)


@dataclass(frozen=True)
class Pair:
    """A code as it occurs in a period (its text, its days), with the lines that map it then: none when it is lost."""

    code: str | None
    period: str
    days: Period
    lines: tuple[Mapping, ...]
    known: bool


class Book:
    """The lines of a crosswalk, found by source code."""

    def __init__(self, mappings: Iterable[Mapping]) -> None:
        self.by_source: dict[str, list[Mapping]] = {}
        self.by_target: dict[str, list[Mapping]] = {}
        for line in mappings:
            self.by_source.setdefault(line.source, []).append(line)
            self.by_target.setdefault(line.target, []).append(line)

    def look_up(self, code: str | None, period: str, days: Period) -> Pair:
        """Find the lines that map a code all through a period. Raises BadMapping when their weights do not sum to 1."""
        known = self.by_source.get(code, []) if code is not None else []
        lines = tuple(line for line in known if line.holds_in(days))
        total = sum((Fraction(line.weight) for line in lines), Fraction(0))
        if lines and total != 1:
            raise BadMapping(
                f"The weights of “{code}” in {period} sum to {total}, not 1: its value would be lost or counted twice. "
                f"Mend its lines to {', '.join(line.target for line in lines)}."
            )
        return Pair(code, period, days, lines, bool(known))

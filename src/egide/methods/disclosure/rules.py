"""Which cells are sensitive by themselves, and how much doubt each must keep.

Here live the primary rules and the protection levels, as data an expert's profile fills in. Finding the secondary
cells is in `suppress`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from egide.methods.disclosure.model import Key, TableModel, Value, spell


class RuleMisused(ValueError):
    """A rule or a level was given parameters or cells on which it says nothing."""


@dataclass(frozen=True)
class Requirement:
    """The doubt a hidden cell must keep: an interval from `lower` below to `upper` above it, and `width` wide."""

    lower: float = 0.0
    upper: float = 0.0
    width: float = 0.0

    def __post_init__(self) -> None:
        if min(self.lower, self.upper, self.width) < 0:
            raise RuleMisused(f"A protection level cannot be negative ({self}). Give zero or more.")


@dataclass(frozen=True)
class Contribution:
    """Who stands behind a magnitude: how many contributors, and what the largest holds (same unit)."""

    contributors: int
    largest: float


class Levels(Protocol):
    """How wide an interval a sensitive value needs."""

    def requirement(self, value: Value, floor: float) -> Requirement:
        """The doubt due to `value`, given that everyone knows it to be at least `floor`."""


@dataclass(frozen=True)
class WholeRange:
    """A small count must be able to be anything from the floor to `top`: nothing more than "few" is learnt."""

    top: int

    def requirement(self, value: Value, floor: float) -> Requirement:
        """From `floor` up to `top`, and never less than two possible counts."""
        return Requirement(max(value - floor, 0.0), max(self.top - value, 0.0), 1.0)


@dataclass(frozen=True)
class Share:
    """The interval reaches a stated share of the value on each side (0.1 is 10 %), and is at least `least` wide.

    `least` is in the cell's unit; it is what keeps a sensitive zero, whose shares are nothing, from being computed.
    """

    lower: float = 0.1
    upper: float = 0.1
    least: float = 1.0

    def requirement(self, value: Value, floor: float) -> Requirement:
        """Shares of `value`; the lower side never asks for less than the floor everybody knows."""
        return Requirement(min(self.lower * value, max(value - floor, 0.0)), self.upper * value, self.least)


class Rule(Protocol):
    """A primary rule: says whether a cell is sensitive by itself."""

    @property
    def name(self) -> str:
        """How the rule is called in a report."""

    def is_sensitive(self, key: Key, value: Value, contribution: Contribution | None) -> bool:
        """Whether the cell may not be published."""

    def requirement(self, value: Value, floor: float) -> Requirement:
        """The doubt due to a cell this rule caught."""


@dataclass(frozen=True)
class ThresholdRule:
    """Fewer than `below` units is sensitive; zero only if `zero_is_sensitive`.

    The units are the contributors where they are given (magnitudes), else the value itself (counts). Default levels:
    a count can be anything from the floor to `below` - 1; a magnitude keeps 10 % on each side.
    """

    name: str
    below: int
    zero_is_sensitive: bool = False
    levels: Levels | None = None
    on_contributors: bool = False

    def __post_init__(self) -> None:
        if self.below < 2 and not (self.below == 1 and self.zero_is_sensitive):
            raise RuleMisused(f"Rule {self.name}: a threshold of {self.below} hides nothing. Give 2 or more.")

    def is_sensitive(self, key: Key, value: Value, contribution: Contribution | None) -> bool:
        """See the class."""
        if self.on_contributors and contribution is None:
            raise RuleMisused(f"Rule {self.name} counts contributors, and cell {spell(key)} has none given. Give them.")
        units = contribution.contributors if self.on_contributors and contribution is not None else value
        return units < self.below and (units > 0 or self.zero_is_sensitive)

    def requirement(self, value: Value, floor: float) -> Requirement:
        """See the class."""
        default: Levels = Share() if self.on_contributors else WholeRange(self.below - 1)
        return (self.levels or default).requirement(value, floor)


@dataclass(frozen=True)
class DominanceRule:
    """One contributor holds more than `share` of the cell (0.85 is 85 %): he is almost the figure."""

    name: str
    share: float
    levels: Levels = Share()

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise RuleMisused(f"Rule {self.name}: a share of {self.share} is not between 0 and 1. Give 0.85 for 85 %.")

    def is_sensitive(self, key: Key, value: Value, contribution: Contribution | None) -> bool:
        """See the class. Raises RuleMisused when the cell comes without its contributors."""
        if contribution is None:
            raise RuleMisused(
                f"Rule {self.name} needs the largest contributor, and cell {spell(key)} has none. Give it."
            )
        return contribution.largest > self.share * value

    def requirement(self, value: Value, floor: float) -> Requirement:
        """See the class."""
        return self.levels.requirement(value, floor)


@dataclass(frozen=True)
class Profile:
    """What an expert decides for one publication.

    floor: what everyone knows each hidden cell to be at least (0; use 1 when it is public that zeros are never
    hidden).
    hide_zeros: whether a zero may be hidden to protect another cell.
    withheld_levels: the doubt that a cell hidden only because an earlier edition hid it must keep.
    """

    name: str
    rules: Sequence[Rule]
    hide_zeros: bool = False
    floor: float = 0.0
    withheld_levels: Levels = Share()

    def __post_init__(self) -> None:
        if self.floor > 0 and (
            self.hide_zeros or any(getattr(rule, "zero_is_sensitive", False) for rule in self.rules)
        ):
            raise RuleMisused(
                f"Profile {self.name} may hide zeros but says hidden cells are at least {self.floor}. Set floor 0."
            )


@dataclass(frozen=True)
class Primary:
    """A cell that must be hidden for its own sake: by which rules, and the doubt it needs."""

    key: Key
    rule: str
    requirement: Requirement


WITHHELD = "hidden in an earlier edition"


def find_primary(
    model: TableModel, profile: Profile, contributions: Mapping[Key, Contribution] | None = None
) -> tuple[Primary, ...]:
    """The cells to hide for their own sake, in order of their keys; several rules: the most demanding levels.

    contributions: for magnitudes, who stands behind each cell. A cell without a value is never sensitive: there is
    nothing to hide. A cell hidden in an earlier edition is one of them whatever its value: publishing it now would
    undo that edition's protection.
    """
    found = []
    for key, value in model.values.items():
        contribution = (contributions or {}).get(key)
        caught = [rule for rule in profile.rules if rule.is_sensitive(key, value, contribution)]
        needs = [rule.requirement(value, profile.floor) for rule in caught]
        names = [rule.name for rule in caught]
        if key in model.withheld:
            needs.append(profile.withheld_levels.requirement(value, profile.floor))
            names.append(WITHHELD)
        if needs:
            found.append(_primary(key, names, needs))
    return tuple(found)


def _primary(key: Key, names: Sequence[str], needs: Sequence[Requirement]) -> Primary:
    strictest = Requirement(max(n.lower for n in needs), max(n.upper for n in needs), max(n.width for n in needs))
    if strictest.lower + strictest.upper + strictest.width == 0:
        raise RuleMisused(
            f"Cell {spell(key)} must be hidden ({', '.join(names)}) with no doubt at all. Give a level above zero."
        )
    return Primary(key, ", ".join(names), strictest)

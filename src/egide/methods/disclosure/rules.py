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
    """Who stands behind a magnitude: how many contributors, and what the largest hold (same unit).

    following: what the second holds, the third, and so on, as far as the rules need them.
    """

    contributors: int
    largest: float
    following: tuple[float, ...] = ()

    def hold(self, several: int) -> float | None:
        """What the `several` largest hold together; None when they are not all known."""
        known = (self.largest, *self.following)[:several]
        return sum(known) if len(known) == min(several, self.contributors) else None


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

    def requirement(self, value: Value, floor: float, contribution: Contribution | None) -> Requirement:
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

    def requirement(self, value: Value, floor: float, contribution: Contribution | None = None) -> Requirement:
        """See the class."""
        default: Levels = Share() if self.on_contributors else WholeRange(self.below - 1)
        return (self.levels or default).requirement(value, floor)


@dataclass(frozen=True)
class DominanceRule:
    """The `largest` contributors hold more than `share` of the cell (0.85 is 85 %): they are almost the figure.

    This is the (n, k) rule; with one contributor, the French rule of 85 %.
    """

    name: str
    share: float
    levels: Levels = Share()
    largest: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise RuleMisused(f"Rule {self.name}: a share of {self.share} is not between 0 and 1. Give 0.85 for 85 %.")
        if self.largest < 1:
            raise RuleMisused(f"Rule {self.name} looks at {self.largest} contributors. Give 1 or more.")

    def is_sensitive(self, key: Key, value: Value, contribution: Contribution | None) -> bool:
        """See the class. Raises RuleMisused when the cell comes without its contributors."""
        return _held(self.name, key, contribution, self.largest) > self.share * value

    def requirement(self, value: Value, floor: float, contribution: Contribution | None = None) -> Requirement:
        """See the class."""
        return self.levels.requirement(value, floor)


@dataclass(frozen=True)
class PPercentRule:
    """The second largest contributor can guess the largest to within `p` (0.1 is 10 %) of what he holds.

    He takes his own part off the total: what the others hold is his error. Without `levels`, the doubt due is what is
    missing to that error, on each side (A. Hundepool and others, "Statistical Disclosure Control", 2012, chapter 4).
    """

    name: str
    p: float
    levels: Levels | None = None

    def __post_init__(self) -> None:
        if not 0 < self.p <= 1:
            raise RuleMisused(f"Rule {self.name}: {self.p} is not between 0 and 1. Give 0.1 for 10 %.")

    def is_sensitive(self, key: Key, value: Value, contribution: Contribution | None) -> bool:
        """See the class. Raises RuleMisused when the cell comes without its two largest contributors."""
        two = _held(self.name, key, contribution, 2)
        return contribution is not None and value - two < self.p * contribution.largest

    def requirement(self, value: Value, floor: float, contribution: Contribution | None = None) -> Requirement:
        """See the class."""
        if self.levels is not None or contribution is None:
            return (self.levels or Share()).requirement(value, floor)
        missing = max(self.p * contribution.largest - (value - (contribution.hold(2) or 0.0)), 0.0)
        return Requirement(min(missing, max(value - floor, 0.0)), missing, min(missing, 1.0))


@dataclass(frozen=True)
class GroupDisclosureRule:
    """Everyone of a group is in one category of `dimension`: the table tells it of each of them, however many.

    Caught: that category and the zeros beside it, which say the same. Zero and full must stop being certain: each can
    be one away. Totals of one unit and more count; a profile with this rule has to keep its floor at 0.
    """

    name: str
    dimension: str

    def cells(self, model: TableModel) -> frozenset[Key]:
        """The cells this rule catches."""
        caught: set[Key] = set()
        for equation in model.equations:
            if equation.why == self.dimension and len(equation.parts) > 1:
                filled = [part for part in equation.parts if model.values[part] > 0]
                caught.update(equation.parts if len(filled) == 1 else ())
        return frozenset(caught)

    def requirement(self, value: Value, floor: float, contribution: Contribution | None = None) -> Requirement:
        """See the class."""
        return Requirement(lower=1.0, width=1.0) if value > 0 else Requirement(upper=1.0, width=1.0)


def _held(rule: str, key: Key, contribution: Contribution | None, several: int) -> float:
    held = contribution.hold(several) if contribution is not None else None
    if held is None:
        raise RuleMisused(
            f"Rule {rule} needs the {several} largest contributors, and cell {spell(key)} lacks them. Give them."
        )
    return held


@dataclass(frozen=True)
class Profile:
    """What an expert decides for one publication.

    floor: what everyone knows each hidden cell to be at least (0; use 1 when it is public that zeros are never
    hidden).
    hide_zeros: whether a zero may be hidden to protect another cell.
    withheld_levels: the doubt that a cell hidden only because an earlier edition hid it must keep.
    """

    name: str
    rules: Sequence[Rule | GroupDisclosureRule]
    hide_zeros: bool = False
    floor: float = 0.0
    withheld_levels: Levels = Share()

    def __post_init__(self) -> None:
        if self.floor > 0 and (
            self.hide_zeros
            or any(getattr(rule, "zero_is_sensitive", False) for rule in self.rules)
            or any(isinstance(rule, GroupDisclosureRule) for rule in self.rules)
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
    groups = {id(rule): rule.cells(model) for rule in profile.rules if isinstance(rule, GroupDisclosureRule)}
    for key, value in model.values.items():
        contribution = (contributions or {}).get(key)
        caught = [
            rule
            for rule in profile.rules
            if (
                key in groups[id(rule)]
                if isinstance(rule, GroupDisclosureRule)
                else rule.is_sensitive(key, value, contribution)
            )
        ]
        needs = [rule.requirement(value, profile.floor, contribution) for rule in caught]
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

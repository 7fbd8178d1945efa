"""The attack on our own release: what can be computed about each hidden cell from what is printed.

Here lives the independent proof. It shares no solver (HiGHS through scipy, not SCIP) and no equation (see `reading`)
with the search it judges, and reads only the printed figures; the true ones serve to say, afterwards, whether the
interval found is wide enough. A certificate names hidden cells and is as secret as they are until the table itself is
public: publish its digest and verdict only.
"""

import hashlib
import json
import math
from dataclasses import asdict, dataclass

from egide.methods.disclosure.attacking import SLACK, Reader
from egide.methods.disclosure.model import InconsistentTable, Key, TableModel, Value, spell
from egide.methods.disclosure.pattern import Pattern
from egide.methods.disclosure.reading import readable_sums
from egide.methods.disclosure.rules import Primary, Requirement

SECONDARY = "secondary"


@dataclass(frozen=True)
class CellBounds:
    """What an attacker knows of one hidden cell: between `low` and `high` (None: no upper limit).

    margin: by how much the interval exceeds what the cell's rule demands, on its tighter side, in the cell's unit
    (None: unlimited).
    """

    key: Key
    reason: str
    low: float
    high: float | None
    margin: float | None


@dataclass(frozen=True)
class Certificate:
    """The proof that a pattern protects: an interval for every hidden cell, and a digest that ties it to the release."""

    bounds: tuple[CellBounds, ...]
    smallest_margin: float | None
    whole_numbers: bool
    digest: str
    verdict: str = "protected"


class DisclosureTooTight(ValueError):
    """A hidden cell can be computed, or guessed within less than its rule allows."""

    def __init__(self, key: Key, low: float, high: float, reason: str, demanded: str) -> None:
        self.cell, self.low, self.high = key, low, high
        known = f"is exactly {_short(low)}" if high - low <= SLACK else f"lies between {_short(low)} and {_short(high)}"
        super().__init__(
            f"Hidden cell {spell(key)} ({reason}) can be computed from the printed figures: it {known}; {demanded}. "
            "The release is stopped: hide more cells and audit again."
        )


def audit(model: TableModel, pattern: Pattern) -> Certificate:
    """Re-derives the bounds of every hidden cell, primary and secondary, from the printed figures alone.

    When the figures are counts the attacker is taken to know that they are whole numbers. Raises DisclosureTooTight
    for the first cell (in order of keys) that is uniquely determined or whose interval is tighter than required,
    InconsistentTable when a required cell is unknown to the model or the printed figures contradict each other.
    """
    _check_knows(model, pattern)
    sums = readable_sums(model.values.keys(), model.hierarchies, model.links)
    hidden = tuple(sorted(pattern.hidden))
    shown = {key: value for key, value in model.values.items() if key not in pattern.hidden}
    known = Reader(shown, hidden, sums, floor=pattern.floor, whole=model.whole_numbers).intervals()
    needs = {cell.key: cell for cell in pattern.primary}
    bounds = tuple(judge(key, known[key], needs.get(key), model.values[key]) for key in hidden)
    margins = [b.margin for b in bounds if b.margin is not None]
    return Certificate(bounds, min(margins, default=None), model.whole_numbers, release_digest(model, pattern))


def release_digest(model: TableModel, pattern: Pattern) -> str:
    """SHA-256 over the printed figures, the hidden cells with their requirements, and the sums."""
    hidden = pattern.hidden
    facts = {
        "printed": [[list(key), value] for key, value in sorted(model.values.items()) if key not in hidden],
        "blank": [[list(key), kind.name] for key, kind in sorted(model.blanks.items())],
        "primary": [[list(c.key), c.rule, asdict(c.requirement)] for c in sorted(pattern.primary, key=lambda c: c.key)],
        "secondary": [list(key) for key in sorted(pattern.secondary)],
        "sums": readable_sums(model.values.keys(), model.hierarchies, model.links),
        "floor": pattern.floor,
        "whole": model.whole_numbers,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _check_knows(model: TableModel, pattern: Pattern) -> None:
    for key in sorted(pattern.hidden):
        if key not in model.values:
            raise InconsistentTable(
                f"The pattern hides cell {spell(key)}, which this table does not have. Audit the right table."
            )
    if exposed := sorted(model.withheld - pattern.hidden):
        key = exposed[0]
        raise DisclosureTooTight(
            key, model.values[key], model.values[key], "hidden in an earlier edition", "it is printed"
        )
    if lost := sorted(model.public & pattern.hidden):
        key = lost[0]
        raise DisclosureTooTight(
            key, model.values[key], model.values[key], "hidden here", "it is already public elsewhere"
        )


def judge(key: Key, interval: tuple[float, float], cell: Primary | None, value: Value) -> CellBounds:
    """Whether an attacker's interval leaves the doubt the cell needs. Raises DisclosureTooTight."""
    low, high = interval
    reason = cell.rule if cell else SECONDARY
    need = cell.requirement if cell else Requirement()
    slack = SLACK * max(1.0, need.lower, need.upper)
    if high - low <= SLACK * max(1.0, abs(value) * 1e-3):
        raise DisclosureTooTight(key, low, high, reason, "nobody may know it")
    if low > value - need.lower + slack or high < value + need.upper - slack or high - low < need.width - slack:
        wanted = f"the interval must reach from {_short(value - need.lower)} to {_short(value + need.upper)}"
        raise DisclosureTooTight(key, low, high, reason, f"{wanted} and be at least {_short(need.width)} wide")
    room = min((value - need.lower) - low, high - (value + need.upper), (high - low) - need.width)
    return CellBounds(
        key, reason, low, None if math.isinf(high) else high, None if math.isinf(room) else round(max(room, 0.0), 9)
    )


def _short(figure: float) -> str:
    return f"{figure:.12g}"

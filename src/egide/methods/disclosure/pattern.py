"""A pattern: which cells of a table are hidden, and what is then printed. Choosing and proving it is elsewhere."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from egide.core.missing import Missing
from egide.methods.disclosure.model import Key, TableModel, Value
from egide.methods.disclosure.rules import Primary


@dataclass(frozen=True)
class Pattern:
    """What is hidden: the cells hidden for their own sake, and those hidden so that the first cannot be computed.

    cost: the summed cost of the secondary cells. proven_optimal: whether none cheaper protects as well; bound: what
    any costs at least.
    floor: what every hidden cell is publicly known to be at least. solver: what searched.
    """

    primary: tuple[Primary, ...]
    secondary: tuple[Key, ...]
    cost: float
    bound: float
    proven_optimal: bool
    floor: float = 0.0
    solver: str = "exact"

    @property
    def gap(self) -> float:
        """By what share of its cost the pattern may be dearer than the cheapest: 0 is a proof."""
        return 0.0 if self.proven_optimal or self.cost == 0 else max(self.cost - self.bound, 0.0) / self.cost

    @property
    def sha256(self) -> str:
        """A hash of what is hidden, as primary or secondary: the same input gives the same."""
        said = {"primary": sorted(list(c.key) for c in self.primary), "secondary": sorted(map(list, self.secondary))}
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def hidden(self) -> frozenset[Key]:
        """Every cell that is not printed."""
        return frozenset((*(cell.key for cell in self.primary), *self.secondary))


def printed(model: TableModel, pattern: Pattern) -> Mapping[Key, Value | Missing]:
    """The table as it may leave the house: figures, SUPPRESSED, and every other absence as its own kind."""
    hidden = pattern.hidden
    shown = {key: Missing.SUPPRESSED if key in hidden else value for key, value in model.values.items()}
    return dict(sorted({**shown, **model.blanks}.items()))

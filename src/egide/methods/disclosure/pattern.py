"""A pattern: which cells of a table are hidden, and what is then printed. Choosing and proving it is elsewhere."""

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
    floor: what every hidden cell is publicly known to be at least.
    """

    primary: tuple[Primary, ...]
    secondary: tuple[Key, ...]
    cost: float
    bound: float
    proven_optimal: bool
    floor: float = 0.0

    @property
    def hidden(self) -> frozenset[Key]:
        """Every cell that is not printed."""
        return frozenset((*(cell.key for cell in self.primary), *self.secondary))


def printed(model: TableModel, pattern: Pattern) -> Mapping[Key, Value | Missing]:
    """The table as it may leave the house: figures, SUPPRESSED, and every other absence as its own kind."""
    hidden = pattern.hidden
    shown = {key: Missing.SUPPRESSED if key in hidden else value for key, value in model.values.items()}
    return dict(sorted({**shown, **model.blanks}.items()))

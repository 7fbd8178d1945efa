"""A suppression problem as numbers: what may be hidden, at what price, and the moves that must stay possible.

Here lives the passage from cells and codes to columns and rows, and the cutting out of a part of it. Solvers are
elsewhere; the audit reads none of this.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from egide.methods.disclosure.model import Key, TableModel
from egide.methods.disclosure.rules import Primary

NOISE = 1e-7
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Indexes = NDArray[np.intp]


@dataclass(frozen=True)
class Demand:
    """A move that must be possible: cell `index` by `amount` in the `directions` (+1 up, -1 down; both: in sum)."""

    index: int
    directions: tuple[int, ...]
    amount: float


@dataclass(frozen=True, eq=False)
class Problem:
    """Columns are cells that may be hidden (all others are known); rows are the sums, as (columns, signs).

    down: how far each cell can fall before the floor everybody knows. forced: the cells hidden whatever the search
    says. whole: the attacker knows the figures to be counts.
    """

    costs: Floats
    down: Floats
    forced: Mask
    rows: tuple[tuple[Indexes, Floats], ...]
    demands: tuple[Demand, ...]
    whole: bool
    origin: Indexes = field(default_factory=lambda: np.empty(0, dtype=np.intp))

    @property
    def size(self) -> int:
        """How many cells may be hidden."""
        return len(self.costs)

    @cached_property
    def matrix(self) -> Any:
        """The sums as a sparse matrix, a row each."""
        lengths = [len(columns) for columns, _ in self.rows]
        columns = np.concatenate([columns for columns, _ in self.rows]) if self.rows else np.empty(0, dtype=np.intp)
        signs = np.concatenate([signs for _, signs in self.rows]) if self.rows else np.empty(0)
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.intp)])
        return csr_array((signs, columns, starts), shape=(len(self.rows), self.size))

    @cached_property
    def transposed(self) -> Any:
        """The same with a row for each cell."""
        return self.matrix.T.tocsr()

    def price(self, chosen: Mask) -> float:
        """What the cells chosen besides the forced ones cost, summed in order."""
        return math.fsum(self.costs[chosen & ~self.forced])

    def part(self, cells: Indexes) -> "Problem":
        """The problem seen from some of its cells: only the sums that lie wholly among them, and their demands.

        It asks for less than the whole does, so what it must cost the whole must cost too.
        """
        place = np.full(self.size, -1, dtype=np.intp)
        place[cells] = np.arange(len(cells))
        rows = tuple((place[columns], signs) for columns, signs in self.rows if (place[columns] >= 0).all())
        demands = tuple(
            Demand(int(place[d.index]), d.directions, d.amount) for d in self.demands if place[d.index] >= 0
        )
        origin = self.origin[cells] if len(self.origin) else cells
        return Problem(self.costs[cells], self.down[cells], self.forced[cells], rows, demands, self.whole, origin)


def pose(
    model: TableModel, candidates: Sequence[Key], primary: Sequence[Primary], costs: Sequence[float], floor: float
) -> Problem:
    """The problem of hiding `primary` among `candidates`; counts move by whole numbers only."""
    position = {key: i for i, key in enumerate(candidates)}
    forced = np.zeros(len(candidates), dtype=bool)
    forced[[position[cell.key] for cell in primary]] = True
    down = np.array([float(model.values[key]) - floor for key in candidates])
    rows = tuple(_rows(model, position))
    demands = tuple(_demands(primary, position, model.whole_numbers))
    return Problem(np.array(costs, dtype=float), down, forced, rows, demands, model.whole_numbers)


def _rows(model: TableModel, position: Mapping[Key, int]) -> Iterator[tuple[Indexes, Floats]]:
    for equation in model.equations:
        signed = [(equation.total, 1.0), *((part, -1.0) for part in equation.parts)]
        row = [(position[key], sign) for key, sign in signed if key in position]
        if row:
            yield np.array([i for i, _ in row], dtype=np.intp), np.array([sign for _, sign in row])


def _demands(primary: Sequence[Primary], position: Mapping[Key, int], whole: bool) -> Iterator[Demand]:
    for cell in primary:
        i, need = position[cell.key], cell.requirement
        up, down, width = (math.ceil(a - NOISE) if whole else a for a in (need.upper, need.lower, need.width))
        yield from (Demand(i, (side,), amount) for side, amount in ((1, up), (-1, down)) if amount > 0)
        if width > up + down:
            yield Demand(i, (1, -1), width)

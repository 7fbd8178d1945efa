"""The attacker as the solver imagines him: how far can one hidden cell move, and what stops it.

Method: M. Fischetti and J. J. Salazar-González (2001), "Solving the cell suppression problem on tabular data with
linear constraints", Management Science 47(7). Here live the attacker's linear programme (SoPlex, through SCIP) and
the capacity inequalities read from its duals. Moves that repair a pattern are in `escape`, the search over patterns
in `search`; the proof, by other code, in `audit`.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyscipopt import LP

from egide.methods.disclosure.model import Key, TableModel
from egide.methods.disclosure.rules import Primary

NOISE = 1e-7
SPARSE = 1e-4


@dataclass(frozen=True)
class Demand:
    """A move that must be possible: cell `index` by `amount` in the `directions` (+1 up, -1 down; both: in sum)."""

    index: int
    directions: tuple[int, ...]
    amount: float


@dataclass(frozen=True)
class Cut:
    """A capacity inequality: the sum of weight x hidden must reach 1, over cells other than the demand's own."""

    weights: tuple[tuple[int, float], ...]

    def value(self, hidden: Sequence[float]) -> float:
        """The left-hand side at a pattern, whole or fractional."""
        return sum(weight * hidden[i] for i, weight in self.weights)


class Attacker:
    """What someone can deduce about the cells that may be hidden: deviations from the truth that keep every sum.

    The columns are the deviations of the cells that may be hidden (all others are known); the rows are the sums.
    """

    def __init__(self, model: TableModel, candidates: Sequence[Key], floor: float) -> None:
        self.position: Mapping[Key, int] = {key: i for i, key in enumerate(candidates)}
        self._whole = model.whole_numbers
        self.down = [float(model.values[key]) - floor for key in candidates]
        self.rows = tuple(self._rows(model))
        self._touching: list[list[tuple[int, float]]] = [[] for _ in candidates]
        for number, row in enumerate(self.rows):
            for i, sign in row:
                self._touching[i].append((number, sign))
        self._lp = LP("attacker", "maximize")
        self.infinity: float = self._lp.infinity()
        none = [0.0] * len(candidates)
        self._lp.addCols([[] for _ in candidates], objs=none, lbs=none, ubs=none)
        for row in self.rows:
            self._lp.addRow(list(row), 0.0, 0.0)

    def _rows(self, model: TableModel) -> Iterator[tuple[tuple[int, float], ...]]:
        for equation in model.equations:
            signed = [(equation.total, 1.0), *((part, -1.0) for part in equation.parts)]
            row = tuple((self.position[key], sign) for key, sign in signed if key in self.position)
            if row:
                yield row

    def demands(self, primary: Sequence[Primary]) -> tuple[Demand, ...]:
        """The requirements of the primary cells as moves that must be possible; counts move by whole numbers only."""
        found: list[Demand] = []
        for cell in primary:
            i, need = self.position[cell.key], cell.requirement
            up, down, width = (self._rounded(amount) for amount in (need.upper, need.lower, need.width))
            found += [Demand(i, (side,), amount) for side, amount in ((1, up), (-1, down)) if amount > 0]
            if width > up + down:
                found.append(Demand(i, (1, -1), width))
        return tuple(found)

    def _rounded(self, amount: float) -> float:
        return math.ceil(amount - NOISE) if self._whole else amount

    def reach(self, demand: Demand, hidden: Sequence[float]) -> float:
        """How far the cell can move under a pattern: per direction at most the amount demanded, then summed."""
        return sum(self._push(demand, side, hidden, loose=False)[0] for side in demand.directions)

    def cut(self, demand: Demand, hidden: Sequence[float], *, loose: bool) -> Cut | None:
        """A capacity inequality for this demand, read from the duals at the pattern; None when the duals say nothing.

        loose: for fractional patterns, scales every bound by the pattern, and rewards duals that lean on few
        published cells. The inequality is valid whatever the pattern; only its usefulness changes.
        """
        total: dict[int, float] = {}
        for side in demand.directions:
            for i, capacity in self._push(demand, side, hidden, loose=loose)[1].items():
                total[i] = total.get(i, 0.0) + capacity
        need = demand.amount - total.pop(demand.index, 0.0)
        if need <= NOISE * demand.amount:
            return None
        return Cut(tuple(sorted((i, min(capacity / need, 1.0)) for i, capacity in total.items())))

    def _push(
        self, demand: Demand, side: int, hidden: Sequence[float], *, loose: bool
    ) -> tuple[float, dict[int, float]]:
        self._set_bounds(demand, hidden, loose)
        self._lp.chgObj(demand.index, float(side))
        value = float(self._lp.solve())
        duals = self._lp.getDual()
        self._lp.chgObj(demand.index, 0.0)
        return value, self._capacities(demand, side, duals)

    def _set_bounds(self, demand: Demand, hidden: Sequence[float], loose: bool) -> None:
        amount = demand.amount
        for i, x in enumerate(hidden):
            if i == demand.index:
                self._lp.chgBound(i, -min(self.down[i], amount), amount)
            elif loose:
                share = x + SPARSE
                self._lp.chgBound(i, -min(self.down[i], amount) * share, amount * share)
            elif x > 0.5:
                self._lp.chgBound(i, -self.down[i], self.infinity)
            else:
                self._lp.chgBound(i, 0.0, 0.0)

    def _capacities(self, demand: Demand, side: int, duals: Sequence[float]) -> dict[int, float]:
        """What each cell would let through if hidden: its reduced cost times its room, capped at the demand."""
        found = {}
        for i, touching in enumerate(self._touching):
            reduced = (side if i == demand.index else 0.0) - sum(sign * duals[row] for row, sign in touching)
            if reduced > NOISE and i != demand.index:
                found[i] = demand.amount
            elif reduced < -NOISE and self.down[i] > 0:
                found[i] = min(-reduced * self.down[i], demand.amount)
            elif reduced > NOISE:
                found[i] = reduced * demand.amount
        return found

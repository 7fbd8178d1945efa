"""The attacker as the solver imagines him: how far can one hidden cell move, and what stops it.

Method: M. Fischetti and J. J. Salazar-González (2001), "Solving the cell suppression problem on tabular data with
linear constraints", Management Science 47(7). Here live the attacker's linear programme (SoPlex, through SCIP) and
the capacity inequalities read from its duals. Moves that repair a pattern are in `escape`, the search over patterns
in `search`; the proof, by other code, in `audit`.
"""

from dataclasses import dataclass

import numpy as np
from pyscipopt import LP

from egide.methods.disclosure.problem import NOISE, Demand, Floats, Indexes, Mask, Problem

SPARSE = 1e-4
CHEAPEST = 2
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Cut:
    """A capacity inequality: the sum of weight x hidden must reach 1, over cells other than the demand's own."""

    columns: Indexes
    weights: Floats

    def value(self, hidden: Floats | Mask) -> float:
        """The left-hand side at a pattern, whole or fractional."""
        return float(self.weights @ hidden[self.columns])

    @property
    def name(self) -> bytes:
        """What makes it the same as another."""
        return self.columns.tobytes() + self.weights.tobytes()


class Bounded:
    """A linear programme whose columns change often: only what differs is told to the solver."""

    def __init__(self, name: str, sense: str, columns: int) -> None:
        self.lp = LP(name, sense)
        self.infinity: float = self.lp.infinity()
        zeros = [0.0] * columns
        self.lp.addCols([[] for _ in zeros], objs=zeros, lbs=zeros, ubs=zeros)
        self._low, self._high, self._price = np.zeros(columns), np.zeros(columns), np.zeros(columns)

    def bound(self, low: Floats, high: Floats) -> None:
        """Every column between its bounds."""
        for i in np.flatnonzero((low != self._low) | (high != self._high)):
            self.lp.chgBound(int(i), float(low[i]), float(high[i]))
        self._low, self._high = low, high

    def price(self, prices: Floats) -> None:
        """The objective, whole."""
        for i in np.flatnonzero(prices != self._price):
            self.lp.chgObj(int(i), float(prices[i]))
        self._price = prices


class Attacker:
    """What someone can deduce about the cells that may be hidden: deviations from the truth that keep every sum.

    Deviations are counted in the amount demanded, so that bounds hardly change from one demand to the next.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._lean = np.where(_cheap(problem), SPARSE, 0.0)
        self._programme = Bounded("attacker", "maximize", problem.size)
        for columns, signs in problem.rows:
            self._programme.lp.addRow(list(zip(columns.tolist(), signs.tolist(), strict=True)), 0.0, 0.0)

    def push(self, demand: Demand, side: int, hidden: Mask) -> tuple[float, Floats]:
        """How far the cell can move to that side under a pattern, at most the amount demanded, and the whole move."""
        high = np.where(hidden, self._programme.infinity, 0.0)
        value = self._solve(demand, side, np.where(hidden, -self._problem.down / demand.amount, 0.0), high)
        return value * demand.amount, np.array(self._programme.lp.getPrimal()) * demand.amount

    def reach(self, demand: Demand, hidden: Floats) -> float:
        """The share of the demand that a fractional pattern meets."""
        low = -np.minimum(self._problem.down / demand.amount, 1.0) * hidden
        return sum(self._solve(demand, side, low.copy(), hidden.copy()) for side in demand.directions)

    def cut(self, demand: Demand, hidden: Floats | Mask, *, loose: bool) -> Cut | None:
        """A capacity inequality for this demand, read from the duals at the pattern; None when the duals say nothing.

        loose: for fractional patterns, scales every bound by the pattern, and rewards duals that lean on few of the
        published cells that are cheap enough to matter. The inequality is valid whatever the pattern; only its usefulness changes.
        """
        low, high = self._scaled(demand, hidden) if loose else self._sharp(demand, hidden)
        total = np.zeros(self._problem.size)
        for side in demand.directions:
            self._solve(demand, side, low, high)
            total += self._capacities(demand, side)
        need = 1.0 - total[demand.index]
        total[demand.index] = 0.0
        columns = np.flatnonzero(total)
        return Cut(columns, np.minimum(total[columns] / need, 1.0)) if need > NOISE and len(columns) else None

    def _scaled(self, demand: Demand, hidden: Floats | Mask) -> tuple[Floats, Floats]:
        share: Floats = np.asarray(hidden, dtype=float) + self._lean
        low: Floats = -np.minimum(self._problem.down / demand.amount, 1.0) * share
        return low, share

    def _sharp(self, demand: Demand, hidden: Floats | Mask) -> tuple[Floats, Floats]:
        hides = np.asarray(hidden, dtype=float) > HALF
        return np.where(hides, -self._problem.down / demand.amount, 0.0), np.where(hides, self._programme.infinity, 0.0)

    def _solve(self, demand: Demand, side: int, low: Floats, high: Floats) -> float:
        low[demand.index], high[demand.index] = -min(self._problem.down[demand.index] / demand.amount, 1.0), 1.0
        self._programme.bound(low, high)
        aim = np.zeros(self._problem.size)
        aim[demand.index] = side
        self._programme.price(aim)
        return float(self._programme.lp.solve(dual=False))

    def _capacities(self, demand: Demand, side: int) -> Floats:
        """What each cell would let through if hidden: its reduced cost times its room, at most the demand (1)."""
        reduced = -(self._problem.transposed @ np.array(self._programme.lp.getDual()))
        reduced[demand.index] += side
        own, room = reduced[demand.index], self._problem.down / demand.amount
        found = np.where(reduced > NOISE, 1.0, np.where(reduced < -NOISE, np.minimum(-reduced * room, 1.0), 0.0))
        if own > NOISE:
            found[demand.index] = own
        return found


def _cheap(problem: Problem) -> Mask:
    """The cells any pattern is likely to hide: the forced ones and the cheapest of each sum."""
    cheap = problem.forced.copy()
    for columns, _ in problem.rows:
        free = columns[~problem.forced[columns]]
        cheap[free[np.argsort(problem.costs[free], kind="stable")[:CHEAPEST]]] = True
    return cheap

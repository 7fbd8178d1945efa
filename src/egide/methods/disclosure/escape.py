"""Moves away from the truth that keep every sum: the cheapest, to repair a pattern; the whole ones, to judge counts.

Here live the linear and integer programmes that build such moves; the limits of what can move are in `attack`. Repair
step: Fischetti and Salazar-González (2001), see `attack`.
"""

from typing import Any

import numpy as np
from pyscipopt import Model, quicksum

from egide.methods.disclosure.attack import Bounded
from egide.methods.disclosure.problem import NOISE, Demand, Floats, Indexes, Mask, Problem

NODES = 2000


class Escape:
    """Moves of one cell by a demanded amount. `undecided` becomes true when an integer programme was given up."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.undecided = False
        self._programme = Bounded("escape", "minimize", 2 * problem.size)
        for columns, signs in problem.rows:
            up, down = columns.tolist(), (columns + problem.size).tolist()
            row = [*zip(up, signs.tolist(), strict=True), *zip(down, (-signs).tolist(), strict=True)]
            self._programme.lp.addRow(row, 0.0, 0.0)

    def cells(self, demand: Demand, side: int, hidden: Mask) -> Indexes | None:
        """The cheapest cells to add so that the cell can move so far on that side; None when no pattern allows it."""
        prices = np.where(hidden, NOISE, self._problem.costs / demand.amount)
        everything = np.ones(self._problem.size, dtype=bool)
        move = self._move(demand, side, demand.amount, prices, everything)
        if move is not None and self._problem.whole and not is_whole(move):
            wider = hidden | (np.abs(move) > NOISE)
            if self._moved(demand, side, demand.amount, wider) is None:
                move = self._whole_move(demand.index, side * demand.amount, everything, demand.amount, prices)
        return None if move is None else np.flatnonzero(~hidden & (np.abs(move) > NOISE))

    def way(self, demand: Demand, hidden: Mask) -> Indexes | None:
        """The cells of a short move that meets the demand under the pattern; None too when that was not decided."""
        if len(demand.directions) == 1:
            return self._moved(demand, demand.directions[0], demand.amount, hidden)
        for up in range(int(demand.amount) + 1):
            above = self._moved(demand, 1, up, hidden)
            below = self._moved(demand, -1, demand.amount - up, hidden) if above is not None else None
            if above is not None and below is not None:
                return np.union1d(above, below)
        return None

    def _moved(self, demand: Demand, side: int, amount: float, hidden: Mask) -> Indexes | None:
        if amount <= 0:
            return np.empty(0, dtype=np.intp)
        # The smallest move is almost always whole: an integer programme is the exception.
        move = self._move(demand, side, amount, np.ones(self._problem.size), hidden)
        if move is not None and self._problem.whole and not is_whole(move):
            tries = (self._whole_move(demand.index, side * amount, hidden, room) for room in (amount, None))
            move = next((found for found in tries if found is not None), None)
        return None if move is None else np.flatnonzero(np.abs(move) > NOISE)

    def _move(self, demand: Demand, side: int, amount: float, prices: Floats, hidden: Mask) -> Floats | None:
        size, index, down = self._problem.size, demand.index, self._problem.down
        if side < 0 and down[index] < amount - NOISE:
            return None
        low = np.zeros(2 * size)
        high = np.concatenate([np.where(hidden, self._programme.infinity, 0.0), np.where(hidden, down, 0.0)])
        high[[index, size + index]] = 0.0
        own = index if side > 0 else size + index
        low[own] = high[own] = amount
        self._programme.bound(low, high)
        prices = np.concatenate([prices, prices])
        prices[own] = 0.0
        self._programme.price(prices)
        self._programme.lp.solve()
        if not self._programme.lp.isOptimal():
            return None
        point: Floats = np.array(self._programme.lp.getPrimal())
        move: Floats = point[:size] - point[size:]
        return move

    def _whole_move(
        self, index: int, move: float, hidden: Mask, room: float | None, prices: Floats | None = None
    ) -> Floats | None:
        """Whole deviations that move the cell so far, each within `room` of the truth; the cheapest if priced."""
        programme = Model("whole escape")
        programme.hideOutput()
        programme.setParam("limits/nodes", NODES)
        z = {}
        for i in np.flatnonzero(hidden).tolist():
            down = self._problem.down[i] if room is None else min(self._problem.down[i], room)
            z[i] = programme.addVar(vtype="I", lb=-down, ub=room)
        for columns, signs in self._problem.rows:
            if terms := [sign * z[i] for i, sign in zip(columns.tolist(), signs.tolist(), strict=True) if i in z]:
                programme.addCons(quicksum(terms) == 0)
        programme.addCons(z[index] == move)
        if prices is not None:
            _minimise_distance(programme, z, prices)
        programme.optimize()
        if programme.getNSols() == 0:
            self.undecided |= room is None and programme.getStatus() != "infeasible"
            return None
        found = np.zeros(self._problem.size)
        for i, variable in z.items():
            found[i] = round(programme.getVal(variable))
        return found


def is_whole(move: Floats) -> bool:
    """Whether every deviation is a whole number, to the solver's noise."""
    return bool(np.abs(move - np.round(move)).max(initial=0.0) < 1e-6)


def _minimise_distance(programme: Any, z: dict[int, Any], prices: Floats) -> None:
    distances = []
    for i, variable in z.items():
        distance = programme.addVar(lb=0)
        programme.addCons(distance >= variable)
        programme.addCons(distance >= -variable)
        distances.append(float(prices[i]) * distance)
    programme.setObjective(quicksum(distances), "minimize")

"""Moves away from the truth that keep every sum: the cheapest, to repair a pattern; the whole ones, to judge counts.

Here live the linear and integer programmes that build such moves; the limits of what can move are in `attack`. Repair
step: Fischetti and Salazar-González (2001), see `attack`.
"""

from collections.abc import Sequence
from typing import Any

from pyscipopt import LP, Model, quicksum

from egide.methods.disclosure.attack import NOISE, Attacker, Demand

NODES = 2000


class Escape:
    """Moves of one cell by a demanded amount. `undecided` becomes true when an integer programme was given up."""

    def __init__(self, attacker: Attacker, costs: Sequence[float], whole: bool) -> None:
        self._whole = whole
        self._attacker, self._costs, self._count = attacker, costs, len(costs)
        self.undecided = False
        self._lp = LP("escape", "minimize")
        columns, self._infinity = 2 * self._count, self._lp.infinity()
        zeros = [0.0] * columns
        self._lp.addCols([[] for _ in zeros], objs=zeros, lbs=zeros, ubs=zeros)
        for row in attacker.rows:
            self._lp.addRow([*row, *((self._count + i, -sign) for i, sign in row)], 0.0, 0.0)

    def cells(self, demand: Demand, side: int, hidden: Sequence[float]) -> tuple[int, ...] | None:
        """The cheapest cells to add so that the cell can move so far on that side; None when no pattern allows it."""
        prices = [NOISE if x > 0.5 else cost / demand.amount for x, cost in zip(hidden, self._costs, strict=True)]
        everything = [1.0] * self._count
        move = self._move(demand.index, side, demand.amount, prices, everything)
        if move is not None and self._whole and not _is_whole(move):
            move = self._whole_move(demand.index, side * demand.amount, everything, demand.amount, prices)
        return None if move is None else tuple(i for i, z in enumerate(move) if hidden[i] < 0.5 and abs(z) > NOISE)

    def moves_in_whole_numbers(self, demand: Demand, hidden: Sequence[float]) -> bool:
        """Whether whole numbers can meet the demand under the pattern; False too when that could not be decided."""
        if len(demand.directions) == 1:
            return self._moves_whole(demand.index, demand.directions[0], demand.amount, hidden)
        amounts = range(int(demand.amount) + 1)
        return any(
            self._moves_whole(demand.index, 1, up, hidden)
            and self._moves_whole(demand.index, -1, demand.amount - up, hidden)
            for up in amounts
        )

    def _moves_whole(self, index: int, side: int, amount: float, hidden: Sequence[float]) -> bool:
        if amount <= 0:
            return True
        # The smallest move is almost always whole: an integer programme is the exception.
        move = self._move(index, side, amount, [1.0] * self._count, hidden)
        if move is None or _is_whole(move):
            return move is not None
        return any(self._whole_move(index, side * amount, hidden, room) is not None for room in (amount, None))

    def _move(
        self, index: int, side: int, amount: float, prices: Sequence[float], hidden: Sequence[float]
    ) -> list[float] | None:
        down = self._attacker.down
        if side < 0 and down[index] < amount - NOISE:
            return None
        for i, price in enumerate(prices):
            free = hidden[i] > 0.5 and i != index
            self._column(i, price, 0.0, self._infinity if free else 0.0)
            self._column(self._count + i, price, 0.0, down[i] if free else 0.0)
        self._column(index if side > 0 else self._count + index, 0.0, amount, amount)
        self._lp.solve()
        if not self._lp.isOptimal():
            return None
        point = self._lp.getPrimal()
        return [point[i] - point[self._count + i] for i in range(self._count)]

    def _column(self, column: int, price: float, low: float, high: float) -> None:
        self._lp.chgObj(column, price)
        self._lp.chgBound(column, low, high)

    def _whole_move(
        self,
        index: int,
        move: float,
        hidden: Sequence[float],
        room: float | None,
        prices: Sequence[float] | None = None,
    ) -> list[float] | None:
        """Whole deviations that move the cell so far, each within `room` of the truth; the cheapest if priced."""
        programme = Model("whole escape")
        programme.hideOutput()
        programme.setParam("limits/nodes", NODES)
        z = {}
        for i, x in enumerate(hidden):
            if x > 0.5:
                down = self._attacker.down[i] if room is None else min(self._attacker.down[i], room)
                z[i] = programme.addVar(vtype="I", lb=-down, ub=room)
        for row in self._attacker.rows:
            if terms := [sign * z[i] for i, sign in row if i in z]:
                programme.addCons(quicksum(terms) == 0)
        programme.addCons(z[index] == move)
        if prices:
            _minimise_distance(programme, z, prices)
        programme.optimize()
        found = programme.getNSols() > 0
        self.undecided |= room is None and not found and programme.getStatus() != "infeasible"
        return [round(programme.getVal(z[i])) if i in z else 0.0 for i in range(self._count)] if found else None


def _is_whole(move: Sequence[float]) -> bool:
    return all(abs(z - round(z)) < 1e-6 for z in move)


def _minimise_distance(programme: Any, z: dict[int, Any], prices: Sequence[float]) -> None:
    distances = []
    for i, variable in z.items():
        distance = programme.addVar(lb=0)
        programme.addCons(distance >= variable)
        programme.addCons(distance >= -variable)
        distances.append(prices[i] * distance)
    programme.setObjective(quicksum(distances), "minimize")

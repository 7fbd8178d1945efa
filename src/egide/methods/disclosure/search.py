"""The search for the cheapest set of cells to hide: relaxation, cuts, integer programme, repair.

Method: Fischetti and Salazar-González (2001), see `attack`. The binary master is solved by SCIP; the cells that must
be hidden anyway are not in it. Given the same problem and no time limit the answer is always the same. What to
protect is prepared in `suppress`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyscipopt import LP, Model, quicksum

from egide.methods.disclosure.attack import HALF, Attacker, Cut
from egide.methods.disclosure.escape import Escape
from egide.methods.disclosure.guard import Guard
from egide.methods.disclosure.problem import Demand, Floats, Indexes, Mask, Problem

ROUNDS = 200
TURNS = 500
FEW_TURNS = 6  # when near is enough
BETWEEN_REPAIRS = 4
VIOLATION = 1e-4


@dataclass(frozen=True)
class Budget:
    """How long the search may go on improving. `clock` tells seconds that only grow: methods read none themselves."""

    seconds: float
    clock: Callable[[], float]


@dataclass(frozen=True, eq=False)
class Outcome:
    """The cells to hide besides the forced ones, their cost, and a lower bound of any protected pattern's."""

    chosen: Mask
    cost: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing cheaper can protect the same cells."""
        return self.cost <= self.bound + 1e-6 + 1e-9 * abs(self.cost)


class Search:
    """One problem, solved to the proof or to the end of the budget."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._attacker, self._escape = Attacker(problem), Escape(problem)
        self._guard = Guard(problem, self._attacker, self._escape)
        self._cuts: dict[bytes, Cut] = {}

    def run(self, budget: Budget | None, gap: float = 0.0) -> Outcome:
        """The cheapest protected pattern, or the best one found when the budget ends (it protects all the same).

        gap: the share of its cost by which the answer may be dearer than the cheapest.
        """
        end = budget.clock() + budget.seconds if budget else 0.0

        def left() -> float | None:
            return max(end - budget.clock(), 0.0) if budget else None

        price = self._problem.price
        bound, relaxed = self._tighten_relaxation(left)
        best, last = np.ones(self._problem.size, dtype=bool), relaxed > HALF
        for turn in range(FEW_TURNS if gap else TURNS):
            if price(best) <= bound + max(gap, 1e-9) * abs(price(best)) or (seconds := left()) == 0.0:
                break
            found, lower = self._solve_master(best, seconds, gap)
            bound, known = max(bound, lower), len(self._cuts)
            last = found[0] if found else last
            for pattern in found:
                if not self._cut_off(pattern) and price(pattern) < price(best):
                    best = pattern
            if len(self._cuts) == known:
                break
            if turn % BETWEEN_REPAIRS == BETWEEN_REPAIRS - 1:
                best = min(best, self._repaired(last), key=price)
        if price(best) > bound + max(gap, 1e-9) * abs(price(best)):
            best = min(best, self._repaired(last), key=price)
        if self._escape.undecided:
            bound = 0.0
        return Outcome(best & ~self._problem.forced, price(best), min(bound, price(best)))

    def rounded(self) -> Outcome:
        """A protected pattern near the relaxation, without any integer programme; its bound is the relaxation's."""
        bound, relaxed = self._tighten_relaxation(lambda: None)
        chosen = self._repaired(relaxed > HALF)
        return Outcome(chosen, self._problem.price(chosen), min(bound, self._problem.price(chosen)))

    def mended(self, hidden: Mask) -> Mask | None:
        """The pattern with what its unmet demands need added; None when that is not enough."""
        hidden = hidden.copy()
        for number in self._guard.unmet(hidden):
            if not self._guard.is_met(number, hidden, short=False):
                hidden[self._way_out(self._problem.demands[number], hidden)] = True
        return self._guard.needed(hidden) & ~self._problem.forced if self._guard.holds(hidden) else None

    def learn(self, number: int, cells: Indexes) -> None:
        """A move that meets the demand whenever its cells are hidden, known from elsewhere."""
        self._guard.learn(number, cells)

    def proof(self, number: int) -> Indexes | None:
        """The cells of the last move known to meet the demand."""
        return self._guard.proof(number)

    def first_unmet(self, pattern: Mask) -> Demand | None:
        """The first demand that the pattern (with the forced cells) does not meet; None when all are met."""
        unmet = next(iter(self._guard.unmet(pattern | self._problem.forced)), None)
        return None if unmet is None else self._problem.demands[unmet]

    # --- cuts

    def _tighten_relaxation(self, left: Callable[[], float | None]) -> tuple[float, Floats]:
        """Adds capacity inequalities until the relaxed master meets every demand in proportion, or stops moving."""
        relaxed = _Relaxation(self._problem)
        value, hidden = relaxed.solve()
        stalled, last = 0, value
        for _ in range(ROUNDS):
            fresh = self._violated(hidden)
            if not fresh or stalled > 5 or left() == 0.0:
                break
            for cut in fresh:
                relaxed.add(cut)
            value, hidden = relaxed.solve()
            stalled = stalled + 1 if value < last + 1e-6 * abs(last) else 0
            last = value
        return value, hidden

    def _violated(self, hidden: Floats) -> list[Cut]:
        fresh = []
        for demand in self._problem.demands:
            if self._attacker.reach(demand, hidden) > 1 - VIOLATION:
                continue
            cut = self._attacker.cut(demand, hidden, loose=True)
            if cut is not None and cut.name not in self._cuts and cut.value(hidden) < 1 - VIOLATION:
                self._cuts[cut.name] = cut
                fresh.append(cut)
        return fresh

    def _cut_off(self, pattern: Mask) -> bool:
        """Adds inequalities that exclude the pattern if it does not protect; says whether it had to."""
        hidden = pattern | self._problem.forced
        unmet = self._guard.unmet(hidden)
        if not unmet:
            return False
        before = len(self._cuts)
        for number in unmet:
            for loose in (True, False):
                cut = self._attacker.cut(self._problem.demands[number], hidden.astype(float), loose=loose)
                if cut is not None and cut.value(hidden) < 1 - 1e-6:
                    self._cuts[cut.name] = cut
                    break
        if len(self._cuts) == before:
            # Whole numbers escape the duals; but what does not protect cannot protect with fewer cells hidden.
            open_ = np.flatnonzero(~hidden)
            cut = Cut(open_, np.ones(len(open_)))
            self._cuts[cut.name] = cut
        return True

    # --- master

    def _solve_master(self, best: Mask, seconds: float | None, gap: float) -> tuple[list[Mask], float]:
        master = Model("suppression")
        master.hideOutput()
        master.setParam("limits/gap", gap / 2)
        if seconds is not None:
            master.setParam("limits/time", seconds)
        free = np.flatnonzero(~self._problem.forced).tolist()
        x = {i: master.addVar(vtype="B", obj=float(self._problem.costs[i])) for i in free}
        for columns, _ in self._problem.rows:
            _add_no_lonely_gap(master, x, columns.tolist())
        for cut in self._cuts.values():
            _add_cut(master, x, cut, self._problem.forced)
        _suggest(master, x, best)
        master.optimize()
        return [self._read(master, x, s) for s in master.getSols()[:2]], float(master.getDualbound())

    def _read(self, master: Any, x: dict[int, Any], solution: Any) -> Mask:
        pattern = np.zeros(self._problem.size, dtype=bool)
        pattern[[i for i, variable in x.items() if master.getSolVal(solution, variable) > 0.5]] = True
        return pattern

    # --- repair

    def _repaired(self, pattern: Mask) -> Mask:
        """A protected pattern near the one given: escapes for unmet demands, then what is useless is taken back."""
        problem, guard = self._problem, self._guard
        hidden = pattern | problem.forced
        for number, demand in enumerate(problem.demands):
            if not guard.is_met(number, hidden):
                hidden[self._way_out(demand, hidden)] = True
        if not guard.holds(hidden):
            hidden[:] = True
        added = np.flatnonzero(hidden & ~problem.forced)
        guard.relieve(hidden, added[np.lexsort((added, -problem.costs[added]))].tolist())
        hidden = guard.needed(hidden)
        return hidden & ~problem.forced

    def _way_out(self, demand: Demand, hidden: Mask) -> Sequence[int]:
        found = (self._escape.cells(demand, side, hidden) for side in demand.directions)
        return next((cells.tolist() for cells in found if cells is not None and len(cells)), [])


class _Relaxation:
    """The master without integrality, kept warm between rounds."""

    def __init__(self, problem: Problem) -> None:
        self._lp = LP("relaxed master")
        lows, count = problem.forced.astype(float).tolist(), problem.size
        self._lp.addCols(
            [[] for _ in range(count)],
            objs=np.where(problem.forced, 0.0, problem.costs).tolist(),
            lbs=lows,
            ubs=[1.0] * count,
        )
        for columns, _ in problem.rows:
            row = columns.tolist()
            for i in row:
                if not problem.forced[i]:
                    self._lp.addRow([(j, -1.0 if j == i else 1.0) for j in row], 0.0, self._lp.infinity())

    def add(self, cut: Cut) -> None:
        row = list(zip(cut.columns.tolist(), cut.weights.tolist(), strict=True))
        self._lp.addRow(row, 1.0, self._lp.infinity())

    def solve(self) -> tuple[float, Floats]:
        value = float(self._lp.solve())
        return value, np.clip(np.array(self._lp.getPrimal()), 0.0, 1.0)


def _add_cut(master: Any, x: dict[int, Any], cut: Cut, forced: Mask) -> None:
    fixed = float(cut.weights[forced[cut.columns]].sum())
    terms = zip(cut.columns.tolist(), cut.weights.tolist(), strict=True)
    master.addCons(quicksum(weight * x[i] for i, weight in terms if i in x) >= 1 - fixed)


def _add_no_lonely_gap(master: Any, x: dict[int, Any], row: Sequence[int]) -> None:
    # A gap alone in a sum is filled by subtraction: hiding it would be paid for nothing, so no optimum has it.
    if any(i not in x for i in row):
        return
    for i in row:
        master.addCons(quicksum(x[j] for j in row if j != i) >= x[i])


def _suggest(master: Any, x: dict[int, Any], pattern: Mask) -> None:
    start = master.createSol()
    for i, variable in x.items():
        master.setSolVal(start, variable, 1.0 if pattern[i] else 0.0)
    master.addSol(start)

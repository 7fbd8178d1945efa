"""The search for the cheapest set of cells to hide: relaxation, cuts, integer programme, repair.

Method: Fischetti and Salazar-González (2001), see `attack`. The binary master is solved by SCIP; the cells that must
be hidden anyway are not in it. Given the same problem and no time limit the answer is always the same. What to
protect is prepared in `suppress`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyscipopt import LP, Model, quicksum

from egide.methods.disclosure.attack import NOISE, Attacker, Cut, Demand
from egide.methods.disclosure.escape import Escape

ROUNDS = 200
VIOLATION = 1e-4


@dataclass(frozen=True)
class Budget:
    """How long the search may go on improving. `clock` tells seconds that only grow: methods read none themselves."""

    seconds: float
    clock: Callable[[], float]


@dataclass(frozen=True)
class Outcome:
    """The cells to hide besides the forced ones (indexes), their cost, and a lower bound of any protected pattern's."""

    chosen: frozenset[int]
    cost: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing cheaper can protect the same cells."""
        return self.cost <= self.bound + 1e-6 + 1e-9 * abs(self.cost)


class Search:
    """One problem: the attacker, what he must be denied, each cell's price, and the cells hidden anyway."""

    def __init__(
        self, attacker: Attacker, demands: Sequence[Demand], costs: Sequence[float], forced: frozenset[int], whole: bool
    ) -> None:
        self._attacker, self._demands, self._costs, self._forced, self._whole = attacker, demands, costs, forced, whole
        self._cuts: dict[Cut, None] = {}
        self._escape = Escape(attacker, costs, whole)

    def run(self, budget: Budget | None) -> Outcome:
        """The cheapest protected pattern, or the best one found when the budget ends (it protects all the same)."""
        end = budget.clock() + budget.seconds if budget else 0.0

        def left() -> float | None:
            return max(end - budget.clock(), 0.0) if budget else None

        best, bound = self._repaired(frozenset()), 0.0
        self._tighten_relaxation(left)
        while self._price(best) > bound + 1e-9 * abs(bound):
            if (seconds := left()) == 0.0:
                break
            found, lower = self._solve_master(best, seconds)
            bound = max(bound, lower)
            known = len(self._cuts)
            for pattern in found:
                if not self._cut_off(pattern) and self._price(pattern) < self._price(best):
                    best = pattern
            repaired = self._repaired(found[0]) if found else best
            best = min(best, repaired, key=self._price)
            if len(self._cuts) == known:
                break
        if self._escape.undecided:
            bound = 0.0
        return Outcome(best, self._price(best), min(bound, self._price(best)))

    def first_unmet(self, pattern: Iterable[int]) -> Demand | None:
        """The first demand that the pattern (with the forced cells) does not meet; None when all are met."""
        hidden = self._vector(pattern)
        return next((d for d in self._demands if not self._is_met(d, hidden)), None)

    def _is_met(self, demand: Demand, hidden: Sequence[float]) -> bool:
        if self._attacker.reach(demand, hidden) < demand.amount * (1 - 1e-9) - NOISE:
            return False
        return not self._whole or self._escape.moves_in_whole_numbers(demand, hidden)

    def _price(self, pattern: Iterable[int]) -> float:
        return sum(self._costs[i] for i in sorted(pattern))

    def _vector(self, pattern: Iterable[int]) -> list[float]:
        hidden = [0.0] * len(self._costs)
        for i in (*self._forced, *pattern):
            hidden[i] = 1.0
        return hidden

    # --- cuts

    def _tighten_relaxation(self, left: Callable[[], float | None]) -> None:
        """Adds capacity inequalities until the relaxed master meets every demand in proportion, or stops moving."""
        relaxed = _Relaxation(self._costs, self._forced, self._attacker.rows)
        stalled, last = 0, -1.0
        for _ in range(ROUNDS):
            value, hidden = relaxed.solve()
            stalled = stalled + 1 if value < last + 1e-6 * abs(last) else 0
            last = value
            fresh = self._violated(hidden, loose=True)
            if not fresh or stalled > 5 or left() == 0.0:
                return
            for cut in fresh:
                relaxed.add(cut)

    def _violated(self, hidden: Sequence[float], *, loose: bool) -> list[Cut]:
        fresh = []
        for demand in self._demands:
            cut = self._attacker.cut(demand, hidden, loose=loose)
            if cut is not None and cut not in self._cuts and cut.value(hidden) < 1 - VIOLATION:
                self._cuts[cut] = None
                fresh.append(cut)
        return fresh

    def _cut_off(self, pattern: frozenset[int]) -> bool:
        """Adds inequalities that exclude the pattern if it does not protect; says whether it had to."""
        hidden = self._vector(pattern)
        unmet = [d for d in self._demands if not self._is_met(d, hidden)]
        if not unmet:
            return False
        before = len(self._cuts)
        for demand in unmet:
            for loose in (True, False):
                cut = self._attacker.cut(demand, hidden, loose=loose)
                if cut is not None and cut.value(hidden) < 1 - 1e-6:
                    self._cuts[cut] = None
                    break
        if len(self._cuts) == before:
            # Whole numbers escape the duals; but what does not protect cannot protect with fewer cells hidden.
            self._cuts[Cut(tuple((i, 1.0) for i, x in enumerate(hidden) if x < 0.5))] = None
        return True

    # --- master

    def _solve_master(self, best: frozenset[int], seconds: float | None) -> tuple[list[frozenset[int]], float]:
        master = Model("suppression")
        master.hideOutput()
        master.setParam("limits/gap", 0.0)
        if seconds is not None:
            master.setParam("limits/time", seconds)
        x = {i: master.addVar(vtype="B", obj=cost) for i, cost in enumerate(self._costs) if i not in self._forced}
        for row in self._attacker.rows:
            _add_no_lonely_gap(master, x, [i for i, _ in row])
        for cut in self._cuts:
            fixed = sum(weight for i, weight in cut.weights if i in self._forced)
            master.addCons(quicksum(weight * x[i] for i, weight in cut.weights if i in x) >= 1 - fixed)
        _suggest(master, x, best)
        master.optimize()
        solutions = [frozenset(i for i in x if master.getSolVal(s, x[i]) > 0.5) for s in master.getSols()[:5]]
        return solutions, float(master.getDualbound())

    # --- repair

    def _repaired(self, pattern: frozenset[int]) -> frozenset[int]:
        """A protected pattern near the one given: escapes for unmet demands, then what is useless is taken back."""
        grown = set(pattern)
        for demand in self._demands:
            hidden = self._vector(grown)
            if not self._is_met(demand, hidden):
                grown.update(self._way_out(demand, hidden))
        if self.first_unmet(grown) is not None:
            grown = set(range(len(self._costs))) - self._forced
        for i in sorted(grown, key=lambda j: (-self._costs[j], j)):
            if self.first_unmet(grown - {i}) is None:
                grown.discard(i)
        return frozenset(grown)

    def _way_out(self, demand: Demand, hidden: Sequence[float]) -> tuple[int, ...]:
        return next((cells for side in demand.directions if (cells := self._escape.cells(demand, side, hidden))), ())


class _Relaxation:
    """The master without integrality, kept warm between rounds."""

    def __init__(
        self, costs: Sequence[float], forced: frozenset[int], rows: Sequence[Sequence[tuple[int, float]]]
    ) -> None:
        count = len(costs)
        lows = [1.0 if i in forced else 0.0 for i in range(count)]
        self._lp = LP("relaxed master")
        self._lp.addCols([[] for _ in costs], objs=list(costs), lbs=lows, ubs=[1.0] * count)
        for row in rows:
            for i, _ in row:
                if i not in forced:
                    self._lp.addRow([(j, -1.0 if j == i else 1.0) for j, _ in row], 0.0, self._lp.infinity())

    def add(self, cut: Cut) -> None:
        self._lp.addRow(list(cut.weights), 1.0, self._lp.infinity())

    def solve(self) -> tuple[float, list[float]]:
        value = float(self._lp.solve())
        return value, [min(max(x, 0.0), 1.0) for x in self._lp.getPrimal()]


def _add_no_lonely_gap(master: Any, x: dict[int, Any], row: Sequence[int]) -> None:
    # A gap alone in a sum is filled by subtraction: hiding it would be paid for nothing, so no optimum has it.
    if any(i not in x for i in row):
        return
    for i in row:
        master.addCons(quicksum(x[j] for j in row if j != i) >= x[i])


def _suggest(master: Any, x: dict[int, Any], pattern: frozenset[int]) -> None:
    start = master.createSol()
    for i, variable in x.items():
        master.setSolVal(start, variable, 1.0 if i in pattern else 0.0)
    master.addSol(start)

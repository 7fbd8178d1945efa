"""Whether a pattern meets the demands, with a memory: a move seen once proves its demand as long as its cells stay hidden.

Here lives the judgement the searches steer by; the one that counts is in `audit`.
"""

from collections.abc import Iterable

import numpy as np

from egide.methods.disclosure.attack import Attacker
from egide.methods.disclosure.escape import Escape, is_whole
from egide.methods.disclosure.problem import NOISE, Demand, Indexes, Mask, Problem

KEPT = 4


class Guard:
    """Judges patterns of one problem. For each demand the last moves that met it are kept by the cells they need."""

    def __init__(self, problem: Problem, attacker: Attacker, escape: Escape) -> None:
        self._problem, self._attacker, self._escape = problem, attacker, escape
        self._proofs: list[list[Indexes]] = [[] for _ in problem.demands]

    def unmet(self, hidden: Mask) -> list[int]:
        """The numbers of the demands that the pattern does not meet."""
        return [number for number in range(len(self._proofs)) if not self.is_met(number, hidden, short=False)]

    def is_met(self, number: int, hidden: Mask, *, short: bool = True) -> bool:
        """Whether the demand is met, by a move already known or by one found now; short: by few cells, to last longer."""
        proofs = self._proofs[number]
        for place, proof in enumerate(proofs):
            if hidden[proof].all():
                proofs.insert(0, proofs.pop(place))
                return True
        found = self._prove(self._problem.demands[number], hidden, short)
        if found is not None:
            proofs.insert(0, found)
            del proofs[KEPT:]
        return found is not None

    def holds(self, hidden: Mask) -> bool:
        """Whether every demand is met; it stops at the first that is not."""
        doubtful = [n for n, proofs in enumerate(self._proofs) if not any(hidden[proof].all() for proof in proofs)]
        return all(self.is_met(number, hidden) for number in doubtful)

    def relieve(self, hidden: Mask, cells: Iterable[int]) -> None:
        """Takes cells back from a pattern that holds, in the order given, each one if the pattern still holds."""
        for cell in cells:
            hidden[cell] = False
            hidden[cell] = not self.holds(hidden)

    def needed(self, hidden: Mask) -> Mask:
        """The cells of one known move for each demand, the cheapest besides those taken before; the rest may be printed.

        A cell kept is one that moves, so no sum tells it.
        """
        kept = self._problem.forced.copy()
        for proofs in self._proofs:
            able = [proof for proof in proofs if hidden[proof].all()]
            if not able:
                return hidden
            kept[min(able, key=lambda proof: float(self._problem.costs[proof[~kept[proof]]].sum()))] = True
        return kept

    def learn(self, number: int, cells: Indexes) -> None:
        """A move known from elsewhere to meet the demand whenever its cells are hidden."""
        self._proofs[number].append(cells)

    def proof(self, number: int) -> Indexes | None:
        """The cells of the last move known to meet the demand."""
        return next(iter(self._proofs[number]), None)

    def _prove(self, demand: Demand, hidden: Mask, short: bool) -> Indexes | None:
        single = len(demand.directions) == 1
        if short and (single or self._problem.whole):
            return self._escape.way(demand, hidden)
        pushes = [self._attacker.push(demand, side, hidden) for side in demand.directions]
        if sum(value for value, _ in pushes) < demand.amount * (1 - 1e-9) - NOISE:
            return None
        if self._problem.whole and not all(is_whole(move) for _, move in pushes):
            return self._escape.way(demand, hidden)
        return np.flatnonzero(sum(np.abs(move) for _, move in pushes) > NOISE)

"""Large tables: solved by the branches of one hierarchy, then mended as a whole.

Each branch (a region with its départements) is a problem of its own; the coarse cells over the branches make another.
A cell in two problems has its price divided between them, so the sum of what each must cost at least is what the whole
must cost at least. What the pieces hide together is then checked, and mended, with every sum.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from egide.methods.disclosure.model import Hierarchy, Key
from egide.methods.disclosure.problem import Floats, Indexes, Problem
from egide.methods.disclosure.search import Budget, Outcome, Search

OF_BRANCH = 0.5  # the share of a cell's price that its branch bears, when the coarse problem has it too


def branches(keys: Sequence[Key], hierarchies: Sequence[Hierarchy]) -> list[Indexes]:
    """The cells of each branch of the most divided hierarchy, then those of the coarse problem over them."""
    divided = max(
        ((axis, _of_branch(hierarchy)) for axis, hierarchy in enumerate(hierarchies)),
        key=lambda each: len(set(each[1].values())),
    )
    axis, branch = divided
    if not branch:
        return [np.arange(len(keys))]
    names = sorted(set(branch.values()))
    placed = [branch.get(key[axis]) for key in keys]
    found = [np.array([i for i, place in enumerate(placed) if place == name], dtype=np.intp) for name in names]
    coarse = [i for i, place in enumerate(placed) if place is None or keys[i][axis] == place]
    return [cells for cells in (*found, np.array(coarse, dtype=np.intp)) if len(cells)]


def _of_branch(hierarchy: Hierarchy) -> dict[str, str]:
    """For each code its branch: the code of the second level it lies under, if that one has several parts."""
    found: dict[str, str] = {}
    for code in hierarchy.parent:
        line = [code]
        while (above := hierarchy.parent[line[-1]]) is not None:
            line.append(above)
        if len(line) > 1 and len(hierarchy.children(line[-2])) > 1:
            found[code] = line[-2]
    return found


def solve_by_branches(
    problem: Problem, parts: Sequence[Indexes], budget: Budget | None, gap: float, *, proof: bool
) -> Outcome | None:
    """A pattern made of each part's, and a lower bound made of each part's; None when it could not be made to protect.

    gap: the share of its cost by which each part's answer may be dearer than the cheapest. proof: whether integer
    programmes bring the bound near, or the relaxation is enough.
    """
    whole = Search(problem)
    hidden, bound = problem.forced.copy(), 0.0
    numbers = {(d.index, d.directions): number for number, d in enumerate(problem.demands)}
    end = budget.clock() + budget.seconds if budget else 0.0
    shares = _shares(problem, parts)
    for order, cells in enumerate(parts):
        part = problem.part(cells)
        search = Search(replace(part, costs=part.costs * shares[order]))
        weight = len(cells) / sum(len(each) for each in parts[order:])
        time = Budget(max(end - budget.clock(), 0.1) * weight, budget.clock) if budget else None
        outcome = search.run(time, gap) if proof else search.rounded()
        hidden[cells] |= outcome.chosen
        bound += outcome.bound
        inside = _untouched(problem, part, cells)
        for number, demand in enumerate(part.demands):
            known = search.proof(number)
            if known is not None and inside[known].all():
                whole.learn(numbers[int(cells[demand.index]), demand.directions], cells[known])
    chosen = whole.mended(hidden)
    return None if chosen is None else Outcome(chosen, problem.price(chosen), min(bound, problem.price(chosen)))


def _shares(problem: Problem, parts: Sequence[Indexes]) -> list[Floats]:
    """What each part bears of the price of its cells: the coarse part, the last, has the rest of what branches bear."""
    times = np.zeros(problem.size, dtype=int)
    for cells in parts:
        times[cells] += 1
    found: list[Floats] = [np.where(times[cells] > 1, OF_BRANCH, 1.0) for cells in parts]
    if len(parts) > 1:
        found[-1] = np.where(times[parts[-1]] > 1, 1.0 - OF_BRANCH, 1.0)
    return found


def _untouched(problem: Problem, part: Problem, cells: Indexes) -> Indexes:
    """The cells of a part that are in none of the sums left out of it: their moves are moves of the whole too."""
    inside = np.diff(part.transposed.indptr)
    everywhere = np.diff(problem.transposed.indptr)[cells]
    return np.asarray(inside == everywhere)

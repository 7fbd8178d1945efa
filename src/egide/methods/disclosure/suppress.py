"""From a table and a profile to the cheapest pattern of hidden cells that keeps every sensitive figure in doubt.

Here live the entry point `protect`. The rules are in `rules`, the search in `search`; a
pattern must not be trusted before `audit` has attacked it.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from egide.methods.disclosure.decompose import branches, solve_by_branches
from egide.methods.disclosure.model import Key, TableModel, spell
from egide.methods.disclosure.pattern import Pattern
from egide.methods.disclosure.problem import Problem, pose
from egide.methods.disclosure.rules import Contribution, Primary, Profile, find_primary
from egide.methods.disclosure.search import Budget, Outcome, Search

SOLVERS = ("exact", "decomposition", "heuristic")
EXACT_UP_TO = 1500  # cells that may be hidden
GAP = 0.006  # what a part of a decomposed table may be dearer than its cheapest; the whole adds some


class CannotProtect(ValueError):
    """No pattern protects this table under this profile."""


def protect(
    model: TableModel,
    profile: Profile,
    *,
    contributions: Mapping[Key, Contribution] | None = None,
    costs: Mapping[Key, float] | None = None,
    budget: Budget | None = None,
    solver: str = "auto",
) -> Pattern:
    """The cheapest pattern that meets every requirement (Fischetti and Salazar-González, 2001), exact without a budget.

    costs: price of hiding a cell, > 0 (default: its value, 1 for a zero). budget: without one the search runs to the
    proof; with one it may stop earlier with a pattern that protects but is not proven cheapest (`proven_optimal`
    says). solver: one of SOLVERS, or "auto" for the one the table's size calls for. Raises CannotProtect naming the
    cell when hiding everything allowed would not be enough.
    """
    _check_solver(solver)
    primary = find_primary(model, profile, contributions)
    _check_still_secret(model, primary, profile)
    sensitive = frozenset(cell.key for cell in primary)
    candidates = [key for key in model.values if key in sensitive or _may_hide(model, key, profile)]
    prices = [_price(model, key, costs) for key in candidates]
    problem = pose(model, candidates, primary, prices, profile.floor)
    chosen = solver if solver != "auto" else "exact" if len(candidates) <= EXACT_UP_TO else "decomposition"
    outcome = _solve(problem, candidates, model, chosen, budget)
    secondary = tuple(candidates[i] for i in np.flatnonzero(outcome.chosen))
    return Pattern(primary, secondary, outcome.cost, outcome.bound, outcome.proven, profile.floor, chosen)


def _solve(
    problem: Problem, candidates: Sequence[Key], model: TableModel, solver: str, budget: Budget | None
) -> Outcome:
    if solver != "exact":
        parts = branches(candidates, model.hierarchies)
        found = solve_by_branches(problem, parts, budget, GAP, proof=solver == "decomposition")
        if found is not None:
            return found
    search = Search(problem)
    if unmet := search.first_unmet(np.ones(problem.size, dtype=bool)):
        raise CannotProtect(
            f"Cell {spell(candidates[unmet.index])} stays too well known even when every cell that may be hidden is hidden. "
            "Allow zeros to be hidden, lower the protection levels, or publish a coarser table."
        )
    return search.run(budget, GAP if solver != "exact" else 0.0)


def _check_solver(solver: str) -> None:
    if solver not in ("auto", *SOLVERS):
        raise CannotProtect(f"No solver is called {solver}: they are {', '.join(SOLVERS)}.")


def _may_hide(model: TableModel, key: Key, profile: Profile) -> bool:
    value = model.values[key]
    return key not in model.public and value >= profile.floor and (value > 0 or profile.hide_zeros)


def _check_still_secret(model: TableModel, primary: tuple[Primary, ...], profile: Profile) -> None:
    for cell in primary:
        if cell.key in model.public:
            raise CannotProtect(
                f"Cell {spell(cell.key)} must be hidden ({cell.rule}) but is already public: nothing can take it back. "
                "Correct the list of public cells, or have the release decided by the person in charge of secrecy."
            )
        if model.values[cell.key] < profile.floor:
            raise CannotProtect(
                f"Cell {spell(cell.key)} is below {profile.floor}, which the profile says is known. Lower floor."
            )


def _price(model: TableModel, key: Key, costs: Mapping[Key, float] | None) -> float:
    price = float((costs or {}).get(key, model.values[key] or 1))
    if price <= 0:
        raise CannotProtect(
            f"Hiding cell {spell(key)} is priced {price}: give a cost above zero, or the cheapest pattern is any."
        )
    return price

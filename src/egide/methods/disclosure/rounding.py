"""Controlled rounding: every figure becomes a multiple of a base near it, and every sum still holds.

Method: L. H. Cox (1987), "A constructive procedure for unbiased controlled rounding", JASA 82; here the closest such
table, by an integer programme (SCIP), is checked again figure by figure and sum by sum: the solver is not believed.
A table rounded so tells each count only to within the base, and needs no hidden cell.
"""

from collections.abc import Mapping

from pyscipopt import Model, quicksum

from egide.methods.disclosure.model import InconsistentTable, Key, TableModel, spell
from egide.methods.disclosure.reading import readable_sums
from egide.methods.disclosure.rules import RuleMisused

WIDEST = 3


def round_controlled(model: TableModel, base: int) -> Mapping[Key, int]:
    """The multiples of `base` nearest to the counts, taken together, whose sums hold.

    Each is one of the two multiples around its count; where no such table exists, one step further is allowed, then
    two. A multiple of the base is left as it is, unless a step further is needed. Raises RuleMisused for a base under
    2 or figures that are not counts, InconsistentTable when three steps are not enough.
    """
    if base < 2:
        raise RuleMisused(f"Rounding to a base of {base} changes nothing. Give 3, 5 or 10.")
    if not model.whole_numbers:
        raise RuleMisused("Only counts are rounded here: some figures are not whole numbers. Use suppression.")
    for steps in range(WIDEST):
        found = _nearest(model, base, steps)
        if found is not None:
            _check(model, found, base, steps)
            return found
    raise InconsistentTable(f"No table of multiples of {base} within {WIDEST} steps keeps every sum. Try another base.")


def _nearest(model: TableModel, base: int, steps: int) -> dict[Key, int] | None:
    programme = Model("controlled rounding")
    programme.hideOutput()
    multiples, distances = {}, []
    for key, value in model.values.items():
        low, high = value // base, -(-value // base)
        multiples[key] = programme.addVar(vtype="I", lb=max(low - steps, 0), ub=high + steps)
        distance = programme.addVar(lb=0)
        programme.addCons(distance >= base * multiples[key] - value)
        programme.addCons(distance >= value - base * multiples[key])
        distances.append(distance)
    for equation in model.equations:
        programme.addCons(multiples[equation.total] == quicksum(multiples[part] for part in equation.parts))
    programme.setObjective(quicksum(distances), "minimize")
    programme.optimize()
    if programme.getNSols() == 0:
        return None
    return {key: base * round(programme.getVal(multiple)) for key, multiple in multiples.items()}


def _check(model: TableModel, rounded: Mapping[Key, int], base: int, steps: int) -> None:
    for key, value in model.values.items():
        if rounded[key] % base or abs(rounded[key] - value) >= base * (steps + 1):
            raise InconsistentTable(
                f"Cell {spell(key)} was rounded from {value} to {rounded[key]}: the solver is wrong."
            )
    for total, parts in readable_sums(model.values.keys(), model.hierarchies, model.links):
        if rounded[total] != sum(rounded[part] for part in parts):
            raise InconsistentTable(f"Cell {spell(total)} is no longer the sum of its parts: the solver is wrong.")

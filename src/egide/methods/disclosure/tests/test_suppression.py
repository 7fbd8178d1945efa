"""The pattern is the cheapest, the audit lets it pass, and nothing in it is superfluous."""

from dataclasses import replace
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egide.methods.disclosure import (
    Budget,
    CannotProtect,
    DisclosureTooTight,
    Hierarchy,
    Pattern,
    Profile,
    Requirement,
    RuleMisused,
    TableModel,
    ThresholdRule,
    audit,
    find_primary,
    protect,
    release_digest,
    round_controlled,
)
from egide.methods.disclosure.model import Equation
from egide.methods.disclosure.reading import readable_sums

PROFILE = Profile("fewer than 3", [ThresholdRule("fewer than 3", 3)])
SLOW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def cube(values, *sizes) -> TableModel:
    """A table of the given inner values with every margin."""
    axes = [[str(i) for i in range(size)] for size in sizes]
    inner = dict(zip(product(*axes), values, strict=True))
    cells: dict[tuple[str, ...], int] = {}
    for key, value in inner.items():
        for mask in product((False, True), repeat=len(sizes)):
            margin = tuple("T" if hide else code for code, hide in zip(key, mask, strict=True))
            cells[margin] = cells.get(margin, 0) + value
    return TableModel.from_margins(cells, [Hierarchy.flat(f"d{i}", "T", axis) for i, axis in enumerate(axes)])


def passes(model: TableModel, primary, secondary) -> bool:
    try:
        audit(model, Pattern(tuple(primary), tuple(secondary), 0.0, 0.0, False))
    except DisclosureTooTight:
        return False
    return True


def cheapest_by_trying(model: TableModel, profile: Profile, at_most: float) -> float | None:
    """The least cost of any pattern that the audit lets pass, by trying them all in order of cost."""
    primary = find_primary(model, profile)
    sensitive = {cell.key for cell in primary}
    others = [k for k, v in model.values.items() if k not in sensitive and v > 0 and v <= at_most]
    subsets = chain.from_iterable(combinations(others, n) for n in range(len(others) + 1))
    priced = sorted((sum(model.values[k] for k in subset), subset) for subset in subsets)
    return next((cost for cost, subset in priced if cost > at_most or passes(model, primary, subset)), None)


small_tables = st.lists(st.integers(0, 12), min_size=4, max_size=4).map(lambda v: cube(v, 2, 2)) | st.lists(
    st.integers(0, 9), min_size=6, max_size=6
).map(lambda v: cube(v, 2, 3))
larger_tables = st.lists(st.integers(0, 30), min_size=12, max_size=12).map(lambda v: cube(v, 3, 4)) | st.lists(
    st.integers(0, 20), min_size=12, max_size=12
).map(lambda v: cube(v, 2, 2, 3))


def protected_or_none(model: TableModel) -> Pattern | None:
    try:
        return protect(model, PROFILE)
    except CannotProtect:
        return None


@SLOW
@given(small_tables)
def test_the_optimum_equals_the_best_of_all_patterns(model):
    pattern = protected_or_none(model)
    if pattern is None:
        everything = [k for k, v in model.values.items() if v > 0]
        primary = find_primary(model, PROFILE)
        assert not passes(model, primary, set(everything) - {c.key for c in primary})
    else:
        assert pattern.proven_optimal
        assert pattern.cost == pytest.approx(cheapest_by_trying(model, PROFILE, pattern.cost))


@SLOW
@given(larger_tables)
def test_the_audit_lets_every_optimum_pass_and_no_secondary_is_superfluous(model):
    pattern = protected_or_none(model)
    if pattern is not None:
        certificate = audit(model, pattern)
        assert {b.key for b in certificate.bounds} == pattern.hidden
        assert all(b.low <= model.values[b.key] for b in certificate.bounds)
        for cell in pattern.secondary:
            assert not passes(model, pattern.primary, set(pattern.secondary) - {cell})


@SLOW
@given(larger_tables)
def test_the_audit_writes_the_same_sums_as_the_search_by_another_road(model):
    read = {
        Equation(total, tuple(sorted(parts)), "") for total, parts in readable_sums(model.values, model.hierarchies, ())
    }
    assert read == {Equation(e.total, tuple(sorted(e.parts)), "") for e in model.equations}


def test_the_same_table_always_gives_the_same_pattern_and_digest():
    values = [1, 7, 12, 9, 2, 14, 8, 8, 8, 5, 1, 6]
    first, second = (cube(values, 3, 4) for _ in range(2))
    one, two = protect(first, PROFILE), protect(second, PROFILE)
    assert one == two
    assert audit(first, one).digest == audit(second, two).digest


def test_the_digest_changes_with_any_printed_figure_or_hidden_cell():
    model, other = cube([1, 7, 12, 9], 2, 2), cube([1, 7, 12, 10], 2, 2)
    pattern = protect(model, PROFILE)
    digests = {
        release_digest(model, pattern),
        release_digest(other, pattern),
        release_digest(model, replace(pattern, secondary=pattern.secondary[1:])),
    }
    assert len(digests) == 3


def test_out_of_time_the_pattern_still_protects_and_says_it_is_not_proven():
    model = cube([1, 7, 12, 9, 2, 14, 8, 8, 8, 5, 1, 6], 3, 4)
    pattern = protect(model, PROFILE, budget=Budget(0.0, lambda: 0.0))
    assert not pattern.proven_optimal
    assert pattern.bound <= protect(model, PROFILE).cost <= pattern.cost
    assert audit(model, pattern).verdict == "protected"


HALVES = [0, 2, 0, 2, 0, 1, 2, 0, 0, 1, 1, 1, 0, 2, 1, 1, 0, 0, 2, 1, 0, 2, 2, 1, 0, 1, 0, 1, 2, 1, 0, 2, 0, 1, 0, 0]
SHOWN = {("0", "0", "0"), ("0", "0", "1"), ("1", "0", "3"), ("2", "1", "2")}
TARGET = ("0", "2", "3")


class OneCell:
    """A rule that wants one cell to be able to be half a unit more."""

    name = "one cell"

    def is_sensitive(self, key, value, contribution):
        return key == TARGET

    def requirement(self, value, floor, contribution):
        return Requirement(upper=0.5)


def test_an_attacker_of_counts_is_known_to_think_in_whole_numbers():
    """In three dimensions a linear bound can be a fraction (here 1.5) that no count reaches: that is no doubt."""
    counts = cube(HALVES, 3, 3, 4)
    profile = Profile("half", [OneCell()], hide_zeros=True)
    counts = replace(counts, public=frozenset(key for key in counts.values if "T" in key or key in SHOWN))
    amounts = replace(counts, whole_numbers=False)
    pattern = protect(amounts, profile)
    assert {b.key: b.high for b in audit(amounts, pattern).bounds}[TARGET] == pytest.approx(1.5)
    with pytest.raises(DisclosureTooTight):
        audit(counts, pattern)
    with pytest.raises(CannotProtect, match="0 / 2 / 3"):
        protect(counts, profile)


def test_costs_decide_which_cells_are_given_up():
    model = cube([1, 7, 12, 9], 2, 2)
    dear = dict.fromkeys(protect(model, PROFILE).secondary, 1000.0)
    assert set(protect(model, PROFILE, costs=dear).secondary) != set(dear)
    with pytest.raises(CannotProtect, match="priced 0"):
        protect(model, PROFILE, costs=dict.fromkeys(dear, 0.0))


def regions(seed: int) -> TableModel:
    """Invented counts over four regions of three places, two ages and three kinds, with every margin."""
    draw = np.random.default_rng(seed)
    parent = {"FR": None} | {f"R{r}": "FR" for r in range(4)} | {f"{r}{d}": f"R{r}" for r in range(4) for d in range(3)}
    cells: dict[tuple[str, ...], int] = {}
    for place, age, kind in product([p for p in parent if p[0].isdigit()], "ab", "xyz"):
        value = int(draw.poisson(draw.choice([4, 15, 60])))
        for key in product((place, parent[place], "FR"), (age, "T"), (kind, "T")):
            cells[key] = cells.get(key, 0) + value
    flat = [Hierarchy.flat("age", "T", "ab"), Hierarchy.flat("kind", "T", "xyz")]
    return TableModel.from_margins(cells, [Hierarchy("place", parent), *flat])


@pytest.mark.parametrize("solver", ["decomposition", "heuristic"])
def test_the_solvers_of_large_tables_protect_and_tell_truly_how_far_they_may_be_from_the_cheapest(solver):
    model = regions(3)
    cheapest = protect(model, PROFILE, solver="exact")
    assert cheapest.proven_optimal
    found = protect(model, PROFILE, solver=solver)
    assert audit(model, found).verdict == "protected"
    assert found.bound <= cheapest.cost + 1e-6 <= found.cost + 2e-6
    assert found.sha256 == protect(model, PROFILE, solver=solver).sha256


def test_a_solver_that_does_not_exist_is_refused_by_its_name():
    with pytest.raises(CannotProtect, match="No solver is called magic: they are exact, decomposition, heuristic"):
        protect(regions(1), PROFILE, solver="magic")


def test_the_decomposed_pattern_hides_no_cell_that_a_sum_tells():
    model = regions(8)
    assert audit(model, protect(model, PROFILE, solver="decomposition")).verdict == "protected"


def test_controlled_rounding_keeps_every_sum_and_stays_within_the_base():
    model = regions(5)
    rounded = round_controlled(model, 5)
    assert all(value % 5 == 0 for value in rounded.values())
    assert all(abs(rounded[key] - value) < 5 for key, value in model.values.items())
    for equation in model.equations:
        assert rounded[equation.total] == sum(rounded[part] for part in equation.parts)


@pytest.mark.parametrize(("base", "figure", "sentence"), [(1, 4, "changes nothing"), (5, 4.5, "Only counts")])
def test_rounding_is_for_counts_and_a_base(base, figure, sentence):
    model = TableModel.from_margins({("T",): figure, ("a",): figure}, [Hierarchy.flat("d", "T", ["a"])])
    with pytest.raises(RuleMisused, match=sentence):
        round_controlled(model, base)

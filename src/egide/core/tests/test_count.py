"""Counts: whole numbers of one thing, and the sums they refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.core.count import Count, NotACount, NotAdditive, UnlikeUnits
from egide.core.units import UNKNOWN_UNIT, CountingUnit

VICTIM = CountingUnit("victim", "victime", "victim", frozenset({"territory", "period", "sex", "age"}))
SUSPECT = CountingUnit("suspect", "mis en cause", "suspect", frozenset({"sex", "age"}))
HEARD = CountingUnit("heard", "victime entendue", "victim heard", frozenset({"territory"}))


def test_adding_counts_of_unlike_units_names_both_units():
    with pytest.raises(UnlikeUnits, match=r"Cannot add 12 victims to 4 suspects: .*side by side"):
        Count(4, SUSPECT) + Count(12, VICTIM)


def test_the_units_are_told_in_words_even_when_they_are_several_words_or_only_one_thing():
    with pytest.raises(UnlikeUnits, match=r"Cannot add 1 victim to 3 of “victim heard”"):
        Count(3, HEARD) + Count(1, VICTIM)


def test_unknown_units_never_add_even_to_themselves():
    unknown = UNKNOWN_UNIT("etat4001:75")
    assert not unknown.known
    assert unknown.additive_over == frozenset()
    with pytest.raises(UnlikeUnits, match="nobody has established what “etat4001:75” counts"):
        Count(1, unknown) + Count(1, unknown)
    with pytest.raises(NotAdditive, match="etat4001:75"):
        Count.sum([Count(1, unknown), Count(2, unknown)], over="territory")


def test_a_unit_that_is_unknown_cannot_be_additive():
    with pytest.raises(ValueError, match="cannot be additive"):
        CountingUnit("x", "x", "x", frozenset({"sex"}), known=False)


def test_suspects_are_not_summed_over_territories():
    """AT-57's neighbour, trap 19: a suspect counts once per territory."""
    with pytest.raises(NotAdditive, match=r"“suspect” is not additive over “territory”.*age, sex"):
        Count.sum([Count(1, SUSPECT), Count(2, SUSPECT)], over="territory")


def test_an_empty_sum_is_refused_because_nothing_is_not_zero():
    with pytest.raises(NotACount, match="nothing to sum"):
        Count.sum([], over="territory")


@given(st.lists(st.integers(0, 2**70), min_size=1))
def test_a_sum_over_an_additive_dimension_is_exact(values):
    assert Count.sum((Count(v, VICTIM) for v in values), over="sex") == Count(sum(values), VICTIM)


def test_a_sum_of_unlike_units_is_refused():
    with pytest.raises(UnlikeUnits, match="victim"):
        Count.sum([Count(1, VICTIM), Count(1, SUSPECT)], over="sex")


@pytest.mark.parametrize("value", [1.0, True, "3", -1, None])
def test_a_count_is_a_whole_number_of_things(value):
    with pytest.raises(NotACount, match="whole number"):
        Count(value, VICTIM)


def test_zero_is_a_value():
    assert Count(0, VICTIM) + Count(0, VICTIM) == Count(0, VICTIM)


def test_a_count_adds_only_to_a_count():
    with pytest.raises(TypeError):
        Count(1, VICTIM) + 1

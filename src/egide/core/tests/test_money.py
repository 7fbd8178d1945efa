"""Money: whole cents, never lost, never floating."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.core.money import Money, NotMoney

weights = st.lists(st.fractions(0, 1000), min_size=1, max_size=20).filter(lambda w: sum(w) > 0)


@given(st.integers(-(10**14), 10**14), weights)
def test_allocating_loses_no_cent(cents, parts):
    assert sum(share.cents for share in Money(cents).allocate(parts)) == cents


@given(st.integers(0, 10**14), weights)
def test_each_share_is_within_a_cent_of_its_exact_part(cents, parts):
    for share, part in zip(Money(cents).allocate(parts), parts, strict=True):
        assert abs(share.cents - Fraction(cents) * part / sum(parts)) < 1


def test_equal_shares_give_the_odd_cents_to_the_first():
    assert Money(100).allocate([1, 1, 1]) == (Money(34), Money(33), Money(33))


def test_a_weight_of_zero_receives_nothing():
    assert Money(101).allocate([0, 1, 1]) == (Money(0), Money(51), Money(50))


@pytest.mark.parametrize("value", [1.5, True, "12"])
def test_cents_are_whole(value):
    with pytest.raises(NotMoney, match="whole cents"):
        Money(value)


@pytest.mark.parametrize("parts", [[], [0, 0], [1, -1], [0.5, 0.5]])
def test_what_cannot_be_allocated_is_refused_in_a_sentence(parts):
    with pytest.raises(NotMoney, match="Cannot allocate"):
        Money(100).allocate(parts)


@pytest.mark.parametrize(("text", "cents"), [("12", 1200), ("12.5", 1250), ("-0.07", -7), ("1234.50", 123450)])
def test_an_amount_is_read_exactly(text, cents):
    assert Money.parse(text) == Money(cents)


@pytest.mark.parametrize("text", ["", "1,5", "1.005", "abc", "1e3"])
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(NotMoney, match="is not an amount"):
        Money.parse(text)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_is_read_back_as_itself(cents):
    assert Money.parse(str(Money(cents)).removesuffix(" EUR")) == Money(cents)


def test_amounts_add_subtract_and_compare():
    assert Money(150) + Money(50) - Money(25) == Money(175)
    assert -Money(3) < Money(0)
    assert Money(33) * 3 == Money(99)
    assert 3 * Money(33) == Money(99)


def test_an_amount_is_never_multiplied_by_a_float():
    with pytest.raises(NotMoney, match="allocate"):
        Money(100) * 0.5

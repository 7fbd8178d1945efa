"""The search recovers the truth it was given, is quiet where there is none, and refuses what it cannot read."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.core.period import Period
from egide.methods.comparability.detection import FALSE_ALARMS, POWER, NotDetectable, Series, find_shifts, profile
from egide.methods.comparability.detection.tests.known import made, months


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    at=st.integers(48, 102),
    size=st.one_of(st.floats(0.4, 1.5), st.floats(-0.6, -0.35)),
)
def test_a_jump_of_two_fifths_is_found_where_it_is_and_as_large_as_it_is(seed, at, size):
    shifts = find_shifts(profile(made(seed, at=at, size=size, phi=0.0)))
    near = [shift for shift in shifts if abs(shift.index - at) <= 1]
    assert near
    assert near[0].size == pytest.approx(size, abs=0.25 * abs(size) + 0.05)


def test_series_without_a_break_are_seldom_accused():
    """Forty series of noise: the measured rate is at most 2 %, so three accusations would be a defect of the search."""
    assert sum(bool(find_shifts(profile(made(seed)))) for seed in range(40)) <= 2


def test_the_false_alarm_rate_is_stated_and_kept_near_one_series_in_twenty():
    assert {each.per_year for each in FALSE_ALARMS} == {1, 4, 12}
    assert max(each.rate for each in FALSE_ALARMS) <= 0.08
    assert [each.found for each in POWER] == sorted(each.found for each in POWER)


def test_a_passing_outlier_is_not_a_break():
    series = made(1)
    values = list(series.values)
    values[70:73] = [v / 3 for v in values[70:73]]
    assert find_shifts(profile(dataclasses.replace(series, values=tuple(values)))) == ()


def test_a_jump_without_any_noise_is_found_at_its_date():
    series = Series("x", months(96), (100.0,) * 50 + (130.0,) * 46)
    (shift,) = find_shifts(profile(series))
    assert (str(shift.at), round(shift.size, 2)) == ("2004-03", 0.3)


def test_small_counts_are_searched_on_the_scale_of_their_square_root():
    series = made(3, at=75, size=3.0, noise=0.02)
    small = dataclasses.replace(series, values=tuple(float(round(v / 200)) for v in series.values))
    (shift,) = find_shifts(profile(small))
    assert abs(shift.index - 75) <= 1
    assert 2 < shift.size < 4.5


def test_a_yearly_level_is_a_difference_out_of_line_and_a_year_undone_is_not():
    years = tuple(Period.parse(str(year)) for year in range(2008, 2022))
    values = [100.0, 104, 101, 107, 111, 109, 115, 118, 116, 300, 310, 305, 316, 320]
    (shift,) = find_shifts(profile(Series("x", years, tuple(values))))
    assert str(shift.at) == "2017"
    undone = [*values[:10], *(v - 185 for v in values[10:])]
    assert find_shifts(profile(Series("x", years, tuple(undone)))) == ()


@pytest.mark.parametrize(
    ("periods", "values", "sentence"),
    [
        (months(20), (1.0,) * 20, "48 are needed"),
        (months(60), (4.0,) * 60, "never varies"),
    ],
)
def test_what_cannot_be_searched_is_said(periods, values, sentence):
    with pytest.raises(NotDetectable, match=sentence):
        profile(Series("x", periods, values))


@pytest.mark.parametrize(
    ("texts", "values", "sentence"),
    [
        (("2020", "2022"), (1.0, 2.0), "a hole is not a zero"),
        (("2020", "2020"), (1.0, 2.0), "two values in 2020"),
        (("2021", "2020"), (1.0, 2.0), "not in order"),
        (("2020", "2021-01"), (1.0, 2.0), "mixes periods"),
        (("2020-01-01",), (1.0,), "mixes periods"),
        ((), (), "is empty"),
        (("2020",), (1.0, 2.0), "not one value"),
        (("2020", "2021"), (1.0, -2.0), "holds -2.0 in 2021"),
    ],
)
def test_a_series_with_a_hole_or_out_of_order_is_refused(texts, values, sentence):
    with pytest.raises(NotDetectable, match=sentence):
        Series("x", tuple(Period.parse(text) for text in texts), values)

"""Periods: what they accept, print, contain and compare."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.core.period import NotAPeriod, Period

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
canonical = st.one_of(
    st.integers(1900, 2100).map(str),
    st.tuples(st.integers(1900, 2100), st.integers(1, 4)).map(lambda p: f"{p[0]}-Q{p[1]}"),
    st.tuples(st.integers(1900, 2100), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}"),
    days.map(str),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-Q1", date(2022, 1, 1), date(2022, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-08-01", date(2022, 8, 1), date(2022, 8, 1)),
        ("2021-08/2022-07", date(2021, 8, 1), date(2022, 7, 31)),
        ("2021-08-01/P12M", date(2021, 8, 1), date(2022, 7, 31)),
        ("2022-01-03/P7D", date(2022, 1, 3), date(2022, 1, 9)),
        ("2022-01-15/2022-02-14", date(2022, 1, 15), date(2022, 2, 14)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text, first, last):
    period = Period.parse(text)
    assert (period.first, period.last) == (first, last)


@given(canonical)
def test_what_is_written_is_what_was_read(text):
    assert str(Period.parse(text)) == text


@given(days, days)
def test_every_period_is_read_back_as_itself(one, other):
    period = Period(min(one, other), max(one, other))
    assert Period.parse(str(period)) == period
    assert Period.parse(period.text) == period


def test_a_range_is_written_for_machines_as_start_and_duration_and_for_people_as_two_months():
    period = Period.parse("2021-08/2022-07")
    assert (str(period), period.text) == ("2021-08-01/P12M", "2021-08/2022-07")
    assert str(Period.parse("2022-01-15/2022-02-14")) == "2022-01-15/P31D"


def test_the_twelve_months_of_a_year_are_that_year():
    assert Period.parse("2022-01/2022-12") == Period.parse("2022")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-13",
        "2022-Q5",
        "2022-02-30",
        "2022-02/2022-01",
        "2022-02-01/2022-01",
        "2022-08-01/P0M",
        "2022-08-02/P1M",
        "0000",
        "2022/x",
        "9999-12-01/P2M",
    ],
)
def test_what_is_not_a_period_is_refused_in_a_sentence(text):
    with pytest.raises(NotAPeriod, match="is not a period"):
        Period.parse(text)


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(NotAPeriod, match="ends on 2022-01-01, before it starts on 2022-01-02"):
        Period(date(2022, 1, 2), date(2022, 1, 1))


def test_the_year_of_a_period_is_asked_only_when_there_is_one():
    assert Period.parse("2022-Q4").year == 2022
    with pytest.raises(NotAPeriod, match="spans 2021 and 2022"):
        _ = Period.parse("2021-08/2022-07").year


def test_a_leap_year_has_366_days():
    assert (Period.parse("2022").days, Period.parse("2020").days) == (365, 366)


def test_whole_months_are_counted_and_others_are_not():
    assert Period.parse("2022-01/2022-10").months == 10
    assert Period.parse("2022-01-15/2022-02-14").months is None


def test_containing_is_inclusive_at_both_ends():
    year = Period.parse("2022")
    assert year.contains(date(2022, 12, 31))
    assert year.contains(Period.parse("2022-Q1"))
    assert not year.contains(Period.parse("2022-12/2023-01"))
    assert not year.contains(date(2023, 1, 1))


def test_periods_are_in_the_order_of_time():
    assert sorted(map(Period.parse, ["2022-Q2", "2021", "2022-01"])) == [
        Period.parse("2021"),
        Period.parse("2022-01"),
        Period.parse("2022-Q2"),
    ]

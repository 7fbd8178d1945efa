"""Hours are data: read, written back, and asked when they next begin."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.field.directory.hours import (
    Hours,
    HoursUnreadable,
    Interval,
    format_hours,
    next_opening,
    parse_hours,
    public_holidays,
)

PARIS = ZoneInfo("Europe/Paris")


def test_the_notation_of_the_open_schema_is_read():
    hours = parse_hours("Mo-Tu 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off")
    assert hours.intervals == (
        Interval(1, 540, 720), Interval(1, 840, 1050), Interval(2, 540, 720), Interval(2, 840, 1050), Interval(6, 540, 720),
    )  # fmt: skip
    assert hours.closed_on_holidays
    assert parse_hours("24/7").always
    assert parse_hours("") == Hours()


def test_a_night_is_cut_at_midnight():
    assert parse_hours("Su 22:00-06:00").intervals == (Interval(1, 0, 360), Interval(7, 1320, 1440))
    assert parse_hours("Sa-Mo 22:00-24:00").intervals == tuple(Interval(day, 1320, 1440) for day in (1, 6, 7))


@pytest.mark.parametrize("text", ["Lu 09:00-12:00", "Mo 9h-12h", "Mo 09:00-09:00", "Mo 25:00-26:00", "Mo", "always"])
def test_what_cannot_be_read_is_refused_by_showing_it(text):
    with pytest.raises(HoursUnreadable, match=text.split()[0]):
        parse_hours(text)


intervals = st.builds(
    lambda day, a, b: Interval(day, min(a, b), max(a, b) + 1),
    st.integers(1, 7),
    st.integers(0, 1439),
    st.integers(0, 1439),
)


@given(st.lists(intervals, min_size=1, max_size=8), st.booleans())
def test_hours_written_and_read_again_are_the_same(found, closed):
    hours = Hours(False, tuple(sorted(set(found))), closed)
    assert parse_hours(format_hours(hours)) == hours


def test_the_holidays_are_those_of_the_calendar():
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} <= public_holidays(2026)
    assert len(public_holidays(2027)) == 11
    assert date(2024, 4, 1) in public_holidays(2024)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 6, 18, tzinfo=PARIS), datetime(2026, 3, 9, 9, tzinfo=PARIS)),
        (datetime(2026, 3, 6, 10, tzinfo=PARIS), datetime(2026, 3, 6, 10, tzinfo=PARIS)),
        (datetime(2026, 4, 30, 18, tzinfo=PARIS), datetime(2026, 5, 4, 9, tzinfo=PARIS)),  # 1 May is a Friday
    ],
)
def test_the_next_opening_jumps_nights_week_ends_and_holidays(at, expected):
    found = next_opening(parse_hours("Mo-Fr 09:00-17:00; PH off"), at, "Europe/Paris")
    assert found == expected


def test_hours_nobody_knows_never_open():
    assert next_opening(Hours(), datetime(2026, 3, 6, 18, tzinfo=PARIS), "Europe/Paris") is None

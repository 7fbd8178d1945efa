"""Hours are data: read, written back, asked what they say of a moment; a slow reference paints every minute of the year."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.field.directory.holidays import public_holidays
from egide.field.directory.hours import (
    Dates,
    Hours,
    Interval,
    Rule,
    is_open,
    next_opening,
    spans_on,
    weekly,
)
from egide.field.directory.notation import HoursUnreadable, format_hours, parse_hours

PARIS = ZoneInfo("Europe/Paris")
ZONE = "Europe/Paris"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def opened(text, moment):
    return is_open(parse_hours(text), at(moment), ZONE)


def test_the_notation_of_the_open_schema_is_read():
    hours = parse_hours("Mo-Tu 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off")
    assert hours.rules == (Rule((1, 2), ((540, 720), (840, 1050))), Rule((6,), ((540, 720),)))
    assert hours.closed_on_holidays
    assert parse_hours("24/7").always
    assert parse_hours("") == Hours()


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("Su 22:00-06:00", "2026-03-09T05:59", True),  # the night of Sunday ends on Monday
        ("Su 22:00-06:00", "2026-03-09T06:00", False),
        ("Su 22:00-06:00", "2026-03-08T05:00", False),  # Sunday's own small hours belong to Saturday
        ("Mo-Fr 09:00-18:00; We 09:00-12:00", "2026-03-04T15:00", False),  # what comes later replaces
        ("Mo-Fr 09:00-12:00, We 14:00-18:00", "2026-03-04T10:00", True),  # what comes after a comma adds
        ("Mo-Fr 09:00-12:00, We 14:00-18:00", "2026-03-04T15:00", True),
        ("Mo-Su 09:00-18:00; Dec 24-Jan 02 off", "2026-12-28T10:00", False),
        ("Mo-Su 09:00-18:00; Dec 24-Jan 02 off", "2027-01-02T10:00", False),
        ("Mo-Su 09:00-18:00; Dec 24-Jan 02 off", "2027-01-03T10:00", True),
        ("Mo-Su 09:00-18:00; 2026 Aug 03-21 off", "2026-08-10T10:00", False),
        ("Mo-Su 09:00-18:00; 2026 Aug 03-21 off", "2027-08-10T10:00", True),
        ("Mo-Fr 09:00-18:00; Jul-Aug Mo-Fr 10:00-12:00", "2026-07-15T15:00", False),
        ("Mo-Fr 09:00-18:00; Jul-Aug Mo-Fr 10:00-12:00", "2026-09-16T15:00", True),
        ("Tu[1] 14:00-16:00", "2026-03-03T15:00", True),
        ("Tu[1] 14:00-16:00", "2026-03-10T15:00", False),
        ("Fr[-1] 14:00-16:00", "2026-03-27T15:00", True),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-05-01T11:00", True),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-05-01T15:00", False),
        ("Mo-Fr 09:00-17:00", "2026-05-01T11:00", False),  # nothing said of holidays: closed, since nobody said open
        ("Mo-Fr 09:00-17:00; PH open", "2026-05-01T11:00", True),
        ("Jul-Aug Mo-Su 09:00-18:00", "2026-07-14T10:00", False),
        ("24/7; Dec 25 off", "2026-12-25T03:10", False),
        ("24/7; Dec 25 off", "2026-12-23T03:10", True),
        ("PH,Su off; Mo-Sa 9:00-12:00", "2026-03-08T10:00", False),
        ('Mo-Fr 09:00-12:00 "sur rendez-vous"', "2026-03-04T10:00", True),
        ("Dec 24,26 10:00-12:00", "2026-12-26T10:30", True),
        ("10:00-12:00", "2026-03-08T10:30", True),
    ],
)  # fmt: skip
def test_what_hours_say_of_a_moment(text, moment, expected):
    assert opened(text, moment) is expected


def test_a_night_after_which_the_service_is_closed_still_ends_in_the_morning():
    """AT-12: the evening that was not opened has no small hours; the night that began before the closed day goes to its end."""
    text = "Mo-Su 22:00-06:00; PH open; 2026 Dec 24 off"
    assert opened(text, "2026-12-24T05:00")
    assert not opened(text, "2026-12-24T23:00")
    assert not opened(text, "2026-12-25T05:00")


@pytest.mark.parametrize(
    "text",
    [
        "Lu 09:00-12:00", "Mo 9h-12h", "Mo 09:00-09:00", "Mo 25:00-26:00", "Mo", "always", "SH off", "Mo 09:00+", "week 3 Mo 09:00-12:00",
        "Mo sunrise-12:00", "Feb 30 off", "Tu[7] 09:00-10:00", "Mo 09:00-12:00 || off", "2026 Dec 24-Jan 02 off",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_showing_it(text):
    """Hours that depend on school holidays or on the sun are not guessed: they are never shown as open."""
    with pytest.raises(HoursUnreadable, match=text.split()[0].replace("[", r"\[").replace("+", r"\+")):
        parse_hours(text)


# --- a slow reference: every rule paints the minutes of each day, one after the other


def painted(hours, first, days):
    """Each open minute of a calendar, as a set of naive datetimes: the rules are applied as their words say, no shortcut."""
    minutes = set()
    for shift in range(-1, days):
        day = first + timedelta(days=shift)
        canvas = [False] * 2880
        for rule in hours.rules:
            if not speaks(rule, day, hours.closed_on_holidays):
                continue
            if not rule.adds:
                canvas = [False] * 2880
            for start, end in rule.spans:
                for minute in range(start, end):
                    canvas[minute] = True
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
        minutes |= {midnight + timedelta(minutes=minute) for minute, on in enumerate(canvas) if on}
    return minutes


def speaks(rule, day, closed):
    if rule.dates:
        every = [
            rule.dates.first + timedelta(days=n) for n in range((rule.dates.last - rule.dates.first).days % 366 + 1)
        ]
        same = {(each.month, each.day) for each in every} if rule.dates.yearly else set(every)
        if ((day.month, day.day) if rule.dates.yearly else day) not in same:
            return False
    if rule.nth is not None:
        alike = [each for each in month_of(day) if each.weekday() == day.weekday()]
        place = alike[rule.nth - 1 : rule.nth] if rule.nth > 0 else alike[-1:]
        if day not in place:
            return False
    if day in public_holidays(day.year):
        if 8 in rule.weekdays:
            return True
        if closed and not (rule.dates and rule.dates.first == rule.dates.last):
            return False
    return rule.weekdays == () or day.isoweekday() in rule.weekdays


def month_of(day):
    return [date(day.year, day.month, n) for n in range(1, 32) if n <= 28 or exists(day.year, day.month, n)]


def exists(year, month, n):
    try:
        return bool(date(year, month, n))
    except ValueError:
        return False


spans = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1439)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=3
).map(lambda found: tuple(sorted(set(found))))
days_of_2026 = st.integers(0, 364).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
dates = st.one_of(
    st.none(),
    st.tuples(days_of_2026, st.integers(0, 60)).map(lambda pair: Dates(pair[0], pair[0] + timedelta(days=pair[1]))),
    st.tuples(days_of_2026, days_of_2026).map(
        lambda pair: Dates(pair[0].replace(year=2000), pair[1].replace(year=2000), yearly=True)
    ),
)
weekdays = st.sets(st.integers(1, 8)).map(lambda found: tuple(sorted(found)))


@st.composite
def hours_of_any_kind(draw):
    rules = []
    for _ in range(draw(st.integers(1, 4))):
        days = draw(weekdays)
        nth = draw(st.sampled_from([1, 2, 5, -1])) if len(days) == 1 and draw(st.booleans()) else None
        adds = bool(rules) and draw(st.booleans())
        rules.append(Rule(days, draw(spans), draw(dates), nth, adds))
    return Hours(False, tuple(rules), draw(st.booleans()))


@settings(max_examples=150, deadline=None)
@given(hours_of_any_kind(), days_of_2026, st.lists(st.integers(0, 3 * 1440 - 1), min_size=1, max_size=20))
def test_open_is_what_the_painted_calendar_says(hours, first, moments):
    """AT-12: none that is closed is shown as open, whatever the nights, holidays, seasons and exceptions."""
    calendar = painted(hours, first, 3)
    midnight = datetime(first.year, first.month, first.day)  # noqa: DTZ001
    for minute in moments:
        moment = midnight + timedelta(minutes=minute)
        assert is_open(hours, moment.replace(tzinfo=PARIS), ZONE) is (moment in calendar), moment


@settings(max_examples=60, deadline=None)
@given(hours_of_any_kind(), days_of_2026, st.integers(0, 1439))
def test_the_next_opening_is_the_first_minute_that_is_painted(hours, first, minute):
    midnight = datetime(first.year, first.month, first.day)  # noqa: DTZ001
    moment = midnight + timedelta(minutes=minute)
    later = [each for each in painted(hours, first, 10) if each >= moment]
    found = next_opening(hours, moment.replace(tzinfo=PARIS), ZONE)
    if later:
        assert found is not None
        assert found.replace(tzinfo=None) == min(later)
    elif found is not None:
        assert found.replace(tzinfo=None) >= midnight + timedelta(days=10)


@settings(deadline=None)
@given(hours_of_any_kind())
def test_hours_written_and_read_again_say_the_same(hours):
    again = parse_hours(format_hours(hours))
    assert again.closed_on_holidays == hours.closed_on_holidays
    for shift in range(0, 400, 3):
        day = date(2026, 1, 1) + timedelta(days=shift)
        assert spans_on(again, day) == spans_on(hours, day), day


# --- the calendar


def test_the_holidays_are_those_of_the_calendar():
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} <= public_holidays(2026)
    assert len(public_holidays(2027)) == 11
    assert date(2024, 4, 1) in public_holidays(2024)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-06T18:00", "2026-03-09T09:00"),
        ("2026-03-06T10:00", "2026-03-06T10:00"),
        ("2026-04-30T18:00", "2026-05-04T09:00"),  # 1 May is a Friday
    ],
)
def test_the_next_opening_jumps_nights_week_ends_and_holidays(moment, expected):
    assert next_opening(parse_hours("Mo-Fr 09:00-17:00; PH off"), at(moment), ZONE) == at(expected)


def test_hours_nobody_knows_never_open():
    assert next_opening(Hours(), at("2026-03-06T18:00"), ZONE) is None
    assert not is_open(Hours(), at("2026-03-06T18:00"), ZONE)


def test_an_ordinary_week_is_a_rule_for_each_day():
    assert weekly([Interval(1, 540, 720), Interval(1, 840, 1020)]).rules == (Rule((1,), ((540, 720), (840, 1020))),)

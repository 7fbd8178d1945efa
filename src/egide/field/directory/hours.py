"""Opening hours as data: read and written in the part of the OpenStreetMap notation that data·inclusion uses.

What lives here: "24/7", "Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off", the public holidays, the next opening.
What does not: the rows (models), what is open now (queries). Pure functions: no clock, no database.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY = 1440
_SPAN = re.compile(r"^(\d{2}):(\d{2})-(\d{2}):(\d{2})$")


class HoursUnreadable(ValueError):
    """Hours that are not in the notation; the sentence shows the part that was not understood."""


@dataclass(frozen=True, order=True)
class Interval:
    """Open on `weekday` (1 Monday … 7 Sunday) in [from_minute, to_minute) of the day."""

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True)
class Hours:
    """When a service answers. `always`: day and night; else its intervals, and whether a public holiday closes it."""

    always: bool = False
    intervals: tuple[Interval, ...] = ()
    closed_on_holidays: bool = True


def parse_hours(text: str) -> Hours:
    """Read hours; an empty text means that nobody knows them: never shown as open. Raises HoursUnreadable."""
    if text.strip() == "24/7":
        return Hours(always=True, closed_on_holidays=False)
    intervals: list[Interval] = []
    closed = True
    for rule in filter(None, (part.strip() for part in text.split(";"))):
        if rule in ("PH off", "PH open"):
            closed = rule == "PH off"
            continue
        days, _space, spans = rule.partition(" ")
        for span in spans.split(","):
            intervals.extend(_intervals(_weekdays(days, rule), span.strip(), rule))
    return Hours(intervals=tuple(sorted(set(intervals))), closed_on_holidays=closed)


def format_hours(hours: Hours) -> str:
    """Write hours back, one rule for each day that is open."""
    if hours.always:
        return "24/7"
    by_day: dict[int, list[str]] = {}
    for interval in sorted(hours.intervals):
        span = f"{_clock(interval.from_minute)}-{_clock(interval.to_minute)}"
        by_day.setdefault(interval.weekday, []).append(span)
    rules = [f"{DAYS[day - 1]} {','.join(spans)}" for day, spans in by_day.items()]
    return "; ".join([*rules, "PH off" if hours.closed_on_holidays else "PH open"]) if rules else ""


def next_opening(hours: Hours, at: datetime, zone: str) -> datetime | None:
    """The first moment from `at` on when the service is open, in its own time; None when its hours are not known."""
    local = at.astimezone(ZoneInfo(zone))
    if hours.always:
        return local
    for ahead in range(15):
        day = local.date() + timedelta(days=ahead)
        if hours.closed_on_holidays and day in public_holidays(day.year):
            continue
        for interval in sorted(hours.intervals):
            if interval.weekday == day.isoweekday() and (found := _within(interval, day, local)):
                return found
    return None


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The eleven legal holidays of the whole country (code du travail, L. 3133-1); local ones are not known here."""
    easter = _easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (easter + timedelta(days=days) for days in (1, 39, 50))
    return frozenset({*(date(year, month, day) for month, day in fixed), *moving})


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the rule published anonymously in Nature, 20 April 1876."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, left = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - shift + 15) % 30
    weekday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _within(interval: Interval, day: date, local: datetime) -> datetime | None:
    midnight = datetime.combine(day, time(0), tzinfo=local.tzinfo)
    opens, closes = (midnight + timedelta(minutes=each) for each in (interval.from_minute, interval.to_minute))
    return max(opens, local) if closes > local else None


def _weekdays(days: str, rule: str) -> Collection[int]:
    found: set[int] = set()
    for part in days.split(","):
        first, _dash, last = part.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            raise _unreadable(rule)
        start, end = DAYS.index(first), DAYS.index(last or first)
        found.update(day % 7 + 1 for day in range(start, end + 1 if end >= start else end + 8))
    return found


def _intervals(weekdays: Collection[int], span: str, rule: str) -> Iterator[Interval]:
    match = _SPAN.match(span)
    if not match:
        raise _unreadable(rule)
    hour, minute, last_hour, last_minute = map(int, match.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if max(start, end) > DAY or max(minute, last_minute) > 59 or start == end:
        raise _unreadable(rule)
    for weekday in weekdays:
        if end > start:
            yield Interval(weekday, start, end)
        else:
            yield Interval(weekday, start, DAY)
            if end:
                yield Interval(weekday % 7 + 1, 0, end)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _unreadable(rule: str) -> HoursUnreadable:
    return HoursUnreadable(
        _("The hours “%(rule)s” cannot be read: write them like “Mo-Fr 09:00-12:00,14:00-17:30; PH off” or “24/7”.")
        % {"rule": rule}
    )

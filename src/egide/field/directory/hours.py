"""Opening hours as data: on which days, from when to when, by rules of which the later ones win.

What lives here: what the rules of a service say of a day, whether it is open at a moment, when it next opens. What does not:
how hours are written (notation), the rows (models). Pure functions: no clock, no database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .holidays import public_holidays

DAY = 1440
HOLIDAY = 8  # the day of the week that a public holiday has in a rule
LAST = -1  # the last such day of the month
AHEAD = 370  # days in which the next opening is looked for
Span = tuple[int, int]


@dataclass(frozen=True, order=True)
class Interval:
    """Open on `weekday` (1 Monday … 7 Sunday) from a minute of that day to a minute, past 1440 when a night goes over it."""

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True)
class Dates:
    """From a day to a day, both included; `yearly`: the same days of every year, whatever the years written."""

    first: date
    last: date
    yearly: bool = False

    def hold(self, day: date) -> bool:
        """Whether the day is one of them; a yearly range may go over the new year."""
        if not self.yearly:
            return self.first <= day <= self.last
        first, last, asked = ((each.month, each.day) for each in (self.first, self.last, day))
        return first <= asked <= last if first <= last else asked >= first or asked <= last


@dataclass(frozen=True)
class Rule:
    """What is said of some days: open in `spans` (minutes of the day), or closed when there are none.

    `weekdays`: 1 Monday … 7 Sunday, 8 public holidays; none means every day. `nth`: only the first … fifth such day of its
    month, or the last (-1). A rule replaces what the rules before it said of a day, unless it `adds`.
    """

    weekdays: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    dates: Dates | None = None
    nth: int | None = None
    adds: bool = False

    def covers(self, day: date, *, closed_on_holidays: bool) -> bool:
        """Whether the rule speaks of the day. On a holiday that closes, only rules for holidays or for that very date do."""
        if self.dates and not self.dates.hold(day):
            return False
        if self.nth is not None and not _is_nth(day, self.nth):
            return False
        if day in public_holidays(day.year):
            if HOLIDAY in self.weekdays:
                return True
            if closed_on_holidays and not (self.dates and self.dates.first == self.dates.last):
                return False
        return not self.weekdays or day.isoweekday() in self.weekdays


@dataclass(frozen=True)
class Hours:
    """When a service answers. `always`: day and night; else its rules, and whether a public holiday closes it."""

    always: bool = False
    rules: tuple[Rule, ...] = ()
    closed_on_holidays: bool = True

    @property
    def known(self) -> bool:
        """Whether anything is said at all: hours that nobody knows are never shown as open."""
        return self.always or bool(self.rules)


def weekly(intervals: Iterable[Interval], *, closed_on_holidays: bool = True) -> Hours:
    """The hours of an ordinary week: one rule for each day that is open."""
    days: dict[int, list[Span]] = {}
    for each in sorted(intervals):
        days.setdefault(each.weekday, []).append((each.from_minute, each.to_minute))
    return Hours(False, tuple(Rule((day,), tuple(spans)) for day, spans in days.items()), closed_on_holidays)


def spans_on(hours: Hours, day: date) -> tuple[Span, ...]:
    """When a service opens on a day, in minutes of that day; a night that goes over midnight ends past 1440."""
    if hours.always:
        return ((0, DAY),)
    spans: tuple[Span, ...] = ()
    for rule in hours.rules:
        if rule.covers(day, closed_on_holidays=hours.closed_on_holidays):
            spans = spans + rule.spans if rule.adds else rule.spans
    return tuple(sorted(spans))


def is_open(hours: Hours, at: datetime, zone: str) -> bool:
    """Whether a service answers at a moment, in its own time."""
    local = at.astimezone(ZoneInfo(zone))
    return hours.always or any(opens <= local < closes for opens, closes in _around(hours, local, 0))


def next_opening(hours: Hours, at: datetime, zone: str) -> datetime | None:
    """The first moment from `at` on when the service is open, in its own time; None when its hours are not known."""
    local = at.astimezone(ZoneInfo(zone))
    if hours.always:
        return local
    if not hours.known:
        return None
    for ahead in range(AHEAD):
        found = [max(opens, local) for opens, closes in _around(hours, local, ahead) if closes > local]
        if found:
            return min(found)
    return None


def _around(hours: Hours, local: datetime, ahead: int) -> list[tuple[datetime, datetime]]:
    """The openings that begin `ahead` days from a moment; for its own day, those of the evening before too."""
    found = []
    for day in (local.date() + timedelta(days=shift) for shift in ((-1, 0) if ahead == 0 else (ahead,))):
        midnight = datetime.combine(day, time(0), tzinfo=local.tzinfo)
        found += [tuple(midnight + timedelta(minutes=minute) for minute in span) for span in spans_on(hours, day)]
    return found  # type: ignore[return-value]


def _is_nth(day: date, nth: int) -> bool:
    if nth == LAST:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth

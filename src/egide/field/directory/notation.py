"""Hours read and written in the OpenStreetMap notation that data·inclusion uses, the part of it that services use.

"24/7", "Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off", "Fr 22:00-06:00", "Tu[1] 14:00-16:00" (the first of the month),
"Dec 24-Jan 02 off", "2026 Aug 03-21 off", "Jul-Aug Mo-Fr 10:00-12:00", "Mo 09:00-12:00, We 14:00-17:00". After “;” a rule
replaces what was said of its days, after “,” it adds to it. School holidays, weeks and the sun are not read: hours that
depend on them are refused, hence never shown as open. What does not live here: what hours mean (hours).
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from .hours import DAY, HOLIDAY, LAST, Dates, Hours, Rule, Span

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ANY: list[Dates | None] = [None]
_ANY_YEAR = 2000  # a leap year: 29 February can be written
_TOKEN = re.compile(r'\s*(?:"[^"]*"|(\d{1,2}:\d{2}|\d{4}(?!\d)|\d{1,2}|[A-Za-z]+|[-,;\[\]])|$)')


class HoursUnreadable(ValueError):
    """Hours that are not in the notation; the sentence shows the part that was not understood."""


class _Stuck(Exception):
    """A rule that does not go on as the notation says."""


@dataclass
class _Reader:
    """The words of one rule and how far they have been read."""

    tokens: list[str]
    at: int = 0
    rules: list[Rule] = field(default_factory=list)

    def peek(self, ahead: int = 0) -> str:
        """The word to come, or "" at the end."""
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ""

    def take(self) -> str:
        """The word to come, read."""
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def taken(self, token: str) -> bool:
        """Read this word if it comes."""
        if self.peek() != token:
            return False
        self.at += 1
        return True


def parse_hours(text: str) -> Hours:
    """Read hours; an empty text means that nobody knows them: never shown as open. Raises HoursUnreadable."""
    if text.strip() == "24/7":
        return Hours(always=True, closed_on_holidays=False)
    rules: list[Rule] = []
    closed = True
    for part in filter(None, (part.strip() for part in text.split(";"))):
        try:
            words = _tokens(part)
            if words in (["PH", "off"], ["PH", "closed"], ["PH", "open"]):
                closed = words[1] != "open"
            elif words:
                rules += _rules(_Reader(words))
        except (_Stuck, ValueError) as error:
            raise HoursUnreadable(
                _(
                    "The hours “%(rule)s” cannot be read: write them like “Mo-Fr 09:00-12:00,14:00-17:30; PH off” or “24/7”."
                )
                % {"rule": part}
            ) from error
    return Hours(rules=tuple(rules), closed_on_holidays=closed)


def format_hours(hours: Hours) -> str:
    """Write hours back so that they are read again the same."""
    if hours.always:
        return "24/7"
    text = ""
    for rule in hours.rules:
        text += (", " if rule.adds else "; ") * bool(text) + _written(rule)
    return f"{text}; PH {'off' if hours.closed_on_holidays else 'open'}" if text else ""


def _tokens(part: str) -> list[str]:
    if part.startswith("24/7"):
        part = part.replace("24/7", "00:00-24:00", 1)
    found, at = [], 0
    while at < len(part):
        match = _TOKEN.match(part, at)
        if not match or match.end() == at:
            raise _Stuck
        at = match.end()
        if match[1]:
            found.append(match[1])
    return found


def _rules(reader: _Reader) -> list[Rule]:
    """The rules of one part: the first replaces, those after a comma add."""
    found: list[Rule] = []
    while reader.peek():
        adds = bool(found)
        ranges: list[Dates | None] = [*_dates(reader)]
        groups = _weekdays(reader)
        spans = _spans(reader)
        for dates in ranges or _ANY:
            for weekdays, nth in groups or [((), None)]:
                found.append(Rule(weekdays, spans, dates, nth, adds))
        if reader.peek() and not reader.taken(","):
            raise _Stuck
    return found


def _dates(reader: _Reader) -> list[Dates]:
    found: list[Dates] = []
    while _starts_date(reader) or (found and _day_goes_on(reader)):
        found.append(_range(reader, found[-1] if found else None))
        if not (_comma_then_date(reader) or (reader.peek() == "," and _day_goes_on(reader, 1))):
            break
        reader.take()
    return found


def _starts_date(reader: _Reader, ahead: int = 0) -> bool:
    word = reader.peek(ahead)
    return word in MONTHS or (len(word) == 4 and word.isdigit() and reader.peek(ahead + 1) in MONTHS)


def _day_goes_on(reader: _Reader, ahead: int = 0) -> bool:
    word = reader.peek(ahead)
    return word.isdigit() and len(word) <= 2


def _comma_then_date(reader: _Reader) -> bool:
    return reader.peek() == "," and _starts_date(reader, 1)


def _range(reader: _Reader, before: Dates | None) -> Dates:
    """A day, a month, or from one to another; a bare day takes the month before it: “Dec 24,25”."""
    year, month, day = _point(reader, before)
    first = date(year or _ANY_YEAR, month, day or 1)
    last_year, last_month, last_day = year, month, day
    if reader.taken("-"):
        if _day_goes_on(reader):
            last_day = int(reader.take())
        else:
            told, last_month, last_day = _point(reader, None)
            last_year = told or year
    last = date(last_year or _ANY_YEAR, last_month, last_day or monthrange(last_year or _ANY_YEAR, last_month)[1])
    if bool(year) != bool(last_year) or (year and last < first):
        raise _Stuck
    return Dates(first, last, yearly=not year)


def _point(reader: _Reader, before: Dates | None) -> tuple[int | None, int, int | None]:
    year = int(reader.take()) if len(reader.peek()) == 4 and reader.peek().isdigit() else None
    if reader.peek() in MONTHS:
        month = MONTHS.index(reader.take()) + 1
    elif before:
        year, month = None if before.yearly else before.first.year, before.first.month
    else:
        raise _Stuck
    day = int(reader.take()) if _day_goes_on(reader) else None
    return year, month, day


def _weekdays(reader: _Reader) -> list[tuple[tuple[int, ...], int | None]]:
    """Groups of days: all the plain ones together, and one for each “Tu[1]”."""
    plain: set[int] = set()
    counted: list[tuple[tuple[int, ...], int | None]] = []
    while reader.peek() in DAYS:
        first = DAYS.index(reader.take()) + 1
        if reader.taken("["):
            counted += [((first,), nth) for nth in _nths(reader)]
        elif first != HOLIDAY and reader.peek() == "-" and reader.peek(1) in DAYS[:7]:
            reader.take()
            last = DAYS.index(reader.take()) + 1
            plain.update(day % 7 + 1 for day in range(first - 1, last if last >= first else last + 7))
        else:
            plain.add(first)
        if reader.peek() == "," and reader.peek(1) in DAYS:
            reader.take()
        elif reader.peek() == ",":
            raise _Stuck
        else:
            break
    return ([(tuple(sorted(plain)), None)] if plain else []) + counted


def _nths(reader: _Reader) -> list[int]:
    found = []
    while True:
        sign = -1 if reader.taken("-") else 1
        nth = sign * int(reader.take())
        if nth != LAST and not 1 <= nth <= 5:
            raise _Stuck
        found.append(nth)
        if reader.taken("]"):
            return found
        if not reader.taken(","):
            raise _Stuck


def _spans(reader: _Reader) -> tuple[Span, ...]:
    if reader.peek() in ("off", "closed"):
        reader.take()
        return ()
    spans = [_span(reader)]
    while reader.peek() == "," and ":" in reader.peek(1):
        reader.take()
        spans.append(_span(reader))
    return tuple(spans)


def _span(reader: _Reader) -> Span:
    start = _minute(reader.take())
    if not reader.taken("-"):
        raise _Stuck
    end = _minute(reader.take())
    if start >= DAY or start == end or end > 2 * DAY:
        raise _Stuck
    return start, end if end > start else end + DAY


def _minute(word: str) -> int:
    hour, _colon, minute = word.partition(":")
    if not minute or int(minute) > 59 or int(hour) > 48:
        raise _Stuck
    return int(hour) * 60 + int(minute)


def _written(rule: Rule) -> str:
    weekdays = ",".join(_day_ranges(rule.weekdays)) + (f"[{rule.nth}]" if rule.nth is not None else "")
    spans = ",".join(f"{_clock(start)}-{_clock(_ending(start, end))}" for start, end in rule.spans) or "off"
    days = " ".join(filter(None, (_dates_written(rule.dates), weekdays)))
    return (
        f"{days or 'Mo-Su'} {spans}" if days or rule.adds else spans
    )  # bare hours after a comma would go on with the rule before


def _day_ranges(weekdays: tuple[int, ...]) -> list[str]:
    """Days as they are said: “Mo-Fr”, “Sa”."""
    runs: list[list[int]] = []
    for day in weekdays:
        if runs and day == runs[-1][-1] + 1 and day != HOLIDAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [DAYS[run[0] - 1] + (f"-{DAYS[run[-1] - 1]}" if len(run) > 1 else "") for run in runs]


def _dates_written(dates: Dates | None) -> str:
    if dates is None:
        return ""
    points = [
        f"{'' if dates.yearly else f'{day.year} '}{MONTHS[day.month - 1]} {day.day:02}"
        for day in (dates.first, dates.last)
    ]
    return points[0] if dates.first == dates.last else "-".join(points)


def _ending(start: int, end: int) -> int:
    """A night that ends the next morning is written with the morning's hour, where that cannot be mistaken."""
    return end - DAY if end > DAY and end - DAY < start else end


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

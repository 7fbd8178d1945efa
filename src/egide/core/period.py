"""A span of days. What lives here: reading, writing, ordering, containing; not the release calendar, nor "today"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta


class NotAPeriod(ValueError):
    """A text that is not a period, or a period asked for what it does not have."""


_FORMS = "write 2022, 2022-Q1, 2022-01, 2022-08-01, or a range such as 2021-08/2022-07"
_POINT = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_DURATION = re.compile(r"(?P<start>\d{4}-\d\d-\d\d)/P(?P<size>[1-9]\d*)(?P<step>[MD])")


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first` to `last`, both included. Ordered by first day, then by last day."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise NotAPeriod(f"A period ends on {self.last}, before it starts on {self.first}: exchange the two days.")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a year, quarter, month, day, range ("2021-08/2022-07") or start and duration ("2021-08-01/P12M").

        Raises NotAPeriod, saying which forms are understood.
        """
        try:
            return cls(*_read(text))
        except (ValueError, OverflowError) as error:
            raise NotAPeriod(f"“{text}” is not a period: {_FORMS}.") from error

    def __str__(self) -> str:
        """Return the SDMX text: Gregorian year, reporting quarter, month or day, else start and duration."""
        plain = self._plain()
        if plain:
            return plain
        return f"{self.first}/P{self.months}M" if self.months else f"{self.first}/P{self.days}D"

    @property
    def text(self) -> str:
        """The text for people: as `str`, but a range shows its two ends ("2021-08/2022-07")."""
        plain = self._plain()
        if plain:
            return plain
        return f"{str(self.first)[:7]}/{str(self.last)[:7]}" if self.months else f"{self.first}/{self.last}"

    @property
    def year(self) -> int:
        """The calendar year which holds the whole period. Raises NotAPeriod when it spans several."""
        if self.first.year != self.last.year:
            raise NotAPeriod(
                f"The period {self.text} spans {self.first.year} and {self.last.year}: it has no single year."
            )
        return self.first.year

    @property
    def days(self) -> int:
        """Number of days, both ends included; a leap year has 366."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int | None:
        """Number of whole calendar months, or None when the period does not start and end with a month."""
        if self.first.day != 1 or self.last.day != monthrange(self.last.year, self.last.month)[1]:
            return None
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def contains(self, other: "Period | date") -> bool:
        """Say whether a day, or the whole of another period, lies within this one."""
        first, last = (other.first, other.last) if isinstance(other, Period) else (other, other)
        return self.first <= first and last <= self.last

    def _plain(self) -> str | None:
        if self.first == self.last:
            return str(self.first)
        if self.months == 12 and self.first.month == 1:
            return f"{self.first.year:04}"
        if self.months == 3 and self.first.month % 3 == 1:
            return f"{self.first.year:04}-Q{self.first.month // 3 + 1}"
        return str(self.first)[:7] if self.months == 1 else None


def _read(text: str) -> tuple[date, date]:
    duration = _DURATION.fullmatch(text)
    if duration:
        start, size = date.fromisoformat(duration["start"]), int(duration["size"])
        return start, _end(start, size) if duration["step"] == "M" else start + timedelta(days=size - 1)
    begin, slash, end = text.partition("/")
    first, last = _point(begin)
    return (first, _point(end)[1]) if slash else (first, last)


def _point(text: str) -> tuple[date, date]:
    found = _POINT.fullmatch(text)
    if not found:
        raise NotAPeriod(_FORMS)
    year = int(found["year"])
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day
    if found["quarter"]:
        start = date(year, int(found["quarter"]) * 3 - 2, 1)
        return start, _end(start, 3)
    start = date(year, int(found["month"] or 1), 1)
    return start, _end(start, 1 if found["month"] else 12)


def _end(start: date, months: int) -> date:
    """Last day of the span of whole months that starts on the first of one."""
    if start.day != 1:
        raise NotAPeriod(_FORMS)
    year, month = divmod(start.year * 12 + start.month - 1 + months - 1, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise NotAPeriod(_FORMS)
    return date(year, month + 1, monthrange(year, month + 1)[1])

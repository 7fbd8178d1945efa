"""The public holidays of the whole country. Not here: local ones, nor what a service does on such a day (hours)."""

from datetime import date, timedelta
from functools import lru_cache


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

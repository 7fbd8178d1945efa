"""When something falls due, and whether it must wait for the archives. Pure rules on dates."""

import calendar
from datetime import date, timedelta

from egide.foundation.catalogue import RetentionRule


def due_on(start: date, rule: RetentionRule) -> date | None:
    """The first day on which something that started its clock on `start` is purged; None when the rule never ends by itself.

    Months are counted on the calendar: from 31 August, six months lead to the last day of February.
    """
    if rule.ends != "months" or rule.maximum_months is None:
        return None
    years, month = divmod(start.month - 1 + rule.maximum_months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def latest_start(today: date, rule: RetentionRule) -> date | None:
    """A day after which nothing that started is due yet: a bound for a query, `due_on` decides."""
    if rule.ends != "months" or rule.maximum_months is None:
        return None
    shortest = rule.maximum_months * 28  # no month is shorter
    return today - timedelta(days=shortest)


def needs_visa(kind: str, rule: RetentionRule) -> bool:
    """Whether an organisation of this kind asks the archives before it destroys."""
    return kind in rule.visa_kinds

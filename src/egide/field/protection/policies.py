"""What a measure must say, when its end is announced, and how often the register answers one account."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_nomenclature

from .models import Measure

MODULE = "protection"  # its legal record: without one the register answers nobody (X02, Z04)
ALERTS = (1, 7, 30)  # days before the last day (R36)
QUESTIONS_AN_HOUR = 10  # the same in field/walls
REVIEW_EVENT = "breach"  # of catalogue/grids/danger.yaml


class MeasureRefused(ValueError):
    """A measure, a breach or a question that cannot stand; the sentence says why."""


def check_codes(nomenclature: str, codes: Iterable[str]) -> None:
    """Raise MeasureRefused naming the codes that the nomenclature does not have."""
    unknown = sorted(set(codes) - set(get_nomenclature(nomenclature).codes))
    if unknown:
        raise MeasureRefused(
            _("“%(codes)s” is not in the list “%(list)s”.") % {"codes": ", ".join(unknown), "list": nomenclature}
        )


def check_identity(given_name: str, family_name: str, born_on: date | None) -> None:
    """Raise MeasureRefused unless an identity is whole: half of one would be a search."""
    if not (given_name.strip() and family_name.strip() and born_on):
        raise MeasureRefused(
            _(
                "Give the family name, the first given name and the date of birth: the register answers about one person."
            )
        )


def check_lifting(measure: Measure, on: date) -> None:
    """Raise MeasureRefused for a measure already lifted, or a day before it was decided."""
    if measure.lifted_on:
        raise MeasureRefused(_("This measure is already lifted."))
    if on < measure.decided_on:
        raise MeasureRefused(_("A measure is not lifted before it is decided."))


def alert_on(last_day: date, today: date) -> int | None:
    """Which of the alerts (30, 7, 1 days) is due; None when the end is further, or past."""
    left = last_day - today
    return next((days for days in ALERTS if timedelta(0) <= left <= timedelta(days=days)), None)

"""Where a measure stands on a day: read from its dates each time, never stored, so that an expired one cannot be shown as in force."""

from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy

from .models import Measure


class Standing(models.TextChoices):
    """Granted, then in force, then renewed, expired or lifted (R36)."""

    GRANTED = "GRANTED", pgettext_lazy("measure", "granted, not yet in force")
    IN_FORCE = "IN_FORCE", pgettext_lazy("measure", "in force")
    RENEWED = "RENEWED", pgettext_lazy("measure", "ended, renewed by another")
    EXPIRED = "EXPIRED", pgettext_lazy("measure", "expired")
    LIFTED = "LIFTED", pgettext_lazy("measure", "lifted by the court")


def standing_on(measure: Measure, day: date, *, renewed: bool = False) -> Standing:
    """Where a measure stands on `day`; `renewed`: another measure takes over from it."""
    if measure.lifted_on and measure.lifted_on <= day:
        return Standing.LIFTED
    if day < measure.from_day:
        return Standing.GRANTED
    if measure.last_day and measure.last_day < day:
        return Standing.RENEWED if renewed else Standing.EXPIRED
    return Standing.IN_FORCE

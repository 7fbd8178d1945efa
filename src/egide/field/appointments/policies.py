"""When an appointment may be planned and settled, and what its slip may say."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.persons.models import SafeContact
from egide.foundation.outbox.policies import IndiscreetWords, check_discreet

from .models import Appointment, State


class AppointmentRefused(ValueError):
    """The appointment cannot be; the sentence says why and what to do."""


def check_moment(at: datetime, stated: SafeContact | None, agreed: bool, now: datetime) -> None:
    """Raise AppointmentRefused for a moment that is over, or outside her safe hours unless she said that it suits her."""
    if at <= now:
        raise AppointmentRefused(_("This moment is over: choose one to come."))
    local = timezone.localtime(at).time()
    if stated and not agreed and not stated.from_time <= local < stated.to_time:
        raise AppointmentRefused(
            _("This moment is outside the safe hours stated. Ask the person; if it suits, tick that it was said.")
        )


def check_place(place: str, services: Iterable[str]) -> None:
    """Raise AppointmentRefused for a place that names a service: a slip is found in a pocket (X07)."""
    try:
        check_discreet(place, services)
    except IndiscreetWords as refused:
        raise AppointmentRefused(str(refused)) from refused


def check_planned(appointment: Appointment) -> None:
    """Raise AppointmentRefused unless nothing became of it yet."""
    if appointment.state != State.PLANNED:
        raise AppointmentRefused(_("What became of this appointment is already noted."))


def check_over(appointment: Appointment, now: datetime) -> None:
    """Raise AppointmentRefused before the moment has come."""
    if appointment.at > now:
        raise AppointmentRefused(_("This appointment has not come yet: it can be moved."))


def check_to_come(appointment: Appointment, now: datetime) -> None:
    """Raise AppointmentRefused once the moment is there: it is then held, or it did not take place."""
    if appointment.at <= now:
        raise AppointmentRefused(_("The moment of this appointment has come: note whether it took place."))


def check_in_time(appointment: Appointment, leaves_at: datetime) -> None:
    """Raise AppointmentRefused for a message that would reach her after the moment it is about."""
    if leaves_at >= appointment.at:
        raise AppointmentRefused(
            _(
                "The next safe hours come after the appointment: no message can say it in time. Be there, or have someone be there."
            )
        )

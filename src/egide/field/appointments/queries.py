"""The only reads of appointments: those of a file, those of a day, those whose outcome nobody noted; how she can be told."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.queries import get_concerned
from egide.field.persons.policies import ContactRefused, check_can_write
from egide.foundation.outbox.policies import next_opening

from . import policies
from .models import Appointment, State


@dataclass(frozen=True)
class Telling:
    """The message that may say that an appointment changed: its words and when it would leave, or why there is none."""

    words: str = ""
    leaves_at: datetime | None = None
    refused: str = ""


def list_appointments(case: CaseFile) -> QuerySet[Appointment]:
    """The appointments of a file, latest first."""
    return Appointment.objects.filter(case=case).order_by("-at")


def get_appointment(case: CaseFile, id: UUID) -> Appointment | None:
    """An appointment of this file, or None."""
    return Appointment.objects.filter(case=case, id=id).select_related("case").first()


def list_of_today(now: datetime) -> QuerySet[Appointment]:
    """The planned appointments of the subject's files until the end of the day, those without an outcome first."""
    tomorrow: date = timezone.localdate(now) + timedelta(days=1)
    end = timezone.make_aware(datetime.combine(tomorrow, time()))
    return Appointment.objects.filter(state=State.PLANNED, at__lt=end).select_related("case").order_by("at")


def get_telling(appointment: Appointment, *, now: datetime) -> Telling:
    """How the person can be told: only the words she stated safe, by her channel, in her hours, and in time (X07, Z05)."""
    try:
        stated = check_can_write(get_concerned(appointment.case))
        leaves_at = next_opening(now, stated.from_time, stated.to_time)
        policies.check_in_time(appointment, leaves_at)
    except (ContactRefused, policies.AppointmentRefused) as refused:
        return Telling(refused=str(refused))
    return Telling(stated.wording, leaves_at)
